"""Numbers, units and frequencies of a translation: the hazard that is a wrong dose."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from content.languages import ENGLISH
from content.safety.base import Finding, Pair, Severity
from content.safety.frequency import frequencies
from content.text import number_words, units
from content.text.quantities import CLOCK, TIMES, Quantity, base_value, quantities, units_mentioned

# "911" and its like are compared digit for digit elsewhere.
_CALLED = frozenset((911, 988, 112, 999))
_MONTHS = re.compile(
    r"\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? (?=\d)|(?<=\d) "
    r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)", re.IGNORECASE,
)  # fmt: skip
_MONTH_NAMES = (
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
)  # fmt: skip
_MONTH_NUMBERS = {name: float(number) for number, name in enumerate(_MONTH_NAMES, 1)}
_PROPORTION = re.compile(r"(\d+) (?:in|out of|of every) (?:every )?(\d+)")
# A lone "one" is an article in most languages, and many leave it out.
_UNCOUNTED = 1.0
# "Two different drops" may be "different drops".
_PAIRED = 2.0
_LOOSE_UNITS = frozenset(("", "degree", "dose", "glass", "cup", "meal", "unit", "IU"))


# Languages whose number words and words for week and month stand for little else.
_WELL_READ = frozenset((
    "es", "pt-BR", "fr", "tl", "ar", "ru", "uk", "de", "it", "hi", "ko", "ht", "vi", "so", "zh-Hans",
))  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Number:
    """One end of a quantity: a range counts as its two ends."""

    value: float
    quantity: Quantity

    @property
    def unit(self) -> str:
        return self.quantity.unit

    @property
    def readings(self) -> tuple[float, ...]:
        other = self.quantity.other
        return (self.value,) if other is None else (self.value, other)


class NumbersKept:
    """Every number of the source, with its unit, is in the translation, and no other."""

    id = "numbers"

    def findings(self, pair: Pair) -> Iterator[Finding]:
        source = _numbers(quantities(pair.source, ENGLISH.code))
        target = _numbers(quantities(pair.target, pair.language.code))
        extra = _implied(pair.source, source)
        both_english = pair.language is ENGLISH
        for number in source:
            if not (both_english and _base(number) in _in_words(pair.target)):
                yield from self._lost(number, target, pair)
        for number in target:
            if not (both_english and _base(number) in _in_words(pair.source)):
                yield from self._added(number, source, extra, pair)
        if both_english:
            yield from self._new_spans(pair, source)
        if _reordered(source, target) or _regrouped(source, target):
            message = "Two numbers of the same unit have changed places."
            yield Finding(self.id, Severity.BLOCKING, message)

    def _lost(self, number: _Number, target: list[_Number], pair: Pair) -> Iterator[Finding]:
        changed = _unit_changed(number, target, pair) if pair.language is ENGLISH else None
        if changed:
            message = f"{_show(number)} became {_show(changed)}."
            yield Finding("units", Severity.BLOCKING, message, changed.quantity.span)
        if changed or number.value in _CALLED or _is_there(number, target, pair):
            return
        if _of_the_topic(number, pair):
            return
        if pair.language is ENGLISH and _is_period(number, pair):
            return  # "Every 6 months" may be 2 times a year.
        other = next((t for t in target if number.value in t.readings and t.unit), None)
        if other:
            message = f"{_show(number)} became {_show(other)}."
            yield Finding("units", Severity.BLOCKING, message, other.quantity.span)
        elif number.value != _UNCOUNTED:
            yield self._missing(_severity(number, pair), number, pair)
        elif number.unit and not number.quantity.spelled and number_words.knows(pair.language.code):
            severity = Severity.BLOCKING if _repeated(number, target) else Severity.WARNING
            yield self._missing(severity, number, pair)

    def _added(
        self, number: _Number, source: list[_Number], extra: set[float], pair: Pair
    ) -> Iterator[Finding]:
        quantity = number.quantity
        known = any(_same(number, other) for other in source)
        # A number word without a unit may be another word altogether ("neuf", "năm", "दो").
        vague = quantity.spelled and (not quantity.unit or number.value <= _UNCOUNTED)
        if (
            known
            or vague
            or number.value in extra | _CALLED
            or _is_clock_of(number, source, pair.target)
        ):
            return
        if number.unit == TIMES and pair.language is ENGLISH and _as_often(pair):
            return  # "Every 12 hours" is 2 times a day.
        if any(number.value in other.readings for other in source):
            return  # A unit that differs is reported once, by the number that lost it.
        readable = pair.language is ENGLISH or pair.language.code in _WELL_READ
        sure = not quantity.spelled or (readable and quantity.unit not in _LOOSE_UNITS)
        severity = Severity.BLOCKING if sure else Severity.WARNING
        yield self._finding(severity, f"{_show(number)} is not in the source.", quantity.span)

    def _new_spans(self, pair: Pair, source: list[_Number]) -> Iterator[Finding]:
        """ "For a week" that the source does not say."""
        told = {_base(number) for number in source} | _in_words(pair.source)
        for match in _SPAN.finditer(pair.target.lower()):
            if _one(match["unit"]) not in told:
                message = f"“{match.group()}” is not in the source."
                yield self._finding(Severity.BLOCKING, message, match.span())

    def _missing(self, severity: Severity, number: _Number, pair: Pair) -> Finding:
        start, _end = number.quantity.span
        written = _WRITTEN.match(pair.source, start)
        words = written.group() if written else ""  # a number word is another one there
        return Finding(self.id, severity, f"{_show(number)} is missing.", insert=words)

    def _finding(
        self, severity: Severity, message: str, span: tuple[int, int] | None = None
    ) -> Finding:
        return Finding(self.id, severity, message, span)


# Digits, and a unit that every language writes alike.
_WRITTEN = re.compile(
    r"(?:\d[\d.,/]*\d|\d)(?:\s?(?:mg|mcg|µg|kg|g|mL|ml|dL|L|IU|%|°[CF])(?![^\W_]))?"
)
_TIME = r"(?P<unit>minute|hour|day|week|month|year)"
_SPAN = re.compile(rf"\b(?:for|within|in) (?:a|an|another|one) {_TIME}\b(?!'s| or (?:two|so)| at)")
# "In a day" is 24 hours, "the first week" 7 days, "yearly" 12 months.
_IN_WORDS = re.compile(
    rf"\b(?:a|an|the|one|first|next|last|another|same|per|each|every|this|that|past|whole|full|single|\w+-free) {_TIME}\b"
)
_ADVERBS = {
    "hourly": "hour", "daily": "day", "nightly": "day", "weekly": "week", "monthly": "month",
    "yearly": "year", "annual": "year", "annually": "year", "overnight": "day", "night": "day",
    "birthday": "year", "weeklong": "week", "anniversary": "year",
}  # fmt: skip
_FOLDS = {
    "twofold": 2.0, "threefold": 3.0, "fourfold": 4.0, "fivefold": 5.0, "sixfold": 6.0, "tenfold": 10.0,
}  # fmt: skip
_SEASON = {"trimester": 3.0, "quarter": 3.0, "quarterly": 3.0}  # months


@lru_cache(maxsize=256)
def _in_words(text: str) -> frozenset[tuple[str, float]]:
    """Amounts of time, as base values, that an English text says without a number."""
    folded = text.lower()
    found = {_one(match["unit"]) for match in _IN_WORDS.finditer(folded)}
    words = set(re.findall(r"\w+", folded))
    found |= {_one(unit) for word, unit in _ADVERBS.items() if word in words}
    found |= {("months", months) for word, months in _SEASON.items() if word in words}
    return frozenset(found)


def _one(unit: str) -> tuple[str, float]:
    return base_value(Quantity(1.0, 1.0, unit, (0, 0)))[:2]


_PERIODS = frozenset(("week", "month"))


class PeriodsKept:
    """ "Once a week" does not become "once a day": week and month are named by both or by neither."""

    id = "periods"

    def findings(self, pair: Pair) -> Iterator[Finding]:
        code = pair.language.code
        if not units.knows(code) or _said_in_days(pair):
            return
        severity = Severity.BLOCKING if code in _WELL_READ else Severity.WARNING
        source = units_mentioned(pair.source, ENGLISH.code) & _PERIODS
        target = units_mentioned(pair.target, code) & _PERIODS
        for period in sorted(target - source):
            yield Finding(self.id, severity, f"“{period}” is not in the source.")
        for period in sorted(source - target):
            yield Finding(self.id, severity, f"“{period}” of the source is missing.")


def _said_in_days(pair: Pair) -> bool:
    """Whether "7 days" stands for a week, "14 days" for two, or a date for a month."""
    both = quantities(pair.source) + quantities(pair.target, pair.language.code)
    dated = bool(_MONTHS.search(pair.source))
    return dated or any(q.unit == "day" and q.low in (7, 14, 21, 28, 30, 90) for q in both)


def _is_period(number: _Number, pair: Pair) -> bool:
    """Whether a number of the source is that of a frequency which the target says otherwise."""
    said = {one.interval for one in frequencies(pair.target)}
    shared = [one for one in frequencies(pair.source) if one.interval in said]
    return any(f"every {number.value:g} {number.unit}" in one.words for one in shared)


def _as_often(pair: Pair) -> bool:
    """Whether every frequency of the target is one of the source."""
    told = {one.interval for one in frequencies(pair.source)}
    said = {one.interval for one in frequencies(pair.target)}
    return bool(said) and said <= told


def _numbers(found: Iterable[Quantity]) -> list[_Number]:
    ends: list[_Number] = []
    for quantity in found:
        ends.append(_Number(quantity.low, quantity))
        if quantity.high != quantity.low:
            ends.append(_Number(quantity.high, quantity))
    return ends


def _repeated(number: _Number, target: list[_Number]) -> bool:
    """Whether another number of the unit stands twice in the target: it took the lost one's place."""
    values = [other.value for other in target if other.unit == number.unit]
    return len(values) > len(set(values))


def _is_there(number: _Number, target: list[_Number], pair: Pair) -> bool:
    return (
        any(_same(number, other) for other in target)
        or (number.unit == CLOCK and _clock_is_there(number, target, pair.target))
        or (number.value % 1 == 0.5 and _half_is_there(number, target))
        or _as_percent(number, target, pair)
    )


def _unit_changed(number: _Number, target: list[_Number], pair: Pair) -> _Number | None:
    """The number of the same value that took another unit ("1 liter", "one packet in 1 gallon")."""
    named = [other for other in target if number.unit and other.unit]
    if any(_same(number, other) for other in named):
        return None
    alike = (other for other in named if number.value in other.readings)
    return next((other for other in alike if not _is_there(number, [other], pair)), None)


def _same(first: _Number, second: _Number) -> bool:
    """Equal value, and units that are equal, convert into each other or are not both known."""
    if _base(first) == _base(second):
        return True
    if not set(first.readings) & set(second.readings):
        return False
    both = {first.unit, second.unit}
    return len(both) == 1 or "" in both or any(both <= alike for alike in _ALIKE)


# What one language counts in portions another counts in things.
_ALIKE = tuple(
    map(
        frozenset,
        (
            ("tablet", "capsule", "dose", "puff", TIMES, "drop"),
            ("glass", "cup"),
            ("unit", "IU", "dose"),
            ("degree", "F"),
            ("degree", "C"),
            ("meal", TIMES),
        ),
    )
)


def _base(number: _Number) -> tuple[str, float]:
    dimension, low, high = base_value(number.quantity)
    return dimension, low if number.value == number.quantity.low else high


_HALF_OF_DAY = re.compile(r"\d\s?[ap]\.?\s?m\b", re.IGNORECASE)


def _clock_is_there(number: _Number, target: list[_Number], text: str = "") -> bool:
    """8 p.m. may be "20:00", "20 h" or "下午八点": the hour and the minutes must be there."""
    if _HALF_OF_DAY.search(text):
        return any(other.unit == CLOCK and other.value == number.value for other in target)
    hour, minute = divmod(number.value, 60)
    values = {other.value for other in target}
    half = {hour + 0.5, hour % 12 + 0.5, (hour % 12 or 12) + 0.5}
    told = bool(values & {hour, hour % 12 or 12.0, hour % 12}) and (not minute or minute in values)
    return told or (minute == 30 and bool(values & half)) or _said_as_minutes(number, target)


def _said_as_minutes(number: _Number, target: list[_Number]) -> bool:
    afternoon = {number.value, number.value % 720, number.value % 720 + 720}
    return any(other.unit == CLOCK and other.value in afternoon for other in target)


def _is_clock_of(number: _Number, source: list[_Number], text: str) -> bool:
    """Whether a number of the target is part of a time of day of the source."""
    if number.unit == CLOCK and _HALF_OF_DAY.search(text):
        return False
    clocks = [other for other in source if other.unit == CLOCK]
    return any(
        _clock_is_there(clock, [number, _Number(clock.value % 60, clock.quantity)])
        or number.value == clock.value % 60
        or (number.unit == CLOCK and number.value % 720 == clock.value % 720)
        for clock in clocks
    )


def _half_is_there(number: _Number, target: list[_Number]) -> bool:
    values = {other.value for other in target}
    return 0.5 in values and (number.value // 1 in values or number.value < 2)


def _as_percent(number: _Number, target: list[_Number], pair: Pair) -> bool:
    """ "9 in 10" may be said as 90 %."""
    start, _end = number.quantity.span
    for told in _PROPORTION.finditer(pair.source):
        part, whole = map(float, told.groups())
        if told.start() <= start < told.end() and whole:
            share = 100 * part / whole
            return any(other.unit == "%" and other.value == share for other in target)
    return False


def _of_the_topic(number: _Number, pair: Pair) -> bool:
    """Whether it is the 2 of "type 2 diabetes" in a handout about that."""
    start, end = number.quantity.span
    name = pair.source[max(0, start - len("type ")) : end].lower()
    return name.startswith("type ") and name in pair.topic.lower()


def _implied(text: str, source: list[_Number]) -> set[float]:
    """Numbers that the source says in another way: month names, proportions, "both", "pair"."""
    months = {_MONTH_NUMBERS["".join(found).lower()] for found in _MONTHS.findall(text)}
    names = {float(digits) for digits in re.findall(r"(?<=[A-Za-z-])\d+", text)}  # "COVID-19"
    shares = {100 * float(a) / float(b) for a, b in _PROPORTION.findall(text) if float(b)}
    shares |= {value for word, value in _FOLDS.items() if word in text.lower()}
    both = {2.0} if re.search(r"\b(?:both|pair|half|halves|double|second)\b", text, re.I) else set()
    day = {24.0} if re.search(r"\b(?:daily|day)\b", text, re.I) else set()
    halves = {n.value // 1 for n in source if n.value % 1 == 0.5} | (
        {0.5} if any(n.value % 1 == 0.5 for n in source) else set()
    )
    return months | names | shares | both | day | halves


def _reordered(source: list[_Number], target: list[_Number]) -> bool:
    """Whether two numbers of one unit stand in the opposite order ("4 tablets, then 2")."""
    for unit in {number.unit for number in source} - {"", CLOCK}:
        first = _firsts(source, unit)
        second = [value for value in _firsts(target, unit) if value in first]
        if len(first) >= 2 and sorted(first) == sorted(second) and first != second:
            return True
    return False


def _regrouped(source: list[_Number], target: list[_Number]) -> bool:
    """Whether a range has other ends ("2.0 to 3.0 … above 4.0" and "2.0 to 4.0 … above 3.0")."""
    mine, theirs = _ranges(source), _ranges(target)
    known = {base_value(quantity)[1:] for quantity in mine} | {(q.low, q.high) for q in mine}
    return bool(mine) and any(
        base_value(quantity)[1:] not in known and (quantity.low, quantity.high) not in known
        for quantity in theirs
    )


def _ranges(numbers: list[_Number]) -> list[Quantity]:
    return [number.quantity for number in numbers if number.quantity.low != number.quantity.high]


def _firsts(numbers: list[_Number], unit: str) -> list[float]:
    return list(dict.fromkeys(number.value for number in numbers if number.unit == unit))


def _severity(number: _Number, pair: Pair) -> Severity:
    """A spelled number without a unit may be said otherwise ("half of the people"), and so may 0."""
    if not number.value and not number.unit:
        return Severity.WARNING
    readable = number_words.knows(pair.language.code)
    english = pair.language is ENGLISH and number.value > _PAIRED
    counted = english or not number.quantity.spelled or number.unit not in ("", "glass")
    return Severity.BLOCKING if counted and readable else Severity.WARNING


def _show(number: _Number) -> str:
    if number.unit == CLOCK:
        return f"{int(number.value // 60)}:{int(number.value % 60):02d}"
    return f"{number.value:g} {number.unit}".strip()
