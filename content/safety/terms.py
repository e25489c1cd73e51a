"""Names in a translation: the medicine is the same medicine, the illness the same illness."""

from collections.abc import Iterator

from content.languages import ENGLISH
from content.safety import drugs, lexicon
from content.safety.base import Finding, Pair, Severity
from content.text.segments import words
from content.text.tables import word_set

# Concepts whose words are known well enough, and are seldom said in another way.
_NAMED = word_set(
    """eye ear nose kidney liver lung heart blood sugar fever diabetes asthma stroke heartattack
    seizure cancer pregnant breastfeed vaccine surgery alcohol salt urine allergy infection pain
    cough constipation pressure head stomach honey ice aspirin smoke chest undertongue rectal
    vaginal vein muscle skincond driving"""
)
# Of these, what an added sentence likes to bring in and no other word looks like.
_TELLING = word_set(
    """honey aspirin alcohol smoke seizure cancer diabetes asthma heartattack kidney pregnant
    ear rectal vaginal ice oil driving"""
)


class DrugsKept:
    """Every medicine of the source is named, and no other."""

    id = "drugs"

    def findings(self, pair: Pair) -> Iterator[Finding]:
        if pair.language is ENGLISH:
            return
        source = drugs.in_english(pair.source)
        sure = drugs.in_translation(pair.target, pair.language)
        likely = drugs.in_translation(pair.target, pair.language, certain=False)
        lost = {name: word for name, word in source.items() if name not in sure | likely}
        strange = _strange(likely if lost else sure, source, pair)
        for word in self._missing(lost, strange, pair):
            message = f"The medicine “{word}” is missing or changed."
            yield Finding(self.id, Severity.BLOCKING, message)
        for name, span in strange.items():
            message = f"“{pair.target[slice(*span)]}” ({name}) is not a medicine of the source."
            yield Finding(self.id, Severity.BLOCKING, message, span)

    def _missing(
        self, lost: dict[str, str], strange: dict[str, tuple[int, int]], pair: Pair
    ) -> Iterator[str]:
        for name, word in lost.items():
            known = drugs.has_local_name(name, pair.language)
            heard = drugs.is_named(name, word, pair.target, pair.language)
            if known and (strange or not heard):
                yield word


class TermsKept:
    """Illnesses, body parts and substances of the source are named, and few others.

    A warning for one; a translation that loses several has lost a part of the sentence.
    """

    id = "terms"

    def findings(self, pair: Pair) -> Iterator[Finding]:
        if not lexicon.covers(pair.language.code):
            return
        source = lexicon.concepts(pair.source, ENGLISH.code)
        target = lexicon.concepts(pair.target, pair.language.code)
        for concept in sorted((source - target) & _NAMED):
            message = f"“{lexicon.label(concept)}” of the source is not found here."
            yield Finding(self.id, Severity.WARNING, message)
        for concept in sorted((target - source) & _TELLING):
            message = f"“{lexicon.label(concept)}” is not in the source."
            yield Finding(self.id, Severity.WARNING, message)


def _strange(
    found: dict[str, tuple[int, int]], source: dict[str, str], pair: Pair
) -> dict[str, tuple[int, int]]:
    """Drugs of the target that no word of the source explains, drug or cognate."""
    others = [word for word in words(pair.source) if word.lower() not in source.values()]
    return {
        name: span
        for name, span in found.items()
        if name not in source
        and name not in pair.source.lower()
        and not drugs.sounds_like_any(pair.target[slice(*span)], others, pair.language)
    }
