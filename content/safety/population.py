"""Whom a statement is about: in a handout about warfarin, "patients taking warfarin" is the reader."""

import re
from collections.abc import Iterator

from content.safety.base import Finding, Pair, Severity
from content.safety.wording import STOP, Sentence, plain, stem, tokens

_PEOPLE = r"(?:patients?|adults?|people|individuals?|persons?|women|men|those|children)"
_WITH = re.compile(
    rf"\b{_PEOPLE} (?:with|taking|receiving|on|using|treated with|who (?:take|have|use|receive)) "
    r"(?P<what>[\w-]+(?: (?!should|must|may|can|who|whose|is|are|and|or|if)[\w-]+){0,4})"
)
_KIND = re.compile(rf"\b(?P<what>(?:\w+ly )?[\w-]+) {_PEOPLE}\b")


def reader(source: str, topic: str) -> frozenset[str]:
    """Stems of ``source`` that only say who the reader of a handout about ``topic`` is."""
    if not topic:
        return frozenset()
    named = Sentence(topic)
    folded = plain(source)
    found = [match["what"] for match in (*_WITH.finditer(folded), *_KIND.finditer(folded))]
    return frozenset(one for words in found for one in _known(words, named))


def _known(words: str, topic: Sentence) -> list[str]:
    spoken = Sentence(words)
    known = [stem(w) for w in tokens(words) if w not in STOP and topic.covers(stem(w))]
    for mention in spoken.mentions:
        if topic.says_mention(mention):
            known += [stem(word) for word in tokens(mention.words)]
    return known


_ELDERS = r"(?:parents?|caregivers?|guardians?|mothers?|fathers?)"
_CHILD = r"(?:child(?:ren)?|infants?|bab(?:y|ies)|newborns?|toddlers?)"
_FOR_A_CHILD = re.compile(
    rf"^{_ELDERS}\b|\b(?:if|when) (?:the|a|an|your) (?:\w+ ){{0,2}}{_CHILD}\b"
)
_ABOUT_A_CHILD = re.compile(rf"\b{_CHILD}\b")
_OF_THE_READER = re.compile(
    r"\b(?:if|when) you (?:have|get|feel|develop|vomit|cannot|can not|are (?!not sure|unsure|worried|giving|using))\b"
    r"|\b(?:do not|never) (?:eat|drink)\b|\bmeans? (?:that )?you\b|\byour (?:own )?(?:belly|skin|face|lips|chest|stomach|temperature|fever|breathing|symptoms|mouth|eyes?|ears?|"
    r"head|fingers?|toes?|feet|legs?|arms?|heart|stool|poop|urine|pee|body|throat|nose)\b"
)


# Who has a seizure or has fainted reads nothing: such statements are for those beside them.
_HELPLESS = re.compile(
    r"^(?=.*\b(?:seizures?|convuls\w*|unconscious\w*|unresponsive|collaps\w*|chok\w*|overdos\w*|cardiac arrest)\b)"
    r".*\b(?:bystanders?|an? (?:\w+ )?(?:individual|person)|someone|individuals? who|persons? who|rescuers?|family members)\b"
)
_HELPS_SELF = re.compile(r"\byourself\b|\byour mouth\b|\bif you (?:have|are having|become|are)\b")


_WRITER = re.compile(r"\bI (?!diabetes|infarction|allergy)[a-z]")


# "Ask the clinic which weight they want to be": the reader has become the clinic.
_ASKED = re.compile(r"ask (?:the|your) (?:clinic|doctor|surgeon|pharmacist|nurse|care team)\b")
_THEIRS = re.compile(r"\bthey (?:want to be|have|are|feel|take|need|get)\b|\bfor them\b")


class ReaderKept:
    """What is said of a child is not said of the parent who reads it."""

    id = "reader"

    def findings(self, pair: Pair) -> Iterator[Finding]:
        source, target = plain(pair.source), plain(pair.target)
        if _WRITER.search(pair.target) and not _WRITER.search(pair.source):
            message = "“I” speaks here; in the source nobody does."
            yield Finding(self.id, Severity.BLOCKING, message)
        if _ASKED.match(target) and (theirs := _THEIRS.search(target)):
            yield Finding(self.id, Severity.BLOCKING, f"“{theirs.group()}” can mean the clinic.")
        child = _FOR_A_CHILD.search(source) or _ABOUT_A_CHILD.search(plain(pair.topic))
        told = _OF_THE_READER.search(target)
        if not child and _HELPLESS.search(source):
            told = child = _HELPS_SELF.search(target)
        if child and told and told.group() not in source:
            message = f"“{told.group()}” speaks of the reader; the source speaks of another."
            yield Finding(self.id, Severity.BLOCKING, message)
