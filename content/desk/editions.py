"""The clinician's desk: the draft beside its sources, findings in place, approve or return."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from content import tasks
from content.desk import quality, record
from content.desk.common import opened, person, queue_away, staff, verb
from content.desk.common import page as desk_page
from content.desk.segments import Attempt, rows
from content.models import Edition, Finding, Role, Segment
from content.services import comparing, editing, reviewing, succession, vetting
from content.services.quality import current


@staff
def page(request: HttpRequest, pk: int) -> HttpResponse:
    return show(request, get_object_or_404(Edition.objects.select_related("handout"), pk=pk))


def show(
    request: HttpRequest, edition: Edition, attempt: Attempt | None = None, status: int = 200
) -> HttpResponse:
    """The draft; ``attempt`` is an edit of one segment that was refused or only tried."""
    me = person(request)
    may_change = edition.state in (Edition.State.IN_REVIEW, Edition.State.RETURNED)
    is_clinician = me.has_role(Role.CLINICIAN)
    found, since = current(edition), comparing.since_approved(edition)
    response = desk_page(
        request,
        "desk/edition.html",
        str(edition),
        edition=edition,
        opened=opened(request),
        here=reverse("desk:edition", args=[edition.pk]),
        rows=list(rows(edition, me, found, attempt, since)),
        fingerprint=edition.compute_fingerprint(),
        may_edit=may_change and editing.may_edit(me),
        may_override=may_change and is_clinician,
        is_clinician=is_clinician,
        judges=is_clinician and edition.state == Edition.State.IN_REVIEW,
        is_educator=me.has_role(Role.EDUCATOR),
        why_not=reviewing.why_not_approve_edition(edition, me),
        **record.recent(edition),
        quality=quality.panel(edition, found),
        source_notes=vetting.source_notes(edition),
        since=since,
        kept=edition.segments.filter(origin=Segment.Origin.SOURCE_KEPT).count(),
    )
    response.status_code = status
    return response


@verb
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    edition = get_object_or_404(Edition, pk=pk)
    reviewing.approve_edition(
        edition=edition, actor=person(request), shown=request.POST.get("fingerprint", "")
    )
    tasks.nudge(queue_away(request))
    messages.success(request, _("Approved. It is being published and translated."))
    return redirect("desk:edition", pk=pk)


@verb
def give_back(request: HttpRequest, pk: int) -> HttpResponse:
    reviewing.return_edition(
        edition=get_object_or_404(Edition, pk=pk),
        actor=person(request),
        reason=request.POST.get("reason", ""),
        shown=request.POST.get("fingerprint", ""),
    )
    messages.success(request, _("Returned to the educator."))
    return redirect("desk:edition", pk=pk)


@verb
def resubmit(request: HttpRequest, pk: int) -> HttpResponse:
    reviewing.resubmit_edition(edition=get_object_or_404(Edition, pk=pk), actor=person(request))
    messages.success(request, _("Sent to the clinician."))
    return redirect("desk:edition", pk=pk)


@verb
def new(request: HttpRequest, pk: int) -> HttpResponse:
    edition = succession.new_edition(
        edition=get_object_or_404(Edition, pk=pk), actor=person(request)
    )
    messages.success(request, _("A new edition is open. Change what you need."))
    return redirect("desk:edition", pk=edition.pk)


@verb
def override(request: HttpRequest, pk: int) -> HttpResponse:
    finding = get_object_or_404(Finding, pk=pk)
    reviewing.override(
        finding=finding, actor=person(request), reason=request.POST.get("reason", "")
    )
    messages.success(request, _("Recorded under your name."))
    row = finding.translated_segment
    if row:
        return redirect("desk:translation", pk=row.translation_id)
    return redirect("desk:edition", pk=finding.segment.edition_id)  # type: ignore[union-attr]
