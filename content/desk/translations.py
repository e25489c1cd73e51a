"""The translator's desk: English and target side by side, findings in place, edit, approve."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from content import languages, tasks
from content.desk import record
from content.desk.common import job_status, person, queue_away, staff, verb
from content.desk.common import page as desk_page
from content.desk.home import translations_of
from content.models import JobState, TranslatedSegment, Translation
from content.services import back_translation, reviewing
from content.services.errors import Refused
from content.services.findings import hazards_unread
from content.services.interchange import Imported, export_xliff, import_file
from content.services.memory import suggestions
from content.text.interchange.base import MAX_BYTES
from content.text.readability import sentence_length


@staff
def page(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, get_object_or_404(translations_of(person(request)), pk=pk))


def _page(
    request: HttpRequest, translation: Translation, *, typed: dict[int, str] | None = None,
    refused: dict[int, str] | None = None, imported: Imported | None = None,
    not_imported: str = "", status: int = 200,
) -> HttpResponse:  # fmt: skip
    me = person(request)
    may_edit = translation.state == Translation.State.IN_REVIEW and not (
        reviewing.why_not_translate(me, translation)
    )
    rows = translation.segments.select_related("segment", "back_translation").prefetch_related(
        "findings__overridden_by"
    )
    unsettled = [row.segment.text for row in rows if may_edit and row.is_unsettled]
    close = suggestions(unsettled, translation.language) if unsettled else {}
    for row in rows:
        row.typed = (typed or {}).get(row.pk)  # type: ignore[attr-defined]
        row.read_back = back_translation.shown(row)  # type: ignore[attr-defined]
        row.refused = (refused or {}).get(row.pk)  # type: ignore[attr-defined]
        row.suggestions = close.get(row.segment.text) if row.is_unsettled else None  # type: ignore[attr-defined]
    target = languages.get(translation.language)
    response = desk_page(
        request,
        "desk/translation.html",
        str(translation),
        translation=translation,
        row=translation,
        kind="translation",
        target=target,
        unread=hazards_unread(target),
        length=sentence_length("\n".join(row.text for row in rows), target.code),
        rows=rows,
        reads_back=any(row.read_back for row in rows),  # type: ignore[attr-defined]
        engines=translation.segments.exclude(engine="")
        .order_by("engine")
        .values("engine", "engine_revision", "engine_licence")
        .distinct(),
        fingerprint=translation.compute_fingerprint(),
        may_edit=may_edit,
        imported=imported,
        not_imported=not_imported,
        why_not=reviewing.why_not_approve_translation(translation, me),
        **record.recent("translation", translation),
        status_url=reverse("desk:translation-status", args=[translation.pk]),
    )
    response.status_code = status
    return response


@staff
def status(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(translations_of(person(request)), pk=pk)
    done = row.job_state == JobState.DONE
    return job_status(row, reverse("desk:translation", args=[pk]) if done else "")


@verb
def edit(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    found = get_object_or_404(
        TranslatedSegment.objects.select_related("translation__edition"), pk=row, translation=pk
    )
    text = request.POST.get("text", "")
    try:
        reviewing.edit_translation(
            row=found, actor=person(request), text=text, shown=request.POST.get("shown", "")
        )
    except Refused as refused:
        return _page(
            request, found.translation, typed={found.pk: text},
            refused={found.pk: refused.message}, status=422,
        )  # fmt: skip
    return redirect(f"{reverse('desk:translation', args=[pk])}#s{row}")


@staff
def export(request: HttpRequest, pk: int) -> HttpResponse:
    translation = get_object_or_404(translations_of(person(request)), pk=pk)
    response = HttpResponse(export_xliff(translation), content_type="application/xliff+xml")
    name = f"{translation.edition.handout.slug}-{translation.language}-{pk}.xlf"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@verb
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """A file comes back from an agency: what became of it is told on the page."""
    translation = get_object_or_404(translations_of(person(request)), pk=pk)
    file = request.FILES.get("file")
    try:
        if file is None:
            raise Refused(_("Choose a file first."))
        found = import_file(
            translation=translation, actor=person(request), content=file.read(MAX_BYTES + 1)
        )
    except Refused as refused:
        return _page(request, translation, not_imported=refused.message, status=422)
    translation.refresh_from_db()
    return _page(request, translation, imported=found)


@verb
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    translation = get_object_or_404(Translation, pk=pk)
    done = reviewing.approve_translation(
        translation=translation,
        actor=person(request),
        shown=request.POST.get("fingerprint", ""),
    )
    tasks.nudge(queue_away(request))
    approved = done.state == Translation.State.APPROVED
    messages.success(
        request,
        _("Approved. It is being published.")
        if approved
        else _("Approved. This language needs a second translator, who is asked next."),
    )
    return redirect("desk:translation", pk=pk)
