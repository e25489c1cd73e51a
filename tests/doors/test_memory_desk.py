"""What the translator's desk offers from memory."""

import pytest

from content.models import MemoryEntry, TranslatedSegment
from content.text.fingerprint import fingerprint

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
    page = page_of(as_user(teresa), row)
    assert "1 similar sentence in memory" in page
    assert "<mark>850 </mark>" in page and TARGET in page


def test_starting_from_it_saves_it_and_checks_it(as_user, row, teresa):
    client = as_user(teresa)
    address = f"/desk/translations/{row.translation_id}/segments/{row.pk}/"
    assert client.post(address, {"shown": row.text, "text": TARGET}).status_code == 302
    page = page_of(client, row)
    assert "similar sentence" not in page  # a person has settled it
    assert "500 mg is missing" in page


def test_who_may_not_edit_is_offered_nothing(as_user, row, carlos):
    assert "similar sentence" not in page_of(as_user(carlos), row)
