"""Editing one segment of a draft: checked while it is typed, saved, taken back.

The pages work by plain forms. `desk/edit.js` posts the same forms without loading the page: it asks
``check`` for JSON, and takes the rows that changed out of the page that ``edit`` and ``undo`` answer.
"""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from content.desk.common import person, verb, wants_json
from content.desk.editions import show
from content.desk.segments import Attempt
from content.models import Finding, Segment
from content.services import correcting, editing
from content.services.editing import Preview
from content.services.errors import OutOfDate, Refused

CONFLICT, UNPROCESSABLE = 409, 422


@verb
def check(request: HttpRequest, pk: int, segment: int) -> HttpResponse:
    """What would be said of the text in the form; as JSON for the script, as a page without it."""
    row, text, shown = _posted(request, pk, segment)
    as_json = wants_json(request)
    try:
        preview = editing.preview_segment(
            segment=row, actor=person(request), text=text, shown=shown
        )
    except Refused as refused:
        if as_json:
            return JsonResponse({"verdict": refused.message}, status=status_of(refused))
        return _refused(request, row, Attempt(segment, text, shown, refused.message), refused)
    if as_json:
        return JsonResponse(_told(request, preview))
    attempt = Attempt(segment, text, shown, verdict=verdict(preview), preview=preview)
    return show(request, row.edition, attempt)


def _posted(request: HttpRequest, pk: int, segment: int) -> tuple[Segment, str, str]:
    row = get_object_or_404(Segment.objects.select_related("edition__handout"), pk=segment)
    # Compared here: SQLite cannot look for a key of twenty digits in another table's column.
    if row.edition_id != pk:
        raise Http404
    return row, request.POST.get("text", ""), request.POST.get("shown", "")


def status_of(refused: Refused) -> int:
    return CONFLICT if isinstance(refused, OutOfDate) else UNPROCESSABLE


def _refused(
    request: HttpRequest, row: Segment, attempt: Attempt, refused: Refused
) -> HttpResponse:
    """The page again: what the person typed stays in its box, beside the reason."""
    return show(request, row.edition, attempt, status=status_of(refused))


def _told(request: HttpRequest, preview: Preview) -> dict[str, Any]:
    """The answer to the script. ``row`` is what stands below the box, as HTML."""
    return {
        "verdict": verdict(preview),
        "blocking": preview.blocking,
        "stale": bool(preview.saved),
        "readability": [
            {"scope": c.scope, "formula": c.formula, "name": c.name, "before": c.before, "after": c.after}
            for c in preview.changes
        ],
        "findings": [_finding(finding) for finding in preview.findings],
        "notes": preview.notes,
        "row": render_to_string("check.html", _context(preview), request, using="jinja2"),
    }  # fmt: skip


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "check": finding.check_id,
        "severity": finding.severity,
        "message": finding.message,
        "span": [finding.span_start, finding.span_end] if finding.span_end else None,
    }


def _context(preview: Preview) -> dict[str, Any]:
    return {"preview": preview, "sentences": preview.sentences, "notes": preview.notes,
            "grade": preview.segment.edition.grade}  # fmt: skip


def verdict(preview: Preview | correcting.Preview) -> str:
    """One line for the eye and the screen reader."""
    if preview.saved:
        return _("Someone changed this text meanwhile.")
    if n := preview.blocking:
        return ngettext(
            "%(n)s finding must be mended.", "%(n)s findings must be mended.", n
        ) % {"n": n}  # fmt: skip
    if n := len(preview.findings):
        return ngettext(
            "Nothing blocks. Look again at %(n)s finding.",
            "Nothing blocks. Look again at %(n)s findings.", n,
        ) % {"n": n}  # fmt: skip
    return _("The checks find nothing wrong.")


@verb
def edit(request: HttpRequest, pk: int, segment: int) -> HttpResponse:
    row, text, shown = _posted(request, pk, segment)
    try:
        editing.edit_segment(segment=row, actor=person(request), text=text, shown=shown)
    except Refused as refused:
        return _refused(request, row, Attempt(segment, text, shown, refused.message), refused)
    return _back(pk, segment)


@verb
def undo(request: HttpRequest, pk: int, segment: int) -> HttpResponse:
    row, _text, shown = _posted(request, pk, segment)
    try:
        editing.undo_edit(segment=row, actor=person(request), shown=shown)
    except Refused as refused:
        return _refused(request, row, Attempt(segment, "", shown, refused.message), refused)
    return _back(pk, segment)


def _back(pk: int, segment: int) -> HttpResponse:
    return redirect(f"{reverse('desk:edition', args=[pk])}#s{segment}")
