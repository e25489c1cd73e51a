"""Pages of the desk in a real Chromium, as one of the cast sees them."""

import pytest
from playwright.sync_api import Page

from content.models import User
from tests import builders


def sign_in(page: Page, username: str) -> None:
    page.fill("input[name=login]", username)
    page.fill("input[name=password]", "pass-word-9")
    page.click("main button")


@pytest.fixture
def open_as(live_server, browser):
    """``open_as("carlos", "/desk/…")``: the page as that person sees it."""
    errors = []

    def opened(username: str, address: str, **options) -> Page:
        context = browser.new_context(**options)
        user = User.objects.get(username=username)
        context.add_cookies([builders.cookie(user, live_server.url)])
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(error))
        page.goto(f"{live_server.url}{address}")
        return page

    yield opened
    assert errors == []
