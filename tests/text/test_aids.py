"""Hints for the editor: hard words, long sentences, acronyms, and difficulty by sentence."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from content.text.aids import (
    LONGEST,
    plain_words,
    sentence_notes,
    sentences,
    terms,
    unexplained_acronyms,
    vocabulary,
)

MEDICAL = (("hypertension", "high blood pressure"), ("edema", "swelling"), ("polyp", "growth"),
           ("pulmonary edema", "water in the lungs"))  # fmt: skip
KNOWN = vocabulary(MEDICAL, plain_words())

# (text, hard words as they stand in it, unexplained)
JARGON = [
    ("Hypertension harms your heart.", ["Hypertension"]),
    ("You have hypertension (high blood pressure).", []),
    ("You have high blood pressure (hypertension).", []),
    ("Hypertension means high blood pressure.", []),
    ("The doctor removes growths called polyps.", []),
    ("The doctor removes polyps.", ["polyps"]),
    ("Edema (see page 3) is common.", ["Edema"]),
    ("Edema (2 mg) is common.", ["Edema"]),
    ("Pulmonary edema needs care.", ["Pulmonary edema"]),
    ("Utilizing it on a regular basis is necessary.", ["Utilizing", "on a regular basis", "necessary"]),
    ("An anti-hypertension drug, and polyposis.", []),
    ("Take it with food.", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words"), JARGON)
def test_hard_words_that_the_text_does_not_explain(text, words):
    notes = [note for note in sentence_notes(text, KNOWN) if note.kind == "jargon"]
    assert [text[slice(*note.span)] for note in notes] == words


def test_a_hard_word_comes_with_its_plain_ones():
    (note,) = sentence_notes("We purchase it.", KNOWN)
    assert note.message == "Plainer than “purchase”: buy."


def test_a_word_that_must_stay_is_to_be_explained():
    (note,) = sentence_notes("Your INR.", vocabulary([("inr", "INR (blood clotting test)")]))
    assert note.message == "Explain “INR”: INR (blood clotting test)."


def test_what_the_reader_was_told_before_is_no_jargon():
    assert sentence_notes("Hypertension harms.", KNOWN, frozenset({"high blood pressure"})) == []


def test_the_first_table_decides_the_plain_words():
    known = vocabulary([("utilize", "use")], [("utilize", "employ"), ("reside", "live")])
    assert [term.plain for term in terms("utilize, reside", known)] == ["use", "live"]


def test_the_list_of_long_words_is_well_formed():
    rows = plain_words()
    assert len({term for term, _plain in rows}) == len(rows) > 400
    assert all(term == term.lower().strip() and plain.strip() for term, plain in rows)


def test_a_sentence_is_long_by_its_words():
    short = " ".join(["word"] * LONGEST) + "."
    (note,) = sentence_notes(f"{short} More {short}", vocabulary(MEDICAL))
    assert (note.kind, note.span[0]) == ("long_sentence", len(short) + 1)


def test_bullets_without_full_stops_are_not_one_long_sentence():
    bullets = "\n".join(f"- Call us if you have a new pain in body part {n}" for n in range(8))
    assert [s.words for s in sentences(bullets)] == [12] * 8
    assert sentence_notes(bullets, vocabulary(MEDICAL)) == []


def test_notes_come_in_the_order_of_the_text():
    text = "It was purchased. Hypertension is feared."
    assert [note.kind for note in sentence_notes(text, KNOWN)] == [
        "passive",
        "jargon",
        "jargon",
        "passive",
    ]


def test_difficulty_is_the_grade_of_each_sentence():
    easy, hard = sentences("Call us. Anticoagulation necessitates periodic laboratory monitoring.")
    # 0.39 · words + 11.8 · syllables per word − 15.59, by hand: 2 words and 2 syllables.
    assert easy.grade == pytest.approx(0.39 * 2 + 11.8 - 15.59, abs=0.05)
    assert hard.grade > 20


@pytest.mark.parametrize("text", ["", " \n", "…", "***"])
def test_no_words_have_no_difficulty(text):
    assert sentences(text) == []
    assert sentence_notes(text, KNOWN) == []


# (texts, acronyms that none of them explains)
ACRONYMS = [
    (["You need an MRI."], ["MRI"]),
    (["Magnetic resonance imaging (MRI) shows the brain."], []),
    (["You need an MRI.", "An MRI (a scan with magnets) is safe."], []),
    (["COPD stands for a long disease of the lungs."], []),
    (["Ask about tests (MRI)."], ["MRI"]),
    (["Get an MRI (see page 3)."], ["MRI"]),
    (["Take it (MRI) 2 times, then MRI (2 mg)."], ["MRI"]),
    (["NSAIDs harm.", "An NSAID is a drug."], ["NSAID"]),
    (["Nonsteroidal anti-inflammatory drugs (NSAIDs) harm."], []),
    (["Your A1C and eGFR count."], ["A1C", "eGFR"]),
    (["Vitamin B12 and an X-ray."], []),
    (["Call 911 in the US at 8 AM. Do NOT wait."], []),
    (["WARFARIN AND YOUR DIET"], []),
    (["The MRI, and the CT, and the MRI."], ["MRI", "CT"]),
    ([], []),
]


@pytest.mark.parametrize(("texts", "left"), ACRONYMS)
def test_acronyms_that_are_not_explained(texts, left):
    assert [word for _index, word, _note in unexplained_acronyms(texts)] == left


def test_an_acronym_is_noted_where_it_is_used_first():
    ((index, _word, note),) = unexplained_acronyms(["Hello.", "An MRI.", "The MRI."])
    assert (index, note.kind, note.span) == (1, "acronym", (3, 6))


def test_scoring_is_the_same_in_every_thread():
    texts = [f"Take {n} tablets of this medicine with water every morning." for n in range(40)]
    alone = [sentences(text) for text in texts]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(sentences, texts * 10)) == alone * 10
