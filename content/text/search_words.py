"""What a search compares: folded words of spaced scripts, pairs of signs of scripts without spaces.

The same function cuts pages and queries, so that both databases only ever compare whole tokens or
their beginnings. A token holds letters, marks and digits, never a blank or other ASCII sign.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from content.text.fold import fold

MAX_WORDS = 12
# Chinese and Japanese; Thai and Lao; Burmese; Khmer. Korean and Ethiopic put blanks between words.
_UNSPACED = re.compile(
    r"[\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
    r"\u0e00-\u0e7f\u0e80-\u0eff\u1000-\u109f\uaa60-\uaa7f\u1780-\u17ff]+"
)
# Letters that Unicode does not take apart although people type the plain one; the Urdu heh.
_PLAIN = str.maketrans({"đ": "d", "ł": "l", "ø": "o", "ı": "i", "æ": "ae", "œ": "oe", "ہ": "ه"})
# The Arabic article, alone or after "and", "with", "like", "so"; and after "to", where it loses a letter.
_ARTICLE = re.compile(r"^(?:[وبكف]?ال|لل)(?=[\u0620-\u064a]{3})")
_SHORTEST_BEGINNING = 3
# PostgreSQL refuses tokens beyond 2,046 bytes; no word is that long.
_LONGEST = 80
_IN_A_WORD = frozenset("LMN")


@dataclass(frozen=True, slots=True)
class Term:
    """One thing that a page must hold: the token ``text``, or one that begins with it."""

    text: str
    begins: bool = False


def tokens(text: str) -> list[str]:
    """Every token of ``text``, in order, repeated where it is repeated."""
    return [token for word in _words(text) for token in _cut(word)]


def terms(query: str) -> list[Term]:
    """What a page must hold to answer ``query``; empty where it holds no letter and no digit."""
    words = list(_words(query))[:MAX_WORDS]
    found = [term for at, word in enumerate(words) for term in _asked(word, at == len(words) - 1)]
    return list(dict.fromkeys(found))


def language_token(code: str) -> str:
    """The token by which a page in a language is found; no text holds its first sign."""
    return "§" + code.lower().replace("-", "")


def page_tokens(language: str, texts: Iterable[str]) -> str:
    """``texts`` of a page in ``language`` as one line: each token once, that of the language first."""
    found = (token for text in texts for token in tokens(text))
    return " ".join(dict.fromkeys([language_token(language), *found]))


def _words(text: str) -> Iterator[str]:
    """Runs of letters and digits of the folded ``text``, cut where a script without blanks begins."""
    folded = fold(text).translate(_PLAIN)
    plain = "".join(_sign(char) for char in folded)
    for run in plain.split():
        at = 0
        for match in _UNSPACED.finditer(run):
            yield from filter(None, (run[at : match.start()], match[0]))
            at = match.end()
        if run[at:]:
            yield run[at:]


def _sign(char: str) -> str:
    category = unicodedata.category(char)
    if category == "Nd":
        return str(unicodedata.decimal(char))
    return char if category[0] in _IN_A_WORD else " "


def _core(word: str) -> str:
    return _ARTICLE.sub("", word)[:_LONGEST]


def _is_unspaced(word: str) -> bool:
    return bool(_UNSPACED.fullmatch(word))


def _cut(word: str) -> list[str]:
    if _is_unspaced(word):
        # The last sign stands alone as well, so that every sign begins a token.
        return [word[at : at + 2] for at in range(len(word))]
    return [_core(word)]


def _asked(word: str, is_last: bool) -> list[Term]:
    if _is_unspaced(word):
        pairs = [word[at : at + 2] for at in range(len(word) - 1)]
        return [Term(pair) for pair in pairs] or [Term(word, begins=True)]
    core = _core(word)
    # One or two letters begin too many words, unless they are Hangul or the person is still typing.
    begins = len(core) >= _SHORTEST_BEGINNING or not core.isascii() or (is_last and len(core) > 1)
    return [Term(core, begins)]
