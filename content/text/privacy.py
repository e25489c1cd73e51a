"""What looks like a patient's data. The system holds none: such text is refused before it is stored
or sent to a model (DESIGN.md, rule 8).

Every pattern is bounded, so that no input makes it slow. It is a tripwire, not a
de-identification method (45 CFR 164.514 names eighteen identifiers; a bare name cannot be told from
other words).
"""

import re
from dataclasses import dataclass

_DAY_MONTH_YEAR = (
    r"(?:\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{4}-\d{1,2}-\d{1,2}"
    r"|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4}"
    r"|\d{1,2} (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?,? \d{4})"
)
_NAME = r"[A-Z][a-zà-öø-ÿ'’-]{1,30}"
_RELATIVE = (
    r"wom[ae]n|m[ae]n|boy|girl|husband|wife|son|daughter|mother|father|sister|brother|neighbou?r"
)
_STREET = (
    r"(?:street|st|avenue|ave|road|rd|boulevard|blvd|lane|ln|drive|dr|court|ct|place|pl|terrace"
    r"|highway|hwy|parkway|pkwy|way|circle|cir)"
)

# kind, pattern; the first kind that claims a place keeps it.
_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("email address", re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{2,63}){1,4}")),
    (
        "Social Security number",
        re.compile(
            r"(?<![\d-])(?!000|666|9\d\d)\d{3}[- ](?!00)\d{2}[- ](?!0000)\d{4}(?![\d-])"
            r"|\b(?:ssn|social security(?: (?:number|no\.?|#))?)\W{0,5}(?:is )?\d{3}[- ]?\d{2}[- ]?\d{4}\b",
            re.IGNORECASE,
        ),
    ),
    (
        "record number",
        re.compile(
            r"\b(?:mrn|m\.r\.n\.|medical record|(?:patient|chart|record|account|acct|member|policy"
            r"|insurance|medicare|medicaid|case|visit|encounter|health plan|claim)"
            r" {0,2}(?:id|number|num|no\b|#|nr))"
            r"(?: {0,2}(?:id|number|num|no\b|#|nr))?[\s.:#=-]{0,5}(?:is )?"
            r"(?=[a-z]{0,3}-?\d)[a-z]{0,3}-?\d[\da-z-]{3,20}\b",
            re.IGNORECASE,
        ),
    ),
    (
        "date of birth",
        re.compile(
            rf"\b(?:d\.?o\.?b\.?|date of birth|birth ?date|birthday|born(?: on)?|fecha de nacimiento)"
            rf"\W{{0,5}}(?:is |was |on )?{_DAY_MONTH_YEAR}",
            re.IGNORECASE,
        ),
    ),
    (
        "phone number",
        re.compile(
            r"(?<![\d./-])(?:\+?1[-. ]?)?(?:\(\d{3}\) ?|\d{3}[-. ])\d{3}[-. ]\d{4}(?![\d-])"
            r"|(?<![\d./-])\d{3}-\d{4}(?![\d-])"
            r"|(?<![\w+])\+\d{1,3}(?:[-. ]?\d{2,4}){2,5}(?!\d)"
            r"|\b(?:phone|tel|telephone|mobile|cell|call|text|fax)\.?(?: (?:number|no\.?))?"
            r"[:# ]{1,3}(?:is |at |him at |her at |them at )?\d{7,11}\b",
            re.IGNORECASE,
        ),
    ),
    (
        "patient's name",
        re.compile(
            rf"\b(?i:patient|pt|client)(?:'s|’s)? (?i:name(?:d)?|is called|called)(?: (?i:is))?"
            rf"[: ]{{1,3}}(?:(?i:mr|mrs|ms|dr)\.? )?{_NAME}"
            rf"|\b(?i:patient|pt|client)(?::|,)? {{1,2}}(?:(?i:mr|mrs|ms)\.? )?{_NAME} {_NAME}\b"
            rf"|\b(?:Mr|Mrs|Ms|Miss)\.? {_NAME}"
            rf"|\b(?i:name)(?: (?i:of (?:the )?patient))?: {{0,2}}{_NAME} {_NAME}"
            rf"|\b{_NAME},? {_NAME},? \(?\d{{1,3}}[ -]?(?i:y/?o\b|yrs?\b|years?\b|[mf]\b)"
            rf"|\b(?i:{_RELATIVE})(?:,? (?i:named|called))?,? {_NAME}(?: {_NAME})?\b"
        ),
    ),
    (
        "street address",
        re.compile(
            rf"\b\d{{1,5}} (?:[NSEW]\.? )?(?:{_NAME} ){{1,3}}{_STREET.replace('(?:', '(?i:', 1)}\b\.?"
            r"|\b(?i:p\.? ?o\.? box) \d{1,6}\b"
        ),
    ),
)
# What a name pattern must not take for a person.
_NOT_A_PERSON = re.compile(
    r"(?i:education|instructions?|information|handout|safety|care|portal|rights|guide|resources?"
    r"|centered|support|services|experience|advocate|access|population|materials?|learning)\b"
)


@dataclass(frozen=True, slots=True)
class Match:
    """One suspicious place: what it looks like, where (half-open), and the words themselves."""

    kind: str
    span: tuple[int, int]
    text: str


def patient_data(text: str) -> list[Match]:
    """What in ``text`` looks like a patient's data, in order of appearance; empty when nothing does."""
    found: list[Match] = []
    taken = bytearray(len(text))
    for kind, pattern in _PATTERNS:
        for hit in pattern.finditer(text):
            start, end = hit.span()
            name = kind == "patient's name"
            if not any(taken[start:end]) and not (name and _NOT_A_PERSON.search(hit.group())):
                found.append(Match(kind, (start, end), hit.group()))
                taken[start:end] = b"\1" * (end - start)
    return sorted(found, key=lambda match: match.span)
