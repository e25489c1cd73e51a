"""The printed forms of a publication: each rendered once, checked, and stored by its content."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _
from django.utils.translation import override

from content.engines.base import cache_dir
from content.engines.renderer.document import LABELS, HandoutDocument, render_handout
from content.models import JobState, Publication, RenderedFile, Variant
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
    claim.progress(1, 1)
    RenderedFile.objects.filter(pk=file.pk, claim_token=claim.token).update(
        name=file.name, sha256=file.sha256, size=file.size
    )
    claim.finish()


def render(file: RenderedFile) -> bytes:
    """The PDF, checked by the release gate; the same bytes every time."""
    return render_handout(
        document(file.publication, file.variant),
        templates=Path(settings.BASE_DIR) / "templates",
        fonts=cache_dir("fonts"),
    )


def document(publication: Publication, variant: Variant) -> HandoutDocument:
    """What the renderer is given: the payload, and the furniture in the patient's language."""
    with override(publication.language.lower()):
        labels = {key: _(english) for key, english in LABELS.items()}
    return HandoutDocument.from_payload(
        publication.payload,
        labels=labels,
        paper=variant.paper,
        portal_url=public_url(publication),
    )


def public_url(publication: Publication) -> str:
    return f"{settings.PUBLIC_URL}/{publication.language}/{publication.handout.slug}/"


def store(file: RenderedFile, pdf: bytes) -> None:
    """Put ``pdf`` into storage under its hash, and note it in ``file``, which is not saved."""
    file.sha256, file.size = hashlib.sha256(pdf).hexdigest(), len(pdf)
    file.name = f"pdf/{file.sha256[:2]}/{file.sha256}.pdf"
    if not default_storage.exists(file.name):
        default_storage.save(file.name, ContentFile(pdf))
