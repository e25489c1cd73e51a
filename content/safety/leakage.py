"""Traces of the prompt in what a language model wrote."""

import re
from collections.abc import Iterator

from content.safety.base import Finding, Pair, Severity
from content.text.segments import word_count

_LEAK = re.compile(
    r"\bhere(?:'s| is| are) (?:the|a|your|my)\b|\brewrit\w+\b|^\s*(?:statement|rewrite|answer|output|plain language)\s*:|"
    r"\bwords to use\b|\bmust say\b|\bdo not say:|\bas an ai\b|\bplain language\b|\b\w+th[- ]grade\b|\breading level\b|"
    r"\bsimplified\b|\bin simple terms\b|\bin other words\b|\bnote that\b:|[{}\[\]]|\*\*|^\s*[-*•]\s|\n|<\|",
    re.IGNORECASE | re.MULTILINE,
)


# What speaks to a writer and not to a patient.
_ORDER = re.compile(
    r"\b(?:ignore|disregard|forget|override)\b[^.]{0,40}\b(?:rules?|instructions?|prompts?|guidelines|system)\b|"
    r"^\s*(?:system|assistant|user|developer|rewritten)\s*:|\b(?:new|real) (?:rules?|instructions?)\s*:|"
    r"\b(?:reply|respond|answer|output)\b (?:only )?(?:with|that|the words?)\b|\bwrite that (?!\w+ down)|"
    r"\b(?:you are|act as|pretend to be)\b (?:now )?an? (?:ai|assistant|language model|chatbot)\b|\bsystem prompt\b",
    re.IGNORECASE,
)


class NoOrders:
    """A source that gives the writer orders is shown to the editor, whatever was written of it."""

    id = "orders"

    def findings(self, pair: Pair) -> Iterator[Finding]:
        order = _ORDER.search(pair.source)
        if order:
            message = (
                f"“{order.group().strip()}” in the source speaks to the writer, not to a patient."
            )
            yield Finding(self.id, Severity.BLOCKING, message)


class NoLeakage:
    """Only the rewrite is there: no preamble, no label, no markup."""

    id = "leakage"

    def findings(self, pair: Pair) -> Iterator[Finding]:
        for match in _LEAK.finditer(pair.target.strip()):
            if (
                match.group().strip().lower() not in pair.source.lower()
                or not match.group().strip()
            ):
                start = pair.target.find(match.group())
                message = (
                    f"“{match.group().strip() or 'A line break'}” does not belong to a rewrite."
                )
                span = (start, start + len(match.group()))
                yield Finding(self.id, Severity.BLOCKING, message, span)
                return


_SPARE = 6


class LengthInBounds:
    """Far longer or shorter than the source cannot say the same."""

    id = "length"

    _LONGEST, _SHORTEST = 2.6, 0.4

    def findings(self, pair: Pair) -> Iterator[Finding]:
        ratio = word_count(pair.target) / max(1, word_count(pair.source))
        # A word of Greek takes a clause to explain, whatever the length of the statement.
        spare = _SPARE / max(1, word_count(pair.source))
        if ratio > self._LONGEST + spare:
            yield self._block("This rewrite is far longer than the source.")
        elif ratio < self._SHORTEST:
            yield self._block("This rewrite is far shorter than the source.")

    def _block(self, message: str) -> Finding:
        return Finding(self.id, Severity.BLOCKING, message)
