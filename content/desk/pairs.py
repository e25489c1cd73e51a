"""The rows of a translation as the translator's desk shows them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from content import languages
from content.models import Event, Finding, TranslatedSegment, Translation, User
from content.services import back_translation, discussing, termbase
from content.services import findings as findings_of
from content.services.back_translation import ReadBack
from content.services.correcting import Preview
from content.services.discussing import Said
from content.text.differences import Run, character_differences
from content.text.marks import Piece, marked


@dataclass(frozen=True, slots=True)
class Pair:
    """``drafted`` and ``edited`` are the words before the first edit and now, cut where they differ.

    ``terms`` are what the house calls the words of the source: (source term, preferred term).
    """

    row: TranslatedSegment
    findings: list[Finding]
    pieces: tuple[Piece, ...]
    read_back: ReadBack | None
    terms: tuple[tuple[str, str], ...]
    said: Said
    drafted: tuple[Run, ...]
    edited: tuple[Run, ...]
    typed: str | None
    refused: str
    preview: Preview | None

    @property
    def key(self) -> str:
        return str(self.row.pk)

    @property
    def origin(self) -> TranslatedSegment.Origin:
        return TranslatedSegment.Origin(self.row.origin)

    @property
    def is_settled(self) -> bool:
        """Whether a person stands for it as it reads."""
        if any(not one.accepted for one in self.said.verdicts):
            return False
        if any(finding.is_open for finding in self.findings):
            return False
        return bool(self.said.verdicts) or not self.row.is_unsettled


def rows(
    translation: Translation,
    me: User,
    typed: Mapping[int, str],
    refused: Mapping[int, str],
    previews: Mapping[int, Preview],
) -> Iterator[Pair]:
    """Every segment in reading order, in a number of queries that does not grow with them."""
    found: QuerySet[Any] = translation.segments.select_related(
        "segment", "back_translation"
    ).prefetch_related(findings_of.lookup(), *discussing.lookups())
    house = termbase.termbase(languages.get(translation.language))
    drafts = _first_words(translation)
    for row in found:
        findings = row.findings_found
        drafted, edited = _change(drafts.get(row.segment_id, row.text), row.text)
        yield Pair(
            row=row,
            findings=findings,
            pieces=marked(row.text, findings_of.open_spans(findings)),
            read_back=back_translation.shown(row),
            terms=tuple((one.source, one.accepted[0]) for one in house.mentioned(row.segment.text)),
            said=discussing.said(row, me),
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
