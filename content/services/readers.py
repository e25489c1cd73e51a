"""Whom a handout speaks to, and the words that this changes: the hints of a rewrite.

Longer instructions about the audience made a small model chat (`templates/prompts`); single words
it follows.
"""

import re
from collections.abc import Callable

from content.engines.writer.base import Hints
from content.models import Audience
from content.safety.glossary import hints
from content.text.addressing import addressed_to_reader

# Below this grade, short technical words are explained too.
LOW_GRADE = 6
_AT_MOST, _AT_MOST_LOW = 6, 10

_BABY = dict.fromkeys(("infants", "infant", "newborns", "newborn", "neonate"), "your baby")
_CHILD = dict.fromkeys(("children", "child"), "your child")
_PATIENT = ("patients", "patient", "individuals", "individual")
# Audiences that are not the patient: what a source calls the patient, and what the handout does.
_CHARGE: dict[str, dict[str, str]] = {
    Audience.PARENT: _BABY | _CHILD | dict.fromkeys(_PATIENT, "your child"),
    Audience.CAREGIVER: dict.fromkeys(_PATIENT, "the person you care for"),
}
# "Parents should call if the infant ...": such a statement speaks to a parent in any handout.
_TO_A_PARENT = re.compile(r"^(?:parents?|caregivers?|guardians?)\b", re.IGNORECASE)
# Who reads takes; who cares for someone gives; what a nurse does is given.
_GIVE = {"administered": "taken", "administer": "take", "administering": "taking"}
_USE = {"administered": "used", "administer": "use", "administering": "using"}
_NOT_SWALLOWED = re.compile(
    r"\b(?:ophthalmic|otic|topical\w*|eye|ear|nasal|drops|sprays?|creams?|ointments?|patch(?:es)?|inhal\w+|nebuli\w+"
    r"|suppositor\w+|nitroglycerin|glucagon|epinephrine|heat|ice|oxygen)\b",
    re.IGNORECASE,
)
_BY_OTHERS = re.compile(
    r"\bby (?:an? |the |your )?(?:\w+ )?(?:nurse|doctor|clinician|clinic|team|staff)"
)


def plain_words(statement: str, audience: str, grade: int) -> Hints:
    """(term of ``statement``, words to use): whom it speaks to first, then the glossary's."""
    low = grade < LOW_GRADE
    found = dict(hints(statement, _AT_MOST_LOW if low else _AT_MOST, short_words=low))
    charge = _charge(statement, audience)
    if not charge and not _BY_OTHERS.search(statement):
        words = _USE if _NOT_SWALLOWED.search(statement) else _GIVE
        found |= {term: words[term] for term in found if term in words}
    named = [(term, words) for term, words in charge.items() if _stands(term, statement)]
    return [*named, *found.items()]


def addressed(statement: str, audience: str, text: str) -> str:
    """``text`` told to who takes the medicine: "Give it once a day" where the reader is the patient.

    A small model gives what is "administered", whatever it is told. What this returns is verified
    like any other wording.
    """
    given = _ADMINISTERED.search(statement) and not _BY_OTHERS.search(statement)
    if not given or _charge(statement, audience) or _TO_OTHERS.search(statement):
        return text
    return _GIVEN.sub(_use_or_take(statement), text)


def eased(statement: str, words: Hints) -> str:
    """``statement`` with plain words in the place of its terms. Its grammar may be off: it is for a writer."""
    text = statement
    for term, plain in sorted(words, key=lambda pair: -len(pair[0])):
        text = re.sub(rf"(?<![\w-]){re.escape(term)}(?![\w-])", _in_case(plain), text, flags=re.I)
    return text


# Of ``by_rule``; stored with what it wrote.
RULE = "addressing-1"


def by_rule(statement: str, audience: str) -> str:
    """``statement`` said to its reader without a writer, or "". A parent is no patient."""
    of_others = audience in (Audience.PARENT, Audience.CAREGIVER)
    return "" if of_others and "Patients" in statement else addressed_to_reader(statement)


def _in_case(plain: str) -> Callable[[re.Match[str]], str]:
    return lambda match: plain[0].upper() + plain[1:] if match[0][0].isupper() else plain


_ADMINISTERED = re.compile(r"\badminister(?:ed|ing)?\b", re.IGNORECASE)
_TO_OTHERS = re.compile(
    r"\b(?:child(?:ren)?|infants?|newborns?|bab(?:y|ies)|pediatric|toddlers?|bystanders?|famil(?:y|ies))\b",
    re.IGNORECASE,
)
_GIVEN = re.compile(
    r"(?:(?<=^)|(?<=[.!?] )|(?<=Do not )|(?<=do not ))(?P<give>[Gg]ive)(?= (?!me\b|us\b|your child|your baby))"
)


def _use_or_take(statement: str) -> Callable[[re.Match[str]], str]:
    word = "use" if _NOT_SWALLOWED.search(statement) else "take"
    return lambda match: word.capitalize() if match["give"][0] == "G" else word


def _charge(statement: str, audience: str) -> dict[str, str]:
    if _TO_A_PARENT.search(statement):
        return _BABY | _CHILD
    return _CHARGE.get(audience, {})


def _stands(term: str, statement: str) -> bool:
    return re.search(rf"\b{term}\b", statement, re.IGNORECASE) is not None
