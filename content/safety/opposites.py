"""Opposites in a translation: left for right, high for low, before for after, unless for even if."""

from collections.abc import Iterator

from content.languages import ENGLISH
from content.safety import lexicon
from content.safety.base import Finding, Pair, Severity
from content.safety.negation import LIMIT

# (one side, other side, how sure we are that an exchange is an error)
_PAIRS: tuple[tuple[str, str, Severity], ...] = (
    ("left", "right", Severity.BLOCKING),
    ("high", "low", Severity.BLOCKING),
    ("before", "after", Severity.BLOCKING),
    ("morning", "evening", Severity.BLOCKING),
    ("more", "less", Severity.BLOCKING),
    ("severe", "mild", Severity.BLOCKING),
    ("withfood", "emptystomach", Severity.BLOCKING),
    ("unless", "even_if", Severity.BLOCKING),
    ("hot", "cold", Severity.BLOCKING),
    ("mouth", "rectal", Severity.BLOCKING),
    ("mouth", "vaginal", Severity.BLOCKING),
)
_SITES = (
    "mouth",
    "eye",
    "ear",
    "nose",
    "undertongue",
    "rectal",
    "vaginal",
    "vein",
    "muscle",
    "skin",
)
# Places that instructions name and that no idiom uses.
_SURE_SITES = frozenset(
    ("eye", "ear", "nose", "rectal", "vaginal", "undertongue", "vein", "muscle")
)


class OppositesKept:
    """What the source names on one side is not on the other side in the translation."""

    id = "opposites"

    def findings(self, pair: Pair) -> Iterator[Finding]:
        if not lexicon.covers(pair.language.code):
            return
        limited = LIMIT.sub(" ", pair.source.lower())
        source = lexicon.concepts(limited, ENGLISH.code)
        target = lexicon.concepts(pair.target, pair.language.code)
        for first, second, severity in _PAIRS:
            for here, there in ((first, second), (second, first)):
                if here in source - target and there in target - source:
                    yield Finding(
                        self.id,
                        severity,
                        f"“{lexicon.label(here)}” became “{lexicon.label(there)}”.",
                    )


class SideKept:
    """A left or right of the source is in the translation."""

    id = "side"

    def findings(self, pair: Pair) -> Iterator[Finding]:
        if not lexicon.covers(pair.language.code):
            return
        source = lexicon.concepts(pair.source, ENGLISH.code) & {"left", "right"}
        target = lexicon.concepts(pair.target, pair.language.code) & {"left", "right"}
        if len(source) == 1 and not target:
            side = next(iter(source))
            yield Finding(self.id, Severity.WARNING, f"“{lexicon.label(side)}” is missing.")
        elif len(source) == 1 and len(target) == 2:
            yield Finding(self.id, Severity.WARNING, "Left and right are both named here.")


class RouteKept:
    """A medicine goes where the source says: the eye is not the ear."""

    id = "route"

    def findings(self, pair: Pair) -> Iterator[Finding]:
        if not lexicon.covers(pair.language.code):
            return
        source = lexicon.concepts(pair.source, ENGLISH.code) & set(_SITES)
        target = lexicon.concepts(pair.target, pair.language.code) & set(_SITES)
        lost, new = source - target, target - source
        for site in sorted(new & _SURE_SITES):
            if lost:
                message = f"“{lexicon.label(sorted(lost)[0])}” became “{lexicon.label(site)}”."
                yield Finding(self.id, Severity.BLOCKING, message)
                return
