"""Urgency in a translation: "go to the emergency room now" is not "mention it at your next visit"."""

import re
from collections.abc import Iterator

from content.languages import ENGLISH
from content.safety import lexicon
from content.safety.base import Finding, Pair, Severity
from content.safety.negation_words import NO

_URGENT = frozenset(("emergency", "now", "e911"))
# "As soon as", "now" and "hospital" may have nothing urgent about them.
_PRESSING = re.compile(
    r"911|\bemergency\b|\bambulance\b|right away|immediately(?! (?:before|after))|at once|right now"
    r"|\bER\b|without delay|straight away|\b(?:call|go|get|seek|come|take)\b.{0,50}\bnow\b",
    re.IGNORECASE,
)


class UrgencyKept:
    """Help that is needed now is asked for now, and nothing else is."""

    id = "urgency"

    def findings(self, pair: Pair) -> Iterator[Finding]:
        if not lexicon.covers(pair.language.code):
            return
        source = lexicon.concepts(pair.source, ENGLISH.code)
        target = lexicon.concepts(pair.target, pair.language.code)
        if _PRESSING.search(pair.source) and not target & _URGENT:
            yield self._block("The source calls for help right away; this text does not.")
        elif "emergency" in _called(pair.source) and not target & {"emergency", "e911"}:
            yield self._block("Emergency help (911, the emergency room) is missing.")
        if "deferred" in target - source and (source & _URGENT or "call" in source):
            yield self._block("This text puts off what the source does not.")
        if not _PRESSING.search(pair.source) and "e911" in target - source:
            yield self._block("This text calls 911; the source does not.")
        elif _new_haste(pair, source, target):
            yield Finding(self.id, Severity.WARNING, "This text is more urgent than the source.")

    def _block(self, message: str) -> Finding:
        return Finding(self.id, Severity.BLOCKING, message)


def _called(source: str) -> set[str]:
    return {"emergency"} if re.search(r"911|\bemergency\b|\bER\b|\bambulance\b", source) else set()


def _new_haste(pair: Pair, source: frozenset[str], target: frozenset[str]) -> bool:
    return not source & _URGENT and bool(target & _URGENT) and pair.language.code in NO
