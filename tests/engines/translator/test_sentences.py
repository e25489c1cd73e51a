import pytest

from content.engines.translator.base import SentenceRefused
from content.engines.translator.sentences import plain, refuse_unknown, require_one_sentence

PLAIN = [
    ("  Rest. ", "Rest."),
    ("Take ½ tablet.", "Take 1/2 tablet."),
    ("Take 1½ tablets.", "Take 1 1/2 tablets."),
    ("Take 1 ½ tablets.", "Take 1 1/2 tablets."),
    ("Use ¾ to 1⅓ cups.", "Use 3/4 to 1 1/3 cups."),
    ("Use 3⁄4 cup.", "Use 3/4 cup."),
    ("Keep it at 10 mg/m².", "Keep it at 10 mg/m²."),
]
ONE = [
    "Take 500 mg every 6 hours.",
    "Ask Dr. Lee at 8 a.m. tomorrow.",
    "Take 2.5 mL.",
    "H₂O is water.",
    "Your BMI is in kg/m².",
    "Don’t stop – rest “well”.",
]
NOT_ONE = [
    ("", "no text"),
    ("\t", "no text"),
    ("Rest.\n", "line break"),
    ("Rest\x0bnow.", "line break"),
    ("Rest. Drink water.", "more than one sentence"),
    ("Is it sore? Call us.", "more than one sentence"),
    ("Up to 10⁹ cells.", "plain number"),
    ("Take 2₀ now.", "plain number"),
    ("Nul \x00 here.", "control character (U+0000)"),
    ("Private \ue000 use.", "control character (U+E000)"),
]


@pytest.mark.parametrize(("sentence", "expected"), PLAIN)
def test_plain(sentence: str, expected: str):
    assert plain(sentence) == expected


@pytest.mark.parametrize("sentence", ONE)
def test_one_sentence_is_let_through(sentence: str):
    require_one_sentence(0, sentence)


@pytest.mark.parametrize(("sentence", "reason"), NOT_ONE)
def test_what_is_no_sentence_is_refused(sentence: str, reason: str):
    with pytest.raises(SentenceRefused) as refusal:
        require_one_sentence(7, sentence)
    assert reason in str(refusal.value)
    assert refusal.value.index == 7


def test_each_unknown_character_is_named_once():
    with pytest.raises(SentenceRefused) as refusal:
        refuse_unknown(0, ["≥", "µ ≥"])
    assert "“≥” (greater-than or equal to), “µ” (micro sign)" in str(refusal.value)


def test_an_unknown_character_that_cannot_be_shown_is_refused_too():
    with pytest.raises(SentenceRefused, match="a character of this text"):
        refuse_unknown(0, [""])
