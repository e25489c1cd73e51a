"""One handout: its editions, where each language stands, and what becomes of it."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from content import languages
from content.desk import record
from content.desk.common import page as desk_page
from content.desk.common import person, staff, verb
from content.models import Edition, Handout, Publication, Role, Translation
from content.services import succession


@dataclass(frozen=True, slots=True)
class Stand:
    """Where one language stands: its newest translation and its newest publication."""

    language: languages.Language
    translation: Translation | None
    publication: Publication | None


@staff
def page(request: HttpRequest, pk: int) -> HttpResponse:
    handout = get_object_or_404(Handout.objects.prefetch_related("topics"), pk=pk)
    editions = list(handout.editions.select_related("created_by", "approved_by"))
    return desk_page(
        request,
        "desk/handout.html",
        handout.title,
        handout=handout,
        editions=editions,
        newest=editions[0] if editions else None,
        stands=_stands(handout),
        may_change=person(request).has_role(Role.EDUCATOR),
        **record.recent(handout),
    )


def _stands(handout: Handout) -> list[Stand]:
    translations = Translation.objects.filter(edition__handout=handout).select_related("edition")
    publications = handout.publications.defer("payload", "search_text").select_related("edition")
    by_language = {row.language: row for row in translations.order_by("edition__number")}
    published = {row.language: row for row in publications.order_by("created_at")}
    codes = sorted({*by_language, *published}, key=lambda code: languages.get(code).name)
    return [
        Stand(languages.get(code), by_language.get(code), published.get(code)) for code in codes
    ]


@verb
def archive(request: HttpRequest, pk: int) -> HttpResponse:
    succession.archive(handout=get_object_or_404(Handout, pk=pk), actor=person(request))
    messages.success(request, _("It is in the archive. Lists leave it out."))
    return redirect("desk:handout", pk=pk)


@verb
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    succession.restore(handout=get_object_or_404(Handout, pk=pk), actor=person(request))
    messages.success(request, _("It is in use again."))
    return redirect("desk:handout", pk=pk)


@verb
def duplicate(request: HttpRequest, pk: int) -> HttpResponse:
    newest = get_object_or_404(Edition.objects.filter(handout=pk).order_by("-number")[:1])
    made = succession.duplicate(
        edition=newest, actor=person(request), title=request.POST.get("title", "")
    )
    messages.success(request, _("A copy is open. Change what you need."))
    return redirect("desk:edition", pk=made.pk)
