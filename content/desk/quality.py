"""The English quality panel beside a draft: scores, difficulty by sentence, notes, assessments."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from content.models import Assessment, Edition
from content.services import quality
from content.text.instruments import INSTRUMENTS, Instrument, scores

# What stands side by side, by the ids of `content.text.readability`.
SIDE_BY_SIDE = ("smog", "flesch_kincaid")

KINDS: dict[str, Any] = {
    "passive": _("Passive voice"),
    "jargon": _("Hard words"),
    "long_sentence": _("Long sentences"),
    "acronym": _("Acronyms not explained"),
}

# Of the chart, in units of its view box: whole numbers, which no locale writes with a comma.
BAR, GAP, UNIT, TOP_GRADE, LEFT = 8, 2, 6, 18, 24


@dataclass(frozen=True, slots=True)
class Bar:
    """One sentence in the chart and the table that it draws."""

    x: int
    y: int
    height: int
    over: bool
    segment: int
    text: str
    words: int
    grade: float


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars in the order of the text; ``line`` is the height of the grade that was asked for."""

    bars: tuple[Bar, ...]
    width: int
    height: int
    line: int
    ticks: tuple[tuple[int, int], ...]
    left: int = LEFT
    bar: int = BAR

    @property
    def over(self) -> int:
        return sum(bar.over for bar in self.bars)


def panel(edition: Edition) -> dict[str, Any]:
    """The context of ``desk/quality.html``."""
    found = quality.current(edition)
    return {
        "side_by_side": [row for row in found["scores"] if row["formula"] in SIDE_BY_SIDE][::-1],
        "other_scores": [row for row in found["scores"] if row["formula"] not in SIDE_BY_SIDE],
        "has_smog": any(row["formula"] == "smog" for row in found["scores"]),
        "chart": chart(found["segments"], edition.grade),
        "groups": _groups(found),
        "acronyms": found["acronyms"],
        "assessments": assessments(edition, found["fingerprint"]),
    }


def chart(rows: list[dict[str, Any]], grade: int) -> Chart:
    """The difficulty of every sentence of ``rows`` (segments as stored), against ``grade``."""
    pairs = [(row["pk"], sentence) for row in rows for sentence in row["sentences"]]
    bars = tuple(_bar(i, pk, sentence, grade) for i, (pk, sentence) in enumerate(pairs))
    return Chart(
        bars=bars,
        width=LEFT + len(bars) * (BAR + GAP),
        height=TOP_GRADE * UNIT,
        line=_y(grade),
        ticks=tuple((tick, _y(tick)) for tick in (0, 6, 12, 18)),
    )


def _bar(index: int, pk: int, sentence: dict[str, Any], grade: int) -> Bar:
    y = min(_y(sentence["grade"]), TOP_GRADE * UNIT - 1)
    return Bar(
        x=LEFT + index * (BAR + GAP),
        y=y,
        height=TOP_GRADE * UNIT - y,
        over=sentence["grade"] > grade,
        segment=pk,
        **sentence,
    )


def _y(grade: float) -> int:
    """How far below the top a grade is drawn, inside the chart."""
    return round((TOP_GRADE - max(0.0, min(float(TOP_GRADE), grade))) * UNIT)


def _groups(found: dict[str, Any]) -> list[dict[str, Any]]:
    """Notes by kind with the segments that they are about; a kind without notes is left out."""
    pairs = [(row["pk"], note) for row in found["segments"] for note in row["notes"]]
    groups = [
        {
            "title": title,
            "count": found["counts"][kind],
            "notes": [(pk, note["message"]) for pk, note in pairs if note["kind"] == kind],
        }
        for kind, title in KINDS.items()
    ]
    return [group for group in groups if group["notes"]]


def assessments(edition: Edition, fingerprint: str) -> list[dict[str, Any]]:
    """Each instrument with what is filled in of it, and whether that is about other words."""
    done = {row.instrument: row for row in edition.assessments.select_related("by")}
    return [
        _assessment(form, done.get(form.id), edition, fingerprint) for form in INSTRUMENTS.values()
    ]


def _assessment(
    form: Instrument, row: Assessment | None, edition: Edition, fingerprint: str
) -> dict[str, Any]:
    values = {item: answer["value"] for item, answer in row.answers.items()} if row else {}
    return {
        "form": form,
        "row": row,
        "old": row is not None and row.fingerprint != fingerprint,
        "scales": scores(form, values),
        "url": reverse("desk:assessment", args=[edition.pk, form.id]),
    }
