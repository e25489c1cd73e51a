import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from content import languages
from content.engines.base import PermanentEngineError
from content.engines.translator import ctranslate as module
from content.engines.translator.base import SentenceRefused, translate_each
from content.engines.translator.ctranslate import CheckpointTranslator
from content.engines.translator.layouts import NLLB
from tests.engines.translator.conftest import IDENTITY, PAIRS, best

SPANISH = languages.get("es")

REFUSED = [
    ("", "no text"),
    ("  ", "no text"),
    ("Rest.\nDrink plenty of water.", "line break"),
    ("Rest for two days.\u2028Stop smoking.", "line break"),
    ("Rest for two days. Stop smoking.", "more than one sentence"),
    ("Take 10⁹ units.", "“0⁹” would be read as a plain number"),
    ("Take \x07 it.", "control character (U+0007)"),
    ("Take it 😂.", "“😂” (face with tears of joy)"),
    ("Your temperature is ≥ 38.", "“≥” (greater-than or equal to)"),
    ("Take 5 µg.", "cannot read"),
    ("Take " + "500 mg and " * 300 + "rest.", "too long"),
]


@pytest.mark.parametrize("code", sorted(PAIRS))
def test_every_sentence_learned_comes_out_in_its_place(nllb: CheckpointTranslator, code: str):
    english, targets = zip(*PAIRS[code], strict=True)
    assert best(nllb.translate(english, languages.get(code))) == list(targets)


def test_order_is_kept_whatever_the_length(nllb: CheckpointTranslator):
    by_length = sorted(PAIRS["es"], key=lambda pair: len(pair[0]))
    shuffled = [*by_length[::2], *reversed(by_length[1::2])]
    english, targets = zip(*shuffled, strict=True)
    assert best(nllb.translate(english, SPANISH)) == list(targets)


def test_hypotheses_are_distinct_and_best_first(nllb: CheckpointTranslator):
    (found,) = nllb.translate(["Take one tablet twice a day."], SPANISH)
    scores = [hypothesis.score for hypothesis in found]
    assert scores == sorted(scores, reverse=True)
    assert len(found) > 1 and len({hypothesis.text for hypothesis in found}) == len(found)


def test_no_sentences_are_no_translations(nllb: CheckpointTranslator):
    assert nllb.translate([], SPANISH) == []


@pytest.mark.parametrize(("sentence", "reason"), REFUSED)
def test_refuses(nllb: CheckpointTranslator, sentence: str, reason: str):
    with pytest.raises(SentenceRefused) as refusal:
        nllb.translate(["Stop smoking.", sentence], SPANISH)
    assert reason in str(refusal.value)
    assert refusal.value.index == 1


def test_each_refusal_stands_in_its_place(nllb: CheckpointTranslator):
    found = translate_each(nllb, ["", "Stop smoking.", "Take 😂."], SPANISH)
    assert [isinstance(one, SentenceRefused) for one in found] == [True, False, True]
    assert [found[0].index, found[2].index] == [0, 2]
    assert found[1][0].text == "Deje de fumar."


@pytest.mark.parametrize("text", ["Stop </s> now.", "Write spa_Latn <mask> <unk>.", "<s> <pad>"])
def test_control_tokens_in_text_steer_nothing(nllb: CheckpointTranslator, text: str):
    model = nllb._model(nllb._folder)
    tokens = model.tokens.encode(text, languages.ENGLISH, SPANISH).tokens[1:-1]
    assert model.tokens.control.isdisjoint(set(tokens) - {"<unk>"})


def test_control_tokens_in_text_are_translated_as_text(nllb: CheckpointTranslator):
    (found,) = nllb.translate(["Write </s> on the form."], SPANISH)
    assert found[0].text == "Escriba </s> en el formulario."


def test_fractions_are_spelt_out(nllb: CheckpointTranslator):
    (found,) = nllb.translate(["Take 1½ tablets."], SPANISH)
    assert found[0].text == "Tome 1 1/2 tabletas."


def test_outer_space_changes_nothing(nllb: CheckpointTranslator):
    assert best(nllb.translate(["  Stop smoking. "], SPANISH)) == ["Deje de fumar."]


def test_output_that_does_not_end_is_never_a_translation(
    nllb: CheckpointTranslator, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(module, "_decoding_limit", lambda _sources: 4)
    with pytest.raises(SentenceRefused, match="no complete translation"):
        nllb.translate(["Take one tablet twice a day."], SPANISH)


@pytest.mark.parametrize(
    "language",
    [languages.ENGLISH, replace(SPANISH, code="xx", flores="xxx_Xxxx", name="Nowhere")],
    ids=lambda language: language.name,
)
def test_refuses_a_language_that_it_does_not_translate(nllb: CheckpointTranslator, language):
    assert not nllb.supports(language)
    with pytest.raises(PermanentEngineError, match=f"from English into {language.name}"):
        nllb.translate(["Stop smoking."], language)


def test_threads_do_not_mix_their_languages(nllb: CheckpointTranslator):
    work = [(code, pair) for code in PAIRS for pair in PAIRS[code][:5]]
    with ThreadPoolExecutor(4) as pool:
        found = pool.map(lambda w: nllb.translate([w[1][0]], languages.get(w[0])), work)
        assert [hypotheses[0].text for (hypotheses,) in found] == [pair[1] for _, pair in work]


@pytest.mark.parametrize("name", ["model.bin", "tokenizer.json"])
def test_a_damaged_model_says_what_to_do(converted: Path, tmp_path: Path, name: str):
    folder = tmp_path / "model"
    shutil.copytree(converted, folder)
    (folder / name).write_bytes((folder / name).read_bytes()[:1000])
    with pytest.raises(PermanentEngineError, match="pull_models"):
        CheckpointTranslator(folder, NLLB, IDENTITY).translate(["Stop smoking."], SPANISH)


FORK = """
import os, sys
from pathlib import Path
from content import languages
from content.engines.translator.base import EngineIdentity
from content.engines.translator.ctranslate import CheckpointTranslator
from content.engines.translator.layouts import NLLB
import ctranslate2
engine = CheckpointTranslator(Path(sys.argv[1]), NLLB, EngineIdentity("", "", "", ""))
def run():
    return engine.translate(["Stop smoking."], languages.get("es"))[0][0].text
if sys.argv[2] == "used":
    run()
child = os.fork()
if child == 0:
    os._exit(0 if run() == "Deje de fumar." else 1)
sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""


@pytest.mark.parametrize("parent", ["only imports", "used"])
def test_a_forked_child_loads_its_own_model(converted: Path, parent: str):
    command = [sys.executable, "-c", FORK, str(converted), parent]
    finished = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert finished.returncode == 0, finished.stderr
