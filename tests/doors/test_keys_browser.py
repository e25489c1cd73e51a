"""Reviewing without a mouse, in a real Chromium: the clinician's and the translator's desk."""

import pytest
from playwright.sync_api import expect

from content.models import Request
from content.services.drafting import request_handout

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_clinician_reviews_and_approves_by_keyboard(edition, ellen, carlos, open_as):
    page = open_as("carlos", f"/desk/editions/{edition.pk}/")
    todo = page.locator("[data-unit][data-open]")
    expect(todo).to_have_count(3)
    page.keyboard.press("n")
    for left in (2, 1, 0):
        expect(page.locator("[data-unit]:focus")).to_have_count(1)
        page.keyboard.press("n" if left == -1 else "a")
        expect(todo).to_have_count(left)
        page.keyboard.press("n")
    page.locator("#gate form[action$='/approve/'] button").press("Enter")
    expect(page.locator("#state strong")).to_have_text("Approved")


def test_a_sentence_to_be_mended_holds_the_gate(edition, ellen, carlos, open_as):
    page = open_as("carlos", f"/desk/editions/{edition.pk}/")
    page.keyboard.press("n")
    page.keyboard.press("m")
    expect(page.locator("#gate .notice")).to_contain_text("1 sentence is marked to be mended")


def test_comments_by_keyboard(edition, ellen, carlos, open_as):
    page = open_as("carlos", f"/desk/editions/{edition.pk}/")
    page.keyboard.press("n")
    page.keyboard.press("c")
    page.keyboard.type("Is it always with meals?")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".comments li")).to_contain_text("Is it always with meals?")
    page.get_by_role("button", name="Resolve").click()
    expect(page.locator(".comments li")).to_contain_text("Resolved by Carlos")


def test_the_sheet_says_the_keys_and_turns_them_off(edition, ellen, carlos, open_as):
    page = open_as("carlos", f"/desk/editions/{edition.pk}/")
    page.keyboard.press("?")
    sheet = page.get_by_role("dialog")
    expect(sheet).to_be_visible()
    sheet.get_by_label("Single letters do something").uncheck()
    sheet.get_by_role("button", name="Close").click()
    page.keyboard.press("n")
    expect(page.locator("[data-unit]:focus")).to_have_count(0)


def test_a_translator_puts_in_what_the_check_offers(translation, teresa, open_as):
    page = open_as("teresa", f"/desk/translations/{translation.pk}/")
    row = page.locator("[data-unit]").filter(has_text="Take 500 mg")
    box = row.locator(".editor textarea")
    box.fill("Tome metformina duas vezes ao dia com as refeições.")
    fix = row.locator("[data-result] .fix")
    expect(fix).to_have_text("Put in “500 mg”")
    box.evaluate("box => box.setSelectionRange(4, 4)")
    page.keyboard.press("Alt+1")
    expect(box).to_have_value("Tome 500 mg metformina duas vezes ao dia com as refeições.")
    expect(fix).to_have_count(0)
    page.keyboard.press("Control+Enter")
    expect(page.locator("[data-told]")).to_have_text("Saved.")
    # The next sentence is ready to be typed in.
    following = page.locator("[data-unit]").filter(has_text="Do not stop metformin")
    expect(following.locator(".editor textarea")).to_be_focused()


def test_a_letter_is_put_where_one_types(translation, teresa, open_as):
    page = open_as("teresa", f"/desk/translations/{translation.pk}/")
    box = page.locator("[data-unit]").filter(has_text="Medicines").locator(".editor textarea")
    box.fill("Medica")
    page.locator(".palette").get_by_role("button", name="ç").click()
    expect(box).to_have_value("Medicaç")


def test_typed_words_survive_a_word_on_another_sentence(translation, teresa, open_as):
    page = open_as("teresa", f"/desk/translations/{translation.pk}/")
    box = page.locator("[data-unit]").filter(has_text="Take 500 mg").locator(".editor textarea")
    box.fill("Not saved yet")
    other = page.locator("[data-unit]").filter(has_text="Do not stop metformin")
    other.get_by_role("button", name="Accept").click()
    expect(other.locator(".tag.accepted")).to_be_visible()
    expect(box).to_have_value("Not saved yet")


def test_memory_is_looked_up_on_the_page(translation, teresa, open_as):
    page = open_as("teresa", f"/desk/translations/{translation.pk}/")
    row = page.locator("[data-unit]").filter(has_text="Take 500 mg")
    row.locator(".memory summary").click()
    expect(row.locator(".memory")).to_contain_text("Memory has nothing like it.")


def test_running_work_is_looked_at_again_by_itself(ellen, source, open_as):
    page = open_as("ellen", "/desk/")
    request_handout(actor=ellen, topic="Metformin", sources=[source])
    Request.objects.update(progress_total=9)
    expect(page.locator("[data-poll]")).to_contain_text("Metformin", timeout=15_000)
