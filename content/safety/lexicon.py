"""Health concepts and the words for them in the languages that we can read: ``lexicon.tsv``.

One row per concept, one column per language; a cell holds the beginnings of words, separated by
``|`` (``$`` ends a word). It does not translate: it tells whether a concept is there at all.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from content.safety.markup import without_kept
from content.text.number_words import UNSPACED
from content.text.segments import MARKS

_FILE = Path(__file__).with_name("lexicon.tsv")
_LETTER = rf"[^\W\d_]|[{MARKS}]"
# What may stand in front of a stem inside one word.
_PREFIXES = {
    "ar": "(?:[وفبكل]|ال|لل|وال|بال|فال|كال|ولل|وب|ول)?",
    "tl": "(?:i?pag|mag|nag|nak|mak|na|ma|ka|pa|i|um|in|naka|maka|pinag|magpa|pinaka|mas )?-?",
}


@dataclass(frozen=True, slots=True)
class Concept:
    """``kind`` groups concepts: side, level, order, daytime, amount, degree, food, condition,
    urgent, calm, contact, site, term, extra.
    """

    id: str
    kind: str


def covers(code: str) -> bool:
    """Whether the lexicon has the language (BCP-47)."""
    return code in _columns()


@lru_cache(maxsize=1024)  # seven checks ask for the same two texts
def concepts(text: str, code: str) -> frozenset[str]:
    """Ids of every concept that ``text`` names."""
    folded = unicodedata.normalize("NFC", without_kept(text)).lower()
    return frozenset(one.id for one, pattern in _patterns(code) if pattern.search(folded))


def label(concept: str) -> str:
    """A concept's name for people."""
    return _LABELS.get(concept, concept)


_LABELS = {
    "withfood": "with food", "emptystomach": "empty stomach", "even_if": "even if", "e911": "911",
    "undertongue": "under the tongue", "rectal": "rectum", "vaginal": "vagina",
    "heartattack": "heart attack", "skincond": "rash, itching or swelling", "eat": "food",
    "constipation": "bowel movement", "head": "head or dizziness", "stomach": "stomach or nausea",
    "pressure": "blood pressure", "breastfeed": "breast milk", "term": "word",
}  # fmt: skip


def kind(concept: str) -> str:
    return _kinds()[concept]


@lru_cache(maxsize=1)
def _kinds() -> dict[str, str]:
    return {row[0]: row[1] for row in _rows()[1:]}


@lru_cache(maxsize=1)
def _rows() -> tuple[tuple[str, ...], ...]:
    text = unicodedata.normalize("NFC", _FILE.read_text(encoding="utf-8"))
    return tuple(tuple(line.split("\t")) for line in text.splitlines() if line)


@lru_cache(maxsize=1)
def _columns() -> dict[str, int]:
    return {code: number for number, code in enumerate(_rows()[0]) if number >= 2}


@lru_cache(maxsize=64)
def _patterns(code: str) -> tuple[tuple[Concept, re.Pattern[str]], ...]:
    column = _columns()[code]
    return tuple((Concept(row[0], row[1]), word_pattern(row[column], code)) for row in _rows()[1:])


def word_pattern(cell: str, code: str) -> re.Pattern[str]:
    """A pattern for a cell of words in a language; matches lower-cased NFC text."""
    ending = "(?![가-힣])" if code == "ko" else "" if code in UNSPACED else f"(?!{_LETTER})"
    forms = unicodedata.normalize("NFC", cell.replace("$", ending))
    start = "" if code in UNSPACED or code == "ko" else rf"(?<![^\W\d_])(?<![{MARKS}])"
    return re.compile(f"{start}{_PREFIXES.get(code, '')}(?:{forms})", re.IGNORECASE)
