"""Which hypothesis becomes the draft, what is asked of an engine, and languages side by side."""

import pytest

from content import languages
from content.engines.base import PermanentEngineError
from content.engines.translator.base import EngineIdentity, Hypothesis, SentenceRefused
from content.models import JobState, TranslatedSegment, Translation
from content.safety.termbase import Termbase
from content.services import editing, succession, translating, workflow
from content.services.translating import safest
from tests import builders
from tests.services.test_translation_gate import approve

pytestmark = pytest.mark.django_db

SPANISH = Termbase(languages.get("es"), [])
SOURCE = "Do not take more than 5 mg a day."
RIGHT = Hypothesis("No tome más de 5 mg al día.", -0.9)
OTHER_DOSE = Hypothesis("No tome más de 50 mg al día.", -0.2)
NO_NOT = Hypothesis("Tome más de 5 mg al día.", -0.3)


@pytest.mark.parametrize(
    ("hypotheses", "chosen"),
    [
        ([RIGHT, OTHER_DOSE], RIGHT),
        ([OTHER_DOSE, NO_NOT, RIGHT], RIGHT),
        ([OTHER_DOSE, NO_NOT], OTHER_DOSE),  # it goes to the desk with its findings
        ([OTHER_DOSE], OTHER_DOSE),
    ],
)
def test_the_best_that_passes_the_checks(hypotheses, chosen):
    assert safest(SOURCE, hypotheses, SPANISH) is chosen


def test_a_refusal_stays_one():
    refusal = SentenceRefused(0, "too long")
    assert safest(SOURCE, refusal, SPANISH) is refusal


SIMPLE = "Take 500 mg of metformin 2 times a day with food."


class Counting:
    """An engine that repeats its input, one hypothesis each, and keeps what it was asked."""

    identity = EngineIdentity("counting", "1", "none", "")

    def __init__(self, broken: str = "") -> None:
        self.asked: list[tuple[str, str]] = []
        self._broken = broken

    def supports(self, target, source=languages.ENGLISH) -> bool:
        return True

    def translate(self, sentences, target, source=languages.ENGLISH):
        if target.code == self._broken:
            raise PermanentEngineError("This model is damaged.")
        self.asked += [(target.code, sentence) for sentence in sentences]
        return [[Hypothesis(sentence, None)] for sentence in sentences]


@pytest.fixture
def engine(monkeypatch):
    """What every language is translated by: ``engine(broken="es")``."""

    def use(**given) -> Counting:
        made = Counting(**given)
        monkeypatch.setattr(translating, "for_language", lambda target, config: made)
        return made

    return use


def run_all(edition):
    for row in edition.translations.order_by("pk"):
        workflow.run(Translation, row.pk, translating.translate)
    return {row.language: row for row in edition.translations.all()}


def twelve(edition) -> list[str]:
    codes = ["es", "pt-BR", "fr", "zh-Hans", "vi", "ar", "ru", "ko", "tl", "ht", "so", "hi"]
    edition.languages = codes
    edition.save(update_fields=["languages"])
    return codes


def test_each_language_is_a_row_of_its_own_and_one_that_fails_holds_up_no_other(
    edition, carlos, engine
):
    codes = twelve(edition)
    engine(broken="fr")
    builders.approve(edition, carlos)
    rows = run_all(edition)
    assert set(rows) == set(codes)
    assert (rows["fr"].job_state, rows["fr"].error) == (JobState.FAILED, "This model is damaged.")
    others = [row for code, row in rows.items() if code != "fr"]
    assert {row.job_state for row in others} == {JobState.DONE}
    many = edition.segments.count()
    assert {(row.progress_done, row.progress_total) for row in others} == {(many, many)}
    assert all(row.segments.count() == many for row in others)


def test_a_changed_edition_sends_only_what_changed_to_the_model(
    translation, ellen, carlos, teresa, engine
):
    approve(translation, teresa)
    new = succession.new_edition(edition=translation.edition, actor=ellen)
    changed = new.segments.get(text__contains="500 mg")
    editing.edit_segment(segment=changed, actor=ellen, text=SIMPLE, shown=changed.text)
    asked = engine().asked
    builders.approve(new, carlos)
    rows = run_all(new)
    assert asked == [("pt-BR", SIMPLE)]
    assert rows["pt-BR"].segments.filter(origin=TranslatedSegment.Origin.MEMORY).count() == (
        new.segments.count() - 1
    )


def test_a_restart_does_not_translate_again(approved, engine):
    asked = engine().asked
    row = approved.translations.get(language="pt-BR")
    workflow.run(Translation, row.pk, translating.translate)
    before = len(asked)
    Translation.objects.filter(pk=row.pk).update(job_state=JobState.WAITING, state="drafting")
    workflow.run(Translation, row.pk, translating.translate)
    assert before == len(asked) > 0


def test_a_sentence_that_an_engine_refuses_is_an_empty_box_with_the_reason(approved, monkeypatch):
    class Refusing(Counting):
        def translate(self, sentences, target, source=languages.ENGLISH):
            if sentences:
                raise SentenceRefused(0, "too long")
            return []

    monkeypatch.setattr(translating, "for_language", lambda target, config: Refusing())
    row = run_all(approved)["pt-BR"]
    first = row.segments.first()
    assert (first.text, first.origin) == ("", TranslatedSegment.Origin.EMPTY)
    assert any("too long" in one.message for one in first.findings.all())


def test_without_an_engine_the_desk_is_empty(approved, monkeypatch):
    monkeypatch.setattr(translating, "for_language", lambda target, config: None)
    row = run_all(approved)["pt-BR"]
    assert row.state == Translation.State.IN_REVIEW
    assert set(row.segments.values_list("text", flat=True)) == {""}
