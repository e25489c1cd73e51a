"""Words that went and words that came without a like on the other side."""

import re
from collections.abc import Iterable, Iterator

from content.safety.base import Finding, Pair, Severity
from content.safety.coverage import NUMBER_WORDS, Difference, difference, word_of
from content.safety.polarity import NEGATIVE, SAYS_NO
from content.safety.thesaurus import akin
from content.safety.wording import STOP, WEAK_STEMS, Sentence, stem, stem_set, tokens

# What plain language leaves out or turns into a sentence of another build, and what other checks weigh.
_STRUCTURE = stem_set("""ability absence advisable advised afterward afterwards ahead alone appropriate assessment
            available avoid become beforehand beyond bystanders caregivers case cease cessation
            comprises confirm constitutes earlier easier else evaluation everybody everyone
            example factors indicated initiate irrespective longer mandatory mostly
            necessitates otherwise owing parents particular periods permitted presence present
            previous previously produce prohibited promote rather readily recommence regarding
            respectively restart result resume somewhat somewhere specific stop strictly
            suffices suitable themselves therapy though throughout treatment typically undergo
            upon urgent wait whenever whether whose why without""")


class WordsAkin:
    """Every word that is lost or new has to do with some word of the other text.

    Never more than a warning: an editor may say it in words that no thesaurus joins. A machine's
    wording is held to it (`content/services/rewriting.py`).
    """

    id = "paraphrase"

    def findings(self, pair: Pair) -> Iterator[Finding]:
        found = difference(pair)
        lost = _without_like(_lost(found) - _denied(found), found.target.content)
        if lost:
            words = ", ".join(f"“{word_of(one, found.source)}”" for one in lost)
            yield self._finding(f"Nothing here seems to stand for {words} of the source.")
        if names := _lost_names(pair):
            words = ", ".join(f"“{name}”" for name in names)
            yield self._finding(f"Nothing here seems to stand for {words} of the source.")
        if new := _without_like(_new(found), _spoken(found.source)):
            words = ", ".join(f"“{word_of(one, found.target)}”" for one in new)
            yield self._finding(f"Nothing in the source seems to stand for {words}.")

    def _finding(self, message: str) -> Finding:
        return Finding(self.id, Severity.WARNING, message)


# Words that have to do with everything.
_LIGHT = stem_set("""get make take have go do keep use come let set turn thing time way people
            person body part work live help place area be see know good bad some show find""")


# "The United States", inside a sentence: a name has no like.
_NAME = re.compile(r"(?<=[a-z,] )(?:[A-Z][a-z]{2,})\b")


def _lost_names(pair: Pair) -> list[str]:
    said = pair.target.lower()
    return [name for name in _NAME.findall(pair.source) if name.lower() not in said]


def _without_like(some: frozenset[str], others: Iterable[str]) -> list[str]:
    others = frozenset(others) - _LIGHT
    return sorted(one for one in some if not akin(one, others))


def _lost(found: Difference) -> frozenset[str]:
    """Lost stems, with those of long words for short ones; ``ContentKept`` speaks of clinical terms."""
    terms = (mention.words for mention in found.terms if not mention.entry.clinical)
    stems = {stem(word) for words in terms for word in tokens(words) if word not in STOP}
    return (found.lost | stems) - found.reader - WEAK_STEMS - _STRUCTURE


def _denied(found: Difference) -> frozenset[str]:
    """Stems of "unassisted" and its like, where the rewrite says "not" or "without"."""
    if not SAYS_NO.search(found.target.plain):
        return frozenset()
    return frozenset(map(stem, NEGATIVE.findall(found.source.plain)))


def _new(found: Difference) -> frozenset[str]:
    return found.new - NUMBER_WORDS - _STRUCTURE


def _spoken(source: Sentence) -> frozenset[str]:
    """Stems of the source and of everything that its glossary terms may be called."""
    phrases = (
        phrase.lower()
        for mention in source.mentions
        for phrase in (*mention.entry.plain, *mention.entry.terms)
    )
    return source.content | {stem(word) for phrase in phrases for word in tokens(phrase)}
