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
from content.engines.renderer.weasy import render
from tests.engines.renderer.conftest import TEMPLATES
from tests.engines.renderer.test_variants import in_form

# Latin letters, joined and reordered ones, and ones that may break anywhere.
CODES = ("es", "ar", "zh-Hans", "my", "hi")


@pytest.fixture
def by_itself() -> Iterator[None]:
    yield
    quicker.install()


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("code", CODES)
def test_the_same_bytes(fonts, by_itself, code, large):
    document = in_form(languages.get(code), Paper.LETTER, large, bilingual=True)
    page, files, style = to_html(document, TEMPLATES), assets(document), style_of(TEMPLATES)
    soon = [render(page, files, fonts=fonts, style=style) for _again in range(2)]
    quicker.uninstall()
    assert soon == [render(page, files, fonts=fonts, style=style)] * 2


def test_a_width_depends_on_nothing_else():
    asked = set()
    for module in (line_break, wp_fonts):
        asked |= set(re.findall(r"style\['(\w+)'\]", inspect.getsource(module)))
    # Lines under or through a text leave its width alone.
    assert asked - {"text_decoration_line"} == set(quicker.TEXT_PROPERTIES)


def test_what_is_inherited_has_no_name_by_the_direction_of_the_text():
    assert not quicker.INHERITED & quicker.PHYSICAL_FUNCTIONS.keys()


def test_what_is_remembered_has_an_end(printed, monkeypatch):
    monkeypatch.setattr(quicker, "_MAX_WIDTHS", 3)
    quicker._widths.clear()
    printed(in_form(languages.get("es"), Paper.A4, False, True))
    assert 0 < len(quicker._widths) <= 3
