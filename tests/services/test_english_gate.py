"""Rules 3 to 5 over the English: who may approve what, and that text they saw."""

import pytest

from content.models import Decision, Edition, Finding, Publication, Translation
from content.services import editing, reviewing, succession
from content.services.errors import OutOfDate, Refused
from tests import builders

REASON = "The second dose is missing."


def approve(edition, actor):
    return reviewing.approve_edition(
        edition=edition, actor=actor, shown=edition.compute_fingerprint()
    )


def test_a_clinician_approves_and_work_begins(edition, carlos):
    done = approve(edition, carlos)
    assert done.state == Edition.State.APPROVED
    assert Publication.objects.get().language == "en"
    assert [t.language for t in Translation.objects.all()] == ["pt-BR"]


def test_the_approval_is_on_record_with_its_fingerprint(edition, carlos):
    approve(edition, carlos)
    decision = Decision.objects.get(verb=Decision.Verb.APPROVE_EDITION)
    assert (decision.actor, decision.fingerprint) == (carlos, edition.compute_fingerprint())


def test_the_maker_cannot_approve_even_as_a_clinician(edition, ellen, carlos):
    ellen.groups.set(carlos.groups.all())
    with pytest.raises(Refused, match="another clinician"):
        approve(edition, ellen)


def test_a_clinician_who_edited_cannot_approve(edition, carlos, clara):
    segment = edition.segments.get(ordinal=6)
    editing.edit_segment(
        segment=segment, actor=carlos, text="Take 500 mg of metformin 2 times a day with meals.",
        shown=segment.text,
    )  # fmt: skip
    with pytest.raises(Refused, match="another clinician"):
        approve(edition, carlos)
    assert approve(edition, clara).approved_by == clara


@pytest.mark.parametrize("who", ["ellen", "teresa", "ada"])
def test_only_a_clinician_approves(request, edition, who):
    with pytest.raises(Refused, match="clinician"):
        approve(edition, request.getfixturevalue(who))


def test_a_text_that_changed_since_is_not_approved(edition, carlos, ellen):
    seen = edition.compute_fingerprint()
    segment = edition.segments.get(ordinal=7)
    editing.edit_segment(
        segment=segment, actor=ellen, shown=segment.text,
        text="Do not stop taking metformin without asking your doctor.",
    )  # fmt: skip
    with pytest.raises(OutOfDate):
        reviewing.approve_edition(edition=edition, actor=carlos, shown=seen)
    edition.refresh_from_db()
    assert edition.state == Edition.State.IN_REVIEW


def test_two_editors_of_one_segment_do_not_overwrite_each_other(edition, ellen, carlos):
    segment = edition.segments.get(ordinal=6)
    shown = segment.text
    editing.edit_segment(segment=segment, actor=ellen, text="Take 500 mg twice.", shown=shown)
    with pytest.raises(OutOfDate):
        editing.edit_segment(segment=segment, actor=carlos, text="Take it.", shown=shown)


def test_an_edit_that_changes_a_dose_blocks(edition, ellen, carlos):
    segment = edition.segments.get(ordinal=6)
    editing.edit_segment(
        segment=segment, actor=ellen, shown=segment.text,
        text="Take 5,000 mg of metformin twice a day with meals.",
    )  # fmt: skip
    with pytest.raises(Refused, match="blocking"):
        approve(edition, carlos)


def test_an_override_needs_a_reason_and_lets_it_pass(edition, carlos):
    segment = edition.segments.get(ordinal=6)
    finding = Finding.objects.create(
        segment=segment, check_id="numbers", severity="blocking", message="500 became 5,000."
    )
    with pytest.raises(Refused, match="reason"):
        reviewing.override(finding=finding, actor=carlos, reason="ok")
    reviewing.override(finding=finding, actor=carlos, reason="Checked with the pharmacist.")
    assert approve(edition, carlos).state == Edition.State.APPROVED


def test_an_edit_drops_an_override_with_the_words_it_was_about(edition, ellen, carlos):
    segment = edition.segments.get(ordinal=6)
    finding = Finding.objects.create(
        segment=segment, check_id="numbers", severity="blocking", message="500 became 5,000."
    )
    reviewing.override(finding=finding, actor=carlos, reason="Checked with the pharmacist.")
    editing.edit_segment(
        segment=segment, actor=ellen, shown=segment.text, text="Take 5,000 mg of metformin."
    )
    with pytest.raises(Refused, match="blocking"):
        approve(edition, carlos)


def test_a_returned_edition_comes_back_after_resubmission(edition, ellen, carlos):
    shown = edition.compute_fingerprint()
    reviewing.return_edition(edition=edition, actor=carlos, reason=REASON, shown=shown)
    edition.refresh_from_db()
    assert (edition.state, edition.return_reason) == (Edition.State.RETURNED, REASON)
    reviewing.resubmit_edition(edition=edition, actor=ellen)
    edition.refresh_from_db()
    assert edition.state == Edition.State.IN_REVIEW


def test_an_approved_edition_is_frozen(approved, ellen):
    segment = approved.segments.get(ordinal=6)
    with pytest.raises(OutOfDate, match="frozen"):
        editing.edit_segment(segment=segment, actor=ellen, text="Anything", shown=segment.text)


def test_a_new_edition_starts_from_the_approved_one(approved, ellen, clara):
    new = succession.new_edition(edition=approved, actor=ellen)
    assert (new.number, new.state) == (2, Edition.State.RETURNED)
    assert set(new.authors.all()) == {ellen, *approved.authors.all()}
    assert new.compute_fingerprint() == approved.compute_fingerprint()
    assert [s.statements.count() for s in new.segments.all()] == [0, 0, 0, 1, 0, 1, 1]


def test_a_new_approved_edition_makes_unfinished_translations_stale(approved, ellen, clara):
    old = approved.translations.get()
    new = succession.new_edition(edition=approved, actor=ellen)
    builders.approve(new, clara)
    old.refresh_from_db()
    assert old.state == Translation.State.STALE


def test_an_empty_segment_is_refused(edition, ellen):
    segment = edition.segments.get(ordinal=6)
    with pytest.raises(Refused, match="empty"):
        editing.edit_segment(segment=segment, actor=ellen, text="  ", shown=segment.text)
