"""Documents as flat lists of blocks: headings, paragraphs and list items, each with its line.

Three notations lead here: our small Markdown, the HTML inside MedlinePlus XML, and plain lines in
which list and heading marks are lost.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from html.parser import HTMLParser
from typing import Literal

from content.text.sources.damage import SourceError, refuse_length
from content.text.sources.markup import BREAKS, bare_html, without_markup

BlockKind = Literal["heading", "paragraph", "list_item"]

FINAL_PUNCTUATION = tuple(".!?…。！？؟۔।።")
_CLOSING = "\"'”’»)]"
_MAX_HEADING_WORDS = 8
_MAX_QUESTION_WORDS = 25
_CELL = " | "


@dataclass(frozen=True, slots=True)
class Block:
    """``text`` is one line. ``depth`` counts the lists around it: 1 in an outermost list.

    ``marks`` are the numbers that end it, as in “[1, 2]”: whose guidance it follows.
    """

    kind: BlockKind
    text: str
    line: int
    depth: int = 0
    marks: tuple[int, ...] = ()


def is_finished(text: str) -> bool:
    """Whether the text ends as a sentence does, closing quotes and brackets aside."""
    return text.rstrip(_CLOSING).endswith(FINAL_PUNCTUATION)


# --- Markdown -----------------------------------------------------------------------------------

# Both are matched where runs of spaces are reduced to one: what is left is read in one pass.
_MARKDOWN_HEADING = re.compile(r"#{1,6} (?P<text>.*?)(?: #+)?$")
_MARKDOWN_ITEM = re.compile(r"(?:[-*+]|\d{1,2}[.)])(?: (?P<text>.*)|$)")
_MARKS = re.compile(r"(?<=\S) ?\[(?P<numbers>\d{1,3}(?:, ?\d{1,3})*)\]$")
_MARK = re.compile(r"\[\d++(?:, ?\d++)*+\]")


def markdown_blocks(lines: Iterable[tuple[int, str]]) -> list[Block]:
    """Blocks of numbered lines: ``#`` headings, ``-`` items nested by two spaces, paragraphs."""
    opened: list[tuple[Block, list[str]]] = []
    joins = False
    for number, line in lines:
        text = " ".join(line.split())
        block = _markdown_block(number, line, text)
        if joins and text and block.kind == "paragraph":
            opened[-1][1].append(text)
        elif text:
            opened.append((block, [block.text]))
        joins = bool(text) and opened[-1][0].kind != "heading"
    joined = ((block, " ".join(pieces).strip()) for block, pieces in opened)
    return [_marked(replace(block, text=text)) for block, text in joined if text]


def _markdown_block(number: int, line: str, text: str) -> Block:
    """The block that a line opens; ``text`` is the line with single spaces."""
    if line.startswith("#") and (heading := _MARKDOWN_HEADING.match(text)):
        return Block("heading", heading["text"], number)
    if item := _MARKDOWN_ITEM.match(text):
        depth = 1 + (len(line) - len(line.lstrip())) // 2
        return Block("list_item", item["text"] or "", number, depth)
    return Block("paragraph", text, number)


def _marked(block: Block) -> Block:
    """``block`` with the numbers that end it taken out of its text."""
    refuse_length(block.text, block.line, name="paragraph")
    if block.kind != "heading" and (found := _MARKS.search(block.text)):
        marks = tuple(int(number) for number in found["numbers"].split(","))
        block = replace(block, text=block.text[: found.start()], marks=marks)
    if stray := _MARK.search(block.text):
        message = f"“{stray[0]}” cannot stand here: numbers end an item, once, as in “… . [1, 2]”."
        raise SourceError(message, block.line)
    return block


# --- HTML ---------------------------------------------------------------------------------------

_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_LISTS = frozenset(("ul", "ol"))
_CELLS = frozenset(("td", "th"))
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
        self._inside = Counter[str]()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._break(tag)
        if tag in _LISTS:
            self._depth += 1
        elif tag in _HEADINGS | {"sup", "tr"}:
            self._inside[tag] += 1
        elif tag in _CELLS and self._text:
            self._text.append(_CELL)

    def handle_endtag(self, tag: str) -> None:
        self._break(tag)
        if tag in _LISTS:
            self._depth = max(0, self._depth - 1)
        elif self._inside[tag]:
            self._inside[tag] -= 1

    def handle_data(self, data: str) -> None:
        if not self._text:
            leading = data[: len(data) - len(data.lstrip())]
            self._line = self._offset + self.getpos()[0] + leading.count("\n")
        if self._text or data.strip():
            self._text.append(data.translate(_SUPERSCRIPT) if self._inside["sup"] else data)

    def _break(self, tag: str) -> None:
        # The cells of a row stay one block: a figure must not lose its label.
        if tag in BREAKS and (not self._inside["tr"] or tag == "tr"):
            self.flush()
        elif tag in BREAKS and self._text:
            self._text.append(" ")

    def flush(self) -> None:
        # Once more: what was written as “&lt;b&gt;” is a tag only now.
        text = " ".join(without_markup("".join(self._text), self._line).split())
        self._text.clear()
        if not text:
            return
        if any(self._inside[tag] for tag in _HEADINGS):
            self.blocks.append(Block("heading", text, self._line))
        else:
            kind: BlockKind = "list_item" if self._depth else "paragraph"
            self.blocks.append(Block(kind, text, self._line, self._depth))


def html_blocks(html: str, first_line: int = 1) -> list[Block]:
    """Blocks of an HTML fragment that begins on ``first_line``; inline tags keep their text."""
    parser = _HtmlBlocks(first_line)
    parser.feed(bare_html(html, first_line))
    parser.close()
    parser.flush()
    return parser.blocks


# --- plain lines --------------------------------------------------------------------------------

# A heading that lost its line: “What should I know about asthma?When you …”.
_GLUED = re.compile(r"(?<=[a-z]{3}\?)(?=[A-Z][a-z])")


def plain_blocks(text: str, line: int) -> list[Block]:
    """Blocks of text whose marks were lost, all on one ``line`` of a JSON Lines file.

    A line that ends with a colon opens a list, blank lines close it; a question, or a short line
    without final punctuation that something follows, is a heading; several such lines in a row
    are the cells of a table's row, kept together so that no figure loses its label.
    """
    rows = _GLUED.sub("\n", text).splitlines()
    blocks: list[Block] = []
    depth, blanks, opens = 0, 0, False
    for position, row in enumerate(" ".join(row.split()) for row in rows):
        if not row:
            blanks += 1
            continue
        depth = depth if opens else _depth_after(depth, blanks)
        depth -= _ends_questions(blocks, row, depth)
        introduces = _opens_list(row, rows[position + 1 : position + 2])
        if not depth and not blanks and _goes_on(blocks, row):
            blocks[-1] = Block("paragraph", blocks[-1].text + _glue(row) + row, line)
            refuse_length(blocks[-1].text, line, name="paragraph")
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


def _ends_questions(blocks: list[Block], row: str, depth: int) -> bool:
    """Whether the row is a sentence below a list of questions (the last two) that nothing closed."""
    items = [block.text.endswith("?") for block in blocks[-2:] if depth and block.depth == depth]
    return len(items) == 2 and all(items) and is_finished(row) and not row.endswith("?")


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
