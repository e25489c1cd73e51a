"""Words that went and words that came: which have a like on the other side."""

import pytest

from content.safety.base import Pair, Severity, run
from content.safety.paraphrase import WordsAkin
from content.safety.thesaurus import akin
from content.safety.wording import stem


@pytest.mark.parametrize(
    ("one", "others", "related"),
    [
        ("provoke", ["cause"], True),
        ("cause", ["provoke"], True),  # either may name the other
        ("shaken", ["shake"], True),
        ("brought", ["take", "bring"], True),
        ("pallor", ["pale"], True),
        ("median", ["median"], True),
        ("median", ["wrist", "nerve"], False),
        ("bracelet", ["insulin", "medical"], False),
        ("zzyzx", ["bracelet"], False),
        ("bracelet", [], False),
    ],
)
def test_related_words(one, others, related):
    assert akin(stem(one), [stem(other) for other in others]) is related


def doubts(source, rewrite, topic=""):
    return run((WordsAkin(),), Pair(source, rewrite, topic=topic))


@pytest.mark.parametrize(
    ("source", "rewrite", "word"),
    [
        ("Wear medical identification.", "Wear a medical identification bracelet.", "bracelet"),
        ("Carpal tunnel syndrome affects the median nerve.", "Carpal tunnel syndrome affects a nerve.", "median"),
        ("Albuterol is a rescue medicine.", "Albuterol is a medicine.", "rescue"),
        ("Ask the clinic which vaccine you need.", "Ask the clinic which flu shot you need.", "flu"),
        ("A cast must stay dry.", "A cast must stay dry in the shower.", "shower"),
    ],
)  # fmt: skip
def test_a_word_without_a_like_is_doubted_and_named(source, rewrite, word):
    found = doubts(source, rewrite)
    assert found and all(finding.severity is Severity.WARNING for finding in found)
    assert f"“{word}”" in found[0].message


@pytest.mark.parametrize(
    ("source", "rewrite"),
    [
        ("Stopping it may provoke seizures.", "Stopping it may cause seizures."),
        ("Shake the bottle.", "The bottle should be shaken."),
        ("Ask about unassisted walking.", "Ask about walking without help."),
        ("Heart failure means that output is insufficient.", "Heart failure means that output is not enough."),
        ("Evaluation is mandatory whenever a rash appears.", "Get help if a rash appears."),
        ("Dyspnea may occur.", "You may have trouble breathing."),
    ],
)  # fmt: skip
def test_a_paraphrase_is_not_doubted(source, rewrite):
    assert doubts(source, rewrite) == []


def test_the_reader_of_the_handout_needs_no_like():
    source = "Patients with hangnails should keep the skin moist."
    assert doubts(source, "Keep your skin moist.", topic="Hangnails") == []
    assert doubts(source, "Keep your skin moist.")
