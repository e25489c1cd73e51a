"""What the translator's desk offers from memory."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from content.models import BackTranslation, MemoryEntry, TranslatedSegment
from content.text.fingerprint import fingerprint
from tests.conftest import qualify

CLOSE = "Take 850 mg of metformin two times a day with meals."
TARGET = "Tome 850 mg de metformina duas vezes ao dia com as refeições."


@pytest.fixture
def row(translation) -> TranslatedSegment:
    MemoryEntry.objects.create(
        language="pt-BR", source=CLOSE, target=TARGET, translation=translation,
        source_fingerprint=fingerprint([CLOSE]),
    )  # fmt: skip
    found = translation.segments.get(segment__text__contains="500 mg")
    found.origin = TranslatedSegment.Origin.MACHINE
    found.save()
    return found


def page_of(client, row) -> str:
    return client.get(f"/desk/translations/{row.translation_id}/").content.decode()


def test_a_close_sentence_is_shown_with_what_differs(as_user, row, teresa):
    client = as_user(teresa)
    address = f"/desk/translations/{row.translation_id}/segments/{row.pk}/memory/"
    assert address in page_of(client, row)
    part = client.get(address).content.decode()
    assert "1 similar sentence in memory" in part
    assert "<mark>850 </mark>" in part and TARGET in part


def test_starting_from_it_saves_it_and_checks_it(as_user, row, teresa):
    client = as_user(teresa)
    address = f"/desk/translations/{row.translation_id}/segments/{row.pk}/"
    assert client.post(address, {"shown": row.text, "text": TARGET}).status_code == 302
    page = page_of(client, row)
    assert f"segments/{row.pk}/memory/" not in page  # a person has settled it
    assert "500 mg is missing" in page


def test_who_may_not_edit_is_offered_nothing(as_user, row, carlos):
    assert "/memory/" not in page_of(as_user(carlos), row)


def xliff_of(client, row) -> bytes:
    answer = client.get(f"/desk/translations/{row.translation_id}/xliff/")
    assert answer["Content-Disposition"].endswith('.xlf"')
    return answer.content


def send(client, row, content: bytes | None):
    files = {"file": SimpleUploadedFile("back.xlf", content)} if content is not None else {}
    return client.post(f"/desk/translations/{row.translation_id}/file/", files)


def test_a_file_goes_out_and_comes_back(as_user, row, teresa):
    client = as_user(teresa)
    content = xliff_of(client, row).replace(row.text.encode(), b"Tome 500 mg, duas vezes ao dia.")
    page = send(client, row, content).content.decode()
    assert "1 sentence saved." in page
    row.refresh_from_db()
    assert row.text == "Tome 500 mg, duas vezes ao dia."


@pytest.mark.parametrize(
    ("content", "told"), [(None, "Choose a file first."), (b"<a>", "not well-formed XML")]
)
def test_a_bad_file_is_refused_beside_its_field(as_user, row, teresa, content, told):
    answer = send(as_user(teresa), row, content)
    assert answer.status_code == 422 and told in answer.content.decode()
    assert 'id="file-refused" role="alert"' in answer.content.decode()


def test_what_was_not_taken_is_named(as_user, row, teresa):
    client = as_user(teresa)
    content = xliff_of(client, row).replace(
        b'<source xml:space="preserve">Call 911', b"<source>Dial 911"
    )
    page = send(client, row, content).content.decode()
    assert "Not taken:" in page and "The English has changed since." in page


def test_who_does_not_know_the_language_gets_no_file(as_user, row, sahra):
    assert as_user(sahra).get(f"/desk/translations/{row.translation_id}/xliff/").status_code == 404
    assert send(as_user(sahra), row, b"<a/>").status_code == 404


def test_what_was_read_back_stands_below_the_source(as_user, row, teresa):
    BackTranslation.objects.create(
        translated_segment=row, of=row.text, engine="reader",
        text="Take 500 mg of metformin twice a day with food.",
    )  # fmt: skip
    page = page_of(as_user(teresa), row)
    assert "Read back by a machine" in page and "<mark>food.</mark>" in page
    assert "it proves nothing" in page
    row.text += " Já."
    row.save()
    assert "Read back by a machine" not in page_of(as_user(teresa), row)


def test_what_no_check_looks_for_is_named(as_user, translation, sahra):
    assert "Look yourself for" not in page_of(as_user(sahra), translation.segments.first())
    translation.language = "uk"
    translation.save()
    qualify(sahra, "uk")
    page = page_of(as_user(sahra), translation.segments.first())
    assert "The checks do not know enough words of Ukrainian." in page
    assert "<li>left and right</li>" in page
    assert "No validated formula is known for this language." in page
    assert "words on average; the longest has" in page
