"""A handout on paper: how long the renderer takes, beside Chromium, and how much can be read back."""

import base64
import gc
import os
import re
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from io import BytesIO
from pathlib import Path

import pikepdf
from django.conf import settings
from playwright.sync_api import Browser, Page, sync_playwright

from content.engines.base import cache_dir
from content.engines.renderer import gate
from content.engines.renderer.fonts import ensure_fonts
from content.engines.renderer.handout import assets, render_handout
from content.engines.renderer.layout import style_of, to_html
from content.engines.renderer.weasy import Assets, render
from content.languages import get
from content.services.printing import labels
from tests.chromium import HEADLESS_SHELL, QUIET
from tests.engines.renderer.samples import TEXTS, handout

CHROMIUM = "/usr/bin/chromium"
ROUNDS = 21
RENDER_SECONDS = 0.2  # two pages
FASTER_THAN_CHROMIUM = 2.5


def printing() -> dict[str, object]:
    """Milliseconds of a warm render of two pages, with and without the gate; how many times longer
    Chromium takes to print the same page; the least share of words read back, by direction.

    Chromium is running already and opens a tab for each document, as services that print with it
    do: a tab keeps fonts, styles and scripts of what was in it. One tab for all is told as well, and
    so is Chromium without a window (its headless shell), which has less to do for a tab.
    """
    fonts, templates = ensure_fonts(cache_dir("fonts")), Path(settings.BASE_DIR) / "templates"
    document = handout("es", labels=labels("es"))
    html, files = to_html(document, templates), assets(document)
    style = style_of(templates)
    pdf = render(html, files, fonts=fonts, style=style)
    with pikepdf.open(BytesIO(pdf)) as opened:
        assert len(opened.pages) == 2
    ours, theirs, shells, one_tab = [], [], [], []
    os.environ["FONTCONFIG_FILE"] = str(fonts.absolute() / "fonts.conf")
    with sync_playwright() as playwright:
        browser, shell = (
            playwright.chromium.launch(executable_path=program, args=QUIET)
            for program in (CHROMIUM, HEADLESS_SHELL)
        )
        kept, alone = browser.new_page(), _alone(html, style, files)
        for number in range(ROUNDS + 1):  # in turns, so that a busy machine slows all
            page, same = _another(html, number), _another(alone, number)
            with _as_in_the_press():
                ours.append(_timed(partial(render, page, files, fonts=fonts, style=style)))
            theirs.append(_timed(partial(_in_a_tab, browser, same)))
            shells.append(_timed(partial(_in_a_tab, shell, same)))
            one_tab.append(_timed(partial(_chromium, kept, same)))
        browser.close()
        shell.close()
    median, tabs, shelled, tab = (
        statistics.median(times[1:]) for times in (ours, theirs, shells, one_tab)
    )
    gated = _timed(lambda: render_handout(document, templates=templates, fonts=fonts))
    return {
        "render_ms_median": round(1000 * median),
        "render_ms_least": round(1000 * min(ours)),
        "render_with_gate_ms": round(1000 * gated),
        "chromium_times_slower": round(tabs / median, 1),
        "headless_shell_times_slower": round(shelled / median, 1),
        "chromium_times_slower_in_one_tab": round(tab / median, 1),
        "render_in_time": median <= RENDER_SECONDS,
        "render_fast_enough": tabs / median >= FASTER_THAN_CHROMIUM,
        **_read_back(templates, fonts),
    }


def _another(html: str, number: int) -> str:
    """A page of the same length with other sentences: nothing that is kept of one serves the next."""
    return re.sub(r"(?=</(?:p|li)>)", f" {number}", html)


@contextmanager
def _as_in_the_press() -> Iterator[None]:
    """What a render leaves is collected afterwards, while nobody waits."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.collect()


def _in_a_tab(browser: Browser, html: str) -> None:
    page = browser.new_page()
    _chromium(page, html)
    page.close()


def _chromium(page: Page, html: str) -> None:
    page.set_content(html)
    page.pdf(format="Letter", print_background=True, tagged=True)


def _alone(html: str, style: str, files: Assets) -> str:
    """``html`` with its style and files inside, as a browser without our fetcher needs it."""
    html = html.replace("<style>", f"<style>{style}", 1)
    for name, (body, media_type) in files.items():
        data = base64.b64encode(body).decode()
        html = html.replace(f"asset:{name}", f"data:{media_type};base64,{data}")
    return html


def _read_back(templates: Path, fonts: Path) -> dict[str, float]:
    shares: dict[bool, list[float]] = {False: [], True: []}
    for code in TEXTS:
        document = handout(code)
        pdf = render(
            to_html(document, templates), assets(document), fonts=fonts, style=style_of(templates)
        )
        ((share, _lost),) = gate.recovery(pdf, [*document.texts()])
        shares[get(code).is_rtl].append(share)
    ltr, rtl = min(shares[False]), min(shares[True])
    assert ltr >= gate.MIN_RECOVERY_LTR, shares
    assert rtl >= gate.MIN_RECOVERY_RTL, shares
    return {"words_read_back_ltr": round(ltr, 3), "words_read_back_rtl": round(rtl, 3)}


def _timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started
