"""What the public's doors may do: count, take feedback, ask for a printed form, know a token."""

import datetime as dt

import pytest
from django.db import OperationalError, connection, transaction
from django.utils import timezone

from content.models import Feedback, JobState, Publication, RenderedFile, Tally, Variant
from content.services import clinics, serving
from content.services.errors import Refused
from tests import builders


@pytest.fixture
def publication(approved) -> Publication:
    return builders.make_public(approved.publications.get())


@pytest.fixture
def asked(publication, django_capture_on_commit_callbacks, caplog):
    """Ask for a form; whether the queue, which does not answer here, was told of it."""

    def ask(clinic=None) -> tuple[RenderedFile, bool]:
        caplog.clear()
        with django_capture_on_commit_callbacks(execute=True):
            file = serving.printed(publication, Variant("a4"), clinic)
        return file, "the queue does not answer" in caplog.text

    return ask


def test_who_asks_first_for_a_form_starts_the_work_and_the_row_is_the_queue(asked, clinic):
    file, told = asked()
    assert told and file.job_state == JobState.WAITING
    assert asked() == (file, False)
    other, told = asked(clinic=clinic)
    assert told and (other.clinic, other.pk) == (clinic, other.pk) and other != file


def test_a_form_that_failed_is_tried_again_after_a_minute(asked):
    file, _told = asked()
    RenderedFile.objects.update(job_state=JobState.FAILED, updated_at=timezone.now())
    assert asked() == (file, False)
    RenderedFile.objects.filter(pk=file.pk).update(
        updated_at=timezone.now() - dt.timedelta(minutes=2), attempts=5
    )
    assert asked() == (file, True)
    file.refresh_from_db()
    assert (file.job_state, file.attempts) == (JobState.WAITING, 0)


def test_feedback_is_kept_on_one_line(publication):
    serving.take_feedback(publication, easy=True, comment=" Very\0 clear,\n thank you. ")
    assert Feedback.objects.get().comment == "Very clear, thank you."


@pytest.mark.parametrize("words", ["x" * (serving.MAX_COMMENT + 1), "My son, born 03/14/1962."])
def test_feedback_that_is_not_kept(publication, words):
    with pytest.raises(Refused) as refused:
        serving.take_feedback(publication, easy=False, comment=words)
    assert refused.value.field == "comment" and not Feedback.objects.exists()


OPENED, TAKEN = Tally.Kind.OPENED, Tally.Kind.DOWNLOADED


def counts() -> dict[tuple[str, int | None], int]:
    return {(row.kind, row.clinic_id): row.count for row in Tally.objects.all()}


def test_uses_are_gathered_and_written_together(publication, clinic, monkeypatch):
    monkeypatch.setattr(serving, "FLUSH_SECONDS", 3600)
    for kind, where in [(OPENED, None), (OPENED, None), (TAKEN, clinic)]:
        serving.count(publication, kind, where)
    assert counts() == {}
    serving.flush()
    assert counts() == {(OPENED, None): 2, (TAKEN, clinic.pk): 1}
    monkeypatch.setattr(serving, "FLUSH_SECONDS", -1)
    serving.count(publication, OPENED)
    assert counts()[OPENED, None] == 3


def test_what_the_database_refuses_is_counted_the_next_time(publication, monkeypatch, caplog):
    monkeypatch.setattr(serving, "FLUSH_SECONDS", 3600)

    def full(execute, sql, params, many, context):
        if "content_tally" in sql:
            raise OperationalError("database or disk is full")
        return execute(sql, params, many, context)

    serving.count(publication, OPENED)
    with transaction.atomic(), connection.execute_wrapper(full):
        serving.flush()
    assert "counts wait" in caplog.text
    serving.flush()
    assert counts() == {(OPENED, None): 1}


def test_two_processes_that_count_the_first_use_of_a_day_lose_none(publication, monkeypatch):
    monkeypatch.setattr(serving, "FLUSH_SECONDS", 3600)
    others: list[Tally] = []

    def another_is_first(execute, sql, params, many, context):
        done = execute(sql, params, many, context)
        if sql.startswith("UPDATE") and "content_tally" in sql and not others:
            others.append(Tally(publication=publication, kind=OPENED, count=1, day=today))
            others[0].save(force_insert=True)
        return done

    today = timezone.localdate()
    serving.count(publication, OPENED)
    with connection.execute_wrapper(another_is_first):
        serving.flush()
    assert counts() == {(OPENED, None): 2}


def test_a_token_is_known_by_its_digest_until_it_is_taken_back(cleo, clinic):
    token, secret = clinics.make_token(cleo, clinic, "EHR")
    assert serving.bearer(secret + "x") is None
    for _time in range(2):
        assert serving.bearer(secret) == token
    token.refresh_from_db()
    assert token.last_used_on == timezone.localdate()
    clinics.revoke_token(cleo, token)
    assert serving.bearer(secret) is None
