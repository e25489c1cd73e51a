"""Text that is broken below the level of words: a reader sees boxes, a screen reader spells noise."""

import re
import unicodedata
from collections.abc import Iterator

from content.safety.base import Finding, Pair, Severity

# UTF-8 read as Latin-1 or Windows-1252: "clÃ­nica", "donâ€™t", "Ð¿Ñ€Ð¸Ð²ÐµÑ‚".
_MISREAD = re.compile(
    r"[ÃÂ][\u0080-\u00bf‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|â€.|(?:[ÐÑØÙ][\u0080-\u00bf€-™]){2}"
)
_BOXES = re.compile("[□▯▢■�￼◌]")
# Whole letters of Arabic script have a form by place only in the font; these are forms by place.
_PRESENTED = re.compile("[\ufb50-\ufdfb\ufe70-\ufefc]{2}")
_WORD = re.compile(r"[^\W\d_]{2,}")
# Alphabets whose letters look the same: a word has one of them. Others mix honestly ("X光", "A형").
_ALIKE = ("LATIN", "CYRILLIC", "GREEK", "ARMENIAN")
# Signs that are letters: "μg", "Ω", "α-blocker", "βhCG".
_SIGNS = frozenset("μΩαβγδκλ")


class GlyphsWhole:
    """No boxes, no misread bytes, no unassigned characters, no word of two alphabets."""

    id = "glyphs"

    def findings(self, pair: Pair) -> Iterator[Finding]:
        for what, pattern in (
            ("is what is left of letters that were read in a wrong encoding", _MISREAD),
            ("stands where a letter was lost", _BOXES),
            ("is written in display forms: type the plain letters", _PRESENTED),
        ):
            match = pattern.search(pair.target)
            if match and match.group() not in pair.source:
                yield self._finding(match.group(), what, match.span())
        for place, mark in enumerate(pair.target):
            if unicodedata.category(mark) in ("Cn", "Co", "Cs"):
                yield self._finding(f"U+{ord(mark):04X}", "is no character", (place, place + 1))
                break
        for match in _WORD.finditer(pair.target):
            if len(scripts := _scripts(match.group())) > 1 and match.group() not in pair.source:
                both = " and ".join(script.capitalize() for script in sorted(scripts))
                yield self._finding(match.group(), f"mixes letters of {both}", match.span())

    def _finding(self, text: str, what: str, span: tuple[int, int]) -> Finding:
        return Finding(self.id, Severity.BLOCKING, f"“{text}” {what}.", span)


def _scripts(word: str) -> set[str]:
    if word.isascii():
        return set()
    names = {unicodedata.name(mark, "").partition(" ")[0] for mark in word if mark not in _SIGNS}
    return names.intersection(_ALIKE)
