"""Documents as flat lists of blocks: headings, paragraphs and list items, each with its line.

Three notations lead here: our small Markdown, the HTML inside MedlinePlus XML, and plain lines in
which list and heading marks are lost.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from html.parser import HTMLParser
from typing import Literal

BlockKind = Literal["heading", "paragraph", "list_item"]

FINAL_PUNCTUATION = tuple(".!?…。！？؟۔।።")
_CLOSING = "\"'”’»)]"
_MAX_HEADING_WORDS = 8
_MAX_QUESTION_WORDS = 25
_CELL = " | "


@dataclass(frozen=True, slots=True)
class Block:
    """``text`` is one line. ``depth`` counts the lists around it: 1 in an outermost list."""

    kind: BlockKind
    text: str
    line: int
    depth: int = 0


def is_finished(text: str) -> bool:
    """Whether the text ends as a sentence does, closing quotes and brackets aside."""
    return text.rstrip(_CLOSING).endswith(FINAL_PUNCTUATION)


# --- Markdown -----------------------------------------------------------------------------------

_MARKDOWN_HEADING = re.compile(r"#{1,6}\s+(?P<text>.*?)(?:\s+#+)?$")
_MARKDOWN_ITEM = re.compile(r"(?P<indent>\s*)(?:[-*+]|\d{1,2}[.)])(?:\s+|$)(?P<text>.*)")


def markdown_blocks(lines: Iterable[tuple[int, str]]) -> list[Block]:
    """Blocks of numbered lines: ``#`` headings, ``-`` items nested by two spaces, paragraphs."""
    blocks: list[Block] = []
    joins = False
    for number, line in lines:
        text = " ".join(line.split())
        if joins and text and not _opens_markdown_block(line):
            blocks[-1] = replace(blocks[-1], text=f"{blocks[-1].text} {text}")
        elif text:
            blocks.append(_markdown_block(number, line.rstrip()))
        joins = bool(text) and blocks[-1].kind != "heading"
    return [block for block in blocks if block.text]


def _opens_markdown_block(line: str) -> bool:
    return bool(_MARKDOWN_HEADING.match(line) or _MARKDOWN_ITEM.match(line))


def _markdown_block(number: int, line: str) -> Block:
    if heading := _MARKDOWN_HEADING.match(line):
        return Block("heading", " ".join(heading["text"].split()), number)
    if item := _MARKDOWN_ITEM.match(line):
        depth = 1 + len(item["indent"]) // 2
        return Block("list_item", " ".join(item["text"].split()), number, depth)
    return Block("paragraph", " ".join(line.split()), number)


# --- HTML ---------------------------------------------------------------------------------------

_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_LISTS = frozenset(("ul", "ol"))
_BREAKS = _HEADINGS | _LISTS | {"p", "li", "div", "br", "dt", "dd", "tr", "blockquote"}
_CELLS = frozenset(("td", "th"))
_HIDDEN = frozenset(("script", "style"))
# Without the raised figure, "10<sup>9</sup>" would read 109.
_SUPERSCRIPT = str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")


class _HtmlBlocks(HTMLParser):
    def __init__(self, first_line: int) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self._offset = first_line - 1
        self._text: list[str] = []
        self._line = first_line
        self._depth = 0
        self._inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._break(tag)
        if tag in _LISTS:
            self._depth += 1
        elif tag in _HEADINGS | _HIDDEN | {"sup", "tr"}:
            self._inside.append(tag)
        elif tag in _CELLS and self._text:
            self._text.append(_CELL)

    def handle_endtag(self, tag: str) -> None:
        self._break(tag)
        if tag in _LISTS:
            self._depth = max(0, self._depth - 1)
        elif tag in self._inside:
            self._inside.remove(tag)

    def handle_data(self, data: str) -> None:
        if not _HIDDEN.isdisjoint(self._inside):
            return
        if not self._text:
            leading = data[: len(data) - len(data.lstrip())]
            self._line = self._offset + self.getpos()[0] + leading.count("\n")
        if self._text or data.strip():
            self._text.append(data.translate(_SUPERSCRIPT) if "sup" in self._inside else data)

    def _break(self, tag: str) -> None:
        # The cells of a row stay one block: a figure must not lose its label.
        if tag in _BREAKS and ("tr" not in self._inside or tag == "tr"):
            self.flush()
        elif tag in _BREAKS and self._text:
            self._text.append(" ")

    def flush(self) -> None:
        text = " ".join("".join(self._text).split())
        self._text.clear()
        if not text:
            return
        if not _HEADINGS.isdisjoint(self._inside):
            self.blocks.append(Block("heading", text, self._line))
        else:
            kind: BlockKind = "list_item" if self._depth else "paragraph"
            self.blocks.append(Block(kind, text, self._line, self._depth))


def html_blocks(html: str, first_line: int = 1) -> list[Block]:
    """Blocks of an HTML fragment that begins on ``first_line``; inline tags keep their text."""
    parser = _HtmlBlocks(first_line)
    parser.feed(html)
    parser.close()
    parser.flush()
    return parser.blocks


# --- plain lines --------------------------------------------------------------------------------


def plain_blocks(text: str, line: int) -> list[Block]:
    """Blocks of text whose marks were lost, all on one ``line`` of a JSON Lines file.

    A line that ends with a colon opens a list, blank lines close it; a question, or a short line
    without final punctuation that something follows, is a heading; several such lines in a row
    are the cells of a table's row, kept together so that no figure loses its label.
    """
    rows = text.splitlines()
    blocks: list[Block] = []
    depth, blanks, opens = 0, 0, False
    for position, row in enumerate(" ".join(row.split()) for row in rows):
        if not row:
            blanks += 1
            continue
        depth = depth if opens else _depth_after(depth, blanks)
        introduces = _opens_list(row, rows[position + 1 : position + 2])
        if not depth and not blanks and _goes_on(blocks, row):
            blocks[-1] = Block("paragraph", blocks[-1].text + _glue(row) + row, line)
        elif not introduces and _is_heading(row, depth, blocks, opens=opens, blank=blanks > 0):
            blocks.append(Block("heading", row, line))
            depth = 0
        else:
            blocks.append(Block("list_item" if depth else "paragraph", row, line, depth))
        opens, blanks = introduces, 0
        depth += opens
    return _with_last_heading_as_text(blocks)


def _depth_after(depth: int, blanks: int) -> int:
    """Lists still open after blank lines: one ends a list, a nested list leaves one more behind."""
    return max(0, depth - max(1, blanks - 1)) if blanks else depth


def _opens_list(row: str, following: list[str]) -> bool:
    # The export leaves a line of tabs where a nested list began, also below “such as”.
    tabs = bool(following) and following[0] != "" and not following[0].strip()
    return row.endswith(":") or (tabs and not is_finished(row))


def _goes_on(blocks: list[Block], row: str) -> bool:
    """Whether the row goes on with a sentence broken at a line's end, or with a table's row."""
    if not blocks or blocks[-1].kind == "list_item":
        return False
    latest = blocks[-1].text
    broken = row[0].islower() and not is_finished(latest) and not latest.endswith(":")
    return broken or (_is_short(row) and (_CELL in latest or _is_short(latest)))


def _glue(row: str) -> str:
    return _CELL if _is_short(row) else " "


def _is_short(row: str) -> bool:
    """Whether the row could be a heading, an item or a table's cell: no sentence, few words."""
    few = len(row.split()) <= _MAX_HEADING_WORDS
    return few and not is_finished(row) and not row.endswith((":", ",", ";"))


def _is_heading(row: str, depth: int, blocks: list[Block], *, opens: bool, blank: bool) -> bool:
    if not row.endswith("?"):
        return not depth and _is_short(row)
    # A question among items is one more item only where the list asks questions.
    if depth and (opens or (not blank and blocks[-1].text.endswith("?"))):
        return False
    several = re.search(r"[a-z]{3}[.!?]\s+[A-Z]", row)
    return not several and len(row.split()) <= _MAX_QUESTION_WORDS


def _with_last_heading_as_text(blocks: list[Block]) -> list[Block]:
    """A last line has nothing below it to be the heading of."""
    if blocks and blocks[-1].kind == "heading":
        return [*blocks[:-1], replace(blocks[-1], kind="paragraph")]
    return blocks
