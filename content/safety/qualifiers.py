"""The small words that carry the meaning: mild, severe, persistent, unopened, completed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from content.safety.base import Finding, Pair, Severity
from content.safety.population import reader
from content.safety.wording import plain, stem
from content.text.sifting import Sifted

_FILE = Path(__file__).with_name("qualifiers.tsv")
# "Unopened", "untreated": a state that is said by leaving something undone.
_UNDONE = re.compile(r"\bun(?!der|til|less|ion|it|ique|usual|iver|ifor|ilat)[a-z]{3,}ed\b")
_NOT_DONE = re.compile(
    r"\b(?:not|no|never|without|before|seal\w*|closed|un[a-z]{3,}|raw|bare|new|miss\w*|skip\w*|still)\b"
)


@dataclass(frozen=True, slots=True)
class Qualifier:
    """``said`` are the words of a source, ``kept`` those of which one keeps it in a rewrite."""

    name: str
    said: Sifted
    kept: Sifted


class QualifiersKept:
    """How bad, how long, how much, in which state: what qualifies a statement is said."""

    id = "qualifiers"

    def findings(self, pair: Pair) -> Iterator[Finding]:
        source, target = plain(pair.source), plain(pair.target)
        known = reader(pair.source, pair.topic)
        for qualifier in qualifiers():
            said = qualifier.said.search(source)
            if said and stem(said.group()) not in known and not qualifier.kept.search(target):
                yield self._missing(said.group())
        undone = _UNDONE.search(source)
        if undone and not _NOT_DONE.search(target):
            yield self._missing(undone.group())

    def _missing(self, word: str) -> Finding:
        return Finding(self.id, Severity.BLOCKING, f"“{word}” of the source is missing.")


@lru_cache(maxsize=1)
def qualifiers() -> tuple[Qualifier, ...]:
    """The table, read once. ``ValueError`` names a line that is not well formed."""
    lines = enumerate(_FILE.read_text(encoding="utf-8").splitlines(), 1)
    return tuple(_qualifier(number, line) for number, line in lines if not line.startswith("#"))


def _qualifier(number: int, line: str) -> Qualifier:
    cells = line.split("\t")
    if len(cells) != 3:
        raise ValueError(
            f"{_FILE.name}, line {number}: name, words and what keeps them are needed."
        )
    name, said, kept = cells
    return Qualifier(name, _any_of(said), _any_of(f"{said}, {kept}"))


def _any_of(words: str) -> Sifted:
    forms = (re.escape(word.strip()).replace(r"\*", r"\w*") for word in words.split(","))
    return Sifted(rf"\b(?:{'|'.join(forms)})(?!\w)")
