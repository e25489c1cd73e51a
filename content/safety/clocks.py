"""Times of day: eight in the evening does not become eight in the morning."""

import re
from collections.abc import Iterator

from content.languages import ENGLISH
from content.safety import lexicon
from content.safety.base import Finding, Pair, Severity
from content.text.quantities import CLOCK, Quantity, quantities

_HALF_OF_DAY = re.compile(r"[ap]\.?\s?m\b", re.IGNORECASE)
_NOON, _ONE_PM = 12 * 60, 13 * 60  # minutes after midnight


class ClockKept:
    """A time that says "a.m." or "p.m." is in the same half of the day.

    That the hour is there at all is a matter of `numbers`; "20:30" and "8:30 p.m." are the same.
    """

    id = "clock"

    def findings(self, pair: Pair) -> Iterator[Finding]:
        times = [one for one in _clocks(pair.source, ENGLISH.code) if _says_half(one, pair.source)]
        found = _clocks(pair.target, pair.language.code) if times else []
        for time in times:
            alike = [one for one in found if (one.low - time.low) % _NOON == 0]
            if alike and all(one.low != time.low for one in alike):
                yield from self._other_half(time, alike[0], pair)

    def _other_half(self, time: Quantity, other: Quantity, pair: Pair) -> Iterator[Finding]:
        said, became = (pair.source[slice(*time.span)], pair.target[slice(*other.span)])
        if other.low >= _ONE_PM or _says_half(other, pair.target):
            message = f"“{said.strip()}” became “{became.strip()}”."
            yield Finding(self.id, Severity.BLOCKING, message, other.span)
        elif time.low >= _ONE_PM and _no_evening(pair):
            message = (
                f"“{became.strip()}” may be read as the morning; the source says “{said.strip()}”."
            )
            yield Finding(self.id, Severity.WARNING, message, other.span)


def _clocks(text: str, code: str) -> list[Quantity]:
    return [one for one in quantities(text, code) if one.unit == CLOCK]


def _says_half(time: Quantity, text: str) -> bool:
    return bool(_HALF_OF_DAY.search(text[slice(*time.span)]))


def _no_evening(pair: Pair) -> bool:
    code = pair.language.code
    return lexicon.covers(code) and "evening" not in lexicon.concepts(pair.target, code)
