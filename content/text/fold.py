"""Words reduced to what a person types when searching: no case, accents or vowel marks."""

import unicodedata

# Letters that compatibility decomposition leaves apart although readers type one for the other:
# Arabic final forms, Persian yeh and kaf; the tatweel only stretches a word.
_SAME = str.maketrans({"ى": "ي", "ة": "ه", "ی": "ي", "ک": "ك", "ٱ": "ا", "ـ": None})


def fold(text: str) -> str:
    """``text`` without case, combining marks of Latin, Greek, Cyrillic, Arabic and Hebrew."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(char for char in decomposed if not _is_accent(char))
    return " ".join(unicodedata.normalize("NFC", kept).translate(_SAME).split())


def _is_accent(char: str) -> bool:
    # Indic vowel signs are combining too, but they are letters of the word, not decoration.
    if not unicodedata.combining(char):
        return False
    return ord(char) < 0x0700
