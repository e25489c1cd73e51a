"""NLLB-200 (Costa-jussà et al. 2022) by CTranslate2, int8, on the CPU.

At run time only ``ctranslate2`` and the checkpoint's own ``tokenizer.json`` are needed. The source
language is written into each input, so that calls share no state.
"""

import os
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from content.engines.base import PermanentEngineError
from content.engines.translator.base import EngineIdentity, Hypothesis, SentenceRefused, each
from content.engines.translator.sentences import plain, refuse_unknown, require_one_sentence
from content.languages import ENGLISH, LANGUAGES, Language

if TYPE_CHECKING:
    from tokenizers import Encoding, Tokenizer

# The model was trained on at most 512 tokens and has 1024 positions; quality falls long before.
MAX_SOURCE_TOKENS = 400
BEAM_SIZE = 4
# With patience 1 the search may stop while the best hypothesis is still open: on a toy model it
# lost the "six" of "six weeks".
PATIENCE = 2
BATCH_TOKENS = 1024
END, UNKNOWN = "</s>", "<unk>"


@dataclass(frozen=True, slots=True)
class _Model:
    tokenizer: "Tokenizer"
    translator: Any
    control: frozenset[str]


class NllbTranslator:
    """An NLLB-200 model prepared by ``content.engines.translator.weights.prepare_nllb``.

    ``inter_threads`` batches are translated at once, each on ``intra_threads`` cores; the weights
    are shared. About 1.3 GB of memory for the 600M model, 2.5 GB while a beam search runs.
    """

    def __init__(
        self,
        folder: Path,
        identity: EngineIdentity,
        *,
        inter_threads: int = 1,
        intra_threads: int = 1,
    ) -> None:
        self.identity = identity
        self._folder = folder
        self._threads = {"inter_threads": inter_threads, "intra_threads": intra_threads}
        self._lock = threading.Lock()
        # By process: a model loaded before a fork hangs for ever when the child uses it, and when
        # the child frees it. So the child loads its own and keeps hold of its parent's.
        self._models: dict[int, _Model] = {}
        os.register_at_fork(after_in_child=self._renew_lock)

    def supports(self, language: Language) -> bool:
        return language in LANGUAGES and language is not ENGLISH and bool(language.flores)

    def translate(self, sentences: Sequence[str], target: Language) -> list[list[Hypothesis]]:
        if not self.supports(target):
            raise PermanentEngineError(
                f"{self.identity.name} does not translate into {target.name}."
            )
        if not sentences:
            return []
        model = self._model()
        sources = each(sentences, partial(_source, model))
        results = model.translator.translate_batch(
            sources, target_prefix=[[target.flores]] * len(sources),
            beam_size=BEAM_SIZE, patience=PATIENCE, num_hypotheses=BEAM_SIZE,
            max_batch_size=BATCH_TOKENS, batch_type="tokens",
            # CTranslate2 shortens longer input without a word; ours is checked above.
            max_input_length=0, max_decoding_length=_decoding_limit(sources),
            return_scores=True, return_end_token=True,
        )  # fmt: skip
        return each(results, partial(_hypotheses, model))

    def _model(self) -> _Model:
        found = self._models.get(os.getpid())
        if found is None:
            with self._lock:
                found = self._models.get(os.getpid()) or _load(self._folder, self._threads)
                self._models[os.getpid()] = found
        return found

    def _renew_lock(self) -> None:
        self._lock = threading.Lock()  # another thread may have held it at the fork


def _load(folder: Path, threads: dict[str, int]) -> _Model:
    import ctranslate2
    from tokenizers import Tokenizer

    from content.engines.translator.vocabulary import control_tokens, require_nllb

    try:
        tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        translator = ctranslate2.Translator(
            str(folder), device="cpu", compute_type="int8", **threads
        )
    except Exception as error:  # tokenizers raises plain Exception, CTranslate2 RuntimeError
        raise PermanentEngineError(
            f"The translation model in {folder} cannot be loaded ({error}). Delete that folder and "
            "run `manage.py pull_models` again."
        ) from error
    # Else "</s>" or "spa_Latn" in a handout would steer the model instead of being translated.
    tokenizer.encode_special_tokens = True
    require_nllb(tokenizer)
    return _Model(tokenizer, translator, control_tokens(tokenizer))


def _source(model: _Model, index: int, sentence: str) -> list[str]:
    """The input tokens ``eng_Latn … </s>`` of a sentence, or ``SentenceRefused``."""
    require_one_sentence(index, sentence)
    text = plain(sentence)
    encoding = model.tokenizer.encode(text, add_special_tokens=False)
    refuse_unknown(index, _unknown(encoding, text))
    if len(encoding) > MAX_SOURCE_TOKENS:
        raise SentenceRefused(
            index,
            f"The sentence is too long to translate safely ({len(encoding)} pieces of words, at most "
            f"{MAX_SOURCE_TOKENS}): split it into shorter sentences.",
        )
    return [ENGLISH.flores, *encoding.tokens, END]


def _unknown(encoding: "Encoding", text: str) -> list[str]:
    spans = zip(encoding.tokens, encoding.offsets, strict=True)
    return [text[start:end] for token, (start, end) in spans if token == UNKNOWN]


def _decoding_limit(sources: Sequence[Sequence[str]]) -> int:
    """Room for the longest honest translation, in tokens; a model that loops runs into it."""
    return 2 * max(len(source) for source in sources) + 50


def _hypotheses(model: _Model, index: int, result: Any) -> list[Hypothesis]:
    """Every distinct hypothesis that is finished and is all text, best first."""
    found: dict[str, Hypothesis] = {}
    for tokens, score in zip(result.hypotheses, result.scores, strict=True):
        body = tokens[1:-1]
        if tokens[-1] != END or not model.control.isdisjoint(body):
            continue
        ids = (model.tokenizer.token_to_id(token) for token in body)
        text = model.tokenizer.decode([number for number in ids if number is not None]).strip()
        if text:
            found.setdefault(text, Hypothesis(text, score))
    if not found:
        raise SentenceRefused(
            index, "The model found no complete translation of this sentence: translate it by hand."
        )
    return list(found.values())
