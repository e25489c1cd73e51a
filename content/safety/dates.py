"""Months and weekdays: an appointment in March does not move to May, nor Monday to Tuesday.

The names are those of the Unicode CLDR, by Babel. A target that says the month in digits passes.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from babel import Locale, UnknownLocaleError

from content.languages import LANGUAGES, Language
from content.safety.base import Finding, Pair, Severity
from content.safety.lexicon import covers
from content.safety.markup import without_kept
from content.text.number_words import UNSPACED

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
# Words before "May" and "March" that make a month of them; else "You may march on".
_BEFORE = r"(?i:in|of|since|until|by|from|through|before|after|each|every|late|early|mid)\s"
_SOURCE = {
    **{name: re.compile(rf"\b{name}\b") for name in (*_MONTHS, *_DAYS)},
    **{
        name: re.compile(rf"\b{name}\b(?=\s\d)|(?<=\d\s){name}\b|\b{_BEFORE}{name}\b")
        for name in ("March", "May")
    },
    **{name: re.compile(rf"\b{name}s?\b") for name in _DAYS},
}
_ANY = re.compile("|".join(_SOURCE))  # most sentences have none
# CLDR has no names, or other ones than people use, in these.
_OWN: dict[str, tuple[str, str]] = {
    "ht": (
        "janvye fevriye mas avril me jen jiyè out septanm oktòb novanm desanm",
        "lendi madi mèkredi jedi vandredi samdi dimanch",
    ),
}
_MORE: dict[str, tuple[str, str]] = {
    # The months of Syria, Iraq, Lebanon and Jordan; and the Maghreb's.
    "ar": (
        "كانون#الثاني|جانفي شباط|فيفري آذار نيسان|أفريل أيار|ماي حزيران|جوان تموز|جويلية آب|أوت أيلول "
        "تشرين#الأول تشرين#الثاني كانون#الأول",
        "",
    ),
    "zh-Hans": ("", "礼拜一 礼拜二 礼拜三 礼拜四 礼拜五 礼拜六 礼拜日|礼拜天|周日|星期天"),
    "ja": ("一月 二月 三月 四月 五月 六月 七月 八月 九月 十月 十一月 十二月", ""),
    "zh-Hant": (
        "一月 二月 三月 四月 五月 六月 七月 八月 九月 十月 十一月 十二月",
        "禮拜一 禮拜二 禮拜三 禮拜四 禮拜五 禮拜六 禮拜日|禮拜天|週日|星期天",
    ),
    "am": (
        "ጥር የካቲት መጋቢት ሚያዝያ|ሚያዚያ ግንቦት ሰኔ ሐምሌ|ሀምሌ ነሐሴ|ነሀሴ መስከረም ጥቅምት ኅዳር|ህዳር ታኅሣሥ|ታህሳስ",
        "",
    ),
    "ti": (
        "ጥሪ ለካቲት|ፌብርዋሪ|ፌብሩዋሪ መጋቢት|ማርች ሚያዝያ ግንቦት ሰነ ሓምለ ነሓሰ መስከረም ጥቅምቲ ሕዳር ታሕሳስ",
        "",
    ),
    "fa": (". . . . می . . . . . . .", ""),
    "ru": (". . . . мае июне июле . . . . .", ""),
    "pl": (". . . . maju|maj . . . . . . .", ""),
    "pt-BR": ("", "segunda terça quarta quinta sexta sábado domingo"),
}
# The last letter of a name changes; or what goes before and after is written onto it.
_INFLECTED = frozenset({"ru", "uk", "pl", "hy", "so"})
_JOINED = frozenset({"ko", "am", "ti"})
_LOCALES = {
    "zh-Hans": ("zh_Hans",), "zh-Hant": ("zh_Hant",), "pt-BR": ("pt_BR",), "tl": ("fil",),
    "prs": ("fa_AF", "fa"),
}  # fmt: skip
_DIGITS = str.maketrans(
    {native: str(value) for language in LANGUAGES for value, native in enumerate(language.digits)}
)
# Alef and yeh of Arabic script; nukta, vowel signs, joiners and marks of direction.
_ONE_FORM = str.maketrans(dict.fromkeys("إأآ", "ا") | dict.fromkeys("يېۍىئ", "ی"))
_UNREAD = re.compile("[\u064b-\u0652\u0654\u093c\u09bc\u200c-\u200f\u2066-\u2069]")
_NUMERIC = re.compile(r"(?<!\d)(\d{1,4})[/.\-](\d{1,2})(?:[/.\-]\d{2,4})?(?!\d)")


class DatesKept:
    """Every month and weekday that the source names is named in the translation."""

    id = "dates"

    def findings(self, pair: Pair) -> Iterator[Finding]:
        if not _ANY.search(pair.source) or not knows(pair.language.code):
            return
        named = [name for name, pattern in _SOURCE.items() if pattern.search(pair.source)]
        # Where no one has looked at the names in use, a person looks.
        severity = Severity.BLOCKING if covers(pair.language.code) else Severity.WARNING
        target = _folded(without_kept(pair.target).translate(_DIGITS))
        for name in named:
            if not _patterns(pair.language)[name].search(target) and not _in_digits(name, target):
                yield Finding(self.id, severity, f"{name} is missing.")


def knows(code: str) -> bool:
    """Whether the months and weekdays of the language (BCP-47) are known."""
    return code in _OWN or bool(_locales(code))


@lru_cache(maxsize=64)
def _locales(code: str) -> tuple[Locale, ...]:
    try:
        found = [Locale.parse(name) for name in _LOCALES.get(code, (code,))]
    except (UnknownLocaleError, ValueError):
        return ()
    # Where CLDR knows no names it writes "M03".
    return tuple(one for one in found if one.months["format"]["wide"][3] != "M03")


@lru_cache(maxsize=64)
def _patterns(language: Language) -> dict[str, re.Pattern[str]]:
    names = _names(language.code)
    return {name: _pattern(name, forms, language) for name, forms in names.items()}


def _names(code: str) -> dict[str, set[str]]:
    """Every form of every month and weekday, by its English name."""
    found: dict[str, set[str]] = {name: set() for name in (*_MONTHS, *_DAYS)}
    for table in (_OWN, _MORE):
        for names, cells in zip((_MONTHS, _DAYS), table.get(code, ("", "")), strict=True):
            for name, forms in zip(names, cells.split(), strict=False):
                found[name] |= set(forms.replace("#", " ").split("|"))
    widths = [
        (kind, width) for kind in ("format", "stand-alone") for width in ("wide", "abbreviated")
    ]
    for locale in _locales(code):
        for kind, width in widths:
            months, days = locale.months[kind][width], locale.days[kind][width]
            for number, name in enumerate(_MONTHS, 1):
                found[name].add(months[number])
            for number, name in enumerate(_DAYS):
                found[name].add(days[number])
    return found


def _pattern(name: str, forms: set[str], language: Language) -> re.Pattern[str]:
    """Words that begin so: languages inflect ("w marcu" of "marzec"), and join "in" and "the"."""
    code = language.code
    joined = code in UNSPACED or code in _JOINED
    folded = {_folded(form).rstrip(".") for form in forms} | {name.lower()}
    parts = [_form(form, joined) for form in folded if len(form) > 1]  # 월 is Monday, or any month
    if code in _INFLECTED:
        parts += [re.escape(form[:-1]) for form in folded if len(form) >= 5]
    if code == "he":  # "יום שני" is also said without "day"
        parts += [re.escape(form.split()[-1]) for form in folded]
    parts.sort(key=lambda part: -len(part))
    edge = r"(?<![\d十])" if joined else r"(?<![^\W\d_])(?:[وبلفك]?ال|لل|[وبلفك]|ו?[הבל])?"
    return re.compile(f"{edge}(?:{'|'.join(parts)})")


def _form(form: str, joined: bool) -> str:
    """A name as a pattern, and what must not follow it: a digit after a digit ("3월" is not of
    "3월1"), a letter after what is short ("mar" of March is not of "martes")."""
    # In Chinese there may be a space in it: "3 月".
    pattern = re.sub(r"(?<=\d)(?=\D)", r"\\s?", re.escape(form))
    if form[-1].isdigit():
        return rf"{pattern}(?!\d)"
    return pattern if joined or len(form) > 4 else rf"{pattern}(?![^\W_])"


def _folded(text: str) -> str:
    """Lower case, one form of letters that writers mix, and no marks that only help to read."""
    plain = unicodedata.normalize("NFC", text).lower()
    return _UNREAD.sub("", plain.translate(_ONE_FORM))


def _in_digits(name: str, target: str) -> bool:
    """Whether a date in digits has the month: "05/03/2026" may be March or May."""
    if name not in _MONTHS:
        return False
    wanted = _MONTHS.index(name) + 1
    return any(wanted in map(int, match.groups()) for match in _NUMERIC.finditer(target))
