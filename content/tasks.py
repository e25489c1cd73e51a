"""Celery's side: take the id of a waiting row, call one service. Rows, not messages, are the queue."""

import logging
from collections.abc import Callable
from typing import Any

from celery import current_app, shared_task
from celery.app.task import Task
from django.conf import settings
from django.db import transaction
from kombu.exceptions import OperationalError

from content.models import Bundle, Job, Publication, RenderedFile, Request, Translation
from content.services import (
    back_translation,
    bundling,
    drafting,
    forgetting,
    notifying,
    printing,
    publishing,
    sealing,
    translating,
    vetting,
    watching,
    workflow,
)

logger = logging.getLogger(__name__)

# An aid that waits behind drafts is asked for anew at each sweep: an older message says nothing.
SWEEP_SECONDS = 30


@shared_task
def draft(pk: int) -> None:
    workflow.run(Request, pk, drafting.draft)


@shared_task
def translate(pk: int) -> None:
    workflow.run(Translation, pk, translating.translate)


@shared_task
def read_back(pk: int) -> None:
    back_translation.read_back(pk)


@shared_task
def publish(pk: int) -> None:
    workflow.run(Publication, pk, publishing.prepare)


@shared_task(name="make_print")  # `services.serving`, which may not import this, sends it by name
def make_print(pk: int) -> None:
    workflow.run(RenderedFile, pk, printing.make)


@shared_task(name="make_bundle")  # sent by name too, by `services.clinics`
def make_bundle(pk: int) -> None:
    workflow.run(Bundle, pk, bundling.make)


@shared_task
def sweep() -> None:
    """By beat: put back what dead workers held, and send every waiting row to its queue again."""
    reclaimed = workflow.sweep()
    if reclaimed:
        logger.warning("sweep: %d rows put back", reclaimed)
    sealing.seal_missed()
    publishing.index_missed()
    notifying.send_each()
    send_waiting(aids=True)
    watching.note_sweep()


@shared_task
def daily() -> None:
    """By beat: remind people, walk along the record, and note its newest seal where the database does not reach: the log."""
    notifying.reviews_due(vetting.due())
    notifying.send_digests()
    verified = sealing.verify()
    watching.note_breaks(len(verified.breaks))
    if verified.breaks:
        logger.error("record: the chain breaks in %d places", len(verified.breaks))
    logger.info("record: the newest seal is %d:%s", verified.number, verified.sha256)


@shared_task
def forget() -> None:
    """By beat, at night: let go what has been kept for long enough."""
    forgetting.forget()


ROUTES: tuple[tuple[type[Job], "Task[[int], None]"], ...] = (
    (Request, draft),
    (Translation, translate),
    (Publication, publish),
    (RenderedFile, make_print),
    (Bundle, make_bundle),
)


def send_waiting(*, aids: bool = False) -> bool:
    """Send a message for every row that waits and has none. A row sent twice is worked on once.

    ``aids``: read back what is due, too. That can wait for the sweep, and no row knows of its message.
    Returns whether the broker took them; if not, nothing is lost: the sweep sends them later.
    """
    try:
        empty = _empty_queues()
        for model, task in ROUTES:
            _send(model, task, lost=queue_of(task.name) in empty)
        for pk in back_translation.due() if aids else ():
            read_back.apply_async((pk,), expires=SWEEP_SECONDS)
    except (OperationalError, OSError) as error:
        logger.warning("the queue does not answer: %s", error)
        return False
    return True


def _send(model: type[Job], task: "Task[[int], None]", *, lost: bool) -> None:
    pks = workflow.unsent(model, lost=lost)
    try:
        for pk in pks:
            task.apply_async((pk,), expires=settings.MESSAGE_SECONDS)
    except (OperationalError, OSError):
        workflow.take_back(model, pks)
        raise


def _empty_queues() -> set[str]:
    """The queues without messages: where rows wait all the same, the broker has lost theirs."""
    with current_app.connection_for_write() as broker:
        try:
            channel: Any = broker.default_channel  # the stubs know no queues
            queues = {queue_of(task.name) for _model, task in ROUTES}
            return {name for name in queues if not channel.queue_declare(name).message_count}
        except broker.connection_errors as error:
            raise OperationalError(str(error)) from error


def queue_of(task: str) -> str:
    """The line of workers that does the task of this name."""
    return str(settings.CELERY_TASK_ROUTES[task]["queue"])


def nudge(when_away: Callable[[], None] = lambda: None) -> None:
    """After this transaction, tell the workers; ``when_away`` runs when the broker is down."""

    def send() -> None:
        if not send_waiting():
            when_away()

    transaction.on_commit(send)
