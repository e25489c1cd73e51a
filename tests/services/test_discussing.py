"""Comments on segments and a reviewer's word on each: what they hold back, and whom they tell."""

import pytest

from content.models import Comment, Event, Notice, Verdict
from content.services import correcting, discussing, editing, reviewing
from content.services.errors import OutOfDate, Refused


@pytest.fixture
def row(edition):
    return edition.segments.get(ordinal=6)


def judge(row, actor, accepted=True):
    return discussing.judge(row=row, actor=actor, accepted=accepted, shown=row.text)


def approve(edition, actor):
    return reviewing.approve_edition(
        edition=edition, actor=actor, shown=edition.compute_fingerprint()
    )


def test_a_sentence_to_be_mended_holds_back_approval_until_it_is(edition, row, carlos, ellen):
    judge(row, carlos, accepted=False)
    with pytest.raises(Refused, match="1 sentence is marked"):
        approve(edition, carlos)
    editing.edit_segment(
        segment=row, actor=ellen, shown=row.text,
        text="Take 500 mg of metformin two times a day with meals.",
    )  # fmt: skip
    approve(edition, carlos)


def test_a_change_of_mind_is_one_word(edition, row, carlos):
    judge(row, carlos, accepted=False)
    judge(row, carlos, accepted=True)
    assert Verdict.objects.count() == 1
    discussing.take_verdict_back(row=row, actor=carlos)
    assert not Verdict.objects.exists()
    approve(edition, carlos)


def test_a_word_on_other_words_is_refused(row, carlos):
    with pytest.raises(OutOfDate):
        discussing.judge(row=row, actor=carlos, accepted=True, shown="Something else.")


def test_only_reviewers_judge(edition, row, translation, ellen, sahra, teresa):
    translated = translation.segments.first()
    for one, who in ((row, ellen), (translated, sahra), (translated, ellen)):
        with pytest.raises(Refused):
            judge(one, who)
    judge(translated, teresa)


def test_an_open_comment_holds_back_approval_until_it_is_resolved(edition, row, ellen, carlos):
    made = discussing.comment(row=row, actor=carlos, text="Is it always with meals?")
    with pytest.raises(Refused, match="Resolve 1 open comment"):
        approve(edition, carlos)
    discussing.resolve(comment=made, actor=ellen)
    made.refresh_from_db()
    assert made.resolved_by == ellen
    with pytest.raises(OutOfDate):
        discussing.resolve(comment=made, actor=carlos)
    approve(edition, carlos)
    kinds = list(Event.objects.order_by("pk").values_list("kind", flat=True))
    assert kinds[:2] == ["commented", "resolved"]


def test_writers_and_those_who_spoke_are_told_once(row, ellen, carlos, clara):
    discussing.comment(row=row, actor=carlos, text="Is it always with meals?")
    discussing.comment(row=row, actor=carlos, text="And how long?")
    assert [n.user for n in Notice.objects.filter(kind="comment")] == [ellen]
    discussing.comment(row=row, actor=clara, text="I wonder too.")
    assert {n.user for n in Notice.objects.filter(kind="comment")} == {ellen, carlos}


@pytest.mark.parametrize(
    ("text", "says"),
    [("  ", "Write the comment"), ("MRN 12345678 asked.", "patient"), ("x" * 2001, "at most 2000")],
)
def test_a_comment_that_cannot_be(row, carlos, text, says):
    with pytest.raises(Refused, match=says):
        discussing.comment(row=row, actor=carlos, text=text)
    assert not Comment.objects.exists()


def test_a_translation_is_held_back_the_same_way(translation, teresa):
    row = translation.segments.get(segment__ordinal=6)
    judge(row, teresa, accepted=False)
    with pytest.raises(Refused, match="marked"):
        reviewing.approve_translation(
            translation=translation, actor=teresa, shown=translation.compute_fingerprint()
        )


def test_what_a_translation_would_be_like(translation, teresa, sahra):
    row = translation.segments.get(segment__ordinal=6)
    wrong = row.text.replace("500", "900")
    found = correcting.preview_translation(row=row, actor=teresa, text=wrong, shown=row.text)
    assert found.blocking and not found.saved
    assert any(one.insert == "500 mg" for one in found.findings)
    stale = correcting.preview_translation(row=row, actor=teresa, text=wrong, shown="Other.")
    assert stale.saved == row.text
    assert not row.findings.exists()
    with pytest.raises(Refused):
        correcting.preview_translation(row=row, actor=sahra, text=wrong, shown=row.text)
