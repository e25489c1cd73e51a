"""The pruned vocabulary: what is within it comes out the same, what is not goes to the whole."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import ctranslate2
import pytest

from content import languages
from content.engines.base import EngineConfig, PermanentEngineError
from content.engines.translator import choose, pruning
from content.engines.translator.base import Translator
from content.engines.translator.ctranslate import CheckpointTranslator
from content.engines.translator.layouts import NLLB
from content.engines.translator.pruning import Pruned, prune, pruned
from content.engines.translator.tokens import open_tokens
from content.engines.translator.weights import MANIFEST, prepared
from content.languages import ENGLISH
from tests.engines.translator.conftest import CHECKPOINT, IDENTITY, PAIRS, best, quiet

SPANISH, FRENCH, ARABIC = (languages.get(code) for code in ("es", "fr", "ar"))
HELD_OUT = "Arrêtez de fumer."


def corpus(*codes: str) -> dict[languages.Language, list[str]]:
    """All that the tiny checkpoint was trained on, often enough for a tenth to be set aside."""
    pairs = [pair for code in codes for pair in PAIRS[code]]
    lines = {languages.get(code): [target for _, target in PAIRS[code]] * 3 for code in codes}
    return {ENGLISH: [english for english, _ in pairs] * 3, **lines}


@pytest.fixture(scope="module")
def whole(converted: Path, cache: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache of its own: the others keep a model that is not pruned."""
    own = tmp_path_factory.mktemp("pruning")
    shutil.copytree(cache / "translators", own / "translators", ignore=lambda *_: [".lock"])
    return own


@pytest.fixture(scope="module")
def small(whole: Path) -> Pruned:
    found = prepared(str(CHECKPOINT), whole)
    assert found is not None
    prune(found, corpus("es", "ar"), quiet)
    result = pruned(found)
    assert result is not None
    return result


@pytest.fixture(scope="module")
def config(whole: Path, small: Pruned) -> EngineConfig:
    return EngineConfig(str(CHECKPOINT), True, False, whole, 1, pruned=True)


@pytest.fixture(scope="module")
def engine(config: EngineConfig) -> Translator:
    found = choose.for_language(SPANISH, config)
    assert found is not None
    return found


def loaded(engine: Translator) -> set[str]:
    assert isinstance(engine, CheckpointTranslator)
    return {folder.name for _pid, folder in engine._models}


@pytest.mark.parametrize("code", ["es", "ar"])
def test_translations_are_those_of_the_whole_model(
    engine: Translator, nllb: CheckpointTranslator, code: str
):
    language, english = languages.get(code), [english for english, _ in PAIRS[code]]
    assert best(engine.translate(english, language)) == best(nllb.translate(english, language))


def test_the_pruned_model_alone_translates_so(small: Pruned):
    """Without the whole model beside it: it is not the whole one that answers."""
    alone = CheckpointTranslator(small.folder, NLLB, IDENTITY)
    shutil.copy(CHECKPOINT / "tokenizer.json", small.folder)
    english, targets = zip(*PAIRS["es"], strict=True)
    assert best(alone.translate(english, SPANISH)) == list(targets)


def test_it_is_smaller_and_keeps_the_order(small: Pruned, whole: Path):
    found = prepared(str(CHECKPOINT), whole)
    rows = json.loads((found.folder / "shared_vocabulary.json").read_text())
    kept = json.loads((small.folder / "shared_vocabulary.json").read_text())
    assert len(kept) < len(rows) and kept == [row for row in rows if row in small.rows]
    sizes = [(folder / "model.bin").stat().st_size for folder in (small.folder, found.folder)]
    assert sizes[0] < sizes[1]


def test_it_keeps_what_every_text_may_need(small: Pruned):
    tokens = open_tokens(NLLB, CHECKPOINT)
    assert tokens.control <= small.rows
    rows = tokens.tokenizer.get_vocab()
    signs = {row for row in rows if not any(mark.isalpha() for mark in row)} - tokens.control
    assert signs and signs <= small.rows
    letters = {row for row in rows if (len(row) == 1 and "a" <= row.lower() <= "z") or row in "ضع"}
    assert letters and letters <= small.rows


def test_a_sentence_that_needs_a_dropped_token_goes_to_the_whole_model(
    config: EngineConfig, small: Pruned, nllb: CheckpointTranslator
):
    """Not to ``<unk>``, and without holding up the others."""
    tokens = open_tokens(NLLB, CHECKPOINT)
    (within, _), *others = PAIRS["es"]
    common = set(tokens.encode(within, ENGLISH, SPANISH).tokens)
    beyond, token = next(
        (text, token)
        for text, _ in others
        for token in tokens.encode(text, ENGLISH, SPANISH).tokens
        if token not in common
    )
    engine = CheckpointTranslator(
        prepared(str(CHECKPOINT), config.cache).folder, NLLB, IDENTITY,
        pruned=replace(small, rows=small.rows - {token}),
    )  # fmt: skip
    sentences = [beyond, within, beyond]
    assert best(engine.translate(sentences, SPANISH)) == best(nllb.translate(sentences, SPANISH))
    assert len(loaded(engine)) == 2


def test_a_language_that_it_was_not_made_for_goes_to_the_whole_model(config: EngineConfig):
    found = prepared(str(CHECKPOINT), config.cache)
    engine = CheckpointTranslator(found.folder, NLLB, IDENTITY, pruned=pruned(found))
    assert best(engine.translate(["Stop smoking."], FRENCH)) == [HELD_OUT]
    assert loaded(engine) == {found.folder.name}


def test_it_is_off_until_a_deployment_turns_it_on(config: EngineConfig):
    on, off = (
        choose.for_language(SPANISH, replace(config, pruned=value)) for value in (True, False)
    )
    assert on.identity.revision == f"{off.identity.revision} pruned"
    off.translate(["Stop smoking."], SPANISH)
    assert "pruned" not in loaded(off)


def test_too_little_text_is_refused(whole: Path):
    found = prepared(str(CHECKPOINT), whole)
    with pytest.raises(PermanentEngineError, match="too little French"):
        prune(found, {ENGLISH: corpus("es")[ENGLISH], FRENCH: [HELD_OUT]}, quiet)


def test_another_layout_is_not_pruned(whole: Path):
    from content.engines.translator.layouts import T5

    found = replace(prepared(str(CHECKPOINT), whole), layout=T5)
    with pytest.raises(PermanentEngineError, match="only NLLB models"):
        prune(found, corpus("es"), quiet)


def test_a_pruned_model_that_lost_bytes_is_not_used(small: Pruned, whole: Path, tmp_path: Path):
    folder = prepared(str(CHECKPOINT), whole).folder
    copy = replace(prepared(str(CHECKPOINT), whole), folder=tmp_path / "model")
    shutil.copytree(folder, copy.folder)
    (copy.folder / pruning.FOLDER / "model.bin").write_bytes(b"short")
    assert pruned(copy) is None
    assert (copy.folder / pruning.FOLDER / MANIFEST).is_file()


def test_a_file_of_another_version_is_refused(tmp_path: Path):
    from content.engines.translator.ct2_file import keep_rows

    (tmp_path / "model.bin").write_bytes(b"\x07\0\0\0")
    with pytest.raises(PermanentEngineError, match="format 7, not 6"):
        keep_rows(tmp_path / "model.bin", tmp_path / "out", 10, [1])


def test_the_format_is_that_of_the_installed_library():
    from ctranslate2.specs import model_spec

    from content.engines.translator.ct2_file import BINARY_VERSION

    assert model_spec.CURRENT_BINARY_VERSION == BINARY_VERSION, ctranslate2.__version__
