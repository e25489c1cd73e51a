"""`make bench`, the translator: NLLB's arithmetic at full size, against transformers fp32.

The weights are random: real ones are under a licence that is for an administrator to accept, and
speed and memory do not depend on what a model has learned. Each configuration runs in a process of
its own, so that its peak memory is its own.
"""

import json
import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

os.environ["HF_HUB_OFFLINE"] = "1"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "eduengine.settings")

from content import languages
from tests import environment  # noqa: F401  sets what Django's settings need

ROWS = 256_206  # as the official checkpoints of NLLB-200
ENGLISH_ROW = 256_048  # one more than the official one: see `_tokenizer`
KEPT = 40_000  # tokens of a deployment with a dozen languages (SPIKES: "doing less work")
SENTENCES, EDITION, WRITTEN = 64, 60, 25  # tokens written for each sentence
SPANISH = languages.get("es")
# Multiply-adds: a token written (layers, output layer), a token read (encoder, keys and values).
LAYERS = 12 * (4 * 1024**2 + 2 * 1024**2 + 2 * 1024 * 4096)
OUTPUT = ROWS * 1024
READING = 12 * (4 * 1024**2 + 2 * 1024 * 4096) + 12 * 2 * 1024**2


def translation() -> dict[str, object]:
    """Tokens a second and MB at the peak, and what they are against what was asked for."""
    _apart("checkpoint")
    found = {
        name: _apart(name)
        for name in (
            "limits", "transformers_1", "whole_1", "pruned_1", "transformers_4", "whole_4", "pruned_4",
        )
    }  # fmt: skip
    result = {f"translate_{name}": value for name, value in found.items()}
    return {**result, "translate_ratios": _ratios(found)}


def _ratios(found: dict[str, dict[str, float]]) -> dict[str, float]:
    ratios = {
        f"{name}_beam_{beam}": found[f"{name}_{beam}"]["tokens_s"]
        / found[f"transformers_{beam}"]["tokens_s"]
        for name in ("whole", "pruned")
        for beam in (1, 4)
    }
    memory = [
        found[f"whole_{b}"]["peak_mb"] / found[f"transformers_{b}"]["peak_mb"] for b in (1, 4)
    ]
    whole = found["whole_1"]
    ratios |= {
        "memory_share": max(memory),
        "one_call_over_one_by_one": whole["tokens_s"] / whole["one_by_one_tokens_s"],
        "share_of_limit": whole["tokens_s"] / found["limits"]["tokens_s"],
    }
    return {name: round(value, 2) for name, value in ratios.items()}


def _apart(name: str) -> dict[str, float]:
    command = [sys.executable, "-m", "tests.bench_translation", name]
    finished = subprocess.run(command, capture_output=True, text=True, check=False)
    if finished.returncode:
        raise RuntimeError(f"{name}: {finished.stderr[-2000:]}")
    answer: dict[str, float] = json.loads(finished.stdout.splitlines()[-1])
    return answer


# --- the checkpoint -----------------------------------------------------------------------------


def folder() -> Path:
    from content.engines.base import cache_dir

    return cache_dir("bench") / "nllb-full-random"


def checkpoint() -> dict[str, float]:
    """The full-size checkpoint, converted and pruned; 3.4 GB in the cache, made once."""
    from content.engines.base import cache_dir
    from content.engines.translator import pruning
    from content.engines.translator.tokens import open_tokens
    from content.engines.translator.weights import prepare, prepared, vocabulary_rows

    if not (folder() / "model.safetensors").is_file():
        _build(folder())
    prepare(str(folder()), cache_dir(), True, lambda *_: None)
    found = prepared(str(folder()), cache_dir())
    assert found is not None
    if pruning.pruned(found) is None:
        rows = vocabulary_rows(found.folder)
        control = open_tokens(found.layout, found.folder).control
        kept = [n for n, token in enumerate(rows) if n < KEPT or token in control]
        pruning._write(found, ["en", "es"], rows, kept, lambda *_: None)
    return {}


def _build(target: Path) -> None:
    import torch
    from transformers import GenerationConfig, M2M100Config, M2M100ForConditionalGeneration

    scratch = target.with_name(".building")
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir()
    _tokenizer(scratch)
    torch.manual_seed(0)
    model = M2M100ForConditionalGeneration(
        M2M100Config(
            vocab_size=ROWS, d_model=1024, encoder_layers=12, decoder_layers=12,
            encoder_attention_heads=16, decoder_attention_heads=16, encoder_ffn_dim=4096,
            decoder_ffn_dim=4096, max_position_embeddings=1024, scale_embedding=True,
            init_std=0.02, decoder_start_token_id=2, activation_function="relu",
            tokenizer_class="NllbTokenizer",
        )
    )  # fmt: skip
    # Biases begin as zeros: kernels should see such as a trained model has.
    for name, parameter in model.named_parameters():
        if name.endswith("bias"):
            torch.nn.init.normal_(parameter, std=0.02)
    model.generation_config = GenerationConfig(
        bos_token_id=0, pad_token_id=1, eos_token_id=2, decoder_start_token_id=2
    )
    model.save_pretrained(scratch)
    scratch.rename(target)


def _tokenizer(target: Path) -> None:
    """The ids of the official one, with made-up pieces, and one more than it has."""
    from sentencepiece import sentencepiece_model_pb2
    from transformers import NllbTokenizer
    from transformers.models.nllb.tokenization_nllb import FAIRSEQ_LANGUAGE_CODES
    from transformers.tokenization_utils_base import generate_merges

    from tests.fixtures.make_nllb import SPECIAL_IDS

    pieces = sentencepiece_model_pb2.ModelProto()
    tiny = Path(__file__).parent / "fixtures" / "nllb-tiny" / "sentencepiece.bpe.model"
    pieces.ParseFromString(tiny.read_bytes())
    merges = generate_merges({piece.piece: n for n, piece in enumerate(pieces.pieces)})
    vocabulary = dict(SPECIAL_IDS)
    for piece in pieces.pieces[3:]:
        vocabulary.setdefault(piece.piece, len(vocabulary))
    pool, chance = list(vocabulary)[4:], random.Random(0)
    while len(vocabulary) < ROWS - 2 - len(FAIRSEQ_LANGUAGE_CODES):
        one, two = chance.choice(pool), chance.choice(pool)
        if len(one) + len(two) <= 9 and not two.startswith("▁") and one + two not in vocabulary:
            vocabulary[one + two] = len(vocabulary)
            merges.append((one, two))
            pool.append(one + two)
    for code in (*FAIRSEQ_LANGUAGE_CODES, "<mask>"):
        vocabulary[code] = len(vocabulary)
    NllbTokenizer(
        vocab=vocabulary, merges=merges, src_lang="eng_Latn", tgt_lang="spa_Latn",
        _spm_precompiled_charsmap=pieces.normalizer_spec.precompiled_charsmap,
        additional_special_tokens=list(FAIRSEQ_LANGUAGE_CODES), model_max_length=1024,
    ).save_pretrained(target)  # fmt: skip


# --- one configuration a process ----------------------------------------------------------------


def numbers() -> list[list[int]]:
    """Token numbers of sentences as long as those of handouts: 6 to 45, 20 in the mean."""
    chance = random.Random(0)
    lengths = [min(45, max(6, round(chance.gauss(20, 6)))) for _ in range(SENTENCES)]
    return [[chance.randrange(10, KEPT) for _ in range(length)] for length in lengths]


def transformers(beams: int) -> dict[str, float]:
    import torch
    import transformers as library

    library.logging.set_verbosity_error()
    library.logging.disable_progress_bar()
    torch.set_num_threads(2)
    torch.set_grad_enabled(False)
    model = library.M2M100ForConditionalGeneration.from_pretrained(folder(), dtype=torch.float32)
    model.eval()
    # Ours reads and writes text: so does the other, and both hold a tokenizer.
    tokenizer = library.AutoTokenizer.from_pretrained(folder())
    assert tokenizer.convert_tokens_to_ids("eng_Latn") == ENGLISH_ROW

    def generate(sentences: list[list[int]]) -> int:
        rows = [torch.tensor([ENGLISH_ROW, *sentence, 2]) for sentence in sentences]
        read = torch.nn.utils.rnn.pad_sequence(rows, True, 1)
        written = model.generate(
            input_ids=read, attention_mask=(read != 1).long(), forced_bos_token_id=tokenizer.convert_tokens_to_ids("spa_Latn"),
            num_beams=beams, do_sample=False, min_new_tokens=WRITTEN + 1,
            max_new_tokens=WRITTEN + 1, max_length=None,
        )  # fmt: skip
        return int(written.shape[0] * (written.shape[1] - 2))

    return _timed(lambda: generate(numbers()), repeats=2 if beams == 1 else 1)


def ours(kind: str, beams: int) -> dict[str, float]:
    """By the search of the product's adapter, made to write as many tokens as the other."""
    from content.engines.base import EngineConfig, cache_dir
    from content.engines.translator import choose
    from content.engines.translator.ctranslate import _Call, _search
    from content.engines.translator.weights import vocabulary_rows

    config = EngineConfig(str(folder()), True, False, cache_dir(), 2, pruned=kind == "pruned")
    engine: Any = choose.for_language(SPANISH, config)
    place = engine._pruned.folder if kind == "pruned" else engine._folder
    call = _Call(engine._model(place), languages.ENGLISH, SPANISH)
    rows = vocabulary_rows(engine._folder)[:KEPT]
    inputs = [["eng_Latn", *(rows[n] for n in sentence), "</s>"] for sentence in numbers()]

    def write(sentences: list[list[str]]) -> int:
        _search(
            call, sentences, beam_size=beams, num_hypotheses=beams,
            min_decoding_length=WRITTEN + 1, max_decoding_length=WRITTEN + 1,
        )  # fmt: skip
        return WRITTEN * len(sentences)

    found = _timed(lambda: write(inputs), repeats=3)
    if beams == 1:
        alone = _timed(lambda: sum(write([one]) for one in inputs[:8]), repeats=3)
        return {**found, "one_by_one_tokens_s": alone["tokens_s"]}
    started = time.perf_counter()
    write(inputs[:EDITION])
    return {**found, "edition_s": round(time.perf_counter() - started, 1)}


def limits() -> dict[str, float]:
    """What this machine could do at most: products at their measured rates, and nothing else.

    Without instructions for int8 (VNNI), torch multiplies int8 far slower than fp32, which int8 may
    well overtake: the limit is then the rate of fp32.
    """
    import torch

    torch.set_num_threads(2)

    def rate(rows: int, inner: int, columns: int) -> float:
        a = torch.randint(-127, 127, (rows, inner), dtype=torch.int8)
        b = torch.randint(-127, 127, (columns, inner), dtype=torch.int8).t()
        x, y = torch.ones(rows, inner), torch.ones(inner, min(columns, 16_384))
        int8 = min(_seconds(lambda: torch._int_mm(a, b)) for _ in range(7)) / columns
        fp32 = min(_seconds(lambda: x @ y) for _ in range(7)) / y.shape[1]
        return rows * inner / min(int8, fp32)

    block = torch.ones(110_000_000)  # the int8 weights that one token reads
    bandwidth = 440e6 / min(_seconds(block.sum) for _ in range(9))
    layers, output = rate(64, 1024, 4096), rate(64, 1024, ROWS // 16 * 16)
    reading = rate(1024, 1024, 4096)
    read = statistics.mean(len(sentence) + 2 for sentence in numbers())
    sentence = WRITTEN * (LAYERS / layers + OUTPUT / output) + read * READING / reading
    return {
        "tokens_s": round(WRITTEN / sentence, 1),
        "one_by_one_tokens_s": round(bandwidth / (LAYERS + OUTPUT), 1),
        "bandwidth_gb_s": round(bandwidth / 1e9, 1),
        "output_gmac_s": round(output / 1e9),
        "layers_gmac_s": round(layers / 1e9),
    }


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _timed(work: Callable[[], int], repeats: int) -> dict[str, float]:
    """The best of ``repeats``: others may use this machine, nothing makes it faster."""
    best = 0.0
    for _ in range(repeats):
        started = time.perf_counter()
        tokens = work()
        best = max(best, tokens / (time.perf_counter() - started))
    return {"tokens_s": round(best, 1), "peak_mb": _peak_mb()}


def _peak_mb() -> int:
    # Not `ru_maxrss`: it takes over the peak of the process that started this one.
    (line,) = re.findall(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text("ascii"))
    return int(line) // 1024


def main(name: str) -> None:
    import django

    django.setup()
    kind, _, beams = name.partition("_")
    runs = {
        "checkpoint": checkpoint,
        "limits": limits,
        "transformers": lambda: transformers(int(beams)),
    }
    result = runs.get(kind, lambda: ours(kind, int(beams)))()
    print(json.dumps(result))


if __name__ == "__main__":
    main(sys.argv[1])
