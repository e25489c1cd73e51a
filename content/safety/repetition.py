"""Repetition loops: a model that says one thing again and again has stopped translating."""

import re
from collections.abc import Iterator

from content.languages import ENGLISH
from content.safety.base import Finding, Pair, Severity
from content.text.number_words import UNSPACED
from content.text.segments import words

_LONGEST = 12
_LEAST_REPEATED = 3  # words: one word four times
_UNSPACED_PUNCTUATION = re.compile(r"[\s，,、。.；;]+")


class NoRepetition:
    """The same words three times in a row, or the same sentence twice, unless the source does it."""

    id = "repetition"

    def findings(self, pair: Pair) -> Iterator[Finding]:
        looped = _loop(_units(pair.target, pair.language.code))
        if looped and not _loop(_units(pair.source, ENGLISH.code)):
            message = f"“{looped}” is repeated again and again."
            yield Finding(self.id, Severity.BLOCKING, message, _span(pair.target, looped))


def _units(text: str, code: str) -> list[str]:
    if code in UNSPACED:
        return list(_UNSPACED_PUNCTUATION.sub("", text))
    return [word.lower() for word in words(text)]


def _loop(units: list[str]) -> str:
    """The words that repeat, or "". One word alone may stand three times ("never, never, never")."""
    if len(units) - len(set(units)) < _LEAST_REPEATED:
        return ""
    for length in range(1, _LONGEST + 1):
        times = 4 if length == 1 else 3
        for start in range(len(units) - length * times + 1):
            first = units[start : start + length]
            if all(
                units[start + i * length : start + (i + 1) * length] == first
                for i in range(1, times)
            ):
                return ("" if all(len(unit) == 1 for unit in first) else " ").join(first)
    return ""


def _span(text: str, words_: str) -> tuple[int, int] | None:
    start = text.lower().find(words_)
    return (start, start + len(words_)) if start >= 0 else None
