"""House terms: the words that a clinic has chosen for a language, those it accepts and those it forbids.

The entries are data of a deployment (``services.termbase``); here is only what they say of a pair. A
house term that is missing is a warning, for there are many good ways to say most things; the name
of a medicine, a name that must stay as it is, and a forbidden word are not.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from content.languages import Language
from content.safety.base import Finding, Pair, Severity
from content.safety.lexicon import word_pattern
from content.safety.markup import without_kept
from content.text.number_words import UNSPACED

CHECK_ID = "house_terms"
# So much of a word is its stem, where endings change: "riñones", "почками".
_STEM, _SHORTEST = 0.7, 4
_ARTICLE = re.compile(r"\bال")


@dataclass(frozen=True, slots=True)
class Term:
    """One entry of a language. ``keep``: the source term stands untranslated, as a brand does."""

    source: str
    preferred: str
    variants: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()
    keep: bool = False
    is_drug: bool = False

    @property
    def accepted(self) -> tuple[str, ...]:
        return (self.source,) if self.keep else (self.preferred, *self.variants)


@dataclass(slots=True)
class Termbase:
    """The entries of one language, ready to be asked."""

    language: Language
    terms: Sequence[Term]
    _by_source: dict[str, Term] = field(init=False)
    _pattern: re.Pattern[str] | None = field(init=False)
    _target: dict[str, re.Pattern[str]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._by_source = {term.source.lower(): term for term in self.terms}
        longest = sorted(self._by_source, key=len, reverse=True)
        names = "|".join(map(re.escape, longest))
        # "Low blood sugar" is one term, not "blood sugar".
        self._pattern = re.compile(rf"(?<![\w-])({names})(?:e?s)?(?![\w-])") if names else None

    def mentioned(self, source: str) -> list[Term]:
        """The terms that an English text names, each once, in order."""
        text = without_kept(source).lower()
        found = self._pattern.findall(text) if self._pattern else []
        return [self._by_source[name] for name in dict.fromkeys(found)]

    def findings(self, pair: Pair) -> Iterator[Finding]:
        target = _folded(pair.target, self.language.code)
        for term in self.mentioned(pair.source):
            for word in term.forbidden:
                if match := self._words(word).search(target):
                    message = (
                        f"“{word}” is not used here for “{term.source}”: say “{term.preferred}”."
                    )
                    yield Finding(
                        CHECK_ID, Severity.BLOCKING, message, match.span(), term.preferred
                    )
            if not any(self._words(word).search(target) for word in term.accepted):
                sure = term.keep or term.is_drug
                severity = Severity.BLOCKING if sure else Severity.WARNING
                yield Finding(CHECK_ID, severity, self._missing(term), insert=term.accepted[0])

    def _missing(self, term: Term) -> str:
        if term.keep:
            return f"“{term.source}” must stand as it is."
        return f"“{term.source}” is called “{term.preferred}” here."

    def _words(self, phrase: str) -> re.Pattern[str]:
        if phrase not in self._target:
            self._target[phrase] = _spoken(phrase, self.language.code)
        return self._target[phrase]


def _spoken(phrase: str, code: str) -> re.Pattern[str]:
    """``phrase`` with other endings, and with small words between its words."""
    folded = _ARTICLE.sub("", _folded(phrase, code))
    if code in UNSPACED or code == "ko":
        return re.compile(r"\s*".join(re.escape(word) for word in folded.split()))
    first, *others = map(_stem, folded.split())
    rest = "".join(rf"\s+(?:\S+\s+){{0,2}}?\S{{0,3}}{word}\S*" for word in others)
    return word_pattern(rf"{first}\S*{rest}" if others else rf"{first}\w*", code)


def _folded(text: str, code: str) -> str:
    """Lower case, without the accents that endings move ("riñón", "riñones"); as long as ``text``
    in NFC. In Vietnamese they make another word."""
    lower = unicodedata.normalize("NFC", text).lower()
    if code == "vi":
        return lower
    return "".join(_base(one) if one < "\u0250" else one for one in lower)


def _base(character: str) -> str:
    return unicodedata.normalize("NFD", character)[0]


def _stem(word: str) -> str:
    if len(word) <= _SHORTEST:
        return re.escape(word)
    return re.escape(word[: max(_SHORTEST, round(_STEM * len(word)))])
