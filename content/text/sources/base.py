"""What a parsed source is, and what every notation shares."""

import re
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
from typing import Literal
from urllib.parse import urlsplit

from content import languages
from content.text.segments import split_sentences
from content.text.sources.blocks import Block, is_finished

MAX_STATEMENTS = 2_000

CODE_SYSTEMS = ("ICD-10-CM", "SNOMED CT", "RxNorm", "LOINC", "MeSH")

# The most characters that the library keeps of each part; PostgreSQL refuses more.
_LIMITS = {
    "external_id": 200,
    "title": 300,
    "publisher": 200,
    "url": 500,
    "courtesy": 300,
    "licence": 120,
}
_SECTION_LIMIT = 300
_CODE_LIMIT = 40
_DISPLAY_LIMIT = 200

# Characters that no database column or model should meet: they come from damaged files.
_DAMAGED = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f\ud800-\udfff\ufffd]")


class SourceError(ValueError):
    """A source that cannot be read. ``line`` is the line at fault, None where the file is."""

    def __init__(self, message: str, line: int | None = None) -> None:
        message = " ".join(message.split())
        super().__init__(message if line is None else f"Line {line}: {message}")
        self.line = line


@dataclass(frozen=True, slots=True)
class SourceStatement:
    """One sentence of a source.

    ``lead_in`` is what a list item needs to be understood: the sentence that introduces its list
    (for a nested list, the outer ones before it; for a later sentence of an item, its first).
    """

    text: str
    section: str
    kind: Literal["paragraph", "list_item"]
    lead_in: str
    line: int


@dataclass(frozen=True, slots=True)
class TopicCode:
    """``system`` is one of ``CODE_SYSTEMS``."""

    system: str
    code: str
    display: str


@dataclass(frozen=True, slots=True)
class Authority:
    """Whose published guidance a source follows."""

    name: str
    url: str


@dataclass(frozen=True, slots=True)
class ParsedSource:
    """One source. ``language`` is a BCP-47 tag, ``raw_digest`` a fingerprint of what was read."""

    external_id: str
    title: str
    url: str
    publisher: str
    language: str
    courtesy: str
    licence: str
    review_by: date | None
    topics: tuple[TopicCode, ...]
    statements: tuple[SourceStatement, ...]
    also_called: tuple[str, ...]
    raw_digest: str
    follows: tuple[Authority, ...] = ()
    reviewed_by: str = ""


def statements(blocks: list[Block], language: str, line: int) -> tuple[SourceStatement, ...]:
    """A statement per sentence; what introduces a list stands in ``lead_in`` of its items."""
    found: list[SourceStatement] = []
    section, leads, titled = "", list[str](), False
    for block, following in zip_longest(blocks, blocks[1:]):
        refuse_damage(block.text, block.line)
        if block.kind == "heading":
            section, leads = f"{section}: {block.text}" if titled else block.text, []
            titled = True
            continue
        titled = False
        leads = leads[: block.depth]
        sentences = split_sentences(block.text, language)
        introduces = following is not None and following.depth > block.depth
        # “Call 911 if you have:” is half a sentence; “There are two kinds.” stands by itself too.
        whole = sentences if not introduces or is_finished(sentences[-1]) else sentences[:-1]
        found += _block_statements(block, whole, section, leads)
        leads = [*leads, sentences[-1]] if introduces else leads
    if not found:
        raise SourceError("The source has no statements.", line)
    if len(found) > MAX_STATEMENTS:
        message = (
            f"The source has {len(found):,} statements; at most {MAX_STATEMENTS:,} are allowed. "
            "Split it into topics."
        )
        raise SourceError(message, line)
    return tuple(found)


def _block_statements(
    block: Block, sentences: list[str], section: str, leads: list[str]
) -> list[SourceStatement]:
    if block.kind == "list_item":
        lead_ins = [leads] + [[*leads, sentences[0]] for _ in sentences[1:]] if sentences else []
        return [
            SourceStatement(text, section, "list_item", " ".join(lead_in), block.line)
            for text, lead_in in zip(sentences, lead_ins, strict=True)
        ]
    return [SourceStatement(text, section, "paragraph", "", block.line) for text in sentences]


def checked(source: ParsedSource, line: int) -> ParsedSource:
    """``source`` itself, once its title is there and every part is short and sound enough."""
    if not source.title:
        raise SourceError("The “title” is missing.", line)
    for name, limit in _LIMITS.items():
        _within(limit, name, getattr(source, name), line)
    for topic in source.topics:
        _within(_CODE_LIMIT, "topic code", topic.code, line)
        _within(_DISPLAY_LIMIT, "topic name", topic.display, line)
    for statement in source.statements:
        _within(_SECTION_LIMIT, "heading", statement.section, statement.line)
    return source


def _within(limit: int, name: str, text: str, line: int) -> None:
    refuse_damage(text, line)
    if len(text) > limit:
        message = f"The “{name}” has {len(text)} characters; at most {limit} are allowed."
        raise SourceError(message, line)


def language_code(name: str, line: int) -> str:
    """The BCP-47 tag of a language given by its English name, its own name, or its code."""
    wanted = name.strip().casefold()
    for language in languages.LANGUAGES:
        if wanted in (language.name.casefold(), language.endonym.casefold()):
            return language.code
    try:
        return languages.get(name[:40]).code
    except languages.UnknownLanguage as error:
        raise SourceError(str(error), line) from error


def web_address(url: str, line: int) -> str:
    # The address becomes a link in public pages: nothing like “javascript:” may pass.
    try:
        sound = urlsplit(url).hostname and re.fullmatch(r"https?://[^\s\\<>\"]+", url)
    except ValueError:
        sound = None
    if not sound:
        raise SourceError(f"“{url[:60]}” is no web address; it must begin with https://.", line)
    return url


def refuse_damage(text: str, line: int) -> None:
    if found := _DAMAGED.search(text):
        message = f"The text holds a damaged character (U+{ord(found[0]):04X})."
        raise SourceError(message, line)
