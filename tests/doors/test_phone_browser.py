"""The desk on a phone: nothing is wider than the screen."""

import pytest
from playwright.sync_api import expect

from tests.doors.conftest import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE = {"width": 390, "height": 844}
LONG = "https://example.org/search.cfm?labeltype=all&query=" + "metformin" * 12


@pytest.fixture
def pages(source, edition):
    source.url = LONG
    source.save()
    return ["/desk/", f"/desk/sources/{source.pk}/", f"/desk/editions/{edition.pk}/"]


def test_no_page_scrolls_sideways(live_server, pages, carlos, browser):
    page = browser.new_context(viewport=PHONE).new_page()
    page.goto(live_server.url + pages[0])
    sign_in(page, "carlos")
    widths = {}
    for address in pages:
        page.goto(live_server.url + address)
        widths[address] = page.evaluate("document.documentElement.scrollWidth")
    assert max(widths.values()) <= PHONE["width"], widths


def test_the_menu_opens_and_closes_by_keyboard(live_server, carlos, browser):
    page = browser.new_context(viewport=PHONE).new_page()
    page.goto(f"{live_server.url}/desk/")
    sign_in(page, "carlos")
    editions = page.locator("nav a[href='/admin/content/edition/']").first
    expect(editions).to_be_hidden()
    opener = page.locator("header [role=button][aria-label]").last
    opener.focus()
    page.keyboard.press("Enter")
    expect(editions).to_be_visible()
    closer = page.locator("nav [role=button], [role=button]:text('close')").first
    closer.focus()
    page.keyboard.press("Space")
    expect(editions).to_be_hidden()
