"""A translation on its way to an agency and back, and a memory for other tools.

What comes back is saved as if its sender had typed it on the desk: by their name, with the same
checks, findings and gates. Nothing that comes back is approved by coming back.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from content import languages
from content.models import MemoryEntry, TranslatedSegment, Translation, User
from content.services.correcting import edit_translation
from content.services.errors import Refused
from content.services.opening import same
from content.services.qualifying import why_not_translate
from content.text.fingerprint import fingerprint
from content.text.interchange import (
    BadFile,
    Document,
    Pair,
    Unit,
    read_tmx,
    read_xliff,
    write_tmx,
    write_xliff,
)
from content.text.interchange.base import same_language

ENGLISH = languages.ENGLISH.code


@dataclass(slots=True)
class Imported:
    """What became of the units of a file: how many were saved or were the same, and why others not."""

    saved: int = 0
    same: int = 0
    refused: list[tuple[str, str]] = field(default_factory=list)


def export_xliff(translation: Translation) -> bytes:
    """The translation as it stands, XLIFF 2.1; findings travel as notes."""
    rows = translation.segments.select_related("segment").prefetch_related("findings")
    units = tuple(
        Unit(
            f"s{row.pk}", row.segment.text, row.text, fingerprint([row.text]),
            tuple(finding.message for finding in row.findings.all()),
        )
        for row in rows
    )  # fmt: skip
    return write_xliff(Document(str(translation), ENGLISH, translation.language, units))


def export_tmx(language: str) -> bytes:
    """What memory holds in a language, TMX 1.4b, the latest pair of each source."""
    entries = MemoryEntry.objects.filter(language=language).order_by("created_at")
    latest = {entry.source_fingerprint: entry for entry in entries.iterator()}
    pairs = ((Pair(one.source, one.target), one.created_at) for one in latest.values())
    return write_tmx(pairs, ENGLISH, language)


def import_file(*, translation: Translation, actor: User, content: bytes) -> Imported:
    """Take an XLIFF or TMX file into a translation that is open; ``Refused`` with a reason.

    Units of an XLIFF file belong to rows by their id, and are refused where the English or the desk
    has changed since. Pairs of a TMX file fill rows of the same English that no person has settled.
    """
    if why := why_not_translate(actor, translation):
        raise Refused(why)
    rows = list(translation.segments.select_related("segment"))
    found = Imported()
    for row, text, shown in _read(content, translation, rows, found):
        _take(row, text, shown, actor, found)
    return found


Wanted = tuple[TranslatedSegment, str, str]


def _read(
    content: bytes, translation: Translation, rows: list[TranslatedSegment], found: Imported
) -> list[Wanted]:
    try:
        if b"<tmx" in content[:2000]:
            return list(_of_tmx(read_tmx(content, ENGLISH, translation.language), rows))
        return list(_of_xliff(read_xliff(content), translation, rows, found))
    except BadFile as error:
        raise Refused(str(error)) from error


def _of_xliff(
    document: Document, translation: Translation, rows: list[TranslatedSegment], found: Imported
) -> Iterator[Wanted]:
    if not same_language(document.target_language or translation.language, translation.language):
        name = languages.get(translation.language).name
        raise BadFile(
            _("The file is in “%(code)s”; this translation is in %(name)s.")
            % {"code": document.target_language, "name": name}
        )
    by_id = {f"s{row.pk}": row for row in rows}
    if not any(unit.id in by_id for unit in document.units):
        raise BadFile(_("No unit of the file belongs to this translation."))
    for unit in document.units:
        row = by_id.get(unit.id)
        if row is None:
            found.refused.append((unit.source, _("It is not of this translation.")))
        elif not same(row.segment.text, unit.source):
            found.refused.append((unit.source, _("The English has changed since.")))
        elif unit.shown and unit.shown != fingerprint([row.text]):
            found.refused.append((unit.source, _("It was changed on the desk since.")))
        elif unit.target.strip():
            yield row, unit.target, row.text


def _of_tmx(pairs: Iterable[Pair], rows: list[TranslatedSegment]) -> Iterator[Wanted]:
    known = {_squeezed(pair.source): pair.target for pair in pairs}
    for row in rows:
        target = known.get(_squeezed(row.segment.text))
        if target and row.is_unsettled:
            yield row, target, row.text


def _take(row: TranslatedSegment, text: str, shown: str, actor: User, found: Imported) -> None:
    if same(text, shown):
        found.same += 1
        return
    try:
        edit_translation(row=row, actor=actor, text=text, shown=shown)
    except Refused as refused:
        found.refused.append((row.segment.text, refused.message))
    else:
        found.saved += 1


def _squeezed(text: str) -> str:
    return " ".join(text.split())
