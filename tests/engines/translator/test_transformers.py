"""The reference implementation reads the same folder and says the same as our engine."""

import os

import pytest

from content import languages
from content.engines.translator.ctranslate import CheckpointTranslator
from content.engines.translator.layouts import NLLB
from content.engines.translator.tokens import open_tokens
from tests.engines.translator.conftest import CHECKPOINT, PAIRS, best

os.environ["HF_HUB_OFFLINE"] = "1"


@pytest.fixture(scope="module")
def tokenizer():
    # Here and not above: where tests are only collected, torch would take seconds to load.
    from transformers import AutoTokenizer

    return AutoTokenizer.from_pretrained(CHECKPOINT, src_lang="eng_Latn")


@pytest.fixture(scope="module")
def model():
    torch = pytest.importorskip("torch")
    from transformers import M2M100ForConditionalGeneration

    return M2M100ForConditionalGeneration.from_pretrained(CHECKPOINT, dtype=torch.float32).eval()


@pytest.mark.parametrize("code", sorted(PAIRS))
def test_transformers_and_ctranslate2_int8_agree(
    model, tokenizer, nllb: CheckpointTranslator, code: str
):
    english, language = [pair[0] for pair in PAIRS[code]], languages.get(code)
    batch = tokenizer(english, return_tensors="pt", padding=True, split_special_tokens=True)
    first = tokenizer.convert_tokens_to_ids(language.flores)
    ids = model.generate(**batch, forced_bos_token_id=first, max_new_tokens=80, max_length=None)
    reference = tokenizer.batch_decode(ids, skip_special_tokens=True)
    assert best(nllb.translate(english, language)) == reference


def test_our_input_tokens_are_those_of_transformers(tokenizer):
    for text, _ in PAIRS["es"]:
        ids = tokenizer(text, split_special_tokens=True).input_ids
        ours = open_tokens(NLLB, CHECKPOINT).encode(text, languages.ENGLISH, languages.get("es"))
        assert tokenizer.convert_ids_to_tokens(ids) == ours.tokens
