"""What a parsed source is, and what every notation shares."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
from typing import Literal
from urllib.parse import urlsplit

from content import languages
from content.text.segments import split_sentences
from content.text.sources.blocks import Block, is_finished
from content.text.sources.damage import (
    SourceError,
    refuse_damage,
    refuse_length,
    refuse_markup,
)

MAX_STATEMENTS = 2_000
# Of one file: all that MedlinePlus publishes in English and Spanish has some 60,000.
MAX_FILE_STATEMENTS = 200_000
# Of one statement, and of what introduces it: a person must be able to read it at a glance.
_STATEMENT_LIMIT = 2_000
# Lists in lists in lists: deeper ones are no text for people.
_MAX_DEPTH = 6
# Authorities, topic codes and other names of one source.
_MAX_ENTRIES = 100

CODE_SYSTEMS = ("ICD-10-CM", "SNOMED CT", "RxNorm", "LOINC", "MeSH")

# The most characters that the library keeps of each part; PostgreSQL refuses more.
_LIMITS = {
    "external_id": 200,
    "title": 300,
    "publisher": 200,
    "url": 500,
    "courtesy": 300,
    "licence": 120,
    "reviewed_by": 200,
}
_SECTION_LIMIT = 300
_CODE_LIMIT = 40
_DISPLAY_LIMIT = 200
_ADDRESS_LIMIT = 500


@dataclass(frozen=True, slots=True)
class Authority:
    """Whose published guidance a source or one of its statements follows."""

    name: str
    url: str


@dataclass(frozen=True, slots=True)
class SourceStatement:
    """One sentence of a source.

    ``lead_in`` is what a list item needs to be understood: the sentence that introduces its list
    (for a nested list, the outer ones before it; for a later sentence of an item, its first).
    ``dated`` is when it was last held against the ``authorities`` that it follows.
    """

    text: str
    section: str
    kind: Literal["paragraph", "list_item"]
    lead_in: str
    line: int
    dated: date | None = None
    authorities: tuple[Authority, ...] = ()


@dataclass(frozen=True, slots=True)
class TopicCode:
    """``system`` is one of ``CODE_SYSTEMS``."""

    system: str
    code: str
    display: str


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


@dataclass(frozen=True, slots=True)
class Standing:
    """What the statements of one source stand on: its language, its date and its authorities."""

    language: str
    dated: date | None
    follows: tuple[Authority, ...]

    def authorities(self, block: Block) -> tuple[Authority, ...]:
        """Those that the marks of ``block`` count from 1, or all where it has no mark."""
        for mark in block.marks:
            if not 1 <= mark <= len(self.follows):
                message = f"There is no authority [{mark}]: “follows” lists {len(self.follows)}."
                raise SourceError(message, block.line)
        return tuple(self.follows[mark - 1] for mark in dict.fromkeys(block.marks)) or self.follows


def statements(blocks: list[Block], standing: Standing, line: int) -> tuple[SourceStatement, ...]:
    """A statement per sentence; what introduces a list stands in ``lead_in`` of its items."""
    found: list[SourceStatement] = []
    section, leads, titled = "", list[str](), False
    for block, following in zip_longest(blocks, blocks[1:]):
        _refuse_block(block)
        if block.kind == "heading":
            section, leads = f"{section}: {block.text}" if titled else block.text, []
            _within(_SECTION_LIMIT, "heading", section, block.line)
            titled = True
            continue
        titled = False
        leads = leads[: block.depth]
        sentences = split_sentences(block.text, standing.language)
        introduces = following is not None and following.depth > block.depth
        # “Call 911 if you have:” is half a sentence; “There are two kinds.” stands by itself too.
        whole = sentences if not introduces or is_finished(sentences[-1]) else sentences[:-1]
        found += _block_statements(block, whole, section, leads, standing)
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


def _refuse_block(block: Block) -> None:
    refuse_length(block.text, block.line, name="paragraph")
    refuse_damage(block.text, block.line)
    refuse_markup(block.text, block.line)
    if block.depth > _MAX_DEPTH:
        raise SourceError(f"Lists stand inside lists, more than {_MAX_DEPTH} deep.", block.line)


def _block_statements(
    block: Block, sentences: list[str], section: str, leads: list[str], standing: Standing
) -> list[SourceStatement]:
    if not sentences:
        return []
    item = block.kind == "list_item"
    lead_in = " ".join(leads) if item else ""
    later = " ".join([*leads, sentences[0]]) if item else ""
    for text in (*sentences, lead_in, later):
        refuse_length(text, block.line, _STATEMENT_LIMIT, "sentence")
    kind: Literal["paragraph", "list_item"] = "list_item" if item else "paragraph"
    authorities = standing.authorities(block)
    return [
        SourceStatement(
            text, section, kind, later if position else lead_in, block.line,
            standing.dated, authorities,
        )
        for position, text in enumerate(sentences)
    ]  # fmt: skip


def checked(source: ParsedSource, line: int) -> ParsedSource:
    """``source`` itself, once its title is there and every part is short and sound enough."""
    if not source.title:
        raise SourceError("The “title” is missing.", line)
    for name, limit in _LIMITS.items():
        _within(limit, name, getattr(source, name), line)
    for entries in (source.topics, source.also_called, source.follows):
        if len(entries) > _MAX_ENTRIES:
            raise SourceError(f"A list has more than {_MAX_ENTRIES} entries.", line)
    for topic in source.topics:
        _within(_CODE_LIMIT, "topic code", topic.code, line)
        _within(_DISPLAY_LIMIT, "topic name", topic.display, line)
    for name in source.also_called:
        _within(_DISPLAY_LIMIT, "also called", name, line)
    for authority in source.follows:
        _within(_DISPLAY_LIMIT, "follows", authority.name, line)
        _within(_ADDRESS_LIMIT, "follows", authority.url, line)
    return source


def _within(limit: int, name: str, text: str, line: int) -> None:
    refuse_length(text, line, limit, f"“{name}”")
    refuse_damage(text, line)
    refuse_markup(text, line)


def collected(sources: Iterable[ParsedSource]) -> list[ParsedSource]:
    """The sources of one file, read until there are too many statements for one import."""
    found, count = [], 0
    for source in sources:
        found.append(source)
        count += len(source.statements)
        if count > MAX_FILE_STATEMENTS:
            message = f"The file has more than {MAX_FILE_STATEMENTS:,} statements. Split it."
            raise SourceError(message)
    return found


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
