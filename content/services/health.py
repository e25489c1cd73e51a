"""Whether everything that this process leans on answers, and how much work waits."""

import datetime as dt
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from celery import current_app
from django.conf import settings
from django.core.files.storage import FileSystemStorage, default_storage
from django.db import connection
from django.db.models import Count, Min, Q, QuerySet
from django.utils import timezone
from kombu import Connection

from content.engines.base import cache_dir
from content.engines.renderer.fonts import missing_fonts
from content.models import Job, JobState, rules
from content.services.workflow import QUEUES

# Below this much room a render may fail half way: the process says so before it does.
MIN_FREE_BYTES = 200 * 2**20
_BROKER_SECONDS = 2


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that is needed: ``problem`` is empty where it answers. ``seconds`` it took."""

    name: str
    problem: str
    seconds: float


def parts() -> list[Part]:
    """Database, broker, fonts and storage, each asked now."""
    return [_asked(name, ask) for name, ask in _ASKED.items()]


def _asked(name: str, ask: Callable[[], str]) -> Part:
    started = time.perf_counter()
    try:
        problem = ask()
    # Whatever a driver raises means the same to who reads this: it does not answer.
    except Exception as error:
        problem = f"{type(error).__name__}: {error}".splitlines()[0][:200]
    return Part(name, problem, round(time.perf_counter() - started, 3))


def _database() -> str:
    absent = {rule.name for rule in rules.RULES} - rules.installed(connection)
    return f"It lacks rules: {', '.join(sorted(absent))}. Run migrate." if absent else ""


def _broker() -> str:
    with current_app.connection_for_write(connect_timeout=_BROKER_SECONDS) as broker:
        reach(broker, _BROKER_SECONDS)
    return ""


def reach(broker: Connection, seconds: int) -> None:
    """Connect, or raise what the driver raises; tries twice at once.

    By itself kombu sleeps before it tries again, and whoever asks would wait for that.
    """
    broker.ensure_connection(max_retries=1, interval_start=0, interval_step=0, timeout=seconds)


def _fonts() -> str:
    absent = missing_fonts(cache_dir("fonts"))
    return f"Missing: {', '.join(absent)}. Run pull_fonts." if absent else ""


def _storage() -> str:
    default_storage.exists("a file that need not be there")
    if not isinstance(default_storage._wrapped, FileSystemStorage):  # type: ignore[attr-defined]
        return ""
    folder = settings.MEDIA_ROOT
    folder.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(folder).free
    return f"Only {free // 2**20} MiB are free." if free < MIN_FREE_BYTES else ""


_ASKED: dict[str, Callable[[], str]] = {
    "database": _database,
    "broker": _broker,
    "fonts": _fonts,
    "storage": _storage,
}


@dataclass(frozen=True, slots=True)
class Queue:
    """The rows of one kind of work: how many wait, run and failed; ``oldest`` waits the longest."""

    name: str
    waiting: int
    running: int
    failed: int
    silent: int  # running, but the lease is over: the next sweep puts them back
    later: int  # of those that wait, how many wait for their next attempt
    oldest: dt.timedelta


def queues() -> Iterator[Queue]:
    now = timezone.now()
    for model in QUEUES:
        rows: QuerySet[Job] = model._default_manager.all()
        due = Q(not_before=None) | Q(not_before__lte=now)
        waiting = Q(job_state=JobState.WAITING)
        running = Q(job_state=JobState.RUNNING)
        found = rows.aggregate(
            waiting=Count("pk", filter=waiting),
            running=Count("pk", filter=running),
            failed=Count("pk", filter=Q(job_state=JobState.FAILED)),
            silent=Count("pk", filter=running & Q(claimed_until__lt=now)),
            later=Count("pk", filter=waiting & Q(not_before__gt=now)),
            since=Min("created_at", filter=waiting & due),
        )
        since = found.pop("since")
        yield Queue(
            model._meta.model_name or "", **found, oldest=now - since if since else dt.timedelta()
        )
