"""Figures for Prometheus. What the database knows is read at each scrape, so that every process
tells the same; requests are counted in the process that answers.
"""

import datetime as dt
import logging
from collections.abc import Callable, Iterator
from time import perf_counter

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from prometheus_client import REGISTRY, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from content.services import health, measuring, sealing, watching

logger = logging.getLogger(__name__)

ANSWERED = Histogram(
    "eduengine_http_seconds",
    "Seconds until a request was answered, by this process",
    ["door", "status"],
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)
_DOORS = {"admin", "desk", "account", "clinic", "infobutton", "fhir", "static"}


class Timed:
    """Middleware: counts what is answered by door, never by address."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        started = perf_counter()
        response = self.get_response(request)
        first = request.path_info.split("/")[1]
        door = first if first in _DOORS else "portal"
        ANSWERED.labels(door, str(response.status_code)).observe(perf_counter() - started)
        return response


class Database(Collector):
    """Gauges of what waits, of how long work took, and of what checks and memory found."""

    def describe(self) -> list[Metric]:
        return []  # nothing is asked of the database when the process starts

    def collect(self) -> Iterator[Metric]:
        yield from _queues()
        yield from _house()
        for figure in measuring.figures():
            gauge = GaugeMetricFamily(
                f"eduengine_{figure.name}", figure.meaning, labels=figure.labels
            )
            for labels, value in figure.values:
                gauge.add_metric(labels, value)
            yield gauge


def _queues() -> Iterator[Metric]:
    rows = GaugeMetricFamily(
        "eduengine_queue_rows", "Rows of work by state", labels=["queue", "state"]
    )
    age = GaugeMetricFamily(
        "eduengine_queue_oldest_seconds", "How long the oldest due row waits", labels=["queue"]
    )
    for queue in health.queues():
        for state in ("waiting", "running", "failed", "silent", "later"):
            rows.add_metric([queue.name, state], getattr(queue, state))
        age.add_metric([queue.name], queue.oldest.total_seconds())
    yield rows
    yield age


def _house() -> Iterator[Metric]:
    """What answers, when beat and the backup were last seen, and whether the record holds."""
    ready = GaugeMetricFamily(
        "eduengine_part_ready",
        "Whether a part that is needed answers (1), by /readyz",
        labels=["part"],
    )
    for part in health.parts():
        ready.add_metric([part.name], float(not part.problem))
    yield ready
    for name, meaning, value in (
        ("sweep_age_seconds", "Since the last sweep by beat", _age(watching.swept_at())),
        ("backup_age_seconds", "Since the last whole backup", _age(watching.backed_up_at())),
        ("record_breaks", "Breaks of the chain that the daily walk found", watching.breaks()),
        ("record_unsealed", "Entries of the record left without a seal", sealing.overdue()),
    ):
        yield GaugeMetricFamily(f"eduengine_{name}", meaning, value=value)


def _age(at: dt.datetime | None) -> float | None:
    """Seconds since ``at``; None leaves the sample out: it is not known."""
    return None if at is None else (timezone.now() - at).total_seconds()


REGISTRY.register(Database())


def text() -> bytes:
    return generate_latest(REGISTRY)
