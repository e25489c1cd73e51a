"""Small static faces for Chinese, Japanese and Korean, cut from the variable Noto Sans CJK.

The variable collection itself is unfit: WeasyPrint embeds it as an invalid font (PDF/UA-1, ISO
14289-1 7.21.4.1) and takes seven seconds a page. A face here holds one weight and the characters of
the national standards, as CFF with an identity charset, without hinting. The same input and the
same library versions give the same bytes on every run.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from io import BytesIO

import uharfbuzz as hb
from fontTools.ttLib import TTFont

REGULAR, BOLD = 400, 700
STYLES = {REGULAR: "Regular", BOLD: "Bold"}
_FLAGS = (
    hb.SubsetFlags.DOWNGRADE_CFF2 | hb.SubsetFlags.CFF_IDENTITY_CHARSET | hb.SubsetFlags.NO_HINTING
)
_ENGLISH_WINDOWS = (3, 1, 0x409)
# Variable-font and typographic names, which make fontconfig see another family than the one named.
_STALE_NAMES = (16, 17, 21, 22, 25)
_ITALIC_BOLD_REGULAR_BITS = 0x61

# Latin, punctuation, currency, arrows, mathematics, kana, jamo, vertical and full-width forms.
_SHARED_RANGES = (
    (0x20, 0x7F), (0xA0, 0x250), (0x1100, 0x1200), (0x2000, 0x2070), (0x2100, 0x2600),
    (0x3000, 0x3100), (0xFE10, 0xFE70), (0xFF00, 0xFFF0),
)  # fmt: skip
_HANGUL_RANGES = ((0xAC00, 0xD7A4), (0x3131, 0x3190))
_GR = range(0xA1, 0xFF)
_BIG5_TRAIL = (*range(0x40, 0x7F), *_GR)


def _standard(codec: str, lead: Iterable[int], trail: Iterable[int] = _GR) -> set[int]:
    """The code points of a double-byte national standard, read out of Python's codec."""
    pairs = (bytes((first, second)) for first in lead for second in trail)
    return {ord(char) for pair in pairs for char in pair.decode(codec, "ignore")}


def _spans(ranges: Iterable[tuple[int, int]]) -> set[int]:
    return {code for start, end in ranges for code in range(start, end)}


@dataclass(frozen=True, slots=True)
class Face:
    """One region of the collection.

    ``index`` is its place in the collection, ``national`` its national standard, ``extra`` the
    exemplar characters of Unicode CLDR which that standard leaves out.
    """

    region: str
    index: int
    national: Callable[[], set[int]]
    extra: str

    @property
    def family(self) -> str:
        return f"Noto Sans CJK {self.region}"

    def characters(self) -> set[int]:
        return self.national() | _spans(_SHARED_RANGES) | set(map(ord, self.extra))


FACES = (
    Face("SC", 2, lambda: _standard("gb2312", range(0xA1, 0xF8)), "呣"),
    Face("TC", 3, lambda: _standard("big5", range(0xA1, 0xFA), _BIG5_TRAIL),
         "兹别叶奥彞敍残简裏鉢静"),
    Face("JP", 0, lambda: _standard("euc_jp", range(0xA1, 0xF5)), "拼贛錄閩"),
    Face("KR", 1, lambda: _standard("euc_kr", range(0xA1, 0xFE)) | _spans(_HANGUL_RANGES), "郎"),
)  # fmt: skip


def build(collection: hb.Blob, face: Face, weight: int) -> bytes:
    """The static font file (OpenType CFF) of ``face`` at ``weight`` (400 or 700)."""
    return _renamed(_subset(collection, face, weight), face.family, weight)


def _subset(collection: hb.Blob, face: Face, weight: int) -> bytes:
    source = hb.Face(collection, face.index)
    wanted = hb.SubsetInput()
    for code in face.characters():
        wanted.unicode_set.add(code)
    wanted.pin_axis_location(source, "wght", weight)
    wanted.flags = _FLAGS
    return bytes(wanted.subset(source).blob.data)


def _renamed(data: bytes, family: str, weight: int) -> bytes:
    """The font under a family name and style of its own, so that fontconfig can tell them apart."""
    # The time stamp is kept as it is: a fresh one would change the digest on every build.
    font = TTFont(BytesIO(data), recalcTimestamp=False)
    _set_names(font, family, STYLES[weight])
    bold = weight == BOLD
    font["OS/2"].usWeightClass = weight
    style = font["OS/2"].fsSelection & ~_ITALIC_BOLD_REGULAR_BITS
    font["OS/2"].fsSelection = style | (0x20 if bold else 0x40)
    font["head"].macStyle = int(bold)
    if "STAT" in font:
        del font["STAT"]
    out = BytesIO()
    font.save(out)
    return out.getvalue()


def _set_names(font: TTFont, family: str, style: str) -> None:
    table = font["name"]
    for name_id in _STALE_NAMES:
        table.removeNames(nameID=name_id)
    names = {
        1: family,
        2: style,
        3: f"{family} {style}",
        4: f"{family} {style}",
        6: f"{family.replace(' ', '')}-{style}",
    }
    for name_id, value in names.items():
        table.setName(value, name_id, *_ENGLISH_WINDOWS)
