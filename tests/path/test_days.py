"""The day of each role, end to end by the pages that people use, in three languages of the desk.

A day is one handout from its request to its withdrawal. Each is told by one person after another;
what they press is found by what it does, so that the same walk is walked in every language.
"""

import csv
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.utils.translation import gettext, override
from playwright.sync_api import Locator, Page, expect

from content.models import Edition, Publication, Translation
from tests.path.walking import SLOW, Walk, press, tab_to

pytestmark = [pytest.mark.browser, pytest.mark.stack, pytest.mark.timeout(600)]

DOSE, CALL = "500 mg", "911"  # the bad model may change every other word
CASES = {
    ("en", 1280): ("Morning metformin", "Metformina de manhã"),
    ("es", 390): ("Evening metformin", "Metformina à noite"),
    ("ar", 1280): ("Metformin with meals", "Metformina com as refeições"),
}


@dataclass
class Day(Walk):
    topic: str = ""
    title: str = ""  # in Portuguese
    draft: str = ""  # the path of the edition
    handout: str = ""

    @property
    def returns(self) -> bool:
        """Whether the first clinician sends the draft back this day, or takes her edit back."""
        return self.language == "es"

    def says(self, words: str) -> str:
        with override(self.language):
            return gettext(words)

    def called(self, state: object) -> str:
        with override(self.language):
            return str(state.label)


# Other tests of the desk's pages are in English.
REPEATED = ("en", 1280)


@pytest.fixture(
    params=[pytest.param(case, marks=[pytest.mark.again] * (case == REPEATED)) for case in CASES],
    ids=lambda case: f"{case[0]}-{case[1]}",
)
def day(request, browser, stack) -> Iterator[Day]:
    language, width = request.param
    topic, title = CASES[request.param]
    made = Day(browser, stack, language, width, topic=topic, title=title)
    made.begin()
    yield made
    assert made.wrong == [], "\n".join(map(str, made.wrong))


def test_a_day(day, tmp_path):
    educator_asks_and_comments(day)
    clinician_reviews_without_a_mouse(day)
    if day.returns:
        educator_sends_it_again(day)
    another_clinician_approves(day)
    translator_settles_and_approves(day)
    educator_is_told_and_goes_on(day)
    patient_reads_and_prints(day, tmp_path)
    administrator_invites_looks_and_withdraws(day, tmp_path)
    patient_is_told_it_is_gone(day)


def row(page: Page, english: str) -> Locator:
    """The row of a source statement, or of an English sentence on the translator's desk."""
    return page.locator("[data-unit]").filter(has=page.locator("td:first-child", has_text=english))


def expect_state(page: Page, words: str) -> None:
    expect(page.locator("p.state strong").first).to_have_text(words)


# --- the educator ---------------------------------------------------------------------------------


def educator_asks_and_comments(day: Day) -> None:
    page = day.sit_down("ellen")
    page.locator("main a[href$='/admin/content/request/add/'].button").click()
    page.fill("#id_topic", day.topic)
    page.get_by_role("combobox").and_(page.locator("#source-search")).fill("metf")
    page.get_by_role("option").filter(has_text="Metformin").click()
    page.locator(".source-chosen summary").click()
    expect(page.locator(".source-chosen details")).to_contain_text("500 mg")
    for code in ("pt-BR", "so"):
        page.check(f"input[name=languages][value='{code}']")
    day.look(page)
    with day.stack.asleep("llm"):
        page.click("button[type=submit][name=_save]")
        expect(page.locator(".progress[data-watch] progress")).to_be_visible()
        day.look(page)
        home = page.context.new_page()
        home.goto(day.address("/desk/"))
        expect(home.locator("[data-poll] .jobs li").filter(has_text=day.topic)).to_be_visible()
        day.look(home)
        home.close()
    # The page follows the worker by itself and opens the draft when it is done.
    expect(page).to_have_url(re.compile(r"/desk/editions/\d+/$"), timeout=SLOW)
    day.draft = page.url.removeprefix(day.stack.url)
    # The dose stands in the draft, whatever the bad model offered.
    dose = row(page, DOSE)
    expect(dose.locator("[data-text]")).to_contain_text("500 mg")
    dose.locator(".comment summary").click()
    dose.locator("[name=comment]").fill("Is it always with meals?")
    dose.locator(".comment form button").click()
    expect(dose.locator(".comments li")).to_contain_text("Is it always with meals?")
    day.look(page)


def educator_sends_it_again(day: Day) -> None:
    page = day.sit_down("ellen")
    page.locator(f"main a[href='{day.draft}']").click()
    expect_state(page, day.called(Edition.State.RETURNED))
    expect(page.locator(".notice").first).to_contain_text("Say what to do after a missed dose.")
    page.locator("form[action$='/resubmit/'] button").click()
    expect_state(page, day.called(Edition.State.IN_REVIEW))


def educator_is_told_and_goes_on(day: Day) -> None:
    page = day.sit_down("ellen")
    told = day.wait_for(page, "/desk/notices/", "main li.unread a", day.title)
    day.look(page)
    told.click()
    expect(page).to_have_url(re.compile(r"/desk/publications/\d+/$"))
    expect_state(page, day.called(Publication.State.PUBLIC))
    day.look(page)
    page.locator("main a[href*='/desk/handouts/']").first.click()
    expect(page.locator("table.grid tbody tr")).to_have_count(3)
    day.handout = page.url.removeprefix(day.stack.url)
    day.look(page)
    page.locator("form[action$='/duplicate/'] [name=title]").fill(f"{day.topic} for children")
    page.locator("form[action$='/duplicate/'] button").click()
    expect(page).to_have_url(re.compile(r"/desk/editions/\d+/$"))
    expect(page.locator("form[action$='/resubmit/'] button")).to_be_visible()
    page.goto(day.address(day.handout))
    page.locator("form[action$='/new/'] button").click()
    expect(page.locator("#since")).to_be_visible()
    day.look(page)


# --- the clinicians -------------------------------------------------------------------------------


def clinician_reviews_without_a_mouse(day: Day) -> None:
    page = day.sit_down("carlos")
    press(page, page.locator(f"main a[href='{day.draft}']"))
    expect(page.locator(".comments li")).to_have_count(1)
    expect(page.locator("[data-keys-bar]:not([hidden])")).to_be_attached()  # the keys work now
    units, todo = page.locator("[data-unit]"), page.locator("[data-unit][data-open]")
    for key, place in (("j", 0), ("j", 1), ("k", 0)):
        page.keyboard.press(key)
        expect(units.nth(place)).to_be_focused()
    mark_one_to_be_mended(page)
    accept_the_rest(page)
    expect(todo).to_have_count(0)
    press(page, row(page, DOSE).locator(".comments form button"), "Shift+Tab")
    expect(row(page, DOSE).locator(".comments li.resolved")).to_have_count(1)
    edit_with_a_look_ahead(day, page)
    if day.returns:
        tab_to(page, page.locator("form[action$='/return/'] textarea"))
        page.keyboard.type("Say what to do after a missed dose.")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect_state(page, day.called(Edition.State.RETURNED))


def mark_one_to_be_mended(page: Page) -> None:
    page.keyboard.press("n")
    marked = page.locator("[data-unit]:focus")
    name = marked.get_attribute("id")
    page.keyboard.press("m")
    expect(page.locator(f"#{name} [data-key=m]")).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("k")
    expect(page.locator(f"#{name}")).to_be_focused()


def accept_the_rest(page: Page) -> None:
    """From the sentence that has the focus: "a" goes on to the next, which may be a label."""
    todo = page.locator("[data-unit][data-open]")
    for left in range(todo.count() - 1, -1, -1):
        if not page.locator("[data-unit][data-open]:focus").count():
            page.keyboard.press("n")
        page.keyboard.press("a")
        expect(todo).to_have_count(left)


def edit_with_a_look_ahead(day: Day, page: Page) -> None:
    """Whoever edits does not approve; in English the edit is taken back as well."""
    mine = row(page, CALL)
    before = mine.locator("[data-text]").inner_text()
    while not mine.and_(page.locator(":focus")).count():
        page.keyboard.press("k")
    page.keyboard.press("c")
    expect(mine.locator("[name=comment]")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("e")
    expect(mine.locator("textarea[name=text]")).to_be_focused()
    page.keyboard.press("Control+A")
    page.keyboard.type("Call 911 at once if you have trouble breathing.")
    expect(mine.locator("table.changes")).to_be_visible()
    expect(mine.locator("[data-verdict]")).not_to_be_empty()
    day.look(page)
    page.keyboard.press("Control+Enter")
    expect(mine.locator("[data-text]")).to_have_text(
        "Call 911 at once if you have trouble breathing."
    )
    if day.language == "en":
        press(page, mine.locator(".undo button"), "Shift+Tab")
        expect(mine.locator("[data-text]")).to_have_text(before)
    another = "You requested or edited this edition, so another clinician must approve it."
    expect(page.locator("#gate .notice")).to_have_text(day.says(another))
    expect(page.locator("form[action$='/approve/']")).to_have_count(0)


def another_clinician_approves(day: Day) -> None:
    page = day.sit_down("clara", look=False)
    page.goto(day.address("/desk/notices/"))
    press(page, page.locator("main li.unread a").filter(has_text=day.topic).first)
    expect(page).to_have_url(day.address(day.draft))
    press(page, page.locator("form[action$='/approve/'] button"))
    expect_state(page, day.called(Edition.State.APPROVED))
    day.look(page)


# --- the translator -------------------------------------------------------------------------------


def translator_settles_and_approves(day: Day) -> None:
    page = day.sit_down("teresa")
    link = "main a[href*='/desk/translations/']"
    day.wait_for(page, "/desk/", link, day.topic)
    sees_only_her_language(day, page)
    page.locator(link).filter(has_text=day.topic).click()
    expect(page.locator(".palette button").first).to_be_visible()
    puts_the_dose_in(page)
    writes_the_title(day, page)
    row(page, DOSE).locator(".terms .chip").first.click()
    row(page, DOSE).locator("textarea[name=text]").press("Escape")
    overrides_with_a_reason(page)
    day.look(page)
    page.locator("form[action$='/approve/'] button").click()
    expect_state(page, day.called(Translation.State.APPROVED))


def sees_only_her_language(day: Day, page: Page) -> None:
    pk = int(day.draft.split("/")[-2])
    somali = day.stack.ask(f"Translation.objects.get(edition={pk}, language='so').pk")
    assert page.locator(f"main a[href='/desk/translations/{somali}/']").count() == 0
    assert page.request.get(day.address(f"/desk/translations/{somali}/")).status == 404


def puts_the_dose_in(page: Page) -> None:
    """A number that is missing is put back by what the finding offers; memory is asked."""
    dose = row(page, DOSE)
    box = dose.locator("textarea[name=text]")
    box.fill("Tome metformina duas vezes ao dia com as refeições.")
    expect(dose.locator("[data-result] .fix")).to_have_count(1)
    box.evaluate("box => box.setSelectionRange(4, 4)")
    page.keyboard.press("Alt+1")
    expect(box).to_have_value("Tome 500 mg metformina duas vezes ao dia com as refeições.")
    expect(dose.locator("[data-result] .fix")).to_have_count(0)
    page.keyboard.press("Control+Enter")
    expect(page.locator("[data-told]")).not_to_be_empty()
    other = page.locator("[data-unit]:has(.memory)").first
    other.locator(".memory summary").click()
    expect(other.locator(".memory [data-loaded] p").first).to_be_visible()


def writes_the_title(day: Day, page: Page) -> None:
    box = page.locator("tr.title textarea[name=text]")
    start, end = day.title[:7], day.title[7:]
    letter = page.locator(".palette button").filter(has_text="ã").first
    box.fill(start)
    letter.click()
    expect(box).to_have_value(f"{start}ã")
    box.fill(start + end)
    box.press("Control+Enter")
    expect(page.locator("tr.title.edited")).to_be_attached()


def overrides_with_a_reason(page: Page) -> None:
    call = row(page, CALL)
    box = call.locator("textarea[name=text]")
    box.fill("Ligue para 911 se tiver dificuldade para respirar por 5 minutos.")
    box.press("Control+Enter")
    expect(call.locator("td > .findings .finding.blocking")).not_to_have_count(0)
    expect(page.locator("form[action$='/approve/']")).to_have_count(0)
    reasons = page.locator("form[action$='/override/']")
    while left := reasons.count():
        held = page.locator("details:has(> form[action$='/override/'])").first
        held.locator("summary").click()
        held.locator("[name=reason]").fill("Checked against the English by me.")
        held.locator("button").click()
        expect(reasons).to_have_count(left - 1)


# --- patients -------------------------------------------------------------------------------------


def patient_reads_and_prints(day: Day, tmp_path: Path) -> None:
    page = day.open("/pt-BR/", "pt-BR")
    day.wait_for(page, "/pt-BR/", "main a", day.title).click()
    expect(page.locator("article")).to_contain_text("911")
    day.look(page, "pt-BR")
    address = page.locator("a[href$='handout-letter.pdf']").get_attribute("href")
    answer = page.request.get(day.address(address))
    assert answer.status == 200
    pdf = tmp_path / "handout.pdf"
    pdf.write_bytes(answer.body())
    words = subprocess.run(["pdftotext", str(pdf), "-"], capture_output=True, text=True).stdout
    assert day.title in words
    assert "911" in words


def patient_is_told_it_is_gone(day: Day) -> None:
    slug = day.topic.lower().replace(" ", "-")
    for language in ("pt-BR", "en"):
        page = day.open(f"/{language}/", language)
        expect(page.locator("main .cards a").filter(has_text=day.title)).to_have_count(0)
        answer = page.goto(day.address(f"/{language}/{slug}/"))
        assert answer.status == 410
        day.look(page, language)


# --- the administrator ----------------------------------------------------------------------------


def administrator_invites_looks_and_withdraws(day: Day, tmp_path: Path) -> None:
    page = day.sit_down("ada")
    invites(day, page)
    looks_at_the_record(day, page, tmp_path)
    page.goto(day.address(day.handout))
    page.locator("tr:has(th [lang=en]) a[href*='/desk/publications/']").click()
    page.locator("form[action$='/withdraw/'] [name=reason]").fill("The dose is under review again.")
    expect(page.locator("[name=everywhere]")).to_be_checked()
    day.look(page)
    page.locator("form[action$='/withdraw/'] button").click()
    expect_state(page, day.called(Publication.State.WITHDRAWN))
    day.look(page)


def invites(day: Day, page: Page) -> None:
    page.goto(day.address("/admin/content/user/"))
    day.look(page)
    page.locator("a[href*='/admin/content/user/add/']:visible").first.click()
    address = f"nadia.{day.language}@example.org"
    page.fill("[name=email]", address)
    page.fill("[name=first_name]", f"Nadia {day.language}")
    page.locator("[name=groups]").first.check()
    day.look(page)
    page.click("button[type=submit][name=_save]")
    expect(page.locator("main")).to_contain_text(address)  # "An invitation is on its way to …"
    page.goto(day.address("/admin/content/user/"))
    page.locator("#result_list a").filter(has_text=f"Nadia {day.language}").click()
    expect(page.locator("[name=email]")).to_have_value(address)
    day.look(page)


def looks_at_the_record(day: Day, page: Page, tmp_path: Path) -> None:
    page.goto(day.address(day.draft))
    page.locator("main a[href*='/desk/record/edition/']").click()
    expect(page.locator(".timeline")).to_contain_text("clara")
    day.look(page)
    page.goto(day.address("/desk/record/"))
    page.locator("main form button").first.click()
    expect(page.locator("main [role=status] strong")).to_be_visible()
    day.look(page)
    with page.expect_download() as download:
        page.locator("main a[href$='/desk/record/export/csv/']").click()
    file = tmp_path / "record.csv"
    download.value.save_as(file)
    edition = day.draft.split("/")[-2]
    told = [one for one in csv.DictReader(file.open()) if one["edition"] == edition]
    decided = {(one["actor"], one["what"]) for one in told if one["entry"] == "decision"}
    assert {("clara", "approve_edition"), ("teresa", "approve_translation")} <= decided
    assert (("carlos", "return_edition") in decided) == day.returns
