"""People at a real deployment, each in a Chromium of their own, and axe, which looks where they do."""

import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Locator, Page, expect

from tests.chromium import DESKTOP, PHONE, wrong
from tests.stack import Stack

PASSWORD = "pass-word-9"
SCREENS = {screen["width"]: screen for screen in (DESKTOP, PHONE)}
SLOW = 120_000  # ms: a worker's turn
expect.set_options(timeout=20_000)  # the workers and the browser share the machine


@dataclass
class Walk:
    """The people of one day, who read ``language`` on screens of ``width``; what was ``wrong``."""

    browser: Browser
    stack: Stack
    language: str
    width: int
    wrong: list[tuple[object, ...]] = field(default_factory=list)
    pages: dict[str, Page] = field(default_factory=dict)

    def begin(self) -> None:
        """Everybody is new here, and reads the language of the day."""
        self.stack.ask(f"User.objects.update(language={self.language!r}, toured_at=None)")

    def open(self, path: str, language: str = "") -> Page:
        context = self.browser.new_context(
            viewport=SCREENS[self.width],
            locale=language or self.language, accept_downloads=True,
        )  # fmt: skip
        page = context.new_page()
        page.on("pageerror", lambda error: self.wrong.append((page.url, str(error))))
        page.goto(self.address(path))
        return page

    def address(self, path: str) -> str:
        return f"{self.stack.url}{path}"

    def sit_down(self, username: str, look: bool = True) -> Page:
        """Sign in without a mouse; a newcomer reads the three steps that greet them and closes them."""
        if username in self.pages:
            page = self.pages[username]
            page.goto(self.address("/desk/"))
            expect(page.locator(".tour")).to_have_count(0)
            return page
        page = self.pages[username] = self.open("/desk/")
        page.locator("input[name=login]").focus()
        page.keyboard.type(username)
        page.keyboard.press("Tab")
        page.keyboard.type(PASSWORD)
        page.keyboard.press("Enter")
        expect(page).to_have_url(re.compile("/desk/$"))
        expect(page.locator(".tour li")).to_have_count(3)
        if look:
            self.look(page)
        press(page, page.locator("form[action$='/desk/tour/'] button"))
        expect(page.locator(".tour")).to_have_count(0)
        return page

    def look(self, page: Page, language: str = "") -> None:
        """Axe finds nothing at either width, nothing is wider than the screen, the language is right."""
        path = urlsplit(page.url).path
        spoken = page.locator("html").get_attribute("lang")
        if spoken != (language or self.language):
            self.wrong.append((path, "speaks", spoken))
        # Contrast is measured on every page of the desk, clinic and portal by tests of their own.
        for screen in sorted(SCREENS.values(), key=lambda one: one["width"] == self.width):
            page.set_viewport_size(screen)
            self.wrong += [(path, screen["width"], *found) for found in wrong(page, contrast=False)]

    def wait_for(self, page: Page, path: str, wanted: str, text: str) -> Locator:
        """What a worker brings about: the page is loaded anew until it is there."""
        found = page.locator(wanted).filter(has_text=text).first
        for _try in range(120):
            page.goto(self.address(path))
            if found.count():
                return found
            page.wait_for_timeout(500)
        raise AssertionError(f"{wanted} with {text!r} never came to {path}")


def press(page: Page, target: Locator, key: str = "Tab") -> None:
    """Go to ``target`` and press it, without a mouse."""
    tab_to(page, target, key)
    page.keyboard.press("Enter")


def tab_to(page: Page, target: Locator, key: str = "Tab") -> None:
    expect(target).to_be_visible()
    for _step in range(400):
        if target.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press(key)
    raise AssertionError(f"the keyboard does not reach {target}")
