"""Standing for a source: who read it, until when that holds, and what an edition's sources are worth."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from content.models import Edition, Event, Role, Source, Statement, User
from content.services import record
from content.services.errors import OutOfDate, Refused

# Three years, one of them a leap year.
LONGEST = dt.timedelta(days=1096)
SOON = dt.timedelta(days=60)


def vet(*, source: Source, actor: User, review_by: dt.date | None, shown: str) -> Source:
    """``actor`` read the text of digest ``shown`` and stands for it until ``review_by``."""
    if not actor.has_role(Role.CLINICIAN):
        raise Refused(_("Only a clinician may vet a source."))
    until = _within_reach(review_by)
    with transaction.atomic():
        # The digest is in the filter: an import that comes in between leaves the text unvetted.
        done = Source.objects.filter(pk=source.pk, digest=shown).update(
            vetted_by=actor, vetted_at=timezone.now(), review_by=until
        )
        if not done:
            raise OutOfDate(_("This source was imported anew. Read its text again, then vet it."))
        record.note(
            Event.Kind.SOURCE_VETTED,
            actor=actor,
            source=source,
            digest=shown,
            review_by=until.isoformat(),
        )
    return Source.objects.get(pk=source.pk)


def _within_reach(review_by: dt.date | None) -> dt.date:
    today = timezone.localdate()
    if review_by is None:
        raise Refused(_("Say by when it must be reviewed again."), "review_by")
    if review_by <= today:
        raise Refused(_("The next review must be after today."), "review_by")
    if review_by > today + LONGEST:
        raise Refused(_("The next review must be within three years."), "review_by")
    return review_by


def refuse_expired(sources: Iterable[Source]) -> None:
    """Refuse sources whose review is overdue, each with its date."""
    names = ", ".join(f"{source.title} ({overdue(source)})" for source in expired(sources))
    if names:
        message = _("A clinician must review these sources again before they are used: %s.")
        raise Refused(message % names, "sources")


def expired(sources: Iterable[Source]) -> list[Source]:
    return [source for source in sources if source.is_expired]


def overdue(source: Source) -> str:
    """Since when its review is overdue; the day itself was still good."""
    day = source.review_by
    return _("review overdue since %s") % (date_format(day) if day else "")


def state(source: Source) -> str:
    """What a person should know of a source at a glance."""
    if source.is_expired:
        return overdue(source)
    if not source.is_vetted:
        return _("not vetted")
    day = source.review_by
    return _("vetted until %s") % date_format(day) if day else _("vetted")


def due() -> QuerySet[Source]:
    """Sources to review again soon or already, the most urgent first."""
    return Source.objects.filter(review_by__lte=timezone.localdate() + SOON).order_by(
        "review_by", "title"
    )


def source_notes(edition: Edition) -> list[tuple[Source, list[str]]]:
    """What a reader of ``edition`` should know of the sources that it cites, where there is any."""
    cited = Statement.objects.filter(segments__edition=edition)
    changed = set(cited.filter(retired=True).values_list("source_id", flat=True))
    sources = Source.objects.filter(statements__in=cited).distinct()
    notes = ((source, _notes(source, changed=source.pk in changed)) for source in sources)
    return [(source, found) for source, found in notes if found]


def _notes(source: Source, *, changed: bool) -> list[str]:
    found = []
    if source.is_expired:
        found.append(overdue(source))
    if changed:
        found.append(_("changed: a sentence that this edition rests on is no longer in it"))
    if not source.is_vetted:
        found.append(_("no clinician has vetted the text that is in the library now"))
    return found
