"""How often: the frequencies of an English rewrite, compared as intervals."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from content.safety.base import Finding, Pair, Severity
from content.safety.wording import plain
from content.text.sifting import Sifted

# "After a week" and "for half an hour" are no frequencies.
_NO_SPAN = "".join(
    rf"(?<!\b{word} )"
    for word in ("after", "for", "within", "in", "than", "about", "over", "before", "half",
                 "of", "first", "next", "until", "least", "to", "or", "up to", "another")
)  # fmt: skip
_PERIODS = {
    "hour": rf"per hour|each hour|every hour|{_NO_SPAN}an hour(?! and)|hourly|/ ?hour",
    "day": rf"per (?:24 hours|day)|{_NO_SPAN}a (?:day|night)|(?:each|every) (?:24 hours|(?:single )?day|morning"
    r"|evening|night|bedtime)|daily(?! (?:activit|living|life|routine|task|chore))|nightly|/ ?day|everyday",
    "week": rf"(?:per|each|every) week|{_NO_SPAN}a week|weekly|/ ?week",
    "month": rf"(?:per|each|every) month|{_NO_SPAN}a month|monthly",
    "year": rf"(?:per|each|every) year|{_NO_SPAN}a year|annual(?:ly)?|yearly|per annum",
}
# Letters without which a text has nothing of the period: most texts are done with them.
_SIGNS = {
    "hour": ("hour",), "day": ("day", "daily", "night", "morning", "evening", "bedtime", "24"),
    "week": ("week",), "month": ("month",), "year": ("year", "annu"),
}  # fmt: skip
_SIGN = re.compile(
    r"hour|day|daily|night|morning|evening|bedtime|24|week|month|year|annu|minute|alternate|meal"
)
# "1 pad in an hour" counts what happens in the hour; "call in an hour" does not.
_WITHIN = {
    name: rf"(?:in|within) (?:a|an|any|one|1|each|every|the same) {name}" for name in _PERIODS
}
# Hours, or months: a month has no fixed number of days.
_LENGTHS = {
    "minute": ("hours", 1 / 60), "hour": ("hours", 1.0), "day": ("hours", 24.0),
    "morning": ("hours", 24.0), "evening": ("hours", 24.0), "night": ("hours", 24.0),
    "week": ("hours", 168.0), "month": ("months", 1.0), "year": ("months", 12.0),
}  # fmt: skip
_NUMBERS = {
    word: float(value)
    for value, word in enumerate(
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"], 1
    )
} | {"once": 1.0, "twice": 2.0, "thrice": 3.0, "other": 2.0, "second": 2.0, "third": 3.0,
     "a single": 1.0, "half": 0.5, "2nd": 2.0, "3rd": 3.0}  # fmt: skip
_WORDS = "|".join(_NUMBERS)
_COUNT = rf"(?P<low>\d+|{_WORDS})(?:(?: to |-| or )(?P<high>\d+|{_WORDS}))?(?: or more)?(?: (?:times?|doses?|doses of it))?"
_EVERY = re.compile(
    rf"\b(?:every|each|(?:at )?intervals of(?: no more than| at most)?|once (?:in )?every|at least every"
    rf"|one time every|on every|on each) (?P<low>\d+|{_WORDS})(?:(?: to |-| or )(?P<high>\d+|{_WORDS}))?"
    rf" (?P<unit>{'|'.join(_LENGTHS)})s?\b"
)
# "Every hour that you are awake, turn it ten times."
_EACH = re.compile(
    rf"\b(?:every|each) (?P<period>hour|day|week|month|year)\b(?!s)[^.;]{{1,60}}?\b(?P<low>\d+|{_WORDS})(?P<high>(?!))? times?\b"
)
_EVERY_FEW = re.compile(r"\bevery (?:few|couple of|several) \w+\b")
_IDIOMS: tuple[tuple[str, str], ...] = (
    (r"\b(?:biannually|semiannually|twice[- ]yearly)\b", "2 times a year"),
    (r"\bfortnightly\b|\bevery fortnight\b|\bbi-?weekly\b", "every 2 weeks"),
    (r"\b(?:on )?alternate (day|week|month|night|morning)s\b", r"every 2 \1s"),
    (r"\bat (\d+)-(hour|day|week|month|year) intervals\b", r"every \1 \2s"),
    (r"\bfrom (day|week|month|year) to \1\b", r"every \1"),
    (r"\bevery half[- ](?:an )?hour\b", "every 30 minutes"),
    (r"\bevery half[- ]year\b", "every 6 months"),
    (r"\b(?:each|every|in the) (?:day in the )?morning,? and(?: then)?(?: again)?(?: (?:each|every|in the|at|before|once at))?"
     r" (?:evening|night|bedtime|bed)\b", "2 times a day"),
    (r"\b(?:once|one|1)(?: \w+){0,2} in the morning,? and(?: then)?(?: again| once| one| 1)?(?: \w+)? (?:in the evening|at (?:night|bedtime))\b",
     "2 times a day"),
    (r"\b(?:morning and (?:evening|night|bedtime)|(?:both|every) mornings? and (?:evening|night)s?|day and night)\b",
     "2 times a day"),
    (r"\b(?:with|at|before|after) (?:each|every) meal\b", " "),
)  # fmt: skip
_IDIOM_PATTERNS = tuple((Sifted(pattern), same) for pattern, same in _IDIOMS)
# By period and whether what happens in it is counted: "3 times a day", "a day".
_RATES = {
    (name, counting): (
        re.compile(rf"\b{_COUNT},? (?:{every})(?!\w)"),
        re.compile(rf"(?<!\w)(?:{every})(?!\w)"),
    )
    for name, words in _PERIODS.items()
    for counting, every in ((False, words), (True, f"{words}|{_WITHIN[name]}"))
}


@dataclass(frozen=True, slots=True, order=True)
class Frequency:
    """Once in an interval of ``low`` to ``high`` hours or months; ``words`` say it in a message."""

    scale: str
    low: float
    high: float
    words: str

    @property
    def interval(self) -> tuple[str, float, float]:
        return self.scale, round(self.low, 3), round(self.high, 3)

    @property
    def daily(self) -> bool:
        return self.interval == ("hours", 24.0, 24.0)

    @property
    def within_a_day(self) -> bool:
        return self.scale == "hours" and self.high <= 24.0


class FrequencyKept:
    """ "Every 3 to 4 days" does not become "3 to 4 times a day"; "every 72 hours" is every 3 days."""

    id = "frequency"

    def findings(self, pair: Pair) -> Iterator[Finding]:
        source, target = frequencies(pair.source), frequencies(pair.target)
        counted = frequencies(pair.target, counting=True)
        told = {one.interval for one in counted}
        for lost in source:
            # "Daily" beside "2 times a day" says nothing of its own.
            said = lost.daily and any(other.within_a_day for other in target)
            if lost.interval not in told and not said:
                message = f"“{lost.words}” of the source is missing or changed."
                yield Finding(self.id, Severity.BLOCKING, message)
        vague = _EVERY_FEW.search(plain(pair.target))
        if vague and not re.search(
            r"\bfew\b|\bseveral\b|\bfrequent|\bevery\b|\bregular", plain(pair.source)
        ):
            yield Finding(self.id, Severity.BLOCKING, f"“{vague.group()}” is not in the source.")
        licensed = {one.interval for one in frequencies(pair.source, counting=True)}
        for new in target:
            said = new.daily and any(other.within_a_day for other in source)
            if new.interval not in licensed and not said:
                severity = Severity.WARNING if new.daily and not source else Severity.BLOCKING
                yield Finding(self.id, severity, f"“{new.words}” is not in the source.")


@lru_cache(maxsize=512)
def frequencies(text: str, *, counting: bool = False) -> tuple[Frequency, ...]:
    """Frequencies of an English text, sorted, each once; "24 hours" and "in a day" if ``counting``."""
    left = plain(text)
    if not _SIGN.search(left):
        return ()
    for pattern, same in _IDIOM_PATTERNS:
        left = pattern.sub(same, left)
    found: dict[tuple[str, float, float], Frequency] = {}
    for match in _EVERY.finditer(left):
        _add(found, _interval(match))
    left = _EVERY.sub(" ", left)
    for match in _EACH.finditer(left):
        _add(found, _rate(match, match["period"]))
    left = _EACH.sub(" ", left)
    for name in _PERIODS:
        if not any(sign in left for sign in _SIGNS[name]):
            continue
        counted, uncounted = _RATES[name, counting]
        for match in counted.finditer(left):
            _add(found, _rate(match, name))
        left = counted.sub(" ", left)
        if uncounted.search(left):
            _add(found, Frequency(*_LENGTHS[name], _LENGTHS[name][1], f"1 a {name}"))
    return tuple(sorted(found.values()))


def _add(found: dict[tuple[str, float, float], Frequency], one: Frequency) -> None:
    found.setdefault(one.interval, one)


def _interval(match: re.Match[str]) -> Frequency:
    low, high = _ends(match)
    scale, length = _LENGTHS[match["unit"]]
    ends = f"{low:g}" if low == high else f"{low:g} to {high:g}"
    words = f"every {ends} {match['unit']}s" if high > 1 else f"1 a {match['unit']}"
    return Frequency(scale, low * length, high * length, words)


def _rate(match: re.Match[str], period: str) -> Frequency:
    low, high = _ends(match)
    scale, length = _LENGTHS[period]
    ends = f"{low:g}" if low == high else f"{low:g} to {high:g}"
    return Frequency(scale, length / max(high, 0.1), length / max(low, 0.1), f"{ends} a {period}")


def _ends(match: re.Match[str]) -> tuple[float, float]:
    low = _number(match["low"])
    return low, _number(match["high"]) if match["high"] else low


def _number(word: str) -> float:
    return float(word) if word.isdigit() else _NUMBERS[word]
