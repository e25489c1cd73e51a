"""The library as a clinic sees it: by language, shelf and words, with every printed form."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from content import languages
from content.addresses import ours
from content.clinic import basket
from content.clinic.frame import looking, number, page, person, verb
from content.clinic.shelves import SHELVES
from content.languages import ENGLISH, Language
from content.models import (
    Clinic,
    Favourite,
    Handout,
    JobState,
    Paper,
    Publication,
    Recording,
    Tally,
    Variant,
)
from content.models.record import PublicationQuerySet
from content.sending import send
from content.services import clinics, serving

PAGE = 25
MAX_QUERY = 100


@dataclass(frozen=True, slots=True)
class Filters:
    """What the address asks for; an unknown value counts as none."""

    language: Language
    shelf: str
    favourites: bool
    words: str

    @classmethod
    def of(cls, asked: Any) -> "Filters":
        try:
            language = languages.get(asked.get("language", ENGLISH.code))
        except languages.UnknownLanguage:
            language = ENGLISH
        shelf = asked.get("shelf", "")
        return cls(
            language=language,
            shelf=shelf if shelf in SHELVES else "",
            favourites=asked.get("favourites") == "1",
            words=asked.get("q", "").replace("\0", " ").strip()[:MAX_QUERY],
        )

    @property
    def address(self) -> str:
        """The same as the query of an address, without a page."""
        asked = {
            "language": self.language.code,
            "shelf": self.shelf,
            "favourites": "1" if self.favourites else "",
            "q": self.words,
        }
        return urlencode({key: value for key, value in asked.items() if value})


def found(filters: Filters, me: Any) -> PublicationQuerySet:
    rows = Publication.objects.public().filter(language=filters.language.code)
    if filters.shelf:
        rows = rows.filter(area=filters.shelf)
    if filters.favourites:
        rows = rows.filter(handout__favoured__user=me)
    if filters.words:
        rows = rows.matching(filters.words, filters.language.code)
    return rows


@looking
def library(request: HttpRequest, clinic: Clinic) -> HttpResponse:
    me, filters = person(request), Filters.of(request.GET)
    mine = Favourite.objects.filter(user=me, handout=OuterRef("handout"))
    recorded = Recording.objects.filter(publication=OuterRef("pk"))
    rows = found(filters, me).select_related("handout").defer("payload", "search_text")
    marked = rows.annotate(is_favourite=Exists(mine), is_recorded=Exists(recorded))
    leaf = Paginator(marked.order_by("title", "pk"), PAGE).get_page(request.GET.get("page"))
    others = _languages_of([row.handout_id for row in leaf])
    chosen = set(basket.keys(request))
    public = languages.in_table_order(Publication.objects.public_languages())
    return page(
        request, clinic, "clinic/library.html", _("Library"),
        found=leaf,
        rows=[(row, others[row.handout_id], row.pk in chosen) for row in leaf],
        forms=variants(filters.language),
        filters=filters, shelves=SHELVES.items(), choices=public or [ENGLISH],
    )  # fmt: skip


def _languages_of(handouts: list[int]) -> dict[int, list[Language]]:
    public = Publication.objects.public().filter(handout__in=handouts).order_by()
    codes: dict[int, set[str]] = {}
    for handout, code in public.values_list("handout_id", "language"):
        codes.setdefault(handout, set()).add(code)
    return {handout: languages.in_table_order(known) for handout, known in codes.items()}


def variants(language: Language) -> list[tuple[str, str]]:
    """Address and name of every form in which a handout of ``language`` is printed."""
    beside = (False,) if language is ENGLISH else (False, True)
    return [
        (variant.slug, named(variant))
        for bilingual in beside
        for large in (False, True)
        for paper in Paper
        for variant in [Variant(paper, large, bilingual)]
    ]


def named(variant: Variant) -> str:
    parts = [str(Paper(variant.paper).label)]
    if variant.large_print:
        parts.append(_("large print"))
    if variant.bilingual:
        parts.append(_("with the English beside it"))
    return ", ".join(parts)


@verb
def favour(request: HttpRequest, clinic: Clinic, pk: int) -> HttpResponseBase:
    handout = get_object_or_404(Handout, pk=pk)
    clinics.favour(person(request), handout, request.POST.get("wanted") == "1")
    return redirect(ours(request, request.POST.get("next"), "clinic:home"))


@verb
def choose(request: HttpRequest, clinic: Clinic) -> HttpResponseBase:
    """Put what is ticked, or all that the filters find, into the basket."""
    if "all" in request.POST:
        filters = Filters.of(request.POST)
        rows = found(filters, person(request)).order_by("title", "pk")
        wanted = list(rows.values_list("pk", flat=True)[: clinics.MAX_HANDOUTS + 1])
    else:
        wanted = [number(word) for word in request.POST.getlist("publication")]
    before = len(basket.keys(request))
    if basket.add(request, wanted):
        text = _("At most %d handouts fit into one file. The rest was not added.")
        messages.warning(request, text % clinics.MAX_HANDOUTS)
    added = len(basket.keys(request)) - before
    told = ngettext("%d handout was added.", "%d handouts were added.", added) % added
    messages.success(request, told)
    return redirect(ours(request, request.POST.get("next"), "clinic:home"))


@looking
def pdf(request: HttpRequest, clinic: Clinic, pk: int, slug: str) -> HttpResponseBase:
    """A handout with the clinic's own head: the file, or a page that waits for it."""
    publication = get_object_or_404(Publication.objects.public().select_related("handout"), pk=pk)
    variant = Variant.parse(slug)
    if variant is None or (variant.bilingual and not publication.has_english_beside()):
        raise Http404
    file = serving.printed(publication, variant, clinic)
    if not file.is_there:
        return _wait(request, clinic, publication, variant, file)
    response = send(
        request, file.name, file.sha256, "application/pdf",
        f"{publication.title} {publication.language} {variant.slug}.pdf"[-150:],
        attachment=True, private=True,
    )  # fmt: skip
    if response.status_code == 200 and request.method == "GET":
        serving.count(publication, Tally.Kind.DOWNLOADED, clinic)
    return response


def _wait(
    request: HttpRequest, clinic: Clinic, publication: Publication, variant: Variant, file: Any
) -> HttpResponse:
    ended = file.job_state in (JobState.FAILED, JobState.CANCELLED)
    return page(
        request, clinic, "clinic/waiting.html", publication.title,
        publication=publication, language=languages.get(publication.language), file=file,
        form=named(variant), ended=ended, status=200 if not ended else 409,
    )  # fmt: skip
