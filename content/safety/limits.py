"""How much at most: the limits of an English rewrite, and which word each number belongs to."""

import re
from collections.abc import Iterator

from content.safety.base import Finding, Pair, Severity
from content.safety.frequency import frequencies
from content.safety.wording import TELLING_STEMS, plain, stem, tokens
from content.text.quantities import Quantity, base_value, quantities

# "Do not lift more than 10 pounds" bounds; in "do not drive if it is over 10" the "not" is elsewhere.
_GAP = r"(?:(?!if |when |unless |once |while |because |adults? |child(?:ren)? |people |patients? |persons? |individuals? |wom[ae]n |m[ae]n |infants? |bab(?:y|ies) |those )[\w'-]+ ){0,8}?"
_OVER_AMOUNT = (
    r"(?:more|longer|later|greater|higher|heavier|bigger|larger|taller|farther|further) than"
    r"|over|above|exceed\w*|beyond|past|goes? (?:over|above)|upwards of|>"
)
_OVER = rf"{_OVER_AMOUNT}|older than"
_UNDER_AMOUNT = (
    r"(?:less|fewer|lower|shorter|sooner|earlier|lighter|smaller|closer(?: \w+){0,3}) than"
    r"|below|under|<"
)
_UNDER = rf"{_UNDER_AMOUNT}|younger than"
_NOT = r"(?:not|never|no|none|nothing|without|avoid\w*|refrain\w*|stay away from|nor|contraindicated|prohibited)"
# Words before a number that bound it, in the order in which they are tried.
_BOUNDS: tuple[tuple[str, str], ...] = (
    ("most", rf"{_NOT} {_GAP}(?:{_OVER_AMOUNT}|after)|not older than"),
    # "Do not give it to children younger than 6" says whom, not how much.
    ("least", rf"{_NOT} {_GAP}(?:{_UNDER_AMOUNT}|within(?: the first)?)|not younger than"),
    ("least", r"at least|(?:a )?minimum(?: dose)?(?: of| is)?|no fewer than"),
    ("most", r"as (?:long|much|many|high|often|far) as|at (?:the )?most|up to|(?:a )?maximum(?: of| is)?|maximum (?:recommended )?(?:daily )?dose (?:of [\w -]{3,40} )?is|the most [\w ,]{2,60} is|limit\w*(?: \w+){0,4} to|restrict\w*(?: \w+){0,4} to|cut (?:down )?to"),
    ("over", _OVER),
    ("under", rf"{_UNDER}|not (?:yet )?turned"),
    ("within", r"within|in the next|by"),
    ("after", r"after|following"),
)  # fmt: skip
_BOUND = [
    (kind, re.compile(rf"\b(?:{words})(?: (?:the|a|an|about|of|is|to|age|ages))*\s*$"))
    for kind, words in _BOUNDS
]
_GONE_BY = r"^[^\w]{0,2}(?:\([^)]*\) ?)?(?:of \w+ )?(?:(?:a|an|per|each|every) \w+ |daily )?"
_AFTER = (
    ("least", re.compile(rf"{_GONE_BY}(?:or (?:more|higher|hotter|warmer|greater|above|longer|older|over|beyond|farther|up)|and (?:older|above|over|up|higher)|at (?:the )?(?:least|minimum))\b")),
    ("most", re.compile(rf"{_GONE_BY}(?:or (?:less|lower|cooler|colder|fewer|below|under|younger|sooner|shorter)|and (?:younger|below|under)|at (?:the )?most|maximum|tops|and no more)\b")),
    ("least", re.compile(r"^ (?:before|apart|away|between|ahead)\b.{0,30}\bor more\b")),
)  # fmt: skip
# "Flexion beyond 90 degrees is prohibited" is a limit of 90 degrees.
_FORBIDDEN = re.compile(
    r"^[^.;]{0,45}\b(?:is|are|be) (?:prohibited|forbidden|avoided|contraindicated|discouraged|unsafe|restricted"
    r"|not (?:\w+ )?(?:allowed|permitted|recommended|advised|safe))\b"
)
_NO_LATER = re.compile(r"\b(?:no|not) later than\s*$")
_AHEAD = re.compile(r"^\W*(?:before|prior to|ahead of)\b")
# "Infuse over 2 hours" says how long, not more than; "if it lasts over 2 hours" is a limit.
_SPANS = frozenset(("second", "minute", "hour", "day", "week", "month"))
_IN_ALL = re.compile(r"\bover (?:the )?(?:next |about |at least )?$")
_LONGER = re.compile(
    r"\b(?:for|last\w*|takes?|is|are|be|been|age[ds]?|older|adults?|children|wait|persist\w*|of|well|just) over (?:the )?$"
)
_TURNED = {"over": "most", "under": "least"}
_UP, _DOWN = frozenset(("least", "over")), frozenset(("most", "under", "within"))


_OFTEN = re.compile(
    r"\bat least (?:annually|yearly|monthly|weekly|daily|once|twice|every|\w+ times (?:a|per))\b"
)
_NO_LESS = re.compile(
    r"\bat least\b|\bor more\b|\bminimum\b|\bno (?:less|fewer)\b|\bnot less\b|\bmore often\b"
)
# "If fluids are restricted" does not become "do not drink any fluids".
_LIMITED = re.compile(
    r"^(?!.*\b(?:no|not|nothing|none|avoid\w*|without|fast\w*)\b).*\b(?:restrict\w*|limit\w*|reduc\w*)\b"
)
_NONE_AT_ALL = re.compile(
    r"\b(?:do not|never) (?:drink|eat|have|use|take) (?:any|at all)\b|\b(?:drink|eat) nothing\b|\bno (?:fluids?|food|salt|alcohol) at all\b"
)
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
        if _LIMITED.search(plain(pair.source)) and (
            none := _NONE_AT_ALL.search(plain(pair.target))
        ):
            yield Finding(
                self.id,
                Severity.BLOCKING,
                f"“{none.group()}” is more than the limit of the source.",
            )
        often = _OFTEN.search(plain(pair.source))
        if often and not _NO_LESS.search(plain(pair.target)):
            yield Finding(
                self.id, Severity.BLOCKING, f"“{often.group()}” of the source is missing."
            )
        for key, kinds in source.items():
            theirs = target.get(key) or _by_value(target, key)
            if theirs is None or _direction(kinds) & _direction(theirs):
                continue
            if _is_interval(key, pair):
                continue
            # A lost "within" is often said otherwise ("in the first"); a reversed one never.
            loose = kinds == {"within"} and "up" not in _direction(theirs)
            severity = Severity.WARNING if loose or not _strict(kinds) else Severity.BLOCKING
            message = f"The limit at {key[1]:g} (“{_said(kinds)}”) changed to “{_said(theirs)}”."
            yield Finding(self.id, severity, message)


def _is_interval(key: tuple[str, float, float], pair: Pair) -> bool:
    """ "At least every 12 weeks" is compared as a frequency."""
    dimension = {"time": "hours"}.get(key[0], key[0])
    wanted = (dimension, *(round(end, 3) for end in key[1:]))
    return any(one.interval == wanted for one in frequencies(pair.target))


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
    if _NO_LATER.search(before) and _AHEAD.search(after):
        return "least"  # "No later than 2 hours before" is at least 2 hours before.
    if quantity.unit in _SPANS and _IN_ALL.search(before) and not _LONGER.search(before):
        return ""
    bound = next((kind for kind, pattern in _BOUND if pattern.search(before)), "")
    return _TURNED.get(bound, bound) if _FORBIDDEN.search(text[end:]) else bound


def _direction(kinds: set[str]) -> set[str]:
    """ "After 48 hours" may say "more than 48 hours", or only when."""
    told = {"up" if kind in _UP else "down" if kind in _DOWN else "" for kind in kinds}
    return told | ({"up"} if "after" in kinds else set())


def _strict(kinds: set[str]) -> bool:
    return bool(kinds - {""})


def _said(kinds: set[str]) -> str:
    words = {"least": "at least", "most": "at most", "over": "more than", "under": "less than"}
    return ", ".join(words.get(kind, kind or "no limit") for kind in sorted(kinds))
