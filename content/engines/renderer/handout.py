"""A handout becomes a PDF, and passes the gate."""

from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path

import segno
from PIL import Image, ImageDraw

from content.engines.renderer import gate
from content.engines.renderer.document import HandoutDocument
from content.engines.renderer.layout import style_of, to_html
from content.engines.renderer.weasy import Assets, RenderRefused, render
from content.languages import ENGLISH, Direction
from content.text.isolate import isolate, unisolated_runs

_MAX_CHARACTERS = 60_000
_WEB = ("https://", "http://")
_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_HEAD = 24  # bytes, to the end of its width and height
_MAX_LOGO = 2_000_000  # bytes
# Embeddings, overrides and isolates: they reorder a dose without being seen.
_HIDDEN_DIRECTION = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
# Dots to a square of the code: 400 dpi and more on paper. As SVG it took a twelfth of a render.
_QR_SCALE = 12
# Dots across a box to tick: 500 dpi and more. As SVG, drawn anew in each cell, a twentieth.
_BOX_SIZE = 84


def render_handout(document: HandoutDocument, *, templates: Path, fonts: Path) -> bytes:
    """The PDF of ``document``, checked. ``templates`` holds ``pdf/handout.html``, ``fonts`` is the
    folder of ``ensure_fonts``. Raises ``RenderRefused`` with everything that is wrong."""
    _raise(list(_input_problems(document)))
    html = to_html(document, templates)
    _raise([f"“{run}” is not isolated in right-to-left text." for run in unisolated_runs(html)])
    pdf = render(html, assets(document), fonts=fonts, style=style_of(templates))
    _raise(
        gate.check(
            pdf,
            [*document.texts(), document.reviewer_line, *document.head.texts],
            rtl=document.language.is_rtl,
            english=[*document.english.texts()] if document.english else (),
            runs=exact_runs(document),
            max_pages=max_pages(document),
        )
    )
    return pdf


def max_pages(document: HandoutDocument) -> int:
    """18 points take 2.5 times the room of 11.5, and two languages twice that of one."""
    pages = gate.MAX_PAGES * (2 if document.english else 1)
    return pages * 5 // 2 if document.large_print else pages


def assets(document: HandoutDocument) -> Assets:
    """What the page loads: boxes to tick, the code that opens its portal page, the clinic's logo."""
    found = {"box.png": (_box(), "image/png")}
    if document.portal_url:
        found["qr.png"] = (_code(document.portal_url), "image/png")
    if document.head.logo:
        found["logo.png"] = (document.head.logo, "image/png")
    return found


@cache
def _box() -> bytes:
    """An empty box to tick, drawn twice as large as it is kept, so that its corners are smooth."""
    large = Image.new("L", (2 * _BOX_SIZE, 2 * _BOX_SIZE), "white")
    edge = _BOX_SIZE // 10
    frame = (edge, edge, 2 * _BOX_SIZE - edge, 2 * _BOX_SIZE - edge)
    ImageDraw.Draw(large).rounded_rectangle(frame, 2 * edge, outline="#111", width=2 * edge)
    return _png(large.resize((_BOX_SIZE, _BOX_SIZE), Image.Resampling.LANCZOS))


def _code(url: str) -> bytes:
    out = BytesIO()
    segno.make(url, error="m", micro=False).save(out, kind="png", border=2)
    # In grey: the renderer turns black and white into three colours, and packs each again.
    code = Image.open(out).convert("L")
    size = code.width * _QR_SCALE
    return _png(code.resize((size, size), Image.Resampling.NEAREST))


def _png(image: Image.Image) -> bytes:
    out = BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def exact_runs(document: HandoutDocument) -> list[str]:
    """Doses, dates and phone numbers that must stand in the PDF character by character.

    Of right-to-left text, what is isolated: its own letters come back at 95 % only.
    """
    return [
        *_runs((*document.texts(), document.head.phone), document.language.direction),
        *(_runs(document.english.texts(), ENGLISH.direction) if document.english else ()),
    ]


def _runs(texts: Iterator[str] | tuple[str, ...], direction: Direction) -> Iterator[str]:
    for run in (run for text in texts for run in isolate(text, direction)):
        if run.unbroken and (run.isolated or direction is Direction.LTR):
            yield run.text


def _input_problems(document: HandoutDocument) -> Iterator[str]:
    both = [document, document.english] if document.english else [document]
    for one in both:
        every = [*one.texts(), one.reviewer_line, *one.head.texts, *one.labels.values()]
        yield from _word_problems(every)
    if document.english and document.english.shape != document.shape:
        yield "The English has other parts than the translation, so it cannot stand beside it."
    for url in filter(None, (document.portal_url, *(source.url for source in document.sources))):
        if not url.startswith(_WEB):
            yield f"“{url[:80]}” is not a web address."
    logo = document.head.logo
    if logo and not (logo.startswith(_PNG) and _PNG_HEAD <= len(logo) <= _MAX_LOGO):
        yield f"The clinic's logo is not a PNG of at most {_MAX_LOGO // 1_000_000} MB."


def _word_problems(texts: list[str]) -> Iterator[str]:
    length = sum(map(len, texts))
    if length > _MAX_CHARACTERS:
        yield f"The handout has {length:,} characters; at most {_MAX_CHARACTERS:,} can be printed."
    for text in texts:
        if _HIDDEN_DIRECTION.intersection(text):
            yield f"“{text[:60]}” holds hidden marks that turn text around. Type it again."


def _raise(problems: list[str]) -> None:
    if problems:
        raise RenderRefused(problems)
