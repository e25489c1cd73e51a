"""Correcting one sentence of a translation: checked while it is typed, what memory has, saved.

As with the English (``desk.editing``), the pages work by plain forms, and `desk/edit.js` posts the
same forms without loading the page.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.urls import reverse

from content import languages
from content.desk.common import person, staff, verb, wants_json
from content.desk.editing import status_of, verdict
from content.desk.home import translations_of
from content.desk.translations import show
from content.models import TranslatedSegment
from content.services import correcting
from content.services.errors import Refused
from content.services.memory import suggestions


def _row(request: HttpRequest, pk: int, row: int) -> TranslatedSegment:
    translation = get_object_or_404(translations_of(person(request)), pk=pk)
    rows = TranslatedSegment.objects.select_related("translation__edition__handout", "segment")
    return get_object_or_404(rows, pk=row, translation=translation)


@verb
def check(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """What would be said of the text in the form; as JSON for the script, as a page without it."""
    found, text = _row(request, pk, row), request.POST.get("text", "")
    as_json = wants_json(request)
    try:
        preview = correcting.preview_translation(
            row=found, actor=person(request), text=text, shown=request.POST.get("shown", "")
        )
    except Refused as refused:
        if as_json:
            return JsonResponse({"verdict": refused.message}, status=status_of(refused))
        return _refused(request, found, text, refused)
    if as_json:
        return JsonResponse(_told(request, preview))
    return show(request, found.translation, typed={row: text}, previews={row: preview})


def _told(request: HttpRequest, preview: correcting.Preview) -> dict[str, Any]:
    return {
        "verdict": verdict(preview),
        "blocking": preview.blocking,
        "stale": bool(preview.saved),
        "row": render_to_string("pair_check.html", {"preview": preview}, request, using="jinja2"),
    }


@verb
def edit(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    found, text = _row(request, pk, row), request.POST.get("text", "")
    try:
        correcting.edit_translation(
            row=found, actor=person(request), text=text, shown=request.POST.get("shown", "")
        )
    except Refused as refused:
        return _refused(request, found, text, refused)
    return redirect(f"{reverse('desk:translation', args=[pk])}#s{row}")


def _refused(
    request: HttpRequest, row: TranslatedSegment, text: str, refused: Refused
) -> HttpResponse:
    """The page again: what the person typed stays in its box, beside the reason."""
    return show(
        request, row.translation, typed={row.pk: text}, refused={row.pk: refused.message},
        status=status_of(refused),
    )  # fmt: skip


@staff
def remembered(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """What memory has nearly: a part of the page, asked for when a person comes to the sentence."""
    found = _row(request, pk, row)
    target = languages.get(found.translation.language)
    close = suggestions([found.segment.text], target.code)[found.segment.text]
    html = render_to_string(
        "desk/memory.html",
        {"suggestions": close, "row": found, "target": target, "translation": found.translation},
        request,
    )
    return HttpResponse(html)
