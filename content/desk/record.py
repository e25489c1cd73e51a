"""The record as people read it: what happened to one object, and all of it for an auditor."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from content.desk.common import page as desk_page
from content.desk.common import person, staff
from content.desk.home import translations_of
from content.models import Edition, Handout, Publication, Request, Role, Source, User
from content.services import sealing, timeline

RECENT = 8
PAGE = 100
KINDS: dict[str, type[timeline.Subject]] = {
    "request": Request, "edition": Edition, "publication": Publication, "source": Source,
    "handout": Handout,
    "person": User,
}  # fmt: skip
Write = Callable[[Iterable[dict[str, Any]]], Iterator[str]]
FORMATS: dict[str, tuple[Write, str]] = {
    "csv": (timeline.as_csv, "text/csv; charset=utf-8"),
    "json": (timeline.as_json, "application/json"),
}


def recent(subject: timeline.Subject) -> dict[str, Any]:
    """What a page of the desk shows of the record of ``subject``: see ``desk/timeline.html``."""
    found = timeline.of(subject, RECENT + 1)
    everything = reverse("desk:timeline", args=[subject._meta.model_name, subject.pk])
    return {"timeline": found[:RECENT], "timeline_all": everything if found[RECENT:] else ""}


@staff
def of(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    subject = _subject(person(request), kind, pk)
    pages = Paginator(timeline.of(subject), PAGE)
    found = pages.get_page(request.GET.get("page"))
    return desk_page(
        request,
        "desk/record.html",
        _("Record: %s") % subject,
        subject=subject,
        back="" if kind == "person" else reverse(f"desk:{kind}", args=[pk]),
        timeline=found.object_list,
        found=found,
    )


def _subject(me: User, kind: str, pk: int) -> timeline.Subject:
    if kind == "translation":
        return get_object_or_404(translations_of(me), pk=pk)
    if kind not in KINDS or (kind == "person" and pk != me.pk and not _sees_people(me)):
        raise Http404
    return cast(timeline.Subject, get_object_or_404(KINDS[kind], pk=pk))


def _sees_people(me: User) -> bool:
    """Clinicians are told when the rights of a person change, and may look."""
    return me.has_role(Role.CLINICIAN) or me.has_role(Role.ADMINISTRATOR)


@staff
def audit(request: HttpRequest) -> HttpResponse:
    """For an administrator: whether the chain holds, and the whole record to take away."""
    _need_administrator(request)
    number, sha256 = sealing.newest()
    return desk_page(
        request,
        "desk/audit.html",
        _("Record for an auditor"),
        newest=f"{number}:{sha256}",
        number=number,
        verified=sealing.verify() if request.method == "POST" else None,
    )


@staff
def export(request: HttpRequest, form: str) -> StreamingHttpResponse:
    _need_administrator(request)
    if form not in FORMATS:
        raise Http404
    write, content_type = FORMATS[form]
    response = StreamingHttpResponse(write(timeline.export()), content_type=content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="record.{form}"'
    return response


def _need_administrator(request: HttpRequest) -> None:
    if not person(request).has_role(Role.ADMINISTRATOR):
        raise PermissionDenied
