"""What an English rewrite leaves out and what it puts in."""

import re
from collections.abc import Iterator

from content.safety.base import Finding, Pair, Severity
from content.safety.drugs import in_english
from content.safety.wording import (
    STOP,
    TELLING_STEMS,
    WEAK_STEMS,
    Sentence,
    clauses,
    stem,
    tokens,
)  # fmt: skip
from content.text.tables import word_set

_LEAST_COVERED = 0.5
_LIST = re.compile(
    r"(?:[a-z'-]+(?: [a-z'-]+){0,3}, )+(?:and |or )?(?:[a-z'-]+(?: [a-z'-]+){0,4},? )?"
    r"(?:and|or) [a-z'-]+(?: [a-z'-]+){0,3}"
)
_INCLUDING = re.compile(r"\bincluding ([a-z-]+)")
_AND_OR = re.compile(r",\s*(?:and |or )?|\s(?:and|or)\s")
_NUMBER_WORDS = frozenset(
    map(
        stem,
        word_set(
            """one two three four five six seven eight nine ten eleven twelve mg ml milligram
            milligrams milliliters degrees fahrenheit celsius percent pound pounds ounce ounces liter
            liters cup cups teaspoon tablespoon"""
        ),
    )
)
# Telling where they are lost, but part of many a plain phrase: "by hand", "give your baby".
_HOMELY = frozenset(
    map(
        stem,
        word_set(
            "baby hand hands finger fingers mouth head safe work school weight breath walking"
        ),
    )
)


class DrugsKept:
    """Every medicine of the source is named, and no other."""

    id = "drugs"

    def findings(self, pair: Pair) -> Iterator[Finding]:
        source, target = in_english(pair.source), in_english(pair.target)
        for name, word in source.items():
            if name not in target:
                yield Finding(self.id, Severity.BLOCKING, f"The medicine “{word}” is missing.")
        for name, word in target.items():
            if name not in source:
                start = pair.target.lower().find(word)
                message = f"The medicine “{word}” is not in the source."
                yield Finding(self.id, Severity.BLOCKING, message, (start, start + len(word)))


class ContentKept:
    """Conditions, body parts, list items and most other words of the source are said."""

    id = "omission"

    def findings(self, pair: Pair) -> Iterator[Finding]:
        source, target = Sentence(pair.source), Sentence(pair.target)
        for term in _lost_terms(source, target):
            yield Finding(self.id, Severity.BLOCKING, f"“{term}” of the source is missing.")
        lost = {one for one in source.unexplained - WEAK_STEMS if not _said(one, target)}
        lost -= _NUMBER_WORDS
        words = {stem(word): word for word in tokens(source.plain)}
        for one in sorted(lost & TELLING_STEMS):
            yield Finding(self.id, Severity.BLOCKING, f"“{words[one]}” of the source is missing.")
        for item in _lost_items(source, target):
            yield Finding(self.id, Severity.BLOCKING, f"“{item}” of the source's list is missing.")
        yield from self._little(source, target, [words[one] for one in sorted(lost)])

    def _little(self, source: Sentence, target: Sentence, lost: list[str]) -> Iterator[Finding]:
        total = len(source.unexplained - WEAK_STEMS) + len(source.mentions)
        missed = len(lost) + sum(not target.says_mention(mention) for mention in source.mentions)
        if total >= 3 and missed / total > _LEAST_COVERED:
            message = "Less than half of what the source says is found here."
            yield Finding(self.id, Severity.BLOCKING, message)
        elif len(lost) >= 2:
            message = f"Not found here: {', '.join(lost)}."
            yield Finding(self.id, Severity.WARNING, message)


class NothingAdded:
    """No new condition, substance or instruction comes in."""

    id = "addition"

    def findings(self, pair: Pair) -> Iterator[Finding]:
        source, target = Sentence(pair.source), Sentence(pair.target)
        words = {stem(word): word for word in tokens(target.plain)}
        new = target.content - source.licence
        for one in sorted(new & TELLING_STEMS - _HOMELY):
            word = words[one]
            if not _excused(word, target.plain):
                yield Finding(self.id, Severity.BLOCKING, f"“{word}” is not in the source.")
        for clause in _new_clauses(source, target):
            yield Finding(self.id, Severity.BLOCKING, f"“{clause}” is not in the source.")


# "Such as a walk", "like a cold": an example in words of every day is what plain language asks for.
_EXAMPLE = r"(?:such as|like|for example,?|for instance,?|or|\()"


def _excused(word: str, text: str) -> bool:
    return (
        re.search(
            rf"{_EXAMPLE} (?:an? |the |your |brisk |fast )?(?:\w+ )?{re.escape(word)}\b", text
        )
        is not None
    )


def _lost_terms(source: Sentence, target: Sentence) -> list[str]:
    return [
        mention.words
        for mention in source.mentions
        if mention.entry.clinical and not target.says_mention(mention)
    ]


def _said(one: str, target: Sentence) -> bool:
    return target.covers(one)


def _lost_items(source: Sentence, target: Sentence) -> list[str]:
    """Items of "A, B, or C" and of "including D" of which nothing is said."""
    lost: list[str] = []
    for match in _LIST.finditer(source.plain):
        lost += [item for item in _items(match.group()) if not _item_said(item, target)]
    named = _INCLUDING.findall(source.plain)
    return lost + [item for item in named if not _item_said(item, target)]


def _items(text: str) -> list[str]:
    items = [item.strip() for item in _AND_OR.split(text) if item.strip()]
    items[0] = items[0].split()[-1]
    if all(len(item.split()) == 1 for item in items[:-1]):
        items[-1] = items[-1].split()[0]  # "red, purple or orange liquids"
    return [item for item in items if item.split()[0] not in STOP]


def _item_said(item: str, target: Sentence) -> bool:
    spoken = Sentence(item)
    if any(target.says_mention(mention) for mention in spoken.mentions):
        return True
    stems = [stem(word) for word in tokens(spoken.plain) if word not in STOP]
    telling = [one for one in stems if one not in WEAK_STEMS] or stems
    return not telling or any(target.covers(one) for one in telling)


def _new_clauses(source: Sentence, target: Sentence) -> list[str]:
    """Clauses of the rewrite most of whose words the source does not license."""
    found: list[str] = []
    for clause in clauses(target.plain):
        stems = Sentence(clause).content - WEAK_STEMS - _NUMBER_WORDS
        new = stems - source.licence
        if len(new) >= 3 and len(new) / len(stems) >= 0.6:
            found.append(clause)
    return found
