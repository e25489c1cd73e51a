"""The prompts: versioned files, each read once."""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from content.engines.writer.base import Hints, RewriteRequest, SectionRequest, SortRequest

if TYPE_CHECKING:
    from openai.types.chat import ChatCompletionMessageParam

FOLDER = Path(__file__).resolve().parents[3] / "templates" / "prompts"
CURRENT = "rewrite-2"
SORT = "sort-1"
SECTION = "section-1"


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
    """One statement at a time; its beginning is the same for every one, and the server keeps it."""

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


@dataclass(frozen=True, slots=True)
class SortPrompt:
    """Which section a statement belongs under. ``shots`` are answered examples."""

    version: str
    system: str
    ask: str
    sections: dict[str, str]
    shots: tuple[dict[str, str], ...]

    def messages(self, request: SortRequest) -> list[ChatCompletionMessageParam]:
        wanted = [name for name in self.sections if name in request.sections]
        lines = "\n".join(f"- {name}: {self.sections[name]}" for name in wanted)
        turns: list[ChatCompletionMessageParam] = [
            {"role": "system", "content": self.system.format(sections=lines)}
        ]
        for shot in self.shots:
            if shot["section"] in wanted:
                turns.append(self._ask(shot["topic"], shot["statement"]))
                turns.append({"role": "assistant", "content": sorted_into(shot["section"])})
        return [*turns, self._ask(request.topic, request.statement)]

    def _ask(self, topic: str, statement: str) -> ChatCompletionMessageParam:
        text = self.ask.format(topic=one_line(topic), statement=one_line(statement))
        return {"role": "user", "content": text}


def sorted_into(section: str) -> str:
    """An answer to the sorting prompt, as its JSON schema wants it."""
    return json.dumps({"section": section})


@dataclass(frozen=True, slots=True)
class SectionPrompt:
    """All statements of a section, for the reader that was asked for."""

    version: str
    system: str
    ask: str
    audience: dict[str, str]

    def messages(self, request: SectionRequest) -> list[ChatCompletionMessageParam]:
        system = self.system.format(audience=self.audience[request.audience], grade=request.grade)
        rows = [{"id": n, "statement": one_line(s)} for n, s in request.statements.items()]
        ask = self.ask.format(
            topic=one_line(request.topic),
            section=one_line(request.section),
            statements=json.dumps(rows, ensure_ascii=False),
            hints=_pairs(request.hints) or "-",
        )
        return [
            {"role": "system", "content": system},
            {"role": "user", "content": ask.strip()},
        ]


@cache
def load_sort(name: str = SORT) -> SortPrompt:
    version, data = _read(name)
    return SortPrompt(
        version, data["system"].strip(), data["ask"], data["sections"], tuple(data["shots"])
    )


@cache
def load_section(name: str = SECTION) -> SectionPrompt:
    version, data = _read(name)
    return SectionPrompt(version, data["system"].strip(), data["ask"], data["audience"])


def _read(name: str) -> tuple[str, dict[str, Any]]:
    """(version, contents) of a prompt file: its name and the beginning of its SHA-256."""
    raw = (FOLDER / f"{name}.toml").read_bytes()
    return f"{name}+{hashlib.sha256(raw).hexdigest()[:8]}", tomllib.loads(raw.decode())


@cache
def load(name: str = CURRENT) -> Prompt:
    version, data = _read(name)
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
        version=version,
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
        lines.append(f"Words to use: {_pairs(hints)}")
    return "\n".join(lines)


def _pairs(hints: Hints) -> str:
    return "; ".join(f"{one_line(term)} = {one_line(plain)}" for term, plain in hints)
