"""The whole path in a real Chromium, by the pages that people use."""

import re
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.stack import Stack

pytestmark = [pytest.mark.browser, pytest.mark.stack]
PASSWORD = "pass-word-9"


def desk(browser, stack: Stack, username: str) -> Page:
    page = browser.new_context(accept_downloads=True).new_page()
    page.goto(f"{stack.url}/admin/login/?next=/desk/")
    page.fill("input[name=login]", username)
    page.fill("input[name=password]", PASSWORD)
    page.click("main button")
    expect(page).to_have_url(re.compile("/desk/$"))
    return page


def test_from_request_to_patient(browser, stack, tmp_path):
    draft_url = educator_asks(browser, stack)
    clinician_approves(browser, stack, draft_url)
    translator_corrects_and_approves(browser, stack)
    patient_reads_and_prints(browser, stack, tmp_path)


def educator_asks(browser, stack) -> str:
    page = desk(browser, stack, "ellen")
    page.click("text=Request a handout")
    page.fill("#id_topic", "Metformin")
    page.get_by_role("combobox", name="Search the library").fill("metf")
    page.get_by_role("option", name="Metformin").click()
    page.check("input[name=languages][value='pt-BR']")
    page.click("button[type=submit][name=_save]")
    expect(page.locator(".progress")).to_be_visible()
    # The page follows the worker by itself and opens the draft when it is done.
    expect(page).to_have_url(re.compile(r"/desk/editions/\d+/$"), timeout=120_000)
    return page.url


def clinician_approves(browser, stack, draft_url) -> None:
    page = desk(browser, stack, "carlos")
    page.goto(draft_url)
    # The dose stands in the draft, whatever the bad model offered.
    expect(page.locator("tr.list_item td:nth-child(2)").nth(1)).to_contain_text("500 mg")
    page.click("form[action$='/approve/'] button")
    expect(page.locator(".state strong")).to_have_text("Approved")


def translator_corrects_and_approves(browser, stack) -> None:
    page = desk(browser, stack, "teresa")

    def listed() -> bool:
        page.reload()
        return page.locator("a[href*='/desk/translations/']").count() > 0

    for _try in range(60):
        if listed():
            break
        page.wait_for_timeout(1000)
    page.locator("a[href*='/desk/translations/']").first.click()
    box = page.locator("tr.title [name=text]")
    box.fill("Metformina: como tomar")
    page.locator("tr.title button", has_text="Save").click()
    expect(page.locator("[data-told]")).to_have_text("Saved.")
    for reason in page.locator("input[name=reason]").all():
        reason.evaluate("e => e.closest('details').open = true")
    while page.locator("input[name=reason]").count():
        page.locator("details:has(input[name=reason])").first.evaluate("e => e.open = true")
        page.locator("input[name=reason]").first.fill("Checked against the English by me.")
        page.locator("button", has_text="Override").first.click()
    page.click("form[action$='/approve/'] button")
    expect(page.locator(".state strong")).to_have_text("Approved")


def patient_reads_and_prints(browser, stack, tmp_path: Path) -> None:
    page = browser.new_context(locale="pt-BR", accept_downloads=True).new_page()
    for _try in range(60):
        page.goto(f"{stack.url}/pt-BR/")
        if page.locator("text=Metformina: como tomar").count():
            break
        page.wait_for_timeout(1000)
    page.click("text=Metformina: como tomar")
    assert page.locator("html").get_attribute("lang") == "pt-BR"
    expect(page.locator("article")).to_contain_text("911")
    with page.expect_response(re.compile("pdf$")) as answer:
        address = page.locator("a[href$='handout-letter.pdf']").get_attribute("href")
        page.evaluate("url => fetch(url)", address)
    pdf = tmp_path / "handout.pdf"
    pdf.write_bytes(page.request.get(f"{stack.url}{address}").body())
    assert answer.value.status == 200
    words = subprocess.run(["pdftotext", str(pdf), "-"], capture_output=True, text=True).stdout
    assert "Metformina: como tomar" in words
    assert "911" in words
