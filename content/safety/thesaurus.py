"""Which English words have to do with each other, from WordNet.

Wide on purpose: "provoke" and "cause", but "aspirin" and "medicine" too. Two words that are *not*
akin are hardly ever a paraphrase of each other; that two are akin proves nothing.
"""

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

FILE = Path(__file__).with_name("thesaurus.txt")


def akin(one: str, others: Iterable[str]) -> bool:
    """Whether a stem is related to some stem of ``others``, or is one of them."""
    kin = _named_by(one)
    return any(other == one or other in kin or one in _named_by(other) for other in others)


@lru_cache(maxsize=20_000)
def _named_by(one: str) -> frozenset[str]:
    return frozenset(_lines().get(one, "").split())


@lru_cache(maxsize=1)
def _lines() -> dict[str, str]:
    """The table as it is written: half a million sets of words would take 100 MB."""
    rows = FILE.read_text(encoding="utf-8").splitlines()
    split = (row.partition("\t") for row in rows if not row.startswith("#"))
    return {one: kin for one, _, kin in split}
