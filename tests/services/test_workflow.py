"""Rule 7: the row is the queue. A repeated, late or dead worker changes nothing it should not."""

import datetime as dt

import pytest
from django.utils import timezone

from content.engines.base import PermanentEngineError, TemporaryEngineError
from content.models import Event, JobState, Request
from content.services import workflow
from content.services.errors import Refused
from content.services.workflow import LeaseLost


@pytest.fixture
def request_row(ellen, source):
    row = Request.objects.create(topic="Asthma", requested_by=ellen)
    row.sources.add(source)
    return row


def state(row):
    row.refresh_from_db()
    return row.job_state


def fail_with(error):
    def work(row, claim):
        raise error

    return work


def test_a_row_is_claimed_once(request_row):
    assert workflow.claim(Request, request_row.pk)
    assert workflow.claim(Request, request_row.pk) is None


def test_work_runs_and_finishes(request_row):
    assert workflow.run(Request, request_row.pk, lambda row, claim: claim.finish())
    assert state(request_row) == JobState.DONE


def test_a_second_message_for_done_work_does_nothing(request_row):
    workflow.run(Request, request_row.pk, lambda row, claim: claim.finish())
    assert not workflow.run(Request, request_row.pk, fail_with(AssertionError("ran twice")))


def test_a_temporary_error_waits_and_says_why(request_row):
    workflow.run(Request, request_row.pk, fail_with(TemporaryEngineError("The writer sleeps.")))
    assert state(request_row) == JobState.WAITING
    assert request_row.error == "The writer sleeps."
    assert request_row.not_before > timezone.now()


def test_a_row_that_waits_for_later_is_not_taken_early(request_row):
    workflow.run(Request, request_row.pk, fail_with(TemporaryEngineError("x")))
    assert workflow.claim(Request, request_row.pk) is None
    assert workflow.unsent(Request, lost=True) == []


def test_the_last_temporary_error_fails(request_row):
    for _attempt in range(workflow.MAX_ATTEMPTS):
        Request.objects.update(not_before=None)
        workflow.run(Request, request_row.pk, fail_with(TemporaryEngineError("x")))
    assert state(request_row) == JobState.FAILED


def test_a_permanent_error_fails_at_once(request_row):
    workflow.run(Request, request_row.pk, fail_with(PermanentEngineError("No such model.")))
    assert (state(request_row), request_row.error) == (JobState.FAILED, "No such model.")


def test_an_unexpected_error_hides_its_details_from_people(request_row):
    workflow.run(Request, request_row.pk, fail_with(ValueError("secret path /etc")))
    assert state(request_row) == JobState.FAILED
    assert "/etc" not in request_row.error


def test_a_failed_row_can_be_tried_again(request_row):
    workflow.run(Request, request_row.pk, fail_with(PermanentEngineError("x")))
    assert workflow.retry(request_row)
    assert state(request_row) == JobState.WAITING
    assert not workflow.retry(request_row)


def expire(row):
    Request.objects.filter(pk=row.pk).update(claimed_until=timezone.now() - dt.timedelta(1))


def test_the_sweep_puts_back_what_a_dead_worker_held(request_row):
    workflow.claim(Request, request_row.pk)
    assert workflow.sweep() == 0
    expire(request_row)
    assert workflow.sweep() == 1
    assert state(request_row) == JobState.WAITING


def test_a_late_worker_can_no_longer_write(request_row):
    late = workflow.claim(Request, request_row.pk)
    expire(request_row)
    workflow.sweep()
    workflow.claim(Request, request_row.pk)
    with pytest.raises(LeaseLost):
        late.progress(1, 2)
    with pytest.raises(LeaseLost):
        late.finish()


def test_a_row_whose_worker_keeps_dying_fails(request_row):
    for _attempt in range(workflow.MAX_ATTEMPTS):
        workflow.claim(Request, request_row.pk)
        expire(request_row)
        workflow.sweep()
    assert state(request_row) == JobState.FAILED


def test_progress_renews_the_lease(request_row):
    claim = workflow.claim(Request, request_row.pk)
    expire(request_row)
    claim.progress(3, 9, "half way")
    request_row.refresh_from_db()
    assert request_row.claimed_until > timezone.now()
    assert request_row.percent == 33


def test_an_administrator_releases_one_or_all_that_failed(ellen, ada):
    first, second, third = (
        Request.objects.create(topic=f"{n}", requested_by=ellen, job_state=JobState.FAILED)
        for n in range(3)
    )
    assert workflow.release_failed(Request, actor=ada, pk=second.pk) == 1
    assert [state(row) for row in (first, second, third)] == ["failed", "waiting", "failed"]
    assert workflow.release_failed(Request, actor=ada) == 2
    with pytest.raises(Refused, match="not waiting to be tried again"):
        workflow.release_failed(Request, actor=ada)
    with pytest.raises(Refused, match="Only an administrator"):
        workflow.release_failed(Request, actor=ellen)
    released = Event.objects.filter(kind=Event.Kind.RELEASED, actor=ada)
    assert list(released.order_by("pk").values_list("request", flat=True)) == [
        second.pk, first.pk, third.pk,
    ]  # fmt: skip
