"""Two published instruments of plain language, and how they are scored.

PEMAT-P (Shoemaker, Wolf, Brach 2014; AHRQ): 24 items, agree 1, disagree 0; understandability and
actionability are scored apart, points / applicable items · 100. From 70 on a text is usually called
understandable or actionable. Items keep their official numbers; 13 and 14 are of the form for videos.

CDC Clear Communication Index (Baur and Prue 2014; CDC): 4 open questions and 20 items in parts A to
D, points / applicable items · 100; 90 passes. Only item 17 earns its point by a "no".

Both are works of United States agencies. Their wording was validated in English, so it is shown so.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

Value = Literal["yes", "no", "na"]
VALUES: tuple[Value, ...] = get_args(Value)


@dataclass(frozen=True, slots=True)
class Item:
    """``id`` is stable: answers are stored by it. ``good`` is the answer that earns the point."""

    id: str
    text: str
    may_be_na: bool = False
    good: Value = "yes"

    @property
    def number(self) -> str:
        return self.id[1:]

    def allows(self, value: str) -> bool:
        return value in VALUES and (value != "na" or self.may_be_na)


@dataclass(frozen=True, slots=True)
class Part:
    """Items under one heading. Parts of the same ``scale`` are scored together."""

    scale: str
    heading: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Consequence:
    """Where ``item`` is answered with ``value``, the instrument answers ``items`` with ``answer``."""

    item: str
    value: Value
    items: tuple[str, ...]
    answer: Value


@dataclass(frozen=True, slots=True)
class Instrument:
    """``labels`` name yes, no and not applicable; ``mark`` is the usual pass mark in percent."""

    id: str
    name: str
    by: str
    parts: tuple[Part, ...]
    labels: tuple[str, str, str]
    mark: float
    questions: tuple[Item, ...] = ()
    consequences: tuple[Consequence, ...] = ()

    @property
    def items(self) -> dict[str, Item]:
        return {item.id: item for part in self.parts for item in part.items}

    @property
    def scales(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(part.scale for part in self.parts))


@dataclass(frozen=True, slots=True)
class ScaleScore:
    """``percent`` is ``None`` while items are open, or where no item applies."""

    scale: str
    points: int
    applicable: int
    open: int

    @property
    def percent(self) -> float | None:
        if self.open or not self.applicable:
            return None
        return 100 * self.points / self.applicable


_UNDERSTAND, _ACT = "Understandability", "Actionability"

PEMAT = Instrument(
    id="pemat",
    name="PEMAT-P",
    by="Agency for Healthcare Research and Quality",
    labels=("Agree", "Disagree", "Not applicable"),
    mark=70,
    parts=(
        Part(_UNDERSTAND, "Content", (
            Item("p1", "The material makes its purpose completely evident."),
            Item("p2", "The material does not include information or content that distracts from its purpose."),
        )),
        Part(_UNDERSTAND, "Word Choice & Style", (
            Item("p3", "The material uses common, everyday language."),
            Item("p4", "Medical terms are used only to familiarize audience with the terms. When used, medical terms are defined."),
            Item("p5", "The material uses the active voice."),
        )),
        Part(_UNDERSTAND, "Use of Numbers", (
            Item("p6", "Numbers appearing in the material are clear and easy to understand.", may_be_na=True),
            Item("p7", "The material does not expect the user to perform calculations."),
        )),
        Part(_UNDERSTAND, "Organization", (
            Item("p8", "The material breaks or “chunks” information into short sections.", may_be_na=True),
            Item("p9", "The material’s sections have informative headers.", may_be_na=True),
            Item("p10", "The material presents information in a logical sequence."),
            Item("p11", "The material provides a summary.", may_be_na=True),
        )),
        Part(_UNDERSTAND, "Layout & Design", (
            Item("p12", "The material uses visual cues (e.g., arrows, boxes, bullets, bold, larger font, highlighting) to draw attention to key points."),
        )),
        Part(_UNDERSTAND, "Use of Visual Aids", (
            Item("p15", "The material uses visual aids whenever they could make content more easily understood (e.g., illustration of healthy portion size)."),
            Item("p16", "The material’s visual aids reinforce rather than distract from the content.", may_be_na=True),
            Item("p17", "The material’s visual aids have clear titles or captions.", may_be_na=True),
            Item("p18", "The material uses illustrations and photographs that are clear and uncluttered.", may_be_na=True),
            Item("p19", "The material uses simple tables with short and clear row and column headings.", may_be_na=True),
        )),
        Part(_ACT, "Actionability", (
            Item("p20", "The material clearly identifies at least one action the user can take."),
            Item("p21", "The material addresses the user directly when describing actions."),
            Item("p22", "The material breaks down any action into manageable, explicit steps."),
            Item("p23", "The material provides a tangible tool (e.g., menu planners, checklists) whenever it could help the user take action."),
            Item("p24", "The material provides simple instructions or examples of how to perform calculations.", may_be_na=True),
            Item("p25", "The material explains how to use the charts, graphs, tables, or diagrams to take actions.", may_be_na=True),
            Item("p26", "The material uses visual aids whenever they could make it easier to act on the instructions."),
        )),
    ),
)  # fmt: skip

_INDEX = "Index"

CCI = Instrument(
    id="cci",
    name="CDC Clear Communication Index",
    by="Centers for Disease Control and Prevention",
    labels=("Yes", "No", "Not applicable"),
    mark=90,
    questions=(
        Item("q1", "Who is your primary audience?"),
        Item("q2", "What do you know about the health literacy skills of your audience?"),
        Item("q3", "What is your primary communication objective?"),
        Item("q4", "What is the main message of the material?"),
    ),
    parts=(
        Part(_INDEX, "Part A: Main Message and Call to Action", (
            Item("c1", "Does the material contain one main message statement?"),
            Item("c2", "Is the main message at the top, beginning, or front of the material?"),
            Item("c3", "Is the main message emphasized with visual cues?"),
            Item("c4", "Does the material contain at least one visual that conveys or supports the main message?"),
            Item("c5", "Does the material include one or more calls to action for the primary audience?"),
        )),
        Part(_INDEX, "Part A: Language", (
            Item("c6", "Do both the main message and the call to action use the active voice?"),
            Item("c7", "Does the material always use words the primary audience uses?"),
        )),
        Part(_INDEX, "Part A: Information Design", (
            Item("c8", "Does the material use bulleted or numbered lists?"),
            Item("c9", "Is the material organized in chunks with headings?"),
            Item("c10", "Is the most important information the primary audience needs summarized in the first paragraph or section?"),
        )),
        Part(_INDEX, "Part A: State of the Science", (
            Item("c11", "Does the material explain what authoritative sources, such as subject matter experts and agency spokespersons, know and don’t know about the topic?"),
        )),
        Part(_INDEX, "Part B: Behavioral Recommendations", (
            Item("c12", "Does the material include one or more behavioral recommendations for the primary audience?", may_be_na=True),
            Item("c13", "Does the material explain why the behavioral recommendation(s) is important to the primary audience?", may_be_na=True),
            Item("c14", "Does the behavioral recommendation(s) include specific directions about how to perform the behavior?", may_be_na=True),
        )),
        Part(_INDEX, "Part C: Numbers", (
            Item("c15", "Does the material always present numbers the primary audience uses?", may_be_na=True),
            Item("c16", "Does the material always explain what the numbers mean?", may_be_na=True),
            Item("c17", "Does the audience have to conduct mathematical calculations?", may_be_na=True, good="no"),
        )),
        Part(_INDEX, "Part D: Risk", (
            Item("c18", "Does the material explain the nature of the risk?", may_be_na=True),
            Item("c19", "Does the material address both the risks and benefits of the recommended behaviors?", may_be_na=True),
            Item("c20", "If the material uses numeric probability to describe risk, is the probability also explained with words or a visual?", may_be_na=True),
        )),
    ),
    consequences=(
        Consequence("c1", "no", ("c2", "c3", "c4", "c10"), "no"),
        Consequence("c12", "no", ("c12", "c13", "c14", "c19"), "na"),
    ),
)  # fmt: skip

INSTRUMENTS: dict[str, Instrument] = {form.id: form for form in (PEMAT, CCI)}


def settled(form: Instrument, answers: Mapping[str, str]) -> dict[str, str]:
    """``answers`` with what the instrument itself decides: no main message, no place for it."""
    ruled = dict(answers)
    for rule in form.consequences:
        if answers.get(rule.item) == rule.value:
            ruled |= dict.fromkeys(rule.items, rule.answer)
    return ruled


def scores(form: Instrument, answers: Mapping[str, str]) -> tuple[ScaleScore, ...]:
    """One score per scale of ``form``, of ``answers`` as {item: value}; a missing item is open."""
    ruled = settled(form, answers)
    return tuple(_score(scale, list(_of(form, scale)), ruled) for scale in form.scales)


def lowest(form: Instrument, answers: Mapping[str, str]) -> float | None:
    """The lower of the scales in percent, which decides whether all pass; ``None`` while one is open."""
    percents = [score.percent for score in scores(form, answers)]
    known = [percent for percent in percents if percent is not None]
    return min(known) if len(known) == len(percents) else None


def _of(form: Instrument, scale: str) -> Iterator[Item]:
    yield from (item for part in form.parts if part.scale == scale for item in part.items)


def _score(scale: str, items: list[Item], answers: Mapping[str, str]) -> ScaleScore:
    given = [(item, answers[item.id]) for item in items if item.id in answers]
    applicable = [(item, value) for item, value in given if value != "na"]
    points = sum(value == item.good for item, value in applicable)
    return ScaleScore(scale, points, len(applicable), len(items) - len(given))
