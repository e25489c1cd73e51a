"""The page of a handout, in HTML: every text is escaped, isolated and kept whole."""

import re
import struct
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import groupby, repeat
from pathlib import Path
from typing import Any

from django.template import Context, Engine
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from content.engines.renderer.document import (
    LABELS,
    QUESTIONS,
    SCHEDULE,
    Block,
    Box,
    HandoutDocument,
    SourceCredit,
)
from content.engines.renderer.fonts import SYMBOL_FAMILIES
from content.languages import ENGLISH, Direction, Language
from content.text.isolate import Run, isolate

_TEMPLATE, _STYLE = "pdf/handout.html", "pdf/handout.css"
_PAGE_PARTS = re.compile(r"(\{pages?\})")
# Scripts whose letters rise or hang far beyond the line.
_TALL_SCRIPTS = frozenset({"Arab", "Deva", "Beng", "Taml", "Mymr", "Khmr", "Thai", "Laoo"})
# The largest logo, in millimetres.
_LOGO_HEIGHT, _LOGO_WIDTH = 16.0, 60.0
_PNG_SIZE = struct.Struct(">II")
_PNG_SIZE_AT = 16
# Labels that stand in English too where English stands beside the text.
_BESIDE = frozenset({"demonstration", "schedule", *SCHEDULE, "questions", *QUESTIONS})


def style_of(templates: Path) -> str:
    """The CSS that all pages of `to_html` share."""
    return (templates / _STYLE).read_text(encoding="utf-8")


def to_html(document: HandoutDocument, templates: Path) -> str:
    """The page that becomes the PDF, but for ``style_of``. ``templates`` holds ``pdf/handout.html``."""
    engine = Engine(dirs=[str(templates)], autoescape=True)
    return engine.get_template(_TEMPLATE).render(Context(_context(document)))


def markup(text: str, direction: Direction) -> SafeString:
    """``text`` escaped, with ``bdi`` around left-to-right runs and doses kept on one line."""
    groups = groupby(isolate(text, direction), key=lambda run: run.unbroken)
    return format_html_join("", "{}", ((_group(kept, runs),) for kept, runs in groups))


def _group(unbroken: bool, group: Iterator[Run]) -> SafeString:
    runs = list(group)
    inner = format_html_join("", "{}", ((_run(run),) for run in runs))
    # Bare Latin letters and digits have no gap to break at (Chinese has one at each character), and
    # each element costs time.
    shown = "".join(run.shown for run in runs)
    if unbroken and not (shown.isascii() and shown.isalnum()):
        return format_html('<span class="unbroken">{}</span>', inner)
    return inner


def _run(run: Run) -> SafeString:
    return format_html('<bdi dir="ltr">{}</bdi>' if run.isolated else "{}", run.shown)


def _context(document: HandoutDocument) -> dict[str, Any]:
    head, review_by, english = document.head, document.review_by, document.english
    beside: Iterable[Box | None] = english.get_help if english else repeat(None)
    return {
        "document": document,
        "families": (document.language.font, *SYMBOL_FAMILIES),
        "english_families": SYMBOL_FAMILIES,
        "tall": document.language.script in _TALL_SCRIPTS,
        "published": document.published.isoformat(),
        "running_title": _own(document, document.title),
        "title": _pair(document, document.title, english.title if english else None),
        "clinic": _clinic(document, head.name),
        "after_hours": _clinic(document, head.after_hours),
        "phone": _labelled(document, "phone", number=head.phone),
        "logo": logo_size(head.logo) if head.logo else None,
        "reviewer": _own(document, document.reviewer_line),
        "key_points": document.key_points
        and _box(document, document.key_points, english.key_points if english else None),
        "get_help": [
            _box(document, box, other)
            for box, other in zip(document.get_help, beside, strict=False)
        ],
        "blocks": _blocks(document, document.blocks, english.blocks if english else None),
        "sources": [_source(source) for source in document.sources],
        "labels": {key: _label(document, key) for key in LABELS},
        "questions": [_label(document, key) for key in QUESTIONS],
        "schedule_heads": [_label(document, key) for key in SCHEDULE],
        "times": SCHEDULE[1:],
        "edition": _labelled(document, "edition", number=document.edition),
        "issued": _labelled(document, "published", date=document.published.isoformat()),
        "review_by": review_by and _labelled(document, "review_by", date=review_by.isoformat()),
        "page_parts": _PAGE_PARTS.split(document.label("page")),
        "page_language": document.label_language("page"),
        "portal": _bare(document.portal_url),
        "qr_alt": document.label("qr_alt"),
    }


def _own(document: HandoutDocument, text: str) -> SafeString:
    return markup(text, document.language.direction)


def _pair(document: HandoutDocument, text: str, english: str | None) -> SafeString:
    """``text``, with the English beside it where there is any; the patient's language comes first."""
    own = _own(document, text)
    if not english:
        return own
    return format_html(
        '<span class="pair"><span class="own">{}</span>'
        '<span class="en" lang="en" dir="ltr">{}</span></span>',
        own, markup(english, Direction.LTR),
    )  # fmt: skip


def _blocks(
    document: HandoutDocument, own: Iterable[Block], english: Iterable[Block] | None
) -> list[tuple[str, list[SafeString]]]:
    """Kind and shown texts of each block."""
    beside: Iterable[Block | None] = english if english is not None else repeat(None)
    return [
        (block.kind.value, [
            _pair(document, *texts)
            for texts in zip(block.texts, other.texts if other else repeat(None), strict=False)
        ])
        for block, other in zip(own, beside, strict=False)
    ]  # fmt: skip


def _box(document: HandoutDocument, own: Box, english: Box | None) -> dict[str, Any]:
    return {
        "heading": _pair(document, own.heading, english.heading if english else None),
        "blocks": _blocks(document, own.blocks, english.blocks if english else None),
        "urgent": own.urgent,
    }


def _label(document: HandoutDocument, key: str) -> SafeString:
    """A label, in English too where the handout has English beside it."""
    translated = document.label_language(key) is not ENGLISH
    if document.english and translated and key in _BESIDE:
        return _pair(document, document.label(key), LABELS[key])
    return _labelled(document, key)


def _labelled(document: HandoutDocument, key: str, **values: object) -> SafeString:
    language, text = document.label_language(key), document.label(key, **values)
    return _spoken(document, text, language)


def _clinic(document: HandoutDocument, text: str) -> SafeString:
    """What a clinic says of itself, once for all its handouts: in English, unless its letters
    can only be those of the page's language."""
    letter = next(filter(str.isalpha, text), "A")
    latin = unicodedata.name(letter, "").startswith("LATIN")
    return _spoken(document, text, ENGLISH if latin else document.language)


def _spoken(document: HandoutDocument, text: str, language: Language) -> SafeString:
    """``text`` in ``language``, marked where that is not the language of the page."""
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


def logo_size(png: bytes) -> tuple[float, float]:
    """Width and height in millimetres at which a PNG is printed: it fits the head, undistorted."""
    width, height = _PNG_SIZE.unpack_from(png, _PNG_SIZE_AT)
    scale = min(_LOGO_WIDTH / max(width, 1), _LOGO_HEIGHT / max(height, 1))
    return round(width * scale, 2), round(height * scale, 2)


def _bare(url: str) -> str:
    """A web address as people write it on paper."""
    return url.partition("://")[2].rstrip("/")
