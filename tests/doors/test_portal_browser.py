"""The portal in a real Chromium: axe, the keyboard, small screens, no scripts, weight, offline."""

import re

import pytest

from content.services import publishing
from tests import builders
from tests.chromium import PHONE, photograph, wrong
from tests.doors.portal_words import LANGUAGES, publish

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NARROW = {"width": 320, "height": 640}
# A page of 1280 pixels at 400 % is one of 320 (WCAG 1.4.10).
PATHS = ("", "?q=metformin", "?q=none", "topics/other/", "metformin/", "metformin/?english=1",
         "metformin/feedback/", "metformin/feedback/?thanks=1", "none/", "offline.html",
         "metformin/handout-a4-large.pdf")  # fmt: skip
BUDGET = 100_000  # bytes of the first page, with all that it fetches


@pytest.fixture
def library(approved, carlos, teresa):
    """The same handout in five languages of four scripts."""
    rows = {"en": builders.make_public(approved.publications.get())}
    for language in LANGUAGES[1:]:
        rows[language] = publish(approved, language, teresa)
    return rows


@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing_and_nothing_is_wide(live_server, library, browser, language):
    found, contrast = [], language == "en"  # the colours are the same in every language
    context = browser.new_context(viewport=NARROW, locale=language)
    page = context.new_page()
    for path in PATHS:
        page.goto(f"{live_server.url}/{language}/{path}")
        for details in page.locator("details").all():
            if details.get_attribute("class") != "languages":
                details.evaluate("e => e.open = true")
        photograph(page, re.sub(r"\W+", "_", f"{language}-{path}"))
        found += [(path, *one) for one in wrong(page, contrast=contrast)]
    page.close()  # the last one waits for a file and asks again, whatever else is opened in it
    page = context.new_page()
    page.goto(f"{live_server.url}/{language}/metformin/")
    page.locator(".languages summary").click()
    found += [("menu", *one) for one in wrong(page, contrast=contrast)]
    page.locator("[data-size='3']").last.evaluate("e => e.click()")
    found += [("largest text", *one) for one in wrong(page, contrast=contrast)]
    assert found == [], "\n".join(map(str, found))


def test_everything_can_be_reached_by_the_keyboard(live_server, library, browser):
    """Tab reaches every control of every page, each with a visible focus, and never gets caught."""
    page = browser.new_context(viewport=PHONE).new_page()
    for path in PATHS[:9]:
        page.goto(f"{live_server.url}/ar/{path}")
        wanted = page.evaluate(_CONTROLS)
        reached = []
        for _n in range(wanted + 5):
            page.keyboard.press("Tab")
            seen = page.evaluate(_FOCUSED)
            if seen in (None, *reached):
                break
            reached.append(seen)
        assert len(reached) == wanted, (path, reached)


_CONTROLS = """() => {
  const shown = [...document.querySelectorAll('a[href], button, input:not([type=hidden]), textarea, summary')]
    .filter((e) => e.checkVisibility({visibilityProperty: true}));
  const radios = shown.filter((e) => e.type === 'radio').length;
  shown.forEach((e, n) => { e.dataset.number = n; });
  return shown.length - Math.max(0, radios - 1);
}"""
_FOCUSED = """() => {
  const e = document.activeElement;
  if (e === document.body || !e.dataset.number) return null;
  const style = getComputedStyle(e);
  return e.dataset.number + (style.outlineStyle === 'none' ? ' without a ring' : '');
}"""


def test_a_keyboard_opens_the_menu_and_goes_to_another_language(live_server, library, browser):
    page = browser.new_context(viewport=PHONE).new_page()
    page.goto(f"{live_server.url}/es/metformin/")
    for _n in range(3):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.locator(".languages").get_attribute("open") is not None
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/metformin/")
    assert page.locator("html").get_attribute("lang") == "en"


def test_without_scripts_everything_is_there(live_server, library, browser):
    page = browser.new_context(viewport=PHONE, java_script_enabled=False, locale="es-MX").new_page()
    page.goto(live_server.url)
    assert page.url.endswith("/es/")
    page.fill("#q", "metformina")
    page.keyboard.press("Enter")
    page.click(".cards a")
    assert page.locator("[data-read]").is_hidden()
    assert page.locator("[data-sizes]").is_hidden()
    page.click("a[href='?english=1']")
    assert page.locator(".english").count() > 5
    page.click(".easy a >> nth=1")
    assert page.locator("input[value=no]").is_checked()
    page.fill("textarea", "My MRN is 12345678")
    page.click("form.feedback button")
    assert "12345678" in page.locator("textarea").input_value()
    page.fill("textarea", "Muy largo")
    page.click("form.feedback button")
    page.wait_for_url("**/?thanks=1")


@pytest.mark.parametrize(("language", "faces"), [("es", 0), ("ar", 0), ("my", 1)])
def test_the_first_page_is_light_and_asks_nobody_else(
    live_server, library, browser, language, faces
):
    page = browser.new_context(viewport=PHONE).new_page()
    answers = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto(f"{live_server.url}/{language}/metformin/", wait_until="networkidle")
    assert {answer.url.split("/")[2] for answer in answers} == {live_server.url.split("/")[2]}
    sizes = {answer.url: len(answer.body()) for answer in answers if answer.status == 200}
    assert sum(sizes.values()) < BUDGET, sizes
    # A face comes for the language of the page, never for the names of others in its menu.
    assert sum(url.endswith(".woff2") for url in sizes) == faces


def test_the_size_of_the_text_is_kept(live_server, library, browser):
    page = browser.new_context(viewport=PHONE).new_page()
    page.goto(f"{live_server.url}/es/metformin/")
    before = page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)")
    page.click("button[data-size='3']")
    page.goto(f"{live_server.url}/es/")
    assert page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)") > 1.4 * before


VOICES = """
  const said = window.said = [];
  class Utterance { constructor(text) { this.text = text; } }
  window.SpeechSynthesisUtterance = Utterance;
  Object.defineProperty(window, 'speechSynthesis', {value: {
    getVoices: () => [{lang: 'es-MX', localService: true}],
    speak: (one) => { said.push(one); },
    cancel: () => {}, addEventListener: () => {},
  }});
"""


def test_a_voice_of_the_device_reads_sentence_by_sentence(live_server, library, browser):
    """Chromium here has no voices: a stand-in for the device's, which the page cannot tell apart."""
    page = browser.new_context(viewport=PHONE).new_page()
    page.add_init_script(VOICES)
    page.goto(f"{live_server.url}/es/metformin/?english=1")
    page.click("[data-read]")
    assert page.evaluate("said.map((s) => s.text)") == ["Metformina"]
    assert page.locator(".spoken").inner_text().startswith("Metformina")
    page.evaluate("said.at(-1).onend()")
    assert page.evaluate("said.at(-1).text") == "Puntos clave"
    page.click("[data-read]")  # pause
    page.evaluate("said.at(-1).onend()")
    assert page.evaluate("said.length") == 2
    page.click("[data-read]")  # goes on with the same sentence
    assert page.evaluate("said.at(-1).text") == "Puntos clave"
    page.keyboard.press("Escape")
    assert page.locator(".spoken").count() == 0
    page.goto(f"{live_server.url}/ar/metformin/")
    assert page.locator("[data-read]").is_hidden()


def test_pages_that_were_opened_are_there_offline(live_server, library, carlos, browser):
    context = browser.new_context(viewport=PHONE)
    page = context.new_page()
    page.goto(f"{live_server.url}/es/")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.wait_for_function("navigator.serviceWorker.controller !== null")
    page.goto(f"{live_server.url}/es/metformin/")
    page.wait_for_function(
        "caches.open('pages').then((c) => c.match('/es/offline.html')).then((x) => Boolean(x))"
    )
    context.set_offline(True)
    page.goto(f"{live_server.url}/es/metformin/")
    assert "Metformina" in page.locator("h1").inner_text()
    page.goto(f"{live_server.url}/es/topics/heart/")
    page.locator("[data-kept] a").first.wait_for()  # the page's script asks the cache first
    context.set_offline(False)
    publishing.withdraw(publication=library["es"], actor=carlos, reason="A dose was wrong.")
    page.goto(f"{live_server.url}/es/metformin/")
    page.wait_for_function(
        "caches.open('pages').then((c) => c.match('/es/metformin/')).then((x) => !x)"
    )


def test_a_printed_page_holds_the_text_and_not_the_tools(live_server, library, browser):
    page = browser.new_context().new_page()
    page.goto(f"{live_server.url}/es/metformin/")
    page.emulate_media(media="print")
    assert page.locator(".tools").is_hidden()
    assert page.locator(".languages").is_hidden()
    assert page.locator("[data-text]").is_visible()
    assert page.locator(".where").is_visible()
