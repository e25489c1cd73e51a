"""A handout becomes a PDF, and passes the gate."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import segno

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
_BOX = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 21 21">'
    b'<rect x="1" y="1" width="19" height="19" rx="2" fill="none" stroke="#111" stroke-width="2"/></svg>'
)


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
    found = {"box.svg": (_BOX, "image/svg+xml")}
    if document.portal_url:
        out = BytesIO()
        segno.make(document.portal_url, error="m", micro=False).save(
            out, kind="png", border=2, scale=_QR_SCALE
        )
        found["qr.png"] = (out.getvalue(), "image/png")
    if document.head.logo:
        found["logo.png"] = (document.head.logo, "image/png")
    return found


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
