"""What happened to one object, newest first; and the whole record for an auditor."""

import csv
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from heapq import merge
from itertools import islice
from typing import Any, TypeVar

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from content.models import (
    Decision,
    Edition,
    Event,
    Handout,
    Publication,
    Request,
    Source,
    Translation,
    User,
)
from content.text.cells import harmless
from content.text.differences import Run, differences

Subject = Request | Edition | Translation | Publication | Source | Handout | User
Row = TypeVar("Row", Decision, Event)


@dataclass(frozen=True, slots=True)
class Entry:
    """``what`` reads after ``who``. ``changed`` are an edit's words before and after, as runs."""

    at: datetime
    who: str
    what: str
    reason: str
    fingerprint: str
    changed: tuple[tuple[Run, ...], tuple[Run, ...]] | None
    seal: int | None


def of(subject: Subject, count: int | None = None) -> list[Entry]:
    """The newest ``count`` entries (all of them where it is ``None``) about ``subject``."""
    decided, happened = _about(subject)
    newest = ("-at", "-pk")
    decisions = Decision.objects.filter(decided).select_related("actor", "seal").order_by(*newest)
    events = Event.objects.filter(happened).select_related("actor", "seal").order_by(*newest)
    both = [*map(_decision, decisions[:count]), *map(_event, events[:count])]
    return sorted(both, key=lambda entry: entry.at, reverse=True)[:count]


def _about(subject: Subject) -> tuple[Q, Q]:
    """What picks the decisions and the events about ``subject``."""
    match subject:
        case Request():
            return Q(edition__request=subject), Q(request=subject) | Q(edition__request=subject)
        case Edition():
            request = Q(request=subject.request) if subject.request_id else Q()
            return Q(edition=subject), Q(edition=subject) | request
        case Translation():
            return Q(translation=subject), Q(translation=subject)
        case Publication():
            text = Q(edition=subject.edition, translation=subject.translation)
            approved = Q(verb=Decision.Verb.APPROVE_EDITION, edition=subject.edition)
            return text | approved, Q(data__publication=subject.pk)
        case Source():
            return Q(pk=None), Q(source=subject)
        case Handout():
            return Q(edition__handout=subject), Q(edition__handout=subject)
        case _:  # a person
            return Q(actor=subject), Q(actor=subject) | Q(person=subject)


def _decision(row: Decision) -> Entry:
    return Entry(
        at=row.at, who=str(row.actor), what=row.get_verb_display(), reason=row.reason,
        fingerprint=row.fingerprint, changed=None, seal=_seal(row),
    )  # fmt: skip


def _event(row: Event) -> Entry:
    words = (row.data.get("before"), row.data.get("after"))
    edited = row.kind in (Event.Kind.EDITED, Event.Kind.UNDONE)
    return Entry(
        at=row.at, who=str(row.actor or _("A worker")), what=row.get_kind_display(),
        reason=str(row.data.get("text", "")), fingerprint="",
        changed=differences(str(words[0]), str(words[1])) if edited else None, seal=_seal(row),
    )  # fmt: skip


def _seal(row: Decision | Event) -> int | None:
    found = getattr(row, "seal", None)
    return found.number if found else None


# --- for an auditor -----------------------------------------------------------------------------

COLUMNS = (
    "seal", "seal_sha256", "at", "actor", "entry", "id", "what", "request", "edition",
    "translation", "source", "person", "fingerprint", "reason", "detail",
)  # fmt: skip


def export(after: datetime | None = None) -> Iterator[dict[str, Any]]:
    """Every entry of the record in the order of time, one dictionary of ``COLUMNS`` each.

    ``at`` is in UTC. ``seal`` and ``seal_sha256`` place it in the chain (``services.sealing``).
    """
    decisions = _in_order(Decision.objects.select_related("actor", "seal"), after)
    events = _in_order(Event.objects.select_related("actor", "seal"), after)
    yield from merge(map(_told, decisions), map(_told, events), key=lambda row: str(row["at"]))


def _in_order(rows: QuerySet[Row], after: datetime | None) -> Iterator[Row]:
    since = Q(at__gte=after) if after else Q()
    return rows.filter(since).order_by("at", "pk").iterator(chunk_size=2000)


def _told(row: Decision | Event) -> dict[str, Any]:
    link = getattr(row, "seal", None)
    told = {
        **dict.fromkeys(COLUMNS),
        "seal": link.number if link else None,
        "seal_sha256": link.sha256 if link else "",
        "at": row.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "actor": row.actor.get_username() if row.actor else "",
        "entry": row._meta.model_name,
        "id": row.pk,
        "edition": row.edition_id,
        "translation": row.translation_id,
    }
    if isinstance(row, Decision):
        own: dict[str, Any] = {
            "what": row.verb,
            "fingerprint": row.fingerprint,
            "reason": row.reason,
        }
        return told | own | {"detail": row.detail}
    own = {
        "what": row.kind, "request": row.request_id, "source": row.source_id,
        "person": row.person_id,
    }  # fmt: skip
    return told | own | {"detail": row.data}


class _Lines:
    """What the csv module writes to; each write is one line, handed on."""

    def write(self, line: str) -> str:
        return line


def as_csv(rows: Iterable[dict[str, Any]]) -> Iterator[str]:
    """Lines of a CSV file. No cell begins a formula when a spreadsheet opens it (OWASP)."""
    writer = csv.writer(_Lines())
    yield writer.writerow(COLUMNS)
    for row in rows:
        detail = json.dumps(row["detail"], ensure_ascii=False, sort_keys=True)
        cells = [*(row[column] for column in COLUMNS[:-1]), detail]
        yield writer.writerow([harmless(cell) for cell in cells])


def as_json(rows: Iterable[dict[str, Any]]) -> Iterator[str]:
    """Lines of one JSON array, an entry a line."""
    yield "[\n"
    entries = iter(rows)
    for row in islice(entries, 1):
        yield json.dumps(row, ensure_ascii=False)
    for row in entries:
        yield ",\n" + json.dumps(row, ensure_ascii=False)
    yield "\n]\n"
