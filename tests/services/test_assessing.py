"""Filling in an instrument: who may, what is refused, whose answer it is."""

import pytest

from content.models import Assessment, Edition, Event
from content.services import reviewing
from content.services.assessing import MAX_ANSWER, assess
from content.services.errors import OutOfDate, Refused
from content.services.judging import judge
from content.text.instruments import INSTRUMENTS


def fill(edition, actor, instrument="pemat", **changed):
    answers = dict.fromkeys(INSTRUMENTS[instrument].items, "yes") | changed
    return assess(
        edition=edition, instrument=instrument, actor=actor, answers=answers,
        shown=edition.compute_fingerprint(),
    )  # fmt: skip


@pytest.mark.parametrize("who", ["ellen", "carlos"])
def test_educators_and_clinicians_assess(request, edition, who):
    done = fill(edition, request.getfixturevalue(who))
    assert (done.by.username, done.score, done.fingerprint) == (
        who,
        100,
        edition.compute_fingerprint(),
    )


@pytest.mark.parametrize("who", ["teresa", "ada"])
def test_others_do_not(request, edition, who):
    with pytest.raises(Refused, match="Only an educator or a clinician"):
        fill(edition, request.getfixturevalue(who))
    assert not Assessment.objects.exists()


@pytest.mark.parametrize(
    ("instrument", "changed", "field"),
    [
        ("pemat", {"p13": "yes"}, None),
        ("pemat", {"c1": "yes"}, None),
        ("pemat", {"p1": "na"}, "p1"),
        ("pemat", {"p2": "maybe"}, "p2"),
        ("cci", {"q1": "Adults. MRN 12345678"}, "q1"),
        ("cci", {"q2": "x" * (MAX_ANSWER + 1)}, "q2"),
    ],
)
def test_wrong_answers_are_refused_at_their_item(edition, ellen, instrument, changed, field):
    with pytest.raises(Refused) as refused:
        fill(edition, ellen, instrument, **changed)
    assert refused.value.field == field
    assert not Assessment.objects.exists()


def test_an_unknown_instrument_is_refused(edition, ellen):
    with pytest.raises(Refused, match="no such instrument"):
        assess(edition=edition, instrument="x", actor=ellen, answers={}, shown="")


def test_an_assessment_is_of_the_text_that_was_read(edition, ellen):
    with pytest.raises(OutOfDate):
        assess(edition=edition, instrument="pemat", actor=ellen, answers={}, shown="old")


def test_a_text_that_is_still_written_is_not_assessed(edition, ellen):
    Edition.objects.update(state=Edition.State.DRAFTING)
    with pytest.raises(Refused, match="still being written"):
        fill(edition, ellen)


def test_an_approved_text_may_be_assessed(approved, ellen):
    assert fill(approved, ellen).score == 100


def test_the_programs_answer_stays_the_programs_until_a_person_overrules_it(edition, ellen):
    program = judge(edition)["p12"].value
    done = fill(
        edition, ellen, p12=program, p11="no" if judge(edition)["p11"].value == "yes" else "yes"
    )
    assert done.answers["p12"] == {"value": program, "by": "program"}
    assert done.answers["p11"]["by"] == "person"


def test_what_is_left_out_is_open(edition, ellen):
    done = fill(edition, ellen, p26="")
    assert "p26" not in done.answers
    assert done.score is None


def test_open_questions_are_answered_in_words(edition, ellen):
    done = fill(edition, ellen, "cci", q4="  Take it \n every day. ", c17="no")
    assert done.answers["q4"] == {"value": "Take it every day.", "by": "person"}
    assert done.score == 100


def test_the_lower_scale_is_the_score(edition, ellen):
    assert fill(edition, ellen, p20="no").score == pytest.approx(100 * 6 / 7)


def test_assessing_again_replaces_the_answers_and_keeps_the_record(edition, ellen, carlos):
    fill(edition, ellen)
    fill(edition, carlos, p1="no")
    assert Assessment.objects.get().by == carlos
    assert [event.actor for event in Event.objects.filter(kind="assessed")] == [carlos, ellen]


def test_an_assessment_is_no_edit(edition, ellen, carlos, clara):
    fill(edition, clara)
    done = reviewing.approve_edition(
        edition=edition, actor=clara, shown=edition.compute_fingerprint()
    )
    assert done.approved_by == clara
