"""What the page of queues shows: rows in hand, rows that wait or were given up, workers, beat.

A row is named by its kind and number: no title and no words of a handout stand here.
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from celery import current_app
from django.core.cache import cache
from django.db.models import QuerySet
from django.utils import timezone

from content.models import Bundle, Job, JobState
from content.services import health
from content.services.workflow import QUEUES
from content.text.discreet import discreet

# Of each kind and state, so many rows are shown: the counts tell of the rest.
ROWS = 20
# How long workers have for an answer, and a broker that is away for none.
_ANSWER_SECONDS = 0.7
_PATIENCE = {"socket_connect_timeout": 1, "socket_timeout": 2}
_SWEPT = "operation:swept"
_BACKED_UP = "operation:backed-up"
_BREAKS = "operation:record-breaks"


@dataclass(frozen=True, slots=True)
class Row:
    """One row by its number. ``about`` is what its page is of, where that is another row."""

    pk: int
    about: int
    attempts: int
    since: dt.datetime | None
    until: dt.datetime | None
    error: str

    @property
    def is_over(self) -> bool:
        """Whether ``until`` has passed: of a row in hand, that its worker is silent."""
        return self.until is not None and self.until < timezone.now()


@dataclass(frozen=True, slots=True)
class Kind:
    """The rows of one kind of work, the first few of each state."""

    model: type[Job]
    counts: health.Queue
    running: tuple[Row, ...]
    later: tuple[Row, ...]
    failed: tuple[Row, ...]

    @property
    def name(self) -> str:
        return self.counts.name


def kinds() -> Iterator[Kind]:
    """Every kind of work: the same number of queries however many rows there are."""
    for model, counts in zip(QUEUES, health.queues(), strict=True):
        rows = model._default_manager.all()
        waiting = rows.filter(job_state=JobState.WAITING, not_before__gt=timezone.now())
        yield Kind(
            model,
            counts,
            _rows(rows.filter(job_state=JobState.RUNNING).order_by("claimed_until"), "claimed_until"),
            _rows(waiting.order_by("not_before"), "not_before"),
            _rows(rows.filter(job_state=JobState.FAILED).order_by("-updated_at"), "updated_at"),
        )  # fmt: skip


def _rows(rows: QuerySet[Any], until: str) -> tuple[Row, ...]:
    # A printed form has no page of its own; that of its publication shows it.
    about = "publication_id" if "publication_id" in _columns(rows.model) else "pk"
    found = rows.values_list("pk", about, "attempts", "started_at", until, "error")[:ROWS]
    return tuple(
        Row(pk, page, attempts, since, end, _told(rows.model, error))
        for pk, page, attempts, since, end, error in found
    )


def _columns(model: type[Job]) -> set[str]:
    return {field.attname for field in model._meta.concrete_fields}


def _told(model: type[Job], error: str) -> str:
    # What a bundle says after its first sentence names handouts.
    words = error.split(". ")[0] if model is Bundle else error
    return discreet(words)


# --- workers --------------------------------------------------------------------------------------

Work = tuple[str, int]


def workers() -> dict[str, list[Work]] | None:
    """The workers that answer now, with the (task, row) that each has; None: the broker is away.

    Takes no longer than a page may: a worker that is too slow to answer is not among them.
    """
    try:
        with current_app.connection_for_write(transport_options=_PATIENCE) as broker:
            health.reach(broker, 1)
            asked = current_app.control.inspect(timeout=_ANSWER_SECONDS, connection=broker)
            answers = asked.active() or {}
    # Whatever a driver raises means the same to who reads this: no answer.
    except Exception:
        return None
    return {name: list(_work(tasks)) for name, tasks in sorted(answers.items())}


def _work(tasks: Sequence[Mapping[str, Any]]) -> Iterator[Work]:
    for task in tasks:
        args = task.get("args")
        if isinstance(args, list | tuple) and args and isinstance(args[0], int):
            yield str(task.get("name", "")), args[0]


# --- what is noted ---------------------------------------------------------------------------------


def note_sweep() -> None:
    """Beat's sweep was here: the page and the alerts tell when it was last."""
    _note(_SWEPT, timezone.now().timestamp())


def swept_at() -> dt.datetime | None:
    return _moment(_SWEPT)


def note_backup() -> None:
    _note(_BACKED_UP, timezone.now().timestamp())


def backed_up_at() -> dt.datetime | None:
    """When `manage.py backup` last wrote a whole file, as far as this database knows."""
    return _moment(_BACKED_UP)


def note_breaks(count: int) -> None:
    """What the daily walk along the chain of the record found."""
    _note(_BREAKS, count)


def breaks() -> int | None:
    found = cache.get(_BREAKS)
    return None if found is None else int(found)


def _note(key: str, value: float) -> None:
    # In the cache of the database: every process sees it, and no restart forgets it.
    cache.set(key, value, None)


def _moment(key: str) -> dt.datetime | None:
    found = cache.get(key)
    return None if found is None else dt.datetime.fromtimestamp(found, dt.UTC)
