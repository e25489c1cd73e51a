"""The administrators' page of queues: what it counts, what it keeps to itself, and its buttons."""

import datetime as dt
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from content.models import Bundle, Event, JobState, RenderedFile, Request
from content.services import watching
from tests import builders

pytestmark = pytest.mark.django_db
AWAY = "redis://127.0.0.1:1/0"


@pytest.fixture(autouse=True)
def _no_broker(settings, monkeypatch):
    """No worker answers here; `tests/path/test_queues.py` has real ones."""
    from celery import current_app

    monkeypatch.setattr(current_app.conf, "broker_url", AWAY)


def rows(ellen, count: int, **values) -> list[Request]:
    made = [Request(topic="Secret topic", requested_by=ellen, **values) for _ in range(count)]
    return Request.objects.bulk_create(made, batch_size=2000)


def in_hand(ellen, seconds: int) -> Request:
    now = timezone.now()
    return rows(
        ellen, 1, job_state=JobState.RUNNING, claim_token=uuid.uuid4(), attempts=2,
        started_at=now - dt.timedelta(minutes=3), claimed_until=now + dt.timedelta(seconds=seconds),
    )[0]  # fmt: skip


def test_only_administrators_see_it(as_user, ellen, carlos, ada):
    for person, status in ((ellen, 403), (carlos, 403), (ada, 200)):
        assert as_user(person).get("/desk/queues/").status_code == status
        assert as_user(person).get("/desk/queues/now/").status_code == status


def test_the_sidebar_leads_there(as_user, ada, ellen):
    assert b"/desk/queues/" in as_user(ada).get("/desk/").content
    assert b"/desk/queues/" not in as_user(ellen).get("/desk/").content


def test_it_tells_what_waits_runs_is_silent_and_was_given_up(as_user, ada, ellen):
    rows(ellen, 3)
    later = timezone.now() + dt.timedelta(minutes=5)
    rows(ellen, 1, not_before=later, attempts=1, error="The writer sleeps.")
    held, silent = in_hand(ellen, 60), in_hand(ellen, -60)
    failed = rows(ellen, 1, job_state=JobState.FAILED, error="No such model.")[0]
    page = as_user(ada).get("/desk/queues/").content.decode()
    counts = as_user(ada).get("/desk/queues/").context["parts"][0].counts
    assert (counts.waiting, counts.running, counts.silent, counts.later, counts.failed) == (
        4,
        2,
        1,
        1,
        1,
    )
    for said in ("The writer sleeps.", "No such model.", "lease until", "The lease ended",
                 f"Requests {held.pk}", f"Requests {silent.pk}", f"Requests {failed.pk}",
                 "attempt 2", "no answer", "not seen yet"):  # fmt: skip
        assert said in page, said


def test_no_text_of_a_handout_stands_there(as_user, ada, ellen, approved, cleo):
    publication = approved.publications.get()
    rows(ellen, 1, job_state=JobState.FAILED, error="Lost: “Tome 500 mg”, “duas”.")
    RenderedFile.objects.create(publication=publication, paper="a4", job_state=JobState.FAILED,
                                error="The writer refused the statement (Tome 500 mg).")  # fmt: skip
    Bundle.objects.create(clinic=cleo.clinic, by=cleo, kind="zip", title="Tome 500 mg",
                          job_state=JobState.FAILED,
                          error="Nothing is left to put in. Tome 500 mg was withdrawn.")  # fmt: skip
    page = as_user(ada).get("/desk/queues/").content.decode()
    assert "Nothing is left to put in" in page
    assert "refused the statement" in page
    for text in ("500 mg", "duas", "Secret topic", "Metformin"):
        assert text not in page, text


def test_the_number_of_queries_does_not_grow_with_the_rows(as_user, ada, ellen):
    client = as_user(ada)
    rows(ellen, 1, job_state=JobState.FAILED)
    in_hand(ellen, 60)
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get("/desk/queues/now/")
    rows(ellen, 20_000)
    rows(ellen, 300, job_state=JobState.FAILED, error="x")
    for _ in range(30):
        in_hand(ellen, 60)
    with CaptureQueriesContext(connection) as many:
        answer = client.get("/desk/queues/now/")
    assert len(many) == len(few) <= 30
    assert f"{watching.ROWS} of 301 are shown." in answer.content.decode()


def test_one_row_is_released(as_user, ada, ellen):
    one, other = rows(ellen, 2, job_state=JobState.FAILED, attempts=5, error="x")
    answer = as_user(ada).post(f"/desk/queues/request/{one.pk}/release/", follow=True)
    assert answer.redirect_chain[-1][0] == "/desk/queues/"
    one.refresh_from_db()
    other.refresh_from_db()
    assert (one.job_state, one.attempts, one.error) == (JobState.WAITING, 0, "")
    assert other.job_state == JobState.FAILED


def test_all_of_a_kind_are_released_once_that_is_confirmed(as_user, ada, ellen):
    rows(ellen, 3, job_state=JobState.FAILED, error="x")
    done = rows(ellen, 1, job_state=JobState.DONE)[0]
    client = as_user(ada)
    refused = client.post("/desk/queues/request/release/", follow=True)
    assert "Tick the box" in refused.content.decode()
    assert Request.objects.filter(job_state=JobState.FAILED).count() == 3
    released = client.post("/desk/queues/request/release/", {"sure": "1"}, follow=True)
    assert "3 are in the queue again." in released.content.decode()
    assert Request.objects.filter(job_state=JobState.WAITING).count() == 3
    done.refresh_from_db()
    assert done.job_state == JobState.DONE


def test_a_bundle_that_is_no_clinics_of_the_administrator_can_be_released(as_user, ada, cleo):
    row = Bundle.objects.create(clinic=cleo.clinic, by=cleo, kind="zip", job_state=JobState.FAILED)
    as_user(ada).post(f"/desk/queues/bundle/{row.pk}/release/")
    row.refresh_from_db()
    assert row.job_state == JobState.WAITING


def test_nobody_else_releases_and_no_kind_is_made_up(as_user, ellen, ada):
    row = rows(ellen, 1, job_state=JobState.FAILED)[0]
    as_user(ellen).post(f"/desk/queues/request/{row.pk}/release/")
    as_user(ellen).post("/desk/queues/request/release/", {"sure": "1"})
    row.refresh_from_db()
    assert row.job_state == JobState.FAILED
    assert as_user(ada).post("/desk/queues/user/release/", {"sure": "1"}).status_code == 404
    assert as_user(ada).get(f"/desk/queues/request/{row.pk}/release/").status_code == 405


def test_who_released_what_is_on_the_record(as_user, ada, ellen):
    row, other = rows(ellen, 2, job_state=JobState.FAILED)
    as_user(ada).post(f"/desk/queues/request/{row.pk}/release/")
    as_user(ada).post("/desk/queues/request/release/", {"sure": "1"})
    released = Event.objects.filter(kind=Event.Kind.RELEASED, actor=ada)
    assert sorted(released.values_list("request", flat=True)) == [row.pk, other.pk]


def test_the_last_sweep_is_told(as_user, ada):
    watching.note_sweep()
    assert "not seen yet" not in as_user(ada).get("/desk/queues/").content.decode()


def test_a_broker_that_is_away_is_no_answer():
    assert watching.workers() is None


def test_a_printed_form_leads_to_its_publication(as_user, ada, approved):
    publication = approved.publications.get()
    file = RenderedFile.objects.create(
        publication=publication, paper="a4", job_state=JobState.FAILED, error="x"
    )
    page = as_user(ada).get("/desk/queues/").content.decode()
    assert f'<a href="/desk/publications/{publication.pk}/">Printed forms {file.pk}</a>' in page


def test_every_kind_of_work_has_a_name_and_a_queue(as_user, ada, translation):
    builders.make_public(translation.edition.publications.get())
    parts = as_user(ada).get("/desk/queues/").context["parts"]
    assert {part.kind: part.queue for part in parts} == {
        "request": "llm", "translation": "mt", "publication": "render", "renderedfile": "render",
        "bundle": "render",
    }  # fmt: skip
