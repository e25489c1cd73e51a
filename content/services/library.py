"""Bringing vetted documents into the library: all of an import, or nothing of it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from content.models import Event, Source, Statement, TopicCode
from content.services import record
from content.services.errors import Refused
from content.text.sources import ParsedSource

FIELDS = (
    "title", "url", "publisher", "language", "courtesy", "licence", "review_by", "reviewed_by",
)  # fmt: skip
# What a statement takes from its document each time; its words are what it is known by.
PLACE = ("ordinal", "retired", "dated", "authorities")

# (sources done, total) -> None
Progress = Callable[[int, int], None]
Fresh = list[tuple[Source, ParsedSource]]
CHUNK = 50


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


def import_sources(
    parsed: Iterable[ParsedSource], progress: Progress = lambda done, total: None
) -> ImportReport:
    """Store ``parsed`` in one transaction. The same document again changes nothing.

    Another text of a known document takes its vetting away: nobody has read it yet.
    """
    report = ImportReport()
    documents = _each_once(parsed, report)
    with transaction.atomic():
        for start in range(0, len(documents), CHUNK):
            chunk = documents[start : start + CHUNK]
            _import_chunk(chunk, report)
            progress(start + len(chunk), len(documents))
    return report


def _each_once(parsed: Iterable[ParsedSource], report: ImportReport) -> list[ParsedSource]:
    """``parsed`` without repetitions; refused where two texts claim to be the same document."""
    found: dict[str, ParsedSource] = {}
    for document in parsed:
        first = found.setdefault(document.external_id, document)
        if first.raw_digest != document.raw_digest:
            message = _("Two different texts are called “%s”. Import the one that holds.")
            raise Refused(message % document.external_id)
        if first is not document:
            report.unchanged.append(document.title)
    return list(found.values())


def _import_chunk(documents: Sequence[ParsedSource], report: ImportReport) -> None:
    names = [document.external_id for document in documents]
    known = Source.objects.in_bulk(names, field_name="external_id")
    fresh: Fresh = []
    for document in documents:
        source = known.get(document.external_id)
        if source and source.digest == document.raw_digest:
            report.unchanged.append(document.title)
            continue
        (report.changed if source else report.added).append(document.title)
        fresh.append((_store(source, document), document))
    _replace_topics(fresh)
    _replace_statements(fresh, report)


def _store(known: Source | None, document: ParsedSource) -> Source:
    source = known or Source(external_id=document.external_id)
    before, vetted_by = source.digest, source.vetted_by_id
    for name in FIELDS:
        setattr(source, name, getattr(document, name))
    source.also_called = list(document.also_called)
    source.follows = [asdict(authority) for authority in document.follows]
    source.digest = document.raw_digest
    source.vetted_by = source.vetted_at = None
    source.save()
    if known:
        record.note(
            Event.Kind.SOURCE_CHANGED, source=source, before=before, after=source.digest,
            was_vetted_by=vetted_by,
        )  # fmt: skip
    else:
        record.note(Event.Kind.SOURCE_ADDED, source=source, after=source.digest)
    return source


def _replace_topics(fresh: Fresh) -> None:
    wanted = {(t.system, t.code): t.display for _source, document in fresh for t in document.topics}
    rows = TopicCode.objects.filter(code__in={code for _system, code in wanted})
    known = {(row.system, row.code): row for row in rows}
    known |= {
        (row.system, row.code): row
        for row in TopicCode.objects.bulk_create(
            TopicCode(system=system, code=code, display=display)
            for (system, code), display in wanted.items()
            if (system, code) not in known
        )
    }
    links = Source.topics.through
    links.objects.filter(source__in=[source for source, _document in fresh]).delete()
    links.objects.bulk_create(
        links(source=source, topiccode=known[key])
        for source, document in fresh
        for key in {(topic.system, topic.code) for topic in document.topics}
    )


def _replace_statements(fresh: Fresh, report: ImportReport) -> None:
    """Keep what is the same, add what is new, retire what is gone: editions may cite it."""
    rows = Statement.objects.filter(source__in=[source for source, _document in fresh])
    known = {(row.source_id, row.fingerprint): row for row in rows}
    changed: list[Statement] = []
    for source, document in fresh:
        for fingerprint, statement in _statements(source, document).items():
            old = known.pop((source.pk, fingerprint), None)
            report.statements_added += old is None
            if old is None or any(getattr(old, n) != getattr(statement, n) for n in PLACE):
                changed.append(statement)
    # One statement of SQL for both: where the words are known, the row takes its new place.
    Statement.objects.bulk_create(
        changed, batch_size=500, update_conflicts=True,
        unique_fields=["source", "fingerprint"], update_fields=PLACE,
    )  # fmt: skip
    _retire([statement for statement in known.values() if not statement.retired], report)


def _retire(gone: list[Statement], report: ImportReport) -> None:
    for start in range(0, len(gone), 500):
        keys = [statement.pk for statement in gone[start : start + 500]]
        report.statements_retired += Statement.objects.filter(pk__in=keys).update(retired=True)


def _statements(source: Source, document: ParsedSource) -> dict[str, Statement]:
    """New rows by fingerprint; a sentence that a document repeats in one place is one fact."""
    found: dict[str, Statement] = {}
    for ordinal, parsed in enumerate(document.statements, start=1):
        statement = Statement(
            source=source, ordinal=ordinal, section=parsed.section, kind=parsed.kind,
            lead_in=parsed.lead_in, text=parsed.text, dated=parsed.dated,
            authorities=[asdict(authority) for authority in parsed.authorities],
        )  # fmt: skip
        statement.fingerprint = statement.compute_fingerprint()
        found.setdefault(statement.fingerprint, statement)
    return found
