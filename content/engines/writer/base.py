"""What a writer is: it turns one English statement into plainer English, and nothing else.

It adds no facts and it decides nothing: what it returns is a candidate for the checks.
"""

from collections.abc import Callable, Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, Protocol

from content.engines.base import EngineError

Hints = Sequence[tuple[str, str]]  # (technical term, the plain words for it)


class Cancelled(EngineError):
    """Whoever asked no longer wants the answer."""


@dataclass(frozen=True, slots=True)
class WriterIdentity:
    """Who wrote a sentence, stored with it: enough to find out later what went wrong.

    ``model`` is the name that the server gives to its model, once it has answered.
    """

    model: str
    url_host: str
    prompt_version: str
    section_prompt_version: str
    settings: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class RewriteRequest:
    """One statement and what the prompt says about it."""

    statement: str
    hints: Hints
    must_say: Sequence[str]
    do_not_say: Sequence[str]
    context: str
    grade: int
    audience: str


@dataclass(frozen=True, slots=True)
class SortRequest:
    """One statement to be put under one of ``sections``; ``topic`` is the handout's."""

    statement: str
    sections: Sequence[str]
    topic: str


@dataclass(frozen=True, slots=True)
class SectionRequest:
    """Statements of one section, by id, for a model that may see them together."""

    statements: Mapping[int, str]
    section: str
    hints: Hints
    topic: str
    grade: int
    audience: str


def never() -> bool:
    return False


_given = ContextVar("tokens_given", default=0)


def give(tokens: int) -> None:
    """Count what a writer gave in this thread: each call to one is made in one thread."""
    _given.set(_given.get() + tokens)


def given() -> int:
    """How many tokens writers gave in this thread so far."""
    return _given.get()


class Writer(Protocol):
    @property
    def identity(self) -> WriterIdentity: ...

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
        """The statement in plain words, on one line, **unverified**.

        An empty string means that nothing usable came: no words, or an answer cut off at its
        length limit, of which half a sentence must not look like a whole one. The checks refuse it.

        Raises ``Cancelled``, ``TemporaryEngineError`` (no answer in time, a server that restarts)
        or ``PermanentEngineError`` (a wrong key or address, a statement that is too long).
        """
        ...

    def sort(self, request: SortRequest, cancelled: Callable[[], bool] = never) -> str:
        """One of ``request.sections``, or "" where the model's answer is none of them.

        The server is held to them by a JSON schema. Raises as ``rewrite`` does.
        """
        ...

    def rewrite_section(
        self, request: SectionRequest, cancelled: Callable[[], bool] = never
    ) -> dict[int, str]:
        """Rewrites by id, **unverified**; what the answer lacks or garbles is not in it.

        Raises as ``rewrite`` does.
        """
        ...
