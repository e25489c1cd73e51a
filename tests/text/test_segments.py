"""Sentences in every script, and joining them back to the last character."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.text.segments import split_lossless, split_sentences, word_count, words

SPLITS = [
    ("en", ["Take it.", "Rest."]),
    ("en", ["See Dr. Smith at 8 a.m. Monday.", "Take 2.5 mg. of it at 9 a.m.", "Then rest."]),
    ("en", ["Use fruit, e.g. apples, i.e. fresh ones.", "Eat."]),
    ("en", ["Take vitamin C.", "It helps."]),
    ("en", ["John F. Kennedy was here."]),
    ("en", ["No. 5 is best.", "No.", "Stop!"]),
    ("en", ["Wait... then go.", "Rest…", "Done."]),
    ("en", ['"Stop!" he said.', "(See us.)", "Ok?"]),
    ("en", ["1. Wash your hands.", "2. Dry them."]),
    ("en", ["Take 2.", "Then rest."]),
    ("en", ["Go to www.cdc.gov.", "Read it."]),
    ("en", ["Weigh 5 kg.", "Do it daily."]),
    ("en", ["Is it sore?", "Call us."]),
    ("es", ["¿Tiene dolor?", "¡Llame!", "La Dra. López ayuda."]),
    ("fr", ["« Ça va ? » dit-il.", "Oui."]),
    ("de", ["Kommen Sie am 5. Mai.", "Danach nicht."]),
    ("hi", ["दवा लें।", "डॉ. शर्मा से मिलें।", "ठीक?"]),
    ("ar", ["هل لديك ألم؟", "نعم.", "اتصل بنا."]),
    ("ur", ["دوا لیں۔", "آرام کریں۔"]),
    ("am", ["መድሃኒቱን ይውሰዱ።", "ያርፉ።"]),
    ("my", ["ဆေးသောက်ပါ။", "နားပါ။"]),
    ("hy", ["Խմեք դեղը։", "Հանգստացեք։"]),
]
JOINED = [
    ("zh-Hans", ["请服药。", "不要停！", "好吗？"]),
    ("ja", ["薬を飲む。", "休む。"]),
    ("km", ["ញ៉ាំផ្លែឈើ ។ល។ និងទឹក។", "សម្រាក។"]),
]


@pytest.mark.parametrize(("language", "sentences"), SPLITS)
def test_sentences_are_found(language, sentences):
    assert split_sentences(" ".join(sentences), language) == sentences


@pytest.mark.parametrize(("language", "sentences"), JOINED)
def test_scripts_without_spaces_are_split(language, sentences):
    assert split_sentences("".join(sentences), language) == sentences


def test_thai_is_cut_after_polite_particles_only():
    assert split_sentences("กินยาครับ แล้วนอน 2 เม็ด", "th") == ["กินยาครับ", "แล้วนอน 2 เม็ด"]


def test_a_line_ends_a_sentence_unless_the_next_goes_on():
    assert split_sentences("Bullet one\nBullet two and\nmore") == [
        "Bullet one",
        "Bullet two and\nmore",
    ]


def test_a_missing_space_does_not_join_two_sentences():
    assert split_sentences("Rest your leg.Call us.") == ["Rest your leg.", "Call us."]


@pytest.mark.parametrize("text", ["", "  ", "\n\n"])
def test_nothing_has_no_sentences(text):
    assert split_sentences(text) == []


@given(st.text(alphabet=st.sampled_from(list(" \n\t.!?…。।؟Aab1\"')«»:")), max_size=80))
def test_joining_is_lossless(text):
    pairs = split_lossless(text)
    assert "".join(sentence + separator for sentence, separator in pairs) == text
    assert all(separator.isspace() or not separator for _, separator in pairs)


@pytest.mark.parametrize("unit", ["Take 5 mg. ", ".", "!", "…", "a.m. ", "\n", '."', "(", "।"])
@pytest.mark.parametrize("end", ["", "a"])
def test_long_input_takes_linear_time(unit, end):
    # The suite's timeout is the assertion.
    text = unit * 50_000 + end
    assert "".join(a + b for a, b in split_lossless(text)) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("गोली l'eau don't 2.5 well-being", ["गोली", "l'eau", "don't", "2.5", "well-being"]),
        ("", []),
    ],
)
def test_words_keep_their_marks(text, expected):
    assert words(text) == expected


@pytest.mark.parametrize(("text", "count"), [("Take it now.", 3), ("请服药 2 mg", 5), ("", 0)])
def test_words_are_counted(text, count):
    assert word_count(text) == count
