"""The one writer: any server that speaks the OpenAI protocol, through the official client."""

from __future__ import annotations

import contextlib
import json
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from content.engines.base import (
    PermanentEngineError,
    TemporaryEngineError,
    WriterConfig,
    writer_config,
)
from content.engines.writer.base import (
    Cancelled,
    Hints,
    RewriteRequest,
    SectionRequest,
    SortRequest,
    WriterIdentity,
    give,
    never,
)
from content.engines.writer.prompts import Prompt, load, load_section, load_sort, one_line

# The client takes a second to load, which every web process and command would wait for: it is loaded
# where it is needed.
if TYPE_CHECKING:
    import openai
    from openai import OpenAI, Stream
    from openai.types.chat import ChatCompletionChunk, ChatCompletionMessageParam

CONNECT_TIMEOUT = 5.0  # seconds
HEALTH_TIMEOUT = 5.0
# Deterministic: the same statement and the same prompt give the same candidate.
SETTINGS: dict[str, Any] = {"temperature": 0, "max_tokens": "min(200, 60 + 3 * words)"}
SORT_TOKENS = 40
RETRY_LATER = {408, 409, 425, 429}
BAD_KEY = {401, 403}
LOOPBACK = {"localhost", "127.0.0.1", "::1"}


class OpenAIWriter:
    """``url`` is the protocol's base address, as in ``http://host:8000/v1``.

    Safe to use from several threads at once, which is how a server's parallel slots are filled.
    """

    def __init__(self, url: str, model: str, key: str, timeout: float, prompt: Prompt) -> None:
        self._host = host_of(url)
        self._client = _client(url, key, timeout)
        self._model = self._served_model = model
        self._timeout = timeout
        self._prompt = prompt

    @property
    def identity(self) -> WriterIdentity:
        return WriterIdentity(
            self._served_model, self._host, self._prompt.version, load_section().version, SETTINGS
        )

    def rewrite(
        self,
        statement: str,
        *,
        hints: Hints,
        must_say: Sequence[str] = (),
        do_not_say: Sequence[str] = (),
        context: str = "",
        grade: int,
        audience: str,
        cancelled: Callable[[], bool] = never,
    ) -> str:
        """See ``Writer.rewrite``."""
        request = RewriteRequest(
            statement, hints, must_say, do_not_say, context, grade, audience
        )  # fmt: skip
        messages, tokens = self._prompt.messages(request), max_tokens(statement)
        return clean(self._answer(messages, tokens, cancelled))

    def sort(self, request: SortRequest, cancelled: Callable[[], bool] = never) -> str:
        """See ``Writer.sort``."""
        schema = {
            "type": "object",
            "properties": {"section": {"type": "string", "enum": list(request.sections)}},
            "required": ["section"],
            "additionalProperties": False,
        }
        answer = self._answer(load_sort().messages(request), SORT_TOKENS, cancelled, schema)
        section = str(_json(answer).get("section", ""))
        return section if section in request.sections else ""

    def rewrite_section(
        self, request: SectionRequest, cancelled: Callable[[], bool] = never
    ) -> dict[int, str]:
        """See ``Writer.rewrite_section``."""
        messages = load_section().messages(request)
        tokens = sum(max_tokens(text) for text in request.statements.values()) + SORT_TOKENS
        answer = self._answer(messages, tokens, cancelled, _section_schema(request))
        rows = _json(answer).get("rewrites", [])
        found = {row["id"]: clean(row["text"]) for row in rows if _is_rewrite(row)}
        return {pk: text for pk, text in found.items() if pk in request.statements}

    def _answer(
        self,
        messages: list[ChatCompletionMessageParam],
        tokens: int,
        cancelled: Callable[[], bool],
        schema: Mapping[str, object] | None = None,
    ) -> str:
        """The whole answer, held to ``schema`` by the server where one is given."""
        deadline = time.monotonic() + self._timeout
        with _told_apart(self._host), self._ask(messages, tokens, schema) as stream:
            return self._read(stream, deadline, cancelled)

    def _ask(
        self,
        messages: list[ChatCompletionMessageParam],
        tokens: int,
        schema: Mapping[str, object] | None,
    ) -> Stream[ChatCompletionChunk]:
        import openai

        # The protocol's own way to hold a model to a schema: llama.cpp, vLLM, Ollama, Azure OpenAI.
        form: Any = openai.omit
        if schema is not None:
            named = {"name": "answer", "schema": schema, "strict": True}
            form = {"type": "json_schema", "json_schema": named}
        return self._client.chat.completions.create(
            model=self._model,
            messages=messages,
            max_tokens=tokens,
            temperature=SETTINGS["temperature"],
            response_format=form,
            stream=True,
        )

    def _read(
        self, stream: Stream[ChatCompletionChunk], deadline: float, cancelled: Callable[[], bool]
    ) -> str:
        """The whole answer, or "" if it was cut off. Leaving early makes the server stop too."""
        words: list[str] = []
        finish = None
        for chunk in stream:
            if cancelled():
                raise Cancelled("The rewrite was cancelled.")
            if time.monotonic() > deadline:
                raise TemporaryEngineError(too_slow(self._host))
            self._served_model = chunk.model or self._served_model
            # Servers stream a token at a time; how many they count themselves few say unasked.
            give(len(chunk.choices))
            for choice in chunk.choices:
                words.append(choice.delta.content or "")
                finish = choice.finish_reason or finish
        if finish is None:
            raise TemporaryEngineError(f"The writer at {self._host} broke off in mid-answer.")
        return "".join(words) if finish == "stop" else ""


def _json(answer: str) -> dict[str, Any]:
    """The object that an answer is; empty where it was cut off or is none."""
    try:
        found = json.loads(answer)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _is_rewrite(row: object) -> bool:
    return (
        isinstance(row, dict)
        and isinstance(row.get("id"), int)
        and isinstance(row.get("text"), str)
    )


def _section_schema(request: SectionRequest) -> dict[str, object]:
    """A list with one entry for each statement, so that leaving one out takes an effort."""
    row = {
        "type": "object",
        "properties": {
            "id": {"type": "integer", "enum": list(request.statements)},
            "text": {"type": "string"},
        },
        "required": ["id", "text"],
        "additionalProperties": False,
    }
    count = len(request.statements)
    rows = {"type": "array", "items": row, "minItems": count, "maxItems": count}
    return {
        "type": "object",
        "properties": {"rewrites": rows},
        "required": ["rewrites"],
        "additionalProperties": False,
    }


def configured_writer() -> OpenAIWriter:
    """The writer that the settings name; ``PermanentEngineError`` where they name none."""
    config = writer_config()
    if not config.url:
        raise PermanentEngineError(
            "No writer is configured. Set EDUENGINE_LLM_URL, or start everything with `make demo`, "
            "which runs `manage.py llm_server`."
        )
    return _writer_of(config)


@cache
def _writer_of(config: WriterConfig) -> OpenAIWriter:
    """One writer per process, so that its connections are kept."""
    return OpenAIWriter(config.url, config.model, config.key, config.timeout, load())


def health(url: str, key: str) -> None:
    """Return if a writer answers at ``url`` and takes ``key``; raise as ``rewrite`` does if not."""
    with _told_apart(host_of(url)), _client(url, key, HEALTH_TIMEOUT) as client:
        client.models.list()


def host_of(url: str) -> str:
    """Host and port, without a name and password that the address may carry."""
    return urlsplit(url).netloc.rpartition("@")[2]


def max_tokens(statement: str) -> int:
    return min(200, 60 + 3 * len(statement.split()))


def clean(answer: str) -> str:
    """``answer`` on one line, out of the quotation marks that some models put around it."""
    text = one_line(answer)
    for opening, closing in ('""', "“”"):
        inner = text[1:-1]
        quoted = text.startswith(opening) and text.endswith(closing) and len(text) > 1
        if quoted and opening not in inner and closing not in inner:
            text = inner.strip()
    return text


def too_slow(host: str) -> str:
    return f"The writer at {host} did not answer in time. It may be busy; try again later."


def _client(url: str, key: str, timeout: float) -> OpenAI:
    """A client that never retries by itself: whether to is the caller's decision.

    A clinic's web proxy is not asked for an address on this machine: it could not reach it.
    """
    import openai

    through_proxy = urlsplit(url).hostname not in LOOPBACK
    limits = openai.Timeout(timeout, connect=min(CONNECT_TIMEOUT, timeout))
    http = openai.DefaultHttpxClient(trust_env=through_proxy, timeout=limits)
    return openai.OpenAI(
        base_url=url, api_key=key or "none", timeout=limits, max_retries=0, http_client=http
    )


@contextlib.contextmanager
def _told_apart(host: str) -> Iterator[None]:
    """The client's errors as the two kinds of ours, each with a line that says what to do."""
    import openai

    try:
        yield
    except openai.APITimeoutError as error:
        raise TemporaryEngineError(too_slow(host)) from error
    except openai.APIConnectionError as error:
        raise TemporaryEngineError(
            f"The writer at {host} does not answer. Check that it runs, and EDUENGINE_LLM_URL."
        ) from error
    except openai.APIStatusError as error:
        raise _refusal(host, error) from error
    except openai.APIError as error:
        message = one_line(error.message)
        raise TemporaryEngineError(f"The writer at {host} failed: {message}") from error
    except ValueError as error:  # no JSON where the protocol wants JSON
        raise PermanentEngineError(_not_the_protocol(host)) from error


def _refusal(
    host: str, error: openai.APIStatusError
) -> TemporaryEngineError | PermanentEngineError:
    status, message = error.status_code, one_line(error.message)[:300]
    if status >= 500 or status in RETRY_LATER:
        return TemporaryEngineError(f"The writer at {host} cannot work now ({message}).")
    if status in BAD_KEY:
        return PermanentEngineError(
            f"The writer at {host} refused the key. Check EDUENGINE_LLM_KEY."
        )
    if status == 404:
        return PermanentEngineError(_not_the_protocol(host))
    return PermanentEngineError(f"The writer at {host} refused the statement ({message}).")


def _not_the_protocol(host: str) -> str:
    return (
        f"What answers at {host} is not the writer. Check EDUENGINE_LLM_URL, which usually ends in "
        "/v1, and EDUENGINE_LLM_MODEL."
    )
