"""What makes an English text hard to read, sentence by sentence: hints for the person who edits it."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

from content.text.grammar import passives
from content.text.readability import measure
from content.text.segments import split_lossless, word_count
from content.text.tables import word_set

# The longest sentence that plainlanguage.gov advises, in words.
LONGEST = 20

Kind = Literal["passive", "jargon", "long_sentence", "acronym"]
Pairs = Iterable[tuple[str, str]]

_FILE = Path(__file__).with_name("plain_words.tsv")
_CALLED = re.compile(r"\b(?:called|known as|named)\s+$", re.IGNORECASE)
_BRACKET_BEFORE = re.compile(r"\((?:also called |called |or )?$", re.IGNORECASE)
# "(a long disease of the lungs)" explains; "(see page 3)" and "(2 mg)" do not.
_EXPLANATION = re.compile(
    r"\s*\(\s*(?!(?:see|such|for|if|and|or|like|about)\b)(?:[a-z]\w*[ -])*[a-z]{3}", re.IGNORECASE
)

# Two capitals or more, and any figures between them: MRI, A1C, eGFR, NSAIDs, but not B12.
_ACRONYM = re.compile(
    r"(?<![\w-])(?P<word>(?=[a-z]?(?:\d*[A-Z]){2})[a-z]?[A-Z][A-Z\d]+)(?=s?(?!\w))"
)
# Better known than what they stand for, and words that are only printed loud.
_KNOWN = word_set(
    """US USA UK AM PM OK TV ID ZIP II III AIDS HIV COVID SARS PDF FAQ
    NOT NO NEVER ALWAYS ONLY AND OR ALL ANY MUST STOP DO DON BEFORE AFTER NOW EVERY DAILY WITH
    WITHOUT MORE LESS TOO CALL GO TAKE EAT DRINK WARNING IMPORTANT NOTE CAUTION DANGER"""
)
_LONG_FORM = 90  # characters in front of a bracket that may hold the long form


@dataclass(frozen=True, slots=True)
class Note:
    """A hint, in a sentence for the editor. ``span`` is half-open in the text that was given."""

    kind: Kind
    message: str
    span: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Sentence:
    """``grade`` is its Flesch-Kincaid grade (Kincaid et al. 1975); ``span`` is half-open."""

    text: str
    span: tuple[int, int]
    words: int
    grade: float


@dataclass(frozen=True, slots=True)
class Term:
    """A hard word where it stands, its entry and plain words, and whether the text explains it."""

    words: str
    entry: str
    plain: str
    span: tuple[int, int]
    explained: bool


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """Hard words (lower case) with their plain ones, compiled into one pattern."""

    plain: Mapping[str, str]
    pattern: re.Pattern[str]


def vocabulary(*tables: Pairs) -> Vocabulary:
    """One vocabulary of several tables; the first that has a term decides its plain words."""
    plain = {term: words for table in reversed(tables) for term, words in table}
    terms = "|".join(map(re.escape, sorted(plain, key=len, reverse=True)))
    pattern = re.compile(rf"(?<![\w-])(?P<entry>{terms})(?:s|es)?(?![\w-])")
    return Vocabulary(plain, pattern)


@lru_cache(maxsize=1)
def plain_words() -> tuple[tuple[str, str], ...]:
    """(long word, plain words) of the general list, every form of a word by itself."""
    lines = _FILE.read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return tuple(
        (term, ", ".join(plain.split("; "))) for terms, plain in rows for term in terms.split("|")
    )


def terms(text: str, known: Vocabulary) -> list[Term]:
    """Hard words of ``text`` in order, the longest where they overlap."""
    return [
        _term(text, match, known.plain[match["entry"]])
        for match in known.pattern.finditer(text.lower())
    ]


def _term(text: str, match: re.Match[str], plain: str) -> Term:
    start, end = match.span()
    explained = (
        bool(_CALLED.search(text, 0, start) or _EXPLANATION.match(text, end))
        or bool(_BRACKET_BEFORE.search(text, 0, start) and text[end : end + 1] == ")")
        or plain.lower() in match.string[:start] + " " + match.string[end:]
    )
    return Term(text[start:end], match["entry"], plain, (start, end), explained)


def sentences(text: str) -> list[Sentence]:
    """The sentences of ``text`` with their difficulty; what has no words is left out."""
    found: list[Sentence] = []
    start = 0
    for sentence, gap in split_lossless(text, "en"):
        end = start + len(sentence)
        grade = _grade(sentence)
        if grade is not None:
            found.append(Sentence(sentence, (start, end), word_count(sentence), grade))
        start = end + len(gap)
    return found


def _grade(sentence: str) -> float | None:
    scores = {score.formula_id: score.value for score in measure([sentence], "en")}
    return scores.get("flesch_kincaid")


def sentence_notes(
    text: str, known: Vocabulary, explained: frozenset[str] = frozenset()
) -> list[Note]:
    """Passive verbs, hard words and long sentences of ``text``, in order.

    ``explained`` are plain words of ``known`` whose hard ones the reader has been told already.
    """
    notes = [*_passive(text), *_jargon(text, known, explained), *_long(text)]
    return sorted(notes, key=lambda note: note.span)


def _passive(text: str) -> Iterator[Note]:
    for start, end in passives(text):
        message = f"“{text[start:end]}” is passive. Say who does it."
        yield Note("passive", message, (start, end))


def _jargon(text: str, known: Vocabulary, explained: frozenset[str]) -> Iterator[Note]:
    for term in terms(text, known):
        if not term.explained and term.plain not in explained:
            says = "Explain" if term.words.lower() in term.plain.lower() else "Plainer than"
            yield Note("jargon", f"{says} “{term.words}”: {term.plain}.", term.span)


def _long(text: str) -> Iterator[Note]:
    for sentence in sentences(text):
        if sentence.words > LONGEST:
            message = (
                f"{sentence.words} words in one sentence; {LONGEST} are enough. Cut it in two."
            )
            yield Note("long_sentence", message, sentence.span)


def unexplained_acronyms(texts: Sequence[str]) -> list[tuple[int, str, Note]]:
    """Acronyms that no text of an edition explains: (index of the text, acronym, note) of the first
    use of each. "Long form (ABC)" explains, and so do "ABC (words)" and "ABC stands for words".
    """
    first: dict[str, tuple[int, tuple[int, int]]] = {}
    for index, text in enumerate(texts):
        for word, span in _acronyms(text):
            first.setdefault(word, (index, span))
    return [
        (index, word, Note("acronym", f"“{word}” is not explained anywhere.", span))
        for word, (index, span) in first.items()
        if not any(_explains(text, word) for text in texts if word in text)
    ]


def _acronyms(text: str) -> Iterator[tuple[str, tuple[int, int]]]:
    if text.upper() == text:  # a heading in capitals
        return
    for match in _ACRONYM.finditer(text):
        if match["word"] not in _KNOWN:
            yield match["word"], match.span("word")


def _explains(text: str, acronym: str) -> bool:
    for match in re.finditer(rf"(?<![\w-]){re.escape(acronym)}s?(?!\w)", text):
        start, end = match.span()
        if _EXPLANATION.match(text, end) or text[end:].startswith((" stands for", " is short for")):
            return True
        bracket = _BRACKET_BEFORE.search(text, 0, start)
        if bracket and _spells(text[max(0, start - _LONG_FORM) : bracket.start()], acronym):
            return True
    return False


def _spells(long_form: str, acronym: str) -> bool:
    """Whether the letters of ``acronym`` stand in ``long_form``, in order, the first one first."""
    letters = [letter for letter in acronym.lower() if letter.isalpha()]
    pattern = rf"\b{letters[0]}" + "".join(rf".*?{letter}" for letter in letters[1:])
    return bool(re.search(pattern, long_form.lower()))
