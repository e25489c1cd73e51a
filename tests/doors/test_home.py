"""The first page: what waits, runs, failed, ends soon; stopping and trying again; notices."""

import datetime as dt

import pytest
from django.utils import timezone

from content.models import JobState, Notice, Publication, Qualification, Request, Translation, User
from content.services import notifying, overview
from content.services.drafting import request_handout
from tests import builders
from tests.conftest import qualify


@pytest.fixture
def job(ellen, source):
    return request_handout(actor=ellen, topic="Metformin", sources=[source])


def home(client, query=""):
    return client.get(f"/desk/{query}").content.decode()


def test_running_work_shows_its_pace(as_user, job, ellen):
    started = timezone.now() - dt.timedelta(seconds=60)
    Request.objects.update(
        job_state=JobState.RUNNING, claim_token="0" * 32, claimed_until=timezone.now(),
        started_at=started, progress_done=6, progress_total=12,
    )  # fmt: skip
    assert "about 60 seconds left" in home(as_user(ellen)).replace("61", "60")
    assert "6 / 12" in as_user(ellen).get("/desk/running/").content.decode()


def test_long_work_is_told_in_minutes(as_user, job, ellen):
    Request.objects.update(
        job_state=JobState.RUNNING, claim_token="0" * 32, claimed_until=timezone.now(),
        started_at=timezone.now() - dt.timedelta(minutes=10), progress_done=10, progress_total=20,
    )  # fmt: skip
    assert "about 10 minutes left" in home(as_user(ellen))


@pytest.mark.parametrize("kind", ["request", "translation", "publication"])
def test_work_of_every_kind_is_stopped_and_goes_on(as_user, translation, job, ada, kind):
    row = {"request": job, "translation": translation,
           "publication": translation.edition.publications.get()}[kind]  # fmt: skip
    type(row).objects.update(job_state=JobState.WAITING)
    client = as_user(ada)
    client.post(f"/desk/cancel/{kind}/{row.pk}/")
    row.refresh_from_db()
    assert row.job_state == JobState.CANCELLED
    answer = client.post(f"/desk/cancel/{kind}/{row.pk}/", follow=True)
    assert "no longer running" in answer.content.decode()
    client.post(f"/desk/retry/{kind}/{row.pk}/")
    row.refresh_from_db()
    assert row.job_state == JobState.WAITING


def test_a_failure_has_its_button(as_user, job, ellen):
    Request.objects.update(job_state=JobState.FAILED, error="The model went away.")
    page = home(as_user(ellen))
    assert f'action="/desk/retry/request/{job.pk}/"' in page and "The model went away." in page


def test_a_translator_sees_no_work_of_other_languages(as_user, translation, sahra, teresa, ellen):
    Translation.objects.update(
        job_state=JobState.RUNNING, claim_token="0" * 32, claimed_until=timezone.now()
    )
    address = f"/desk/translations/{translation.pk}/"
    for who, sees in ((teresa, True), (ellen, True), (sahra, False)):
        assert (address in home(as_user(who))) is sees
        running = as_user(who).get("/desk/running/").content.decode()
        assert (address in running) is sees


def test_a_translator_chooses_a_language(as_user, translation, approved, teresa):
    builders.translation(approved, "so", builders.SOMALI)
    client = as_user(teresa)
    everything, somali = home(client), home(client, "?language=so")
    assert "· Portuguese (Brazil)</a>" in everything and "· Somali</a>" in everything
    assert "· Portuguese (Brazil)</a>" not in somali and "· Somali</a>" in somali


def test_what_ends_soon(as_user, approved, carlos, teresa):
    soon = timezone.localdate() + dt.timedelta(days=30)
    builders.make_public(approved.publications.get())
    Publication.objects.update(review_by=soon)
    Qualification.objects.filter(language="so").update(valid_until=soon)
    assert "to be reviewed by" in home(as_user(carlos))
    assert "ends on" in home(as_user(teresa))
    assert "ends on" not in home(as_user(carlos))  # not theirs


def test_charts_count(approved):
    builders.make_public(approved.publications.get())
    assert [bar.count for bar in overview.published_by_week()] == [0] * 11 + [1]
    approved.readability  # noqa: B018
    type(approved).objects.update(
        readability=[{"formula": "flesch_kincaid", "value": 5.4}, {"formula": "smog", "value": 9}]
    )
    assert [(bar.label, bar.count) for bar in overview.grades()] == [(5, 1)]
    assert overview.published_this_month() == [("en", 1)]


def test_the_home_takes_as_many_queries_for_many_rows(
    as_user, django_assert_max_num_queries, approved, translation, ada, teresa
):
    def count():
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as found:
            home(client)
        return len(found)

    ada.groups.add(*teresa.groups.all())
    qualify(ada, "pt-BR")
    client = as_user(ada)
    home(client)
    few = count()
    for code in ("es", "fr", "so", "vi", "ar"):
        row = Translation.objects.create(edition=approved, language=code, state="in_review")
        Translation.objects.filter(pk=row.pk).update(job_state="failed")
        qualify(ada, code)
    assert count() <= few + 2


# --- notices ------------------------------------------------------------------------------------


def test_a_notice_leads_to_its_page_and_is_read_there(as_user, edition, carlos):
    notifying.edition_waits(edition)
    client = as_user(carlos)
    notice = Notice.objects.get()
    page = client.get("/desk/notices/").content.decode()
    assert str(edition) in page and "New" in page
    answer = client.get(f"/desk/notices/{notice.pk}/")
    assert answer.url == f"/desk/editions/{edition.pk}/"
    assert notifying.unread(carlos) == 0


def test_opening_the_page_itself_reads_the_notice(as_user, edition, carlos):
    notifying.edition_waits(edition)
    as_user(carlos).get(f"/desk/editions/{edition.pk}/")
    assert notifying.unread(carlos) == 0


def test_notices_of_others_are_not_there(as_user, edition, carlos, clara):
    notifying.edition_waits(edition)
    notice = Notice.objects.get(user=carlos)
    assert as_user(clara).get(f"/desk/notices/{notice.pk}/").status_code == 404


def test_the_wish_for_mail_is_kept(as_user, carlos):
    client = as_user(carlos)
    client.post("/desk/notices/mail/", {"mail": "daily"})
    assert User.objects.get(pk=carlos.pk).mail == "daily"
    answer = client.post("/desk/notices/mail/", {"mail": "hourly"}, follow=True)
    assert "Choose how often" in answer.content.decode()


def test_all_are_read_at_once(as_user, edition, carlos):
    notifying.edition_waits(edition)
    as_user(carlos).post("/desk/notices/read/")
    assert notifying.unread(carlos) == 0


def test_rights_given_in_the_admin_are_on_record(as_user, ada, carlos, teresa, ellen):
    groups = [group.pk for group in teresa.groups.all()]
    data = {
        "username": "teresa", "first_name": "Teresa", "last_name": "", "email": "",
        "mail": "each", "groups": groups, "is_active": "on", "is_staff": "on",
        "qualifications-TOTAL_FORMS": 0, "qualifications-INITIAL_FORMS": 0,
    }  # fmt: skip
    extra = carlos.groups.get().pk
    answer = as_user(ada).post(
        f"/admin/content/user/{teresa.pk}/change/", data | {"groups": [*groups, extra]}
    )
    assert answer.status_code == 302, answer.content
    (event,) = teresa.events_about.all()
    assert event.actor == ada
    page = as_user(carlos).get(f"/desk/record/person/{teresa.pk}/").content.decode()
    assert "changed what a person may do" in page
    assert as_user(ellen).get(f"/desk/record/person/{ada.pk}/").status_code == 404
