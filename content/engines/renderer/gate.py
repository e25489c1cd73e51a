"""The automatic gate that every PDF passes before it is public."""

import re
import shutil
import subprocess
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from html import unescape
from io import BytesIO
from typing import Any

import page
import pikepdf

# Share of the words that must be read back from the PDF. Arabic-script faces join letters into
# glyphs of several: 97 to 99 % were measured with the chosen face.
MIN_RECOVERY_LTR, MIN_RECOVERY_RTL = 0.99, 0.95
MAX_PAGES = 12
_PROFILE = "ua1"
_LINK_SCHEMES = ("https://", "http://", "tel:", "mailto:")
_SHOWN = 5
_READ_SECONDS = 60
# Scripts that break a line inside a word: every syllable counts as one.
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]"
)
# Joiners shape letters and are not read back; vowel signs come back on a line of their own.
_UNREAD = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff\u0640\u0670") | frozenset(
    map(chr, range(0x064B, 0x0660))
)
_WORD = re.compile(
    r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="[\d.]+" yMax="([\d.]+)">([^<]*)</word>'
)
# Fonts of one line differ in height: words belong together whose middles are closer than this
# share of their height.
_SAME_LINE = 0.4


def check(
    pdf: bytes,
    expected_words: Sequence[str],
    *,
    rtl: bool,
    english: Sequence[str] = (),
    max_pages: int = MAX_PAGES,
    runs: Sequence[str] = (),
) -> list[str]:
    """What is wrong with ``pdf``, one sentence each; empty when it may be handed out.

    ``expected_words`` are the texts or words that the document was made of, ``english`` those that
    stand beside them, ``runs`` the doses, names and phone numbers that must stand on one line, left
    to right, character by character. PDF/UA-1 is validated by rule (ISO 14289-1); headings, header
    cells and alternative texts are looked at again in the tag tree, because the validator lets two
    H1 and empty TH pass.
    """
    return [
        *_rule_problems(pdf),
        *_structure_problems(pdf, max_pages),
        *_text_problems(pdf, expected_words, english, runs, rtl),
    ]


def recovery(pdf: bytes, *texts: Sequence[str]) -> list[tuple[float, list[str]]]:
    """Of each list of texts, the share of words that can be read back, and the words that cannot."""
    # Without -layout, a hyphen at the end of a line is taken for hyphenation and dropped.
    found = Counter(words(_extract(pdf, "-layout")))
    shares = []
    for part in texts:
        wanted = Counter(word for text in part for word in words(text))
        lost = wanted - found
        found -= wanted
        shares.append((1 - lost.total() / max(wanted.total(), 1), list(lost)))
    return shares


def missing_tools() -> list[str]:
    """Programs that the gate needs and this machine lacks, one sentence each."""
    if shutil.which("pdftotext"):
        return []
    return ["pdftotext is not installed, so PDFs cannot be checked: apt-get install poppler-utils"]


def _rule_problems(pdf: bytes) -> list[str]:
    report = page.validate_pdf_bytes(pdf, profile=_PROFILE)
    if report.is_compliant:
        return []
    rules = Counter(f"{failure.rule_id}: {failure.message}" for failure in report.failures)
    return [f"The PDF breaks PDF/UA-1 rule {rule} ({count}×)." for rule, count in rules.items()]


def _structure_problems(pdf: bytes, max_pages: int) -> Iterator[str]:
    with pikepdf.open(BytesIO(pdf)) as document:
        if len(document.pages) > max_pages:
            yield f"The PDF has {len(document.pages)} pages; at most {max_pages} are allowed."
        root: Any = document.Root.get("/StructTreeRoot", {})
        tags = list(_elements(root.get("/K")))
        yield from _tag_problems(tags)
        for target in _link_targets(document):
            if not target.startswith(_LINK_SCHEMES):
                yield f"The PDF links to “{target[:80]}”, which is not a web, mail or phone address."


def _tag_problems(tags: list[Any]) -> Iterator[str]:
    headings = sum(tag.S == "/H1" for tag in tags)
    if headings != 1:
        yield f"The PDF has {headings} main headings; it needs exactly one."
    if any(tag.S == "/TH" and not _has_content(tag.get("/K")) for tag in tags):
        yield "A table in the PDF has an empty header cell."
    if any(tag.S == "/Figure" and not str(tag.get("/Alt", "")).strip() for tag in tags):
        yield "A picture in the PDF has no description for people who cannot see it."


def _elements(node: Any) -> Iterator[Any]:
    """Every structure element below ``node``."""
    if isinstance(node, pikepdf.Array):
        for kid in node:
            yield from _elements(kid)
    elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
        yield node
        yield from _elements(node.get("/K"))


def _has_content(kids: Any) -> bool:
    """Whether anything drawn (a marked-content number) hangs below."""
    if isinstance(kids, pikepdf.Array):
        return any(_has_content(kid) for kid in kids)
    if isinstance(kids, pikepdf.Dictionary):
        return _has_content(kids.get("/K"))
    return isinstance(kids, int)


def _link_targets(document: pikepdf.Pdf) -> Iterator[str]:
    for leaf in document.pages:
        for annotation in leaf.get("/Annots", ()):
            action: Any = annotation.get("/A", {})
            if "/URI" in action:
                yield str(action["/URI"])


def _text_problems(
    pdf: bytes,
    expected: Sequence[str],
    english: Sequence[str],
    runs: Iterable[str],
    rtl: bool,
) -> Iterator[str]:
    if absent := missing_tools():
        yield from absent
        return
    limits = (MIN_RECOVERY_RTL if rtl else MIN_RECOVERY_LTR, MIN_RECOVERY_LTR)
    for limit, (share, lost) in zip(limits, recovery(pdf, expected, english), strict=True):
        if share < limit:
            examples = ", ".join(f"“{word}”" for word in lost[:_SHOWN])
            yield f"Only {share:.1%} of the words can be read back from the PDF; lost: {examples}."
    lines = visual_lines(pdf)
    for run in dict.fromkeys(runs):
        if not any(_solid(run) in line for line in lines):
            yield f"“{run}” does not stand in the PDF as it was written."


def visual_lines(pdf: bytes) -> list[str]:
    """What stands on each line, from left to right whatever the script, without spaces."""
    pages = _extract(pdf, "-bbox").split("<page ")
    lines = (line for page_text in pages for line in _lines(_WORD.findall(page_text)))
    return ["".join(_solid(unescape(text)) for _, text in sorted(line)) for line in lines]


def _lines(found: list[tuple[str, str, str, str]]) -> Iterator[list[tuple[float, str]]]:
    """The words of a page by line: left edge in points, and text."""
    boxes = [(float(left), float(top), float(bottom), text) for left, top, bottom, text in found]
    line: list[tuple[float, str]] = []
    middle, reach = 0.0, 0.0
    for left, top, bottom, text in sorted(boxes, key=lambda box: box[1] + box[2]):
        if line and (top + bottom) / 2 - middle > reach:
            yield line
            line = []
        middle, reach = (top + bottom) / 2, _SAME_LINE * (bottom - top)
        line.append((left, text))
    yield line


def _extract(pdf: bytes, *options: str) -> str:
    read = subprocess.run(
        ["pdftotext", *options, "-enc", "UTF-8", "-", "-"],
        input=pdf, capture_output=True, check=True, timeout=_READ_SECONDS,
    )  # fmt: skip
    return read.stdout.decode()


def words(text: str) -> list[str]:
    """Words without punctuation or invisible characters; syllables where a script has no spaces."""
    plain = "".join(_letter(char) for char in unicodedata.normalize("NFKC", text).casefold())
    return [part for word in plain.split() for part in _syllables(word)]


def _letter(char: str) -> str:
    if char in _UNREAD:
        return ""
    return char if unicodedata.category(char)[0] in "LMN" else " "


def _syllables(word: str) -> Iterator[str]:
    """``word`` cut where its script has no spaces: a base character with its marks each, and what
    stands between such characters in one piece.
    """
    piece = ""
    for char in word:
        unspaced = _UNSPACED.match(char) or _UNSPACED.match(piece)
        if piece and unspaced and unicodedata.category(char)[0] != "M":
            yield piece
            piece = ""
        piece += char
    yield piece


def _solid(text: str) -> str:
    """``text`` without spaces and invisible characters, which line breaks change."""
    plain = unicodedata.normalize("NFKC", text)
    return "".join(
        char for char in plain if not char.isspace() and unicodedata.category(char) != "Cf"
    )
