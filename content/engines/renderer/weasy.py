"""HTML to PDF/UA-1, through WeasyPrint, with nothing but what it is handed."""

import gc
import logging
import re
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from threading import Lock
from typing import Any
from xml.etree import ElementTree

from content.engines.base import PermanentEngineError
from content.engines.renderer.fonts import use_private_fonts

_SCHEME = "asset:"
_VARIANT = "pdf/ua-1"
_LIBRARIES = "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
_NO_GLYPH = ".notdef glyph"
# What XML 1.0 (2.2) has no place for.
_UNPRINTABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# Pango's font map and the replaced internals are shared by a process: one render at a time.
_ONE_AT_A_TIME = Lock()

# Name of an asset to its bytes and media type.
Assets = Mapping[str, tuple[bytes, str]]


class RenderRefused(PermanentEngineError):
    """The document cannot become a PDF that may be handed out. ``problems``: one sentence each."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__(" ".join(problems))
        self.problems = tuple(problems)

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (list(self.problems),)


def render(html: str, assets: Assets, *, fonts: Path, style: str = "") -> bytes:
    """The PDF/UA-1 of ``html``: the same input gives the same bytes.

    The document may load ``asset:NAME`` for the names in ``assets``, and nothing else. ``fonts`` is
    the folder of ``ensure_fonts``; ``style``, CSS that many documents share, is parsed once. Raises
    ``RenderRefused`` where something is missing or the renderer warns: an empty box in a dose must
    stop a publication.
    """
    weasyprint, font_config = _engine(fonts)
    warnings = _Warnings()
    logger = logging.getLogger("weasyprint")
    with _ONE_AT_A_TIME:
        logger.addHandler(warnings)
        try:
            document = _document(weasyprint, html, _fetcher(weasyprint, assets))
            pdf: bytes = document.write_pdf(
                pdf_variant=_VARIANT, font_config=font_config, stylesheets=[_parsed(style)]
            )
        # It derives from BaseException, so a plain `except Exception` would let it end the worker.
        except weasyprint.urls.FatalURLFetchingError as error:
            raise RenderRefused([str(error.__cause__ or error)]) from error
        finally:
            logger.removeHandler(warnings)
    if warnings.problems:
        raise RenderRefused(warnings.problems)
    return pdf


def _document(weasyprint: Any, html: str, fetcher: Any) -> Any:
    """``html``, read as the XML that our templates are: an HTML parser takes twenty times as long."""
    document = weasyprint.HTML.__new__(weasyprint.HTML)
    document.base_url, document.url_fetcher, document.media_type = _SCHEME, fetcher, "print"
    try:
        root = ElementTree.fromstring(html)  # noqa: S314  our template: no entities are declared
    except ElementTree.ParseError as error:
        raise RenderRefused([_unreadable(html, error)]) from error
    wrapper = weasyprint.cssselect2.ElementWrapper
    document.wrapper_element = wrapper.from_html_root(root, content_language=None)
    document.etree_element = root
    return document


def _unreadable(html: str, error: ElementTree.ParseError) -> str:
    if found := _UNPRINTABLE.search(html):
        return f"There is a character that cannot be printed (U+{ord(found[0]):04X}). Remove it."
    return f"The page is not well-formed: {error}."


@cache
def _engine(fonts: Path) -> tuple[Any, Any]:
    """WeasyPrint, mended, and the one font configuration of this process.

    Loaded at the first render (0.6 s), after the fonts are chosen. A new configuration per render
    would leak (61 MB grew to 170 MB over 400 renders, measured).
    """
    use_private_fonts(fonts)
    try:
        import weasyprint
        from weasyprint.text.fonts import FontConfiguration
    except OSError as error:
        raise PermanentEngineError(
            f"The PDF renderer lacks a system library ({error}). On Debian: {_LIBRARIES}"
        ) from error
    from content.engines.renderer import accessibility, quicker

    accessibility.install()
    quicker.install()
    # A render makes a hundred thousand objects: collections that go through all modules each time
    # were a fifth of its time (measured).
    gc.collect()
    gc.freeze()
    return weasyprint, FontConfiguration()


@lru_cache(maxsize=4)
def _parsed(style: str) -> Any:
    """Parsing the page's style took an eighth of a render."""
    import weasyprint

    return weasyprint.CSS(string=style, base_url=_SCHEME)


def _fetcher(weasyprint: Any, assets: Assets) -> Any:
    """Serves ``assets`` and refuses every other address, redirects included."""
    urls = weasyprint.urls
    base: Any = urls.URLFetcher

    class AssetFetcher(base):  # type: ignore[misc]
        def fetch(self, url: str, headers: object = None) -> Any:
            name = url.removeprefix(_SCHEME)
            if not url.startswith(_SCHEME) or name not in assets:
                raise ValueError(f"The document asks for “{url[:80]}”, which is not part of it.")
            body, media_type = assets[name]
            return urls.URLFetcherResponse(url, body, {"Content-Type": media_type})

    return AssetFetcher(allowed_protocols=("asset",), allow_redirects=False, fail_on_errors=True)


class _Warnings(logging.Handler):
    """Turns what WeasyPrint logs into problems that a person can act on."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.problems: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        problem = f"The PDF renderer warns: {record.getMessage()}"
        if record.getMessage().startswith(_NO_GLYPH) and isinstance(record.args, tuple):
            char, code = record.args
            problem = f"No font can print the character “{char}” (U+{code:04X}). Replace it."
        if problem not in self.problems:
            self.problems.append(problem)
