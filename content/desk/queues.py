"""For administrators: what waits, who has what in hand, what was given up, and who answers."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from content import tasks
from content.desk.common import page as desk_page
from content.desk.common import person, queue_away, staff, verb
from content.models import Job, Role
from content.services import overview, watching, workflow
from content.services.errors import Refused

NAMES = {
    "request": gettext_lazy("Requests"),
    "translation": gettext_lazy("Translations"),
    "publication": gettext_lazy("Publications"),
    "renderedfile": gettext_lazy("Printed forms"),
    "bundle": gettext_lazy("Files for clinics"),
}
# The page of the desk that shows a row of each kind; a bundle is its clinic's.
PAGES = {"request": "request", "translation": "translation", "publication": "publication",
         "renderedfile": "publication"}  # fmt: skip
MODELS: dict[str, type[Job]] = {model._meta.model_name or "": model for model in workflow.QUEUES}


@dataclass(frozen=True, slots=True)
class Shown:
    """One row on the page; ``worker`` is who says that it has it."""

    row: watching.Row
    to: str
    worker: str


@dataclass(frozen=True, slots=True)
class Part:
    """One kind of work on the page; ``queue`` is the line of workers that does it."""

    kind: str
    name: Any
    queue: str
    counts: Any
    oldest: Any  # when the oldest row that may be taken began to wait
    running: list[Shown]
    later: list[Shown]
    failed: list[Shown]


@staff
def page(request: HttpRequest) -> HttpResponse:
    _need_administrator(request)
    return desk_page(request, "desk/queues.html", _("Queues and workers"), **_now())


@staff
def now(request: HttpRequest) -> HttpResponse:
    """The part of the page that looks again by itself."""
    _need_administrator(request)
    return render(request, "desk/queues_now.html", _now())


@verb
def release(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Put one row that was given up back into its queue."""
    workflow.release_failed(_model(kind), actor=person(request), pk=pk)
    tasks.nudge(queue_away(request))
    messages.success(request, _("It is in the queue again."))
    return redirect("desk:queues")


@verb
def release_all(request: HttpRequest, kind: str) -> HttpResponse:
    """Put all rows of a kind that were given up back into their queue, once that is confirmed."""
    model = _model(kind)
    if request.POST.get("sure") != "1":
        raise Refused(_("Tick the box to confirm. Nothing was changed."))
    count = workflow.release_failed(model, actor=person(request))
    tasks.nudge(queue_away(request))
    text = ngettext("%d is in the queue again.", "%d are in the queue again.", count)
    messages.success(request, text % count)
    return redirect("desk:queues")


def _need_administrator(request: HttpRequest) -> None:
    if not person(request).has_role(Role.ADMINISTRATOR):
        raise PermissionDenied


def _model(kind: str) -> type[Job]:
    if kind not in MODELS:
        raise Http404
    return MODELS[kind]


def _now() -> dict[str, Any]:
    answers = watching.workers()
    parts = list(_parts(answers or {}))
    waiting = [(part.name, part.counts.waiting) for part in parts]
    return {
        "parts": parts,
        "broker": answers is not None,
        "workers": [(name, len(work)) for name, work in (answers or {}).items()],
        "swept": watching.swept_at(),
        "bars": overview.bars(waiting) if any(count for _name, count in waiting) else [],
        "at": timezone.now(),
        "shown": watching.ROWS,
    }


def _parts(answers: dict[str, list[watching.Work]]) -> Iterator[Part]:
    holders = {work: worker for worker, works in answers.items() for work in works}
    task_of = {model: task.name for model, task in tasks.ROUTES}
    at = timezone.now()
    for kind in watching.kinds():
        task = task_of[kind.model]
        running, later, failed = (
            [Shown(row, _page(kind.name, row), holders.get((task, row.pk), "")) for row in rows]
            for rows in (kind.running, kind.later, kind.failed)
        )
        oldest = at - kind.counts.oldest if kind.counts.oldest else None
        queue = tasks.queue_of(task)
        yield Part(kind.name, NAMES[kind.name], queue, kind.counts, oldest, running, later, failed)


def _page(kind: str, row: watching.Row) -> str:
    return reverse(f"desk:{PAGES[kind]}", args=[row.about]) if kind in PAGES else ""
