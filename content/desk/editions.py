"""The clinician's desk: the draft beside its sources, findings in place, approve or return."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from content import tasks
from content.desk import quality
from content.desk.common import page as desk_page
from content.desk.common import person, queue_away, staff, verb
from content.models import Edition, Finding, Role, SectionKey, Segment
from content.services import reviewing
from content.services.errors import Refused


@staff
def page(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, get_object_or_404(Edition.objects.select_related("handout"), pk=pk))


def _page(
    request: HttpRequest, edition: Edition, *, typed: dict[int, str] | None = None,
    refused: dict[int, str] | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    me = person(request)
    segments = edition.segments.prefetch_related("findings__overridden_by", "statements__source")
    for segment in segments:
        segment.typed = (typed or {}).get(segment.pk)  # type: ignore[attr-defined]
        segment.refused = (refused or {}).get(segment.pk)  # type: ignore[attr-defined]
    open_states = (Edition.State.IN_REVIEW, Edition.State.RETURNED)
    response = desk_page(
        request,
        "desk/edition.html",
        str(edition),
        edition=edition,
        segments=segments,
        sections=dict(SectionKey.choices),
        fingerprint=edition.compute_fingerprint(),
        may_edit=edition.state in open_states
        and (me.has_role(Role.EDUCATOR) or me.has_role(Role.CLINICIAN)),
        may_override=edition.state in open_states and me.has_role(Role.CLINICIAN),
        is_clinician=me.has_role(Role.CLINICIAN),
        is_educator=me.has_role(Role.EDUCATOR),
        why_not=reviewing.why_not_approve_edition(edition, me),
        decisions=edition.decisions.select_related("actor", "translation"),
        quality=quality.panel(edition),
        kept=edition.segments.filter(origin=Segment.Origin.SOURCE_KEPT).count(),
    )
    response.status_code = status
    return response


@verb
def edit(request: HttpRequest, pk: int, segment: int) -> HttpResponse:
    row = get_object_or_404(Segment.objects.select_related("edition"), pk=segment, edition=pk)
    text = request.POST.get("text", "")
    try:
        reviewing.edit_segment(
            segment=row, actor=person(request), text=text, shown=request.POST.get("shown", "")
        )
    except Refused as refused:
        # What the person typed stays in its box, beside the reason.
        return _page(
            request,
            row.edition,
            typed={row.pk: text},
            refused={row.pk: refused.message},
            status=422,
        )
    return redirect(f"{_address(pk)}#s{segment}")


def _address(pk: int) -> str:
    return redirect("desk:edition", pk=pk).url


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
    edition = reviewing.new_edition(
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
