"""Translation memory: exact pairs are reused, close ones are offered with what differs.

A close match is never put in by itself: "take 5 mg" and "take 50 mg" are 96 % the same.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import QuerySet
from rapidfuzz import fuzz, process

from content.models import MemoryEntry
from content.services.fresh import Fresh
from content.text.differences import Run, differences
from content.text.fingerprint import fingerprint

LEAST_ALIKE = 75  # percent, the lowest that translation tools offer by default
AT_MOST = 3


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
    sources = _sources.of(language)
    close = {text: _closest(text, sources) for text in texts}
    # Looked up again: what is offered is approved at this moment.
    found = {pk for percents in close.values() for pk in percents}
    entries = MemoryEntry.objects.in_bulk(found)
    return {text: _offers(text, percents, entries) for text, percents in close.items()}


def _offers(
    text: str, percents: Mapping[int, float], entries: Mapping[int, MemoryEntry]
) -> list[Suggestion]:
    alive = [(percent, entries[pk]) for pk, percent in percents.items() if pk in entries]
    alive.sort(key=lambda pair: (-pair[0], -pair[1].pk))
    offered: dict[str, Suggestion] = {}
    for percent, one in alive:
        _mine, theirs = differences(text, one.source)
        offered.setdefault(one.target, Suggestion(int(percent), theirs, one.target))
    return list(offered.values())[:AT_MOST]


@dataclass(frozen=True, slots=True)
class _Sources:
    """What a language remembers, shortest first: ``keys`` are those of the entries."""

    lengths: list[int]
    texts: list[str]
    keys: list[int]

    def like(self, text: str) -> tuple[int, int]:
        """The range of those that are not too short or too long to be alike enough."""
        share = LEAST_ALIKE / 100
        shortest, longest = len(text) * share / (2 - share), len(text) * (2 - share) / share
        return bisect_left(self.lengths, shortest), bisect_right(self.lengths, longest)


def _closest(text: str, sources: _Sources) -> dict[int, float]:
    """Percents by key of the entries most like ``text``, without those that are the same."""
    wanted = _folded(text)
    start, end = sources.like(wanted)
    # Some of them may share one translation.
    found = process.extract(
        wanted, sources.texts[start:end], scorer=fuzz.ratio, score_cutoff=LEAST_ALIKE,
        limit=4 * AT_MOST,
    )  # fmt: skip
    return {
        sources.keys[start + place]: percent for source, percent, place in found if source != wanted
    }


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _read(_language: str, rows: QuerySet[MemoryEntry]) -> _Sources:
    pairs = rows.values_list("source", "pk").iterator()
    ordered = sorted(((_folded(source), pk) for source, pk in pairs), key=lambda pair: len(pair[0]))
    # Made anew in the order in which they are read: twice as fast as when they lie scattered.
    texts = "\n".join(text for text, _pk in ordered).split("\n") if ordered else []
    return _Sources([len(text) for text in texts], texts, [pk for _text, pk in ordered])


# The sources of a language: 200,000 sentences are 30 MB and 30 ms a search.
_sources = Fresh(MemoryEntry, "created_at", _read)
