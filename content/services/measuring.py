"""Figures about the work itself, for those who run the house: no text, no names."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Avg, Count, DurationField, ExpressionWrapper, F, IntegerField, Sum
from django.db.models.fields.json import KT
from django.db.models.functions import Cast
from django.utils import timezone

from content.models import (
    Finding,
    JobState,
    Notice,
    Publication,
    Segment,
    TranslatedSegment,
)
from content.services.workflow import QUEUES

# Durations are of what ended lately: an average over years moves for nobody.
LATELY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Figure:
    """``values`` are (labels, number) in the order of ``labels``."""

    name: str
    meaning: str
    labels: tuple[str, ...]
    values: tuple[tuple[tuple[str, ...], float], ...]


def figures() -> Iterator[Figure]:
    yield _durations()
    yield _tokens()
    yield _counted("findings", "Open findings by check and severity", Finding, "check_id", "severity",
                   overridden_by=None)  # fmt: skip
    yield _counted("translated_segments", "Sentences by where their words came from: memory or engine",
                   TranslatedSegment, "origin")  # fmt: skip
    yield _counted(
        "publications", "Publications by state and language", Publication, "state", "language"
    )
    yield _counted("notices_unread", "Notices nobody read yet", Notice, "kind", read_at=None)


def _durations() -> Figure:
    since = timezone.now() - LATELY
    spent = ExpressionWrapper(F("updated_at") - F("started_at"), output_field=DurationField())
    values = []
    for model in QUEUES:
        done = model._default_manager.filter(
            job_state=JobState.DONE, updated_at__gte=since, started_at__isnull=False
        )
        mean = done.aggregate(mean=Avg(spent))["mean"]
        if mean:
            values.append(((model._meta.model_name or "",), mean.total_seconds()))
    return Figure(
        "stage_seconds",
        "Mean seconds of work that ended in the last day",
        ("stage",),
        tuple(values),
    )


def _tokens() -> Figure:
    """What the writers gave for the texts of the last day, refused answers included."""
    rows = Segment.objects.filter(edition__created_at__gte=timezone.now() - LATELY).order_by()
    by_model = (
        rows.filter(provenance__has_key="tokens")
        .annotate(model=KT("provenance__model"))
        .values_list("model")
        .annotate(tokens=Sum(Cast(KT("provenance__tokens"), IntegerField())))
    )
    values = tuple(((str(model),), float(tokens or 0)) for model, tokens in by_model)
    return Figure(
        "writer_tokens", "Tokens that writers gave for texts of the last day", ("model",), values
    )


def _counted(name: str, meaning: str, model: type, *labels: str, **only: object) -> Figure:
    rows = model._default_manager.filter(**only).order_by()  # type: ignore[attr-defined]
    counted = rows.values_list(*labels).annotate(count=Count("pk"))
    values = tuple((tuple(map(str, row[:-1])), float(row[-1])) for row in counted)
    return Figure(name, meaning, labels, values)
