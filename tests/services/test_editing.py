"""Editing the English: seen before it is saved, taken back, and never over another's words."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from content.models import Edition, Event, Finding, Segment
from content.services import editing, quality, succession
from content.services.errors import OutOfDate, Refused
from tests import builders

FIRST = "Take 500 mg of metformin twice a day with meals."
WRONG = "Take 900 mg of metformin twice a day with meals."
SIMPLE = "Take 500 mg of metformin 2 times a day with food."


@pytest.fixture
def segment(edition) -> Segment:
    return edition.segments.get(ordinal=6)


def preview(segment, actor, text=SIMPLE, shown=FIRST):
    return editing.preview_segment(segment=segment, actor=actor, text=text, shown=shown)


def edit(segment, actor, text=SIMPLE, shown=FIRST):
    return editing.edit_segment(segment=segment, actor=actor, text=text, shown=shown)


def undo(segment, actor, shown=SIMPLE):
    return editing.undo_edit(segment=segment, actor=actor, shown=shown)


def now(segment) -> tuple[str, str]:
    segment.refresh_from_db()
    return segment.text, segment.origin


def grade(edition) -> float:
    scores = {score["formula"]: score["value"] for score in quality.quality(edition)["scores"]}
    return scores["flesch_kincaid"]


# --- before it is saved -------------------------------------------------------------------------


def test_a_preview_says_what_the_saved_text_would_get(segment, ellen):
    said = preview(segment, ellen, WRONG)
    edit(segment, ellen, WRONG)
    saved = [(f.check_id, f.severity, f.message) for f in segment.findings.all()]
    assert [(f.check_id, f.severity, f.message) for f in said.findings] == saved
    assert said.blocking == len(saved) > 0


def test_a_preview_writes_nothing(edition, segment, ellen):
    preview(segment, ellen, WRONG)
    assert now(segment) == (FIRST, Segment.Origin.UNCHANGED)
    assert not Event.objects.filter(kind="edited").exists()
    assert not Finding.objects.exists()
    assert list(edition.authors.all()) == [ellen]


def test_a_preview_tells_the_scores_before_and_after(edition, segment, ellen):
    found = preview(segment, ellen, "Take it.")
    grades = {c.scope: (c.before, c.after) for c in found.changes}
    before = grade(edition)
    edit(segment, ellen, "Take it.")
    # Kincaid et al. 1975: 0.39 × 2 words + 11.8 × 1 syllable a word − 15.59
    assert grades == {"segment": (2.5, -3.0), "edition": (before, grade(edition))}


def test_a_preview_has_the_notes_on_the_words(segment, ellen):
    found = preview(segment, ellen, "Metformin is utilized twice a day.")
    assert [note["kind"] for note in found.notes] == ["passive", "jargon"]
    assert found.sentences[0]["words"] == 6


def test_a_preview_of_a_heading_has_no_scores_of_its_own(edition, ellen):
    heading = edition.segments.get(ordinal=5)
    found = preview(heading, ellen, "Your pills", heading.text)
    assert {change.scope for change in found.changes} == {"edition"}
    assert found.findings == ()


def test_a_preview_tells_that_the_text_changed_meanwhile(segment, ellen, carlos):
    assert preview(segment, ellen).saved == ""
    edit(segment, carlos, "Take 500 mg of metformin twice a day.")
    assert preview(segment, ellen).saved == "Take 500 mg of metformin twice a day."


@pytest.mark.parametrize("verb", [preview, edit, undo])
@pytest.mark.parametrize("who", ["teresa", "ada"])
def test_only_educators_and_clinicians_edit(request, segment, verb, who):
    with pytest.raises(Refused, match="educator or a clinician"):
        verb(segment, request.getfixturevalue(who))


@pytest.mark.parametrize("verb", [preview, edit])
@pytest.mark.parametrize(("text", "says"), [(" \n", "empty"), ("word " * 401, "2000")])
def test_what_cannot_be_a_segment_is_refused(segment, ellen, verb, text, says):
    with pytest.raises(Refused, match=says):
        verb(segment, ellen, text)


@pytest.mark.parametrize("verb", [preview, edit, undo])
def test_frozen_text_is_out_of_date(approved, ellen, verb):
    with pytest.raises(OutOfDate, match="frozen"):
        verb(approved.segments.get(ordinal=6), ellen)


# --- saving -------------------------------------------------------------------------------------


def test_the_same_words_are_no_edit(edition, segment, carlos):
    edit(segment, carlos, f"  {FIRST}\n")
    assert now(segment) == (FIRST, Segment.Origin.UNCHANGED)
    assert carlos not in edition.authors.all()


def test_a_form_that_is_sent_twice_is_saved_once(segment, ellen):
    edit(segment, ellen)
    edit(segment, ellen)
    assert Event.objects.filter(kind="edited").count() == 1


def test_what_is_said_of_the_whole_edition_outlives_its_title(edition, ellen):
    title = edition.segments.get(ordinal=1)
    Finding.objects.create(
        segment=title, check_id="sections", severity="blocking", message="No section says so."
    )
    assert [f.check_id for f in preview(title, ellen, "Pills", title.text).findings] == ["sections"]
    edit(title, ellen, "Pills", title.text)
    assert title.findings.get().check_id == "sections"


def test_a_new_edition_lacks_what_the_old_one_lacked(edition, ellen, carlos):
    Finding.objects.create(
        segment=edition.segments.get(ordinal=1), check_id="sections", severity="warning",
        message="No section says so.",
    )  # fmt: skip
    new = succession.new_edition(edition=builders.approve(edition, carlos), actor=ellen)
    assert new.segments.get(ordinal=1).findings.get().check_id == "sections"


def test_a_form_that_changed_line_breaks_is_not_stale(edition, segment, ellen):
    edition.segments.filter(pk=segment.pk).update(text=FIRST.replace("twice", "\ntwice"))
    edit(segment, ellen, shown=FIRST.replace("twice", "\r\ntwice"))
    assert now(segment)[0] == SIMPLE


def test_a_stale_save_changes_nothing(segment, ellen, carlos):
    edit(segment, ellen)
    with pytest.raises(OutOfDate, match="Someone changed"):
        edit(segment, carlos, "Take it.")
    assert now(segment)[0] == SIMPLE
    assert editing.latest_change(segment).actor == ellen


# --- taking it back -----------------------------------------------------------------------------


def test_undo_brings_back_words_origin_findings_and_scores(edition, segment, ellen):
    quality.refresh(edition)
    before = edition.quality["scores"]
    edit(segment, ellen, WRONG)
    undo(segment, ellen, WRONG)
    assert now(segment) == (FIRST, Segment.Origin.UNCHANGED)
    assert not segment.findings.exists()
    edition.refresh_from_db()
    assert edition.quality["scores"] == edition.readability == before


def test_repeated_undo_walks_back_edit_by_edit(segment, ellen, carlos):
    edit(segment, ellen)
    edit(segment, carlos, "Take it.", SIMPLE)
    undo(segment, ellen, "Take it.")
    assert now(segment)[0] == SIMPLE
    undo(segment, ellen)
    assert now(segment)[0] == FIRST
    with pytest.raises(Refused, match="no edit"):
        undo(segment, ellen, FIRST)


def test_an_edit_after_an_undo_can_be_undone(segment, ellen):
    edit(segment, ellen)
    undo(segment, ellen)
    edit(segment, ellen, "Take it.")
    undo(segment, ellen, "Take it.")
    assert now(segment)[0] == FIRST


def test_a_stale_undo_is_refused(segment, ellen, carlos):
    edit(segment, ellen)
    edit(segment, carlos, "Take it.", SIMPLE)
    with pytest.raises(OutOfDate):
        undo(segment, ellen)
    assert now(segment)[0] == "Take it."


def test_words_changed_past_the_record_are_not_undone(segment, ellen):
    edit(segment, ellen)
    Segment.objects.filter(pk=segment.pk).update(text="Other words.")
    with pytest.raises(OutOfDate):
        undo(segment, ellen, "Other words.")


def test_undo_is_on_record_and_makes_an_author(edition, segment, ellen, carlos):
    edit(segment, ellen)
    undo(segment, carlos)
    event = edition.events.get(kind="undone")
    assert (event.actor, event.data["before"], event.data["after"]) == (carlos, SIMPLE, FIRST)
    assert carlos in edition.authors.all()


def test_an_undone_source_statement_is_marked_again(edition, segment, ellen):
    edition.segments.filter(pk=segment.pk).update(
        origin=Segment.Origin.SOURCE_KEPT, rejected_text=WRONG
    )
    edit(segment, ellen)
    assert not segment.findings.exists()
    undo(segment, ellen)
    assert segment.findings.get().check_id == "source_kept"


# --- two at a time ------------------------------------------------------------------------------


def at_once(*works):
    """Run each of ``works`` in a thread of its own, all from one moment; its result or refusal."""
    gate = Barrier(len(works))

    def run(work):
        gate.wait(10)
        try:
            return work()
        except Refused as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))


@pytest.mark.django_db(transaction=True)
def test_of_two_who_save_one_segment_at_once_one_is_told(segment, ellen, carlos):
    results = at_once(
        lambda: edit(segment, ellen, "Ellen's words."),
        lambda: edit(segment, carlos, "Carlos's words."),
    )
    (saved,) = [result for result in results if isinstance(result, Segment)]
    (refused,) = [result for result in results if isinstance(result, Refused)]
    assert isinstance(refused, OutOfDate)
    assert now(segment)[0] == saved.text
    assert Event.objects.filter(kind="edited").count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_who_save_two_segments_at_once_both_are_counted(edition, segment, ellen, carlos):
    other = edition.segments.get(ordinal=7)
    at_once(
        lambda: edit(segment, ellen),
        lambda: edit(other, carlos, "Ask your doctor first.", other.text),
    )
    saved = Edition.objects.get(pk=edition.pk)
    assert set(saved.authors.all()) == {ellen, carlos}
    assert saved.quality == quality.quality(saved)
