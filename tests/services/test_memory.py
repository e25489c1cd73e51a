"""What memory offers for a sentence that was translated before, or nearly."""

import pytest

from content.models import MemoryEntry, Publication
from content.services import memory, publishing
from content.text.fingerprint import fingerprint

pytestmark = pytest.mark.django_db

TAKE = ("Take 5 mg of warfarin once a day.", "Tome 5 mg de varfarina uma vez ao dia.")


def offered(text, language):
    return memory.suggestions([text], language)[text]


@pytest.fixture
def remember(translation):
    def add(source, target, language="pt-BR"):
        return MemoryEntry.objects.create(
            language=language, source=source, target=target, translation=translation,
            source_fingerprint=fingerprint([source]),
        )  # fmt: skip

    return add


def test_the_same_words_are_found_and_the_latest_translation_counts(remember):
    remember(*TAKE)
    remember("Rest.", "Descanse.")
    assert memory.exact([TAKE[0], "Walk."], "pt-BR") == {TAKE[0]: TAKE[1]}
    assert memory.exact([TAKE[0]], "es") == {}


def test_a_close_sentence_is_offered_with_what_differs(remember):
    remember(*TAKE)
    (found,) = offered("Take 50 mg of warfarin once a day.", "pt-BR")
    assert found.target == TAKE[1] and 90 < found.percent < 100
    assert [run.words.strip() for run in found.runs if run.differs] == ["5"]
    assert "".join(run.words for run in found.runs) == TAKE[0]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (TAKE[0], "pt-BR"),  # exact: it was reused already
        (TAKE[0].upper(), "pt-BR"),
        ("Call your clinic if you fall.", "pt-BR"),
        ("Take 50 mg of warfarin once a day.", "es"),
        ("", "pt-BR"),
    ],
)
def test_nothing_is_offered(remember, text, language):
    remember(*TAKE)
    assert offered(text, language) == []


def test_the_closest_come_first_and_no_translation_twice(remember):
    for number in (6, 7, 8, 9):
        remember(f"Take {number} mg of warfarin once a day.", f"Tome {number} mg.")
    remember("Take 7 mg of warfarin every day.", "Tome 7 mg.")
    found = offered("Take 5 mg of warfarin once a day.", "pt-BR")
    assert len(found) == memory.AT_MOST
    assert [one.percent for one in found] == sorted((one.percent for one in found), reverse=True)
    assert len({one.target for one in found}) == len(found)


def test_what_is_new_is_found_and_what_is_withdrawn_is_forgotten(remember):
    close = "Take 5 mg of warfarin two times a day."
    assert offered(close, "pt-BR") == []
    entry = remember(*TAKE)
    assert offered(close, "pt-BR")
    entry.delete()
    assert offered(close, "pt-BR") == []


def test_withdrawing_a_publication_takes_its_suggestions_back(translation, teresa, carlos):
    from tests.services.test_translation_gate import approve

    approve(translation, teresa)
    close = "Take 500 mg of metformin three times a day with meals."
    assert offered(close, "pt-BR")
    publication = Publication.objects.get(language="pt-BR")
    publishing.withdraw(publication=publication, actor=carlos, reason="A dose was wrong.")
    assert offered(close, "pt-BR") == []


def test_the_sentences_of_a_page_are_looked_up_together(remember, django_assert_num_queries):
    remember(*TAKE)
    texts = [f"Take {number} mg of warfarin once a day." for number in range(20, 60)]
    memory.suggestions(texts[:1], "pt-BR")
    with django_assert_num_queries(2):
        found = memory.suggestions(texts, "pt-BR")
    assert all(found[text] for text in texts)
