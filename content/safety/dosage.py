"""How often and how much at most: frequencies and limits of an English rewrite."""

import re
from collections.abc import Iterator

from content.safety.base import Finding, Pair, Severity
from content.safety.wording import TELLING_STEMS, plain, stem, tokens
from content.text.quantities import Quantity, base_value, quantities

# "After a week" is no frequency.
_NOT_SPAN = r"(?<!\bafter )(?<!\bfor )(?<!\bwithin )(?<!\bin )(?<!\bthan )(?<!\babout )(?<!\bover )(?<!\bbefore )"
_PERIODS = {
    "day": rf"per (?:24 hours|day)|{_NOT_SPAN}a (?:day|night)|(?:each|every) (?:24 hours|day|morning|evening|night)"
    r"|daily|nightly|/ ?day",
    "week": rf"(?:per|each|every) week|{_NOT_SPAN}a week|weekly|/ ?week",
    "month": rf"(?:per|each|every) month|{_NOT_SPAN}a month|monthly",
    "year": rf"(?:per|each|every) year|{_NOT_SPAN}a year|annually|annual|yearly|per annum",
    "hour": rf"(?:per|each|every) hour|{_NOT_SPAN}an hour|hourly|/ ?hour",
}
_COUNTS = {
    "once": 1.0,
    "twice": 2.0,
    "one": 1.0,
    "two": 2.0,
    "three": 3.0,
    "four": 4.0,
    "five": 5.0,
    "six": 6.0,
}
_COUNT = r"(?P<count>once|twice|thrice|\d+|one|two|three|four|five|six)(?: times?| doses?)?"
_EVERY = re.compile(
    r"\b(?:every|each|(?:at )?intervals of(?: no more than| at most)?|once every|once in every|at least every) "
    r"(?P<a>\d+|other|two|three|four|five|six|seven|eight|ten|twelve)(?:(?: to |-| or )(?P<b>\d+|two|three|four|six|eight|twelve))?"
    r" (?P<unit>minute|hour|day|week|month|year)s?\b"
)
_NUMBERS = {
    "other": 2,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "ten": 10,
    "twelve": 12,
}
_BIANNUAL = re.compile(
    r"\b(?:biannually|semiannually|twice a year|two times a year|every (?:6|six) months)\b"
)


class FrequencyKept:
    """ "Every 3 to 4 days" does not become "3 to 4 times a day"."""

    id = "frequency"

    def findings(self, pair: Pair) -> Iterator[Finding]:
        source, target = frequencies(pair.source), frequencies(pair.target)
        for lost in sorted(source - target):
            if lost.startswith("1 a day") and any(other.endswith("a day") for other in target):
                continue
            yield Finding(
                self.id, Severity.BLOCKING, f"“{lost}” of the source is missing or changed."
            )
        for added in sorted(target - source):
            if not (added == "1 a day" and any(other.endswith("a day") for other in source)):
                vague = added == "1 a day" and not source
                severity = Severity.WARNING if vague else Severity.BLOCKING
                yield Finding(self.id, severity, f"“{added}” is not in the source.")


def frequencies(text: str) -> frozenset[str]:
    """Facts such as "2 a day" and "every 6 hours" of an English text."""
    left = plain(text)
    found: set[str] = set()
    if _BIANNUAL.search(left):
        found.add("2 a year")
        left = _BIANNUAL.sub(" ", left)
    for match in _EVERY.finditer(left):
        found.add(_interval(match))
    left = _EVERY.sub(" ", left)
    for period, words in _PERIODS.items():
        counted = re.compile(rf"\b{_COUNT},? (?:{words})(?!\w)")
        for match in counted.finditer(left):
            found.add(f"{_count(match['count']):g} a {period}")
        left = counted.sub(" ", left)
        if re.search(rf"(?<!\w)(?:{words})(?!\w)", left):
            found.add(f"1 a {period}")
    return frozenset(found)


def _interval(match: re.Match[str]) -> str:
    low, high = _number(match["a"]), _number(match["b"]) if match["b"] else None
    unit = match["unit"]
    if (low, high, unit) in ((24, None, "hour"), (1, None, "day")):
        return "1 a day"
    if (low, high, unit) in ((7, None, "day"), (1, None, "week")):
        return "1 a week"
    return f"every {low:g}{f' to {high:g}' if high else ''} {unit}s"


def _number(word: str) -> float:
    return float(word) if word.isdigit() else float(_NUMBERS[word])


def _count(word: str) -> float:
    return float(word) if word.isdigit() else _COUNTS.get(word, 3.0)


# Words before a number that bound it, in the order in which they are tried.
_BOUNDS: tuple[tuple[str, str], ...] = (
    ("most", r"(?:(?:not|never|no|without) (?:\w+ ){0,4}?(?:more than|over|above|exceed\w*|longer than|later than|greater than|older than|go above))"),
    ("least", r"(?:(?:not|no) (?:\w+ ){0,3}?(?:less than|below|under|fewer than|sooner than|earlier than))"),
    ("least", r"at least|(?:a )?minimum(?: dose)?(?: of| is)?|no fewer than"),
    ("most", r"at most|up to|(?:a )?maximum(?: of| is)?|maximum (?:recommended )?(?:daily )?dose (?:of [\w -]{3,40} )?is|the most [\w ,]{2,60} is|limit\w*(?: \w+){0,4} to|restrict\w*(?: \w+){0,4} to|cut (?:down )?to"),
    ("over", r"more than|over|above|greater than|higher than|longer than|older than|exceed\w*|beyond|past|goes? (?:over|above)|>"),
    ("under", r"less than|below|under|fewer than|lower than|shorter than|younger than|<"),
    ("within", r"within|in the next|no later than"),
    ("after", r"after|following"),
)  # fmt: skip
_BOUND = [
    (kind, re.compile(rf"(?:{words})(?: (?:the|a|an|about|of|is|to|age|ages))*\s*$"))
    for kind, words in _BOUNDS
]
_AFTER = (
    ("least", re.compile(r"^[^\w]{0,2}(?:\([^)]*\) ?)?(?:of \w+ )?(?:or (?:more|higher|greater|above|longer|older|over)|and (?:older|above|over|up|higher))\b")),
    ("most", re.compile(r"^[^\w]{0,2}(?:\([^)]*\) ?)?(?:of \w+ )?(?:or (?:less|lower|fewer|below|under|younger)|and (?:younger|below|under)|at (?:the )?most|maximum)\b")),
)  # fmt: skip
_UP, _DOWN = frozenset(("least", "over")), frozenset(("most", "under", "within"))


_BY = re.compile(r"\bby (\d+(?:\.\d+)?) ?%")


class LimitsKept:
    """ "At least" does not become "at most", and "no more than" is not lost."""

    id = "limits"

    def findings(self, pair: Pair) -> Iterator[Finding]:
        source, target = bounds(pair.source), bounds(pair.target)
        for number in _BY.findall(plain(pair.source)):
            if re.search(rf"\b(?:to|at) {re.escape(number)} ?%", plain(pair.target)):
                message = f"“By {number} %” became “to {number} %”."
                yield Finding(self.id, Severity.BLOCKING, message)
        for key, kinds in source.items():
            theirs = target.get(key) or _by_value(target, key)
            if theirs is None or _direction(kinds) & _direction(theirs):
                continue
            if ("" in kinds and "" in theirs) or _is_interval(key, pair):
                continue
            severity = (
                Severity.WARNING if kinds == {"within"} or not _strict(kinds) else Severity.BLOCKING
            )
            number = f"{key[1]:g}"
            yield Finding(
                self.id,
                severity,
                f"The limit at {number} (“{_said(kinds)}”) changed to “{_said(theirs)}”.",
            )


def _is_interval(key: tuple[str, float, float], pair: Pair) -> bool:
    """ "At least every 12 weeks" is compared as a frequency."""
    hours = {24.0: "day", 168.0: "week", 1.0: "hour"}
    numbers = {f"{key[1] / size:g} {unit}" for size, unit in hours.items()} | {f"{key[1]:g} month"}
    return any(number in fact for fact in frequencies(pair.target) for number in numbers)


class LabelsKept:
    """ "Pink tablets have 5 mg, blue ones 3 mg": each number stays with its word."""

    id = "labels"

    def findings(self, pair: Pair) -> Iterator[Finding]:
        source, target = _labels(pair.source), _labels(pair.target)
        for (unit, value), label in target.items():
            others = {v for (u, v), words in source.items() if u == unit and words == label}
            if others and value not in others and source.get((unit, value)):
                message = f"“{label}” belongs to another number in the source."
                yield Finding(self.id, Severity.BLOCKING, message)
                return


def _labels(text: str) -> dict[tuple[str, float], str]:
    """(unit, value) -> the telling word nearest before it, where one unit has several values."""
    folded = plain(text)
    found: dict[tuple[str, float], str] = {}
    before = 0
    for quantity in quantities(folded):
        telling = [w for w in tokens(folded[before : quantity.span[0]]) if stem(w) in TELLING_STEMS]
        if telling and quantity.unit:
            found[quantity.unit, quantity.low] = stem(telling[-1])
        before = quantity.span[1]
    several = {unit for unit, _ in found if sum(unit == other for other, _ in found) > 1}
    return {key: label for key, label in found.items() if key[0] in several}


def _by_value(
    found: dict[tuple[str, float, float], set[str]], key: tuple[str, float, float]
) -> set[str] | None:
    """The bounds of the same number where one side leaves its unit out ("older than 75")."""
    plain_numbers = {key[1:], tuple(end / 12 for end in key[1:])}
    return next(
        (kinds for other, kinds in found.items() if not other[0] and other[1:] in plain_numbers),
        None,
    )


def bounds(text: str) -> dict[tuple[str, float, float], set[str]]:
    """How each quantity of an English text is bounded: base value -> kinds ("" for not at all)."""
    folded = plain(text)
    found: dict[tuple[str, float, float], set[str]] = {}
    for quantity in quantities(folded):
        found.setdefault(base_value(quantity), set()).add(_bound(folded, quantity))
    return found


def _bound(text: str, quantity: Quantity) -> str:
    start, end = quantity.span
    after = re.sub(r"^[\s-]*[^\W\d]*(?:°[fc]|%)?", "", text[end : end + 60], count=1)
    for kind, pattern in _AFTER:
        if pattern.search(text[end : end + 60]) or pattern.search(after.strip()):
            return kind
    before = re.split(r"[.;!?]\s|, (?:and|but) ", text[max(0, start - 80) : start])[-1]
    return next((kind for kind, pattern in _BOUND if pattern.search(before)), "")


def _direction(kinds: set[str]) -> set[str]:
    """ "After 48 hours" may say "more than 48 hours", or only when."""
    told = {"up" if kind in _UP else "down" if kind in _DOWN else "" for kind in kinds}
    return told | ({"up"} if "after" in kinds else set())


def _strict(kinds: set[str]) -> bool:
    return bool(kinds - {""})


def _said(kinds: set[str]) -> str:
    words = {"least": "at least", "most": "at most", "over": "more than", "under": "less than"}
    return ", ".join(words.get(kind, kind or "no limit") for kind in sorted(kinds))
