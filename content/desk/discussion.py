"""Comments on single segments, and a reviewer's word on each: the same for both desks.

``kind`` in an address is "edition" for English segments, "translation" for translated ones.
"""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from content.desk.common import person, verb
from content.desk.home import translations_of
from content.models import Comment, Segment, TranslatedSegment
from content.services import discussing

VERDICTS = {"accept": True, "mend": False}


@verb
def comment(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    row = _row(request, kind, pk)
    discussing.comment(row=row, actor=person(request), text=request.POST.get("comment", ""))
    return _back(row)


@verb
def resolve(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Comment.objects.select_related("segment__edition"), pk=pk)
    row = _row(request, *_place(found))
    discussing.resolve(comment=found, actor=person(request))
    return _back(row)


@verb
def judge(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """The button pressed is the word; its value is the text that it is about, as it was shown."""
    row = _row(request, kind, pk)
    for word in VERDICTS.keys() & request.POST.keys():
        discussing.judge(
            row=row, actor=person(request), accepted=VERDICTS[word], shown=request.POST[word]
        )
        break
    else:
        discussing.take_verdict_back(row=row, actor=person(request))
    return _back(row)


def _row(request: HttpRequest, kind: str, pk: int) -> discussing.Row:
    """The segment, if the person may see it: translators see their languages."""
    if kind == "edition":
        return get_object_or_404(Segment.objects.select_related("edition__handout"), pk=pk)
    if kind != "translation":
        raise Http404
    mine = translations_of(person(request)).values("pk")
    rows = TranslatedSegment.objects.select_related("translation__edition__handout", "segment")
    return get_object_or_404(rows.filter(translation__in=mine), pk=pk)


def _place(found: Comment) -> tuple[str, int]:
    if found.segment_id:
        return "edition", found.segment_id
    return "translation", found.translated_segment_id  # type: ignore[return-value]  # one of both


def _back(row: discussing.Row) -> HttpResponse:
    if isinstance(row, Segment):
        address = reverse("desk:edition", args=[row.edition_id])
    else:
        address = reverse("desk:translation", args=[row.translation_id])
    return redirect(f"{address}#s{row.pk}")
