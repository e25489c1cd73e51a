"""The pages that patients read. Only publications, frozen as they were approved (rule 6)."""

from typing import Any
from urllib.parse import quote

from django.core.paginator import Paginator
from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import ngettext
from django.utils.translation.trans_real import parse_accept_lang_header
from django.views.decorators.http import require_safe

from content import languages
from content.languages import Language
from content.models import Paper, Publication, Recording, Tally, Variant
from content.portal import areas
from content.portal.common import Choice, address, home_choices, page, served
from content.portal.handouts import Versions, lines, missing, structured_data
from content.services import serving
from content.text.areas import AREAS

MAX_QUERY = 100
FOUND_ON_A_PAGE, TITLES_ON_A_PAGE = 20, 50
# Nobody turns further: who finds so much adds a word.
MOST_FOUND = 500
# A small library is shown whole on its first page.
FEW = 24


@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """The front door: the browser's language where there is anything in it, else English."""
    language = preferred(request.headers.get("Accept-Language", ""), served())
    response = redirect("portal:home", language=language.code)
    patch_vary_headers(response, ("Accept-Language",))
    return response


def preferred(header: str, choices: list[Language]) -> Language:
    """The first language of an Accept-Language ``header`` that is one of ``choices``, else English.

    Django's own choice passes over every language that has no catalogue of interface texts.
    """
    for wanted, _quality in parse_accept_lang_header(header):
        tag = languages.CHINESE.get(wanted, wanted)
        for language in choices:
            code = language.code.lower()
            if tag == code or tag.split("-")[0] == code.split("-")[0] != "zh":
                return language
    return languages.ENGLISH


@require_safe
@page
def home(request: HttpRequest, language: Language) -> HttpResponse:
    query = " ".join(request.GET.get("q", "").replace("\0", " ").split())[:MAX_QUERY]
    context: dict[str, Any] = {"language": language, "choices": home_choices(), "query": query}
    rows = _titles(language)
    if query:
        return render(
            request, "portal/found.html", context | _found(request, rows, language, query)
        )
    # Of rows, not of keys: the index of the shelves answers it alone.
    counts = dict(rows.values_list("area").annotate(pages=Count("*")).order_by())
    context["shelves"] = areas.in_order(counts)
    if 0 < sum(counts.values()) <= FEW:
        context["publications"] = rows.order_by("title", "pk")
    return render(request, "portal/home.html", context)


def _found(request: HttpRequest, titles: Any, language: Language, query: str) -> dict[str, object]:
    keys = titles.best_matching(query, language.code, MOST_FOUND + 1)
    leaf = Paginator(keys[:MOST_FOUND], FOUND_ON_A_PAGE).get_page(request.GET.get("page"))
    rows = titles.in_bulk(list(leaf.object_list))
    count = len(keys)
    told = f"{MOST_FOUND}+" if count > MOST_FOUND else str(count)
    return {
        "found": leaf,
        "publications": [rows[key] for key in leaf.object_list if key in rows],
        "told": ngettext("%(n)s page found", "%(n)s pages found", count) % {"n": told},
    }


@require_safe
@page
def shelf(request: HttpRequest, language: Language, area: str) -> HttpResponse:
    if area not in AREAS:
        raise Http404
    rows = _titles(language).filter(area=area).order_by("title", "pk")
    context = {
        "language": language,
        "choices": [Choice(one, reverse("portal:shelf", args=[one, area])) for one in served()],
        "name": areas.name(area),
        "found": _of_page(request, rows, TITLES_ON_A_PAGE),
    }
    return render(request, "portal/shelf.html", context)


def _titles(language: Language) -> Any:
    rows = Publication.objects.public().filter(language=language.code)
    return rows.select_related("handout").only("title", "handout__slug")


def _of_page(request: HttpRequest, rows: QuerySet[Publication], size: int) -> object:
    return Paginator(rows, size).get_page(request.GET.get("page"))


@require_safe
@page
def handout(request: HttpRequest, language: Language, slug: str) -> HttpResponse:
    versions = Versions.of(slug)
    row = versions.get(language)
    if row is None:
        return missing(request, language, versions)
    if request.method == "GET":
        serving.count(row, Tally.Kind.OPENED)
    wants_english = request.GET.get("english") == "1"
    english = versions.english_of(language) if wants_english else None
    url = address(language, slug)
    context = {
        "language": language,
        "slug": slug,
        "choices": versions.choices,
        "canonical": url,
        "publication": row,
        "handout": lines(row.payload, english.payload if english else None),
        "area_name": areas.name(row.area),
        "english_shown": english is not None,
        "english_offered": versions.has_english(language),
        "behind": versions.is_behind(language),
        "prints": _prints(versions.has_english(language)),
        "recording": Recording.objects.filter(publication=row).first(),
        "message": quote(f"{row.title}\n{url}"),
        "structured_data": structured_data(row, versions),
    }
    return render(request, "portal/handout.html", context)


def _prints(with_english: bool) -> list[tuple[Variant, str]]:
    """Every printed form that can be had, and the name of its paper."""
    return [
        (Variant(paper, large, bilingual), str(Paper(paper).label))
        for bilingual in (False, True)[: 1 + with_english]
        for large in (False, True)
        for paper in Paper.values
    ]
