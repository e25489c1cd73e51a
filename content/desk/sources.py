"""A source as a clinician reads it before vouching for it: every statement, in reading order."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from content.desk import record
from content.desk.common import page as desk_page
from content.desk.common import person, staff
from content.models import Role, Source
from content.services import searching, vetting
from content.services.errors import Refused

# A year ahead is proposed; the clinician chooses.
YEAR = dt.timedelta(days=365)
FOUND = 20


@staff
def search(request: HttpRequest) -> HttpResponse:
    """What the request form finds as one types: the best of the library."""
    english = Source.objects.filter(language="en").counted()
    found = searching.search(request.GET.get("q", "")[:200], english)
    return JsonResponse({"results": [_found(row) for row in found[:FOUND]]})


def _found(source: Source) -> dict[str, Any]:
    return {
        "id": source.pk,
        "title": source.title,
        "publisher": source.publisher,
        "statements": source.live,  # type: ignore[attr-defined]
        "state": vetting.state(source),
        "overdue": source.is_expired,
        "preview": reverse("desk:source-preview", args=[source.pk]),
    }


@staff
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The statements of a source, as a part of the request form."""
    source = get_object_or_404(Source, pk=pk)
    statements = source.statements.filter(retired=False)
    # Its headings stand right below the form's title.
    context = {"source": source, "statements": statements, "heading": "h2"}
    return render(request, "desk/statements.html", context)


@staff
def page(request: HttpRequest, pk: int) -> HttpResponse:
    source = get_object_or_404(Source.objects.select_related("vetted_by"), pk=pk)
    return _vet(request, source) if request.method == "POST" else _show(request, source)


def _vet(request: HttpRequest, source: Source) -> HttpResponse:
    typed = request.POST.get("review_by", "")
    try:
        vetting.vet(
            source=source, actor=person(request), review_by=_date(typed),
            shown=request.POST.get("digest", ""),
        )  # fmt: skip
    except Refused as refused:
        return _show(request, source, typed, refused)
    messages.success(request, _("Recorded: you stand for this text."))
    return redirect("desk:source", pk=source.pk)


def _date(typed: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(typed)
    except ValueError:
        return None


def _show(
    request: HttpRequest, source: Source, typed: str = "", refused: Refused | None = None
) -> HttpResponse:
    proposed = (timezone.localdate() + YEAR).isoformat()
    response = desk_page(
        request,
        "desk/source.html",
        source.title,
        source=source,
        state=vetting.state(source),
        statements=source.statements.filter(retired=False),
        is_clinician=person(request).has_role(Role.CLINICIAN),
        review_by=typed or proposed,
        refusal=refused.message if refused else "",
        **record.recent(source),
    )
    response.status_code = 422 if refused else 200
    return response
