"""Bringing vetted documents into the library: all of an import, or nothing of it."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field

from django.db import transaction

from content.models import Source, Statement, TopicCode
from content.text.sources import ParsedSource

FIELDS = (
    "title", "url", "publisher", "language", "courtesy", "licence", "review_by", "reviewed_by",
)  # fmt: skip


@dataclass
class ImportReport:
    """What an import did, by title."""

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    statements_added: int = 0
    statements_retired: int = 0

    def as_dict(self) -> dict[str, object]:
        return asdict(self)


def import_sources(parsed: Iterable[ParsedSource]) -> ImportReport:
    """Store ``parsed`` in one transaction. The same document again changes nothing."""
    report = ImportReport()
    with transaction.atomic():
        for document in parsed:
            _import_one(document, report)
    return report


def _import_one(document: ParsedSource, report: ImportReport) -> None:
    source = Source.objects.filter(external_id=document.external_id).first()
    if source and source.digest == document.raw_digest:
        report.unchanged.append(document.title)
        return
    (report.changed if source else report.added).append(document.title)
    source = source or Source(external_id=document.external_id)
    for name in FIELDS:
        setattr(source, name, getattr(document, name))
    source.follows = [asdict(authority) for authority in document.follows]
    source.digest = document.raw_digest
    source.save()
    source.topics.set(
        [_topic(topic.system, topic.code, topic.display) for topic in document.topics]
    )
    _replace_statements(source, document, report)


def _topic(system: str, code: str, display: str) -> TopicCode:
    topic, _created = TopicCode.objects.get_or_create(
        system=system, code=code, defaults={"display": display}
    )
    return topic


def _replace_statements(source: Source, document: ParsedSource, report: ImportReport) -> None:
    """Keep what is the same, add what is new, retire what is gone: editions may cite it."""
    known = {statement.fingerprint: statement for statement in source.statements.all()}
    wanted = _statements(source, document)
    for fingerprint, statement in wanted.items():
        old = known.pop(fingerprint, None)
        report.statements_added += old is None
        if old:
            old.ordinal, old.retired = statement.ordinal, False
            statement = old
        statement.save()
    gone = [statement.pk for statement in known.values() if not statement.retired]
    report.statements_retired += len(gone)
    Statement.objects.filter(pk__in=gone).update(retired=True)


def _statements(source: Source, document: ParsedSource) -> dict[str, Statement]:
    """New rows by fingerprint; a sentence that a document repeats in one place is one fact."""
    found: dict[str, Statement] = {}
    for ordinal, parsed in enumerate(document.statements, start=1):
        statement = Statement(
            source=source, ordinal=ordinal, section=parsed.section, kind=parsed.kind,
            lead_in=parsed.lead_in, text=parsed.text,
        )  # fmt: skip
        statement.fingerprint = statement.compute_fingerprint()
        found.setdefault(statement.fingerprint, statement)
    return found
