"""The tokenizer file against SentencePiece, against transformers, and against published ids."""

import json
import os
from pathlib import Path

import pytest
import sentencepiece
from tokenizers import Tokenizer

from content import languages
from content.engines.base import PermanentEngineError
from content.engines.translator import vocabulary
from tests.engines.translator.conftest import CHECKPOINT, PAIRS
from tests.shared import DATA, needs_shared

REAL = os.environ.get("EDUENGINE_TEST_NLLB_TOKENIZER", "")
needs_real = pytest.mark.skipif(not REAL, reason="no real NLLB tokenizer.json is configured")
LINES = sorted({text for pairs in PAIRS.values() for pair in pairs for text in pair})


def load(path: Path) -> Tokenizer:
    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.encode_special_tokens = True
    return tokenizer


@pytest.fixture(scope="module")
def tiny() -> Tokenizer:
    return load(CHECKPOINT / "tokenizer.json")


def golden() -> list[dict]:
    path = DATA / "nllb" / "golden_tokenization.json"
    return json.loads(path.read_text(encoding="utf-8"))["cases"] if path.is_file() else []


def test_tokenizer_file_and_sentencepiece_agree(tiny: Tokenizer):
    pieces = sentencepiece.SentencePieceProcessor(
        model_file=str(CHECKPOINT / "sentencepiece.bpe.model")
    )
    for line in LINES:
        tokens = tiny.encode(line, add_special_tokens=False).tokens
        assert tokens == pieces.encode(line, out_type=str)


def test_the_tiny_tokenizer_has_the_layout_of_nllb(tiny: Tokenizer):
    vocabulary.require_nllb(tiny)
    codes = [
        tiny.token_to_id(language.flores) for language in languages.LANGUAGES if language.flores
    ]
    assert None not in codes and max(codes) < tiny.token_to_id("<mask>")


def test_text_survives_the_tokenizer(tiny: Tokenizer):
    for line in LINES:
        assert tiny.decode(tiny.encode(line, add_special_tokens=False).ids) == line


def without(tokenizer: Tokenizer, token: str, instead: str) -> Tokenizer:
    return Tokenizer.from_str(tokenizer.to_str().replace(f'"{token}"', f'"{instead}"'))


def test_a_language_without_a_code_is_named(tiny: Tokenizer):
    with pytest.raises(PermanentEngineError, match="no code for Somali"):
        vocabulary.require_nllb(without(tiny, "som_Latn", "som_Cyrl"))


def test_a_vocabulary_without_a_control_token_is_refused(tiny: Tokenizer):
    with pytest.raises(PermanentEngineError, match="<mask> has a wrong number"):
        vocabulary.require_nllb(without(tiny, "<mask>", "<moon>"))


def test_rows_of_another_model_are_refused(tiny: Tokenizer):
    rows = [tiny.id_to_token(number) for number in range(tiny.get_vocab_size())]
    vocabulary.require_same(tiny, [*rows, "madeupword0000", "madeupword0001"])
    with pytest.raises(PermanentEngineError, match="does not belong"):
        vocabulary.require_same(tiny, [*rows[:10], *rows[11:], rows[10]])


@needs_real
def test_the_real_tokenizer_is_nllb():
    vocabulary.require_nllb(load(Path(REAL)))


@needs_real
@needs_shared
@pytest.mark.parametrize("case", golden(), ids=lambda case: case["name"])
def test_published_tokens(case: dict):
    encoding = load(Path(REAL)).encode(case["text"], add_special_tokens=False)
    assert encoding.tokens == case["pieces"]
    assert [256047, *encoding.ids, 2] == case["ids_with_src_eng_Latn"]
