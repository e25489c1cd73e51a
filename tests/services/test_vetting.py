"""Who stands for a source, until when, and what happens when that is over."""

import datetime as dt

import pytest
from django.utils import timezone

from content.models import Event, Request, Source, Statement
from content.services import drafting, vetting
from content.services.errors import OutOfDate, Refused


def today(days: int = 0) -> dt.date:
    return timezone.localdate() + dt.timedelta(days=days)


def vet(source, actor, days=365, shown=None):
    return vetting.vet(
        source=source, actor=actor, review_by=today(days), shown=shown or source.digest
    )


def overdue(source, days=1):
    Source.objects.filter(pk=source.pk).update(review_by=today(-days))
    source.refresh_from_db()
    return source


def test_a_clinician_stands_for_a_text_until_a_day(source, carlos):
    done = vet(source, carlos)
    assert (done.vetted_by, done.review_by, done.is_vetted) == (carlos, today(365), True)
    assert Event.objects.get(kind="source_vetted").data["digest"] == source.digest


@pytest.mark.parametrize("who", ["ellen", "teresa", "ada"])
def test_nobody_else_may(source, request, who):
    with pytest.raises(Refused, match="Only a clinician"):
        vet(source, request.getfixturevalue(who))


@pytest.mark.parametrize(
    ("days", "words"), [(0, "after today"), (-1, "after today"), (1097, "within three years")]
)
def test_the_next_review_is_within_reach(source, carlos, days, words):
    with pytest.raises(Refused, match=words) as refused:
        vet(source, carlos, days)
    assert refused.value.field == "review_by"


@pytest.mark.parametrize("days", [1, 1096])
def test_the_ends_of_the_reach_are_allowed(source, carlos, days):
    assert vet(source, carlos, days).review_by == today(days)


def test_a_day_must_be_given(source, carlos):
    with pytest.raises(Refused, match="by when"):
        vetting.vet(source=source, actor=carlos, review_by=None, shown=source.digest)


def test_a_text_that_changed_meanwhile_is_not_vouched_for(source, carlos):
    with pytest.raises(OutOfDate, match="imported anew"):
        vet(source, carlos, shown="another digest")
    assert not Source.objects.get(pk=source.pk).is_vetted


def test_an_expired_source_blocks_a_new_request(source, ellen):
    overdue(source)
    with pytest.raises(Refused, match=r"Metformin \(review overdue since") as refused:
        drafting.request_handout(actor=ellen, topic="Metformin", sources=[source])
    assert refused.value.field == "sources"
    assert not Request.objects.exists()


def test_the_last_day_is_still_good(source, ellen):
    overdue(source, days=0)
    assert drafting.request_handout(actor=ellen, topic="Metformin", sources=[source])


@pytest.mark.parametrize(
    ("days", "found"), [(-400, True), (-1, True), (0, True), (60, True), (61, False)]
)
def test_what_is_due_soon_is_listed(source, days, found):
    Source.objects.update(review_by=today(days))
    assert list(vetting.due()) == ([source] if found else [])


def test_an_edition_knows_what_is_wrong_with_its_sources(edition, source, carlos):
    vet(source, carlos)
    assert vetting.source_notes(edition) == []
    overdue(source)
    Statement.objects.filter(text__startswith="Do not stop").update(retired=True)
    Source.objects.update(vetted_by=None, vetted_at=None)
    ((_source, notes),) = vetting.source_notes(edition)
    assert [note.split(" ")[0] for note in notes] == ["review", "changed:", "no"]


@pytest.mark.parametrize(
    ("vetted", "days", "words"),
    [(True, 5, "vetted until"), (False, 5, "not vetted"), (True, -5, "review overdue since")],
)
def test_its_state_at_a_glance(source, carlos, vetted, days, words):
    if vetted:
        vet(source, carlos)
    Source.objects.update(review_by=today(days))
    assert vetting.state(Source.objects.get()).startswith(words)
