"""What the checks and the formulas say of a text, as rows and JSON: English and translations alike."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Prefetch

from content.languages import Language
from content.models import Finding, Segment, TranslatedSegment
from content.safety.base import Finding as Found
from content.safety.unread import unread
from content.text.readability import measure
from content.text.segments import split_sentences

# What the sources of a handout lack. It stands at the title and stays, whatever the title says.
SECTIONS = "sections"


def replace_findings(owner: Segment | TranslatedSegment, findings: Iterable[Found]) -> None:
    """Findings belong to the words as they stand: new words, new findings."""
    owner.findings.exclude(check_id=SECTIONS).delete()
    Finding.objects.bulk_create(as_row(found, owner) for found in findings)


def add_blocking(owner: Segment | TranslatedSegment, findings: Iterable[Found]) -> int:
    """Store the blocking ``findings`` that are not there yet; return how many there were."""
    known = {(row.check_id, row.message) for row in owner.findings.all()}
    rows = [as_row(found, owner) for found in findings if (found.check, found.message) not in known]
    new = [row for row in rows if row.is_open]
    Finding.objects.bulk_create(new)
    return len(new)


def as_row(found: Found, owner: Segment | TranslatedSegment) -> Finding:
    """A finding of ``owner`` that is not saved yet."""
    name = "segment" if isinstance(owner, Segment) else "translated_segment"
    start, end = found.span or (None, None)
    return Finding(
        check_id=found.check,
        severity=found.severity.value,
        message=found.message,
        span_start=start,
        span_end=end,
        insert=found.insert[:200],
        **{name: owner},
    )


def lookup() -> "Prefetch[Any]":
    """What a page prefetches of its segments, as a list, like ``discussing.lookups``."""
    findings = Finding.objects.select_related("overridden_by")
    return Prefetch("findings", findings, to_attr="findings_found")


def open_spans(findings: Iterable[Finding]) -> list[tuple[int, int]]:
    """What those findings point at that nobody overrode."""
    return [
        (finding.span_start or 0, finding.span_end)
        for finding in findings
        if finding.span_end and not finding.overridden_by_id
    ]


def hazards_unread(language: Language) -> list[str]:
    """What no check looks for in ``language``, in words for the translator."""
    return unread(language)


def scores(texts: Iterable[str], language: str) -> list[dict[str, object]]:
    """Every valid readability measure of ``texts``, for storage; none for no text or no formula."""
    sentences = [sentence for text in texts for sentence in split_sentences(text, language)]
    if not sentences:
        return []
    return [
        {
            "formula": score.formula_id, "name": score.formula_name,
            "value": round(score.value, 1), "unit": score.unit, "note": score.note,
        }
        for score in measure(sentences, language)
    ]  # fmt: skip
