"""Whom a statement is about: in a handout about warfarin, "patients taking warfarin" is the reader."""

import re

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
