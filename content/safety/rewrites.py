"""The checks of an English rewrite. Which exist is this literal tuple: no setting can switch one off."""

import re
from collections.abc import Iterable

from content.safety.base import Check, Finding
from content.safety.certainty import CertaintyKept
from content.safety.conditions import ConditionsKept, DirectionKept
from content.safety.coverage import ContentKept, DrugsKept, NothingAdded
from content.safety.frequency import FrequencyKept
from content.safety.glossary import hints
from content.safety.haste import UrgencyKept
from content.safety.leakage import LengthInBounds, NoLeakage, NoOrders
from content.safety.limits import LabelsKept, LimitsKept
from content.safety.markup import NoControlTokens, NotEmpty, PhoneNumbersKept, PlaceholdersKept
from content.safety.numbers import NumbersKept
from content.safety.paraphrase import WordsAkin
from content.safety.polarity import PolarityKept
from content.safety.population import ReaderKept
from content.safety.qualifiers import QualifiersKept
from content.safety.repetition import NoRepetition
from content.text.segments import split_sentences

REWRITE_CHECKS: tuple[Check, ...] = (
    NotEmpty(),
    NoControlTokens(),
    NoOrders(),
    NoLeakage(),
    PlaceholdersKept(),
    PhoneNumbersKept(),
    NumbersKept(),
    FrequencyKept(),
    LimitsKept(),
    LabelsKept(),
    DrugsKept(),
    PolarityKept(),
    UrgencyKept(),
    ConditionsKept(),
    DirectionKept(),
    CertaintyKept(),
    QualifiersKept(),
    ReaderKept(),
    ContentKept(),
    NothingAdded(),
    WordsAkin(),
    LengthInBounds(),
    NoRepetition(),
)

_QUOTED = re.compile(r"“([^”]+)”")
_FORBIDS = re.compile(r"\b(?:not|never|avoid|stop|unless|without|no)\b", re.IGNORECASE)
_AT_MOST = 6


def retry_hints(source: str, findings: Iterable[Finding]) -> tuple[list[str], list[str]]:
    """(what the next try must say, what it must not say), at most six of each.

    The writer is asked once more without its first answer: shown it, a small model repeats it.
    Technical terms are asked for in their plain words.
    """
    must_say: dict[str, None] = {}
    do_not_say: dict[str, None] = {}
    for finding in findings:
        must_say |= dict.fromkeys(_wanted(source, finding))
        do_not_say |= dict.fromkeys(_unwanted(finding))
    return list(must_say)[:_AT_MOST], list(do_not_say)[:_AT_MOST]


def _wanted(source: str, finding: Finding) -> list[str]:
    """Words of the source that the finding misses."""
    if finding.check == PolarityKept.id:
        return [part for part in split_sentences(source) if _FORBIDS.search(part)][:1]
    if finding.check in ("numbers", "units"):
        lost = re.match(r"(.+?) (?:is missing|became)", finding.message)
        return [lost[1]] if lost else []
    if not any(words in finding.message for words in ("missing", "of the source")):
        return []
    return [_in_plain_words(words) for words in _QUOTED.findall(finding.message)]


def _unwanted(finding: Finding) -> list[str]:
    """Words of the rewrite that the source does not license."""
    if finding.check in ("numbers", "units"):
        new = re.match(r"(.+?) is not in the source|.+ became (.+)\.", finding.message)
        return [new[1] or new[2]] if new else []
    told = any(
        words in finding.message for words in ("not in the source", "opposite of", "more certain")
    )
    return (
        [_in_plain_words(words) for words in _QUOTED.findall(finding.message)[:1]] if told else []
    )


def _in_plain_words(words: str) -> str:
    frequency = re.fullmatch(r"(\d+) a (\w+)", words)
    if frequency:
        return (
            f"{frequency[1]} times a {frequency[2]}"
            if frequency[1] != "1"
            else f"once a {frequency[2]}"
        )
    return dict(hints(words)).get(words, words)
