"""Length: a translation that is far too short has lost something, far too long has gained it."""

from collections.abc import Iterator

from content.languages import ENGLISH
from content.safety.base import Finding, Pair, Severity
from content.safety.markup import without_kept
from content.text.segments import split_sentences

# Letters of the language per letter of English. Medians of the 971 sentence pairs a language of
# TICO-19 (CC0) where it has the language; the second table is our estimate for the others, and for
# Chinese, whose ratio depends on how learned the English is.
_MEASURED = {
    "am": 0.62, "ar": 0.86, "bn": 1.00, "es": 1.16, "fa": 0.86, "fr": 1.20, "hi": 0.93, "id": 1.08,
    "km": 1.12, "my": 1.40, "ne": 0.96, "prs": 0.84, "ps": 0.89, "pt-BR": 1.09, "ru": 1.12,
    "so": 1.16, "sw": 1.05, "ta": 1.27, "ti": 0.62, "tl": 1.22, "ur": 0.88,
}  # fmt: skip
_ESTIMATED = {
    "zh-Hans": 0.39, "zh-Hant": 0.39, "ja": 0.50, "ko": 0.47, "th": 0.95, "lo": 1.00, "vi": 0.98,
    "ht": 0.92, "he": 0.78, "de": 1.20, "it": 1.15, "pl": 1.10, "tr": 1.05, "uk": 1.10, "hy": 1.10,
    "en": 1.0,
}  # fmt: skip
# Fractions of the expected length: 98 % of TICO-19's sentences lie between 0.65 and 1.6, and the
# short sentences of instructions vary more.
_TOO_SHORT, _SHORT, _LONG, _TOO_LONG = 0.45, 0.62, 1.6, 2.0
_BRIEF, _BRIEF_SLACK = 40, 0.84


class LengthPlausible:
    id = "length"

    def findings(self, pair: Pair) -> Iterator[Finding]:
        ratio = relative_length(pair)
        slack = _BRIEF_SLACK if len(pair.source) < _BRIEF else 1.0
        if ratio < 1 and len(pair.source.split()) == 1:
            return  # one word for one word is whole, however short: "Medicines", 약
        if ratio < _TOO_SHORT * slack:
            yield self._finding(Severity.BLOCKING, "much too short: something is left out")
        elif ratio < _SHORT * slack:
            yield self._finding(Severity.WARNING, "short: something may be left out")
        elif ratio > _TOO_LONG / slack:
            yield self._finding(Severity.BLOCKING, "much too long: something is added")
        elif ratio > _LONG / slack:
            yield self._finding(Severity.WARNING, "long: something may be added")

    def _finding(self, severity: Severity, what: str) -> Finding:
        return Finding(self.id, severity, f"For its source, this text is {what}.")


class SentencesKept:
    """Fewer sentences than the source: one may be lost (NLLB drops later sentences silently)."""

    id = "sentences"

    def findings(self, pair: Pair) -> Iterator[Finding]:
        source = len(split_sentences(pair.source, ENGLISH.code))
        target = len(split_sentences(pair.target, pair.language.code))
        if target < source and relative_length(pair) < 0.85:
            message = f"The source has {source} sentences, this text {target}."
            yield Finding(self.id, Severity.WARNING, message)


def relative_length(pair: Pair) -> float:
    """The target's length as a multiple of what its language leads to expect."""
    source = _letters(pair.source, latin=True) or 1
    target = _letters(pair.target, latin=pair.language.script == "Latn")
    code = pair.language.code
    expected = _MEASURED.get(code) or _ESTIMATED.get(code, 1.0)
    return target / source / expected


def _letters(text: str, *, latin: bool) -> int:
    """Letters and marks; without Latin ones (names kept as they are) in any other script."""
    visible = (char for char in without_kept(text) if not (char.isspace() or char.isdigit()))
    return sum(latin or not char.isascii() for char in visible)
