"""Sources as people bring them: our Markdown, MedlinePlus XML, JSON Lines. Read, never repaired.

A file is read whole or refused with one message that says which line is wrong.
"""

from collections.abc import Callable
from pathlib import PurePath

from content.text.sources.base import (
    CODE_SYSTEMS,
    MAX_STATEMENTS,
    Authority,
    ParsedSource,
    SourceStatement,
    TopicCode,
)
from content.text.sources.damage import SourceError
from content.text.sources.jsonl import parse_jsonl
from content.text.sources.markdown import parse_markdown
from content.text.sources.medlineplus import parse_medlineplus_xml

__all__ = [
    "CODE_SYSTEMS",
    "MAX_BYTES",
    "MAX_STATEMENTS",
    "MAX_XML_BYTES",
    "Authority",
    "ParsedSource",
    "SourceError",
    "SourceStatement",
    "TopicCode",
    "parse",
    "parse_jsonl",
    "parse_markdown",
    "parse_medlineplus_xml",
]

MAX_BYTES = 5_000_000
# NLM publishes all health topics, with their links, in one file: no single source is that large.
MAX_XML_BYTES = 60_000_000


def parse(name: str, content: bytes) -> list[ParsedSource]:
    """The sources of a file, told apart by its name's ending, else by how it begins."""
    read = _reader(name, content)
    limit = MAX_XML_BYTES if read is parse_medlineplus_xml else MAX_BYTES
    if len(content) > limit:
        size, most = len(content) / 1e6, limit // 1_000_000
        raise SourceError(f"The file has {size:,.1f} MB; at most {most} MB are allowed. Split it.")
    return read(content)


def _reader(name: str, content: bytes) -> Callable[[bytes], list[ParsedSource]]:
    readers: dict[str, Callable[[bytes], list[ParsedSource]]] = {
        ".md": lambda data: [parse_markdown(_decoded(data), name)],
        ".xml": parse_medlineplus_xml,
        ".jsonl": lambda data: parse_jsonl(_decoded(data)),
    }
    beginnings = {b"---": ".md", b"<": ".xml", b"{": ".jsonl"}
    start = content[:100].removeprefix(b"\xef\xbb\xbf").lstrip()
    suffix = PurePath(name).suffix.lower()
    if suffix not in readers:
        suffix = next((end for mark, end in beginnings.items() if start.startswith(mark)), "")
    if suffix not in readers:
        raise SourceError(
            f"“{name}” is no kind of file that can be read: give Markdown (.md), MedlinePlus "
            "health topics (.xml) or JSON Lines (.jsonl)."
        )
    return readers[suffix]


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise SourceError("This is not UTF-8 text. Save the file as UTF-8.", line) from error
