"""Readability: every score carries the name of its formula, and is never compared across languages.

A formula was fitted to one language and says nothing about another; a language that
``content.languages`` names no formula for has no score.
"""

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from content import languages
from content.text import osman
from content.text.number_words import UNSPACED
from content.text.segments import split_sentences, words
from content.text.syllables import syllables

_LIST_MARK = re.compile(r"^\s*(?:[-*•–‣▪◦]|\(?\d{1,2}[.)]|\(?[a-zA-Z][.)])\s+")
# McLaughlin 1969 samples 30 sentences; below 10 a single long word moves the grade by a year.
_SMOG_SAMPLE, _SMOG_LEAST = 30, 10


def gettext_noop(message: str) -> str:
    """Marks ``message`` for the catalogues; the pages translate it, stored scores stay English."""
    return message


@dataclass(frozen=True, slots=True)
class Score:
    """One measure. ``grade`` counts US (or, for Wiener, Austrian) school years: lower is easier.

    ``ease`` runs from about 0 to 100: higher is easier. ``note`` says how the value is to be read.
    """

    formula_id: str
    formula_name: str
    value: float
    unit: Literal["grade", "ease"]
    note: str


@dataclass(frozen=True, slots=True)
class Counts:
    """What the formulas are made of. ``polysyllables`` have three syllables or more."""

    sentences: int
    words: int
    syllables: int
    letters: int
    monosyllables: int
    polysyllables: int
    hard_words: int
    long_words: int
    faseeh: int = 0  # of OSMAN, which has counts of its own: see `content.text.osman`

    @property
    def asl(self) -> float:
        """Average sentence length in words."""
        return self.words / self.sentences

    @property
    def asw(self) -> float:
        """Average syllables per word."""
        return self.syllables / self.words

    def percent(self, part: int) -> float:
        return 100 * part / self.words


@dataclass(frozen=True, slots=True)
class _Formula:
    name: str
    unit: Literal["grade", "ease"]
    note: str
    value: Callable[[Counts], float]
    least_sentences: int = 1


def _smog(c: Counts) -> float:
    return 1.043 * math.sqrt(c.polysyllables * 30 / c.sentences) + 3.1291


def _wiener(c: Counts) -> float:
    return (
        0.1935 * c.percent(c.polysyllables)
        + 0.1672 * c.asl
        + 0.1297 * c.percent(c.long_words)
        - 0.0327 * c.percent(c.monosyllables)
        - 0.875
    )


# No note may hold a percent sign: a template looks it up doubled, and misses the catalogue.
_EASE = gettext_noop("Higher is easier.")
_SMOG = gettext_noop("US school grade; full comprehension, so higher than Flesch-Kincaid.")
_SMOG_OF_FEW = gettext_noop(
    "US school grade; full comprehension, so higher than Flesch-Kincaid. "
    "Approximate: made for 30 sentences or more, and this text has fewer."
)
_FORMULAS: dict[str, _Formula] = {
    # Kincaid et al. 1975
    "flesch_kincaid": _Formula(
        gettext_noop("Flesch-Kincaid grade"), "grade",
        gettext_noop("US school grade; 50 to 75 percent comprehension."),
        lambda c: 0.39 * c.asl + 11.8 * c.asw - 15.59,
    ),
    # McLaughlin 1969
    "smog": _Formula(
        gettext_noop("SMOG grade"), "grade", _SMOG, _smog, least_sentences=_SMOG_LEAST
    ),
    # Flesch 1948
    "flesch_reading_ease": _Formula(
        gettext_noop("Flesch Reading Ease"), "ease", _EASE,
        lambda c: 206.835 - 1.015 * c.asl - 84.6 * c.asw,
    ),
    # Szigriszt Pazos 1993; INFLESZ scale, validated on patient texts (Barrio-Cantalejo 2008)
    "szigriszt_pazos": _Formula(
        "Szigriszt-Pazos (INFLESZ)", "ease",
        gettext_noop("Higher is easier; from 55 on suitable for patients."),
        lambda c: 206.835 - 62.3 * c.asw - c.asl,
    ),
    # Fernández Huerta 1959, as corrected by Law 2011
    "fernandez_huerta": _Formula(
        "Fernández Huerta", "ease", _EASE, lambda c: 206.84 - 60 * c.asw - 1.02 * c.asl
    ),
    # Martins et al. 1996
    "martins_flesch": _Formula(
        gettext_noop("Flesch, Brazilian (Martins)"), "ease", _EASE,
        lambda c: 248.835 - 1.015 * c.asl - 84.6 * c.asw,
    ),
    # Kandel & Moles 1958, in the form of textstat and textacy
    "kandel_moles": _Formula(
        "Kandel-Moles", "ease", _EASE, lambda c: 207 - 1.015 * c.asl - 73.6 * c.asw
    ),
    # Amstad 1978
    "amstad": _Formula("Amstad", "ease", _EASE, lambda c: 180 - c.asl - 58.5 * c.asw),
    # Bamberger & Vanecek 1984, first formula
    "wiener_sachtextformel": _Formula(
        "Wiener Sachtextformel 1", "grade", gettext_noop("School year in Austria."), _wiener
    ),
    # Douma 1960
    "douma": _Formula(
        "Flesch-Douma", "ease", _EASE, lambda c: 206.835 - 0.93 * c.asl - 77 * c.asw
    ),
    # The constants in use for Hungarian (textstat); no validation on patient texts is known.
    "flesch_hu": _Formula(
        gettext_noop("Flesch, Hungarian"), "ease", _EASE,
        lambda c: 206.835 - 1.015 * c.asl - 58.5 * c.asw,
    ),
    # Lucisano & Piemontese 1988
    "gulpease": _Formula(
        "Gulpease", "ease",
        gettext_noop("Higher is easier; from 80 on for readers with primary school."),
        lambda c: 89 + (300 * c.sentences - 10 * c.letters) / c.words,
    ),
    # Gunning's fog with the Polish threshold of four syllables (Gruszczyński & Ogrodniczuk 2015)
    "fog_pl": _Formula(
        "FOG-PL", "grade", gettext_noop("School year in Poland."),
        lambda c: 0.4 * (c.asl + c.percent(c.hard_words)),
    ),
    # Ateşman 1997
    "atesman": _Formula(
        "Ateşman", "ease", _EASE, lambda c: 198.825 - 40.175 * c.asw - 2.610 * c.asl
    ),
    # El-Haj & Rayson 2016, with the coefficients of the authors' program
    "osman": _Formula(
        "OSMAN", "ease", gettext_noop("Higher is easier. Of text with vowel marks."),
        lambda c: 200.791
        - 1.015 * c.asl
        - 24.18143403 * (c.asw + (c.hard_words + c.faseeh + c.long_words) / c.words),
    ),
    # Oborneva 2006
    "oborneva": _Formula(
        gettext_noop("Flesch, Russian (Oborneva)"), "ease", _EASE,
        lambda c: 206.836 - 1.52 * c.asl - 65.14 * c.asw,
    ),
}  # fmt: skip


def measure(text: str | Sequence[str], language_code: str) -> list[Score]:
    """Every score that is valid for the language (BCP-47 or FLORES), or an empty list.

    ``text`` is a text or its sentences; a list item without a full stop is a sentence of its own.
    Raises ``UnknownLanguage``.
    """
    language = languages.get(language_code)
    counted = count(text, language.code) if language.formulas else None
    if counted is None:
        return []
    return [
        _score(formula_id, _FORMULAS[formula_id], counted)
        for formula_id in language.formulas
        if counted.sentences >= _FORMULAS[formula_id].least_sentences
    ]


def count(text: str | Sequence[str], code: str) -> Counts | None:
    """The counts of a text in the language of BCP-47 ``code``.

    ``None`` where it has no words, or, in Arabic, no vowel marks.
    """
    sentences = split_sentences(text, code) if isinstance(text, str) else text
    tokens = [words(_LIST_MARK.sub("", sentence)) for sentence in sentences]
    tokens = [found for found in tokens if found]
    flat = [token for found in tokens for token in found]
    if not flat:
        return None
    if code == "ar":
        return _arabic(flat, len(tokens))
    beats = [1] * len(flat) if code == "it" else [syllables(token, code) for token in flat]
    letters = [sum(character.isalnum() for character in token) for token in flat]
    return Counts(
        sentences=len(tokens),
        words=len(flat),
        syllables=sum(beats),
        letters=sum(letters),
        monosyllables=sum(beat == 1 for beat in beats),
        polysyllables=sum(beat >= 3 for beat in beats),
        hard_words=sum(beat >= 4 for beat in beats),
        long_words=sum(length > 6 for length in letters),
    )


def _arabic(found: list[str], sentences: int) -> Counts | None:
    if not osman.is_vowelled(found):
        return None
    beats = [osman.syllables(word) for word in found]
    return Counts(
        sentences=sentences,
        words=len(found),
        syllables=sum(beats),
        letters=sum(len(osman.plain(word)) for word in found),
        monosyllables=sum(beat == 1 for beat in beats),
        polysyllables=sum(beat >= 3 for beat in beats),
        hard_words=sum(map(osman.is_complex, found)),
        long_words=sum(map(osman.is_long, found)),
        faseeh=sum(map(osman.is_faseeh, found)),
    )


@dataclass(frozen=True, slots=True)
class SentenceLength:
    """The mean and the longest of a text's sentences, in ``unit``s."""

    mean: float
    longest: int
    unit: Literal["words", "characters"]


def sentence_length(text: str | Sequence[str], code: str) -> SentenceLength | None:
    """What can be said of a text in any language; ``None`` where it has no words.

    In characters where a script does not set its words apart (Chinese, Thai, Khmer ...).
    """
    sentences = split_sentences(text, code) if isinstance(text, str) else text
    unspaced = code in UNSPACED
    lengths = [
        sum(map(str.isalnum, sentence)) if unspaced else len(words(_LIST_MARK.sub("", sentence)))
        for sentence in sentences
    ]
    lengths = [length for length in lengths if length]
    if not lengths:
        return None
    mean = round(sum(lengths) / len(lengths), 1)
    return SentenceLength(mean, max(lengths), "characters" if unspaced else "words")


def _score(formula_id: str, formula: _Formula, counted: Counts) -> Score:
    few = formula_id == "smog" and counted.sentences < _SMOG_SAMPLE
    note = _SMOG_OF_FEW if few else formula.note
    return Score(formula_id, formula.name, round(formula.value(counted), 1), formula.unit, note)
