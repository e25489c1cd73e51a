"""What must come through untouched: placeholders, addresses, phone numbers, tags and bold marks.

Also the traces of a model that lost its way: control tokens and replacement characters.
"""

import re
from collections import Counter
from collections.abc import Iterator

from content.languages import LANGUAGES
from content.safety.base import Finding, Pair, Severity

_DIGITS = str.maketrans(
    {native: str(value) for language in LANGUAGES for value, native in enumerate(language.digits)}
)
_LINK = re.compile(
    r"https?://[^\s<>\"'）)。，、]+|www\.[^\s<>\"'）)。，、]+|[\w.+-]+@[\w-]+(?:\.[A-Za-z-]+)+"
)
_KEPT: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "placeholder",
        re.compile(r"\{\{?[^{}]*\}\}?|%\(\w+\)s|%[sd]\b|\$\{\w+\}|\[\[?[A-Z_]{3,}\]?\]"),
    ),
    ("address", _LINK),
    ("tag", re.compile(r"</?[a-zA-Z][^<>]*>")),
)
_PHONE = re.compile(
    r"(?<![\d.])(?:\+?\d{1,2}[-. ]?)?(?:\(\d{3}\)|\d{3})[-. ]\d{3}[-. ]\d{4}(?!\d)"
    r"|(?<![\d.-])\d{3}-\d{4}(?![\d-])|(?<![\d.,])(?:911|988|112|999|811|211)(?![.,]?\d|\s?%)"
)
_BOLD = re.compile(r"\*\*|__")
_CONTROL = re.compile(
    r"<(?:unk|pad|s|/s|mask|bos|eos|extra_id_\d+)>|<\|[^|<>]{1,30}\|>|\ufffd|⁇"
    r"|\b[a-z]{3}_(?:Latn|Cyrl|Arab|Hans|Hant|Deva|Hang|Ethi|Beng|Taml|Mymr|Khmr|Thai|Laoo|Jpan)\b"
)


class PlaceholdersKept:
    """Every placeholder, address and tag of the source stands in the target, and no other."""

    id = "placeholders"

    def findings(self, pair: Pair) -> Iterator[Finding]:
        for name, pattern in _KEPT:
            source, target = _counts(pattern, pair.source), _counts(pattern, pair.target)
            for lost in source - target:
                message = f"The {name} “{lost}” must stand in the text unchanged."
                yield _block(self.id, message, insert=lost)
            for added in target - source:
                span = _span(pair.target, added)
                yield _block(self.id, f"The {name} “{added}” is not in the source.", span)
        if len(_BOLD.findall(pair.source)) != len(_BOLD.findall(pair.target)):
            yield _block(self.id, "The bold marks (**) differ from the source: one is missing.")


_AMBULANCE = re.compile(r"\b(?:ambulance|emergency medical services|EMS)\b", re.IGNORECASE)


class PhoneNumbersKept:
    """A phone number is the same, digit for digit."""

    id = "phone_numbers"

    def findings(self, pair: Pair) -> Iterator[Finding]:
        source, target = _phones(pair.source), _phones(pair.target)
        for lost in source - target:
            words = lost if lost in pair.source else ""  # as people write it, or not at all
            message = f"The phone number {lost} is missing or changed."
            yield _block(self.id, message, insert=words)
        called = Counter({"911": 9} if _AMBULANCE.search(pair.source) else {})
        for added in target - source - called:
            yield _block(self.id, f"The phone number {added} is not in the source.")


class NoControlTokens:
    id = "control_tokens"

    def findings(self, pair: Pair) -> Iterator[Finding]:
        for match in _CONTROL.finditer(pair.target):
            if match.group() not in pair.source:
                message = f"“{match.group()}” is a sign of a translation error, not text."
                yield _block(self.id, message, match.span())


class NotEmpty:
    id = "empty"

    def findings(self, pair: Pair) -> Iterator[Finding]:
        if pair.source.strip() and not re.search(r"\w", pair.target):
            yield _block(self.id, "There is no text here.")


def without_kept(text: str) -> str:
    """``text`` with everything that must stay as it is replaced by spaces, length unchanged."""
    for _, pattern in _KEPT:
        text = pattern.sub(lambda match: " " * len(match.group()), text)
    return text


def _counts(pattern: re.Pattern[str], text: str) -> Counter[str]:
    return Counter(match.group().rstrip(".,;:!?") for match in pattern.finditer(text))


def _phones(text: str) -> Counter[str]:
    plain = _LINK.sub(" ", text.translate(_DIGITS))
    return Counter(re.sub(r"\D", "", match.group()) for match in _PHONE.finditer(plain))


def _span(text: str, part: str) -> tuple[int, int] | None:
    start = text.find(part)
    return (start, start + len(part)) if start >= 0 else None


def _block(
    check: str, message: str, span: tuple[int, int] | None = None, insert: str = ""
) -> Finding:
    return Finding(check, Severity.BLOCKING, message, span, insert)
