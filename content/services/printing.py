"""The printed forms of a publication: each rendered once, checked, and stored by its content."""

import hashlib
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _
from django.utils.translation import override

from content import languages
from content.engines.base import PermanentEngineError, cache_dir, render_limits
from content.engines.renderer.document import LABELS, HandoutDocument, Head, Paper
from content.engines.renderer.handout import render_handout
from content.engines.renderer.press import confined
from content.models import Clinic, JobState, Publication, RenderedFile, Variant
from content.services.workflow import Claim


def house_file(publication: Publication, variant: Variant) -> RenderedFile:
    """The row of ``publication`` in ``variant`` with the head of the house, made if need be."""
    file, _made = RenderedFile.objects.get_or_create(
        publication=publication, paper=variant.paper, large_print=variant.large_print,
        bilingual=variant.bilingual, clinic=None,
    )  # fmt: skip
    return file


def make(file: RenderedFile, claim: Claim) -> None:
    """Render one form that somebody asked for (the worker). What is withdrawn is not printed."""
    if file.publication.state not in (Publication.State.PUBLIC, Publication.State.PREPARING):
        claim.finish(JobState.CANCELLED)
        return
    claim.progress(0, 1, _("Rendering %s") % file.variant.slug)
    store(file, render(file))
    claim.finish(
        name=file.name, sha256=file.sha256, size=file.size, progress_done=1, progress_total=1
    )


def render(file: RenderedFile) -> bytes:
    """The PDF, checked by the release gate; the same bytes every time.

    Raises ``Exceeded`` where it would take more time or memory than a PDF may.
    """
    return confined(
        render_limits(),
        render_handout,
        document(file.publication, file.variant, file.clinic),
        templates=Path(settings.BASE_DIR) / "templates",
        fonts=cache_dir("fonts"),
    )


def document(
    publication: Publication, variant: Variant, clinic: Clinic | None = None
) -> HandoutDocument:
    """What the renderer is given: the payload, and the furniture in the patient's language.

    ``clinic`` None keeps the head of the house, as it was when the publication was frozen. Raises
    ``PermanentEngineError`` where the variant cannot be had.
    """
    form: dict[str, Any] = {
        "labels": labels(publication.language),
        "paper": Paper(variant.paper),
        "large_print": variant.large_print,
        "portal_url": public_url(publication),
    }
    if clinic:
        form["head"] = _head(clinic)
    if variant.bilingual:
        form["english"] = HandoutDocument.from_payload(_english(publication).payload)
    return HandoutDocument.from_payload(publication.payload, **form)


def labels(language: str) -> dict[str, str]:
    """The words of the house on paper, in the language of that code."""
    with override(language.lower()):
        return {key: _(english) for key, english in LABELS.items()}


def _english(publication: Publication) -> Publication:
    """The English that ``publication`` was translated from, unless it was taken back."""
    if publication.language == languages.ENGLISH.code:
        raise PermanentEngineError(_("This handout is in English: nothing can stand beside it."))
    found = (
        Publication.objects.filter(edition=publication.edition, language=languages.ENGLISH.code)
        .exclude(state=Publication.State.WITHDRAWN)
        .first()
    )
    if found is None:
        raise PermanentEngineError(
            _("The English of this edition is not public, so it cannot stand beside it.")
        )
    return found


def _head(clinic: Clinic) -> Head:
    return Head(clinic.name, clinic.phone, clinic.after_hours, _logo(clinic))


def _logo(clinic: Clinic) -> bytes:
    if not clinic.logo:
        return b""
    try:
        with default_storage.open(clinic.logo) as stored:
            return bytes(stored.read())
    except FileNotFoundError as error:
        raise PermanentEngineError(
            _("The logo of %s is not in storage any more. Upload it again.") % clinic.name
        ) from error


def public_url(publication: Publication) -> str:
    return f"{settings.PUBLIC_URL}/{publication.language}/{publication.handout.slug}/"


def store(file: RenderedFile, pdf: bytes) -> None:
    """Put ``pdf`` into storage under its hash, and note it in ``file``, which is not saved."""
    file.sha256, file.size = hashlib.sha256(pdf).hexdigest(), len(pdf)
    file.name = f"pdf/{file.sha256[:2]}/{file.sha256}.pdf"
    if not default_storage.exists(file.name):
        default_storage.save(file.name, ContentFile(pdf))
