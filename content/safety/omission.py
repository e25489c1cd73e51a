"""Parts of a sentence that a translation lost or gained: length and concepts taken together.

Either alone is weak evidence (languages differ in length, words differ in dictionaries); both
together are how a dropped or an invented clause looks.
"""

from collections.abc import Iterator

from content.languages import ENGLISH
from content.safety import lexicon
from content.safety.base import Finding, Pair, Severity
from content.safety.length import relative_length
from content.text.segments import split_sentences

_LOST_AND_SHORT = 0.8
_VERY_SHORT = 0.62
_MUCH_LOST = 2
_GAINED_AND_LONG = 1.25
_VERY_LONG = 1.4
_BRIEF, _BRIEF_SLACK = 40, 0.9
# Kinds of concepts that are things or acts of their own; the others colour them.
_THINGS = frozenset(("term", "extra", "contact", "urgent", "action", "site"))
_LOOSE = frozenset(("now", "head", "child", "baby", "throat", "low", "test", "medicine", "breath"))
# What an invented clause brings in, and what no other word of the languages looks like.
_INTRUDERS = frozenset(
    ("honey", "ice", "oil", "alcohol", "smoke", "aspirin", "tea", "remove", "driving", "inject",
     "surgery", "exercise", "salt", "sugar", "cold", "hot", "eat", "drink", "wash", "medicine",
     "skin", "rest", "cover", "crush", "sleep", "emptystomach", "doctor", "call")
)  # fmt: skip


class NothingLost:
    id = "omission"

    def findings(self, pair: Pair) -> Iterator[Finding]:
        if not lexicon.covers(pair.language.code):
            return
        lost = _things(pair.source, ENGLISH.code) - lexicon.concepts(
            pair.target, pair.language.code
        )
        lost -= _LOOSE
        ratio = relative_length(pair)
        fewer = _sentences(pair.target, pair.language.code) < _sentences(pair.source, ENGLISH.code)
        much = len(lost) >= _MUCH_LOST and (ratio < _LOST_AND_SHORT or fewer)
        if much or (lost and ratio < (_LOST_AND_SHORT if fewer else _VERY_SHORT)):
            named = ", ".join(lexicon.label(concept) for concept in sorted(lost))
            message = f"A part of the source seems to be missing ({named})."
            yield Finding(self.id, Severity.BLOCKING, message)


class NothingAdded:
    id = "addition"

    def findings(self, pair: Pair) -> Iterator[Finding]:
        if not lexicon.covers(pair.language.code):
            return
        source = lexicon.concepts(pair.source, ENGLISH.code)
        target = lexicon.concepts(pair.target, pair.language.code)
        gained = (target - source) & _INTRUDERS
        ratio = relative_length(pair) * (_BRIEF_SLACK if len(pair.source) < _BRIEF else 1)
        if (gained and ratio > _VERY_LONG) or (len(gained) >= 2 and ratio > _GAINED_AND_LONG):
            named = ", ".join(lexicon.label(concept) for concept in sorted(gained))
            message = f"This text seems to say more than the source ({named})."
            yield Finding(self.id, Severity.BLOCKING, message)


def _things(text: str, code: str) -> set[str]:
    return {concept for concept in lexicon.concepts(text, code) if lexicon.kind(concept) in _THINGS}


def _sentences(text: str, code: str) -> int:
    return len(split_sentences(text, code))
