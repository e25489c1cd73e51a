"""The chain over the record: a change, an insertion or a removal afterwards shows.

Every decision and event gets a seal just after the transaction that wrote it: the SHA-256 of the
seal before, of its own number, and of all that the entry says. Sealing takes no lock: two that reach
for the same number meet at its primary key, and one takes the next. What a crash left without a
seal gets one from the sweep.

Who can write to the whole database can seal it all anew; then only a seal that was noted elsewhere
tells. So a worker logs the newest one every day, and ``verify`` takes one as an anchor.
"""

import datetime as dt
import hashlib
import json
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from content.models import Decision, Event, Seal

logger = logging.getLogger(__name__)

Entry = TypeVar("Entry", Decision, Event)
TRIES = 20
# An entry without a seal is a break once the sweep has had time for it.
GRACE = dt.timedelta(minutes=5)
FIELDS: dict[type[Decision] | type[Event], tuple[str, ...]] = {
    Decision: (
        "id", "verb", "actor_id", "at", "edition_id", "translation_id", "fingerprint", "reason",
        "detail",
    ),
    Event: (
        "id", "kind", "actor_id", "at", "request_id", "edition_id", "translation_id", "source_id",
        "person_id", "data",
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Verified:
    """``number`` and ``sha256`` of the newest seal, to be noted elsewhere, and the breaks found."""

    number: int
    sha256: str
    breaks: tuple[str, ...]


def soon(entry: Entry) -> Entry:
    """Seal ``entry`` when its transaction is done; a failure is left to the sweep."""
    transaction.on_commit(lambda: seal(entry), robust=True)
    return entry


def seal(entry: Decision | Event) -> None:
    """The next link of the chain; nothing where ``entry`` has one."""
    fresh = type(entry)._default_manager.get(pk=entry.pk)  # as the database keeps it
    for _try in range(TRIES):
        if Seal.objects.filter(**_of(fresh)).exists():
            return
        last, before = newest()
        number = last + 1
        sha256 = digest(before, number, fresh)
        try:
            with transaction.atomic():
                Seal.objects.create(number=number, sha256=sha256, **_of(fresh))
        except IntegrityError:
            continue  # another took the number, or sealed the entry
        return
    logger.warning("no seal for %s after %d tries; the sweep goes on", name(entry), TRIES)


def seal_missed() -> int:
    """Seal what was left without one, oldest first; return how many."""
    missed = sorted(_unsealed(), key=lambda entry: (entry.at, type(entry).__name__, entry.pk))
    for entry in missed:
        seal(entry)
    return len(missed)


def overdue() -> int:
    """How many entries have no seal though the sweep has had time for it."""
    due = timezone.now() - GRACE
    return sum(model._default_manager.filter(seal=None, at__lt=due).count() for model in FIELDS)


def digest(before: str, number: int, entry: Decision | Event) -> str:
    """SHA-256 over the seal ``before`` ("" for the first), ``number`` and all that ``entry`` says."""
    said = {name: getattr(entry, name) for name in FIELDS[type(entry)]}
    # What is empty is left out: a field added later leaves the old seals as they are.
    told = {name: value for name, value in said.items() if value not in (None, "", {})}
    words = [before, number, entry._meta.model_name, told]
    canonical = json.dumps(
        words, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_moment
    )
    return hashlib.sha256(canonical.encode()).hexdigest()


def newest() -> tuple[int, str]:
    """Number and hash of the newest seal, (0, "") where there is none."""
    last = Seal.objects.last()
    return (last.number, last.sha256) if last else (0, "")


def verify(anchor: tuple[int, str] | None = None) -> Verified:
    """Walk the whole chain. ``anchor`` is the number and hash of a seal as they were noted once."""
    breaks: list[str] = []
    last, before = 0, ""
    noted = {anchor[0]: anchor[1]} if anchor else {}
    for link in _chain():
        breaks += _wrong(link, last, before)
        if noted.get(link.number, link.sha256) != link.sha256:
            breaks.append(_("Seal %d is not the one that was noted.") % link.number)
        last, before = link.number, link.sha256
    if anchor and anchor[0] > last:
        breaks.append(_("Seal %d was noted, and it is gone.") % anchor[0])
    due = timezone.now() - GRACE
    breaks += [
        _("%(entry)s has no seal.") % {"entry": name(entry)}
        for entry in _unsealed()
        if entry.at < due
    ]
    return Verified(last, before, tuple(breaks))


def name(entry: Decision | Event) -> str:
    """Which row ``entry`` is, and when: "decision 12 (2026-11-29 08:00)"."""
    return f"{entry._meta.verbose_name} {entry.pk} ({entry.at:%Y-%m-%d %H:%M})"


def _wrong(link: Seal, last: int, before: str) -> Iterator[str]:
    """What is wrong at one link: a gap before it, its entry gone, its entry or itself changed."""
    if link.number != last + 1:
        yield _("Seals %(first)d to %(last)d are gone.") % {
            "first": last + 1, "last": link.number - 1,
        }  # fmt: skip
        return  # what its hash should be over is not known
    entry = link.decision or link.event
    if entry is None:
        yield _("What seal %d was for is gone.") % link.number
    elif link.sha256 != digest(before, link.number, entry):
        yield _("At seal %(number)d, %(entry)s or the seal before is not what it was.") % {
            "number": link.number, "entry": name(entry),
        }  # fmt: skip


def _chain() -> Iterator[Seal]:
    """Every seal with its entry. An entry that someone took out leaves its seal in the chain."""
    rows = Seal.objects.order_by("number").prefetch_related("decision", "event")
    return rows.iterator(chunk_size=2000)


def _unsealed() -> list[Decision | Event]:
    return [
        *Decision.objects.filter(seal=None).order_by("pk"),
        *Event.objects.filter(seal=None).order_by("pk"),
    ]


def _of(entry: Decision | Event) -> dict[str, Any]:
    return {"decision": entry} if isinstance(entry, Decision) else {"event": entry}


def _moment(value: object) -> str:
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat()
    raise TypeError(f"{type(value).__name__} has no canonical spelling")
