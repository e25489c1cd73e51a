"""Days are those of the house, wherever it stands: at the border of a day too."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction
from django.template import Context, Template
from django.utils import timezone

from content.models import JobState, Publication, Qualification, Translation
from content.portal import handouts, machines
from content.services import publishing, qualifying, reviewing, vetting
from tests import builders
from tests.conftest import qualify

pytestmark = pytest.mark.django_db

# A moment by Greenwich, the zone, and the day in it.
BORDERS = [
    ("2026-03-01T10:59:59", "Pacific/Auckland", dt.date(2026, 3, 1)),
    ("2026-03-01T11:00:00", "Pacific/Auckland", dt.date(2026, 3, 2)),
    ("2026-06-30T12:00:00", "Pacific/Auckland", dt.date(2026, 7, 1)),  # no summer time
    ("2026-03-01T07:59:59", "America/Los_Angeles", dt.date(2026, 2, 28)),
    ("2026-03-01T08:00:00", "America/Los_Angeles", dt.date(2026, 3, 1)),
    ("2026-03-08T07:59:59", "America/Los_Angeles", dt.date(2026, 3, 7)),  # the clock changes
    ("2026-03-09T06:59:59", "America/Los_Angeles", dt.date(2026, 3, 8)),
    ("2026-03-09T07:00:00", "America/Los_Angeles", dt.date(2026, 3, 9)),
    ("2026-12-31T23:59:59", "UTC", dt.date(2026, 12, 31)),
]


@pytest.mark.parametrize(("moment", "zone", "day"), BORDERS)
def test_what_people_read_is_the_day_of_the_house(approved, settings, moment, zone, day):
    settings.TIME_ZONE = zone
    at = dt.datetime.fromisoformat(moment).replace(tzinfo=dt.UTC)
    approved.approved_at = at
    words = dict(approved.segments.values_list("pk", "text"))
    payload = publishing._payload(approved, None, "en", words)
    assert payload["approved_on"] == day.isoformat()
    page = Publication(payload=payload, published_at=at, handout=approved.handout, language="en")
    told = handouts.structured_data(page, handouts.Versions.of(approved.handout.slug))
    assert f'"datePublished": "{day}"' in told.replace('":"', '": "')
    assert str(day) in machines._xml("urlset", "url", [("https://x.example/", at)]).content.decode()
    shown = Template("{{ at|date:'Y-m-d' }}").render(Context({"at": at}))
    assert shown == str(day)


def other_day() -> str:
    """A zone in which it is another day than in Greenwich now; there is always one."""
    zones = ("Etc/GMT-14", "Etc/GMT+12")
    today = timezone.now().date()
    return next(zone for zone in zones if timezone.now().astimezone(ZoneInfo(zone)).date() != today)


@pytest.mark.parametrize("zone", ["Pacific/Auckland", "America/Los_Angeles", "UTC", "other"])
def test_a_qualification_counts_on_its_first_and_last_day(translation, sahra, settings, zone):
    settings.TIME_ZONE = other_day() if zone == "other" else zone
    today = timezone.localdate()
    Qualification.objects.create(
        user=sahra, language="pt-BR", kind="ATA certification", valid_from=today, valid_until=today
    )
    assert qualifying.qualification(sahra, "pt-BR") is not None
    reviewing.approve_translation(
        translation=translation, actor=sahra, shown=translation.compute_fingerprint()
    )
    translation.refresh_from_db()
    assert translation.state == Translation.State.APPROVED


@pytest.mark.parametrize("days", [-2, 2])
def test_the_database_refuses_whom_no_zone_makes_qualified(translation, sahra, days):
    day = timezone.now().date() + dt.timedelta(days=days)
    made = qualify(sahra, "pt-BR", days=400)
    Qualification.objects.filter(pk=made.pk).update(valid_from=day, valid_until=day)
    with pytest.raises(IntegrityError), transaction.atomic():
        Translation.objects.filter(pk=translation.pk).update(
            state="approved", approved_by=sahra, approved_at=timezone.now(), fingerprint="x",
            job_state=JobState.DONE,
        )  # fmt: skip


def test_a_review_is_due_from_the_day_after_its_date(source, settings):
    settings.TIME_ZONE = other_day()
    today = timezone.localdate()
    source.review_by = today
    assert not source.is_expired
    source.review_by = today - dt.timedelta(days=1)
    assert source.is_expired
    source.review_by = today + vetting.SOON
    source.save()
    assert list(vetting.due()) == [source]
    source.review_by += dt.timedelta(days=1)
    source.save()
    assert list(vetting.due()) == []


def test_what_is_done_daily_is_done_by_the_clock_of_the_house(settings):
    assert settings.CELERY_TIMEZONE == settings.TIME_ZONE


def test_a_new_row_has_the_day_of_the_house(approved, settings):
    settings.TIME_ZONE = other_day()
    page = builders.make_public(approved.publications.get())
    made = page.feedback.create(easy=True)
    assert made.day == timezone.localdate()
