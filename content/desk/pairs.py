"""The rows of a translation as the translator's desk shows them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from content import languages
from content.models import Comment, Event, TranslatedSegment, Translation, User, Verdict
from content.services import back_translation, discussing, termbase
from content.services.back_translation import ReadBack
from content.services.correcting import Preview
from content.text.differences import Run, character_differences
from content.text.marks import Piece, marked


@dataclass(frozen=True, slots=True)
class Pair:
    """``drafted`` and ``edited`` are the words before the first edit and now, cut where they differ.

    ``terms`` are what the house calls the words of the source: (source term, preferred term).
    """

    row: TranslatedSegment
    pieces: tuple[Piece, ...]
    read_back: ReadBack | None
    terms: tuple[tuple[str, str], ...]
    verdicts: list[Verdict]
    mine: Verdict | None
    comments: list[Comment]
    drafted: tuple[Run, ...]
    edited: tuple[Run, ...]
    typed: str | None
    refused: str
    preview: Preview | None

    @property
    def is_settled(self) -> bool:
        """Whether a person stands for it as it reads."""
        if any(not one.accepted for one in self.verdicts):
            return False
        if any(finding.is_open for finding in self.row.findings.all()):
            return False
        return bool(self.verdicts) or not self.row.is_unsettled


def rows(
    translation: Translation,
    me: User,
    typed: Mapping[int, str],
    refused: Mapping[int, str],
    previews: Mapping[int, Preview],
) -> Iterator[Pair]:
    """Every segment in reading order, in a number of queries that does not grow with them."""
    found = translation.segments.select_related("segment", "back_translation").prefetch_related(
        "findings__overridden_by", "verdicts__by", "comments__by", "comments__resolved_by"
    )
    house = termbase.termbase(languages.get(translation.language))
    drafts = _first_words(translation)
    segments: list[Any] = list(found)
    standing = discussing.standing(segments)
    for row in segments:
        verdicts = standing[row.pk]
        drafted, edited = _change(drafts.get(row.segment_id, row.text), row.text)
        yield Pair(
            row=row,
            pieces=marked(row.text, _spans(row)),
            read_back=back_translation.shown(row),
            terms=tuple((one.source, one.accepted[0]) for one in house.mentioned(row.segment.text)),
            verdicts=verdicts,
            mine=next((one for one in verdicts if one.by_id == me.pk), None),
            comments=list(row.comments.all()),
            drafted=drafted,
            edited=edited,
            typed=typed.get(row.pk),
            refused=refused.get(row.pk, ""),
            preview=previews.get(row.pk),
        )


def _first_words(translation: Translation) -> dict[int, str]:
    """By the key of the English segment: the words before anyone edited them."""
    edits = translation.events.filter(kind=Event.Kind.EDITED).order_by("-pk")
    return {event.data["segment"]: event.data["before"] for event in edits}


def _change(before: str, now: str) -> tuple[tuple[Run, ...], tuple[Run, ...]]:
    return character_differences(before, now) if before and before != now else ((), ())


def _spans(row: TranslatedSegment) -> list[tuple[int, int]]:
    return [
        (finding.span_start or 0, finding.span_end)
        for finding in row.findings.all()
        if finding.span_end and not finding.overridden_by_id
    ]
