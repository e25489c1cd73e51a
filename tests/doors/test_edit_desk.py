"""The desk's editing: a check of the text as typed, a conflict with both texts, an undo."""

import pytest

from content.models import Event
from tests import builders

FIRST = "Take 500 mg of metformin twice a day with meals."
WRONG = "Take 900 mg of metformin twice a day with meals."
JSON = {"accept": "application/json"}


@pytest.fixture
def post(as_user, edition):
    """Post to a segment's address as a user: ``post(ellen, "check/", text=…)``."""
    segment = edition.segments.get(ordinal=6)

    def send(user, verb="", headers=None, **data):
        address = f"/desk/editions/{edition.pk}/segments/{segment.pk}/{verb}"
        return as_user(user).post(address, {"shown": FIRST, **data}, headers=headers or {})

    return send


def check(post, user, text, **data):
    return post(user, "check/", JSON, text=text, **data)


def page(answer) -> str:
    return answer.content.decode()


def test_a_check_tells_findings_notes_and_scores(post, ellen):
    told = check(post, ellen, "Take 900 mg of metformin, which is utilized twice a day.").json()
    assert told["blocking"] > 0
    assert "900 mg is not in the source." in [found["message"] for found in told["findings"]]
    assert {note["kind"] for note in told["notes"]} == {"passive", "jargon"}
    assert [score["scope"] for score in told["readability"]] == ["segment", "edition"]


def test_the_row_of_a_check_shows_what_it_tells(post, ellen):
    told = check(post, ellen, "Take 900 mg of metformin, which is utilized twice a day.").json()
    assert all(note["message"] in told["row"] for note in told["notes"])
    assert all(str(score["after"]) in told["row"] for score in told["readability"])
    assert "finding blocking" in told["row"]


VERDICTS = [
    (WRONG, "findings must be mended."),
    (FIRST, "The checks find nothing wrong."),
]


@pytest.mark.parametrize(("text", "verdict"), VERDICTS)
def test_a_check_comes_to_a_verdict(post, ellen, text, verdict):
    assert verdict in check(post, ellen, text).json()["verdict"]


def test_a_check_saves_nothing(post, edition, ellen):
    check(post, ellen, WRONG)
    assert edition.segments.get(ordinal=6).text == FIRST
    assert not Event.objects.filter(kind="edited").exists()


def test_a_check_warns_of_a_change_meanwhile(post, ellen, carlos):
    post(carlos, text="Take 500 mg of metformin with meals.")
    told = check(post, ellen, WRONG).json()
    assert (told["stale"], told["verdict"]) == (True, "Someone changed this text meanwhile.")
    assert "Take 500 mg of metformin with meals." in told["row"]


def test_what_is_typed_is_escaped(post, ellen):
    told = check(post, ellen, "<script>alert(1)</script> is utilized by you for a long, long time.")
    assert "<script>" not in told.json()["row"]


@pytest.mark.parametrize("text", ["", "word " * 401])
def test_a_refused_check_says_why(post, ellen, text):
    answer = check(post, ellen, text)
    assert answer.status_code == 422
    assert "A segment" in answer.json()["verdict"]


def test_frozen_text_is_not_checked(post, edition, ellen, carlos):
    builders.approve(edition, carlos)
    answer = check(post, ellen, WRONG)
    assert (answer.status_code, "frozen" in answer.json()["verdict"]) == (409, True)


@pytest.mark.parametrize("who", ["teresa", "ada"])
@pytest.mark.parametrize("verb", ["", "check/", "undo/"])
def test_only_those_who_may_edit_get_through(request, post, who, verb):
    answer = post(request.getfixturevalue(who), verb, JSON, text=WRONG)
    assert answer.status_code == 422
    assert "Only an educator or a clinician" in page(answer)


@pytest.mark.parametrize("verb", ["", "check/", "undo/"])
def test_strangers_are_sent_to_the_login(client, edition, verb):
    segment = edition.segments.get(ordinal=6)
    answer = client.post(f"/desk/editions/{edition.pk}/segments/{segment.pk}/{verb}")
    assert "/admin/login/" in answer.url


@pytest.mark.parametrize("verb", ["", "check/", "undo/"])
def test_a_segment_is_reached_by_its_own_edition_only(as_user, edition, ellen, verb):
    segment = edition.segments.get(ordinal=6)
    path = f"/desk/editions/{edition.pk + 1}/segments/{segment.pk}/{verb}"
    assert as_user(ellen).post(path).status_code == 404


# --- without a script ---------------------------------------------------------------------------


def test_a_check_without_a_script_is_a_page_with_the_typed_text(post, ellen):
    answer = post(ellen, "check/", text=WRONG)
    assert answer.status_code == 200
    assert f">{WRONG}</textarea>" in page(answer)
    assert "900 mg is not in the source." in page(answer)


def test_a_stale_save_shows_both_texts_and_who_saved(post, edition, ellen, carlos):
    post(carlos, text="Take 500 mg of metformin with meals.")
    answer = post(ellen, text="Take 500 mg of metformin twice a day with food.")
    assert answer.status_code == 409
    (row,) = [row for row in answer.context["rows"] if row.conflict]
    assert (
        "".join(run.words for run in row.conflict.saved) == "Take 500 mg of metformin with meals."
    )
    assert [run.words for run in row.conflict.typed if run.differs] == ["twice a day ", "food."]
    assert row.conflict.change.actor == carlos
    assert 'class="conflict"' in page(answer)


def test_after_a_conflict_a_second_save_is_knowing(post, edition, ellen, carlos):
    post(carlos, text="Take 500 mg of metformin with meals.")
    post(ellen, text=WRONG)
    assert edition.segments.get(ordinal=6).text == "Take 500 mg of metformin with meals."
    post(ellen, text=WRONG, shown="Take 500 mg of metformin with meals.")
    assert edition.segments.get(ordinal=6).text == WRONG


def test_typed_words_survive_an_approval_meanwhile(post, edition, ellen, carlos):
    builders.approve(edition, carlos)
    answer = post(ellen, text="My long new words.")
    assert answer.status_code == 409
    assert "My long new words." in page(answer)


def test_an_edit_is_undone_from_its_row(post, edition, ellen):
    post(ellen, text=WRONG)
    assert edition.segments.get(ordinal=6).text == WRONG
    answer = post(ellen, "undo/", shown=WRONG)
    segment = edition.segments.get(ordinal=6)
    assert (answer.url, segment.text) == (f"/desk/editions/{edition.pk}/#s{segment.pk}", FIRST)


def test_a_stale_undo_says_so_beside_the_text(post, ellen):
    post(ellen, text=WRONG)
    answer = post(ellen, "undo/", shown=FIRST)
    assert answer.status_code == 409
    assert "Someone changed this text" in page(answer)


def test_undo_is_offered_where_there_is_an_edit(as_user, post, edition, ellen):
    path = f"/desk/editions/{edition.pk}/"
    assert "/undo/" not in page(as_user(ellen).get(path))
    post(ellen, text=WRONG)
    assert page(as_user(ellen).get(path)).count("/undo/") == 1


def test_a_clinician_is_told_what_an_edit_costs(as_user, edition, ellen, carlos):
    told = "another clinician must approve"
    path = f"/desk/editions/{edition.pk}/"
    assert told in page(as_user(carlos).get(path))
    assert told not in page(as_user(ellen).get(path))
