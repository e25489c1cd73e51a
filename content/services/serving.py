"""The few verbs that the public's doors have: count a use, take feedback, ask for a printed form.

The doors may call these and nothing else that writes. None of them can change a text, approve,
generate or translate.
"""

import atexit
import datetime as dt
import hashlib
import logging
import threading
import time
from collections import Counter
from typing import Any

from celery import current_app
from django.conf import settings
from django.db import DatabaseError, IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from kombu.exceptions import OperationalError

from content.models import (
    Clinic,
    Feedback,
    JobState,
    Publication,
    RenderedFile,
    Tally,
    Token,
    Variant,
)
from content.services.errors import Refused
from content.text.privacy import patient_data

logger = logging.getLogger(__name__)

MAX_COMMENT = 500
PRINT_TASK = "make_print"
# A page view waits for no write: counts gather in the process and are written this often.
FLUSH_SECONDS = 5.0


# --- printed forms -------------------------------------------------------------------------------


def printed(
    publication: Publication, variant: Variant, clinic: Clinic | None = None
) -> RenderedFile:
    """The row of a printed form, rendered or on its way: whoever asks first starts the work.

    ``clinic`` None prints the head of the house. A form that failed is tried again after a minute.
    """
    file, made = RenderedFile.objects.get_or_create(
        publication=publication, paper=variant.paper, large_print=variant.large_print,
        bilingual=variant.bilingual, clinic=clinic, branding=clinic.branding if clinic else 0,
    )  # fmt: skip
    if made or _again(file):
        transaction.on_commit(lambda: send(PRINT_TASK, file.pk))
    return file


def _again(file: RenderedFile) -> bool:
    old = timezone.now() - dt.timedelta(minutes=1)
    failed = RenderedFile.objects.filter(pk=file.pk, job_state=JobState.FAILED, updated_at__lt=old)
    return bool(failed.update(job_state=JobState.WAITING, attempts=0, updated_at=timezone.now()))


def send(task: str, pk: int) -> None:
    """Tell the workers of a row that waits; ``task`` by name, for tasks may not be imported here."""
    try:
        current_app.send_task(task, (pk,), expires=settings.MESSAGE_SECONDS)
    except (OperationalError, OSError) as error:
        # The row is the queue: the sweep sends it again.
        logger.warning("the queue does not answer: %s", error)


# --- feedback ------------------------------------------------------------------------------------


def take_feedback(publication: Publication, easy: bool, comment: str) -> None:
    """Keep what a reader says; ``Refused`` where the words look like a patient's data (rule 8)."""
    words = " ".join(comment.replace("\0", " ").split())
    if len(words) > MAX_COMMENT:
        raise Refused(_("Please write at most %d characters.") % MAX_COMMENT, "comment")
    if patient_data(words):
        raise Refused(
            _("Please leave out names, numbers and dates of birth. Nothing was saved."), "comment"
        )
    Feedback.objects.create(publication=publication, easy=easy, comment=words)


# --- counting ------------------------------------------------------------------------------------

_Key = tuple[int, int | None, str, dt.date]
_counts: Counter[_Key] = Counter()
_lock = threading.Lock()
_flushed = time.monotonic()


def count(publication: Publication, kind: Tally.Kind, clinic: Clinic | None = None) -> None:
    """Count a use of today. A process that is killed loses at most the last few seconds' counts."""
    global _flushed
    key = (publication.pk, clinic.pk if clinic else None, str(kind), timezone.localdate())
    with _lock:
        _counts[key] += 1
        due = time.monotonic() - _flushed > FLUSH_SECONDS
        if due:
            _flushed = time.monotonic()
    if due:
        flush()


def flush() -> None:
    """Write the gathered counts; what cannot be written is kept for the next time."""
    with _lock:
        taken = dict(_counts)
        _counts.clear()
    for key, times in taken.items():
        try:
            _write(key, times)
        except DatabaseError as error:
            logger.warning("counts wait: %s", type(error).__name__)
            with _lock:
                _counts[key] += times


def _write(key: _Key, times: int) -> None:
    publication, clinic, kind, day = key
    place: dict[str, Any] = {
        "publication_id": publication,
        "clinic_id": clinic,
        "kind": kind,
        "day": day,
    }
    if Tally.objects.filter(**place).update(count=F("count") + times):
        return
    try:
        with transaction.atomic():
            Tally.objects.create(**place, count=times)
    except IntegrityError:  # another process was first
        Tally.objects.filter(**place).update(count=F("count") + times)


atexit.register(flush)


# --- tokens --------------------------------------------------------------------------------------


def bearer(secret: str) -> Token | None:
    """The token in force of ``secret``, as it stands in an ``Authorization: Bearer`` header."""
    digest = hashlib.sha256(secret.encode()).hexdigest()
    token = Token.objects.select_related("clinic").filter(digest=digest, revoked_at=None).first()
    today = timezone.localdate()
    if token and token.last_used_on != today:
        Token.objects.filter(pk=token.pk).update(last_used_on=today)
    return token
