"""Running the checks over a file of sentence pairs, and counting what they catch."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from content import languages
from content.safety.base import Check, Finding, Pair, blocking, run

OK = "ok"


class BadInput(ValueError):
    """A line that cannot be read; the message names the line and says what it needs."""


@dataclass(frozen=True, slots=True)
class Item:
    """One line: ``label`` is "ok", the name of an error, or "" where the line has none."""

    id: str
    language: str
    pair: Pair
    label: str


@dataclass(slots=True)
class Counts:
    errors: int = 0
    caught_blocking: int = 0
    caught_any: int = 0
    ok: int = 0
    alarms_blocking: int = 0
    alarms_any: int = 0

    def add(self, label: str, findings: list[Finding]) -> None:
        hits = int(blocking(findings)), int(bool(findings))
        if label == OK:
            self.ok += 1
            self.alarms_blocking += hits[0]
            self.alarms_any += hits[1]
        else:
            self.errors += 1
            self.caught_blocking += hits[0]
            self.caught_any += hits[1]

    def as_dict(self) -> dict[str, int]:
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(slots=True)
class Score:
    """The counts of a whole file, per label and per language."""

    total: Counts = field(default_factory=Counts)
    by_label: dict[str, Counts] = field(default_factory=dict)
    by_lang: dict[str, Counts] = field(default_factory=dict)

    def add(self, item: Item, findings: list[Finding]) -> None:
        per_label = self.by_label.setdefault(item.label, Counts())
        per_language = self.by_lang.setdefault(item.language, Counts())
        for counts in (self.total, per_label, per_language):
            counts.add(item.label, findings)

    def as_dict(self) -> dict[str, Any]:
        return self.total.as_dict() | {
            "by_label": {label: counts.as_dict() for label, counts in self.by_label.items()},
            "by_lang": {code: counts.as_dict() for code, counts in self.by_lang.items()},
        }


def read_segments(lines: Iterable[str]) -> list[Item]:
    """Items of JSON Lines ``{id, target_lang, source, target[, label]}``; ``BadInput``."""
    return [_segment(number, record) for number, record in _records(lines)]


def read_rewrites(lines: Iterable[str]) -> list[Item]:
    """Items of JSON Lines ``{id, source, rewrite[, topic, label]}``; ``BadInput``."""
    return [_rewrite(number, record) for number, record in _records(lines)]


def check(items: Iterable[Item], checks: tuple[Check, ...]) -> Iterator[tuple[Item, list[Finding]]]:
    for item in items:
        yield item, run(checks, item.pair)


def _records(lines: Iterable[str]) -> Iterator[tuple[int, dict[str, Any]]]:
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except (json.JSONDecodeError, RecursionError) as error:
            raise BadInput(f"Line {number} is not JSON.") from error
        if not isinstance(record, dict):
            raise BadInput(f"Line {number} is not a JSON object.")
        yield number, record


def _segment(number: int, record: dict[str, Any]) -> Item:
    code = _text(number, record, "target_lang")
    try:
        language = languages.get(code)
    except languages.UnknownLanguage as error:
        raise BadInput(f"Line {number}: {error}") from error
    pair = Pair(_text(number, record, "source"), _text(number, record, "target"), language)
    return Item(_text(number, record, "id"), code, pair, _label(number, record))


def _rewrite(number: int, record: dict[str, Any]) -> Item:
    topic = _text(number, record, "topic") if "topic" in record else ""
    pair = Pair(_text(number, record, "source"), _text(number, record, "rewrite"), topic=topic)
    return Item(_text(number, record, "id"), languages.ENGLISH.code, pair, _label(number, record))


def _label(number: int, record: dict[str, Any]) -> str:
    return _text(number, record, "label") if "label" in record else ""


def _text(number: int, record: dict[str, Any], name: str) -> str:
    value = record.get(name)
    if name == "id" and isinstance(value, int):
        value = str(value)
    if not isinstance(value, str):
        raise BadInput(f"Line {number} needs “{name}” as a text.")
    return value
