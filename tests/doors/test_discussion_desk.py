"""Comments and verdicts by the pages of both desks; one sentence of a translation by its forms."""

import pytest

from content.models import Comment, TermbaseEntry, TranslatedSegment, Verdict
from content.services import discussing


@pytest.fixture
def row(translation) -> TranslatedSegment:
    return translation.segments.get(segment__ordinal=6)


def address(row, what=""):
    return f"/desk/translations/{row.translation_id}/segments/{row.pk}/{what}"


def page_of(client, row) -> str:
    return client.get(f"/desk/translations/{row.translation_id}/").content.decode()


def test_a_word_on_each_desk(as_user, edition, translation, row, carlos, teresa):
    segment = edition.segments.get(ordinal=6)
    as_user(carlos).post(f"/desk/edition/segments/{segment.pk}/judge/", {"mend": segment.text})
    as_user(teresa).post(f"/desk/translation/segments/{row.pk}/judge/", {"accept": row.text})
    assert list(Verdict.objects.order_by("pk").values_list("accepted", flat=True)) == [False, True]
    assert "Accepted by Teresa" in page_of(as_user(teresa), row)
    as_user(teresa).post(f"/desk/translation/segments/{row.pk}/judge/", {"back": row.text})
    assert Verdict.objects.count() == 1


def test_a_refused_word_is_told(as_user, row, teresa):
    answer = as_user(teresa).post(
        f"/desk/translation/segments/{row.pk}/judge/", {"accept": "Old."},
        follow=True,
    )  # fmt: skip
    assert "Someone changed this text" in answer.content.decode()


def test_comments_are_written_and_resolved(as_user, row, teresa):
    client = as_user(teresa)
    client.post(f"/desk/translation/segments/{row.pk}/comment/", {"comment": "Is it “com”?"})
    assert "Is it “com”?" in page_of(client, row)
    client.post(f"/desk/comments/{Comment.objects.get().pk}/resolve/")
    assert "Resolved by Teresa" in page_of(client, row)


@pytest.mark.parametrize("path", ["translation/segments/{}/comment/", "nothing/segments/{}/judge/"])
def test_other_languages_and_other_kinds_are_not_there(as_user, row, sahra, path):
    assert as_user(sahra).post(f"/desk/{path.format(row.pk)}").status_code == 404


def test_a_comment_in_another_language_cannot_be_resolved(as_user, row, sahra, teresa):
    made = discussing.comment(row=row, actor=teresa, text="Is it so?")
    assert as_user(sahra).post(f"/desk/comments/{made.pk}/resolve/").status_code == 404


def test_a_sentence_is_checked_while_it_is_typed(as_user, row, teresa):
    told = as_user(teresa).post(
        address(row, "check/"), {"text": row.text.replace("500", "900"), "shown": row.text},
        headers={"accept": "application/json"},
    ).json()  # fmt: skip
    assert told["blocking"] >= 1
    assert 'data-insert="500 mg"' in told["row"]


def test_it_is_checked_without_scripts_too(as_user, row, teresa):
    text = row.text.replace("500", "900")
    page = as_user(teresa).post(address(row, "check/"), {"text": text, "shown": row.text})
    assert "500 mg is missing." in page.content.decode()
    assert text in page.content.decode()


@pytest.mark.parametrize("json", [True, False])
def test_an_empty_text_is_refused_in_words(as_user, row, teresa, json):
    headers = {"accept": "application/json"} if json else {}
    answer = as_user(teresa).post(address(row, "check/"), {"text": " "}, headers=headers)
    assert answer.status_code == 422
    assert "cannot be empty" in answer.content.decode()


def test_a_stale_save_keeps_what_was_typed(as_user, row, teresa):
    answer = as_user(teresa).post(address(row), {"text": "Meu texto novo.", "shown": "Old."})
    assert answer.status_code == 409
    assert "Meu texto novo." in answer.content.decode()


def test_house_terms_stand_beside_the_source(as_user, row, teresa):
    TermbaseEntry.objects.create(language="pt-BR", source="metformin", preferred="metformina")
    page = page_of(as_user(teresa), row)
    assert 'data-insert="metformina"' in page


def test_what_was_changed_is_shown_by_the_letter(as_user, row, teresa):
    client = as_user(teresa)
    client.post(address(row), {"text": row.text.replace("Tome", "Tomem"), "shown": row.text})
    page = page_of(client, row)
    assert "What was changed" in page and "Tome<mark>m</mark>" in page
