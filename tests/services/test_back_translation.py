"""What a machine reads back: shown beside the sentence, gone when it changes, no gate at all."""

import pytest

from content import languages
from content.engines.translator.base import EngineIdentity, Hypothesis, SentenceRefused
from content.models import BackTranslation, Translation
from content.services import back_translation, correcting, reviewing
from content.services.back_translation import due, read_back, shown
from tests.services.test_translation_gate import approve

pytestmark = pytest.mark.django_db


class Reader:
    """An engine into English that answers in capitals, and refuses what has a "ç"."""

    identity = EngineIdentity("reader", "7", "none", "")

    def __init__(self) -> None:
        self.asked: list[str] = []

    def supports(self, target, source=languages.ENGLISH) -> bool:
        return target is languages.ENGLISH

    def translate(self, sentences, target, source=languages.ENGLISH):
        for index, sentence in enumerate(sentences):
            if "ç" in sentence:
                raise SentenceRefused(index, "no")
        self.asked += sentences
        return [[Hypothesis(sentence.upper(), -0.1)] for sentence in sentences]


@pytest.fixture
def reader(monkeypatch) -> Reader:
    made = Reader()
    monkeypatch.setattr(back_translation, "for_language", lambda *_: made)
    return made


@pytest.fixture
def rows(translation: Translation):
    """Two settled texts of the translation, as on the desk."""
    return list(translation.segments.select_related("segment", "back_translation"))


def again(rows, place: int):
    return (
        type(rows[place])
        .objects.select_related("segment", "back_translation")
        .get(pk=rows[place].pk)
    )


def test_what_an_engine_can_read_is_due_until_it_is_read(translation, reader):
    assert due() == [translation.pk]
    read_back(translation.pk)
    assert due() == []
    many = len(reader.asked)
    read_back(translation.pk)
    assert len(reader.asked) == many


def test_nothing_is_due_where_no_engine_reads(translation, monkeypatch):
    monkeypatch.setattr(back_translation, "for_language", lambda *_: None)
    assert due() == []
    read_back(translation.pk)
    assert not BackTranslation.objects.exists()


def test_it_says_which_words_differ(translation, reader, rows):
    read_back(translation.pk)
    found = shown(again(rows, 0))
    assert found is not None and found.engine == "reader"
    assert "".join(run.words for run in found.runs) == rows[0].text.upper()
    assert any(run.differs for run in found.runs)


def test_it_goes_when_the_words_change_and_comes_back(translation, teresa, reader, rows):
    read_back(translation.pk)
    row = again(rows, 0)
    correcting.edit_translation(row=row, actor=teresa, text=f"{row.text} Já.", shown=row.text)
    assert shown(again(rows, 0)) is None
    assert due() == [translation.pk]
    read_back(translation.pk)
    assert shown(again(rows, 0)) is not None


def test_a_sentence_that_is_refused_is_not_asked_again(translation, teresa, reader, rows):
    row = rows[0]
    correcting.edit_translation(row=row, actor=teresa, text="Ação agora.", shown=row.text)
    read_back(translation.pk)
    assert shown(again(rows, 0)) is None
    assert due() == []


def test_it_is_never_counted_as_approval(translation, teresa, reader, rows):
    before = translation.compute_fingerprint()
    why = reviewing.why_not_approve_translation(translation, teresa)
    read_back(translation.pk)
    translation.refresh_from_db()
    assert translation.state == Translation.State.IN_REVIEW
    assert translation.compute_fingerprint() == before
    assert reviewing.why_not_approve_translation(translation, teresa) == why


def test_what_is_approved_is_left_alone(translation, teresa, reader):
    approve(translation, teresa)
    assert due() == []
    read_back(translation.pk)
    assert not BackTranslation.objects.exists()
