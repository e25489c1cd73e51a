"""XLIFF 2.1 core (OASIS 2018): one translation, segment by segment, out to an agency and back.

Placeholders travel as ``<ph>``: a tool shows them as one thing that cannot be mistyped.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from content.text.interchange.base import BadFile, Unit, clean, parse

_NS = "urn:oasis:names:tc:xliff:document:2.0"
# An extension, which XLIFF tools carry through (section 4.9).
_OURS = "urn:eduengine:xliff"
_SHOWN = f"{{{_OURS}}}shown"
_PLACEHOLDER = re.compile(r"\{\w+\}")
_SPACE = {"{http://www.w3.org/XML/1998/namespace}space": "preserve"}
# Marks around text; what is inside counts.
_SPANS = frozenset(("mrk", "pc"))
_NOTHING = frozenset(("sc", "ec", "sm", "em"))


@dataclass(frozen=True, slots=True)
class Document:
    """``name`` says what it is to people; languages are BCP-47."""

    name: str
    source_language: str
    target_language: str
    units: tuple[Unit, ...]


def write_xliff(document: Document) -> bytes:
    # Names with their prefixes, as they shall stand: ElementTree's own prefixes are one table for the
    # whole process, which any library may change.
    about = {
        "xmlns": _NS, "xmlns:ee": _OURS, "version": "2.1",
        "srcLang": document.source_language, "trgLang": document.target_language,
    }  # fmt: skip
    root = Element("xliff", about)
    file = SubElement(root, "file", id="f1", original=document.name)
    texts = [text for unit in document.units for text in _write_unit(file, unit)]
    indent(root)  # before the texts, in which every blank counts
    for element, text in texts:
        _write_text(element, text)
    return bytes(tostring(root, encoding="utf-8", xml_declaration=True))


def _write_unit(file: Element, unit: Unit) -> Iterator[tuple[Element, str]]:
    """The elements of a unit, and what is still to be written into which."""
    element = SubElement(file, "unit", id=unit.id)
    if unit.shown:
        element.set("ee:shown", unit.shown)
    if unit.notes:
        notes = SubElement(element, "notes")
        for note in unit.notes:
            SubElement(notes, "note").text = clean(note)
    state = "translated" if unit.target else "initial"
    segment = SubElement(element, "segment", id="s1", state=state)
    yield SubElement(segment, "source", _SPACE), unit.source
    if unit.target:
        yield SubElement(segment, "target", _SPACE), unit.target


def _write_text(element: Element, text: str) -> None:
    """Ids of placeholders count their kinds, so that source and target name the same ones."""
    parts = _PLACEHOLDER.split(clean(text))
    found = _PLACEHOLDER.findall(text)
    kinds = sorted(set(found))
    element.text = parts[0]
    for number, (name, after) in enumerate(zip(found, parts[1:], strict=True)):
        again = found[:number].count(name)
        key = f"p{kinds.index(name) + 1}" + (f"-{again + 1}" if again else "")
        SubElement(element, "ph", id=key, equiv=name, disp=name).tail = after


def read_xliff(content: bytes) -> Document:
    """A file as an agency gives it back: XLIFF 2.0 or 2.1. ``BadFile``."""
    root = parse(content)
    if root.tag != _tag("xliff"):
        raise BadFile("This is not an XLIFF 2 file.")
    units = tuple(_read_unit(unit) for unit in root.iter(_tag("unit")))
    if not units:
        raise BadFile("The file has no units.")
    name = next((file.get("original", "") for file in root.iter(_tag("file"))), "")
    return Document(name, root.get("srcLang", ""), root.get("trgLang", ""), units)


def _read_unit(unit: Element) -> Unit:
    """Tools may cut a unit into segments with ignorable blanks between: they are joined again."""
    parts = [part for part in unit if part.tag in (_tag("segment"), _tag("ignorable"))]
    source = "".join(_read(part, "source") for part in parts)
    whole = all(part.find(_tag("target")) is not None for part in parts if _is_segment(part))
    target = "".join(_read_target(part) for part in parts) if whole else ""
    return Unit(unit.get("id", ""), source, target, unit.get(_SHOWN, ""))


def _is_segment(part: Element) -> bool:
    return part.tag == _tag("segment")


def _read_target(part: Element) -> str:
    named = "source" if part.find(_tag("target")) is None else "target"
    return _read(part, named)


def _read(part: Element, name: str) -> str:
    element = part.find(_tag(name))
    return "" if element is None else _text(element)


def _text(element: Element) -> str:
    return "".join([element.text or "", *(_inline(one) + (one.tail or "") for one in element)])


def _inline(element: Element) -> str:
    kind = element.tag.removeprefix(f"{{{_NS}}}")
    if kind == "ph":
        return element.get("equiv") or element.get("disp") or ""
    if kind in _SPANS:
        return _text(element)
    if kind in _NOTHING:
        return ""
    raise BadFile(f"A text holds <{kind}>, which cannot be kept.")


def _tag(name: str) -> str:
    return f"{{{_NS}}}{name}"
