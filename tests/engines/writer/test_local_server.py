"""`manage.py llm_server`: one line when it is ready, one line when it cannot be."""

import signal
import socket
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest
from openai import OpenAI

from content.engines import store
from content.engines.base import PermanentEngineError, TemporaryEngineError
from content.engines.writer.base import RewriteRequest, SortRequest
from content.engines.writer.local_server import SLOTS, check_model, default_threads
from content.engines.writer.prompts import load
from eduengine.demo import free_port
from tests.llm import KEY, LocalServer, run_server

STATEMENTS = [f"Statement number {number} is about aspirin." for number in range(SLOTS)]


def refusal(*arguments: str, key: str = "key") -> str:
    """What a server that must not start says; its exit status is checked here."""
    process = run_server("--port", str(free_port()), *arguments, key=key)
    out, error = process.communicate(timeout=240)
    assert process.returncode != 0, out
    assert len(error.strip().splitlines()) == 1, error
    return error


@pytest.fixture
def truncated(small_model: Path, tmp_path: Path) -> Path:
    path = tmp_path / "truncated.gguf"
    path.write_bytes(small_model.read_bytes()[:50_000_000])
    return path


def test_it_says_where_it_is_ready(server):
    assert f"ready at {server.url}" in server.announcement


def cached_tokens(server: LocalServer, statement: str) -> int:
    """How much of the prompt about ``statement`` the server had read before it was asked."""
    request = RewriteRequest(statement, (), (), (), "", 6, "adult")
    with OpenAI(base_url=server.url, api_key=KEY) as client:
        answer = client.chat.completions.create(
            model="local", messages=load().messages(request), max_tokens=1
        )
    return answer.usage.prompt_tokens_details.cached_tokens


# To start takes ten seconds and more, so each of two servers lives through more than one thing.


def test_every_slot_begins_warm_and_a_stop_waits_for_no_answer(small_model):
    fresh = LocalServer(small_model)
    with ThreadPoolExecutor(SLOTS) as pool:
        known = list(pool.map(partial(cached_tokens, fresh), STATEMENTS))
    assert min(known) > 600
    seen: list[int] = []

    def stop() -> bool:
        seen.append(fresh.stop(signal.SIGTERM))
        return False

    with pytest.raises(TemporaryEngineError):
        fresh.writer().rewrite("Take one tablet. " * 40, hints=(), grade=6, audience="adult",
                               cancelled=stop)  # fmt: skip
    assert seen[0] == 0


def test_sorting_does_not_make_the_rewriter_cold_and_it_stops_cleanly(small_model):
    fresh = LocalServer(small_model)
    asked = [SortRequest(text, ["about", "medicines"], "Aspirin") for text in STATEMENTS * 2]
    with ThreadPoolExecutor(SLOTS) as pool:
        list(pool.map(fresh.writer().sort, asked))
        known = list(pool.map(partial(cached_tokens, fresh), STATEMENTS))
    assert fresh.stop(signal.SIGINT) == 0
    assert min(known) > 600


def test_without_a_key_it_does_not_start(small_model):
    told = refusal("--model", str(small_model), "--allow-small", key="")
    assert "EDUENGINE_LLM_KEY" in told


def test_a_truncated_model_is_told_in_one_line(truncated):
    told = refusal("--model", str(truncated), "--allow-small")
    assert "truncated.gguf could not be loaded: it is damaged" in told


def test_a_small_model_is_refused(small_model):
    assert "dangerous nonsense" in refusal("--model", str(small_model))


def test_a_port_in_use_is_named(small_model):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        assert port in refusal("--port", port, "--model", str(small_model), "--allow-small")


# --- models that must not be served -------------------------------------------------------------


def test_a_truncated_default_is_told_with_its_size(tmp_path):
    path = tmp_path / store.DEFAULT_WRITER.name
    path.write_bytes(b"GGUF" + bytes(1000))
    with pytest.raises(PermanentEngineError, match=r"1,004 of 1,117,320,768 bytes.*pull_models"):
        check_model(path, allow_small=False)


def test_a_file_of_another_kind_is_not_a_model(tmp_path):
    path = tmp_path / "model.gguf"
    path.write_text("<html>")
    with pytest.raises(PermanentEngineError, match="not a GGUF file"):
        check_model(path, allow_small=True)


def test_a_model_that_is_not_there(tmp_path):
    with pytest.raises(PermanentEngineError, match="is not there"):
        check_model(tmp_path / "model.gguf", allow_small=True)


@pytest.mark.parametrize(("cores", "threads"), [(None, 2), (1, 1), (2, 2), (4, 3), (64, 8)])
def test_a_core_is_left_for_the_others(monkeypatch, cores, threads):
    monkeypatch.setattr("os.cpu_count", lambda: cores)
    assert default_threads() == threads
