"""What patients read. Only publications, frozen as they were approved (rule 6)."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.utils.translation import override
from django.utils.translation.trans_real import parse_accept_lang_header
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from content import languages
from content.languages import Language
from content.models import Publication, RenderedFile

View = Callable[..., HttpResponse]
MAX_QUERY = 100


def in_language(view: View) -> View:
    """Serve a page in the language of its address, whatever the browser asks for."""

    @wraps(view)
    def wrapped(request: HttpRequest, language: Language, **kwargs: Any) -> HttpResponse:
        with override(language.code.lower()):
            return view(request, language, **kwargs)

    return wrapped


def _public_languages() -> list[Language]:
    codes = set(Publication.objects.public().order_by().values_list("language", flat=True))
    return [language for language in languages.LANGUAGES if language.code in codes]


@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """The front door: the browser's language where there is anything in it, else English."""
    language = preferred(request.headers.get("Accept-Language", ""), _public_languages())
    response = redirect("portal:home", language=language.code)
    patch_vary_headers(response, ("Accept-Language",))
    return response


def preferred(header: str, served: list[Language]) -> Language:
    """The first language of an Accept-Language ``header`` that is ``served``, else English.

    Django's own choice passes over every language that has no catalogue of interface texts.
    """
    for wanted, _quality in parse_accept_lang_header(header):
        tag = languages.CHINESE.get(wanted, wanted)
        for language in served:
            code = language.code.lower()
            if tag == code or tag.split("-")[0] == code.split("-")[0] != "zh":
                return language
    return languages.ENGLISH


@require_safe
@in_language
def home(request: HttpRequest, language: Language) -> HttpResponse:
    query = request.GET.get("q", "").strip()[:MAX_QUERY]
    rows = Publication.objects.public().filter(language=language.code).select_related("handout")
    found = rows.matching(query) if query else rows
    context = {
        "language": language,
        "choices": [(choice, "") for choice in _public_languages()],
        "query": query,
        "publications": found.order_by("title"),
    }
    return render(request, "portal/home.html", context)


@require_safe
@in_language
def handout(request: HttpRequest, language: Language, slug: str) -> HttpResponse:
    versions = list(
        Publication.objects.filter(handout__slug=slug)
        .exclude(state=Publication.State.PREPARING)
        .select_related("handout")
        .order_by("-edition__number", "-pk")
    )
    public = {row.language: row for row in versions if row.state == Publication.State.PUBLIC}
    context: dict[str, Any] = {
        "language": language,
        "slug": slug,
        "choices": [(lang, slug) for lang in languages.LANGUAGES if lang.code in public],
    }
    if row := public.get(language.code):
        papers = {file.variant.slug for file in row.files.filter(clinic=None, job_state="done")}
        context |= {"publication": row, "handout": row.payload, "papers": sorted(papers)}
        return render(request, "portal/handout.html", context)
    withdrawn = next((row for row in versions if row.language == language.code), None)
    if withdrawn:
        return render(request, "portal/gone.html", context | {"publication": withdrawn}, status=410)
    if public:
        return render(request, "portal/not_in_language.html", context, status=404)
    raise Http404


@require_safe
@cache_control(public=True, no_cache=True)
def pdf(
    request: HttpRequest, language: Language, slug: str, paper: str
) -> HttpResponse | FileResponse:
    """The rendered file. Caches must ask again each time, so that a withdrawal is felt at once."""
    file = RenderedFile.objects.filter(
        publication__handout__slug=slug,
        publication__language=language.code,
        publication__state=Publication.State.PUBLIC,
        paper=paper,
        large_print=False,
        bilingual=False,
        clinic=None,
        job_state="done",
    ).first()
    if file is None:
        raise Http404
    etag = f'"{file.sha256}"'
    if request.headers.get("If-None-Match") == etag:
        return HttpResponseNotModified(headers={"ETag": etag})
    response = FileResponse(
        default_storage.open(file.name),
        filename=f"{slug}-{language.code}-{paper}.pdf",
        content_type="application/pdf",
    )
    response["ETag"] = etag
    return response
