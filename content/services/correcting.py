"""The words of a translation: what others would be like, and saving them.

An edit is an ``Event`` of kind "edited" about the translation, with data ``{segment, before,
after}``, where ``segment`` is the key of the English one.
"""

from dataclasses import dataclass
from typing import Any

from django.db import transaction

from content import languages
from content.models import Event, Finding, TranslatedSegment, User
from content.services import record, translating
from content.services.findings import as_row, replace_findings, scores
from content.services.opening import clean, need_same, open_translation, same
from content.services.qualifying import need_translator
from content.services.termbase import termbase
from content.text.differences import Run, differences


@dataclass(frozen=True, slots=True)
class Preview:
    """What is said of a translated segment in other words. Nothing of it is stored.

    ``runs`` are the words, marked where they differ from the saved ones; ``saved`` is the text in
    the database where someone changed it after ``shown`` was, else empty; ``scores`` are of this
    sentence alone.
    """

    row: TranslatedSegment
    findings: tuple[Finding, ...]
    runs: tuple[Run, ...]
    scores: tuple[dict[str, Any], ...]
    saved: str

    @property
    def blocking(self) -> int:
        return sum(finding.is_open for finding in self.findings)


def preview_translation(*, row: TranslatedSegment, actor: User, text: str, shown: str) -> Preview:
    """Findings and readability as they would be if ``text`` were saved."""
    need_translator(actor, row.translation)
    words = clean(text)
    target = languages.get(row.translation.language)
    found = translating.check(row.segment.text, words, termbase(target))
    _before, runs = differences(row.text, words)
    return Preview(
        row=row,
        findings=tuple(as_row(one, row) for one in found),
        runs=runs,
        scores=tuple(scores([words], target.code)),
        saved="" if same(row.text, shown) else row.text,
    )


def edit_translation(*, row: TranslatedSegment, actor: User, text: str, shown: str) -> None:
    """Replace a translated segment's words; a first approval of the text before lapses."""
    need_translator(actor, row.translation)
    words = clean(text)
    with transaction.atomic():
        translation = open_translation(row.translation_id)
        fresh = TranslatedSegment.objects.select_related("segment").get(pk=row.pk)
        need_same(fresh.text, shown)
        fresh.text, fresh.origin = words, TranslatedSegment.Origin.EDITED
        fresh.save(update_fields=["text", "origin"])
        target = languages.get(translation.language)
        replace_findings(fresh, translating.check(fresh.segment.text, words, termbase(target)))
        texts = translation.segments.exclude(text="").values_list("text", flat=True)
        translation.readability = scores(texts, target.code)
        translation.approved_by = translation.approved_at = None
        translation.fingerprint = ""
        translation.save()
        record.note(
            Event.Kind.EDITED, actor=actor, edition=translation.edition, translation=translation,
            segment=fresh.segment_id, before=shown, after=words,
        )  # fmt: skip
