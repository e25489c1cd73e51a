"""Watching a request being written; cancelling it; trying failed work again."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from content import languages, tasks
from content.desk import record
from content.desk.common import job_status, person, queue_away, staff, verb
from content.desk.common import page as desk_page
from content.models import Job, JobState, Publication, Request, Translation
from content.services import workflow

KINDS: dict[str, type[Job]] = {
    "request": Request,
    "translation": Translation,
    "publication": Publication,
}


def _job(kind: str, pk: int) -> Job:
    if kind not in KINDS:
        raise Http404
    return get_object_or_404(KINDS[kind], pk=pk)


@staff
def page(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Request.objects.prefetch_related("sources"), pk=pk)
    return desk_page(
        request,
        "desk/request.html",
        row.topic,
        row=row,
        kind="request",
        edition=getattr(row, "edition", None),
        wanted=[languages.get(code) for code in row.languages],
        status_url=reverse("desk:request-status", args=[pk]),
        **record.recent(row),
    )


@staff
def status(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Request, pk=pk)
    done = row.job_state == JobState.DONE
    address = reverse("desk:edition", args=[row.edition.pk]) if done else ""
    return job_status(row, address)


@verb
def cancel(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    workflow.cancel(_job(kind, pk), actor=person(request))
    messages.success(request, _("Stopped. What is done so far is kept."))
    return redirect(f"desk:{kind}", pk=pk)


@verb
def retry(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    workflow.release(_job(kind, pk), actor=person(request))
    tasks.nudge(queue_away(request))
    messages.success(request, _("It is in the queue again."))
    return redirect(f"desk:{kind}", pk=pk)
