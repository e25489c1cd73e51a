"""House terms: kept by people, asked by the checks of every translation."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from content import languages
from content.languages import Language
from content.models import TermbaseEntry, User
from content.safety import drugs
from content.safety.termbase import Term, Termbase
from content.services.errors import Refused
from content.services.fresh import Fresh
from content.text.interchange.base import BadFile
from content.text.interchange.terms import (
    TermRecord,
    read_csv,
    read_table,
    read_tbx,
    write_csv,
    write_tbx,
)

STARTER = Path(__file__).resolve().parents[1] / "library" / "glossary.tsv"


@dataclass(slots=True)
class Counted:
    added: int = 0
    changed: int = 0
    same: int = 0


def termbase(language: Language) -> Termbase:
    """The house terms of a language as they are now."""
    return _termbases.of(language.code)


def _build(code: str, rows: QuerySet[TermbaseEntry]) -> Termbase:
    return Termbase(languages.get(code), [_term(row) for row in rows])


_termbases = Fresh(TermbaseEntry, "updated_at", _build)


def _term(row: TermbaseEntry) -> Term:
    is_drug = bool(drugs.in_english(row.source))
    return Term(
        row.source, row.preferred, tuple(row.variants), tuple(row.forbidden), row.keep, is_drug
    )


def need_new(language: str, source: str, but: TermbaseEntry) -> None:
    """``Refused`` where another row than ``but`` has the term already."""
    same = TermbaseEntry.objects.filter(language=language, source__iexact=source)
    if same.exclude(pk=but.pk).exists():
        raise Refused(_("This term is there already in this language."), "source")


def save(entry: TermbaseEntry, *, actor: User) -> None:
    """What a person writes here is reviewed by that person."""
    need_new(entry.language, entry.source, entry)
    entry.reviewed_by = actor
    entry.save()


def take(content: bytes, language: Language, *, actor: User | None = None) -> Counted:
    """Take a CSV or TBX file in; terms that are there already are replaced. ``Refused``."""
    try:
        if content.lstrip()[:1] == b"<":
            records = read_tbx(content, languages.ENGLISH.code, language.code)
        else:
            records = read_csv(content)
    except BadFile as error:
        raise Refused(str(error)) from error
    if not records:
        raise Refused(_("The file has no terms for %s.") % language.name)
    return _put(records, language, actor, replace=True)


def load_starter() -> dict[str, Counted]:
    """Add the starter terms that are missing. What people changed stays as they left it."""
    table = read_table(STARTER.read_text(encoding="utf-8"))
    return {
        code: _put(records, languages.get(code), None, replace=False)
        for code, records in table.items()
    }


def _put(
    records: Iterable[TermRecord], language: Language, actor: User | None, *, replace: bool
) -> Counted:
    counted = Counted()
    with transaction.atomic():
        rows = TermbaseEntry.objects.filter(language=language.code)
        known = {row.source.lower(): row for row in rows}
        for record in records:
            row = known.get(record.source.lower())
            if row is None:
                row = TermbaseEntry(language=language.code, source=record.source)
                counted.added += 1
            elif not replace or _record(row) == record:
                counted.same += 1
                continue
            else:
                counted.changed += 1
            row.preferred, row.keep = record.preferred, record.keep
            row.variants, row.forbidden = list(record.variants), list(record.forbidden)
            row.reviewed_by = actor
            row.save()
            known[record.source.lower()] = row
    return counted


def export(language: Language, *, tbx: bool) -> bytes:
    """The house terms of a language, as TBX-Basic or as CSV."""
    rows = TermbaseEntry.objects.filter(language=language.code)
    records = [_record(row) for row in rows]
    if tbx:
        return write_tbx(records, languages.ENGLISH.code, language.code)
    return write_csv(records)


def _record(row: TermbaseEntry) -> TermRecord:
    return TermRecord(
        row.source, row.preferred, tuple(row.variants), tuple(row.forbidden), row.keep
    )
