"""Drug names, in whatever script they are written.

A name keeps its sound in most languages ("metformina", "мeтформин", "메트포르민"), so names are
compared by sound; Chinese has its own names, listed in ``drugs.tsv``. Look-alike pairs such as
hydralazine and hydroxyzine are told apart because the *nearest* known name wins.
"""

import re
import unicodedata
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from rapidfuzz.distance import Indel

from content.languages import Language
from content.text.segments import MARKS

_FILE = Path(__file__).with_name("drugs.tsv")
_WORD = re.compile(rf"[^\W\d_](?:[^\W\d_]|[{MARKS}]|(?<=[a-z])-(?=[a-z]))*")
# International non-proprietary name stems: a word that ends so is a drug, listed or not.
_STEMS = re.compile(
    r"^\w{3,}(?:pril|sartan|olol|statin|gliflozin|gliptin|glutide|cillin|mycin|floxacin|cycline|"
    r"prazole|conazole|dipine|semide|thiazide|xaban|gatran|parin|profen|setron|triptan|zepam|zolam|"
    r"oxetine|asone|onide|terol|tropium|lukast|mab|tinib|platin|formin|caine|vir|dronate|sulfa)s?$"
)
_NOT_DRUGS = frozenset(("steroid", "protocol", "control", "alcohol", "cholesterol", "patrol"))
_SURELY_SAME, _SAME_NAME, _LOOSELY_SAME = 0.92, 0.83, 0.66
_COGNATE = 0.7


@dataclass(frozen=True, slots=True)
class Drug:
    """``names`` are non-proprietary, the one used in the United States first."""

    names: tuple[str, ...]
    brands: tuple[str, ...]
    chinese: tuple[str, ...]

    @property
    def generic(self) -> str:
        return self.names[0]

    @property
    def all_names(self) -> tuple[str, ...]:
        return self.names + self.brands


@lru_cache(maxsize=1)
def known() -> tuple[Drug, ...]:
    lines = _FILE.read_text(encoding="utf-8").splitlines()[1:]
    return tuple(_drug(line) for line in lines if line)


def _drug(line: str) -> Drug:
    generic, *cells = line.split("\t")
    variants, brands, chinese = (tuple(filter(None, cell.split("|"))) for cell in cells)
    return Drug((generic, *variants), brands, chinese)


@lru_cache(maxsize=1)
def _by_name() -> dict[str, str]:
    return {name: drug.generic for drug in known() for name in drug.all_names}


def in_english(text: str) -> dict[str, str]:
    """Drugs of an English text: generic name (or an unlisted name as written) -> word in the text."""
    found: dict[str, str] = {}
    for match in _WORD.finditer(text.lower()):
        word = match.group()
        name = word if word in _by_name() else word.removesuffix("s")
        if name in _by_name():
            found.setdefault(_by_name()[name], word)
        elif _STEMS.match(word) and word not in _NOT_DRUGS:
            found.setdefault(word.removesuffix("s"), word)
        for part in word.split("-")[:-1]:  # "aspirin-containing"
            if part in _by_name():
                found.setdefault(_by_name()[part], part)
    return found


def in_translation(
    text: str, language: Language, *, certain: bool = True
) -> dict[str, tuple[int, int]]:
    """Listed drugs of a translation, by generic name, with where they stand.

    ``certain`` asks for names that hardly another word sounds like; without it, for the likeliest
    reading of a word that stands where a drug is missing.
    """
    found = _chinese(text) if language.script in ("Hans", "Hant") else {}
    for match in _WORD.finditer(text):
        generic = _nearest(match.group(), language.script, language.code, certain)
        if generic:
            found.setdefault(generic, match.span())
    return found


def is_named(drug: str, english: str, text: str, language: Language) -> bool:
    """Whether a drug of the source, ``english`` being its word there, is named in a translation."""
    names = {
        english,
        *next((known_.all_names for known_ in known() if known_.generic == drug), (drug,)),
    }
    wanted = {_sound(name, "Latn", language.script, language.code) for name in names}
    words = [match.group() for match in _WORD.finditer(text)]
    pairs = [first + second for first, second in pairwise(words)]
    heard = {
        _sound(word, _script(word), language.script, language.code) for word in (*words, *pairs)
    }
    return any(_alike(want, sound) >= _LOOSELY_SAME for want in wanted for sound in heard)


def sounds_like_any(word: str, others: list[str], language: Language) -> bool:
    """Whether a word of a translation is a cognate of one of the English words."""
    target = "Latn" if _script(word) == "Latn" else language.script
    sound = _sound(word, _script(word), target, language.code)
    heard = (_sound(other, "Latn", target, language.code) for other in others)
    return any(_alike(sound, other) >= _COGNATE for other in heard)


def has_local_name(drug: str, language: Language) -> bool:
    """Whether we can tell if the drug is named: in Chinese only for listed names."""
    if language.script not in ("Hans", "Hant"):
        return True
    return any(known_.generic == drug and known_.chinese for known_ in known())


def _chinese(text: str) -> dict[str, tuple[int, int]]:
    """Longest names first, so that 左氧氟沙星 is not also 氧氟沙星."""
    names = sorted(
        ((name, drug.generic) for drug in known() for name in drug.chinese),
        key=lambda pair: -len(pair[0]),
    )
    found: dict[str, tuple[int, int]] = {}
    left = text
    for name, generic in names:
        start = left.find(name)
        if start >= 0:
            found[generic] = (start, start + len(name))
            left = left.replace(name, " " * len(name))
    return found


# Names that few other words of a script without vowels look like, though they are short.
_COMMON = frozenset(("aspirin", "ibuprofen", "insulin", "metformin", "warfarin", "acetaminophen"))


_SHORTEST = 6  # letters of a sound; shorter ones are like too many words


@lru_cache(maxsize=20_000)
def _nearest(word: str, script: str, code: str, certain: bool) -> str:
    """The generic name of the listed drug that ``word`` sounds like, or ""."""
    if word.lower() in _by_name():
        return _by_name()[word.lower()]
    target = "Latn" if _script(word) == "Latn" else script
    sound = _sound(word, _script(word), target, code)
    if target in _VOWELLESS:
        return _same_consonants(sound, target, code, certain)
    if len(sound) < _SHORTEST:
        return ""
    best, best_score = "", (_SURELY_SAME if certain else _SAME_NAME) - 1e-9
    for generic, candidate in _by_opening(target, code, certain).get(_opening(sound), ()):
        # What two names share in order is never less than what `_alike` finds, and sooner counted.
        if abs(len(candidate) - len(sound)) > 3 or Indel.normalized_similarity(
            candidate, sound
        ) <= best_score:  # fmt: skip
            continue
        score = _alike(candidate, sound)
        if score > best_score:
            best, best_score = generic, score
    return best


@lru_cache(maxsize=64)
def _by_opening(script: str, code: str, certain: bool) -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = {}
    for generic, candidate in _sounds(script, code, certain):
        if len(candidate) >= _SHORTEST:
            found.setdefault(_opening(candidate), []).append((generic, candidate))
    return found


def _opening(sound: str) -> str:
    """The first letter; vowels open alike ("aspirin", "espirin")."""
    return "a" if sound[:1] in tuple("aeiou") else sound[:1]


def _same_consonants(sound: str, target: str, code: str, certain: bool) -> str:
    for generic, candidate in _sounds(target, code, certain):
        enough = len(sound) >= 4 if generic in _COMMON else len(sound) >= 5 and not certain
        if candidate == sound and enough:
            return generic
    return ""


@lru_cache(maxsize=64)
def _sounds(script: str, code: str, certain: bool) -> tuple[tuple[str, str], ...]:
    """(generic, sound) of every name; of brands only where a drug is being looked for."""
    return tuple(
        (drug.generic, _sound(name, "Latn", script, code))
        for drug in known()
        for name in (drug.names if certain else drug.all_names)
        if len(name) >= 6
    )


def _alike(first: str, second: str) -> float:
    return SequenceMatcher(None, first, second, autojunk=False).ratio()


def _script(word: str) -> str:
    return "Latn" if "LATIN" in unicodedata.name(word[0], "") else "other"


_LATIN = (
    ("ph", "f"), ("th", "t"), ("rh", "r"), ("ch", "k"), ("sch", "s"), ("ck", "k"), ("qu", "k"),
    ("x", "ks"), ("ce", "se"), ("ci", "si"), ("cy", "si"), ("c", "k"), ("q", "k"), ("y", "i"),
    ("z", "s"), ("w", "v"), ("j", "i"), ("h", ""),
)  # fmt: skip
_CONSONANTS = str.maketrans(dict.fromkeys("aeiouy'-", None))
_VOWELLESS = frozenset(("Arab", "Hebr", "Thai", "Laoo", "Khmr", "Mymr", "Hans", "Hant"))
# Sounds that a language or script cannot keep apart become one.
_MERGED = {
    "so": ("pvz", "bfs"),
    "Kore": ("rvfz", "lbps"),
    "Jpan": ("rv", "lb"),
    "Arab": ("pv", "bf"),
}


@lru_cache(maxsize=50_000)
def _sound(word: str, script: str, target: str, code: str) -> str:
    """How a word sounds to the target: spelled plainly, without vowels where it writes none."""
    plain = _romanise(word.lower()) if script != "Latn" else word.lower()
    bare = unicodedata.normalize("NFKD", plain)
    bare = "".join(char for char in bare if not unicodedata.combining(char))
    for spelling, sound in _LATIN:
        bare = bare.replace(spelling, sound)
    for key in (code, target):
        bare = bare.translate(str.maketrans(*_MERGED.get(key, ("", ""))))
    if target in _VOWELLESS:
        bare = bare.translate(_CONSONANTS).translate(str.maketrans("pvfgd", "bbbkt"))
    bare = re.sub(r"(.)\1+", r"\1", bare)
    return re.sub(r"(?:um|us|[aeiou]s?)$", "", bare) if len(bare) > 6 else bare


# Cyrillic, Arabic and Hebrew letters by sound; Indic, Ethiopic, kana and hangul letters are named
# by their sound in Unicode itself.
_LETTERS = {
    "а": "a", "б": "b", "в": "v", "г": "g", "ґ": "g", "д": "d", "е": "e", "з": "s", "и": "i",
    "і": "i", "й": "i", "ї": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p",
    "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "ъ": "", "ы": "i", "ь": "", "э": "e", "ё": "e",
    "ж": "s", "х": "h", "ц": "ts", "ч": "s", "ш": "s", "щ": "s", "ю": "iu", "я": "ia", "є": "e",
    "ا": "a", "أ": "a", "إ": "a", "آ": "a", "ب": "b", "پ": "p", "ت": "t", "ث": "t", "ج": "g", "چ": "s",
    "ح": "h", "خ": "k", "د": "d", "ذ": "d", "ر": "r", "ز": "s", "ژ": "s", "س": "s", "ش": "s", "ص": "s",
    "ض": "d", "ط": "t", "ظ": "s", "غ": "g", "ف": "f", "ق": "k", "ک": "k", "ك": "k", "گ": "g", "ل": "l",
    "م": "m", "ن": "n", "ه": "", "ة": "", "و": "o", "ي": "i", "ی": "i", "ى": "a", "ئ": "", "ء": "",
    "ٹ": "t", "ڈ": "d", "ڑ": "r", "ں": "n", "ھ": "", "ے": "e", "ټ": "t", "ډ": "d", "ړ": "r", "ښ": "s",
    "ګ": "g", "ڼ": "n", "ې": "e", "ۍ": "i", "ځ": "s", "څ": "s",
    "א": "a", "ב": "b", "ג": "g", "ד": "d", "ה": "", "ו": "o", "ז": "s", "ח": "h", "ט": "t", "י": "i",
    "כ": "k", "ך": "k", "ל": "l", "מ": "m", "ם": "m", "נ": "n", "ן": "n", "ס": "s", "ע": "", "פ": "p",
    "ף": "f", "צ": "ts", "ץ": "ts", "ק": "k", "ר": "r", "ש": "s", "ת": "t",
}  # fmt: skip
_NAMED = re.compile(
    r"(?P<script>DEVANAGARI|BENGALI|TAMIL|ETHIOPIC|KATAKANA|HIRAGANA|HANGUL|MYANMAR|KHMER|THAI|LAO|ARMENIAN)"
    r"(?: SMALL| CAPITAL)? (?P<kind>LETTER|SYLLABLE|CHARACTER|VOWEL SIGN)(?: SMALL)? (?P<sound>[A-Z ]+)$"
)
_ABUGIDAS = frozenset(("DEVANAGARI", "BENGALI", "TAMIL"))


def _romanise(word: str) -> str:
    return "".join(_letter(char) for char in unicodedata.normalize("NFKC", word))


def _letter(char: str) -> str:
    if char in _LETTERS:
        return _LETTERS[char]
    if char.isascii():
        return char
    named = _NAMED.match(unicodedata.name(char, ""))
    if not named:
        return ""
    sound = named["sound"].split()[-1].lower()
    if named["script"] in _ABUGIDAS:
        return _indic(sound, named["kind"])
    return _SPOKEN.get(sound, sound)


def _indic(sound: str, kind: str) -> str:
    """A consonant is named with its inherent vowel, which words mostly drop."""
    vowel = {"aa": "a", "ii": "i", "uu": "u", "ai": "e", "au": "o"}.get(sound, sound)
    return vowel if kind == "VOWEL SIGN" or vowel[0] in "aeiou" else sound.removesuffix("a")


# Letters whose names carry more than the sound: Thai, Lao, Armenian, and kana "hu".
_SPOKEN = {
    "kai": "k", "khai": "k", "khwai": "k", "ngu": "ng", "chan": "c", "chang": "s", "so": "so",
    "dek": "d", "tao": "t", "thung": "t", "thahan": "t", "nu": "n", "baimai": "b", "pla": "p",
    "phan": "p", "fan": "f", "yak": "i", "rua": "r", "ling": "l", "waen": "w", "sua": "s",
    "hip": "", "ang": "a", "ben": "b", "gim": "g", "ken": "k", "men": "m", "reh": "r", "vew": "v",
    "tiwn": "t", "seh": "s", "now": "n", "peh": "p", "liwn": "l", "keh": "k", "feh": "f", "hu": "f",
}  # fmt: skip
