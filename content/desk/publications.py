"""What is public, and taking it back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from content import languages, tasks
from content.desk import record
from content.desk.common import job_status, person, queue_away, staff, verb
from content.desk.common import page as desk_page
from content.models import JobState, Publication, Role
from content.services import publishing


@staff
def page(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Publication.objects.select_related("handout", "edition"), pk=pk)
    me = person(request)
    return desk_page(
        request,
        "desk/publication.html",
        str(row),
        row=row,
        kind="publication",
        language=languages.get(row.language),
        files=row.files.all(),
        is_english=row.translation_id is None,
        may_publish_again=row.state == Publication.State.WITHDRAWN and me.has_role(Role.CLINICIAN),
        may_withdraw=row.state in publishing.OPEN
        and (me.has_role(Role.CLINICIAN) or me.has_role(Role.ADMINISTRATOR)),
        status_url=reverse("desk:publication-status", args=[pk]),
        **record.recent(row),
    )


@staff
def status(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Publication, pk=pk)
    done = row.job_state == JobState.DONE
    return job_status(row, reverse("desk:publication", args=[pk]) if done else "")


@verb
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    publishing.withdraw(
        publication=get_object_or_404(Publication, pk=pk),
        actor=person(request),
        reason=request.POST.get("reason", ""),
        with_translations="everywhere" in request.POST,
    )
    messages.success(request, _("Withdrawn. It is public no more."))
    return redirect("desk:publication", pk=pk)


@verb
def again(request: HttpRequest, pk: int) -> HttpResponse:
    made = publishing.publish_again(
        publication=get_object_or_404(Publication, pk=pk),
        actor=person(request),
        reason=request.POST.get("reason", ""),
    )
    tasks.nudge(queue_away(request))
    messages.success(request, _("It is being made ready once more."))
    return redirect("desk:publication", pk=made.pk)
