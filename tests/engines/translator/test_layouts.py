"""OPUS-MT and MADLAD-400 by the same adapter: tiny checkpoints in their layouts."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from rapidfuzz import process

from content import languages
from content.engines.base import EngineConfig, PermanentEngineError
from content.engines.translator import choose
from content.engines.translator.base import Translator
from content.engines.translator.layouts import LAYOUTS, MARIAN, T5
from content.engines.translator.tokens import open_tokens
from content.engines.translator.weights import prepare, prepared
from tests.engines.translator.conftest import CHECKPOINT, OTHERS, PAIRS, best, quiet

ENGLISH, SPANISH, FRENCH = (languages.get(code) for code in ("en", "es", "fr"))
LICENCES = {"marian": "cc-by-4.0", "t5": "apache-2.0"}


@pytest.fixture(params=sorted(OTHERS))
def kind(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def config(kind: str, cache: Path) -> EngineConfig:
    """Set up without NLLB, and with no licence accepted."""
    prepare(str(OTHERS[kind]), cache, False, quiet)
    return EngineConfig("", False, False, cache, 1, others=(str(OTHERS[kind]),))


@pytest.fixture
def engine(config: EngineConfig) -> Translator:
    found = choose.for_language(SPANISH, config)
    assert found is not None
    return found


@pytest.fixture
def source(kind: str, tmp_path: Path) -> Path:
    """A copy of the checkpoint, to be damaged."""
    return Path(shutil.copytree(OTHERS[kind], tmp_path / "source"))


@pytest.mark.parametrize("code", ["es", "fr"])
def test_every_sentence_learned_comes_out_in_its_place(engine: Translator, code: str):
    english, targets = zip(*PAIRS[code], strict=True)
    found = best(engine.translate(english, languages.get(code)))
    # Without VNNI, int8 sums saturate: there a tiny model slips in a letter now and then.
    same = sum(one == wanted for one, wanted in zip(found, targets, strict=True))
    assert same >= 0.95 * len(targets)
    for one, wanted in zip(found, targets, strict=True):
        assert process.extractOne(one, targets)[0] == wanted


def test_it_speaks_the_languages_that_its_vocabulary_has(config: EngineConfig):
    spoken = [lang.code for lang in languages.translated() if choose.for_language(lang, config)]
    assert spoken == ["es", "fr"]
    why = choose.why_none(languages.get("so"), config)
    assert "the models that are set up do not know the language" in why


def test_what_it_is_goes_with_every_segment(engine: Translator, kind: str):
    assert engine.identity.name == f"{kind}-tiny int8"
    assert engine.identity.revision.startswith("sha256:")
    assert engine.identity.licence == LICENCES[kind]


def test_it_comes_before_nllb(converted: Path, config: EngineConfig):
    both = replace(config, nllb=str(CHECKPOINT), nllb_licence_accepted=True)
    names = [choose.for_language(languages.get(c), both).identity.name for c in ("es", "so")]
    assert [name.partition("-")[0] for name in names] == [Path(config.others[0]).name[:-5], "nllb"]


def test_a_hypothesis_is_text_and_scores_fall(engine: Translator):
    (found,) = engine.translate(["Take one tablet twice a day."], SPANISH)
    scores = [hypothesis.score for hypothesis in found]
    assert scores == sorted(scores, reverse=True)


@pytest.mark.parametrize("text", ["Stop </s> now.", ">>fra<< Stop smoking.", "<2fr> Stop smoking."])
def test_control_tokens_in_text_steer_nothing(kind: str, text: str):
    tokens = open_tokens(LAYOUTS[kind], OTHERS[kind])
    read = tokens.encode(text, ENGLISH, SPANISH).tokens
    assert sum(token in tokens.control for token in read) == 2  # the language, and the end


@pytest.mark.parametrize("text", ["Take it 😂.", "Take 5 µg.", "Your temperature is ≥ 38."])
def test_what_its_vocabulary_lacks_is_refused(engine: Translator, text: str):
    with pytest.raises(PermanentEngineError, match="cannot read"):
        engine.translate([text], SPANISH)


def test_a_checkpoint_without_a_licence_is_refused(source: Path, tmp_path: Path):
    (source / "README.md").unlink()
    for accepted in (True, False):
        with pytest.raises(PermanentEngineError, match="does not say under which licence"):
            prepare(str(source), tmp_path / "cache", accepted, quiet)


@pytest.mark.parametrize(
    "kind", [pytest.param("marian", marks=pytest.mark.again), "t5"], indirect=True
)
def test_a_closed_licence_must_be_accepted(source: Path, tmp_path: Path):
    (source / "README.md").write_text("---\nlicense: cc-by-nc-4.0\n---\n")
    with pytest.raises(PermanentEngineError, match=r"under cc-by-nc-4\.0"):
        prepare(str(source), tmp_path / "cache", False, quiet)
    assert not (tmp_path / "cache").exists()
    prepare(str(source), tmp_path / "cache", True, quiet)
    config = EngineConfig("", False, False, tmp_path / "cache", 1, others=(str(source),))
    assert "accepted the licence of" in choose.why_none(SPANISH, config)
    assert choose.for_language(SPANISH, replace(config, nllb_licence_accepted=True))


def test_a_missing_file_is_named(source: Path, kind: str, tmp_path: Path):
    name = {"marian": "target.spm", "t5": "spiece.model"}[kind]
    (source / name).unlink()
    with pytest.raises(PermanentEngineError, match=f"incomplete: {name} is missing"):
        prepare(str(source), tmp_path / "cache", True, quiet)


def test_pieces_of_another_model_are_refused(source: Path, kind: str, tmp_path: Path):
    if kind == "marian":
        numbers = json.loads((source / "vocab.json").read_text())
        first, second = list(numbers)[10:12]
        numbers[first], numbers[second] = numbers[second], numbers[first]
        rows = [*sorted(numbers, key=numbers.get)][:-1]
    else:
        rows = ["<unk>", "<s>", "</s>", "▁other"]
    with pytest.raises(PermanentEngineError, match="does not belong"):
        open_tokens(LAYOUTS[kind], OTHERS[kind]).require_rows(rows)


def test_a_damaged_piece_model_is_named(source: Path, kind: str):
    name = {"marian": "source.spm", "t5": "spiece.model"}[kind]
    (source / name).write_bytes(b"no model")
    with pytest.raises(PermanentEngineError, match=f"{name} is damaged"):
        open_tokens(LAYOUTS[kind], source)


def test_a_model_of_one_target_needs_no_language_token(tmp_path: Path):
    """As opus-mt-en-es: "source_lang": "en", "target_lang": "es", and no `>>…<<` to choose."""
    folder = Path(shutil.copytree(OTHERS["marian"], tmp_path / "opus-mt-en-es"))
    numbers = json.loads((folder / "vocab.json").read_text())
    kept = {token: number for token, number in numbers.items() if not token.startswith(">>")}
    (folder / "vocab.json").write_text(json.dumps(kept))
    (folder / "tokenizer_config.json").write_text('{"source_lang": "en", "target_lang": "es"}')
    tokens = open_tokens(MARIAN, folder)
    assert [tokens.supports(ENGLISH, lang) for lang in (SPANISH, FRENCH)] == [True, False]
    assert not tokens.supports(SPANISH, ENGLISH)
    assert tokens.encode("Stop smoking.", ENGLISH, SPANISH).tokens[0].startswith("▁")


def test_t5_translates_into_english_where_it_has_the_token():
    tokens = open_tokens(T5, OTHERS["t5"])
    assert tokens.supports(FRENCH, SPANISH)
    assert not tokens.supports(SPANISH, ENGLISH)  # the tiny one has no <2en>


@pytest.mark.parametrize(
    ("code", "known", "not_meant"),
    [
        ("zh-Hans", {"zh_Hans", "zho_Hans", "cmn_Hans", "zh"}, {"zh_Hant", "cmn_Hant", "zho"}),
        ("zh-Hant", {"zh_Hant", "zho_Hant", "cmn_Hant"}, {"zh", "zho", "cmn", "zh_Hans"}),
        ("pt-BR", {"pt_BR", "pob", "por", "pt", "por_Latn"}, {"pt_PT"}),
        ("ar", {"ar", "ara", "arb", "arb_Arab"}, {"arz"}),
        ("tl", {"tl", "tgl", "fil"}, set()),
        ("prs", {"prs", "prs_Arab"}, {"fa", "pes"}),
        ("hmn", {"hmn", "mww"}, {""}),
    ],
)
def test_codes_name_exactly_the_language(code: str, known: set[str], not_meant: set[str]):
    codes = set(languages.get(code).codes)
    assert known <= codes
    assert not codes & not_meant


def test_no_code_names_two_languages():
    everything = [code for language in languages.LANGUAGES for code in language.codes]
    assert len(everything) == len(set(everything))


def test_what_is_prepared_says_its_layout(config: EngineConfig, kind: str):
    found = prepared(config.others[0], config.cache)
    assert found is not None
    assert (found.layout, found.licence) == (LAYOUTS[kind], LICENCES[kind])
