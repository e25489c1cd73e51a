"""Upper limits in a translation: "do not take more than 5 mg" must not become "take more than 5 mg"."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from content.safety.base import Finding, Pair, Severity
from content.safety.lexicon import word_pattern
from content.safety.negation_words import NO

# What an English source forbids to go beyond.
CEILING = re.compile(
    r"(?:\b(?:not|never)|n['’]t) (?:[\w'’-]+ ){0,4}?(?:more|longer|over|higher|later|greater|above)(?: often)? than\b"
    r"|\bno (?:more|longer|later|higher) than\b|(?:\b(?:not|never)|n['’]t) (?:[\w'’-]+ ){0,2}?exceed(?:ing)?\b",
    re.IGNORECASE,
)
# How else a language says it, without "not".
_AT_MOST: dict[str, str] = {
    "es": "máxim|como mucho|a lo sumo|hasta|límit|limit|solo|sólo|menos|evit|igual o inferior",
    "pt-BR": "máxim|até|limit|apenas|só$|somente|menos|evit|inferior",
    "fr": "maxim|au plus|jusqu|limit|seulement|moins|évit|inférieur",
    "vi": "tối đa|nhiều nhất|chỉ|giới hạn|hạn chế|dưới|đến|tới",
    "ht": "maksimòm|pi plis|jiska|limit|sèlman|mwens|evite",
    "tl": "pinakamarami|hanggang|limit|lang$|lamang|sukdulan|maximum|mas kaunti|iwas|lalampas",
    "zh-Hans": "最多|至多|以内|以下|上限|限|最大|仅|只|少于|小于|低于",
    "zh-Hant": "最多|至多|以內|以下|上限|限|最大|僅|只|少於|小於|低於",
    "ar": "أقصى|أقصاه|حتى|فقط|الحد|حد$|أقل|يتجاوز|تجاوز",
    "ru": "максим|предел|только|лишь|менее|меньше|огранич|до$",
    "ko": "최대|이하|까지|한도|이내|제한|미만",
    "hi": "अधिकतम|तक$|सीमा|केवल|सिर्फ|कम",
    "so": "ugu badan|ilaa|xad|kaliya|keliya|ka yar",
}


class CeilingKept:
    """An upper limit is said as one: by a "not", or by a "maximum" of the language."""

    id = "ceiling"

    def findings(self, pair: Pair) -> Iterator[Finding]:
        said = CEILING.search(pair.source)
        code = pair.language.code
        if not said or code not in _AT_MOST:
            return
        target = unicodedata.normalize("NFC", pair.target).lower()
        if not any(pattern.search(target) for pattern in _patterns(code)):
            message = f"The limit of the source (“{said.group()}”) is not found here."
            yield Finding(self.id, Severity.BLOCKING, message)


@lru_cache(maxsize=64)
def _patterns(code: str) -> tuple[re.Pattern[str], ...]:
    return tuple(word_pattern(words, code) for words in (NO[code], _AT_MOST[code]) if words)
