"""Claims, leases, progress and retries of every row that waits for a worker (rule 7).

Nothing here holds a lock while a model thinks: a claim is one conditional update, the work runs
outside any transaction, and every write names the claim's token in its filter, so a worker that
was given up for dead can no longer change anything.
"""

import datetime as dt
import logging
import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.conf import settings
from django.db import InterfaceError, OperationalError, transaction
from django.db.models import F, Q, QuerySet
from django.dispatch import Signal
from django.utils import timezone
from django.utils.translation import gettext as _

from content.engines.base import EngineError, TemporaryEngineError
from content.models import (
    Bundle,
    Event,
    Job,
    JobState,
    Publication,
    RenderedFile,
    Request,
    Role,
    Translation,
    User,
)
from content.services import notifying, record
from content.services.errors import Refused
from content.services.qualifying import qualification
from content.text.discreet import discreet

logger = logging.getLogger(__name__)

MAX_ATTEMPTS = 5
FIRST_RETRY = dt.timedelta(seconds=15)

# An engine that is away, a full disk, a database that restarts: what may be otherwise in a minute.
TEMPORARY = (TemporaryEngineError, OSError, OperationalError, InterfaceError)

JobModel = TypeVar("JobModel", bound=Job)
QUEUES: tuple[type[Job], ...] = (Request, Translation, Publication, RenderedFile, Bundle)


# Sent by a row's model with the ``error`` that ended its work, whether it will be tried again or not.
went_wrong = Signal()


class LeaseLost(Exception):
    """Another worker has the row, or a person cancelled it: stop, and write nothing."""


@dataclass(frozen=True, slots=True)
class Claim:
    """The right to work on one row until the lease ends."""

    model: type[Job]
    pk: int
    token: uuid.UUID

    def progress(self, done: int, total: int, note: str = "") -> None:
        """Record progress and renew the lease; ``LeaseLost`` if the row is no longer ours."""
        self._write(
            progress_done=done, progress_total=total, progress_note=note[:200],
            claimed_until=_lease_end(),
        )  # fmt: skip

    def finish(self, state: JobState = JobState.DONE, error: str = "", **result: object) -> None:
        """End the work, and write what it found in the same update."""
        self._write(job_state=state, error=error, claim_token=None, claimed_until=None, **result)

    def wait(self, error: str, until: dt.datetime) -> None:
        self._write(
            job_state=JobState.WAITING, error=error, not_before=until,
            claim_token=None, claimed_until=None,
        )  # fmt: skip

    def _write(self, **values: object) -> None:
        rows = self.model._default_manager.filter(pk=self.pk, claim_token=self.token)
        if not rows.update(updated_at=timezone.now(), **values):
            raise LeaseLost(f"{self.model.__name__} {self.pk}")


def _lease_end() -> dt.datetime:
    return timezone.now() + dt.timedelta(seconds=settings.LEASE_SECONDS)


def claim(model: type[Job], pk: int) -> Claim | None:
    """Take a waiting row, or ``None`` when it is not waiting (any more) or not due yet."""
    token = uuid.uuid4()
    taken = (
        _takeable(model)
        .filter(pk=pk)
        .update(
            job_state=JobState.RUNNING,
            claim_token=token,
            claimed_until=_lease_end(),
            started_at=timezone.now(),
            sent_at=None,
            attempts=F("attempts") + 1,
            error="",
            updated_at=timezone.now(),
        )
    )
    return Claim(model, pk, token) if taken else None


def _takeable(model: type[JobModel]) -> QuerySet[JobModel]:
    """The rows that wait and are due."""
    due = Q(not_before__isnull=True) | Q(not_before__lte=timezone.now())
    return model._default_manager.filter(due, job_state=JobState.WAITING)


def run(model: type[JobModel], pk: int, work: Callable[[JobModel, Claim], None]) -> bool:
    """Claim a row and do its work; return whether it was ours to do.

    A temporary error puts the row back to wait, longer each time; a permanent one, or the last
    attempt, fails it with a message that staff see beside a retry button.
    """
    mine = claim(model, pk)
    if mine is None:
        return False
    row = model._default_manager.get(pk=pk)
    try:
        work(row, mine)
    except LeaseLost:
        logger.info("lease lost: %s %s", model.__name__, pk)
    except Exception as error:
        _give_up_or_wait(row, mine, error)
    return True


def _give_up_or_wait(row: Job, mine: Claim, error: Exception) -> None:
    kind = type(row).__name__
    logger.warning("%s %s: %s", kind, row.pk, _logged(error), exc_info=_unexpected(error))
    went_wrong.send(type(row), error=error)
    try:
        if isinstance(error, TEMPORARY) and row.attempts < MAX_ATTEMPTS:
            mine.wait(_message(error), timezone.now() + FIRST_RETRY * 2 ** (row.attempts - 1))
        else:
            with transaction.atomic():
                mine.finish(JobState.FAILED, _message(error))
                notifying.failed(row)
    except LeaseLost:
        logger.info("lease lost while failing: %s %s", kind, row.pk)
    except (OperationalError, InterfaceError):
        # Not even this can be written: the lease runs out, and the sweep puts the row back.
        logger.warning("no database: %s %s is left to the sweep", kind, row.pk)


def _unexpected(error: Exception) -> bool:
    return not isinstance(error, EngineError)


def _logged(error: Exception) -> str:
    """What the log says: never what an error quotes, and of others' errors only their kind."""
    kind = type(error).__name__
    return f"{kind}: {discreet(str(error))}" if isinstance(error, EngineError) else kind


def _message(error: Exception) -> str:
    if isinstance(error, EngineError):
        return str(error)
    return _("Something unexpected went wrong: %(kind)s. Nothing is lost; try again.") % {
        "kind": type(error).__name__
    }


# A row that goes back into the queue begins anew, at once.
ANEW = {
    "job_state": JobState.WAITING, "attempts": 0, "not_before": None, "sent_at": None, "error": "",
}  # fmt: skip


def release(row: Job, *, actor: User) -> None:
    """What staff do with a row that failed or was stopped: back into the queue, as ``retry``."""
    _need_hand(row, actor)
    if not _put_back([row], actor):
        raise Refused(_("This is not waiting to be tried again."))


def release_failed(model: type[Job], *, actor: User, pk: int | None = None) -> int:
    """What an administrator does with rows that workers gave up: one, or all of a kind, again.

    Returns how many went back into the queue.
    """
    if not actor.has_role(Role.ADMINISTRATOR):
        raise Refused(_("Only an administrator may do this."))
    failed = model._default_manager.filter(job_state=JobState.FAILED)
    count = _put_back((failed if pk is None else failed.filter(pk=pk)).order_by("pk"), actor)
    if not count:
        raise Refused(_("This is not waiting to be tried again."))
    return count


@transaction.atomic
def _put_back(rows: Iterable[Job], actor: User) -> int:
    """Try again, on the record, those of ``rows`` that ended without a result; how many there were."""
    released = [row for row in rows if retry(row)]
    for row in released:
        record.note(Event.Kind.RELEASED, actor=actor, **_about(row))
    return len(released)


def _need_hand(row: Job, actor: User) -> None:
    """Work is stopped and released by those whose work it is."""
    if isinstance(row, Bundle):
        allowed = actor.clinic_id == row.clinic_id
    elif isinstance(row, Translation):
        allowed = qualification(actor, row.language) is not None or _makes_handouts(actor)
    else:
        allowed = _makes_handouts(actor)
    if not allowed:
        raise Refused(_("This is not your work to stop or to start."))


def _makes_handouts(actor: User) -> bool:
    return any(actor.has_role(role) for role in (Role.EDUCATOR, Role.CLINICIAN, Role.ADMINISTRATOR))


def retry(row: Job) -> bool:
    """Put a failed or cancelled row back in the queue, at once and with fresh attempts."""
    ended = [JobState.FAILED, JobState.CANCELLED]
    return bool(type(row)._default_manager.filter(pk=row.pk, job_state__in=ended).update(**ANEW))


def cancel(row: Job, *, actor: User) -> None:
    """Stop work that waits or runs; its worker sees it before the next step. ``Refused`` if none."""
    _need_hand(row, actor)
    active = [JobState.WAITING, JobState.RUNNING]
    with transaction.atomic():
        cancelled = (
            type(row)
            ._default_manager.filter(pk=row.pk, job_state__in=active)
            .update(job_state=JobState.CANCELLED, claim_token=None, claimed_until=None)
        )
        if not cancelled:
            raise Refused(_("This is no longer running."))
        record.note(Event.Kind.CANCELLED, actor=actor, **_about(row))


def _about(row: Job) -> dict[str, Any]:
    match row:
        case Request():
            return {"request": row}
        case Translation():
            return {"edition": row.edition, "translation": row}
        case Publication():
            return {"edition": row.edition, "translation": row.translation, "publication": row.pk}
        case RenderedFile():
            return {"edition": row.publication.edition, "publication": row.publication_id}
        case Bundle():
            return {"bundle": row.pk}
    raise TypeError(type(row).__name__)


def sweep() -> int:
    """Put back every row whose worker fell silent; return how many."""
    stale = Q(job_state=JobState.RUNNING, claimed_until__lt=timezone.now())
    count = 0
    for model in QUEUES:
        spent = model._default_manager.filter(stale, attempts__gte=MAX_ATTEMPTS)
        spent.update(
            job_state=JobState.FAILED, claim_token=None, claimed_until=None,
            error=_("The worker stopped %(n)d times without a result.") % {"n": MAX_ATTEMPTS},
        )  # fmt: skip
        count += model._default_manager.filter(stale).update(
            job_state=JobState.WAITING, claim_token=None, claimed_until=None
        )
    return count


def unsent(model: type[Job], *, lost: bool) -> list[int]:
    """Primary keys of the rows that a worker may take now and has no message of, oldest first.

    They count as sent from here on. ``lost``: whatever was sent before is gone, so that all are.
    """
    now = timezone.now()
    old = now - dt.timedelta(seconds=settings.MESSAGE_SECONDS)
    rows, silent = _takeable(model), Q(sent_at__isnull=True) | Q(sent_at__lt=old)
    # One update, so that of two who ask at once only one sends a row; the moment tells which are mine.
    (rows if lost else rows.filter(silent)).update(sent_at=now)
    mine = model._default_manager.filter(sent_at=now).order_by("created_at")
    return list(mine.values_list("pk", flat=True))


def take_back(model: type[Job], pks: Sequence[int]) -> None:
    """What ``unsent`` told of could not be sent."""
    model._default_manager.filter(pk__in=pks).update(sent_at=None)
