"""The right language: text left in English, in another script, or in a neighbouring language."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from content.languages import ENGLISH, Language
from content.safety.base import Finding, Pair, Severity
from content.safety.drugs import in_english
from content.safety.markup import without_kept
from content.text.segments import words
from content.text.tables import word_set

_BLOCKS = {
    "Latn": "LATIN", "Cyrl": "CYRILLIC", "Armn": "ARMENIAN", "Arab": "ARABIC", "Hebr": "HEBREW",
    "Hans": "CJK", "Hant": "CJK", "Kore": "HANGUL", "Deva": "DEVANAGARI", "Beng": "BENGALI",
    "Taml": "TAMIL", "Mymr": "MYANMAR", "Khmr": "KHMER", "Thai": "THAI", "Laoo": "LAO",
    "Ethi": "ETHIOPIC", "Jpan": "CJK",
}  # fmt: skip
_KANA = ("HIRAGANA", "KATAKANA")

# Small words that a sentence of the language can hardly do without.
_FUNCTION_WORDS = {
    "en": word_set("""the and of to your you is are with for in on not do take if or any this that be have from
        when by at can will should a an it as before after every each day use call may until than
        more keep eat drink medicine their there they who how what all out up off no"""),
    "es": word_set("""el la los las un una de del que y en con por para su sus se no es son si al lo le o como más
        antes después cada está cuando puede hasta tome usted sin pero esta este día días llame use
        todos todas ni ha han he mi me muy ya qué durante entre desde ayuda agua llame lave su pida
        nunca hay ser deje medicamento sangre niño dolor mano hijo hijos"""),
    "pt-BR": word_set("""o a os as um uma de do da dos das que e em no na nos nas com por para seu sua seus suas se
        não é são ao ou como mais antes depois cada está quando pode até tome você sem mas esta este
        dia dias ligue use todos todas nem à às pelo pela isso também foi muito já durante entre
        ajuda água lave peça nunca há ser deixe remédio medicamento sangue criança dor mão filho ele
        ela estiver tiver faça bebê"""),
    "fr": word_set("""le la les un une de du des et en avec par pour votre vos vous se ne pas est sont si au aux ou
        comme plus avant après chaque ce cette que qui dans sur prenez sans mais jour jours ces son
        sa ses il elle on y lors puis"""),
    "ht": word_set("""ou nan ak pou yon pa li yo sa ki si chak pran gen se fè anvan apre oswa lè w an la a tout nou
        mwen sou ka dwe konnen avèk jou medikaman doktè dlo manje bwè rele men kote youn san"""),
    "vi": word_set("""và của không là các có cho khi quý vị bạn uống thuốc nếu trước sau mỗi ngày một để với trong
        hoặc này được đừng hãy gọi bác sĩ đến từ lần bị ra vào thì ở"""),
    "tl": word_set("""ang ng sa na mga at ay kung inyong ninyo kayo huwag para may nang o hindi bago ito iyong mo ka
        bawat araw lang ni siya niya po upang habang gamot inumin uminom tawagan kapag"""),
    "so": word_set("""iyo ama oo ka ku waa haddii aad kasta ha si la u wax in maalin ee lagu leh ah uu ay dawo
        daawo cab qaado wac dhakhtarka ilaa hal marka kale aan ma laga soo"""),
    "sw": word_set("""na ya wa kwa ni la kila siku kama au usi dawa hii kabla baada za cha vya pamoja yako wako
        katika kutoka sana lakini hadi mara hiyo ili bila si"""),
    "id": word_set("""dan yang di untuk dengan dari jika atau tidak jangan anda pada ini itu obat setiap hari
        sebelum sesudah minum akan dapat ke dokter sampai kali sehari"""),
    "de": word_set("""der die das und nicht sie mit für von zu ist ein eine den dem wenn oder bei nach vor ihr ihre
        nehmen im auf jeden tag sind werden bis zum zur"""),
    "it": word_set("""il lo la gli le un una di del della che e in con per suo sua non è sono se al o come più prima
        dopo ogni quando può fino prenda senza ma questo questa giorno dei delle nel alla"""),
    "pl": word_set("""i w na z do nie się jest lub że jeśli przed po każdy codziennie dla od przez proszę należy lek
        dziennie oraz pod jak co ma"""),
    "tr": word_set("""ve bir bu için ile veya eğer günde her önce sonra ilaç değil daha kadar olan ya da en gün
        alın doktorunuzu"""),
}  # fmt: skip
# Letters that one language of a script has and its neighbours have not.
_LETTERS: dict[str, tuple[str, str]] = {
    # language: (letters of its own, letters that show another language)
    "ru": ("ыэъё", "іїєґўјљњ"), "uk": ("іїєґ", "ыэъё"),
    "ar": ("ةىأإؤ", "پچژگٹڈڑےںټډړښځڅېۍ"), "fa": ("پچژگ", "ٹڈڑےںټډړښځڅېۍةى"),
    "prs": ("پچژگ", "ٹڈڑےںټډړښځڅېۍةى"), "ur": ("ٹڈڑےںھ", "ټډړښځڅېۍةى"),
    "ps": ("ټډړښځڅېۍ", "ٹڈڑےں"),
}  # fmt: skip
_SIMPLIFIED = "这个们来对时会发现过还进请药医体诊疗从给应开关气后点头难热压检测术应话电问题让儿"
_TRADITIONAL = "這個們來對時會發現過還進請藥醫體診療從給應開關氣後點頭難熱壓檢測術應話電問題讓兒"
_HAN = {"zh-Hans": (_SIMPLIFIED, _TRADITIONAL), "zh-Hant": (_TRADITIONAL, _SIMPLIFIED)}
_NEPALI, _HINDI = (
    re.compile(r"(?:छ|छन्|हुन्छ|गर्नुहोस्|तपाईं|भने|पर्छ)(?!\w)"),
    re.compile(r"(?<!\w)(?:है|हैं|करें|आप|अगर|और|में|नहीं)(?!\w)"),
)
_UNITS = word_set(
    "mg ml mcg kg g l iu mmhg dl mmol inr ecg mri ct hiv covid nsaid nsaids ph er iv id"
)


class Translated:
    """Nothing is left in English but names, units and what must stay."""

    id = "untranslated"

    def findings(self, pair: Pair) -> Iterator[Finding]:
        if pair.language is ENGLISH:
            return
        left = _left_in_english(pair)
        total = max(1, len(words(without_kept(pair.target))))
        if len(left) >= 3 or (left and len(left) / total >= 0.5 and len(words(pair.source)) > 2):
            yield self._finding(Severity.BLOCKING, left, pair)
        elif left:
            yield self._finding(Severity.WARNING, left, pair)

    def _finding(self, severity: Severity, left: list[str], pair: Pair) -> Finding:
        start = pair.target.find(left[0])
        quoted = " ".join(left[:8])
        return Finding(
            self.id, severity, f"Still in English: “{quoted}”.", (start, start + len(left[0]))
        )


class RightScript:
    id = "script"

    def findings(self, pair: Pair) -> Iterator[Finding]:
        share = _script_share(without_kept(pair.target), pair.language)
        if share is not None and share < 0.5:
            message = f"Most of this text is not in the script of {pair.language.name}."
            yield Finding(self.id, Severity.BLOCKING, message)


class RightLanguage:
    id = "language"

    def findings(self, pair: Pair) -> Iterator[Finding]:
        other = _other_language(without_kept(pair.target), pair.language)
        if other:
            message = f"This looks like {other}, not {pair.language.name}."
            yield Finding(self.id, Severity.BLOCKING, message)


def _left_in_english(pair: Pair) -> list[str]:
    """Words of the target that are English: plain words of the source, or English function words."""
    drugs = set(in_english(pair.source).values())
    source = {word.lower() for word in words(pair.source)}
    target = words(without_kept(pair.target))
    if pair.language.script != "Latn":
        names = {word.lower() for word in words(pair.source) if word[:1].isupper()}
        latin = [word for word in target if word.isascii() and word.isalpha() and len(word) > 1]
        spared = drugs | _UNITS | (names - _FUNCTION_WORDS["en"])
        return [word for word in latin if word.lower() not in spared and not word.isupper()]
    own = _FUNCTION_WORDS.get(pair.language.code, frozenset())
    english = _FUNCTION_WORDS["en"] - own - _homographs(pair.language.code)
    function = [word for word in target if word.lower() in english and word.lower() in source]
    return function if len(function) >= 2 else _copied_run(target, source, drugs, own)


def _copied_run(
    target: list[str], source: set[str], drugs: set[str], own: frozenset[str]
) -> list[str]:
    """Four or more source words in a row: not a chance likeness of neighbouring languages."""
    run: list[str] = []
    for word in target:
        key = word.lower()
        if key in source and key not in own and key not in drugs and not word[:1].isdigit():
            run.append(word)
            if len(run) == 4:
                return run
        else:
            run = []
    return []


@lru_cache(maxsize=64)
def _homographs(code: str) -> frozenset[str]:
    """English function words that are words of the language as well."""
    return {
        "es": word_set("a he me no use can is"), "pt-BR": word_set("a as do no use me"),
        "fr": word_set("a as on or an if"), "ht": word_set("a an or on ou men"),
        "tl": word_set("a at may or no in on"), "so": word_set("a in is an day"),
        "vi": word_set("a an do on may the in"), "de": word_set("in am an"),
        "it": word_set("a do in no me"), "sw": word_set("a as at"), "id": word_set("a an is"),
        "pl": word_set("a do to on by"), "tr": word_set("a an on at it"),
    }.get(code, frozenset())  # fmt: skip


def _script_share(text: str, language: Language) -> float | None:
    """The share of letters that are of the language's script; ``None`` for a text of few letters."""
    block = _BLOCKS[language.script]
    wanted = (block, *_KANA) if language.script in ("Jpan",) else (block,)
    names = [unicodedata.name(char, "") for char in text if char.isalpha()]
    if len(names) < 8:
        return None
    return sum(name.startswith(wanted) for name in names) / len(names)


def _other_language(text: str, language: Language) -> str:
    if language.code in _HAN:
        return _other_han(text, language)
    if language.code in ("hi", "ne"):
        mine, theirs = (_HINDI, _NEPALI) if language.code == "hi" else (_NEPALI, _HINDI)
        return _if_more(len(theirs.findall(text)), len(mine.findall(text)), "another language")
    if language.code in _LETTERS:
        own, foreign = _LETTERS[language.code]
        theirs_, mine_ = sum(c in foreign for c in text), sum(c in own for c in text)
        return "another language of its script" if theirs_ >= 3 and theirs_ > 2 * mine_ else ""
    return _other_latin(text, language) if language.code in _FUNCTION_WORDS else ""


def _other_han(text: str, language: Language) -> str:
    own, foreign = _HAN[language.code]
    only_foreign = set(foreign) - set(own)
    only_own = set(own) - set(foreign)
    theirs, mine = sum(c in only_foreign for c in text), sum(c in only_own for c in text)
    return _if_more(theirs, mine, "the other Chinese script")


def _if_more(theirs: int, mine: int, name: str) -> str:
    return name if theirs >= 2 and theirs > 2 * mine else ""


def _other_latin(text: str, language: Language) -> str:
    """The language whose own small words outnumber this one's; words of both do not count."""
    found = [word.lower() for word in words(text)]
    own = _FUNCTION_WORDS[language.code]
    foreign = sum(bool(set(word) & _FOREIGN.get(language.code, frozenset())) for word in found)
    for code, known in _FUNCTION_WORDS.items():
        theirs = sum(word in known and word not in own for word in found)
        mine = sum(word in own and word not in known for word in found)
        theirs += foreign if theirs else 0
        if code != language.code and theirs >= 2 and theirs > 2 * mine:
            return _NAMES[code]
    return ""


# Letters that the language does not write.
_FOREIGN = {
    "es": frozenset("ãõçêôâàèìòùœ"), "pt-BR": frozenset("ñ¿¡ìòùèœ"), "fr": frozenset("ñ¿¡ãõìòß"),
    "ht": frozenset("ñ¿¡ãõçéêâñá"), "tl": frozenset("ãõçêôâ¿¡"), "so": frozenset("ãõçêôâéáèàñ¿¡"),
}  # fmt: skip
_NAMES = {
    "en": "English", "es": "Spanish", "pt-BR": "Portuguese", "fr": "French", "ht": "Haitian Creole",
    "vi": "Vietnamese", "tl": "Tagalog", "so": "Somali", "sw": "Swahili", "id": "Indonesian",
    "de": "German", "it": "Italian", "pl": "Polish", "tr": "Turkish",
}  # fmt: skip
