"""What an English rewrite leaves out and what it puts in."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from content.safety.base import Finding, Pair, Severity
from content.safety.drugs import in_english
from content.safety.glossary import Mention
from content.safety.population import reader
from content.safety.wording import (
    STOP,
    TELLING_STEMS,
    VERBS,
    WEAK_STEMS,
    Sentence,
    clauses,
    stem,
    stem_set,
    tokens,
)  # fmt: skip
from content.text.quantities import base_value, quantities
from content.text.segments import split_sentences

# Shares of words: what must be said, how much shorter an omission is, how new an added clause is.
_LEAST_COVERED, _SHORTER, _NEW_CLAUSE = 0.5, 0.7, 0.5
# Above this share of lost words, new ones are no paraphrase but another statement.
_ALL_BUT_NOTHING = 0.75
# So many new words may stand for a list item that is not found by its own words.
_PARAPHRASE = 2
_LIST = re.compile(
    r"(?:[a-z'-]+(?: [a-z'-]+){0,3}, )+(?:and |or )?(?:[a-z'-]+(?: [a-z'-]+){0,4},? )?"
    r"(?:and|or) [a-z'-]+(?: [a-z'-]+){0,3}"
)
_INCLUDING = re.compile(r"\bincluding ([a-z-]+)")
_SAID = "the"  # a word without a content
_AND_OR = re.compile(r",\s*(?:and |or )?|\s(?:and|or)\s")
NUMBER_WORDS = stem_set("""one two three four five six seven eight nine ten eleven twelve mg ml milligram
            milligrams milliliters degrees fahrenheit celsius percent pound pounds ounce ounces liter
            liters cup cups teaspoon tablespoon""")
# Telling where they are lost, but part of many a plain phrase: "by hand", "give your baby".
_HOMELY = stem_set(
    "baby hand hands finger fingers mouth head safe work school weight breath walking"
)
# What is never another word for another of its kind.
_RIVALS = tuple(
    stem_set(words)
    for words in (
        """heart liver kidney kidneys brain lung lungs bowel colon rectum bladder stomach skin eye eyes
        ear ears nose throat thyroid pancreas womb spine breast gums prostate spleen""",
        "arm arms leg legs foot feet ankle knee hip shoulder elbow wrist neck back thigh clavicle collarbone",
        "bathing bath shower sleep exercise drive swim eat",
        "intraocular eye blood",
        "sodium potassium calcium iron sugar glucose salt protein fat magnesium cholesterol",
        "blood urine stool stools sweat pus milk saliva mucus",
        "stroke diabetes asthma cancer seizure allergy anemia pneumonia flu arthritis dementia gout",
        "red purple orange yellow pink blue brown green white black",
        "ice heat cold hot warm",
        "alcohol coffee tea soda juice milk water",
        "diarrhea constipation vomiting",
        "mri ct x-ray xray ultrasound biopsy",
        "tube catheter patch inhaler pump syringe needle",
    )
)


class DrugsKept:
    """Every medicine of the source is named, and no other."""

    id = "drugs"

    def findings(self, pair: Pair) -> Iterator[Finding]:
        source, target = in_english(pair.source), in_english(pair.target)
        known = reader(pair.source, pair.topic)
        for name, word in source.items():
            if name not in target and stem(word) not in known:
                yield Finding(self.id, Severity.BLOCKING, f"The medicine “{word}” is missing.")
        for name, word in target.items():
            if name not in source:
                start = pair.target.lower().find(word)
                message = f"The medicine “{word}” is not in the source."
                yield Finding(self.id, Severity.BLOCKING, message, (start, start + len(word)))


@dataclass(frozen=True)
class Difference:
    """What is in one text and not in the other. Words of both kinds are often one paraphrase.

    ``reader`` are stems that only say who reads; ``lost`` are stems of the source that nothing in the rewrite stands for, ``terms`` glossary
    terms of it, ``new`` stems of the rewrite that nothing in the source licenses.
    """

    source: Sentence
    target: Sentence
    reader: frozenset[str] = frozenset()

    @cached_property
    def lost(self) -> frozenset[str]:
        spoken = self.source.unexplained - WEAK_STEMS - NUMBER_WORDS - self.reader
        return frozenset(one for one in spoken if not self.target.covers(one))

    @cached_property
    def terms(self) -> tuple[Mention, ...]:
        return tuple(
            mention
            for mention in self.source.mentions
            if not self.target.says_mention(mention)
            and not self.reader.issuperset(map(stem, tokens(mention.words)))
            and Sentence(mention.entry.hint).content - WEAK_STEMS
        )

    @cached_property
    def new(self) -> frozenset[str]:
        return self.target.content - self.source.licence - WEAK_STEMS - NUMBER_WORDS

    @cached_property
    def gone(self) -> frozenset[str]:
        """Lost stems, those of lost terms included."""
        terms = (stem(word) for mention in self.terms for word in tokens(mention.words))
        return self.lost | frozenset(terms)

    @property
    def missed(self) -> int:
        return len(self.lost) + len(self.terms)


@lru_cache(maxsize=8)  # three checks ask, and who chooses among answers
def difference(pair: Pair) -> Difference:
    return Difference(Sentence(pair.source), Sentence(pair.target), reader(pair.source, pair.topic))


def strayed(pair: Pair) -> int:
    """How many words went or came that no glossary entry and no synonym joins: how freely it is said.

    Of accepted rewrites that a reader found wrong, 8 in 10 had such words; of faithful ones 1 in 4.
    """
    found = difference(pair)
    return len(found.lost) + len(found.new)


class ContentKept:
    """Conditions, body parts, list items and most other words of the source are said."""

    id = "omission"

    def findings(self, pair: Pair) -> Iterator[Finding]:
        found = difference(pair)
        for mention in found.terms:
            if mention.entry.clinical:
                hinted = found.new and _hinted(mention, found.target)
                severity = Severity.WARNING if hinted else Severity.BLOCKING
                yield self._finding(severity, mention.words)
        reworded = bool(found.new - TELLING_STEMS)
        for one in sorted(found.lost & TELLING_STEMS):
            severity = Severity.WARNING if reworded else Severity.BLOCKING
            yield self._finding(severity, word_of(one, found.source))
        for item in _lost_items(found.source, found.target):
            severity = Severity.WARNING if len(found.new) >= _PARAPHRASE else Severity.BLOCKING
            yield self._finding(severity, item)
        for clause in _lost_clauses(found):
            yield self._finding(Severity.BLOCKING, clause)
        yield from self._little(found)

    def _little(self, found: Difference) -> Iterator[Finding]:
        total = len(found.source.unexplained - WEAK_STEMS) + len(found.source.mentions)
        share = found.missed / max(1, total)
        thin = total >= 3 and share > _LEAST_COVERED and len(found.new) < found.missed / 3
        length = len(tokens(found.target.plain)) / max(1, len(tokens(found.source.plain)))
        foreign = total >= 4 and share > _ALL_BUT_NOTHING
        if thin or foreign or (found.missed and length < _SHORTER and not found.new):
            message = "A part of what the source says is not found here."
            yield Finding(self.id, Severity.BLOCKING, message)

    def _finding(self, severity: Severity, words: str) -> Finding:
        return Finding(self.id, severity, f"“{words}” of the source is missing.")


class NothingAdded:
    """No new condition, substance or instruction comes in."""

    id = "addition"

    def findings(self, pair: Pair) -> Iterator[Finding]:
        found = difference(pair)
        rivals = {one for one in found.new if _rival(one, found.gone)}
        for one in sorted(found.new & TELLING_STEMS - _HOMELY | rivals):
            word = word_of(one, found.target)
            # A new word beside lost ones is their paraphrase, unless it is a rival of one.
            sure = not found.missed or one in rivals
            if not _excused(word, found.target.plain):
                yield self._finding(Severity.BLOCKING if sure else Severity.WARNING, word)
        for clause in _new_clauses(found):
            yield self._finding(Severity.BLOCKING, clause)

    def _finding(self, severity: Severity, words: str) -> Finding:
        return Finding(self.id, severity, f"“{words}” is not in the source.")


def _rival(one: str, lost: frozenset[str]) -> bool:
    return any(one in kind and kind & lost for kind in _RIVALS)


def word_of(one: str, sentence: Sentence) -> str:
    return next(word for word in tokens(sentence.plain) if stem(word) == one)


# "Such as a walk", "like a cold": an example in words of every day is what plain language asks for.
_EXAMPLE = r"(?:such as|like|for example,?|for instance,?|or|\() (?:an? |the |your |brisk |fast )?"


def _excused(word: str, text: str) -> bool:
    return re.search(rf"{_EXAMPLE}(?:\w+ )?{re.escape(word)}\b", text) is not None


# Words that stand in the plain words of many terms.
_OF_MANY = stem_set(
    "hurt hurts pain swelling swollen low high thin tube trouble bad lose loss sore blood"
)


def _hinted(mention: Mention, target: Sentence) -> bool:
    """Whether some word of a term's plain words is there: another way to say it, for a person to judge."""
    words = (word for phrase in mention.entry.plain for word in tokens(phrase))
    telling = {stem(word) for word in words} - WEAK_STEMS - _OF_MANY
    return bool(telling & target.content)


def _lost_clauses(found: Difference) -> list[str]:
    """Instructions of the source of which nothing is said and that no new word could stand for."""
    if found.new:
        return []
    told = (clause for clause in clauses(found.source.plain) if _INSTRUCTION.match(clause))
    return [clause for clause in told if not _item_said(clause, found.target)]


def _lost_items(source: Sentence, target: Sentence) -> list[str]:
    """Items of "A, B, or C" and of "including D" of which nothing is said."""
    lost: list[str] = []
    text = _without_said(source, target)
    for match in _LIST.finditer(text):
        lost += [item for item in _items(match.group()) if not _item_said(item, target)]
    named = _INCLUDING.findall(text)
    return lost + [item for item in named if not _item_said(item, target)]


def _without_said(source: Sentence, target: Sentence) -> str:
    """The text of ``source`` with glossary terms that ``target`` says in words that cannot be missed."""
    text = source.plain
    for mention in reversed(source.mentions):
        if target.says_mention(mention):
            start, end = mention.span
            text = f"{text[:start]}{_SAID}{text[end:]}"
    return text


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


def _new_clauses(found: Difference) -> list[str]:
    """Clauses of the rewrite that its source does not license."""
    theirs = clauses(found.target.plain)
    more = len(theirs) > len(clauses(found.source.plain))
    new = [clause for clause in theirs if _is_new(clause, found, more)]
    new = new or [clause for clause in theirs if len(theirs) > 1 and _is_extra(clause, found)]
    return new or _foreign_sentences(found) or _defined(found)


# "Seizures are a type of seizure disease": a small model explains a word by itself.
_DEFINES = re.compile(
    r"^(?:\w+ ){1,6}(?:is|are) (?:an? )?(?:(?:\w+ )?(?:type|kind|form|name)s? (?:of|for)|program|disease|condition|problem|disorder)\b"
)


def _defined(found: Difference) -> list[str]:
    """Definitions that are sentences of their own and that the source does not give."""
    if _DEFINES.search(found.source.plain) or re.search(
        r"\bis an?\b|\bcalled\b", found.source.plain
    ):
        return []
    sentences = [part.strip() for part in split_sentences(found.target.plain)]
    return [sentence for sentence in sentences[1:] if _DEFINES.search(sentence)]


def _foreign_sentences(found: Difference) -> list[str]:
    """Sentences of the rewrite that share no word with what the source licenses."""
    sentences = [part for part in split_sentences(found.target.text) if part.strip()]
    foreign: list[str] = []
    for sentence in sentences[1:]:
        content = Sentence(sentence).content - WEAK_STEMS
        if len(content) > 1 and not content & found.source.licence and not quantities(sentence):
            foreign.append(sentence)
    return foreign


_INSTRUCTION = re.compile(
    rf"(?:please |also |then |but |just )*(?:(?:do not|never|always|you (?:should|must|need to)) )?(?:{VERBS})\b"
)


def _is_extra(clause: str, found: Difference) -> bool:
    """Whether an instruction has a new word and nothing of the source is said by it alone."""
    content = Sentence(clause).content
    unlicensed = content - found.source.licence
    telling = bool(unlicensed & TELLING_STEMS - _HOMELY)
    if not _INSTRUCTION.match(clause) or not content & found.new or len(unlicensed) < 2 - telling:
        return False
    amounts = {base_value(quantity) for quantity in quantities(found.source.text)}
    if any(base_value(quantity) in amounts for quantity in quantities(clause)):
        return False
    if found.lost and not telling:
        return False  # It may be another way to say what seems lost.
    rest = Sentence(found.target.plain.replace(clause, " ", 1))
    spoken = found.source.content - WEAK_STEMS
    alone = [one for one in spoken if found.target.covers(one) and not rest.covers(one)]
    terms = [
        m for m in found.source.mentions if found.target.says_mention(m) != rest.says_mention(m)
    ]
    return not alone and not terms


def _is_new(clause: str, found: Difference, more: bool) -> bool:
    stems = Sentence(clause).content - WEAK_STEMS - NUMBER_WORDS
    new = stems & found.new
    if not new or len(new) / len(stems) < _NEW_CLAUSE:
        return False
    told = more and bool(new & TELLING_STEMS) and (len(new) >= 2 or new == stems)
    told = told or (more and len(new) >= 2 and new == stems and not found.missed)
    return told or (len(new) >= 3 and found.missed < len(new) / 3)
