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
from tests.engines.renderer.samples import TEXTS
from tests.engines.renderer.test_variants import in_form


@pytest.fixture
def by_itself() -> Iterator[None]:
    yield
    quicker.install()


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("code", TEXTS)
def test_the_same_bytes(printed, by_itself, code, large):
    for bilingual in (False, True):
        document = in_form(languages.get(code), Paper.LETTER, large, bilingual)
        soon = [printed(document) for _again in range(2)]
        quicker.uninstall()
        assert soon == [printed(document)] * 2
        quicker.install()


def test_a_width_depends_on_nothing_else():
    asked = set()
    for module in (line_break, wp_fonts):
        asked |= set(re.findall(r"style\['(\w+)'\]", inspect.getsource(module)))
    # Lines under or through a text leave its width alone.
    assert asked - {"text_decoration_line"} == set(quicker.TEXT_PROPERTIES)


def test_what_is_remembered_has_an_end(printed, monkeypatch):
    monkeypatch.setattr(quicker, "_MAX_WIDTHS", 3)
    quicker._widths.clear()
    printed(in_form(languages.get("es"), Paper.A4, False, True))
    assert 0 < len(quicker._widths) <= 3
