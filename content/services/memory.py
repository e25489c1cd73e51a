"""Translation memory: exact pairs are reused, close ones are offered with what differs.

A close match is never put in by itself: "take 5 mg" and "take 50 mg" are 96 % the same.
"""

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


def _closest(text: str, sources: Mapping[int, str]) -> dict[int, float]:
    """Percents by key of the entries most like ``text``, without those that are the same."""
    wanted = _folded(text)
    # Some of them may share one translation.
    found = process.extract(
        wanted, sources, scorer=fuzz.ratio, score_cutoff=LEAST_ALIKE, limit=4 * AT_MOST
    )
    return {pk: percent for source, percent, pk in found if source != wanted}


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _read(_language: str, rows: QuerySet[MemoryEntry]) -> dict[int, str]:
    return {pk: _folded(source) for pk, source in rows.values_list("pk", "source").iterator()}


# The sources of a language: 200,000 sentences are 30 MB and 20 ms a search.
_sources = Fresh(MemoryEntry, "created_at", _read)
