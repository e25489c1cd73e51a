"""The basket, the files that were ordered of it, and how far they are."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _

from content import languages
from content.clinic import basket
from content.clinic.frame import both, looking, number, page, person, verb
from content.models import Bundle, Clinic, JobState, Paper
from content.sending import send
from content.services import clinics
from content.services.clinics import Order
from content.services.errors import Refused

PAGE = 20
MEDIA_TYPES = {
    Bundle.Kind.ZIP: ("zip", "application/zip"),
    Bundle.Kind.PACK: ("pdf", "application/pdf"),
}


@both
def chosen(request: HttpRequest, clinic: Clinic) -> HttpResponseBase:
    """What is in the basket, and the order of one file of it."""
    wanted, refused = Order(Bundle.Kind.ZIP, ()), None
    if request.method == "POST":
        wanted = _order(request)
        basket.keep(request, wanted.publications)
        if "order" in request.POST:
            try:
                bundle = clinics.order(person(request), clinic, wanted)
            except Refused as error:
                refused = error
            else:
                basket.keep(request, ())
                return redirect("clinic:bundle", pk=bundle.pk)
    rows = list(basket.publications(request))
    return page(
        request, clinic, "clinic/basket.html", _("Chosen handouts"),
        status=400 if refused else 200,
        rows=[(row, languages.get(row.language)) for row in rows],
        in_basket=len(rows),
        wanted=wanted, refused=refused,
        kinds=Bundle.Kind.choices, papers=Paper.choices, impositions=Bundle.Imposition.choices,
        most=(clinics.MAX_HANDOUTS, clinics.MAX_COPIES, clinics.MAX_PAGES),
    )  # fmt: skip


def _order(request: HttpRequest) -> Order:
    asked = request.POST
    keys = tuple(number(word) for word in asked.getlist("publication"))
    # Only what the page showed: the basket holds nothing else.
    known = set(basket.keys(request))
    return Order(
        kind=asked.get("kind", ""),
        publications=tuple(key for key in keys if key in known),
        title=asked.get("title", ""),
        paper=asked.get("paper", Paper.LETTER),
        large_print="large_print" in asked,
        bilingual="bilingual" in asked,
        copies=number(asked.get("copies", "1")),
        cover="cover" in asked,
        imposition=asked.get("imposition", Bundle.Imposition.DUPLEX),
    )


@looking
def listed(request: HttpRequest, clinic: Clinic) -> HttpResponse:
    rows = clinic.bundles.select_related("by").annotate(handouts=Count("publications"))
    found = Paginator(rows.order_by("-created_at", "-pk"), PAGE).get_page(request.GET.get("page"))
    return page(
        request, clinic, "clinic/bundles.html", _("Files and print packs"),
        found=found, days=settings.KEEP["bundles"],
    )  # fmt: skip


@looking
def watched(request: HttpRequest, clinic: Clinic, pk: int) -> HttpResponse:
    row = _bundle(clinic, pk)
    publications = row.publications.select_related("handout").defer("payload", "search_text")
    ordered = publications.order_by("handout__title", "language")
    return page(
        request, clinic, "clinic/bundle.html", str(row),
        row=row, is_current=clinics.is_current(row), days=settings.KEEP["bundles"],
        rows=[(one, languages.get(one.language)) for one in ordered],
        status_url=reverse("clinic:bundle-status", args=[pk]),
    )  # fmt: skip


@looking
def status(request: HttpRequest, clinic: Clinic, pk: int) -> JsonResponse:
    row = _bundle(clinic, pk)
    told: dict[str, Any] = {
        "state": row.job_state,
        "label": row.get_job_state_display(),
        "done": row.progress_done,
        "total": row.progress_total,
        "note": row.progress_note,
        "error": row.error,
        "next": "" if row.is_active else reverse("clinic:bundle", args=[pk]),
    }
    return JsonResponse(told)


@verb
def cancel(request: HttpRequest, clinic: Clinic, pk: int) -> HttpResponseBase:
    clinics.cancel(person(request), _bundle(clinic, pk))
    messages.success(request, _("Stopped."))
    return redirect("clinic:bundle", pk=pk)


@verb
def again(request: HttpRequest, clinic: Clinic, pk: int) -> HttpResponseBase:
    clinics.order_again(_bundle(clinic, pk))
    messages.success(request, _("It is in the queue again."))
    return redirect("clinic:bundle", pk=pk)


@looking
def download(request: HttpRequest, clinic: Clinic, pk: int) -> HttpResponseBase:
    """The file, unless something in it was withdrawn or replaced since: then its page says so."""
    row = _bundle(clinic, pk)
    if row.job_state != JobState.DONE or not row.name or not clinics.is_current(row):
        return redirect("clinic:bundle", pk=pk)
    ending, media_type = MEDIA_TYPES[Bundle.Kind(row.kind)]
    filename = f"{slugify(row.title) or 'handouts'}-{row.pk}.{ending}"
    response = send(
        request, row.name, row.sha256, media_type, filename, attachment=True, private=True
    )
    if response.status_code == 200 and request.method == "GET":
        clinics.count_downloads(row)
    return response


def _bundle(clinic: Clinic, pk: int) -> Bundle:
    return get_object_or_404(clinic.bundles, pk=pk)
