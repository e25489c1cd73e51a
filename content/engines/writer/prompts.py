"""The prompt: a versioned file, read once, whose beginning is the same for every statement."""

import hashlib
import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from openai.types.chat import ChatCompletionMessageParam

from content.engines.writer.base import Hints, RewriteRequest

FOLDER = Path(__file__).resolve().parents[3] / "templates" / "prompts"
CURRENT = "rewrite-1"


@dataclass(frozen=True, slots=True)
class Shot:
    """An example turn. ``skip_when`` are words that it must not stand beside: they could leak."""

    statement: str
    hints: Hints
    rewrite: str
    skip_when: tuple[str, ...]

    def suits(self, text: str) -> bool:
        words = set(re.findall(r"[a-z]+", text.lower()))
        return words.isdisjoint(self.skip_when)


@dataclass(frozen=True, slots=True)
class Prompt:
    """``version`` is the file's name and the beginning of its SHA-256."""

    version: str
    system: str
    shots: tuple[Shot, ...]
    high_grade: int
    high_grade_line: str

    def messages(self, request: RewriteRequest) -> list[ChatCompletionMessageParam]:
        """The conversation that ends in ``request``. Only its last turn is new to the server."""
        shots = [s for s in self.shots if s.suits(f"{request.statement} {request.context}")]
        return [*self._prefix(shots), {"role": "user", "content": self._last_turn(request)}]

    def _prefix(self, shots: list[Shot]) -> list[ChatCompletionMessageParam]:
        turns: list[ChatCompletionMessageParam] = [{"role": "system", "content": self.system}]
        for shot in shots:
            turns.append({"role": "user", "content": _turn(shot.statement, shot.hints)})
            turns.append({"role": "assistant", "content": shot.rewrite})
        return turns

    def _last_turn(self, request: RewriteRequest) -> str:
        lines = [_turn(request.statement, request.hints)]
        if request.grade >= self.high_grade:
            lines.append(self.high_grade_line)
        if request.must_say:
            lines.append(f"Must say: {'; '.join(map(one_line, request.must_say))}")
        if request.do_not_say:
            lines.append(f"Do not say: {'; '.join(map(one_line, request.do_not_say))}")
        return "\n".join(lines)


@cache
def load(name: str = CURRENT) -> Prompt:
    raw = (FOLDER / f"{name}.toml").read_bytes()
    data = tomllib.loads(raw.decode())
    shots = tuple(
        Shot(
            shot["statement"],
            tuple((term, plain) for term, plain in shot["hints"]),
            shot["rewrite"],
            tuple(shot["skip_when"]),
        )
        for shot in data["shots"]
    )
    return Prompt(
        version=f"{name}+{hashlib.sha256(raw).hexdigest()[:8]}",
        system=data["system"].strip(),
        shots=shots,
        high_grade=data["high_grade"],
        high_grade_line=data["high_grade_line"],
    )


def one_line(text: str) -> str:
    """``text`` without line breaks: a statement cannot pose as another line of the prompt."""
    return " ".join(text.split())


def _turn(statement: str, hints: Hints) -> str:
    lines = [f"Statement: {one_line(statement)}"]
    if hints:
        pairs = "; ".join(f"{one_line(term)} = {one_line(plain)}" for term, plain in hints)
        lines.append(f"Words to use: {pairs}")
    return "\n".join(lines)
