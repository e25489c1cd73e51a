"""Rules for a sentence before it reaches any engine, whatever the engine.

Each rule answers a fault seen in a real engine. Both engines normalise by NFKC, which turns "1½" into
"11⁄2" and "10⁹" into "109"; characters outside the vocabulary vanish, so that "5 µg" came back as
"5 g" and "≥ 38" as "38".
"""

import re
import unicodedata
from collections.abc import Sequence

from content.engines.translator.base import SentenceRefused
from content.languages import ENGLISH, Language
from content.text.segments import split_sentences

_FRACTION = re.compile(r"(\d?)([¼-¾⅐-⅞↉])")
_POWER = re.compile(r"\d[⁰¹²³⁴-⁻₀-₋]")
_FRACTION_SLASH = "⁄"


def plain(sentence: str) -> str:
    """``sentence`` without outer space, its fraction characters spelt out: "1½" becomes "1 1/2"."""
    return _FRACTION.sub(_spell, sentence.strip()).replace(_FRACTION_SLASH, "/")


def _spell(match: re.Match[str]) -> str:
    whole, fraction = match.groups()
    spelt = unicodedata.normalize("NFKC", fraction).replace(_FRACTION_SLASH, "/")
    return f"{whole} {spelt}" if whole else spelt


def require_one_sentence(index: int, sentence: str, language: Language = ENGLISH) -> None:
    """Raise ``SentenceRefused`` for what is no single sentence, and for control characters.

    NLLB-200 silently drops what follows the first sentence (transformers issue 24169).
    """
    if not sentence.strip():
        raise SentenceRefused(index, "There is no text to translate.")
    if sentence.splitlines() != [sentence]:
        raise SentenceRefused(
            index, "The text has a line break: translate each line as a sentence of its own."
        )
    if len(split_sentences(sentence, language.code)) > 1:
        raise SentenceRefused(index, "The text is more than one sentence: translate each alone.")
    refuse_unreadable(index, sentence)


def refuse_unreadable(index: int, sentence: str) -> None:
    """Raise ``SentenceRefused`` for control characters, and for powers such as "10⁹"."""
    control = next((mark for mark in sentence if unicodedata.category(mark) in ("Cc", "Co")), None)
    if control:
        raise SentenceRefused(index, f"The text has a control character ({name(control)}).")
    if power := _POWER.search(sentence):
        raise SentenceRefused(
            index, f"“{power[0]}” would be read as a plain number: write it in words."
        )


def refuse_unknown(index: int, spans: Sequence[str]) -> None:
    """Raise ``SentenceRefused`` if there are ``spans``: text that the engine's vocabulary lacks."""
    if not spans:
        return
    marks = dict.fromkeys("".join(spans).replace(" ", ""))
    named = ", ".join(f"“{mark}” ({name(mark)})" for mark in marks) or "a character of this text"
    raise SentenceRefused(
        index, f"The translation engine cannot read {named}: write it in other words."
    )


def name(character: str) -> str:
    """The Unicode name of one character in lower case, or its number."""
    return unicodedata.name(character, "").lower() or f"U+{ord(character):04X}"
