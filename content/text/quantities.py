"""Numbers with their units, read out of running text in every language of the table.

What a wrong dose looks like is a number, a unit or a frequency that differs between a sentence and
what was made of it: "1.000 mg" and "1 000 mg" are one thing in French, "1.000 mg" and "1 mg" are
not in English, and Hindi has a word for two and a half.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from content import languages
from content.text import number_words, units

TIMES = "time"
CLOCK = "clock"

# One to one, so that every position stays where it is.
_DIGITS = str.maketrans(
    {native: str(value) for language in languages.LANGUAGES for value, native in enumerate(language.digits)}
    | {chr(0xFF10 + value): str(value) for value in range(10)}
    | {"٫": ".", "٬": ",", "，": ",", "．": ".", "：": ":", "／": "/", "％": "%", "–": "-", "−": "-",
       "‑": "-", "—": "-", "～": "~", "〜": "~", "’": "'", "\u00a0": " ", "\u202f": " ", "\u2009": " ",
       "（": "(", "）": ")"}
)  # fmt: skip
_FRACTIONS = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3, "⅛": 0.125}
_VULGAR = {(1, 2), (1, 3), (2, 3), (1, 4), (3, 4), (1, 5), (1, 8), (3, 8), (1, 10)}

# Where the comma is the decimal mark. Spanish in the United States uses both.
_DECIMAL_COMMA = frozenset(
    ("es", "pt-BR", "fr", "de", "it", "pl", "tr", "ht", "vi", "id", "ru", "uk", "hy", "sw", "so")
)
_SPACE_GROUPS = frozenset(("fr", "ru", "uk", "pl", "es", "it", "hy", "pt-BR", "ht"))

_NOT_A_QUANTITY = re.compile(
    r"https?://\S+|www\.\S+|[\w.+-]+@[\w-]+\.[\w.-]+|\{[^{}]*\}|<[^<>]*>"
    r"|\(?\b\d{3}\)?[-. ]\d{3}[-. ]\d{4}\b|\b\d{3}-\d{4}\b|\b12 (?=midnight\b|noon\b)"
    r"|\b(?:COVID|H\d+N|SGLT|GLP|HbA|A1)-?\d*[cC]?\d*|\b(?!Ika)[A-Z][A-Za-z]{0,5}-?\d+[A-Za-z]?\b"
)
_NUMBER_FORM = (
    r"(?<![\d.,])(?:(?P<whole>\d+)\s?(?P<glyph>[½¼¾⅓⅔⅛])|(?P<lone>[½¼¾⅓⅔⅛])"
    r"|(?:(?P<mixed>\d+)[ -])?(?P<over>\d{1,2})/(?P<under>\d{1,2})(?![\d/])"
    r"|(?P<digits>\d+(?:[GROUP]\d{3}(?!\d))+(?:[.,]\d+)?|\d+[.,]\d+|\d+))"
)
# In English "2 500 mg tablets" is two numbers.
_NUMBER = re.compile(_NUMBER_FORM.replace("GROUP", ".,'"))
_NUMBER_SPACED = re.compile(_NUMBER_FORM.replace("GROUP", ".,' "))
_CLOCK = re.compile(
    r"(?<!\d)(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2}))?\s?(?P<half>[ap])\.?\s?m\b\.?"
    r"|(?<![\d:])(?P<hour24>[01]?\d|2[0-4])\s?(?::|h|giờ|时|時|點|点|시)\s?(?P<minute24>[0-5]\d)(?![\d:])",
    re.IGNORECASE,
)
_RANGE_WORDS = (
    r"-|~|to|through|and|or|a|à|y|o|e|ou|u|bis|und|oder|do|lub|i|и|или|до|та|або|até|hasta|al|"
    r"đến|tới|hoặc|và|hanggang|o|at|rive|ak|oswa|oubyen|ilaa|ama|iyo|hadi|au|na|sampai|atau|"
    r"إلى|أو|و|حتى|تا|یا|تر|سے|یا|עד|או|से|या|देखि|থেকে|বা|முதல்|에서|내지|또는|至|到|或|から|ถึง|หรือ|ទៅ|ដល់|ຫາ|ከ|እስከ|ila"
)
_RANGE_GAP = re.compile(rf"\s*(?:{_RANGE_WORDS})\s*", re.IGNORECASE)
_CHINESE = re.compile(r"[零〇一二两兩三四五六七八九十百千]+")
_CHINESE_DIGITS = {c: v for v, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "兩": 2}
_CHINESE_TENS = {"十": 10, "百": 100, "千": 1000}
# "8.5 million" and "850万" are one number; which of its readings is meant, the words around say.
_LARGE = re.compile(r"\s?(million|billion|万|萬|亿|億)", re.IGNORECASE)
_LARGE_VALUES = {"million": 1e6, "billion": 1e9, "万": 1e4, "萬": 1e4, "亿": 1e8, "億": 1e8}
_FILLER = re.compile(r"\s*(?:[^\W\d_]{1,9}\s+)?")
_FILLER_ENGLISH = re.compile(
    r"[\s-]*(?:(?:full|whole|more|standard|level|small|large|alcoholic|extra|fluid|other|separate"
    r"|straight|consecutive|business|working|calendar|additional|different|total|U\.S\.|wet|dirty"
    r"|\w+-free)\s+){0,2}"
)
_FILLER_PART = re.compile(r"[\s-]*(?:of )?(?:an? )?")  # "half a cup", "a quarter of a tablet"
_UNIT_FIRST = frozenset(("sw", "km", "lo"))  # "vidonge 2"
_FILLER_UNSPACED = re.compile(r"\s?[个個多来余餘約约]?\s?")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number or range, its canonical unit ("" where none is beside it) and where it stands.

    ``unit`` is one of the keys of ``units`` ("mg", "hour", "tablet", "F" …), ``"time"`` for
    "twice", or ``"clock"`` with minutes after midnight as the value. ``spelled`` marks number
    words, which may mean something else; ``other`` is a second reading of ambiguous digits
    ("3,125" where the comma may also group).
    """

    low: float
    high: float
    unit: str
    span: tuple[int, int]
    spelled: bool = False
    other: float | None = None


def quantities(text: str, language: str = "en") -> list[Quantity]:
    """Every quantity of ``text`` in order of appearance; ``language`` is a BCP-47 tag.

    Addresses, phone numbers, placeholders and names such as "A1C" or "B12" are no quantities.
    """
    return list(_quantities(text, language))


@lru_cache(maxsize=512)  # several checks read the same two texts
def _quantities(text: str, language: str) -> tuple[Quantity, ...]:
    plain = _NOT_A_QUANTITY.sub(lambda match: " " * len(match.group()), text.translate(_DIGITS))
    found: list[Quantity] = []
    for quantity in _candidates(plain, language):
        if all(quantity.span[0] >= q.span[1] or quantity.span[1] <= q.span[0] for q in found):
            found.append(quantity)
    found.sort(key=lambda quantity: quantity.span)
    counted = _with_units(plain, _join_tens(plain, found), language)
    return tuple(_join_ranges(plain, _join_halves(plain, counted, language)))


def base_value(quantity: Quantity) -> tuple[str, float, float]:
    """(dimension, low, high) in the base unit of the dimension; 24 hours equal one day."""
    dimension, factor = units.SCALES.get(quantity.unit, (quantity.unit, 1.0))
    return dimension, round(quantity.low * factor, 6), round(quantity.high * factor, 6)


def units_mentioned(text: str, language: str) -> set[str]:
    """Every unit word in ``text``, beside a number or not."""
    pattern, groups = units.unit_pattern(language)
    return {groups[match.lastgroup or ""] for match in pattern.finditer(text.translate(_DIGITS))}


# Letters of which every English idiom of a number has some; most texts have none.
_IDIOM_SIGNS = (
    "twice", "once", "thrice", "other", "second", "alternate", "half", "quarter", "fortnight", "bi",
    "clock",
)  # fmt: skip


def _candidates(text: str, language: str) -> Iterator[Quantity]:
    """Possible quantities, the more certain kinds first."""
    for match in _CLOCK.finditer(text):
        yield _clock(match)
    folded = text.lower()
    said = language != "en" or any(sign in folded for sign in _IDIOM_SIGNS)
    for value, unit, pattern in number_words.idioms(language) if said else ():
        for match in pattern.finditer(folded):
            yield Quantity(value, value, unit, match.span(), spelled=True)
    for match in (_NUMBER_SPACED if language in _SPACE_GROUPS else _NUMBER).finditer(text):
        yield from _digits(match, language)
    if language in ("zh-Hans", "zh-Hant", "ja"):
        yield from _chinese(text)
    pattern_, values = number_words.word_pattern(language)
    for match in pattern_.finditer(folded) if pattern_ else ():
        value = values[match["word"]]
        yield Quantity(value, value, "", match.span("word"), spelled=True)


def _clock(match: re.Match[str]) -> Quantity:
    hour = int(match["hour"] or match["hour24"])
    if match["half"]:
        hour = hour % 12 + (12 if match["half"] in "pP" else 0)
    minutes = float(hour * 60 + int(match["minute"] or match["minute24"] or 0))
    return Quantity(minutes, minutes, CLOCK, match.span())


def _digits(match: re.Match[str], language: str) -> Iterator[Quantity]:
    if match["lone"] or match["glyph"]:
        value = int(match["whole"] or 0) + _FRACTIONS[match["lone"] or match["glyph"]]
        yield Quantity(value, value, "", match.span())
    elif match["over"]:
        yield from _slashed(match)
    else:
        value, other = _read_digits(match["digits"], language)
        large = _LARGE.match(match.string, match.end())
        other = value * _LARGE_VALUES[large[1].lower()] if large else other
        yield Quantity(value, value, "", match.span(), other=other)


def _slashed(match: re.Match[str]) -> Iterator[Quantity]:
    """ "1/2" is a half; "24/7" and "5/10" are two numbers."""
    over, under = int(match["over"]), int(match["under"])
    if (over, under) in _VULGAR:
        value = int(match["mixed"] or 0) + over / under
        yield Quantity(value, value, "", match.span())
        return
    for name in ("mixed", "over", "under"):
        if match[name]:
            yield Quantity(float(match[name]), float(match[name]), "", match.span(name))


def _read_digits(digits: str, language: str) -> tuple[float, float | None]:
    """The value of digits with their marks, and the other reading where there is one."""
    decimal = "," if language in _DECIMAL_COMMA else "."
    grouped = re.fullmatch(r"[1-9]\d{0,2}(?:([.,' ])\d{3})(?:\1\d{3})*(?:[.,]\d{1,2})?", digits)
    if not grouped:
        return float(digits.replace("'", "").replace(" ", "").replace(",", ".")), None
    mark = grouped[1]
    if mark == decimal == "." and digits.count(mark) == 1 and "," not in digits:
        return float(digits), None
    tail = re.search(r"[.,]\d{1,2}$", digits)
    body = digits[: tail.start()] if tail else digits
    value = float(re.sub(r"\D", "", body)) + (float(f"0.{tail.group()[1:]}") if tail else 0)
    single = digits.count(mark) == 1 and not tail and mark in ".," and language in _DECIMAL_COMMA
    other = float(digits.replace(",", ".")) if single and not digits.endswith("0") else None
    return value, other


def _chinese(text: str) -> Iterator[Quantity]:
    for match in _CHINESE.finditer(text):
        value = _chinese_value(match.group())
        if value is not None:
            yield Quantity(value, value, "", match.span(), spelled=True)


def _chinese_value(numeral: str) -> float | None:
    total, digit = 0, 0
    for character in numeral:
        if character in _CHINESE_TENS:
            total += (digit or 1) * _CHINESE_TENS[character]
            digit = 0
        else:
            digit = _CHINESE_DIGITS[character]
    value = total + digit
    return float(value) if value else None


_HALF_WORDS: dict[str, str] = {
    "en": r"and a half|and one-half", "es": r"y medi[oa]", "pt-BR": r"e mei[oa]", "fr": r"et demie?",
    "de": r"einhalb", "it": r"e mezz[oa]", "ht": r"ak (?:yon )?(?:mwatye|d?e?dmi)|e?dmi",
    "vi": r"rưỡi", "tl": r"(?:at|'t) kalahati", "so": r"iyo (?:bar|badh|nus)", "ru": r"с половиной",
    "uk": r"з половиною", "ar": r"ونصف", "fa": r"و نیم", "prs": r"و نیم", "he": r"וחצי", "ko": r"반",
    "zh-Hans": r"半", "zh-Hant": r"半", "ja": r"半", "tr": r"buçuk", "id": r"setengah",
    "sw": r"na nusu", "th": r"ครึ่ง", "ur": r"اور آدھ[اےی]", "pl": r"i pół", "km": r"កន្លះ",
    "lo": r"ເຄິ່ງ", "my": r"ခွဲ", "am": r"ተኩል|ከግማሽ", "hy": r"ու կես|կես",
}  # fmt: skip


@lru_cache(maxsize=64)
def _half_pattern(language: str) -> re.Pattern[str] | None:
    words = _HALF_WORDS.get(language)
    return re.compile(rf"\s*(?:[^\W\d_]{{1,14}}\s*){{0,2}}?\s*(?:{words})") if words else None


def _join_halves(text: str, found: list[Quantity], language: str) -> list[Quantity]:
    """ "one and a half", "un comprimé et demi", "两点半": the half belongs to the number before."""
    pattern = _half_pattern(language)
    joined: list[Quantity] = []
    for quantity in found:
        last = joined[-1] if joined else None
        gap = text[last.span[1] : quantity.span[1]].lower() if last else ""
        if (
            pattern
            and last
            and quantity.low == 0.5
            and last.low >= 1
            and last.low % 1 == 0
            and pattern.fullmatch(gap)
        ):
            value = last.low + 0.5
            unit = last.unit or quantity.unit
            joined[-1] = replace(last, low=value, high=value, unit=unit)
        else:
            joined.append(quantity)
    return joined


_TENS_GAP = re.compile(r"-| |-et-| et | y | e | và | và | и ")


def _join_tens(text: str, found: list[Quantity]) -> list[Quantity]:
    """ "treinta y cinco", "twenty two": tens and ones that are written as two words."""
    joined: list[Quantity] = []
    for quantity in found:
        last = joined[-1] if joined else None
        if (
            last
            and _is_tens(last)
            and quantity.spelled
            and not quantity.unit
            and 1 <= quantity.low <= 9
            and _TENS_GAP.fullmatch(text, last.span[1], quantity.span[0])
        ):
            value, span = last.low + quantity.low, (last.span[0], quantity.span[1])
            joined[-1] = replace(last, low=value, high=value, span=span)
        else:
            joined.append(quantity)
    return joined


def _is_tens(quantity: Quantity) -> bool:
    return quantity.spelled and not quantity.unit and quantity.low in range(20, 100, 10)


def _join_ranges(text: str, found: list[Quantity]) -> list[Quantity]:
    joined: list[Quantity] = []
    for quantity in found:
        last = joined[-1] if joined else None
        if last and _is_range(text, last, quantity):
            span = (last.span[0], quantity.span[1])
            joined[-1] = replace(last, high=quantity.high, unit=quantity.unit, span=span)
        else:
            joined.append(quantity)
    return joined


def _is_range(text: str, first: Quantity, second: Quantity) -> bool:
    gap = _RANGE_GAP.fullmatch(text, first.span[1], second.span[0])
    if not gap or not first.low == first.high < second.low or CLOCK in (first.unit, second.unit):
        return False
    if first.unit not in ("", second.unit):
        return False
    joint = gap.group().strip().lower()
    return joint not in (
        "and",
        "y",
        "e",
        "et",
        "und",
        "i",
        "и",
        "و",
        "và",
        "ak",
        "iyo",
        "na",
        "o",
        "at",
    )


def _with_units(text: str, found: list[Quantity], language: str) -> list[Quantity]:
    pattern, groups = units.unit_pattern(language)
    return [
        quantity
        if quantity.unit
        else replace(quantity, unit=_unit_beside(text, quantity, pattern, groups, language))
        for quantity in found
    ]


def _unit_beside(
    text: str, quantity: Quantity, pattern: re.Pattern[str], groups: dict[str, str], language: str
) -> str:
    before = _unit_before(text, quantity, pattern, groups) if language in _UNIT_FIRST else ""
    if before:
        return before
    end = quantity.span[1]
    english = _FILLER_PART if quantity.low < 1 else _FILLER_ENGLISH
    filler = english if language == "en" else _FILLER
    filler = _FILLER_UNSPACED if language in number_words.UNSPACED else filler
    for start in (end, *_starts(text, end, filler)):
        match = pattern.match(text, start)
        if match:
            return groups[match.lastgroup or ""]
    return ""


def _starts(text: str, end: int, filler: re.Pattern[str]) -> Iterator[int]:
    """Where a unit may begin: after white space or a hyphen, or after one short word."""
    spaced = re.compile(r"[\s-]*").match(text, end)
    if spaced:
        yield spaced.end()
    skipped = filler.match(text, end)
    if skipped:
        yield skipped.end()


def _unit_before(
    text: str, quantity: Quantity, pattern: re.Pattern[str], groups: dict[str, str]
) -> str:
    """The unit that ends right in front of the number."""
    before = text[max(0, quantity.span[0] - 16) : quantity.span[0]].rstrip()
    found = [match for match in pattern.finditer(before) if match.end() >= len(before) - 2]
    return groups[found[-1].lastgroup or ""] if found else ""
