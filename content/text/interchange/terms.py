"""Terms as files: CSV for people with a spreadsheet, TBX for tools, the starter table of many languages."""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from content.text.interchange.base import XML_LANG, BadFile, clean, parse, same_language

COLUMNS = ("source", "preferred", "variants", "forbidden", "keep")
_NS = "urn:iso:std:iso:30042:ed-2"
_STATUS = "administrativeStatus"
_PREFERRED, _ADMITTED, _DEPRECATED = (
    "preferredTerm-admn-sts", "admittedTerm-admn-sts", "deprecatedTerm-admn-sts",
)  # fmt: skip
_YES = frozenset(("1", "yes", "true", "y", "x"))


@dataclass(frozen=True, slots=True)
class TermRecord:
    """An English term and what a language calls it; ``keep`` says that it stays in English."""

    source: str
    preferred: str
    variants: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()
    keep: bool = False


def split_list(text: str) -> tuple[str, ...]:
    """The words of "one; two"."""
    return tuple(dict.fromkeys(part for raw in text.split(";") if (part := " ".join(raw.split()))))


def write_csv(records: Iterable[TermRecord]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")  # RFC 4180
    writer.writerow(COLUMNS)
    for one in records:
        lists = ("; ".join(one.variants), "; ".join(one.forbidden))
        writer.writerow((one.source, one.preferred, *lists, "yes" if one.keep else ""))
    return out.getvalue().encode("utf-8-sig")  # spreadsheets guess the encoding without it


def read_csv(content: bytes) -> list[TermRecord]:
    """Rows with at least the columns "source" and "preferred"; ``BadFile`` names a row."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadFile("The file is not UTF-8.") from error
    rows = csv.DictReader(io.StringIO(text, newline=""))
    named = [name.strip().lower() for name in rows.fieldnames or ()]
    if not {"source", "preferred"} <= set(named):
        raise BadFile("The first row needs the columns “source” and “preferred”.")
    rows.fieldnames = named
    try:
        return [_record(number, row) for number, row in enumerate(rows, 2)]
    except csv.Error as error:
        raise BadFile(f"Row {rows.line_num}: {error}.") from error


def _record(number: int, row: dict[str, str | list[str] | None]) -> TermRecord:
    cells = {name: " ".join(str(row.get(name) or "").split()) for name in COLUMNS}
    keep = cells["keep"].lower() in _YES
    if not cells["source"] or not (cells["preferred"] or keep):
        raise BadFile(f"Row {number} needs a source and a preferred term.")
    return TermRecord(
        cells["source"], cells["preferred"] or cells["source"],
        split_list(cells["variants"]), split_list(cells["forbidden"]), keep,
    )  # fmt: skip


def read_table(text: str) -> dict[str, list[TermRecord]]:
    """The starter table: tab-separated, English first, a column per language; the first of "a; b" is preferred."""
    header, *lines = text.splitlines()
    codes = header.split("\t")[1:]
    found: dict[str, list[TermRecord]] = {code: [] for code in codes}
    for number, line in enumerate(lines, 2):
        source, *cells = line.split("\t")
        if len(cells) != len(codes):
            raise BadFile(f"Row {number} needs {len(codes) + 1} columns.")
        for code, cell in zip(codes, cells, strict=True):
            if names := split_list(cell):
                found[code].append(TermRecord(source, names[0], names[1:]))
    return found


def write_tbx(records: Iterable[TermRecord], source: str, target: str) -> bytes:
    """TBX-Basic in DCA style (ISO 30042:2019)."""
    about = {"xmlns": _NS, "style": "dca", "type": "TBX-Basic", XML_LANG: source}
    root = Element("tbx", about)
    described = SubElement(SubElement(SubElement(root, "tbxHeader"), "fileDesc"), "sourceDesc")
    SubElement(described, "p").text = "eduengine house terms"
    body = SubElement(SubElement(root, "text"), "body")
    for number, one in enumerate(records, 1):
        concept = SubElement(body, "conceptEntry", id=f"c{number}")
        _write_terms(concept, source, [(one.source, _PREFERRED)])
        named = [(one.source if one.keep else one.preferred, _PREFERRED)]
        named += [(word, _ADMITTED) for word in one.variants]
        named += [(word, _DEPRECATED) for word in one.forbidden]
        _write_terms(concept, target, named)
    indent(root)
    return bytes(tostring(root, encoding="utf-8", xml_declaration=True))


def _write_terms(concept: Element, language: str, named: Iterable[tuple[str, str]]) -> None:
    section = SubElement(concept, "langSec", {XML_LANG: language})
    for word, status in named:
        term = SubElement(section, "termSec")
        SubElement(term, "term").text = clean(word)
        SubElement(term, "termNote", type=_STATUS).text = status


def read_tbx(content: bytes, source: str, target: str) -> list[TermRecord]:
    """Concepts that have both languages. A term is preferred where nothing is said. ``BadFile``."""
    root = parse(content)
    if root.tag not in (_tag("tbx"), "tbx", "martif"):
        raise BadFile("This is not a TBX file.")
    concepts = [one for name in ("conceptEntry", "termEntry") for one in _all(root, name)]
    return [record for one in concepts for record in _records(one, source, target)]


def _records(concept: Element, source: str, target: str) -> Iterator[TermRecord]:
    english, named = _named(concept, source), _named(concept, target)
    accepted = [word for word, status in named if status != _DEPRECATED]
    accepted.sort(key=lambda word: (word, _PREFERRED) not in named)
    if not english or not accepted:
        return
    name = english[0][0]
    forbidden = tuple(word for word, status in named if status == _DEPRECATED)
    keep = accepted[0] == name
    yield TermRecord(name, accepted[0], tuple(accepted[1:]), forbidden, keep)


def _named(concept: Element, language: str) -> list[tuple[str, str]]:
    """(term, status) of a language; of TBX 2 ("langSet", "tig", "ntig") too."""
    sections = [one for name in ("langSec", "langSet") for one in _all(concept, name)]
    wanted = [one for one in sections if same_language(one.get(XML_LANG, ""), language)]
    groups = [
        group
        for section in wanted
        for name in ("termSec", "tig", "ntig")
        for group in _all(section, name)
    ]
    return [(word, _status(group)) for group in groups if (word := _word(group))]


def _word(group: Element) -> str:
    term = next(iter(_all(group, "term")), None)
    return "" if term is None else " ".join("".join(term.itertext()).split())


def _status(group: Element) -> str:
    notes = [note.text for note in _all(group, "termNote") if note.get("type") == _STATUS]
    return (notes[0] or "").strip() if notes else _PREFERRED


def _all(element: Element, name: str) -> list[Element]:
    return [*element.iter(_tag(name)), *element.iter(name)]


def _tag(name: str) -> str:
    return f"{{{_NS}}}{name}"
