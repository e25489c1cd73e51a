"""A handout as the PDF shows it, and how it becomes one."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from io import BytesIO
from itertools import chain, groupby
from pathlib import Path
from typing import Any, Self

import segno
from django.template import Context, Engine
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_noop

from content.engines.renderer import gate
from content.engines.renderer.fonts import SYMBOL_FAMILIES
from content.engines.renderer.weasy import RenderRefused, render
from content.languages import ENGLISH, Direction, Language, get
from content.text.isolate import Run, isolate, unisolated_runs

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
}

_TEMPLATE = "pdf/handout.html"
_PAGE_PARTS = re.compile(r"(\{pages?\})")
_MAX_CHARACTERS = 60_000
_WEB = ("https://", "http://")
# Embeddings, overrides and isolates: they reorder a dose without being seen.
_HIDDEN_DIRECTION = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
# Scripts whose letters rise or hang far beyond the line.
_TALL_SCRIPTS = frozenset({"Arab", "Deva", "Beng", "Taml", "Mymr", "Khmr", "Thai", "Laoo"})


class Kind(StrEnum):
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    BULLETS = "bullets"
    STEPS = "steps"


class Paper(StrEnum):
    LETTER = "letter"
    A4 = "a4"


# Kinds of a payload's items, and the section that is for emergencies.
_KINDS = {"list_item": Kind.BULLETS, "heading": Kind.HEADING}
_URGENT = "emergency"


@dataclass(frozen=True, slots=True)
class Block:
    """Headings or paragraphs, one a text, or one list with an item a text."""

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
class HandoutDocument:
    """Everything that one PDF shows.

    Texts are in ``language``; ``labels`` overrides ``LABELS`` key by key. ``portal_url`` is where
    the same handout is read online, or empty.
    """

    language: Language
    title: str
    blocks: tuple[Block, ...]
    sources: tuple[SourceCredit, ...]
    clinic_name: str
    clinic_phone: str
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

    @classmethod
    def from_payload(
        cls, payload: Mapping[str, Any], *, labels: Mapping[str, str], paper: str, portal_url: str
    ) -> Self:
        """A publication's payload (see ``content.services.publishing``) on ``paper``."""
        key_points = payload["key_points"]
        review_by = payload["review_by"]
        return cls(
            language=get(payload["language"]),
            title=payload["title"],
            blocks=tuple(chain.from_iterable(map(_section, payload["sections"]))),
            sources=tuple(map(_credit, payload["sources"])),
            clinic_name=payload["clinic"]["name"],
            clinic_phone=payload["clinic"]["phone"],
            edition=payload["edition"],
            published=date.fromisoformat(payload["approved_on"]),
            review_by=date.fromisoformat(review_by) if review_by else None,
            key_points=key_points and _key_box(key_points),
            get_help=tuple(map(_help_box, payload["help"])),
            machine_translated=payload["machine_translated"],
            demonstration=payload["demonstration"],
            portal_url=portal_url,
            labels=labels,
            paper=Paper(paper),
        )

    @property
    def boxes(self) -> tuple[Box, ...]:
        return (*filter(None, (self.key_points,)), *self.get_help)

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
        for block in (*chain.from_iterable(box.blocks for box in self.boxes), *self.blocks):
            yield from block.texts
        yield from (self.clinic_name, self.clinic_phone, self.reviewer_line)


def _items(items: Iterable[Mapping[str, str]]) -> tuple[Block, ...]:
    """Blocks of a payload's items: neighbouring list items become one list."""
    groups = groupby(items, key=lambda item: _KINDS.get(item["kind"], Kind.PARAGRAPH))
    return tuple(Block(kind, tuple(item["text"] for item in group)) for kind, group in groups)


def _section(section: Mapping[str, Any]) -> tuple[Block, ...]:
    heading = section["heading"]
    return (*((Block(Kind.HEADING, (heading,)),) if heading else ()), *_items(section["items"]))


def _credit(source: Mapping[str, str]) -> SourceCredit:
    return SourceCredit(source["title"], source["publisher"], source["url"], source["courtesy"])


def _key_box(key_points: Mapping[str, Any]) -> Box:
    return Box(key_points["heading"], (Block(Kind.BULLETS, tuple(key_points["items"])),))


def _help_box(section: Mapping[str, Any]) -> Box:
    return Box(section["heading"], _items(section["items"]), section["key"] == _URGENT)


def render_handout(document: HandoutDocument, *, templates: Path, fonts: Path) -> bytes:
    """The PDF of ``document``, checked. ``templates`` holds ``pdf/handout.html``, ``fonts`` is the
    folder of ``ensure_fonts``. Raises ``RenderRefused`` with everything that is wrong."""
    _raise(list(_input_problems(document)))
    html = to_html(document, templates)
    _raise([f"“{run}” is not isolated in right-to-left text." for run in unisolated_runs(html)])
    pdf = render(html, _assets(document), fonts=fonts)
    texts = list(document.texts())
    _raise(gate.check(pdf, texts, rtl=document.language.is_rtl, runs=_exact_runs(document)))
    return pdf


def to_html(document: HandoutDocument, templates: Path) -> str:
    """The page that becomes the PDF; every text is escaped, isolated and kept whole."""
    engine = Engine(dirs=[str(templates)], autoescape=True)
    return engine.get_template(_TEMPLATE).render(Context(_context(document)))


def markup(text: str, direction: Direction) -> SafeString:
    """``text`` escaped, with ``bdi`` around left-to-right runs and doses kept on one line."""
    groups = groupby(isolate(text, direction), key=lambda run: run.unbroken)
    return format_html_join("", "{}", ((_group(kept, runs),) for kept, runs in groups))


def _group(unbroken: bool, runs: Iterator[Run]) -> SafeString:
    inner = format_html_join("", "{}", ((_run(run),) for run in runs))
    return format_html('<span class="unbroken">{}</span>', inner) if unbroken else inner


def _run(run: Run) -> SafeString:
    return format_html('<bdi dir="ltr">{}</bdi>' if run.isolated else "{}", run.shown)


def _context(document: HandoutDocument) -> dict[str, Any]:
    def shown(text: str) -> SafeString:
        return markup(text, document.language.direction)

    def labelled(key: str, **values: object) -> SafeString:
        return _labelled(document, key, **values)

    def blocks(found: Iterable[Block]) -> list[tuple[str, list[SafeString]]]:
        return [(block.kind.value, [*map(shown, block.texts)]) for block in found]

    def box(found: Box) -> dict[str, Any]:
        heading = shown(found.heading)
        return {"heading": heading, "blocks": blocks(found.blocks), "urgent": found.urgent}

    review_by = document.review_by
    return {
        "document": document,
        "families": (document.language.font, *SYMBOL_FAMILIES),
        "tall": document.language.script in _TALL_SCRIPTS,
        "published": document.published.isoformat(),
        "title": shown(document.title),
        "clinic": shown(document.clinic_name),
        "phone": labelled("phone", number=document.clinic_phone),
        "reviewer": shown(document.reviewer_line),
        "key_points": document.key_points and box(document.key_points),
        "get_help": [*map(box, document.get_help)],
        "blocks": blocks(document.blocks),
        "sources": [_source(source) for source in document.sources],
        "labels": {key: labelled(key) for key in LABELS},
        "edition": labelled("edition", number=document.edition),
        "issued": labelled("published", date=document.published.isoformat()),
        "review_by": review_by and labelled("review_by", date=review_by.isoformat()),
        "page_parts": _PAGE_PARTS.split(document.label("page")),
        "page_language": document.label_language("page"),
        "portal": _bare(document.portal_url),
        "qr_alt": document.label("qr_alt"),
    }


def _labelled(document: HandoutDocument, key: str, **values: object) -> SafeString:
    language, text = document.label_language(key), document.label(key, **values)
    shown = markup(text, language.direction)
    if language is document.language:
        return shown
    return format_html(
        '<bdi lang="{}" dir="{}">{}</bdi>', language.code, language.direction.value, shown
    )


def _source(source: SourceCredit) -> dict[str, Any]:
    direction = source.language.direction
    return {
        "credit": source,
        "title": markup(source.title, direction),
        "publisher": markup(source.publisher, direction),
        "courtesy": markup(source.courtesy, direction),
        "address": _bare(source.url),
    }


def _bare(url: str) -> str:
    """A web address as people write it on paper."""
    return url.partition("://")[2].rstrip("/")


def _assets(document: HandoutDocument) -> dict[str, tuple[bytes, str]]:
    if not document.portal_url:
        return {}
    out = BytesIO()
    segno.make(document.portal_url, error="m", micro=False).save(
        out, kind="svg", border=2, xmldecl=False, omitsize=True
    )
    return {"qr.svg": (out.getvalue(), "image/svg+xml")}


def _exact_runs(document: HandoutDocument) -> list[str]:
    """Doses, dates and phone numbers that must stand in the PDF character by character.

    Of right-to-left text, what is isolated: its own letters come back at 95 % only.
    """
    direction = document.language.direction
    runs = [run for text in document.texts() for run in isolate(text, direction)]
    return [
        run.text for run in runs if run.unbroken and (run.isolated or direction is Direction.LTR)
    ]


def _input_problems(document: HandoutDocument) -> Iterator[str]:
    every = [*document.texts(), *document.labels.values()]
    length = sum(map(len, every))
    if length > _MAX_CHARACTERS:
        yield f"The handout has {length:,} characters; at most {_MAX_CHARACTERS:,} can be printed."
    for text in every:
        if _HIDDEN_DIRECTION.intersection(text):
            yield f"“{text[:60]}” holds hidden marks that turn text around. Type it again."
    for url in filter(None, (document.portal_url, *(source.url for source in document.sources))):
        if not url.startswith(_WEB):
            yield f"“{url[:80]}” is not a web address."


def _raise(problems: list[str]) -> None:
    if problems:
        raise RenderRefused(problems)
