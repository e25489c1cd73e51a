"""What the OSMAN formula counts in Arabic words with vowel marks (El-Haj & Rayson 2016, LREC).

As in the authors' program: a long vowel, a doubled consonant and a nunation count two syllables, a
short vowel one; a word is complex with more than four marks; "faseeh" is a complex word with one of
ئ ء ؤ ذ ظ, or that ends in وا or ون, a sign of high register. Without vowel marks nothing of this
can be counted, and handouts are printed without.
"""

import re

_SHORT = re.compile("[\u064e-\u0650]")  # fatha, damma, kasra
_LONG = re.compile("[\u064e-\u0650][اوي]")
_DOUBLED = re.compile("[\u064b-\u064d\u0651]")  # the three nunations, shadda
_MARKS = re.compile("[\u064b-\u0653\u0657\u0658\u0670]")
_FASEEH = re.compile("[ئءؤذظ]|(?:وا|ون)$")
_VOWELLED = 0.5  # of the words


def is_vowelled(words: list[str]) -> bool:
    """Whether at least half of ``words`` carry a vowel mark."""
    marked = sum(bool(_SHORT.search(word) or _DOUBLED.search(word)) for word in words)
    return bool(words) and marked >= _VOWELLED * len(words)


def syllables(word: str) -> int:
    long = len(_LONG.findall(word))
    return len(_SHORT.findall(word)) + long + 2 * len(_DOUBLED.findall(word))


def is_complex(word: str) -> bool:
    return len(_SHORT.findall(word)) + len(_DOUBLED.findall(word)) > 4


def is_faseeh(word: str) -> bool:
    return syllables(word) > 4 and bool(_FASEEH.search(plain(word)))


def is_long(word: str) -> bool:
    return len(plain(word)) > 5


def plain(word: str) -> str:
    """``word`` without its marks."""
    return _MARKS.sub("", word)
