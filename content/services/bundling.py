"""Many handouts in one file for a clinic: a ZIP, or a pack for the printer (the worker's side).

What is missing is rendered first. A handout that was withdrawn meanwhile is left out, and the bundle
says so; one that was replaced gives way to its newer version.
"""

import datetime as dt
import hashlib
import tempfile
import time
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from django.conf import settings
from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from content import languages
from content.engines.base import PermanentEngineError, cache_dir, render_limits
from content.engines.renderer import imposing, weasy
from content.engines.renderer.fonts import SYMBOL_FAMILIES
from content.engines.renderer.press import confined
from content.languages import ENGLISH, Language
from content.models import Bundle, JobState, Publication, RenderedFile, Variant
from content.services import clinics, printing, serving, workflow
from content.services.clinics import MAX_PAGES
from content.services.workflow import Claim

ENDINGS = {Bundle.Kind.ZIP: "zip", Bundle.Kind.PACK: "pdf"}
_POLL_SECONDS = 1
_CONTENTS = "contents.txt"


@dataclass(frozen=True, slots=True)
class Part:
    """A handout of a bundle with its PDF; ``pages`` of one copy."""

    publication: Publication
    variant: Variant
    pdf: bytes
    pages: int

    @property
    def language(self) -> Language:
        return languages.get(self.publication.language)

    @property
    def name(self) -> str:
        """Its file name in a ZIP: unique, for a handout is public once in a language."""
        handout = self.publication.handout
        return f"{handout.slug}_{self.publication.language}_{self.variant.slug}.pdf"


def make(bundle: Bundle, claim: Claim) -> None:
    """Render what is missing, and put everything into one file."""
    with override(bundle.by.language or settings.LANGUAGE_CODE):
        found, left_out = _current(bundle)
        files = [serving.printed(row, variant(bundle, row), bundle.clinic) for row in found]
        _render(files, claim)
        parts, failed = _parts(files)
        left_out += failed
        _need_something(parts, left_out)
        claim.progress(len(files), len(files) + 1, _("Putting the file together"))
        with tempfile.TemporaryFile() as handle:
            if bundle.kind == Bundle.Kind.ZIP:
                _zip(handle, bundle, parts, left_out)
            else:
                _pack(handle, bundle, parts, left_out)
            _keep(handle, bundle, claim, parts, left_out)


def variant(bundle: Bundle, publication: Publication) -> Variant:
    """The form in which ``publication`` stands in ``bundle``; English has nothing beside it."""
    beside = bundle.bilingual and publication.language != ENGLISH.code
    return Variant(bundle.paper, bundle.large_print, beside)


# --- what goes in -------------------------------------------------------------------------------


def _current(bundle: Bundle) -> tuple[list[Publication], list[str]]:
    """What is public of what was chosen, in the order of titles, and the names of the rest."""
    chosen = list(bundle.publications.select_related("handout"))
    public = {
        (row.handout_id, row.language): row
        for row in Publication.objects.public()
        .filter(handout__in={row.handout_id for row in chosen})
        .select_related("handout")
    }
    keys = dict.fromkeys((row.handout_id, row.language) for row in chosen)
    gone = [row for row in chosen if (row.handout_id, row.language) not in public]
    found = [public[key] for key in keys if key in public]
    found.sort(key=lambda row: (row.handout.title.casefold(), row.language))
    return found, [_("%s was withdrawn.") % row for row in gone]


def _render(files: Sequence[RenderedFile], claim: Claim) -> None:
    """Make every form that is not there; wait for those that another worker has in hand."""
    total, active = len(files) + 1, [file for file in files if not file.is_there]
    done = len(files) - len(active)
    while active:
        for number, file in enumerate(active):
            claim.progress(min(done + number, len(files)), total, file.publication.title)
            workflow.run(RenderedFile, file.pk, printing.make)
        rows = RenderedFile.objects.filter(pk__in=[file.pk for file in active])
        states = (JobState.WAITING, JobState.RUNNING)
        active = list(rows.filter(job_state__in=states).select_related("publication"))
        done = len(files) - len(active)
        if active:
            time.sleep(_POLL_SECONDS)


def _parts(files: Sequence[RenderedFile]) -> tuple[list[Part], list[str]]:
    """What was rendered, and a sentence on each that was not."""
    rows = RenderedFile.objects.select_related("publication__handout").in_bulk(
        [file.pk for file in files]
    )
    parts, failed = [], []
    for row in (rows[file.pk] for file in files):
        if row.is_there:
            with default_storage.open(row.name) as handle:
                pdf = handle.read()
            parts.append(Part(row.publication, row.variant, pdf, imposing.page_count(pdf)))
        else:
            names = {"handout": row.publication, "reason": row.error}
            failed.append(_("%(handout)s could not be printed. %(reason)s") % names)
    return parts, failed


def _need_something(parts: Sequence[Part], left_out: Sequence[str]) -> None:
    if not parts:
        raise PermanentEngineError(" ".join([_("Nothing is left to put in."), *left_out]))


# --- a ZIP --------------------------------------------------------------------------------------


def _zip(handle: BinaryIO, bundle: Bundle, parts: Sequence[Part], left_out: Sequence[str]) -> None:
    when = timezone.localtime(bundle.created_at).timetuple()[:6]
    with zipfile.ZipFile(handle, "w", zipfile.ZIP_STORED) as archive:  # PDFs are compressed
        contents = "\r\n".join(_contents(parts, left_out))
        # With its mark, or a clinic's editor takes it for Latin letters.
        archive.writestr(zipfile.ZipInfo(_CONTENTS, when), contents.encode("utf-8-sig"))
        for part in parts:
            archive.writestr(zipfile.ZipInfo(part.name, when), part.pdf)


def _contents(parts: Sequence[Part], left_out: Sequence[str]) -> Iterator[str]:
    for part in parts:
        yield part.name
        yield f"    {part.publication.title}"
        yield f"    {part.publication.handout.title} · {part.language.name} · {part.language.endonym}"
        yield f"    SHA-256 {hashlib.sha256(part.pdf).hexdigest()}"
        yield ""
    yield from _left_out_lines(left_out)


def _left_out_lines(left_out: Sequence[str]) -> list[str]:
    return [_("Left out:"), *left_out] if left_out else []


# --- a pack -------------------------------------------------------------------------------------


def _pack(handle: BinaryIO, bundle: Bundle, parts: Sequence[Part], left_out: Sequence[str]) -> None:
    sheets = imposing.Sheets(bundle.imposition)
    pages = sum(imposing.sides(part.pages, sheets) for part in parts) * bundle.copies
    if pages > MAX_PAGES:
        raise PermanentEngineError(
            _("The pack would have %(pages)d pages; at most %(most)d can be made at once. Take "
              "fewer handouts or copies.") % {"pages": pages, "most": MAX_PAGES}
        )  # fmt: skip
    printed = [imposing.Printed(part.pdf, bundle.copies, part.language.is_rtl) for part in parts]
    if bundle.cover:
        cover = _cover(bundle, parts, left_out, sheets)
        printed.insert(0, imposing.Printed(cover, shrunk=False))
    imposing.impose(printed, sheets, handle)


def _cover(
    bundle: Bundle, parts: Sequence[Part], left_out: Sequence[str], sheets: imposing.Sheets
) -> bytes:
    rows = [
        {
            "title": part.publication.title,
            "english": part.publication.handout.title,
            "language": part.language,
            "pages": part.pages,
            "sheets": imposing.sheet_count(part.pages, sheets) * bundle.copies,
        }
        for part in parts
    ]
    language = languages.get(get_language() or ENGLISH.code)
    context = {
        "bundle": bundle,
        "language": language,
        "families": dict.fromkeys(
            [language.font, *(part.language.font for part in parts), *SYMBOL_FAMILIES]
        ),
        "rows": rows,
        "sheets": sum(int(str(row["sheets"])) for row in rows),
        "left_out": left_out,
        "today": timezone.localdate(bundle.created_at),
    }
    html = render_to_string("clinic/cover.html", context)
    return confined(render_limits(), weasy.render, html, {}, fonts=cache_dir("fonts"))


# --- keeping ------------------------------------------------------------------------------------


def _keep(
    handle: BinaryIO,
    bundle: Bundle,
    claim: Claim,
    parts: Sequence[Part],
    left_out: Sequence[str],
) -> None:
    """Store the file by its content, and note what is in it and what is not."""
    size = handle.tell()
    handle.seek(0)
    sha256 = hashlib.file_digest(handle, "sha256").hexdigest()  # type: ignore[arg-type]
    name = f"bundles/{sha256[:2]}/{sha256}.{ENDINGS[Bundle.Kind(bundle.kind)]}"
    handle.seek(0)
    if not default_storage.exists(name):
        default_storage.save(name, File(handle))
    with transaction.atomic():
        claim.progress(len(parts) + 1, len(parts) + 1)
        Bundle.objects.filter(pk=bundle.pk).update(name=name, sha256=sha256, size=size)
        bundle.publications.set([part.publication for part in parts])
        claim.finish(error="\n".join(_left_out_lines(left_out)))


def remove_old(before: dt.datetime) -> int:
    """Take away the files of bundles last changed ``before``; return how many lost theirs."""
    count = 0
    for bundle in Bundle.objects.exclude(name="").filter(updated_at__lt=before):
        with transaction.atomic():
            mine = Bundle.objects.filter(pk=bundle.pk, name=bundle.name)
            count += mine.update(name="", size=0)
            clinics.forget(bundle.name)
    return count
