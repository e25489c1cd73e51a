from dataclasses import replace
from pathlib import Path

import pytest

from content import languages
from content.engines.base import EngineConfig
from content.engines.translator import choose
from content.engines.translator.ctranslate import CheckpointTranslator
from content.engines.translator.offline_pt import OfflinePortuguese
from tests.engines.translator.conftest import CHECKPOINT

SOMALI, PORTUGUESE = languages.get("so"), languages.get("pt-BR")


@pytest.fixture
def bare(tmp_path: Path) -> EngineConfig:
    return EngineConfig("", False, False, tmp_path, 1)


@pytest.fixture
def full(converted: Path, cache: Path) -> EngineConfig:
    return EngineConfig(str(CHECKPOINT), True, True, cache, 1)


def test_nllb_comes_before_offline_portuguese(full: EngineConfig):
    kinds = [type(engine) for engine in choose.available(full)]
    assert kinds == [CheckpointTranslator, OfflinePortuguese]
    assert isinstance(choose.for_language(PORTUGUESE, full), CheckpointTranslator)


def test_offline_portuguese_serves_portuguese_alone(bare: EngineConfig):
    config = replace(bare, offline_portuguese=True)
    assert isinstance(choose.for_language(PORTUGUESE, config), OfflinePortuguese)
    assert choose.for_language(SOMALI, config) is None


def test_nothing_set_up_is_nothing_available(bare: EngineConfig):
    assert choose.available(bare) == []


def test_a_licence_not_accepted_is_an_engine_not_there(full: EngineConfig):
    config = replace(full, nllb_licence_accepted=False)
    assert [type(engine) for engine in choose.available(config)] == [OfflinePortuguese]


def test_the_engine_is_the_same_at_the_next_task(full: EngineConfig):
    assert choose.for_language(SOMALI, full) is choose.for_language(SOMALI, full)


def test_the_engine_works(full: EngineConfig):
    engine = choose.for_language(languages.get("fr"), full)
    assert (
        engine.translate(["Stop smoking."], languages.get("fr"))[0][0].text == "Arrêtez de fumer."
    )
    assert engine.identity.name == "nllb-tiny int8"
    assert engine.identity.revision.startswith("sha256:")
    assert "Non-commercial" in engine.identity.notice


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({}, "no model is named in EDUENGINE_NLLB or EDUENGINE_TRANSLATORS"),
        ({"others": ("org/opus",)}, "org/opus is not prepared yet"),
        ({"nllb": "org/nllb"}, "no administrator has accepted the licence"),
        ({"nllb": "org/nllb", "nllb_licence_accepted": True}, "org/nllb is not prepared yet"),
    ],
)
def test_why_there_is_no_engine(bare: EngineConfig, change: dict, reason: str):
    message = choose.why_none(SOMALI, replace(bare, **change))
    assert message.startswith("No translation engine is set up for Somali: ")
    assert reason in message
    assert message.endswith("a human translator starts from the memory only.")


def test_why_there_is_no_portuguese(bare: EngineConfig):
    assert "EDUENGINE_OFFLINE_PORTUGUESE" in choose.why_none(PORTUGUESE, bare)


def test_no_reason_where_there_is_an_engine(full: EngineConfig):
    assert choose.why_none(SOMALI, full) == ""


def test_english_is_not_translated_into(full: EngineConfig):
    assert choose.for_language(languages.ENGLISH, full) is None
    assert "translated from" in choose.why_none(languages.ENGLISH, full)
