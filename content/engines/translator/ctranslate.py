"""NLLB-200, OPUS-MT and MADLAD-400 checkpoints by CTranslate2, int8, on the CPU.

At run time only ``ctranslate2`` and the checkpoint's own tokenizer are needed. The languages are
written into each call, so that calls share no state.
"""

import logging
import os
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from content.engines.base import PermanentEngineError
from content.engines.translator.base import (
    EngineIdentity,
    Hypothesis,
    SentenceRefused,
    each,
    require_supported,
)
from content.engines.translator.layouts import Layout
from content.engines.translator.loops import loops
from content.engines.translator.pruning import Pruned
from content.engines.translator.sentences import plain, refuse_unknown, require_one_sentence
from content.engines.translator.tokens import Tokens, open_tokens, supports
from content.engines.translator.vocabulary import END
from content.languages import ENGLISH, LANGUAGES, Language

# NLLB was trained on at most 512 tokens and has 1024 positions; quality falls long before.
MAX_SOURCE_TOKENS = 400
BEAM_SIZE = 4
# With patience 1 the search may stop while the best hypothesis is still open: on a toy model it
# lost the "six" of "six weeks".
PATIENCE = 2
# A seventh less memory at its peak than with 1024, and a twentieth less speed.
BATCH_TOKENS = 896
# For a sentence whose hypotheses all loop: repeating costs, and more of them are looked at. Not
# `no_repeat_ngram_size`, which forbids the honest repetition of "500 mg in the morning, 500 mg ...".
RETRY = {"beam_size": 2 * BEAM_SIZE, "num_hypotheses": 2 * BEAM_SIZE, "repetition_penalty": 1.3}

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Model:
    tokens: Tokens
    translator: Any


class _Call(NamedTuple):
    """One call's languages, and the model that answers it."""

    model: _Model
    source: Language
    target: Language


class CheckpointTranslator:
    """A checkpoint prepared by ``content.engines.translator.weights.prepare``.

    ``inter_threads`` batches are translated at once, each on ``intra_threads`` cores; the weights
    are shared. About 1.3 GB of memory for the 600M model of NLLB, 2.5 GB while a beam search runs.
    Where there is a ``pruned`` model, it answers for the sentences that it has every token of.
    """

    def __init__(
        self,
        folder: Path,
        layout: Layout,
        identity: EngineIdentity,
        *,
        pruned: Pruned | None = None,
        inter_threads: int = 1,
        intra_threads: int = 1,
    ) -> None:
        self.identity, self.layout = identity, layout
        self._folder, self._pruned = folder, pruned
        self._threads = {"inter_threads": inter_threads, "intra_threads": intra_threads}
        self._lock = threading.Lock()
        # By process: a model loaded before a fork hangs for ever when the child uses it, and when
        # the child frees it. So the child loads its own and keeps hold of its parent's.
        self._models: dict[tuple[int, Path], _Model] = {}
        os.register_at_fork(after_in_child=self._renew_lock)

    def supports(self, target: Language, source: Language = ENGLISH) -> bool:
        known = source in LANGUAGES and target in LANGUAGES and source is not target
        return known and supports(self.layout, self._folder, source, target)

    def translate(
        self, sentences: Sequence[str], target: Language, source: Language = ENGLISH
    ) -> list[list[Hypothesis]]:
        require_supported(self, target, source)
        if not sentences:
            return []
        tokens = self._model(self._folder).tokens
        inputs = each(sentences, partial(_input, tokens, source, target))
        found: dict[int, list[Hypothesis]] = {}
        for folder, places in self._shared_out(inputs, source, target):
            call = _Call(self._model(folder), source, target)
            answers = _decode(call, [inputs[place] for place in places])
            found |= dict(zip(places, answers, strict=True))
        return each(range(len(sentences)), lambda place, _: _require_any(place, found[place]))

    def _shared_out(
        self, inputs: Sequence[Sequence[str]], source: Language, target: Language
    ) -> Iterator[tuple[Path, list[int]]]:
        """Which model translates which inputs: the pruned one wherever it knows every token."""
        pruned = self._pruned
        places = range(len(inputs))
        small: list[int] = []
        if pruned is not None and pruned.serves(source, target):
            small = [place for place in places if pruned.rows.issuperset(inputs[place])]
            if small:
                yield pruned.folder, small
        if large := sorted(set(places) - set(small)):
            yield self._folder, large

    def _model(self, folder: Path) -> _Model:
        key = (os.getpid(), folder)
        found = self._models.get(key)
        if found is None:
            with self._lock:
                found = self._models.get(key) or self._load(folder)
                self._models[key] = found
        return found

    def _load(self, folder: Path) -> _Model:
        import ctranslate2

        started = time.perf_counter()
        try:
            # The pruned model is read and written with the tokens of the whole one.
            tokens = open_tokens(self.layout, self._folder)
            translator = ctranslate2.Translator(
                str(folder), device="cpu", compute_type="int8", **self._threads
            )
        except (PermanentEngineError, RuntimeError, ValueError) as error:
            raise PermanentEngineError(
                f"The translation model in {folder} cannot be loaded ({error}). Delete that folder "
                "and run `manage.py pull_models` again."
            ) from error
        logger.info(
            "Loaded %s from %s in %.1f s: this process holds %d MB.",
            self.identity.name, folder.name, time.perf_counter() - started, resident_mb(),
        )  # fmt: skip
        return _Model(tokens, translator)

    def _renew_lock(self) -> None:
        self._lock = threading.Lock()  # another thread may have held it at the fork


def resident_mb() -> int:
    """Memory of this process in MB (resident set size); 0 where the system does not tell."""
    try:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    except OSError:
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE") // 1_000_000


def _input(
    tokens: Tokens, source: Language, target: Language, index: int, sentence: str
) -> list[str]:
    """What the model reads of a sentence, or ``SentenceRefused``."""
    require_one_sentence(index, sentence, source)
    encoded = tokens.encode(plain(sentence), source, target)
    refuse_unknown(index, encoded.unknown)
    if len(encoded.tokens) > MAX_SOURCE_TOKENS:
        raise SentenceRefused(
            index,
            f"The sentence is too long to translate safely ({len(encoded.tokens)} pieces of words, "
            f"at most {MAX_SOURCE_TOKENS}): split it into shorter sentences.",
        )
    return encoded.tokens


def _decode(call: _Call, inputs: Sequence[list[str]]) -> list[list[Hypothesis]]:
    """The hypotheses of each input; none where even a second search found none that is sound."""
    found = _search(call, inputs)
    again = [place for place, hypotheses in enumerate(found) if not hypotheses]
    if again:
        retried = _search(call, [inputs[place] for place in again], **RETRY)
        for place, hypotheses in zip(again, retried, strict=True):
            found[place] = hypotheses
    return found


def _search(call: _Call, inputs: Sequence[list[str]], **options: Any) -> list[list[Hypothesis]]:
    prefix = call.model.tokens.prefix(call.target)
    arguments = {
        "beam_size": BEAM_SIZE, "num_hypotheses": BEAM_SIZE, "patience": PATIENCE,
        # Sorted by length and cut into batches of so many tokens by CTranslate2.
        "max_batch_size": BATCH_TOKENS, "batch_type": "tokens",
        # It shortens longer input without a word; ours is checked above.
        "max_input_length": 0, "max_decoding_length": _decoding_limit(inputs),
        "return_scores": True, "return_end_token": True,
    }  # fmt: skip
    targets = [prefix] * len(inputs) if prefix else None
    results = call.model.translator.translate_batch(
        inputs, target_prefix=targets, **arguments | options
    )
    answers = zip(inputs, results, strict=True)
    return [_sound(call.model.tokens, len(prefix), read, result) for read, result in answers]


def _decoding_limit(inputs: Sequence[Sequence[str]]) -> int:
    """Room for the longest honest translation, in tokens; a model that loops runs into it."""
    return 2 * max(len(each_) for each_ in inputs) + 50


def _sound(tokens: Tokens, prefix: int, read: Sequence[str], result: Any) -> list[Hypothesis]:
    """Every distinct hypothesis that is finished, is all text, and does not loop; best first."""
    found: dict[str, Hypothesis] = {}
    for written, score in zip(result.hypotheses, result.scores, strict=True):
        body = written[prefix:-1]
        finished = written[-1:] == [END]
        looped = loops(body) and not loops(read)
        if not finished or looped or not tokens.control.isdisjoint(body):
            continue
        if text := tokens.decode(body):
            found.setdefault(text, Hypothesis(text, score))
    return list(found.values())


def _require_any(index: int, hypotheses: list[Hypothesis]) -> list[Hypothesis]:
    if not hypotheses:
        raise SentenceRefused(
            index, "The model found no complete translation of this sentence: translate it by hand."
        )
    return hypotheses
