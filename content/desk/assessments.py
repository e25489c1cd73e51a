"""The form of one instrument: the program's judgements filled in, each open to a person's."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from content.desk.common import page as desk_page
from content.desk.common import person, staff, verb
from content.models import Assessment, Edition
from content.services import assessing
from content.services.errors import Refused
from content.services.judging import Judgement, judge
from content.text.instruments import INSTRUMENTS, Instrument, Item, scores

# What the form posts besides answers.
_FRAME = frozenset(("csrfmiddlewaretoken", "fingerprint"))


@dataclass(frozen=True, slots=True)
class Field:
    """One item of the form. ``by`` is who answered: "program", "person", "earlier" (a person, of
    another text) or nobody; ``choices`` are (value, label)."""

    item: Item
    value: str
    by: str
    judgement: Judgement | None
    choices: tuple[tuple[str, str], ...]
    error: str = ""


@staff
def page(request: HttpRequest, pk: int, instrument: str) -> HttpResponse:
    return _page(request, _edition(pk), _form(instrument))


def _edition(pk: int) -> Edition:
    return get_object_or_404(Edition.objects.select_related("handout"), pk=pk)


def _form(instrument: str) -> Instrument:
    if instrument not in INSTRUMENTS:
        raise Http404
    return INSTRUMENTS[instrument]


def _page(
    request: HttpRequest, edition: Edition, form: Instrument, *,
    typed: dict[str, str] | None = None, refused: Refused | None = None,
) -> HttpResponse:  # fmt: skip
    row = edition.assessments.filter(instrument=form.id).select_related("by").first()
    shown = edition.compute_fingerprint()
    fields = _Fields(form, row, shown, judge(edition), typed, refused)
    response = desk_page(
        request,
        "desk/assessment.html",
        f"{form.name}: {edition}",
        edition=edition,
        form=form,
        row=row,
        old=row is not None and row.fingerprint != shown,
        fingerprint=shown,
        questions=[fields.field(item) for item in form.questions],
        parts=[(part, [fields.field(item) for item in part.items]) for part in form.parts],
        scales=scores(form, _values(row)),
        refused=refused,
        why_not=assessing.why_not_assess(edition, person(request)),
        most=assessing.MAX_ANSWER,
    )
    response.status_code = 422 if refused else 200
    return response


def _values(row: Assessment | None) -> dict[str, str]:
    return {item: answer["value"] for item, answer in row.answers.items()} if row else {}


@dataclass(frozen=True)
class _Fields:
    """Where the value of a field comes from: what was typed, else stored, else the program."""

    form: Instrument
    row: Assessment | None
    shown: str
    judged: dict[str, Judgement]
    typed: dict[str, str] | None
    refused: Refused | None

    def field(self, item: Item) -> Field:
        value, by = self._value(item.id)
        wrong = self.refused if self.refused and self.refused.field == item.id else None
        return Field(
            item, value, by, self.judged.get(item.id), self._choices(item),
            wrong.message if wrong else "",
        )  # fmt: skip

    def _value(self, item: str) -> tuple[str, str]:
        judgement = self.judged.get(item)
        program = judgement.value if judgement else ""
        if self.typed is not None:
            value = self.typed.get(item, "")
            return value, "program" if value and value == program else "person" if value else ""
        if self.row and self.row.fingerprint == self.shown:
            answer = self.row.answers.get(item, {"value": "", "by": ""})
            return answer["value"], answer["by"]
        earlier = self.row.answers.get(item) if self.row else None
        if earlier and earlier["by"] == "person":
            return earlier["value"], "earlier"
        return program, "program" if program else ""

    def _choices(self, item: Item) -> tuple[tuple[str, str], ...]:
        yes, no, na = self.form.labels
        some = (("yes", yes), ("no", no))
        return (*some, ("na", na)) if item.may_be_na else some


@verb
def save(request: HttpRequest, pk: int, instrument: str) -> HttpResponse:
    edition, form = _edition(pk), _form(instrument)
    answers = {name: str(value) for name, value in request.POST.items() if name not in _FRAME}
    try:
        assessing.assess(
            edition=edition, instrument=form.id, actor=person(request), answers=answers,
            shown=request.POST.get("fingerprint", ""),
        )  # fmt: skip
    except Refused as refused:
        # What the person chose stays chosen, beside the reason.
        return _page(request, edition, form, typed=answers, refused=refused)
    messages.success(request, _("Saved under your name."))
    return redirect("desk:assessment", pk=pk, instrument=instrument)
