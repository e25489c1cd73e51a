"""The one table of languages. Nothing else in the project lists languages.

A language is named by its BCP-47 tag in addresses, forms and the database, and by its FLORES-200
code (Costa-jussà et al. 2022) at the translation engine, which turns an unknown code silently into
``<unk>``: codes therefore only ever come from here.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

WESTERN_DIGITS = "0123456789"


class Direction(StrEnum):
    LTR = "ltr"
    RTL = "rtl"


class Risk(StrEnum):
    """How often machine translation of health text into a language harms meaning.

    High-risk languages need two qualified translators (Taira 2021: Spanish 94 % correct,
    Armenian 55 %; Brewster 2024 on Haitian Creole).
    """

    STANDARD = "standard"
    HIGH = "high"


@dataclass(frozen=True, slots=True)
class Language:
    """One language.

    ``flores`` is its FLORES-200 code, "" where NLLB-200 does not know the language: machine drafts are
    then to be had from no NLLB model. ``aliases`` are codes that other engines have for exactly this
    language. ``formulas`` names the readability measures validated for it (see
    ``content.text.readability``); empty means that no validated formula is known and that no score
    is shown. ``letters`` are those that a translator's keyboard may lack.
    """

    code: str
    flores: str
    name: str
    endonym: str
    script: str
    direction: Direction = Direction.LTR
    font: str = "Noto Sans"
    digits: str = WESTERN_DIGITS
    formulas: tuple[str, ...] = ()
    risk: Risk = Risk.STANDARD
    aliases: tuple[str, ...] = ()
    letters: str = ""

    @property
    def codes(self) -> tuple[str, ...]:
        """What engines may call the language, the most exact code first.

        ``zh`` alone would name either script of Chinese, and is only among the ``aliases`` of the
        one that engines mean by it.
        """
        base, _, rest = self.code.partition("-")
        either = () if len(rest) == 4 else (self.flores[:3], base)
        exact = (self.code.replace("-", "_"), self.flores)
        return tuple(dict.fromkeys(code for code in (*exact, *self.aliases, *either) if code))

    @property
    def is_rtl(self) -> bool:
        return self.direction is Direction.RTL

    @property
    def needs_two_translators(self) -> bool:
        return self.risk is Risk.HIGH


class UnknownLanguage(ValueError):
    """A code that is not in the table."""


_ARABIC = "٠١٢٣٤٥٦٧٨٩"
_PERSIAN = "۰۱۲۳۴۵۶۷۸۹"
_NASKH = "Noto Naskh Arabic"
_RTL, _HIGH = Direction.RTL, Risk.HIGH

ENGLISH = Language(
    "en", "eng_Latn", "English", "English", "Latn",
    formulas=("flesch_kincaid", "smog", "flesch_reading_ease"),
)  # fmt: skip

LANGUAGES: tuple[Language, ...] = (
    ENGLISH,
    Language("es", "spa_Latn", "Spanish", "Español", "Latn",
             formulas=("szigriszt_pazos", "fernandez_huerta"),
             letters="áéíóúüñ¿¡"),
    Language("pt-BR", "por_Latn", "Portuguese (Brazil)", "Português (Brasil)", "Latn",
             formulas=("martins_flesch",), aliases=("pob", "pt_br"),
             letters="ãáâàçéêíóôõú"),
    Language("fr", "fra_Latn", "French", "Français", "Latn", formulas=("kandel_moles",),
             letters="àâæçéèêëîïôœùû«»"),
    Language("de", "deu_Latn", "German", "Deutsch", "Latn",
             formulas=("amstad", "wiener_sachtextformel"),
             letters="äöüß"),
    Language("it", "ita_Latn", "Italian", "Italiano", "Latn", formulas=("gulpease",),
             letters="àèéìòù"),
    Language("nl", "nld_Latn", "Dutch", "Nederlands", "Latn", formulas=("douma",)),
    Language("hu", "hun_Latn", "Hungarian", "Magyar", "Latn", formulas=("flesch_hu",),
             letters="áéíóöőúüű"),
    Language("pl", "pol_Latn", "Polish", "Polski", "Latn", formulas=("fog_pl",),
             letters="ąćęłńóśźż"),
    Language("tr", "tur_Latn", "Turkish", "Türkçe", "Latn", formulas=("atesman",),
             letters="çğıİöşü"),
    Language("ht", "hat_Latn", "Haitian Creole", "Kreyòl ayisyen", "Latn", risk=_HIGH,
             letters="àèéòâ"),
    # Hmong Daw in the Romanized Popular Alphabet, as clinics in the USA print it.
    Language("hmn", "", "Hmong", "Hmoob", "Latn", risk=_HIGH, aliases=("mww",)),
    Language("vi", "vie_Latn", "Vietnamese", "Tiếng Việt", "Latn",
             letters="ăâđêôơưáàảãạ"),
    Language("so", "som_Latn", "Somali", "Soomaali", "Latn", risk=_HIGH),
    Language("sw", "swh_Latn", "Swahili", "Kiswahili", "Latn", aliases=("swa",)),
    Language("tl", "tgl_Latn", "Tagalog", "Tagalog", "Latn", aliases=("fil",),
             letters="ñáéíóú"),
    Language("id", "ind_Latn", "Indonesian", "Bahasa Indonesia", "Latn"),
    Language("ru", "rus_Cyrl", "Russian", "Русский", "Cyrl", formulas=("oborneva",)),
    Language("uk", "ukr_Cyrl", "Ukrainian", "Українська", "Cyrl",
             letters="ґєіїʼ"),
    Language("hy", "hye_Armn", "Armenian", "Հայերեն", "Armn", font="Noto Sans Armenian",
             risk=_HIGH),
    Language("ar", "arb_Arab", "Arabic", "العربية", "Arab", _RTL, _NASKH, _ARABIC,
             formulas=("osman",), aliases=("ara",),
             letters="،؛؟ءآأؤإئةى"),
    Language("fa", "pes_Arab", "Farsi", "فارسی", "Arab", _RTL, _NASKH, _PERSIAN, risk=_HIGH,
             aliases=("fas",),
             letters="،؛؟پچژگ\u200c"),
    Language("prs", "prs_Arab", "Dari", "دری", "Arab", _RTL, _NASKH, _PERSIAN, risk=_HIGH,
             letters="،؛؟پچژگ\u200c"),
    Language("ps", "pbt_Arab", "Pashto", "پښتو", "Arab", _RTL, _NASKH, _PERSIAN, risk=_HIGH,
             aliases=("pus",),
             letters="ټځډړږښګڼېۍ"),
    Language("ur", "urd_Arab", "Urdu", "اردو", "Arab", _RTL, _NASKH, _PERSIAN, risk=_HIGH,
             letters="،؛؟ٹڈڑںےہ"),
    Language("he", "heb_Hebr", "Hebrew", "עברית", "Hebr", _RTL, "Noto Sans Hebrew"),
    Language("zh-Hans", "zho_Hans", "Chinese (Simplified)", "简体中文", "Hans",
             font="Noto Sans CJK SC", aliases=("cmn_Hans", "zh", "zh_CN")),
    Language("zh-Hant", "zho_Hant", "Chinese (Traditional)", "繁體中文", "Hant",
             font="Noto Sans CJK TC", risk=_HIGH, aliases=("cmn_Hant", "zh_TW")),
    Language("ja", "jpn_Jpan", "Japanese", "日本語", "Jpan", font="Noto Sans CJK JP"),
    Language("ko", "kor_Hang", "Korean", "한국어", "Kore", font="Noto Sans CJK KR"),
    Language("hi", "hin_Deva", "Hindi", "हिन्दी", "Deva", font="Noto Sans Devanagari",
             digits="०१२३४५६७८९"),
    Language("ne", "npi_Deva", "Nepali", "नेपाली", "Deva", font="Noto Sans Devanagari",
             digits="०१२३४५६७८९", risk=_HIGH, aliases=("nep",)),
    Language("bn", "ben_Beng", "Bengali", "বাংলা", "Beng", font="Noto Sans Bengali",
             digits="০১২৩৪৫৬৭৮৯"),
    Language("ta", "tam_Taml", "Tamil", "தமிழ்", "Taml", font="Noto Sans Tamil", risk=_HIGH),
    Language("my", "mya_Mymr", "Burmese", "မြန်မာ", "Mymr", font="Noto Sans Myanmar",
             digits="၀၁၂၃၄၅၆၇၈၉", risk=_HIGH),
    Language("km", "khm_Khmr", "Khmer", "ខ្មែរ", "Khmr", font="Noto Sans Khmer",
             digits="០១២៣៤៥៦៧៨៩", risk=_HIGH),
    Language("th", "tha_Thai", "Thai", "ไทย", "Thai", font="Noto Sans Thai",
             digits="๐๑๒๓๔๕๖๗๘๙"),
    Language("lo", "lao_Laoo", "Lao", "ລາວ", "Laoo", font="Noto Sans Lao",
             digits="໐໑໒໓໔໕໖໗໘໙", risk=_HIGH),
    Language("am", "amh_Ethi", "Amharic", "አማርኛ", "Ethi", font="Noto Sans Ethiopic", risk=_HIGH),
    Language("ti", "tir_Ethi", "Tigrinya", "ትግርኛ", "Ethi", font="Noto Sans Ethiopic", risk=_HIGH),
)  # fmt: skip

# Browsers and health records name Chinese by region, the table by script.
CHINESE = {
    "zh": "zh-hans", "zh-cn": "zh-hans", "zh-sg": "zh-hans",
    "zh-tw": "zh-hant", "zh-hk": "zh-hant", "zh-mo": "zh-hant",
}  # fmt: skip
_ANY_CHINESE = ("zh", "chi", "zho", "cmn")
# What other programs call languages: ISO 639-2/B, retired ISO 639-1 codes, and a mistake that
# clients of MedlinePlus Connect make.
_OTHER_NAMES = {
    "sp": "es", "iw": "he", "in": "id", "fre": "fr", "ger": "de", "dut": "nl", "per": "fa",
    "arm": "hy", "bur": "my", "fa-af": "prs",
}  # fmt: skip

_BY_CODE = {language.code.lower(): language for language in LANGUAGES}
_BY_FLORES = {language.flores.lower(): language for language in LANGUAGES if language.flores}


def get(code: str) -> Language:
    """The language of a BCP-47 tag or a FLORES-200 code; ``UnknownLanguage`` for any other."""
    key = code.strip().replace("_", "-").lower()
    found = _BY_CODE.get(key) or _BY_FLORES.get(code.strip().lower())
    if found is None:
        known = ", ".join(language.code for language in LANGUAGES)
        raise UnknownLanguage(f"Unknown language “{code}”. Known languages: {known}.")
    return found


def _bases() -> dict[str, Language]:
    """Languages by their bare codes of two or three letters; Chinese needs its script as well."""
    found: dict[str, Language] = {}
    for language in LANGUAGES:
        base = language.code.partition("-")[0].lower()
        bare = (code for code in language.aliases if "_" not in code)
        for code in (base, language.flores[:3], *bare):
            if code and base not in _ANY_CHINESE:
                found.setdefault(code, language)
    return found


_BY_BASE = _bases()


def from_tag(tag: str) -> Language | None:
    """The language that another program means by a BCP-47 tag or an ISO 639 code of any part."""
    key = tag.strip().replace("_", "-").lower()
    key = _OTHER_NAMES.get(key, key).lower()
    base, *rest = key.split("-")
    if base in _ANY_CHINESE:
        named = (CHINESE.get(f"zh-{part}", f"zh-{part}") for part in rest)
        return next((_BY_CODE[code] for code in named if code in _BY_CODE), _BY_CODE[CHINESE["zh"]])
    return _BY_CODE.get(key) or _BY_BASE.get(base) or _BY_CODE.get(_OTHER_NAMES.get(base, ""))


def translated() -> tuple[Language, ...]:
    """Every language that English is translated into."""
    return tuple(language for language in LANGUAGES if language is not ENGLISH)


def in_table_order(codes: Iterable[str]) -> list[Language]:
    """The languages of ``codes`` as the table has them; what it has not is left out."""
    wanted = set(codes)
    return [language for language in LANGUAGES if language.code in wanted]
