"""Our own fact sheets: plain Markdown below front matter."""

import re
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath

from content.text.fingerprint import fingerprint
from content.text.sources import base
from content.text.sources.base import (
    CODE_SYSTEMS,
    Authority,
    ParsedSource,
    Standing,
    TopicCode,
)
from content.text.sources.blocks import markdown_blocks
from content.text.sources.damage import SourceError, numbered_lines

_SCALARS = frozenset((
    "title", "slug", "language", "publisher", "url", "courtesy", "licence",
    "prepared", "review_by", "reviewed_by",
))  # fmt: skip
_LISTS = frozenset(("follows", "topics", "also_called"))
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
# Our format is plain: a table or a quotation would become nonsense statements.
_FOREIGN = re.compile(r"\s*(?:\||>|```|~~~|</?[a-zA-Z!])")


@dataclass(slots=True)
class _Field:
    line: int
    value: str
    items: list[tuple[int, str]]


def parse_markdown(text: str, name: str) -> ParsedSource:
    """One fact sheet: front matter between ``---`` lines, then ``## headings`` and ``- items``.

    An item may end in “[1, 2]”: the entries of ``follows`` that it rests on, counted from 1. Without
    numbers it rests on all of them.
    """
    lines = numbered_lines(text)
    fields, body = _front_matter(lines)
    for number, line in body:
        if _FOREIGN.match(line):
            message = "Tables, quotations, code and HTML cannot be read; write plain “- ” items."
            raise SourceError(message, number)
    language = base.language_code(_value(fields, "language"), fields["language"].line)
    follows = tuple(_authority(*item) for item in _items(fields, "follows"))
    standing = Standing(language, _date(fields, "prepared"), follows)
    statements = base.statements(markdown_blocks(body), standing, len(lines))
    source = ParsedSource(
        external_id=f"library:{_slug(fields, name)}",
        title=_value(fields, "title"),
        url=_address(fields, follows),
        publisher=_value(fields, "publisher"),
        language=language,
        courtesy=_value(fields, "courtesy", required=False),
        licence=_value(fields, "licence"),
        review_by=_date(fields, "review_by"),
        topics=tuple(_topic(*item) for item in _items(fields, "topics")),
        statements=statements,
        also_called=tuple(text for _, text in _items(fields, "also_called")),
        raw_digest=fingerprint([text]),
        follows=follows,
        reviewed_by=_value(fields, "reviewed_by", required=False),
    )
    return base.checked(source, 1)


def _front_matter(
    lines: list[tuple[int, str]],
) -> tuple[dict[str, _Field], list[tuple[int, str]]]:
    if not lines or lines[0][1].strip() != "---":
        raise SourceError("The file must begin with a line “---” and its title below.", 1)
    fields: dict[str, _Field] = {}
    for index, (number, line) in enumerate(lines[1:], start=1):
        if line.strip() == "---":
            return fields, lines[index + 1 :]
        if line.strip():
            _read_field(fields, number, line.strip())
    raise SourceError("The second “---” line, which ends the front matter, is missing.", 1)


def _read_field(fields: dict[str, _Field], number: int, line: str) -> None:
    latest = next(reversed(fields), "")
    if line.startswith("- ") and latest in _LISTS:
        fields[latest].items.append((number, line[2:].strip()))
        return
    key, colon, value = (part.strip() for part in line.partition(":"))
    if not colon or key not in _SCALARS | _LISTS or (key in _LISTS and value):
        known = ", ".join(sorted(_SCALARS | _LISTS))
        raise SourceError(f"“{line[:60]}” is not understood here. Known entries: {known}.", number)
    if key in fields:
        raise SourceError(f"“{key}” is given twice.", number)
    fields[key] = _Field(number, value, [])


def _value(fields: dict[str, _Field], key: str, *, required: bool = True) -> str:
    found = fields.get(key)
    if required and (found is None or not found.value):
        raise SourceError(f"The “{key}” is missing.", found.line if found else 1)
    return found.value if found else ""


def _items(fields: dict[str, _Field], key: str) -> list[tuple[int, str]]:
    return fields[key].items if key in fields else []


def _slug(fields: dict[str, _Field], name: str) -> str:
    slug = _value(fields, "slug", required=False) or PurePath(name).stem.lower()
    if not _SLUG.fullmatch(slug):
        line = fields["slug"].line if "slug" in fields else 1
        raise SourceError(f"The slug “{slug}” may hold only a-z, 0-9 and single hyphens.", line)
    return slug


def _date(fields: dict[str, _Field], key: str) -> date | None:
    value = _value(fields, key, required=False)
    try:
        return date.fromisoformat(value) if value else None
    except ValueError as error:
        message = f"“{value}” is no date; write it as 2027-11-01."
        raise SourceError(message, fields[key].line) from error


def _address(fields: dict[str, _Field], follows: tuple[Authority, ...]) -> str:
    """Where readers find more: the sheet's own address, else that of the first authority."""
    if url := _value(fields, "url", required=False):
        return base.web_address(url, fields["url"].line)
    return follows[0].url if follows else ""


def _authority(line: int, text: str) -> Authority:
    name, _, url = text.rpartition(" ")
    if not name or not url.startswith("https://"):
        raise SourceError("Write the authority’s name, a space and its https address.", line)
    return Authority(name.strip(" ,:"), base.web_address(url, line))


def _topic(line: int, text: str) -> TopicCode:
    system = next((known for known in CODE_SYSTEMS if text.startswith(f"{known} ")), "")
    code, _, display = text.removeprefix(system).strip().partition(" ")
    if not system or not display:
        known = ", ".join(CODE_SYSTEMS)
        raise SourceError(f"Write a system ({known}), its code and what the code means.", line)
    return TopicCode(system, code, display.strip())
