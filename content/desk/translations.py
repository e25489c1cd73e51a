"""The translator's desk: English and target side by side, findings in place, edit, approve."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from content import languages, tasks
from content.desk import record
from content.desk.common import job_status, opened, person, queue_away, staff, verb
from content.desk.common import page as desk_page
from content.desk.home import translations_of
from content.desk.pairs import rows
from content.models import JobState, TranslatedSegment, Translation
from content.services import notifying, qualifying, reviewing
from content.services.correcting import Preview
from content.services.errors import Refused
from content.services.findings import hazards_unread
from content.services.interchange import Imported, export_xliff, import_file
from content.text.interchange.base import MAX_BYTES
from content.text.readability import sentence_length


@staff
def page(request: HttpRequest, pk: int) -> HttpResponse:
    return show(request, get_object_or_404(translations_of(person(request)), pk=pk))


def show(
    request: HttpRequest, translation: Translation, *, typed: dict[int, str] | None = None,
    refused: dict[int, str] | None = None, previews: dict[int, Preview] | None = None,
    imported: Imported | None = None, not_imported: str = "", status: int = 200,
) -> HttpResponse:  # fmt: skip
    """The desk. ``typed``, ``refused`` and ``previews`` are by the key of a translated segment."""
    me = person(request)
    may_edit = translation.state == Translation.State.IN_REVIEW and not (
        qualifying.why_not_translate(me, translation)
    )
    target = languages.get(translation.language)
    pairs = list(rows(translation, me, typed or {}, refused or {}, previews or {}))
    response = desk_page(
        request,
        "desk/translation.html",
        notifying.name(translation),
        translation=translation,
        row=translation,
        opened=opened(request),
        here=reverse("desk:translation", args=[translation.pk]),
        kind="translation",
        target=target,
        letters=[(one, "ZWNJ" if one == "\u200c" else one) for one in target.letters],
        unread=hazards_unread(target),
        length=sentence_length("\n".join(pair.row.text for pair in pairs), target.code),
        rows=pairs,
        settled=sum(pair.is_settled for pair in pairs),
        reads_back=any(pair.read_back for pair in pairs),
        engines=sorted({_engine(pair.row) for pair in pairs if pair.row.engine}),
        fingerprint=translation.compute_fingerprint(),
        may_edit=may_edit,
        imported=imported,
        not_imported=not_imported,
        why_not=reviewing.why_not_approve_translation(translation, me),
        **record.recent(translation),
        status_url=reverse("desk:translation-status", args=[translation.pk]),
    )
    response.status_code = status
    return response


def _engine(row: TranslatedSegment) -> str:
    return f"{row.engine} {row.engine_revision} ({row.engine_licence})"


@staff
def status(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(translations_of(person(request)), pk=pk)
    done = row.job_state == JobState.DONE
    return job_status(row, reverse("desk:translation", args=[pk]) if done else "")


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
        return show(request, translation, not_imported=refused.message, status=422)
    translation.refresh_from_db()
    return show(request, translation, imported=found)


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
