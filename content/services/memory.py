"""Translation memory: exact pairs are reused, close ones are offered with what differs.

A close match is never put in by itself: "take 5 mg" and "take 50 mg" are 96 % the same.
"""

import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, Max
from rapidfuzz import fuzz, process

from content.models import MemoryEntry
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


def suggestions(text: str, language: str) -> list[Suggestion]:
    """The closest remembered pairs, closest first; none that is exactly the same."""
    entries = {entry.pk: entry for entry in _alive(_index(language).closest(text), language)}
    rated = [(fuzz.ratio(_folded(text), _folded(one.source)), one) for one in entries.values()]
    rated.sort(key=lambda pair: (-pair[0], -pair[1].pk))
    offered: dict[str, Suggestion] = {}
    for percent, one in rated:
        _mine, theirs = differences(text, one.source)
        offered.setdefault(one.target, Suggestion(int(percent), theirs, one.target))
    return list(offered.values())[:AT_MOST]


def _alive(found: Sequence[int], language: str) -> Iterable[MemoryEntry]:
    """What was found and is still approved."""
    return MemoryEntry.objects.filter(pk__in=found, language=language)


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


class _Index:
    """The sources of one language, in memory: 200,000 sentences are 30 MB and 20 ms a search."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._lock = threading.Lock()
        self._stamp: tuple[object, ...] = ()
        self._sources: dict[int, str] = {}

    def closest(self, text: str) -> list[int]:
        """Keys of the entries most like ``text``, without those that are the same."""
        with self._lock:
            self._refresh()
            sources = self._sources
        wanted = _folded(text)
        # Some of them may share one translation.
        found = process.extract(
            wanted, sources, scorer=fuzz.ratio, score_cutoff=LEAST_ALIKE, limit=4 * AT_MOST
        )
        return [pk for source, _percent, pk in found if source != wanted]

    def _refresh(self) -> None:
        """Approval adds and withdrawal takes away: any change is seen at the next search."""
        rows = MemoryEntry.objects.filter(language=self._language)
        stamp = tuple(
            rows.aggregate(last=Max("pk"), at=Max("created_at"), many=Count("pk")).values()
        )
        if stamp != self._stamp:
            pairs = rows.values_list("pk", "source").iterator()
            self._sources = {pk: _folded(source) for pk, source in pairs}
            self._stamp = stamp


_indexes: dict[str, _Index] = {}


def _index(language: str) -> _Index:
    return _indexes.setdefault(language, _Index(language))
