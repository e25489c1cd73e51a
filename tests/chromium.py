"""A real Chromium for the tests that look at pages, and axe, which looks with them.

Chromium fetches nothing by itself.
"""

import os
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

# The same engine as Debian's `chromium`, without the window that nobody sees: a third less to do.
HEADLESS_SHELL = "/usr/bin/chromium-headless-shell"
QUIET = ["--no-sandbox", "--disable-quic", "--disable-background-networking",
         "--disable-component-update", "--disable-sync", "--no-first-run"]  # fmt: skip
DESKTOP, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}

_AXE = Axe().axe_script
_RUN = """async (rules) => {
  const found = await axe.run(document, { resultTypes: ["violations"], rules });
  return found.violations.flatMap(({ id, nodes }) => nodes.map((n) => [id, n.target, n.html.slice(0, 160)]));
}"""


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Playwright's loop runs in this thread, where the tests ask the database.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        running = playwright.chromium.launch(executable_path=HEADLESS_SHELL, args=QUIET)
        yield running
        running.close()


@pytest.fixture
def browser(chromium: Browser) -> Iterator[Browser]:
    """A Chromium without anything of an earlier test: what is kept is kept in a context."""
    yield chromium
    for context in chromium.contexts:
        context.close()


def wrong(page: Page, *, contrast: bool = True) -> list[tuple[object, ...]]:
    """What axe finds on the page as it is (rule, where, HTML), and whether it is wider than its screen.

    ``contrast`` takes axe most of its time, and does not depend on the language.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(_AXE)
    rules = {} if contrast else {"color-contrast": {"enabled": False}}
    found: list[tuple[object, ...]] = [tuple(one) for one in page.evaluate(_RUN, rules)]
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert page.viewport_size
    if wide > page.viewport_size["width"]:
        found.append(("wider than the screen", [str(wide)], ""))
    return found


def wrong_on_screens(page: Page, name: str, language: str) -> list[tuple[object, ...]]:
    """What is ``wrong`` on a desktop and on a phone, by width; each is photographed."""
    found: list[tuple[object, ...]] = []
    for screen in (DESKTOP, PHONE):
        page.set_viewport_size(screen)
        photograph(page, f"{name}-{language}-{screen['width']}")
        # The colours are the same in every language.
        found += [(screen["width"], *one) for one in wrong(page, contrast=language == "en")]
    return found


def photograph(page: Page, name: str) -> None:
    """Keep a picture of the whole page, where SCREENSHOTS names a folder."""
    if folder := os.environ.get("SCREENSHOTS"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)
