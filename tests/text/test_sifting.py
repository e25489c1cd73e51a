"""A sifted pattern finds what `re` finds."""

import json
import re
from pathlib import Path

import pytest

from content.safety import conditions, frequency, haste, polarity
from content.safety.qualifiers import qualifiers
from content.text.sifting import Sifted, signs


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        (r"\b(?:stop\w*|quit\w*)\b", ("quit", "stop")),
        (r"\bnot (?:be )?(?:safe|wise)\b", ("not be safe", "not be wise", "not safe", "not wise")),
        (r"\bkeep (?:\w+ ){1,3}away\b", ("keep ",)),
        (r"\b(?:\w+ )*fever\b(?! dream)", ("fever",)),
        (r"\ba?bout\b", ("bout",)),
        (r"\d+ (?:mg|ml)", (" m",)),
        # What cannot be told is searched for as it is.
        (r"\w+ing\b|\d", ()),
        (r"(?i)\bstop\b", ()),
        (r"\b[ab]\b", ()),
    ],
)
def test_signs(pattern, expected):
    assert signs(pattern) == expected


def tables() -> list[Sifted]:
    """Every sifted pattern of the checks."""
    pairs = [*conditions._OPPOSITE_PATTERNS, *conditions._STATE_PATTERNS]
    found = [pattern for pair in pairs for pattern in pair]
    found += [row[1] for row in conditions._KEPT_PATTERNS]
    found += [pattern for row in conditions._NEW_PATTERNS for pattern in row[1:]]
    found += [row[0] for row in (*polarity._IDIOM_PATTERNS, *frequency._IDIOM_PATTERNS)]
    found += list(haste._STEPS.values())
    return found + [pattern for row in qualifiers() for pattern in (row.said, row.kept)]


def labelled() -> list[dict[str, str]]:
    folder = Path(__file__).resolve().parents[1] / "data" / "rewrites"
    lines = [line for path in folder.glob("*.jsonl") for line in path.read_text().splitlines()]
    return [json.loads(line) for line in lines]


def test_the_tables_find_what_re_finds():
    texts = [text.lower() for row in labelled() for text in (row["source"], row["rewrite"])]
    assert len(texts) > 1000
    for sifted in tables():
        plain = re.compile(sifted.pattern)
        for text in texts:
            ours, theirs = sifted.search(text), plain.search(text)
            assert (ours and ours.span()) == (theirs and theirs.span()), (plain.pattern, text)
            if theirs:
                assert sifted.sub("#", text) == plain.sub("#", text)


def test_most_of_the_tables_are_sifted():
    sifted = [one for one in tables() if one.signs]
    assert len(sifted) > 0.85 * len(tables())
