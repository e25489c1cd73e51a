"""What a clinician must look at in a new edition: what is other than in the approved one."""

import pytest

from content.services import comparing, editing, succession

TEXT = "Take 500 mg of metformin two times a day with meals."


@pytest.fixture
def new(approved, ellen):
    return succession.new_edition(edition=approved, actor=ellen)


def test_the_first_edition_has_nothing_before_it(edition):
    assert comparing.since_approved(edition) is None


def test_a_copy_is_the_same(new):
    found = comparing.since_approved(new)
    assert (found.number, found.changes, found.gone) == (1, {}, ())


def test_what_changed(new, ellen):
    row = new.segments.get(ordinal=6)
    editing.edit_segment(segment=row, actor=ellen, text=TEXT, shown=row.text)
    found = comparing.since_approved(new)
    change = found.changes[row.pk]
    assert (found.changed, found.new) == (1, 0)
    assert [run.words.strip() for run in change.before if run.differs] == ["twice"]
    assert [run.words.strip() for run in change.now if run.differs] == ["two times"]


def test_what_is_gone_and_what_is_new(new):
    row = new.segments.get(ordinal=7)
    row.statements.clear()
    row.text = "Rest."
    row.save()
    found = comparing.since_approved(new)
    assert found.gone == ("Do not stop metformin without asking your doctor.",)
    assert found.changes[row.pk].is_new and found.new == 1


def test_the_page_shows_it(as_user, new, ellen, carlos):
    row = new.segments.get(ordinal=6)
    editing.edit_segment(segment=row, actor=ellen, text=TEXT, shown=row.text)
    page = as_user(carlos).get(f"/desk/editions/{new.pk}/").content.decode()
    assert "Since edition 1" in page and "1 sentence changed" in page
    assert "Changed since edition 1" in page
