"""The desk on a phone: nothing is wider than the screen."""

import pytest

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
