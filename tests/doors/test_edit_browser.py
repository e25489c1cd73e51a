"""Editing in a real Chromium: the result while typing, saving and undoing without a page load."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.doors.conftest import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FIRST = "Take 500 mg of metformin twice a day with meals."
WRONG = "Take 900 mg of metformin, which is utilized twice a day."
MISSING = "900 mg is not in the source."


@pytest.fixture
def desk(edition, ellen, carlos, open_as):
    """The edition's page as a person sees it: ``desk("ellen")``."""

    def opened(username: str, **options) -> Page:
        return open_as(username, f"/desk/editions/{edition.pk}/", **options)

    return opened


def row(page: Page, text: str = FIRST) -> Locator:
    """The row of a source statement, whatever is said of it now; its editor is opened."""
    found = page.locator("tr.list_item").filter(has=page.locator("td:first-child", has_text=text))
    editor = found.locator(".editor")
    if editor.get_attribute("open") is None:
        editor.locator("summary").click()
    return found


def saved(found: Locator) -> Locator:
    return found.locator("td:nth-child(2) > p").first


def test_typing_is_checked_saved_and_undone_on_one_page(desk):
    page = desk("ellen")
    page.evaluate("document.documentElement.dataset.same = 'page'")
    mine = row(page)
    grade = page.locator("#quality .side strong").first.inner_text()
    mine.locator("[name=text]").fill(WRONG)
    expect(mine.locator("[data-result] .findings")).to_contain_text(MISSING)
    expect(mine.locator("[data-result] .notes")).to_contain_text("is passive")
    expect(mine.locator("[data-verdict]")).to_contain_text("must be mended")
    expect(saved(mine)).to_contain_text(FIRST)

    mine.locator("[name=text]").press("Control+Enter")
    expect(saved(mine)).to_contain_text(WRONG)
    expect(mine.locator("td > .findings")).to_contain_text(MISSING)
    expect(page.locator("[data-told]")).to_have_text("Saved.")
    expect(page.locator("#quality .side strong").first).not_to_have_text(grade)
    expect(mine.locator(".editor summary")).to_be_focused()

    mine.locator(".undo button").click()
    expect(saved(mine)).to_contain_text(FIRST)
    expect(mine.locator("td > .findings .finding")).to_have_count(0)
    expect(page.locator("#quality .side strong").first).to_have_text(grade)
    assert page.evaluate("document.documentElement.dataset.same") == "page"


def test_escape_leaves_the_saved_text(desk):
    mine = row(desk("ellen"))
    mine.locator("[name=text]").fill(WRONG)
    mine.locator("[name=text]").press("Escape")
    expect(mine.locator("[name=text]")).to_be_hidden()
    expect(mine.locator("[name=text]")).to_have_value(FIRST)
    expect(mine.locator(".editor summary")).to_be_focused()


def test_two_people_see_each_others_words_before_anything_is_lost(desk):
    ellens, carloss = row(desk("ellen")), row(desk("carlos"))
    ellens.locator("[name=text]").fill("Ellen writes this.")
    ellens.locator("button.primary").click()
    expect(saved(ellens)).to_contain_text("Ellen writes this.")

    carloss.locator("[name=text]").fill("Carlos writes that.")
    expect(carloss.locator("[data-verdict]")).to_have_text("Someone changed this text meanwhile.")
    carloss.locator("button.primary").click()
    expect(carloss.locator(".conflict > div")).to_contain_text(
        ["Ellen writes this.", "Carlos writes that."]
    )
    expect(carloss.locator("[name=text]")).to_have_value("Carlos writes that.")
    carloss.get_by_role("button", name="Save my text instead").click()
    expect(saved(carloss)).to_contain_text("Carlos writes that.")


def test_a_save_brings_the_changes_of_others_but_keeps_what_is_typed(desk):
    page, other = desk("carlos"), desk("ellen")
    theirs = row(other)
    theirs.locator("[name=text]").fill("Ellen writes this.")
    theirs.locator("button.primary").click()
    expect(saved(theirs)).to_contain_text("Ellen writes this.")

    open_row, mine = row(page), row(page, "Call 911")
    open_row.locator("[name=text]").fill("Carlos is not done")
    mine.locator("[name=text]").fill("Call 911 if it is hard to breathe.")
    mine.locator("button.primary").click()
    expect(saved(open_row)).to_contain_text("Ellen writes this.")
    expect(open_row.locator("[name=text]")).to_have_value("Carlos is not done")
    open_row.locator("button.primary").click()
    expect(open_row.locator(".conflict")).to_contain_text("Ellen writes this.")


def test_words_outlive_a_session(desk, live_server):
    page = desk("ellen")
    mine = row(page)
    page.context.clear_cookies(name="sessionid")
    mine.locator("[name=text]").fill("My long new words.")
    mine.locator("button.primary").click()
    expect(page.locator("[data-told]")).to_contain_text("You are signed out.")
    other = page.context.new_page()
    other.goto(f"{live_server.url}/desk/")
    sign_in(other, "ellen")
    other.wait_for_url("**/desk/")
    mine.locator("button.primary").click()
    expect(saved(mine)).to_contain_text("My long new words.")


def test_everything_works_without_scripts(desk):
    page = desk("ellen", java_script_enabled=False)
    mine = row(page)
    mine.locator(".editor").get_by_role("link", name="Open the form").click()
    mine.locator("[name=text]").fill(WRONG)
    mine.get_by_role("button", name="Check").click()
    expect(mine.locator("[data-result] .findings")).to_contain_text(MISSING)
    mine.locator(".editor button.primary").click()
    expect(saved(mine)).to_contain_text(WRONG)
    mine.locator(".undo button").click()
    expect(saved(mine)).to_contain_text(FIRST)


def test_a_phone_scrolls_one_way_only(desk):
    page = desk("ellen", viewport={"width": 390, "height": 844})
    mine = row(page)
    mine.locator("[name=text]").fill(WRONG)
    expect(mine.locator("[data-result] .finding").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 390
