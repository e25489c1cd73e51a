"""Many PDFs on the sheets of one: copies, blank backs, and two pages side by side."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO
from typing import BinaryIO

import pikepdf

# What a printed page has no use for: links, and places in a tag tree that is left behind.
_ON_SCREEN = ("/Annots", "/StructParents", "/Tabs", "/AA")


class Sheets(StrEnum):
    """How pages stand on sheets: see ``content.models.Bundle.Imposition``, which has the same."""

    SINGLE = "single"
    DUPLEX = "duplex"
    TWO_UP = "two_up"


@dataclass(frozen=True, slots=True)
class Printed:
    """A PDF and how many times it is printed.

    ``rtl``: its first page stands on the right. ``shrunk`` False: it has its sheets to itself.
    """

    pdf: bytes
    copies: int = 1
    rtl: bool = False
    shrunk: bool = True


def page_count(pdf: bytes) -> int:
    with pikepdf.open(BytesIO(pdf)) as document:
        return len(document.pages)


def sides(pages: int, sheets: Sheets) -> int:
    """Sides of paper that one copy of ``pages`` pages takes, blank backs among them."""
    if sheets is Sheets.SINGLE:
        return pages
    used = (pages + 1) // 2 if sheets is Sheets.TWO_UP else pages
    return used + used % 2


def sheet_count(pages: int, sheets: Sheets) -> int:
    """Sheets of paper that one copy of ``pages`` pages takes."""
    taken = sides(pages, sheets)
    return taken if sheets is Sheets.SINGLE else taken // 2


def impose(parts: Sequence[Printed], sheets: Sheets, out: BinaryIO) -> int:
    """Write every part ``copies`` times into one PDF; return its pages.

    On two-sided paper each copy begins on the front of a sheet. What the copies share is in the
    file once.
    """
    with pikepdf.new() as packed:
        for part in parts:
            _add(packed, part, sheets)
        packed.save(out, linearize=False, deterministic_id=True)
        return len(packed.pages)


def _add(packed: pikepdf.Pdf, part: Printed, sheets: Sheets) -> None:
    first = len(packed.pages)
    if sheets is Sheets.TWO_UP and not part.shrunk:
        sheets = Sheets.DUPLEX
    with pikepdf.open(BytesIO(part.pdf)) as source:
        for leaf in source.pages:
            for key in _ON_SCREEN:
                if key in leaf:
                    del leaf[key]
        wanted = sides(len(source.pages), sheets)
        if sheets is Sheets.TWO_UP:
            _side_by_side(packed, source, part.rtl)
        else:
            packed.pages.extend(source.pages)
        while len(packed.pages) - first < wanted:
            packed.add_blank_page(page_size=_size(packed.pages[-1]))
    one = range(first, len(packed.pages))
    for _copy in range(part.copies - 1):
        for index in one:
            packed.pages.append(packed.pages[index])


def _side_by_side(packed: pikepdf.Pdf, source: pikepdf.Pdf, rtl: bool) -> None:
    """Pages in pairs, shrunk, each pair on a sheet that lies on its side."""
    for pair in _pairs(list(source.pages)):
        height, width = _size(pair[0])
        sheet = packed.add_blank_page(page_size=(width, height))
        halves = [
            pikepdf.Rectangle(0, 0, width / 2, height),
            pikepdf.Rectangle(width / 2, 0, width, height),
        ]
        for leaf, half in zip(pair, reversed(halves) if rtl else halves, strict=False):
            sheet.add_overlay(leaf, half)


def _pairs(leaves: list[pikepdf.Page]) -> Iterator[list[pikepdf.Page]]:
    for index in range(0, len(leaves), 2):
        yield leaves[index : index + 2]


def _size(leaf: pikepdf.Page) -> tuple[float, float]:
    """Width and height in points."""
    left, bottom, right, top = (float(edge) for edge in leaf.mediabox)
    return right - left, top - bottom
