"""Which statements go into a handout, under which heading, in which order. No model is asked."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from content.models import Purpose, SectionKey, Statement

S = SectionKey

# Headings as patients read them; template text, not written by a model.
HEADINGS: dict[SectionKey, str] = {
    S.KEY_POINTS: "Key points",
    S.EMERGENCY: "When to get emergency help",
    S.CALL: "When to call your clinic",
    S.ABOUT: "What it is",
    S.DO: "What to do",
    S.PREPARE: "Before the test",
    S.MEDICINES: "Medicines",
    S.SIDE_EFFECTS: "Side effects",
    S.LIVING: "Food and activity",
    S.FOLLOW_UP: "Follow-up",
}

HELP = (S.EMERGENCY, S.CALL)

# The body of each purpose. The help box is part of every handout.
BODY: dict[Purpose, tuple[SectionKey, ...]] = {
    Purpose.CONDITION: (
        S.ABOUT, S.DO, S.PREPARE, S.MEDICINES, S.SIDE_EFFECTS, S.LIVING, S.FOLLOW_UP,
    ),
    # What to eat and what to do belong to a medicine: alcohol, vitamin K, a low blood sugar.
    Purpose.MEDICINE: (S.MEDICINES, S.DO, S.SIDE_EFFECTS, S.LIVING, S.FOLLOW_UP),
    Purpose.PROCEDURE: (S.ABOUT, S.PREPARE, S.MEDICINES, S.DO, S.FOLLOW_UP),
    Purpose.DISCHARGE: (S.DO, S.MEDICINES, S.LIVING, S.FOLLOW_UP),
    Purpose.SELF_CARE: (S.DO, S.LIVING, S.FOLLOW_UP),
    Purpose.PREVENTION: (S.ABOUT, S.DO, S.LIVING, S.FOLLOW_UP),
}  # fmt: skip

# Where the key points are drawn from, in this order, one statement each. The help box stands
# beside them, so it lends none.
KEY_SECTIONS = (S.DO, S.MEDICINES, S.PREPARE, S.LIVING, S.ABOUT, S.SIDE_EFFECTS)
KEY_POINTS = 4

# Headings of sources, tried in order; the first pattern that is found names the section.
_PATTERNS: tuple[tuple[re.Pattern[str], SectionKey], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), section)
    for pattern, section in (
        (r"\bemergency\b|\b911\b", S.EMERGENCY),
        (r"\bcall\b.*\b(clinic|doctor|provider|team)\b|when to (call|see|get)", S.CALL),
        (r"side effects?|\brisks?\b|complications?", S.SIDE_EFFECTS),
        (r"\bbefore\b.*\b(test|procedure|surgery|exam)|\bprepar", S.PREPARE),
        (r"\bmedicines?\b|medications?|\bdrugs?\b|\btreat", S.MEDICINES),
        (r"\bfood\b|\beat|\bdiet|activity|exercise|nutrition", S.LIVING),
        (r"follow.?up|check.?ups?|\bresults\b", S.FOLLOW_UP),
        (r"what to do|\bmanage|self.?care|\bprevent|\blive with|\bhow can i\b", S.DO),
    )
)


@dataclass(frozen=True, slots=True)
class Outline:
    """Chosen statements by section in reading order, and those that the purpose leaves out."""

    sections: tuple[tuple[SectionKey, tuple[Statement, ...]], ...]
    left_out: tuple[Statement, ...]

    @property
    def statements(self) -> list[Statement]:
        return [statement for _section, statements in self.sections for statement in statements]


def section_of(heading: str) -> SectionKey:
    """The section that a source's heading belongs to; what is not recognised is background."""
    for pattern, section in _PATTERNS:
        if pattern.search(heading):
            return section
    return S.ABOUT


def outline(purpose: Purpose, statements: Iterable[Statement]) -> Outline:
    """Sort ``statements`` into the sections of ``purpose``, keeping their order."""
    order = (*HELP, *BODY[purpose])
    chosen: dict[SectionKey, list[Statement]] = {section: [] for section in order}
    left_out: list[Statement] = []
    for statement in statements:
        chosen.get(section_of(statement.section), left_out).append(statement)
    filled = tuple((section, tuple(chosen[section])) for section in order if chosen[section])
    return Outline(filled, tuple(left_out))


def key_points(sections: Iterable[tuple[SectionKey, tuple[Statement, ...]]]) -> set[int]:
    """Primary keys of the statements that open the handout: the first of each key section.

    A list fragment says nothing by itself and is passed over.
    """
    whole = {
        section: [s.pk for s in statements if not s.lead_in] for section, statements in sections
    }
    first = {section: keys[0] for section, keys in whole.items() if keys}
    present = [section for section in KEY_SECTIONS if section in first]
    return {first[section] for section in present[:KEY_POINTS]}
