"""Which statements go into a handout, under which heading, in which order.

Sections follow the source's own headings. A statement without one that we know is sorted: the help
boxes by rule, because a call for help must never end up below "What it is"; the rest by the writer,
which may only choose among the template's sections, or by rule where no writer can.
"""

import re
from collections.abc import Iterable, Mapping
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
    S.DURING: "During the test",
    S.AFTER: "After the test",
    S.PREVENT: "How to lower your risk",
    S.MEDICINES: "Medicines",
    S.SIDE_EFFECTS: "Side effects",
    S.LIVING: "Food and activity",
    S.FOLLOW_UP: "Follow-up",
    S.QUESTIONS: "Questions to ask",
}

HELP = (S.EMERGENCY, S.CALL)


@dataclass(frozen=True, slots=True)
class Template:
    """The body of a purpose in reading order, and what a handout of it must not lack.

    The help boxes are part of every handout: each must have at least one of them.
    """

    body: tuple[SectionKey, ...]
    required: frozenset[SectionKey]


TEMPLATES: dict[Purpose, Template] = {
    Purpose.CONDITION: Template(
        (S.ABOUT, S.DO, S.PREPARE, S.DURING, S.AFTER, S.MEDICINES, S.SIDE_EFFECTS, S.LIVING,
         S.PREVENT, S.FOLLOW_UP, S.QUESTIONS),
        frozenset((S.ABOUT, S.DO)),
    ),
    # What to eat and what to do belong to a medicine: alcohol, vitamin K, a low blood sugar.
    Purpose.MEDICINE: Template(
        (S.MEDICINES, S.DO, S.SIDE_EFFECTS, S.LIVING, S.FOLLOW_UP, S.QUESTIONS),
        frozenset((S.MEDICINES, S.SIDE_EFFECTS)),
    ),
    Purpose.PROCEDURE: Template(
        (S.ABOUT, S.PREPARE, S.MEDICINES, S.DO, S.DURING, S.AFTER, S.FOLLOW_UP, S.QUESTIONS),
        frozenset((S.ABOUT, S.PREPARE)),
    ),
    Purpose.DISCHARGE: Template(
        (S.DO, S.AFTER, S.MEDICINES, S.SIDE_EFFECTS, S.LIVING, S.FOLLOW_UP, S.QUESTIONS),
        frozenset((S.DO, S.MEDICINES, S.FOLLOW_UP)),
    ),
    Purpose.SELF_CARE: Template(
        (S.DO, S.LIVING, S.PREVENT, S.FOLLOW_UP, S.QUESTIONS),
        frozenset((S.DO, S.LIVING)),
    ),
    Purpose.PREVENTION: Template(
        (S.ABOUT, S.PREVENT, S.DO, S.LIVING, S.FOLLOW_UP, S.QUESTIONS),
        frozenset((S.ABOUT, S.PREVENT)),
    ),
}  # fmt: skip

# Where the key points are drawn from, in this order, one statement each. The help box stands
# beside them, so it lends none.
KEY_SECTIONS = (
    S.DO, S.MEDICINES, S.PREPARE, S.PREVENT, S.LIVING, S.ABOUT, S.SIDE_EFFECTS,
)  # fmt: skip
KEY_POINTS = 4

# Headings of sources, tried in order; the first pattern that is found names the section.
_HEADINGS: tuple[tuple[str, SectionKey], ...] = (
    (r"\bemergency\b|\b911\b", S.EMERGENCY),
    (r"\bcall\b.*\b(?:clinic|doctor|provider|team)\b|when to (?:call|see|get)", S.CALL),
    (r"questions? to ask|\bask (?:your|the|my)\b", S.QUESTIONS),
    (r"side effects?|complications?|other problems|adverse", S.SIDE_EFFECTS),
    (r"\bduring\b.*\b(?:test|procedure|surgery|exam)|what happens\b", S.DURING),
    (r"\bafter\b.*\b(?:test|procedure|surgery|exam)|\brecover", S.AFTER),
    (r"\bbefore\b.*\b(?:test|procedure|surgery|exam)|\bprepar", S.PREPARE),
    (r"\bprevent|lower (?:your|the|my) risk|screening|reduce (?:your|the|my) risk", S.PREVENT),
    (r"\bmedicines?\b|medications?|\bdrugs?\b|\btreat", S.MEDICINES),
    (r"\bfood\b|\beat|\bdiet|activity|exercise|nutrition", S.LIVING),
    (r"follow.?up|check.?ups?|\bresults\b", S.FOLLOW_UP),
    (r"what to do|\bmanage|self.?care|\blive with|living with|\bhow can i\b|\bsafely\b", S.DO),
    (r"^(?:what (?:is|are|causes)|who|why|about|overview|summary|symptoms|causes?|risk factors|how (?:is|are|do|does) .*"
     r"(?:diagnosed|spread|work|get)|types? of|facts)\b|\bsymptoms of\b|\btypes of\b", S.ABOUT),
)  # fmt: skip

# What a statement itself says, for those without a heading; the first that fits and that the
# template has.
_HELP_WORDS: tuple[tuple[str, SectionKey], ...] = (
    (r"\b911\b|\bemergency (?:help|care|medical|services|department|room|treatment|evaluation)\b|\bambulance\b|"
     r"(?:seek|get|go|requires?|warrants?)\b.{0,40}\b(?:immediate|emergency)\b", S.EMERGENCY),
    (r"\b(?:call|contact|notify|inform|tell|phone|report (?:to|any)|reported to|see)\b.{0,60}\b(?:clinic|doctor|provider|physician|"
     r"care team|clinician|nurse|pediatrician|midwife|dentist|surgeon|health care professional)\b.{0,60}\b(?:if|when|for)\b|"
     r"\b(?:if|when)\b.{0,90}\b(?:call|contact|notify|tell)\b.{0,20}\b(?:clinic|doctor|provider|physician|care team|clinician|nurse)\b",
     S.CALL),
)  # fmt: skip
_BODY_WORDS: tuple[tuple[str, SectionKey], ...] = (
    (r"^(?:patients|parents|caregivers|people|you)? ?(?:should )?ask\b", S.QUESTIONS),
    (r"\b(?:side|adverse) effects?\b|\bmay cause (?:nausea|dizz|drows|diarrh|rash)", S.SIDE_EFFECTS),
    (r"\bfollow-?up\b|\bappointments?\b|\bcheck-?ups?\b|\breassess|\brechecked\b", S.FOLLOW_UP),
    (r"\b(?:before|prior to|preceding) (?:the |a |an |your )?(?:\w+ )?(?:test|procedure|surgery|operation|exam\w*|scan|colonoscopy)",
     S.PREPARE),
    (r"\bduring (?:the |a |an |your )?(?:\w+ )?(?:test|procedure|surgery|operation|exam\w*|scan)", S.DURING),
    (r"\b(?:after|following) (?:the |a |an |your )?(?:\w+ )?(?:test|procedure|surgery|operation|exam\w*|scan)", S.AFTER),
    (r"\b(?:mg|mcg|tablets?|doses?|inhalers?|insulin|antibiotics?|medicines?|medications?|drugs?|vaccines?|prescri\w+)\b",
     S.MEDICINES),
    (r"\b(?:prevent\w*|lowers? (?:the|your) risk|reduces? (?:the|your) risk|screening|vaccinat\w*)\b", S.PREVENT),
    (r"\b(?:eat\w*|foods?|diets?|dietary|meals?|drink\w*|alcohol|exercis\w*|physical activity|sodium|salt|weight)\b", S.LIVING),
    (r"^(?:do not|don't|never|always|avoid|use|keep|wash|check|rest|wear|take|try|make sure|stay|limit|monitor|measure)\b|\bshould (?:be|not)\b|"
     r"\b(?:patients|you|people|parents|caregivers) should\b", S.DO),
)  # fmt: skip


def _compiled(
    rows: tuple[tuple[str, SectionKey], ...],
) -> tuple[tuple[re.Pattern[str], SectionKey], ...]:
    return tuple((re.compile(pattern, re.IGNORECASE), section) for pattern, section in rows)


_HEADING_PATTERNS = _compiled(_HEADINGS)
_HELP_PATTERNS = _compiled(_HELP_WORDS)
_BODY_PATTERNS = _compiled(_BODY_WORDS)


@dataclass(frozen=True, slots=True)
class Outline:
    """Chosen statements by section in reading order, and those that the purpose leaves out."""

    sections: tuple[tuple[SectionKey, tuple[Statement, ...]], ...]
    left_out: tuple[Statement, ...]

    @property
    def statements(self) -> list[Statement]:
        return [statement for _section, statements in self.sections for statement in statements]


def section_of(heading: str) -> SectionKey | None:
    """The section that a source's heading belongs to, or ``None`` where it says nothing to us."""
    return _first(_HEADING_PATTERNS, heading)


def help_section(text: str) -> SectionKey | None:
    """The help box that a statement without a heading belongs into by what it says."""
    return _first(_HELP_PATTERNS, text)


def leaders(statements: Iterable[Statement]) -> list[tuple[Statement, Statement]]:
    """Each statement with the one that decides its section: for a list item, its list's first."""
    pairs: list[tuple[Statement, Statement]] = []
    for statement in statements:
        before = pairs[-1] if pairs else None
        same_list = before is not None and _list(before[0]) == _list(statement)
        pairs.append((statement, before[1] if before and same_list else statement))
    return pairs


def _list(statement: Statement) -> object:
    """The list that a statement is an item of; nothing else equals it where it is of none."""
    lead_in = statement.lead_in
    return (statement.source_id, statement.section, lead_in) if lead_in else object()


def needs_sorting(statement: Statement) -> bool:
    """Whether nothing but the statement's own words tells its section, and no help box wants it."""
    return section_of(statement.section) is None and help_section(whole(statement)) is None


def by_rule(purpose: Purpose, statement: Statement) -> SectionKey:
    """The section of the template that a statement's words speak for; its first one otherwise."""
    body = TEMPLATES[purpose].body
    fitting = ((p, section) for p, section in _BODY_PATTERNS if section in body)
    return _first(fitting, whole(statement)) or body[0]


def outline(
    purpose: Purpose,
    statements: Iterable[Statement],
    sorting: Mapping[int, SectionKey] | None = None,
) -> Outline:
    """Sort ``statements`` into the sections of ``purpose``, keeping their order.

    ``sorting`` is what was decided of statements without a heading; the others follow the rule.
    """
    order = (*HELP, *TEMPLATES[purpose].body)
    chosen: dict[SectionKey, list[Statement]] = {section: [] for section in order}
    left_out: list[Statement] = []
    for statement, leader in leaders(statements):
        section = (
            section_of(statement.section)
            or help_section(whole(leader))
            or (sorting or {}).get(leader.pk)
            or by_rule(purpose, leader)
        )
        chosen.get(section, left_out).append(statement)
    filled = tuple((section, tuple(chosen[section])) for section in order if chosen[section])
    return Outline(filled, tuple(left_out))


def missing(purpose: Purpose, plan: Outline) -> tuple[list[SectionKey], bool]:
    """(required sections without a statement in reading order, whether no help box is there)."""
    there = {section for section, _statements in plan.sections}
    template = TEMPLATES[purpose]
    lacking = [s for s in template.body if s in template.required and s not in there]
    return lacking, there.isdisjoint(HELP)


def whole(statement: Statement) -> str:
    """A statement with the words that open its list."""
    return f"{statement.lead_in} {statement.text}".strip()


def _first(patterns: Iterable[tuple[re.Pattern[str], SectionKey]], text: str) -> SectionKey | None:
    return next((section for pattern, section in patterns if pattern.search(text)), None)


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
