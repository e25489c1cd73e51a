"""Translation memory: exact pairs are reused, close ones are offered with what differs.

A close match is never put in by itself: "take 5 mg" and "take 50 mg" are 96 % the same.
"""

import threading
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz, process

from content.models import MemoryEntry
from content.text.differences import Run, differences
from content.text.fingerprint import fingerprint

LEAST_ALIKE = 75  # percent, the lowest that translation tools offer by default
AT_MOST = 3
# A row may become visible after rows with higher keys: transactions end in any order.
OVERLAP = 200
MOST_BLOCKS = 8
KINDS = 32  # of letters, by the last bits of their code points: a to z each have their own

Array = npt.NDArray[Any]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A remembered pair for a source that is not quite the same.

    ``percent`` is the normalised Indel similarity of the two English texts, 0 to 100, rounded down.
    ``runs`` are the words of the remembered source; those that the new source lacks there differ.
    """

    percent: int
    runs: tuple[Run, ...]
    target: str


def exact(texts: Iterable[str], language: str) -> dict[str, str]:
    """The latest approved translation of each of ``texts`` that memory has word for word."""
    prints = {text: fingerprint([text]) for text in texts}
    entries = MemoryEntry.objects.filter(
        language=language, source_fingerprint__in=prints.values()
    ).order_by("created_at")
    known = {entry.source_fingerprint: entry.target for entry in entries}
    return {text: known[digest] for text, digest in prints.items() if digest in known}


def suggestions(texts: Iterable[str], language: str) -> dict[str, list[Suggestion]]:
    """The closest remembered pairs of each text, closest first; none that is exactly the same."""
    sources = _sources_of(language)
    close = {text: sources.closest(_folded(text)) for text in texts}
    # Looked up again: what is offered is approved at this moment.
    found = {pk for percents in close.values() for pk in percents}
    entries = MemoryEntry.objects.in_bulk(found)
    if forgotten := found - entries.keys():
        # They stood in the way of others that may be offered.
        sources.forget(forgotten)
        return suggestions(close, language)
    return {text: _offers(text, percents, entries) for text, percents in close.items()}


def _offers(
    text: str, percents: Mapping[int, float], entries: Mapping[int, MemoryEntry]
) -> list[Suggestion]:
    ranked = sorted(percents.items(), key=lambda pair: (-pair[1], -pair[0]))
    offered: dict[str, Suggestion] = {}
    for pk, percent in ranked:
        one = entries[pk]
        _mine, theirs = differences(text, one.source)
        offered.setdefault(one.target, Suggestion(int(percent), theirs, one.target))
    return list(offered.values())[:AT_MOST]


@dataclass(frozen=True, slots=True)
class _Block:
    """Remembered sentences, shortest first. ``letters`` counts the kinds of letters of each."""

    texts: Array  # of str
    keys: Array
    lengths: Array
    letters: Array  # KINDS columns

    @classmethod
    def of(cls, rows: list[tuple[str, int]]) -> Self:
        """A block of at least one row of folded text and key."""
        ordered = sorted(rows, key=lambda row: len(row[0]))
        # Made anew in the order in which they are read: twice as fast as when they lie scattered.
        texts = "\n".join(text for text, _pk in ordered).split("\n")
        keys = np.array([pk for _text, pk in ordered])
        lengths = np.array([len(text) for text in texts], np.int32)
        return cls(np.array(texts, object), keys, lengths, _letters(texts, lengths))

    def closest(self, wanted: str) -> list[tuple[int, float]]:
        """Keys and percents of the texts most like ``wanted``, without those that are the same."""
        share, length = LEAST_ALIKE / 100, len(wanted)
        # The others are too short or too long to be alike enough.
        limits = (length * share / (2 - share), length * (2 - share) / share + 1)
        start, end = np.searchsorted(self.lengths, limits)
        # Two texts have no more in common than their letters in any order.
        mine = _letters([wanted], np.array([length]))[0]
        common = np.minimum(self.letters[start:end], mine).sum(axis=1, dtype=np.uint16)
        least = np.ceil(share / 2 * (self.lengths[start:end] + length))
        likely = np.flatnonzero(common >= least) + start
        # Some of them may share one translation.
        found = process.extract(
            wanted, self.texts[likely].tolist(), scorer=fuzz.ratio, score_cutoff=LEAST_ALIKE,
            limit=4 * AT_MOST,
        )  # fmt: skip
        keys = self.keys[likely]
        return [(int(keys[n]), percent) for text, percent, n in found if text != wanted]

    def rows(self) -> Iterator[tuple[str, int]]:
        return zip(self.texts.tolist(), self.keys.tolist(), strict=True)


def _letters(texts: Sequence[str], lengths: Array) -> Array:
    """How often each of ``KINDS`` kinds of letters is in each text, at most 255 times."""
    codes = np.frombuffer("".join(texts).encode("utf-32-le"), np.uint32) % KINDS
    rows = np.repeat(np.arange(len(texts)), lengths)
    counted = np.bincount(rows * KINDS + codes, minlength=len(texts) * KINDS)
    return np.minimum(counted, 255).astype(np.uint8).reshape(len(texts), KINDS)


class _Sources:
    """What a language remembers, kept in the process.

    Each search reads what was added since the one before. Counting the rows, to see that nothing
    changed, would take longer than the search.
    """

    def __init__(self, language: str) -> None:
        self._language = language
        self._lock = threading.Lock()
        self._last = 0
        self._known: set[int] = set()
        self._blocks: tuple[_Block, ...] = ()

    def read_on(self) -> None:
        with self._lock:
            rows = MemoryEntry.objects.filter(pk__gt=self._last - OVERLAP)
            found = rows.values_list("pk", "language", "source").order_by("pk")
            new: list[tuple[str, int]] = []
            for pk, language, source in found.iterator(chunk_size=10_000):
                self._last = max(self._last, pk)
                if language == self._language and pk not in self._known:
                    new.append((_folded(source), pk))
            self._known.update(pk for _text, pk in new)
            if new:
                self._add(new)

    def _add(self, new: list[tuple[str, int]]) -> None:
        """A block more, or all of them in one: many small ones would be slow."""
        if len(self._blocks) >= MOST_BLOCKS:
            for block in self._blocks:
                new.extend(block.rows())
            self._blocks = ()
        self._blocks = (*self._blocks, _Block.of(new))

    def forget(self, keys: Container[int]) -> None:
        with self._lock:
            kept = [[row for row in block.rows() if row[1] not in keys] for block in self._blocks]
            self._blocks = tuple(_Block.of(rows) for rows in kept if rows)

    def closest(self, wanted: str) -> dict[int, float]:
        return dict(pair for block in self._blocks for pair in block.closest(wanted))


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


# 200,000 sentences are 50 MB and 35 ms a search.
_known: dict[str, _Sources] = {}


def _sources_of(language: str) -> _Sources:
    sources = _known.setdefault(language, _Sources(language))
    sources.read_on()
    return sources
