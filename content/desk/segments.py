"""The rows of a draft as the clinician's desk shows them, and what was tried on one of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.urls import reverse

from content.models import Edition, Event, Finding, Segment, Statement, User
from content.services import discussing, editing
from content.services import findings as findings_of
from content.services.comparing import Change, Comparison
from content.services.discussing import Said
from content.services.editing import Preview
from content.services.opening import same
from content.text.differences import Run, differences
from content.text.marks import Piece, marked


@dataclass(frozen=True, slots=True)
class Attempt:
    """What a person typed into a segment and what came of it: a refusal, or a look ahead.

    ``shown`` is the text that was on their screen. What is saved now may be another one: then both
    are shown, and a second save goes over it knowingly.
    """

    segment: int
    text: str
    shown: str
    refused: str = ""
    verdict: str = ""
    preview: Preview | None = None


@dataclass(frozen=True, slots=True)
class Conflict:
    """The text that is saved now beside the one that was typed, and who saved it."""

    saved: tuple[Run, ...]
    typed: tuple[Run, ...]
    change: Event | None


@dataclass(frozen=True, slots=True)
class Row:
    """``sentences`` and ``notes`` are those of `content.services.quality`.

    ``statements`` come with the addresses of their sources.
    """

    segment: Segment
    statements: list[tuple[Statement, str]]
    findings: list[Finding]
    pieces: tuple[Piece, ...]
    sentences: list[dict[str, Any]]
    notes: list[dict[str, Any]]
    undo: Event | None
    attempt: Attempt | None
    conflict: Conflict | None
    said: Said
    change: Change | None

    @property
    def key(self) -> str:
        """As text: a template formats a number anew, by the rules of the language, at each place."""
        return str(self.segment.pk)

    @property
    def origin(self) -> Segment.Origin:
        return Segment.Origin(self.segment.origin)

    @property
    def is_marked(self) -> bool:
        """Whether a finding points at words of it."""
        return any(piece.at_fault for piece in self.pieces)

    @property
    def is_settled(self) -> bool:
        """Whether a clinician accepted it as it reads, and none would have it mended; or a label."""
        if self.segment.is_label:
            return True
        return bool(self.said.verdicts) and all(one.accepted for one in self.said.verdicts)


def rows(
    edition: Edition,
    me: User,
    quality: dict[str, Any],
    attempt: Attempt | None,
    since: Comparison | None,
) -> Iterator[Row]:
    """Every segment of ``edition`` in reading order; ``quality`` is of the text as it stands."""
    aids = {row["pk"]: row for row in quality["segments"]}
    edits = editing.last_edits(edition)
    address = cache(_address)
    segments: QuerySet[Any] = edition.segments.prefetch_related(
        findings_of.lookup(),
        Prefetch("statements", Statement.objects.select_related("source"), to_attr="cited"),
        *discussing.lookups(),
    )
    for segment in segments:
        findings = segment.findings_found
        mine = attempt if attempt and attempt.segment == segment.pk else None
        yield Row(
            segment=segment,
            statements=[(one, address(one.source_id)) for one in segment.cited],
            findings=findings,
            pieces=marked(segment.text, findings_of.open_spans(findings)),
            sentences=aids[segment.pk]["sentences"],
            notes=aids[segment.pk]["notes"],
            undo=edits.get(segment.pk),
            attempt=mine,
            conflict=_conflict(segment, mine) if mine else None,
            said=discussing.said(segment, me),
            change=since.changes.get(segment.pk) if since else None,
        )


def _address(source: int) -> str:
    return reverse("admin:content_source_change", args=[source])


def _conflict(segment: Segment, attempt: Attempt) -> Conflict | None:
    if not attempt.text or same(segment.text, attempt.shown):
        return None
    saved, typed = differences(segment.text, attempt.text)
    return Conflict(saved, typed, editing.latest_change(segment))
