"""What a program can judge of the instruments, and why; everything else is left to a person.

A characteristic holds where it holds nearly always, in 80 % of the places (PEMAT user's guide). An
item is judged by itself only where the text or the layout decides it; often only one of the two
answers can be known ("these words are hard"), and the item stays open for the other.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from content.models import Edition, SectionKey, Segment
from content.services import quality
from content.services.outline import HELP
from content.text.aids import LONGEST, terms
from content.text.grammar import is_command, passives, tells_others
from content.text.instruments import Value
from content.text.segments import split_sentences, word_count

NEARLY_ALWAYS = 0.8
LONGEST_LIST = 7  # items; CDC: longer lists are to be broken up

_NUMBER = re.compile(
    r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|twelve|half|twice)\b", re.IGNORECASE
)
_PHONE = re.compile(r"\b911\b|\(?\b\d{3}\)?[ -]\d{3}-\d{4}\b")
_CALCULATION = re.compile(
    r"\b(?:multipl(?:y|ied)|divided? by|subtract|add up|calculate)\b|\d\s*(?:%|percent) of\b",
    re.IGNORECASE,
)
_PROBABILITY = re.compile(
    r"\d\s*(?:%|percent\b)|\b\d[\d,]*\s+(?:in|out of)\s+(?:every\s+)?\d", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Judgement:
    """``reason`` is a sentence for the person who may overrule it."""

    value: Value
    reason: str


@dataclass(frozen=True)
class Facts:
    """What the judges ask of an edition."""

    segments: tuple[Segment, ...]
    quality: dict[str, Any]

    @cached_property
    def body(self) -> list[Segment]:
        return [segment for segment in self.segments if not segment.is_label]

    @cached_property
    def sentences(self) -> list[str]:
        return [text for segment in self.body for text in split_sentences(segment.text)]

    @cached_property
    def commands(self) -> list[tuple[Segment, str]]:
        """Sentences that tell the reader what to do, with the segments that they stand in."""
        pairs = ((row, text) for row in self.body for text in split_sentences(row.text))
        return [(segment, text) for segment, text in pairs if is_command(text)]

    @cached_property
    def key_points(self) -> list[str]:
        """What opens the handout; without its heading it is not shown (`publishing`)."""
        headed = any(s.is_label and s.section == SectionKey.KEY_POINTS for s in self.segments)
        return [segment.text for segment in self.segments if segment.key_point] if headed else []

    @cached_property
    def chunks(self) -> list[list[Segment]]:
        """Runs of paragraphs or of list items, cut at every heading."""
        runs = groupby(self.segments, key=lambda s: (s.section, s.kind, s.is_label))
        return [list(rows) for (_section, _kind, label), rows in runs if not label]

    @cached_property
    def lists(self) -> list[int]:
        """How many items each list has."""
        return [len(rows) for rows in self.chunks if rows[0].kind == Segment.Kind.LIST_ITEM]

    @cached_property
    def unheaded(self) -> set[str]:
        headed = {s.section for s in self.segments if s.kind == Segment.Kind.HEADING}
        return {segment.section for segment in self.body} - headed

    def segments_with(self, kind: str) -> int:
        """How many segments of the body have a note of ``kind``."""
        rows = self.quality["segments"]
        return sum(any(n["kind"] == kind for n in row["notes"]) for row in rows if not row["label"])

    def says(self, pattern: re.Pattern[str]) -> bool:
        return any(pattern.search(_PHONE.sub("", text)) for text in self.sentences)


def judge(edition: Edition) -> dict[str, Judgement]:
    """{item: judgement} over all instruments, for the items that the text or the layout decides."""
    facts = Facts(tuple(edition.segments.all()), quality.current(edition))
    found = {item: judge(facts) for item, judge in _JUDGES.items()}
    return {item: judgement for item, judgement in found.items() if judgement}


def _answer(holds: bool, reason: str) -> Judgement:
    return Judgement("yes" if holds else "no", reason)


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


# --- words and sentences ------------------------------------------------------------------------


def _everyday(facts: Facts) -> Judgement:
    hard, of = facts.segments_with("jargon"), len(facts.body)
    reason = ngettext(
        "%(n)s of %(of)s segment has a word that could be plainer.",
        "%(n)s of %(of)s segments have a word that could be plainer.",
        of,
    )
    return _answer(_share(of - hard, of) >= NEARLY_ALWAYS, reason % {"n": hard, "of": of})


def _defined(facts: Facts) -> Judgement:
    known = quality.medical_words()
    told = quality.explained_terms(list(facts.segments))
    found = [term for segment in facts.segments for term in terms(segment.text, known)]
    left = {t.entry for t in found if not t.explained and t.plain not in told}
    if left:
        return Judgement("no", _("Not explained: %s.") % ", ".join(sorted(left)[:8]))
    return Judgement("yes", _("No medical term of the glossary is left unexplained."))


def _active(facts: Facts) -> Judgement:
    passive, of = sum(bool(passives(text)) for text in facts.sentences), len(facts.sentences)
    reason = ngettext(
        "%(n)s of %(of)s sentence is in the active voice.",
        "%(n)s of %(of)s sentences are in the active voice.",
        of,
    )
    share = _share(of - passive, of)
    return _answer(share >= NEARLY_ALWAYS, reason % {"n": of - passive, "of": of})


def _active_message(facts: Facts) -> Judgement | None:
    texts = [*facts.key_points, *(text for _segment, text in facts.commands)]
    if not facts.key_points or not facts.commands:
        return None
    passive = sum(bool(passives(text)) for text in texts)
    reason = ngettext(
        "Of the key points and what the reader is told to do, %s is in the passive voice.",
        "Of the key points and what the reader is told to do, %s are in the passive voice.",
        passive,
    )
    return _answer(not passive, reason % passive)


def _foreign_words(facts: Facts) -> Judgement | None:
    counts = facts.quality["counts"]
    hard = counts["jargon"] + counts["acronym"]
    reason = ngettext(
        "%s word or acronym is neither plain nor explained.",
        "%s words or acronyms are neither plain nor explained.",
        hard,
    )
    return Judgement("no", reason % hard) if hard else None


# --- numbers ------------------------------------------------------------------------------------


def _no_numbers(facts: Facts) -> Judgement | None:
    if facts.says(_NUMBER):
        return None
    return Judgement("na", _("The text has no numbers."))


def _no_calculation(facts: Facts) -> Judgement | None:
    if not facts.says(_CALCULATION):
        return None
    return Judgement(
        "no", _("The text asks for a calculation, for example a percentage of a number.")
    )


def _calculation(facts: Facts) -> Judgement | None:
    asked = _no_calculation(facts)
    return Judgement("yes", asked.reason) if asked else _no_numbers(facts)


def _no_probability(facts: Facts) -> Judgement | None:
    if facts.says(_PROBABILITY):
        return None
    return Judgement("na", _("The text gives no probability in numbers."))


# --- order and layout ---------------------------------------------------------------------------


def _chunked(facts: Facts) -> Judgement:
    short, of = sum(len(rows) <= LONGEST_LIST for rows in facts.chunks), len(facts.chunks)
    reason = ngettext(
        "%(n)s of %(of)s part has %(most)s items or fewer.",
        "%(n)s of %(of)s parts have %(most)s items or fewer.",
        of,
    )
    said = reason % {"n": short, "of": of, "most": LONGEST_LIST}
    return _answer(_share(short, of) >= NEARLY_ALWAYS, said)


def _headed(facts: Facts) -> Judgement:
    if facts.unheaded:
        names = [str(SectionKey(key).label) for key in sorted(facts.unheaded)]
        return Judgement("no", _("Without a heading: %s.") % ", ".join(names))
    return Judgement("yes", _("Every section has a heading."))


def _chunked_and_headed(facts: Facts) -> Judgement:
    chunked, headed = _chunked(facts), _headed(facts)
    return headed if headed.value == "no" else chunked


def _summary(facts: Facts) -> Judgement:
    if n := len(facts.key_points):
        reason = ngettext("%s key point opens the handout.", "%s key points open the handout.", n)
        return Judgement("yes", reason % n)
    return Judgement("no", _("The handout opens without key points."))


def _cues(facts: Facts) -> Judgement | None:
    boxed = facts.key_points or any(segment.section in HELP for segment in facts.body)
    reason = _("The layout puts key points and when to get help into boxes.")
    return Judgement("yes", reason) if boxed else None


def _lists(facts: Facts) -> Judgement:
    longest = max(facts.lists, default=0)
    if not longest:
        return Judgement("no", _("The text has no list."))
    reason = ngettext(
        "The longest list has %(n)s item; at most %(most)s are easy to take in.",
        "The longest list has %(n)s items; at most %(most)s are easy to take in.",
        longest,
    )
    return _answer(longest <= LONGEST_LIST, reason % {"n": longest, "most": LONGEST_LIST})


def _no_pictures(_facts: Facts) -> Judgement:
    return Judgement("na", _("The handout has no pictures, tables or charts."))


def _no_visual(_facts: Facts) -> Judgement:
    return Judgement("no", _("The handout has no pictures, tables or charts."))


# --- actions ------------------------------------------------------------------------------------


def _acts(facts: Facts) -> Judgement | None:
    if not facts.commands:
        return None
    _segment, first = facts.commands[0]
    n = len(facts.commands)
    reason = ngettext(
        "%(n)s sentence tells the reader what to do: “%(text)s”",
        "%(n)s sentences tell the reader what to do, the first: “%(text)s”",
        n,
    )
    return Judgement("yes", reason % {"n": n, "text": first})


def _addressed(facts: Facts) -> Judgement | None:
    others = sum(tells_others(text) for text in facts.sentences)
    of = len(facts.commands) + others
    if not of:
        return None
    reason = ngettext(
        "%(n)s of %(of)s instruction speaks to the reader; any other tells of “adults” or “patients”.",
        "%(n)s of %(of)s instructions speak to the reader; the others tell of “adults” or “patients”.",
        of,
    )
    share = _share(len(facts.commands), of)
    return _answer(share >= NEARLY_ALWAYS, reason % {"n": len(facts.commands), "of": of})


def _stepwise(facts: Facts) -> Judgement | None:
    steps = sum(
        segment.kind == Segment.Kind.LIST_ITEM and word_count(text) <= LONGEST
        for segment, text in facts.commands
    )
    of = len(facts.commands)
    if not of or _share(steps, of) < NEARLY_ALWAYS:
        return None
    reason = ngettext(
        "%(n)s of %(of)s instruction is a list item of %(most)s words or fewer.",
        "%(n)s of %(of)s instructions are list items of %(most)s words or fewer.",
        of,
    )
    return Judgement("yes", reason % {"n": steps, "of": of, "most": LONGEST})


_JUDGES: dict[str, Callable[[Facts], Judgement | None]] = {
    "p3": _everyday,
    "p4": _defined,
    "p5": _active,
    "p6": _no_numbers,
    "p7": _no_calculation,
    "p8": _chunked,
    "p9": _headed,
    "p11": _summary,
    "p12": _cues,
    "p16": _no_pictures,
    "p17": _no_pictures,
    "p18": _no_pictures,
    "p19": _no_pictures,
    "p20": _acts,
    "p21": _addressed,
    "p22": _stepwise,
    "p25": _no_pictures,
    "c4": _no_visual,
    "c5": _acts,
    "c6": _active_message,
    "c7": _foreign_words,
    "c8": _lists,
    "c9": _chunked_and_headed,
    "c10": _summary,
    "c12": _acts,
    "c15": _no_numbers,
    "c16": _no_numbers,
    "c17": _calculation,
    "c20": _no_probability,
}
