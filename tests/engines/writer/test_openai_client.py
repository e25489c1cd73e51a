"""The client against the real llama.cpp: what it returns, and which of two errors it raises."""

import signal
from concurrent.futures import ThreadPoolExecutor

import pytest

from content.engines.base import PermanentEngineError, TemporaryEngineError
from content.engines.writer.base import Cancelled
from content.engines.writer.openai_client import (
    OpenAIWriter,
    clean,
    configured_writer,
    health,
    host_of,
    max_tokens,
)
from content.engines.writer.prompts import load
from eduengine.demo import free_port
from tests.llm import KEY, LocalServer
from tests.stack import wait_until

STATEMENT = "Warfarin should be administered orally once daily in the evening."
ASKED = {"hints": (("orally", "by mouth"),), "grade": 6, "audience": "adult"}


def test_a_healthy_server_is_healthy(server):
    assert health(server.url, KEY) is None


def test_a_rewrite_is_one_line_of_words(server):
    text = server.writer().rewrite(STATEMENT, **ASKED)
    assert text.strip()
    assert "\n" not in text


def test_the_same_question_has_the_same_answer(server):
    writer = server.writer()
    assert writer.rewrite(STATEMENT, **ASKED) == writer.rewrite(STATEMENT, **ASKED)


def test_the_identity_names_the_model_that_answered(server):
    writer = server.writer()
    writer.rewrite(STATEMENT, **ASKED)
    identity = writer.identity
    assert identity.model == "smollm2-135m-instruct-q4_1"
    assert identity.url_host == f"127.0.0.1:{server.port}"
    assert identity.prompt_version == load().version
    assert identity.settings["temperature"] == 0


def test_slots_are_filled_from_threads(server):
    writer = server.writer()
    with ThreadPoolExecutor(4) as pool:
        statements = [f"Take {number} tablets with water." for number in range(2, 8)]
        texts = list(pool.map(lambda text: writer.rewrite(text, **ASKED), statements))
    assert all(isinstance(text, str) for text in texts)


def test_a_wrong_key_is_permanent(server):
    with pytest.raises(PermanentEngineError, match="refused the key"):
        server.writer(key="wrong").rewrite(STATEMENT, **ASKED)
    with pytest.raises(PermanentEngineError, match="EDUENGINE_LLM_KEY"):
        health(server.url, "wrong")


def test_a_statement_beyond_the_context_is_refused_not_cut(server):
    with pytest.raises(PermanentEngineError, match="refused the statement"):
        server.writer().rewrite("Take one tablet in the morning. " * 400, **ASKED)


def test_a_wrong_path_is_permanent(server):
    writer = OpenAIWriter(server.url + "/nowhere", "local", KEY, 5, load())
    with pytest.raises(PermanentEngineError, match="EDUENGINE_LLM_URL"):
        writer.rewrite(STATEMENT, **ASKED)


def test_too_slow_is_temporary_and_the_server_goes_on(server):
    with pytest.raises(TemporaryEngineError, match="in time"):
        server.writer(timeout=0.05).rewrite("Take water. " * 40, **ASKED)
    assert server.writer().rewrite(STATEMENT, **ASKED)


def test_a_cancelled_rewrite_is_cut_off_and_its_slot_is_free_again(server):
    answers = iter([False, True])
    with pytest.raises(Cancelled):
        server.writer().rewrite(STATEMENT, **ASKED, cancelled=lambda: next(answers))
    wait_until(lambda: not any(slot["is_processing"] for slot in server.slots()))


def test_nobody_there_is_temporary():
    url = f"http://127.0.0.1:{free_port()}/v1"
    writer = OpenAIWriter(url, "local", KEY, 5, load())
    with pytest.raises(TemporaryEngineError, match="does not answer"):
        writer.rewrite(STATEMENT, **ASKED)
    with pytest.raises(TemporaryEngineError, match="does not answer"):
        health(url, KEY)


def test_killed_in_mid_answer_is_temporary_and_it_works_after_a_restart(small_model):
    server = LocalServer(small_model)
    writer = server.writer()

    def kill() -> bool:
        server.stop(signal.SIGKILL)
        return False

    with pytest.raises(TemporaryEngineError):
        writer.rewrite(STATEMENT, **ASKED, cancelled=kill)
    with pytest.raises(TemporaryEngineError, match="does not answer"):
        writer.rewrite(STATEMENT, **ASKED)
    server.start()
    assert writer.rewrite(STATEMENT, **ASKED)
    server.stop()


# --- without a server ---------------------------------------------------------------------------


def test_no_address_is_said_plainly(settings):
    settings.LLM_URL = ""
    with pytest.raises(PermanentEngineError, match="EDUENGINE_LLM_URL"):
        configured_writer()


def test_the_settings_make_a_writer(settings):
    settings.LLM_URL, settings.LLM_MODEL = "http://llm.example:8000/v1", "large"
    identity = configured_writer().identity
    assert (identity.model, identity.url_host) == ("large", "llm.example:8000")


def test_a_web_proxy_is_not_asked_for_this_machine(server, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{free_port()}")
    assert health(server.url, KEY) is None


def test_the_address_that_is_stored_holds_no_password():
    assert host_of("https://user:secret@llm.example:8000/v1") == "llm.example:8000"


@pytest.mark.parametrize(
    ("answer", "text"),
    [
        ("Take it.", "Take it."),
        (' "Take it." \n', "Take it."),
        ("“Take it.”", "Take it."),
        ("Take it.\n\nDrink water.", "Take it. Drink water."),
        ('"Yes" or "no"', '"Yes" or "no"'),
        ('Say "yes"', 'Say "yes"'),
        ('"', '"'),
        ("", ""),
    ],
)
def test_answers_are_put_on_one_line_and_out_of_quotes(answer, text):
    assert clean(answer) == text


@pytest.mark.parametrize(
    ("words", "tokens"), [(1, 63), (20, 120), (46, 198), (47, 200), (900, 200)]
)
def test_the_length_limit_grows_with_the_statement(words, tokens):
    assert max_tokens("word " * words) == tokens
