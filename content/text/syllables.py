"""Syllables, counted by rules per language. Hyphenation patterns are not syllables: they forbid
breaks near the ends of words, and change from one dictionary release to the next.
"""

import re
import warnings
from collections.abc import Callable
from functools import lru_cache

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # textstat 0.7.4 imports pkg_resources, which announces its end
    from textstat.textstat import textstatistics

# A private instance: `textstat.set_lang` changes the language of every thread of the process.
_ENGLISH = textstatistics()
_ENGLISH.set_lang("en_US")

_EN_GROUP = re.compile(r"[aeiouy]+")
_EN_SILENT = re.compile(
    r"(?:[^aeiouylr]e|[aeiouy][lr]e|[^aeiouytd]ed|[^aeiouycgsxzl]es|[aeiouy]les)$"
    r"|(?<!le)(?<!re)e(?=(?:ly|ful|less|ment|ness)(?:ly|s)?$)"
)
_EN_HUSHED = re.compile(r"(?:[sc]h)es$")
_EN_SPLIT = re.compile(
    r"ia(?!ge|rge|l|n|tion|tric|rr)|(?<=[^tscgx])ia(?=l|n\b)|(?<=[^tscgxn])io(?!n)"
    r"|(?<=[^tscgxl])ion|iu|(?<=[^ctd])ien|ie[rst]+\b|eo(?!us|n\b|p)|[^qg]ua(?!r)|uo(?!u)|uou"
    r"|[^bq]ui(?=t[yo])|eate|ying|eing|oing|(?<=[a-z])yo(?!u)|aic|oe(?=[mt])|guo|(?:ism|thm)s?$"
)
_EN_PREFIX = re.compile(r"mc|pre[aeiou]|re[aeiou](?!l|d|a|s|p|r|n)|coa(?=g)")
# What the rules get wrong and health texts use often.
_EN_KNOWN = {
    "area": 3, "areas": 3, "being": 2, "coagulant": 4, "create": 2, "creatinine": 4, "diabetes": 4,
    "diabetic": 4, "diarrhea": 4, "diet": 2, "diets": 2, "doing": 2, "fluid": 2, "fluids": 2,
    "idea": 3, "ideas": 3, "medicine": 3, "medicines": 3, "nausea": 3, "ocean": 2, "patient": 2,
    "patients": 2, "people": 2, "quiet": 2, "quietly": 3, "reaction": 3, "reactions": 3,
    "science": 2, "sciences": 3, "shouldn't": 2, "couldn't": 2, "wouldn't": 2, "didn't": 2,
    "doesn't": 2, "isn't": 2, "hasn't": 2, "radiation": 4, "trial": 2, "dial": 2, "dialysis": 4,
    "heart": 1, "sometimes": 2, "something": 2, "someone": 2, "bedtime": 2, "lifestyle": 2,
    "wheelchair": 2, "caregiver": 3, "caregivers": 3, "safety": 2, "homemade": 2, "everything": 3, "everyone": 3, "lies": 1, "foremost": 2,
    "warehouse": 2, "warehouses": 3, "reign": 1, "shoreline": 2, "businessman": 3,
}  # fmt: skip

_ES_STRONG = r"[aeoáéóíú]"
_ES_NUCLEUS = re.compile(rf"[iuüy]*{_ES_STRONG}[iuüy]*|[iuüy]+")
_PT_NUCLEUS = re.compile(r"ã[eo]|õe|[aeoáéóíúâêôãõà][iu]?|[iuüy]")
# An accent elsewhere makes the ending one syllable: "água", "remédio", but "energia", "rua".
_PT_GLIDE = re.compile(r"[áéóíúâêô].*[iu][ao]s?$")
_FR_NUCLEUS = re.compile(r"[aeiouyàâäéèêëîïôöùûüœæ]+")
_FR_HIATUS = re.compile(r"é(?=[aâoé])|[aoiu](?=[éèï])|(?<=[bcdfgptv][lr])i(?=[aeoé])|[aeou](?=ï)")
_FR_MUTE = re.compile(r"(?<=[^aeiouyàâäéèêëîïôöùûüœæ])e(?:s|(?<!me)nt)?$")
_DE_NUCLEUS = re.compile(r"aa|ee|oo|ie|ei|ai|au|eu|äu|ey|ay|[aeiouäöüy]")
_PL_NUCLEUS = re.compile(r"i?[aąeęoóuy]|i(?![aąeęoóu])")
_NL_NUCLEUS = re.compile(
    r"aai|ooi|oei|eeu|ieu|aa|ee|oo|uu|ie|oe|eu(?!m)|ui|ei|ij|ou|au|[aeiouyàáâèéêëïíîöóôüúû]"
)
_HU_NUCLEUS = re.compile(r"[aáeéiíoóöőuúüű]")
_TR_NUCLEUS = re.compile(r"[aeıioöuüâîû]")
_RU_NUCLEUS = re.compile(r"[аеёиоуыэюя]")


def syllables(word: str, language: str = "en") -> int:
    """Syllables of one word, at least one; a number counts as one.

    ``language`` is en, es, pt-BR, fr, de, nl, hu, pl, tr or ru; ``KeyError`` for any other.
    """
    return max(1, _COUNTERS[language](word.lower().replace("’", "'")))


@lru_cache(maxsize=50_000)
def _english(word: str) -> int:
    if word in _EN_KNOWN:
        return _EN_KNOWN[word]
    letters = re.sub(r"[^a-z]", "", word.removesuffix("'s"))
    count = len(_EN_GROUP.findall(letters)) + len(_EN_SPLIT.findall(letters))
    count += bool(_EN_PREFIX.match(letters))
    count -= bool(_EN_SILENT.search(letters) and not _EN_HUSHED.search(letters))
    # textstat's patterns never find a syllable that is not there, but miss one in seven words.
    return max(count, int(_ENGLISH.syllable_count(letters)))


def _spanish(word: str) -> int:
    # The u of "que", "qui", "gue", "gui" is silent.
    return len(_ES_NUCLEUS.findall(re.sub(r"(?<=[qg])u(?=[eiéí])", "", word)))


def _portuguese(word: str) -> int:
    count = len(_PT_NUCLEUS.findall(re.sub(r"(?<=q)u|(?<=g)u(?=[eiéí])", "", word)))
    return count - bool(_PT_GLIDE.search(word))


def _french(word: str) -> int:
    word = re.sub(r"(?<=[qg])u(?=[eiéèêy])", "", word)
    count = len(_FR_NUCLEUS.findall(word)) + len(_FR_HIATUS.findall(word))
    return count - bool(count > 1 and _FR_MUTE.search(word))


def _by(nucleus: re.Pattern[str]) -> Callable[[str], int]:
    return lambda word: len(nucleus.findall(word))


def _turkish(word: str) -> int:
    return len(_TR_NUCLEUS.findall(word.replace("i̇", "i")))


_COUNTERS: dict[str, Callable[[str], int]] = {
    "en": _english,
    "es": _spanish,
    "pt-BR": _portuguese,
    "fr": _french,
    "de": _by(_DE_NUCLEUS),
    "nl": _by(_NL_NUCLEUS),
    "hu": _by(_HU_NUCLEUS),
    "pl": _by(_PL_NUCLEUS),
    "tr": _turkish,
    "ru": _by(_RU_NUCLEUS),
}
