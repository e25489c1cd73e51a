"""The shelves of the portal's library: a handout stands where its first topic code says.

Chapters are those of ICD-10-CM; codes of medicines (RxNorm) and of tests (LOINC) have shelves of
their own. What no chapter names, or only SNOMED CT or MeSH do, stands with the others.
"""

from collections.abc import Iterable

OTHER = "other"
# First and last three-character category of a chapter or block, and its shelf.
_BLOCKS: tuple[tuple[str, str, str], ...] = (
    ("A00", "B99", "infections"),
    ("C00", "D49", "cancer"),
    ("D50", "D89", "blood"),
    ("E08", "E13", "diabetes"),
    ("E00", "E89", "hormones"),
    ("F01", "F99", "mind"),
    ("G00", "G99", "brain"),
    ("H00", "H59", "eyes"),
    ("H60", "H95", "ears"),
    ("I00", "I99", "heart"),
    ("J00", "J99", "lungs"),
    ("K00", "K95", "digestion"),
    ("L00", "L99", "skin"),
    ("M00", "M99", "bones"),
    ("N00", "N99", "kidneys"),
    ("O00", "P96", "pregnancy"),
    ("S00", "T88", "injuries"),
    ("U07", "U09", "infections"),
)
_BY_SYSTEM = {"RxNorm": "medicines", "LOINC": "tests"}
# In the order of the library; names in every language are messages of `content.portal.areas`.
AREAS = (*dict.fromkeys(shelf for _first, _last, shelf in _BLOCKS), *_BY_SYSTEM.values(), OTHER)


def area(codes: Iterable[tuple[str, str]]) -> str:
    """The shelf of the first of ``codes``, (system, code) each, that has one."""
    found = (_of(system, code) for system, code in codes)
    return next((shelf for shelf in found if shelf), OTHER)


def _of(system: str, code: str) -> str:
    if system != "ICD-10-CM":
        return _BY_SYSTEM.get(system, "")
    category = code[:3].upper()
    return next((shelf for first, last, shelf in _BLOCKS if first <= category <= last), "")
