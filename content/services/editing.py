"""The words of the English: what others would be like, saving them, and taking them back.

An edit is an ``Event`` of kind "edited" with data ``{segment, before, after, origin}``, where
``origin`` is the segment's before it; taking it back is one of kind "undone" with data
``{segment, before, after, undoes}``, where ``undoes`` is the key of the edit. So repeated undo
walks back, edit by edit, and the record only grows.
"""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from content import languages
from content.models import Edition, Event, Finding, Role, Segment, User
from content.safety.base import Finding as Found
from content.services import quality, record
from content.services.errors import Refused
from content.services.findings import (
    SECTIONS,
    add_blocking,
    as_row,
    replace_findings,
    scores,
)
from content.services.opening import clean, need_open, need_same, open_edition, same
from content.services.rewriting import check, kept_mark

# Of the whole text; one sentence has only the first: SMOG needs ten.
FORMULAS = ("flesch_kincaid", "smog")


@dataclass(frozen=True, slots=True)
class Change:
    """A score before and after an edit; ``None`` where the text is too short to have it."""

    scope: str  # "segment" or "edition"
    formula: str
    name: str
    before: float | None
    after: float | None


@dataclass(frozen=True, slots=True)
class Preview:
    """What is said of a segment in other words. Nothing of it is stored.

    ``segment`` and ``findings`` are rows as they would be saved, ``sentences`` and ``notes`` those
    of `content.services.quality`. ``saved`` is the text in the database where someone changed it
    after ``shown`` was, else empty.
    """

    segment: Segment
    changes: tuple[Change, ...]
    findings: tuple[Finding, ...]
    sentences: tuple[dict[str, Any], ...]
    notes: tuple[dict[str, Any], ...]
    saved: str

    @property
    def blocking(self) -> int:
        return sum(finding.is_open for finding in self.findings)


def preview_segment(*, segment: Segment, actor: User, text: str, shown: str) -> Preview:
    """Readability, findings and notes as they would be if ``text`` were saved."""
    _need_editor(actor)
    words = clean(text)
    edition = segment.edition
    need_open(edition)
    segments = list(edition.segments.all())
    place = next(n for n, row in enumerate(segments) if row.pk == segment.pk)
    row, old = segments[place], segments[place].text
    before = quality.current(edition)
    row.text, row.origin = words, Segment.Origin.EDITED
    after = quality.of_segments(segments)
    kept = row.findings.filter(check_id=SECTIONS)
    return Preview(
        segment=row,
        changes=(*_of_sentence(row, old), *_changes("edition", before["scores"], after["scores"])),
        findings=(*kept, *(as_row(found, row) for found in check_segment(row, edition.one_topic))),
        sentences=tuple(after["segments"][place]["sentences"]),
        notes=tuple(after["segments"][place]["notes"]),
        saved="" if same(old, shown) else old,
    )


def _of_sentence(row: Segment, old: str) -> list[Change]:
    """The grade of the segment alone; a label has none."""
    if row.is_label:
        return []
    english = languages.ENGLISH.code
    found = _changes("segment", scores([old], english), scores([row.text], english))
    return found[:1]


def _changes(scope: str, before: list[dict[str, Any]], after: list[dict[str, Any]]) -> list[Change]:
    was = {score["formula"]: score for score in before}
    now = {score["formula"]: score for score in after}
    return [
        Change(
            scope, formula, (was.get(formula) or now[formula])["name"],
            _value(was, formula), _value(now, formula),
        )
        for formula in FORMULAS
        if formula in was or formula in now
    ]  # fmt: skip


def _value(found: dict[str, dict[str, Any]], formula: str) -> float | None:
    return found[formula]["value"] if formula in found else None


def edit_segment(*, segment: Segment, actor: User, text: str, shown: str) -> Segment:
    """Replace a segment's words; ``shown`` is the text the person was looking at.

    Words that stand there already are no edit and no conflict: a form may be sent twice.
    """
    _need_editor(actor)
    words = clean(text)
    with transaction.atomic():
        edition, row = _opened(segment)
        if words == row.text:
            return row
        need_same(row.text, shown)
        before, origin = row.text, row.origin
        _write(edition, row, actor, words, Segment.Origin.EDITED)
        record.note(
            Event.Kind.EDITED, actor=actor, edition=edition,
            segment=row.pk, before=before, after=words, origin=origin,
        )  # fmt: skip
    return row


def undo_edit(*, segment: Segment, actor: User, shown: str) -> Segment:
    """Take back the last edit of a segment that still stands; ``shown`` as in ``edit_segment``."""
    _need_editor(actor)
    with transaction.atomic():
        edition, row = _opened(segment)
        need_same(row.text, shown)
        edit = last_edits(edition).get(row.pk)
        if edit is None:
            raise Refused(_("There is no edit of this text to take back."))
        need_same(row.text, edit.data["after"])
        before, words = row.text, edit.data["before"]
        origin = edit.data.get("origin", Segment.Origin.EDITED)  # early edits did not note it
        _write(edition, row, actor, words, origin)
        record.note(
            Event.Kind.UNDONE, actor=actor, edition=edition,
            segment=row.pk, before=before, after=words, undoes=edit.pk,
        )  # fmt: skip
    return row


def last_edits(edition: Edition) -> dict[int, Event]:
    """The edit that an undo would take back, by the key of its segment."""
    events = list(
        edition.events.filter(kind__in=(Event.Kind.EDITED, Event.Kind.UNDONE), translation=None)
        .select_related("actor")
        .order_by("pk")
    )
    undone = {event.data["undoes"] for event in events if event.kind == Event.Kind.UNDONE}
    edits = (
        event for event in events if event.kind == Event.Kind.EDITED and event.pk not in undone
    )
    return {event.data["segment"]: event for event in edits}


def latest_change(segment: Segment) -> Event | None:
    """Who changed a segment last, by an edit or by taking one back."""
    changes = segment.edition.events.filter(
        kind__in=(Event.Kind.EDITED, Event.Kind.UNDONE), translation=None
    )
    return changes.filter(data__segment=segment.pk).select_related("actor").first()


def check_segment(segment: Segment, topic: str) -> list[Found]:
    """What the checks say of a segment's words against its source; fixed text has none.

    ``topic`` is its edition's ``one_topic``.
    """
    if not segment.source_text:
        return []
    if segment.origin == Segment.Origin.SOURCE_KEPT:
        return [kept_mark(check(segment.source_text, segment.rejected_text, topic))]
    return check(segment.source_text, segment.text, topic)


def recheck(edition: Edition) -> int:
    """Check every segment anew and store what blocks and was not known; return how many.

    A finding may be missing because a check was sharpened since, or because someone removed it.
    """
    topic = edition.one_topic
    rows = edition.segments.prefetch_related("findings")
    return sum(add_blocking(row, check_segment(row, topic)) for row in rows)


def warm_up() -> None:
    """Read the tables of the checks and the notes, so that the first person need not wait for it."""
    text = "Do not take more than 500 mg of metformin twice a day if you have kidney disease."
    check(text, text)
    quality.hard_words()


def may_edit(actor: User) -> bool:
    return actor.has_role(Role.EDUCATOR) or actor.has_role(Role.CLINICIAN)


def _need_editor(actor: User) -> None:
    if not may_edit(actor):
        raise Refused(_("Only an educator or a clinician may edit the English."))


def _opened(segment: Segment) -> tuple[Edition, Segment]:
    """The edition locked, so that edits come one by one, and the segment as it is then."""
    edition = open_edition(segment.edition_id)
    return edition, Segment.objects.get(pk=segment.pk)


def _write(edition: Edition, row: Segment, actor: User, words: str, origin: str) -> None:
    row.text, row.origin = words, Segment.Origin(origin)
    row.save(update_fields=["text", "origin"])
    replace_findings(row, check_segment(row, edition.one_topic))
    edition.authors.add(actor)
    quality.refresh(edition)
    edition.readability = edition.quality["scores"]
    edition.save(update_fields=["readability"])
