"""A handout as the PDF shows it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from itertools import chain, groupby
from typing import Any, Self

from django.utils.translation import gettext_noop

from content.languages import ENGLISH, Language, get

# What the page itself says, in English. A caller passes these in the handout's language.
LABELS: dict[str, str] = {
    "sources": gettext_noop("Where this information comes from"),
    "phone": gettext_noop("Phone: {number}"),
    "page": gettext_noop("Page {page} of {pages}"),
    "edition": gettext_noop("Edition {number}"),
    "published": gettext_noop("Published: {date}"),
    "review_by": gettext_noop("Next review by: {date}"),
    "online": gettext_noop("Read this handout online"),
    "qr_alt": gettext_noop("QR code that opens this handout online"),
    "machine_translated": gettext_noop(
        "Translated from English by computer, then checked and corrected by a qualified translator."
    ),
    "demonstration": gettext_noop("Demonstration only. Do not use for patient care."),
    "schedule": gettext_noop("My medicine times. Fill in this table with your nurse."),
    "medicine": gettext_noop("Medicine"),
    "morning": gettext_noop("Morning"),
    "noon": gettext_noop("Noon"),
    "evening": gettext_noop("Evening"),
    "bedtime": gettext_noop("Bedtime"),
    "questions": gettext_noop("Questions to ask"),
    "question_do": gettext_noop("What is the most important thing for me to do?"),
    "question_worse": gettext_noop("What should I do if I feel worse?"),
    "question_return": gettext_noop("When should I come back?"),
}
QUESTIONS = ("question_do", "question_worse", "question_return")
SCHEDULE = ("medicine", "morning", "noon", "evening", "bedtime")


class Kind(StrEnum):
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    BULLETS = "bullets"
    STEPS = "steps"
    CHECKS = "checks"
    QUESTIONS = "questions"
    SCHEDULE = "schedule"


class Paper(StrEnum):
    LETTER = "letter"
    A4 = "a4"


# Kinds of a payload's items, and of the lists of sections that ask for more than bullets.
_KINDS = {"list_item": Kind.BULLETS, "heading": Kind.HEADING}
_LISTS = {"do": Kind.CHECKS, "prepare": Kind.CHECKS, "follow_up": Kind.CHECKS,
          "questions": Kind.QUESTIONS}  # fmt: skip
_URGENT, _MEDICINES = "emergency", "medicines"
_ROWS_BY_HAND = 5


@dataclass(frozen=True, slots=True)
class Block:
    """Headings or paragraphs, one a text, or one list with an item a text.

    Items of ``CHECKS`` are ticked off, below those of ``QUESTIONS`` an answer is written. The texts
    of a ``SCHEDULE`` are medicines, a row each; an empty one is filled in by hand.
    """

    kind: Kind
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Box:
    """A framed part with a heading, never broken across pages. ``urgent``: for emergencies."""

    heading: str
    blocks: tuple[Block, ...]
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class SourceCredit:
    """A source as it is credited. ``courtesy`` is the line that its publisher asks for."""

    title: str
    publisher: str
    url: str = ""
    courtesy: str = ""
    language: Language = ENGLISH


@dataclass(frozen=True, slots=True)
class Head:
    """The clinic at the top of the first page, in its own words. ``logo`` is a PNG, or empty."""

    name: str
    phone: str = ""
    after_hours: str = ""
    logo: bytes = b""

    @property
    def texts(self) -> tuple[str, ...]:
        return (self.name, self.phone, self.after_hours)


@dataclass(frozen=True, slots=True)
class HandoutDocument:
    """Everything that one PDF shows.

    Texts are in ``language``; ``labels`` overrides ``LABELS`` key by key. ``portal_url`` is where
    the same handout is read online, or empty. ``english`` is the same handout in English, text by
    text, to stand beside it. ``asks``: the three questions of the house are printed.
    """

    language: Language
    title: str
    blocks: tuple[Block, ...]
    sources: tuple[SourceCredit, ...]
    head: Head
    edition: int
    published: date
    review_by: date | None = None
    key_points: Box | None = None
    get_help: tuple[Box, ...] = ()
    machine_translated: bool = False
    reviewer_line: str = ""
    demonstration: bool = False
    portal_url: str = ""
    labels: Mapping[str, str] = field(default_factory=dict)
    paper: Paper = Paper.LETTER
    large_print: bool = False
    english: "HandoutDocument | None" = None
    asks: bool = False

    @classmethod
    def from_payload(cls, payload: Mapping[str, Any], **form: Any) -> Self:
        """A publication's payload (see ``content.services.publishing``).

        ``form``: the fields that its variant decides. ``head`` may replace the payload's clinic.
        """
        key_points = payload["key_points"]
        review_by = payload["review_by"]
        texts = cls(
            language=get(payload["language"]),
            title=payload["title"],
            blocks=tuple(chain.from_iterable(map(_section, payload["sections"]))),
            sources=tuple(map(_credit, payload["sources"])),
            head=Head(payload["clinic"]["name"], payload["clinic"]["phone"]),
            edition=payload["edition"],
            published=date.fromisoformat(payload["approved_on"]),
            review_by=date.fromisoformat(review_by) if review_by else None,
            key_points=key_points and _key_box(key_points),
            get_help=tuple(map(_help_box, payload["help"])),
            machine_translated=payload["machine_translated"],
            demonstration=payload["demonstration"],
            asks=all(section["key"] != Kind.QUESTIONS for section in payload["sections"]),
        )
        return replace(texts, **form)

    @property
    def boxes(self) -> tuple[Box, ...]:
        return (*filter(None, (self.key_points,)), *self.get_help)

    @property
    def every_block(self) -> tuple[Block, ...]:
        return (*chain.from_iterable(box.blocks for box in self.boxes), *self.blocks)

    @property
    def shape(self) -> tuple[object, ...]:
        """Equal for two documents whose texts belong together one by one."""
        boxes = [(box.urgent, bool(box.heading), len(box.blocks)) for box in self.boxes]
        blocks = [(block.kind, len(block.texts)) for block in self.every_block]
        return bool(self.key_points), boxes, blocks

    def label(self, key: str, **values: object) -> str:
        text = self.labels.get(key) or LABELS[key]
        for name, value in values.items():
            text = text.replace(f"{{{name}}}", str(value))
        return text

    def label_language(self, key: str) -> Language:
        """English for a label that nobody has translated."""
        translated = self.labels.get(key, LABELS[key]) != LABELS[key]
        return self.language if translated else ENGLISH

    def texts(self) -> Iterator[str]:
        """What a reader must be able to read, in the handout's own language."""
        yield self.title
        for box in self.boxes:
            yield box.heading
        for block in self.every_block:
            yield from block.texts


def _items(items: Iterable[Mapping[str, str]], key: str = "") -> tuple[Block, ...]:
    """Blocks of the items of the section ``key``: neighbouring list items become one list."""
    groups = groupby(items, key=lambda item: _KINDS.get(item["kind"], Kind.PARAGRAPH))
    return tuple(
        Block(
            _LISTS.get(key, kind) if kind is Kind.BULLETS else kind,
            tuple(item["text"] for item in group),
        )
        for kind, group in groups
    )


def _section(section: Mapping[str, Any]) -> Iterator[Block]:
    if section["heading"]:
        yield Block(Kind.HEADING, (section["heading"],))
    yield from _items(section["items"], section["key"])
    if section["key"] == _MEDICINES:
        yield Block(Kind.SCHEDULE, ("",) * _ROWS_BY_HAND)


def _credit(source: Mapping[str, str]) -> SourceCredit:
    return SourceCredit(source["title"], source["publisher"], source["url"], source["courtesy"])


def _key_box(key_points: Mapping[str, Any]) -> Box:
    return Box(key_points["heading"], (Block(Kind.BULLETS, tuple(key_points["items"])),))


def _help_box(section: Mapping[str, Any]) -> Box:
    return Box(section["heading"], _items(section["items"]), section["key"] == _URGENT)
