"""Two texts beside each other: what differs is marked, and nothing is lost."""

import pytest

from content.text.differences import character_differences, differences


def marked(runs) -> str:
    return "".join(f"[{run.words.strip()}]" if run.differs else run.words for run in runs)


CASES = [
    ("Take 500 mg.", "Take 900 mg.", "Take [500]mg.", "Take [900]mg."),
    ("Take it.", "Take it.", "Take it.", "Take it."),
    ("Take it now.", "Take now.", "Take [it]now.", "Take now."),
    ("", "Take it.", "", "[Take it.]"),
    ("Take it.", "Take it. Rest.", "Take it.", "Take it. [Rest.]"),
]


@pytest.mark.parametrize(("first", "second", "one", "two"), CASES)
def test_the_words_that_differ_are_marked(first, second, one, two):
    assert tuple(map(marked, differences(first, second))) == (one, two)


@pytest.mark.parametrize("text", ["Take  500 mg\ntwice.", "x", "Não pare."])
def test_nothing_is_lost(text):
    (first, second) = differences(text, "Take something else twice.")
    assert "".join(run.words for run in first) == text
    assert "".join(run.words for run in second) == "Take something else twice."


@pytest.mark.parametrize(
    ("first", "second", "one", "two"),
    [
        ("Tome dois.", "Tomem dois.", "Tome dois.", "Tome[m] dois."),
        ("每天两次", "每天三次", "每天[两]次", "每天[三]次"),
        ("कि", "की", "[कि]", "[की]"),  # a letter and its sign are one
    ],
)
def test_letters_that_differ_are_marked(first, second, one, two):
    assert tuple(map(marked, character_differences(first, second))) == (one, two)
