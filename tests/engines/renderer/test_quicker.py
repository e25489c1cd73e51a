"""The short ways give the bytes that WeasyPrint gives by itself."""

import inspect
import re
from collections.abc import Iterator

import pytest
from weasyprint.text import fonts as wp_fonts
from weasyprint.text import line_break

from content import languages
from content.engines.renderer import quicker
from content.engines.renderer.document import Paper
from content.engines.renderer.handout import assets
from content.engines.renderer.layout import style_of, to_html
from content.engines.renderer.quicker import styles, texts
from content.engines.renderer.weasy import render
from tests.engines.renderer.conftest import TEMPLATES
from tests.engines.renderer.test_variants import in_form

# Latin letters, joined and reordered ones, and ones that may break anywhere; in large print or not.
PRINTS = [("es", False), ("ar", True), ("zh-Hans", False), ("my", True), ("hi", False)]
OTHER_PRINTS = [pytest.param(code, not large, marks=pytest.mark.again) for code, large in PRINTS]


@pytest.fixture
def by_itself() -> Iterator[None]:
    yield
    quicker.install()


@pytest.mark.parametrize(("code", "large"), PRINTS + OTHER_PRINTS)
def test_the_same_bytes(fonts, by_itself, code, large):
    document = in_form(languages.get(code), Paper.LETTER, large, bilingual=True)
    page, files, style = to_html(document, TEMPLATES), assets(document), style_of(TEMPLATES)
    soon = [render(page, files, fonts=fonts, style=style) for _again in range(2)]
    quicker.uninstall()
    assert {render(page, files, fonts=fonts, style=style)} == {*soon}


# The first letters fit into one line, with the rest comes the end of a paragraph.
NARROW = "i" * 240


@pytest.mark.parametrize("rule", [
    f"p {{ white-space: pre-line }} p::after {{ letter-spacing: -3px; content: '{NARROW}\\a y' }}",
    "td { width: 7em; height: 3em; padding: 2% 3% }",
    "table { width: 50%; height: 40% } p { min-height: 30%; max-width: 70%; margin: 2% auto }",
    "li { text-decoration: underline; font-feature-settings: 'smcp' } li::before { content: 'x' }",
    "p { border-inline-start-style: solid; border-top: 2pt dashed; text-align: justify }",
    "h2 { float: inline-end; position: relative; white-space: pre-line } h2::after { content: '\\a y' }",
    "body { page: other; text-decoration: overline } @page other { margin: 10% 5% } p { border-width: medium }",
])  # fmt: skip
def test_the_same_bytes_by_other_rules(fonts, by_itself, rule):
    document = in_form(languages.get("ar"), Paper.A4, False, bilingual=True)
    page, files, style = to_html(document, TEMPLATES), assets(document), style_of(TEMPLATES)
    soon = render(page, files, fonts=fonts, style=style + rule)
    quicker.uninstall()
    assert soon == render(page, files, fonts=fonts, style=style + rule)


def test_a_width_depends_on_nothing_else():
    asked = set()
    for module in (line_break, wp_fonts):
        asked |= set(re.findall(r"style\['(\w+)'\]", inspect.getsource(module)))
    # Lines under or through a text leave its width alone.
    assert asked - {"text_decoration_line"} == set(texts.TEXT_PROPERTIES)


def test_what_is_inherited_has_no_name_by_the_direction_of_the_text():
    assert not styles.INHERITED & styles.PHYSICAL_FUNCTIONS.keys()


def test_what_is_remembered_has_an_end(printed, monkeypatch):
    monkeypatch.setattr(texts, "_MAX_WIDTHS", 3)
    texts._widths.clear()
    printed(in_form(languages.get("es"), Paper.A4, False, True))
    assert 0 < len(texts._widths) <= 3
