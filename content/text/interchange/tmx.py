"""TMX 1.4b (LISA OSCAR 2005): the pairs of a translation memory."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from content.text.interchange.base import XML_LANG, BadFile, Pair, clean, parse, same_language

_DATE = "%Y%m%dT%H%M%SZ"
# Inline codes: what stands in them is markup of another tool, and no text.
_CODES = frozenset(("bpt", "ept", "ph", "it", "ut"))


def write_tmx(pairs: Iterable[tuple[Pair, datetime]], source: str, target: str) -> bytes:
    """A memory from language ``source`` to ``target`` (BCP-47), each pair with when it was approved."""
    root = Element("tmx", version="1.4")
    about = {
        "creationtool": "eduengine", "creationtoolversion": "1", "segtype": "block",
        "o-tmf": "eduengine", "adminlang": "en", "srclang": source, "datatype": "plaintext",
    }  # fmt: skip
    SubElement(root, "header", about)
    body = SubElement(root, "body")
    for pair, approved in pairs:
        unit = SubElement(body, "tu", creationdate=approved.astimezone(UTC).strftime(_DATE))
        for code, text in ((source, pair.source), (target, pair.target)):
            variant = SubElement(unit, "tuv", {XML_LANG: code})
            SubElement(variant, "seg").text = clean(text)
    indent(root)
    return bytes(tostring(root, encoding="utf-8", xml_declaration=True))


def read_tmx(content: bytes, source: str, target: str) -> list[Pair]:
    """The pairs between two languages; units without both are passed over. ``BadFile``."""
    root = parse(content)
    if root.tag != "tmx":
        raise BadFile("This is not a TMX file.")
    return [pair for unit in root.iter("tu") for pair in _pairs(unit, source, target)]


def _pairs(unit: Element, source: str, target: str) -> Iterator[Pair]:
    texts = {
        code: text
        for variant in unit.iter("tuv")
        if (text := _text(variant))
        for code in [variant.get(XML_LANG) or variant.get("lang") or ""]
    }
    sources = [text for code, text in texts.items() if same_language(code, source)]
    targets = [text for code, text in texts.items() if same_language(code, target)]
    if sources and targets:
        yield Pair(sources[0], targets[0])


def _text(variant: Element) -> str:
    segment = variant.find("seg")
    return "" if segment is None else " ".join(_inside(segment).split())


def _inside(element: Element) -> str:
    parts = [element.text or ""]
    for child in element:
        parts += ["" if child.tag in _CODES else _inside(child), child.tail or ""]
    return "".join(parts)
