import pytest

from content.safety.base import Pair
from content.safety.qualifiers import QualifiersKept, qualifiers


def missing(source: str, target: str) -> list[str]:
    return [finding.message for finding in QualifiersKept().findings(Pair(source, target))]


@pytest.mark.parametrize(
    ("source", "target", "word"),
    [
        ("Mild bloating is common.", "Bloating is common.", "mild"),
        ("Call if the pain is severe.", "Call if you have pain.", "severe"),
        ("Report persistent vomiting.", "Tell us if you vomit.", "persistent"),
        ("Call if drainage increases.", "Call if you have drainage.", "increases"),
        ("Refrigerate unopened insulin.", "Keep insulin in the fridge.", "unopened"),
        ("Untreated clots may be fatal.", "Clots may be fatal.", "untreated"),
        ("Complete the course.", "Take the course.", "complete"),
        ("Movements diminish.", "Your baby gets smaller.", "diminish"),
        ("It may cause muscle injury.", "It may cause muscle pain.", "injury"),
        ("Do not eat raw fish.", "Do not eat fish.", "raw"),
    ],
)
def test_a_lost_qualifier_is_named(source, target, word):
    assert missing(source, target) == [f"“{word}” of the source is missing."]


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Mild bloating is common.", "A little bloating is common."),
        ("Call if the pain is severe.", "Call if the pain is very bad."),
        ("Report persistent vomiting.", "Tell us if you keep vomiting."),
        ("Report persistent vomiting.", "Tell us if your vomiting does not stop."),
        ("Call if drainage increases.", "Call if more fluid drains."),
        ("Refrigerate unopened insulin.", "Put insulin that you have not opened in the fridge."),
        ("Keep the wound under a dressing until then.", "Keep a bandage on until then."),
        ("Complete the course.", "Finish the course."),
    ],
)
def test_plain_words_keep_it(source, target):
    assert missing(source, target) == []


def test_names_stand_once():
    names = [one.name for one in qualifiers()]
    assert len(names) == len(set(names))
