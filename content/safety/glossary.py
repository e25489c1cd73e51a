"""The plain-terms glossary: what a technical term is in everyday words.

It is the asset of the product: a hint halves a small model's errors, and a wrong entry is a wrong
dose ("sodium" is not "salt": 2,000 mg of one is not 2,000 mg of the other). Entries are strict
equivalents, kept in ``content/library/plain_terms.tsv``: terms, plain words, kind. The first plain
words are the hint; the others are accepted by the checks as the same thing. Rows of the kind
"everyday" are no entries: they list phrases in which a term is a common word ("fast heartbeat").
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

_FILE = Path(__file__).resolve().parent.parent / "library" / "plain_terms.tsv"
_EVERYDAY = "everyday"
_KINDS = ("clinical", "word", "loose", _EVERYDAY)
# A plural in "-es" follows a hiss only: hives are not several HIV.
_AFTER = re.compile(r"(?:s|(?<=[sxzh])es)?(?![\w-])")
_START = re.compile(r"(?<![\w-])(?=[\w(])")
_INDEXED = (5, 4, 3, 2)  # letters; the shortest term has two


@dataclass(frozen=True, slots=True)
class Entry:
    """Terms that mean the same, and their plain words.

    ``kind`` is "clinical" for a condition, drug class, body part or route: losing it changes the
    statement. "word" is a long word for a short one; "loose" is one whose plain words depend on the
    sentence: accepted by the checks, never given as a hint.
    """

    terms: tuple[str, ...]
    plain: tuple[str, ...]
    kind: str

    @property
    def clinical(self) -> bool:
        return self.kind == "clinical"

    @property
    def hint(self) -> str:
        return self.plain[0]


@dataclass(frozen=True, slots=True)
class Mention:
    """A glossary term in a text, at a half-open span."""

    entry: Entry
    span: tuple[int, int]
    words: str


@lru_cache(maxsize=1)
def entries() -> tuple[Entry, ...]:
    """The whole glossary, read once. ``ValueError`` names a line that is not well formed."""
    return tuple(row for row in _rows() if row.kind != _EVERYDAY)


def mentions(text: str) -> list[Mention]:
    """Glossary terms in ``text``, the longest first where they overlap, in order of appearance.

    A term inside an everyday phrase is none.
    """
    folded = text.lower()
    found: list[Mention] = []
    free = 0
    for word in _START.finditer(folded):
        start = word.start()
        named = _longest_at(folded, start) if start >= free else None
        if named:
            term, free = named
            found.append(Mention(_by_term()[term], (start, free), folded[start:free]))
    return [mention for mention in found if mention.entry.kind != _EVERYDAY]


def _longest_at(text: str, start: int) -> tuple[str, int] | None:
    """(the longest term that begins there, where its words end)."""
    for letters in _INDEXED:
        for term in _by_beginning().get(text[start : start + letters], ()):
            if text.startswith(term, start):
                after = _AFTER.match(text, start + len(term))
                if after:
                    return term, after.end()
    return None


def hints(text: str, limit: int = 6, *, short_words: bool = False) -> list[tuple[str, str]]:
    """(term, plain words) for the technical terms of ``text``, at most ``limit``, in order.

    A term that is only a long word for a short one is left out below eight letters, unless
    ``short_words``.
    """
    pairs: dict[str, str] = {}
    for mention in mentions(text):
        if _worth_a_hint(mention, short_words):
            pairs.setdefault(mention.words, mention.entry.hint)
    return list(pairs.items())[:limit]


def _worth_a_hint(mention: Mention, short_words: bool) -> bool:
    same = mention.words.startswith(mention.entry.hint.lower())
    long_word = mention.entry.kind == "word" and (short_words or len(mention.words) >= 8)
    return not same and (mention.entry.clinical or long_word)


@lru_cache(maxsize=1)
def _rows() -> tuple[Entry, ...]:
    lines = _FILE.read_text(encoding="utf-8").splitlines()[1:]
    return tuple(_entry(number, line) for number, line in enumerate(lines, 2) if line.strip())


def _entry(number: int, line: str) -> Entry:
    cells = line.split("\t")
    if len(cells) != 3 or cells[2] not in _KINDS:
        raise ValueError(f"{_FILE.name}, line {number}: term, plain words and kind are needed.")
    plain = tuple(words.strip() for words in cells[1].split(";"))
    return Entry(tuple(cells[0].split("|")), plain, cells[2])


@lru_cache(maxsize=1)
def _by_term() -> dict[str, Entry]:
    return {term: row for row in _rows() for term in row.terms}


@lru_cache(maxsize=1)
def _by_beginning() -> dict[str, list[str]]:
    """Terms by their first letters, the longest first: one pattern of 5,000 terms takes 3 times as long."""
    found: dict[str, list[str]] = {}
    for term in sorted(_by_term(), key=len, reverse=True):
        found.setdefault(term[: _INDEXED[0]], []).append(term)
    return found
