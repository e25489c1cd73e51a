"""Files of a publication: its printed forms, its recording, its QR code.

A file is looked up through the public row each time and caches must ask again, so that a withdrawal
is felt at once; what has not changed is not sent again.
"""

import segno
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from content.languages import Language
from content.models import JobState, Recording, Tally, Variant
from content.portal.common import address, in_language
from content.portal.handouts import Versions, missing
from content.sending import send
from content.services import serving

# How soon the page of a file that is being made looks again, in seconds.
AGAIN, LATER = 2, 60


@require_safe
@in_language
def pdf(request: HttpRequest, language: Language, slug: str, form: str) -> HttpResponseBase:
    """A printed form. One that nobody asked for before is made now: the page waits for it (202)."""
    variant = Variant.parse(form)
    if variant is None:
        raise Http404
    versions = Versions.of(slug)
    row = versions.get(language)
    if row is None:
        return missing(request, language, versions)
    if variant.bilingual and not versions.has_english(language):
        raise Http404
    file = serving.printed(row, variant)
    if not file.is_there:
        return _not_there_yet(request, language, versions, failed=file.job_state == JobState.FAILED)
    response = send(
        request, file.name, file.sha256, "application/pdf", f"{slug}-{language.code}-{form}.pdf"
    )
    if request.method == "GET" and response.status_code == 200:
        serving.count(row, Tally.Kind.DOWNLOADED)
    return response


def _not_there_yet(
    request: HttpRequest, language: Language, versions: Versions, failed: bool
) -> HttpResponse:
    context = {
        "language": language, "slug": versions.slug, "choices": versions.choices, "failed": failed,
    }  # fmt: skip
    response = render(request, "portal/printing.html", context, status=503 if failed else 202)
    wait = LATER if failed else AGAIN
    response.headers["Retry-After" if failed else "Refresh"] = str(wait)
    response.headers["Cache-Control"] = "no-store"
    return response


@require_safe
@in_language
def recording(request: HttpRequest, language: Language, slug: str) -> HttpResponseBase:
    versions = Versions.of(slug)
    row = versions.get(language)
    if row is None:
        return missing(request, language, versions)
    found = Recording.objects.filter(publication=row).first()
    if found is None:
        raise Http404
    return send(request, found.name, found.sha256, found.media_type)


@require_safe
@cache_control(public=True, max_age=86_400)
def qr(request: HttpRequest, language: Language, slug: str) -> HttpResponse:
    """The address of a handout as a picture; it is the same before and after a withdrawal."""
    code = segno.make(address(language, slug), error="m", micro=False)
    svg = code.svg_inline(scale=6, border=4, light="#fff", omitsize=True)
    return HttpResponse(
        svg.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1),
        content_type="image/svg+xml",
    )
