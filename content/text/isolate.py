"""Keeping doses, names and phone numbers whole in running text. Pure.

In right-to-left text the Unicode bidirectional algorithm (UAX #9) reorders what it takes for
neutral: ``5-10 mg`` prints as ``mg 10-5`` and ``(555) 010-0199`` as ``0199-010 (555)``. Every
left-to-right run is therefore isolated as a whole. A range in native digits is not such a run: it
is read from right to left like the words around it. A phone number or a date in them is.

In every language a number and its unit, and a phone number, stay on one line.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser

from content.languages import Direction

# --- left-to-right runs ---------------------------------------------------------------------------

_CORE = "A-Za-z0-9®™\u00aa\u00b2\u00b3\u00b5\u00b9\u00ba\u00c0-\u024f\u03bc"
_JOINT = " \u00a0\\-\u2010-\u2014.,:;/'’&+×@_#=?~*°"
_AFTER = "%°"
_INSIDE = rf"[{_CORE}{_JOINT}{_AFTER}]*+(?<=[{_CORE}{_AFTER}])"
_BRACKETED = rf"\({_INSIDE}\)|\[{_INSIDE}\]"
_ATOM = rf"(?:{_BRACKETED}|[{_CORE}]++[{_AFTER}]*+)"
_SIGN = r"(?:[+<>≤≥±~][ \u00a0]?|(?<!\S)[-−](?=\d))"
_LTR_RUN = rf"{_SIGN}?{_ATOM}(?:[{_JOINT}]{{0,3}}{_ATOM})*+"
# A phone number or a date, in the digits of any script.
_GROUPED_DIGITS = r"(?:\(\d{1,4}\)|\+?\d{1,4})(?:[ \u00a0.\-–/]{1,2}\d{2,5}){2,}"
_ISOLATED = re.compile(rf"{_LTR_RUN}|{_GROUPED_DIGITS}")

_ARABIC_INDIC = re.compile("[٠-٩]")

# --- what stays on one line -----------------------------------------------------------------------

_SPACE = "[ \u00a0\u202f]"
_NUMBER = r"[+<>≤≥±~]?\d+(?:[.,٫٬:/]\d+)*"
_RANGE = rf"{_NUMBER}(?:{_SPACE}?[-–]{_SPACE}?{_NUMBER})?"
_STOP = r"\s.,;:!?()\[\]“”\"،؛؟۔।。、,;:!?()»«"
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff"
_HAN_UNITS = (
    "毫克|微克|公克|千克|公斤|克|毫升|公升|升|毫米|厘米|公分|片|粒|颗|錠|滴|次|杯|勺|小时|小時|"
    "分钟|分鐘|个月|個月|岁|歲|天|日|周|週|月|年|度|錠剤|回|時間|分|か月|歳"
)
_UNIT = (
    rf"{_SPACE}?(?:[%٪°‰][CF]?|{_HAN_UNITS}|[^{_STOP}\d{_UNSPACED}]{{1,12}}(?=[{_STOP}]|$)"
    rf"|[{_UNSPACED}]{{1,6}}(?=[{_STOP}]|$))"
)
_UNBROKEN = re.compile(rf"{_GROUPED_DIGITS}|{_RANGE}(?:{_UNIT})?")
_FOLLOWING_UNIT = re.compile(_UNIT)
_UNITLESS = re.compile(_GROUPED_DIGITS)
# A longer isolated run may break: an address does not fit every line.
_LONGEST_UNBROKEN = 32


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text. ``isolated``: left-to-right inside right-to-left text. ``unbroken``: it
    stays on one line, together with neighbours that are unbroken too."""

    text: str
    isolated: bool = False
    unbroken: bool = False

    @property
    def shown(self) -> str:
        """The text as a page must set it.

        Arabic-Indic digits run from right to left even inside an isolate (UAX #9, N1), so an
        isolated run of them stands in a left-to-right override.
        """
        overridden = self.isolated and _ARABIC_INDIC.search(self.text)
        return f"\u202d{self.text}\u202c" if overridden else self.text


def isolate(text: str, direction: Direction) -> list[Run]:
    """``text`` as runs whose texts add up to it, for a paragraph of ``direction``."""
    if direction is Direction.LTR:
        return list(_quantities(text))
    runs: list[Run] = []
    for piece, isolated in _split(_ISOLATED, text):
        if isolated:
            short = len(piece) <= _LONGEST_UNBROKEN
            runs.append(Run(piece, True, short and any(char.isdigit() for char in piece)))
        else:
            runs.extend(_after(runs, piece))
    return runs


def unisolated_runs(html: str) -> list[str]:
    """Left-to-right runs that ``html`` shows in right-to-left text without isolating them."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.found


def _split(pattern: re.Pattern[str], text: str) -> Iterator[tuple[str, bool]]:
    """The pieces of ``text``, and whether each matches ``pattern``; empty pieces are left out."""
    position = 0
    for match in pattern.finditer(text):
        if match.start() > position:
            yield text[position : match.start()], False
        yield match.group(), True
        position = match.end()
    if position < len(text):
        yield text[position:], False


def _quantities(text: str) -> Iterator[Run]:
    for piece, unbroken in _split(_UNBROKEN, text):
        yield Run(piece, unbroken=unbroken)


def _after(runs: list[Run], text: str) -> Iterator[Run]:
    """The runs of right-to-left ``text``; a unit stays with the isolated number before it."""
    unit = _FOLLOWING_UNIT.match(text) if runs and _counts(runs[-1]) else None
    if unit:
        yield Run(unit.group(), unbroken=True)
        text = text[unit.end() :]
    yield from _quantities(text)


def _counts(run: Run) -> bool:
    """Whether ``run`` ends in a number that a unit may follow."""
    return run.unbroken and run.text[-1].isdigit() and not _UNITLESS.fullmatch(run.text)


class _Reader(HTMLParser):
    """Collects left-to-right runs below a ``dir="rtl"`` and outside ``bdi`` and ``dir="ltr"``."""

    _VOID = frozenset({"meta", "link", "img", "br", "hr", "input", "wbr"})
    _UNSEEN = frozenset({"head", "style", "script", "title", "svg"})

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        # Per open element: its tag, and whether its text runs from right to left unprotected.
        self._open: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self._VOID:
            return
        exposed = self._open[-1][1] if self._open else False
        direction = dict(attrs).get("dir")
        if direction:
            exposed = direction == "rtl"
        if tag in self._UNSEEN or (tag == "bdi" and direction != "rtl"):
            exposed = False
        self._open.append((tag, exposed))

    def handle_endtag(self, tag: str) -> None:
        # What was never opened, as the end of `<br/>`, closes nothing around it.
        if any(name == tag for name, _exposed in self._open):
            while self._open.pop()[0] != tag:
                continue

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1][1]:
            self.found.extend(match.group() for match in _ISOLATED.finditer(data))
