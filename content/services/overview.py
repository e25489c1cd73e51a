"""What the first page shows at a glance: how much is published, how easy it reads, what ends soon."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, QuerySet
from django.db.models.functions import TruncWeek
from django.utils import timezone

from content.languages import ENGLISH
from content.models import Edition, Publication, Qualification, User

WEEKS = 12
LATEST = 300
SOON = dt.timedelta(days=60)
FORMULA = "flesch_kincaid"


@dataclass(frozen=True, slots=True)
class Bar:
    """``percent`` of the highest bar."""

    label: object
    count: int
    percent: int


def published_by_week() -> list[Bar]:
    """Publications that became public in each of the last ``WEEKS`` weeks, the oldest first."""
    monday = _monday(timezone.localdate())
    first = monday - dt.timedelta(weeks=WEEKS - 1)
    start = timezone.make_aware(dt.datetime.combine(first, dt.time()))
    rows = (
        Publication.objects.filter(published_at__gte=start)
        .annotate(week=TruncWeek("published_at"))
        .values_list("week")
        .annotate(count=Count("pk"))
        .order_by()
    )
    counts = {week.date(): count for week, count in rows}
    weeks = [first + dt.timedelta(weeks=n) for n in range(WEEKS)]
    return bars([(week, counts.get(week, 0)) for week in weeks])


def grades() -> list[Bar]:
    """How many of the latest approved English texts read at which school grade (Flesch-Kincaid)."""
    newest = Edition.objects.filter(state=Edition.State.APPROVED).order_by("-approved_at")
    found = Counter(
        max(1, round(score["value"]))
        for scores in newest.values_list("readability", flat=True)[:LATEST]
        for score in scores
        if score["formula"] == FORMULA
    )
    if not found:
        return []
    return bars([(grade, found[grade]) for grade in range(min(found), max(found) + 1)])


def published_this_month() -> list[tuple[str, int]]:
    """(language, how many), the most first."""
    first = timezone.localtime().replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    rows = Publication.objects.filter(published_at__gte=first).values_list("language")
    return list(rows.annotate(count=Count("pk")).order_by("-count", "language"))


def to_review_soon() -> QuerySet[Publication]:
    """Public English texts whose sources must be reviewed within 60 days, or should have been."""
    rows = Publication.objects.public().filter(language=ENGLISH.code)
    until = timezone.localdate() + SOON
    return rows.filter(review_by__lte=until).select_related("handout").order_by("review_by")


def ending_qualifications(user: User | None = None) -> QuerySet[Qualification]:
    """Qualifications that end within 60 days: of ``user``, or of everyone."""
    today = timezone.localdate()
    rows = Qualification.objects.filter(valid_until__range=(today, today + SOON))
    mine = rows.filter(user=user) if user else rows
    return mine.select_related("user").order_by("valid_until")


def _monday(day: dt.date) -> dt.date:
    return day - dt.timedelta(days=day.weekday())


def bars(counted: list[tuple[object, int]]) -> list[Bar]:
    """A bar for each (label, how many), in their order."""
    highest = max((count for _label, count in counted), default=0) or 1
    return [Bar(label, count, round(100 * count / highest)) for label, count in counted]
