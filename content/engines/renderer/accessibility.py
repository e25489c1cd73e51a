"""What WeasyPrint 70.0 leaves out of a tagged PDF, added from outside.

WeasyPrint writes one Unicode value per glyph, so the text of scripts that reorder or join letters
cannot be read back: unmended, pdftotext finds 12 % of the words of a Khmer page and 36 % of an
Arabic one. It also drops the language of passages, the scope of header cells and the Print flag of
links, and writes empty character mappings. Each mend names its clause of ISO 32000-1 or 14289-1.

Internals are replaced, so this is tied to one version: check it again before raising the pin.
"""

import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pydyf
import weasyprint
from weasyprint import pdf as wp_pdf
from weasyprint.pdf import stream as wp_stream
from weasyprint.pdf import tags as wp_tags

from content.engines.base import PermanentEngineError

CHECKED_VERSION = "70.0"
_RTL = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
# Combining marks, and the Indic and South-East Asian scripts.
_REORDERED = re.compile(
    "[\u0300-\u036f\u0900-\u0fff\u1000-\u109f\u1780-\u17ff\ua8e0-\ua9ff\uaa60-\uaa7f]"
)
_UNSPOKEN = re.compile("[\u00ad\u202a-\u202e]")
_ZERO_WIDTH_SPACE = "\u200b"
_ISOLATE = "bdi"
_PRINT_FLAG = 4

_marked = wp_stream.Stream.marked
_add_tags = wp_tags.add_tags
_build_box_tree = wp_tags._build_box_tree
_build_fonts = wp_pdf.build_fonts_dictionary

# Text and language of what was drawn under each marked-content id of one page.
_Drawn = dict[int, tuple[str, str | None]]


def install() -> None:
    """Put the mends in place, once per process. Raises ``PermanentEngineError`` on another version."""
    if weasyprint.__version__ != CHECKED_VERSION:
        raise PermanentEngineError(
            f"WeasyPrint {weasyprint.__version__} is installed; handouts were checked with "
            f"{CHECKED_VERSION}. Install the exact versions of requirements.txt."
        )
    wp_stream.Stream.marked = _marked_with_text
    wp_tags._build_box_tree = _build_with_scope
    wp_pdf.add_tags = _add_readable_tags
    wp_pdf.build_fonts_dictionary = _build_mapped_fonts


@contextmanager
def _marked_with_text(self: Any, box: Any, tag: str) -> Iterator[None]:
    """/ActualText on marked content (ISO 32000-1 14.9.4) of lines that are read back wrongly."""
    if self._tags is None or tag != "Span" or not _misread(box):
        with _marked(self, box, tag):
            yield
        return
    number = len(self._tags)
    self._tags[box] = {"tag": tag, "mcid": number}
    properties = pydyf.Dictionary({"MCID": number, "ActualText": _plain(box.text)})
    pydyf.Stream.begin_marked_content(self, tag, properties)
    try:
        yield
    finally:
        pydyf.Stream.end_marked_content(self)


def _misread(box: Any) -> bool:
    """Whether glyphs alone give back other text than was set.

    Reordered scripts; and brackets of an isolated run, which share their glyphs with the mirrored
    brackets of the right-to-left text around it. Never right-to-left lines themselves: poppler,
    MuPDF and pdfium would turn an /ActualText around once more.
    """
    text = getattr(box, "text", None) or ""
    if _RTL.search(text):
        return False
    isolated = box.element_tag == _ISOLATE
    return bool(_REORDERED.search(text) or (isolated and any(map(unicodedata.mirrored, text))))


def _add_readable_tags(pdf: Any, document: Any, version: Any, streams: list[Any]) -> None:
    """The tag tree, then what its elements lack."""
    # Building the tree empties the streams' own notes, so they are read first.
    drawn = [_drawn(stream) for stream in streams]
    _add_tags(pdf, document, version, streams)
    pages = dict(zip(pdf.page_references, drawn, strict=True))
    for entry in pdf.objects:
        if not isinstance(entry, dict):
            continue
        if entry.get("Type") == "/StructElem" and entry.get("Pg") in pages:
            _describe(entry, pages[entry["Pg"]], document.metadata.lang or "")
        elif entry.get("Type") == "/Annot":
            entry["F"] = _PRINT_FLAG  # ISO 32000-1 12.5.3: links survive printing to PDF


def _drawn(stream: Any) -> _Drawn:
    noted = stream._tags.items()
    return {
        note["mcid"]: (box.text, box.style["lang"]) for box, note in noted if hasattr(box, "text")
    }


def _describe(element: Any, page: _Drawn, document_language: str) -> None:
    """/ActualText of lines that do not read in drawing order; /Lang where it changes (14.9.2)."""
    kids = element.get("K")
    numbers = [kid for kid in kids if isinstance(kid, int)] if isinstance(kids, list) else []
    drawn = [page[number] for number in numbers if number in page]
    text = "".join(piece for piece, _ in drawn)
    if element["S"] == "/Span" and (_REORDERED.search(text) or _RTL.search(text)):
        element["ActualText"] = _plain(text)
    languages = {language for _, language in drawn if language}
    if len(languages) == 1 and languages != {document_language}:
        element["Lang"] = pydyf.String(languages.pop())


def _build_with_scope(box: Any, parent: Any, *rest: Any) -> Iterator[Any]:
    """/Scope on header cells (ISO 14289-1 7.5); nothing but label and body in list items, whose
    body WeasyPrint names after the element that fills it (ISO 32000-1 14.8.4.3.3)."""
    for element in _build_box_tree(box, parent, *rest):
        if parent["S"] == "/LI" and element["S"] in ("/Span", "/NonStruct"):
            element["S"] = "/LBody"
        if element["S"] == "/TH" and getattr(box.element, "tag", None) == "th":
            row = box.element.get("scope") == "row"
            element["A"]["Scope"] = "/Row" if row else "/Column"
        yield element


def _build_mapped_fonts(pdf: Any, fonts: Any, *rest: Any) -> Any:
    """No empty targets in character maps, which are malformed (ISO 32000-1 9.10.3)."""
    for font in fonts.values():
        for glyph, text in font.to_unicode.items():
            font.to_unicode[glyph] = text or _ZERO_WIDTH_SPACE
    return _build_fonts(pdf, fonts, *rest)


def _plain(text: str) -> Any:
    return pydyf.String(_UNSPOKEN.sub("", text))
