"""What is not kept for ever: each kind goes when its days (``settings.KEEP``) are over.

The record, every text that people approved and every publication stay: the database refuses to
lose them, and nothing here asks it to. All is done in small batches, each in a transaction of its
own: a worker that is killed half way has lost nothing, and the next day goes on from there.
"""

import datetime as dt
import logging
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from content.models import (
    BackTranslation,
    Bundle,
    Edition,
    Feedback,
    JobState,
    Notice,
    RenderedFile,
    Segment,
    Tally,
    Translation,
)
from content.services import bundling, clinics

logger = logging.getLogger(__name__)

BATCH = 500
_ENDED = (JobState.DONE, JobState.FAILED, JobState.CANCELLED)
Rows = QuerySet[Any]


def forget() -> dict[str, int]:
    """Let everything go whose time is over; returns how much of each kind went."""
    gone = {name: _forget(name, make) for name, make in _KEPT.items()}
    gone["sessions"] = _in_batches(Session.objects.filter(expire_date__lt=timezone.now()), _delete)
    gone["cache"] = _expired_cache()
    told = ", ".join(f"{name} {count}" for name, count in gone.items() if count)
    logger.info("let go: %s", told or "nothing")
    return gone


def _forget(name: str, make: Callable[[dt.datetime], int]) -> int:
    days = settings.KEEP[name]
    return make(timezone.now() - dt.timedelta(days=days)) if days > 0 else 0


def _in_batches(rows: Rows, act: Callable[[Rows], int]) -> int:
    count = 0
    while keys := list(rows.order_by("pk").values_list("pk", flat=True)[:BATCH]):
        with transaction.atomic():
            done = act(rows.filter(pk__in=keys))
        if not done:  # others took them meanwhile
            break
        count += done
    return count


def _delete(rows: Rows) -> int:
    _all, by_model = rows.delete()
    return by_model.get(rows.model._meta.label, 0)


# --- what goes, by the name of its setting ---------------------------------------------------------


def _notices(before: dt.datetime) -> int:
    """Notices that were read, invitations that went out, and what waits for who has left."""
    read = Q(read_at__lt=before)
    invited = Q(kind=Notice.Kind.INVITED, mailed_at__lt=before)
    left = Q(user__is_active=False, at__lt=before)
    return _in_batches(Notice.objects.filter(read | invited | left), _delete)


def _comments(before: dt.datetime) -> int:
    """The words of readers; whether they found it easy still counts."""
    rows = Feedback.objects.filter(day__lt=before.date()).exclude(comment="")
    return _in_batches(rows, lambda found: found.update(comment=""))


def _counts(before: dt.datetime) -> int:
    return _in_batches(Tally.objects.filter(day__lt=before.date()), _delete)


def _bundles(before: dt.datetime) -> int:
    """The files that clinics ordered: they can be made again."""
    return bundling.remove_old(before)


def _orders(before: dt.datetime) -> int:
    """What is left of an order once its file is gone."""
    rows = Bundle.objects.filter(job_state__in=_ENDED, name="", updated_at__lt=before)
    return _in_batches(rows, _delete)


def _prints(before: dt.datetime) -> int:
    """PDFs under a head that their clinic has changed since: nobody is given them any more."""
    rows = RenderedFile.objects.filter(
        clinic__isnull=False, branding__lt=F("clinic__branding"), job_state__in=_ENDED,
        updated_at__lt=before,
    )  # fmt: skip
    return _in_batches(rows, _delete_prints)


def _delete_prints(rows: Rows) -> int:
    clinics.forget(*rows.values_list("name", flat=True))
    return _delete(rows)


def _drafts(before: dt.datetime) -> int:
    """What models said beside the text: aids of translations that are done, refused rewrites."""
    on_the_desk = (Translation.State.DRAFTING, Translation.State.IN_REVIEW)
    aids = BackTranslation.objects.filter(
        translated_segment__translation__updated_at__lt=before
    ).exclude(translated_segment__translation__state__in=on_the_desk)
    # An approved text is frozen with all that stands around it.
    refused = Segment.objects.filter(edition__created_at__lt=before).exclude(
        Q(rejected_text="") | Q(edition__state=Edition.State.APPROVED)
    )
    aside = _in_batches(refused, lambda found: found.update(rejected_text=""))
    return _in_batches(aids, _delete) + aside


_KEPT: dict[str, Callable[[dt.datetime], int]] = {
    "notices": _notices,
    "comments": _comments,
    "counts": _counts,
    "bundles": _bundles,
    "orders": _orders,
    "prints": _prints,
    "drafts": _drafts,
}


def _expired_cache() -> int:
    """What the cache holds past its time, such as counts of failed sign-ins by address."""
    count = 0
    now = connection.ops.adapt_datetimefield_value(timezone.now())
    with connection.cursor() as cursor:
        while True:
            cursor.execute(_EXPIRED, [now, BATCH])
            if cursor.rowcount <= 0:
                return count
            count += cursor.rowcount


_EXPIRED = (
    "DELETE FROM cache WHERE cache_key IN"
    " (SELECT cache_key FROM cache WHERE expires < %s ORDER BY cache_key LIMIT %s)"
)
