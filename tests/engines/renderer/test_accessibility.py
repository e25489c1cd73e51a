import re
from io import BytesIO

import pikepdf
import pytest
import weasyprint

from content.engines.base import PermanentEngineError
from content.engines.renderer import accessibility
from content.engines.renderer.weasy import render

PAGE = (
    '<!DOCTYPE html><html lang="en"><head><title>T</title><style>body{font-family:"Noto Sans",'
    '"Noto Sans Devanagari","Noto Naskh Arabic"}</style></head><body><h1>T</h1>'
    '<p lang="hi">रक्तचाप की दवा</p><p lang="ar" dir="rtl">ضغط <bdi dir="ltr">(5 mg)</bdi></p>'
    '<p><a href="https://example.org">link</a></p>'
    '<table><tr><th scope="col">Name</th><th scope="col">Dose</th></tr>'
    '<tr><th scope="row">A</th><td>5 mg</td></tr></table></body></html>'
)


@pytest.fixture(scope="module")
def opened(fonts):
    return pikepdf.open(BytesIO(render(PAGE, {}, fonts=fonts)))


@pytest.fixture(scope="module")
def elements(opened):
    dictionaries = [item for item in opened.objects if isinstance(item, pikepdf.Dictionary)]
    return [item for item in dictionaries if item.get("/Type") == "/StructElem"]


def test_reordered_and_mirrored_lines_carry_their_text(elements):
    texts = {str(item.ActualText) for item in elements if "/ActualText" in item}
    assert "रक्तचाप की दवा" in texts
    assert any("ضغط" in text for text in texts)


def test_what_is_drawn_carries_its_text_where_glyphs_mislead(opened):
    content = opened.pages[0].Contents.read_bytes()
    (hexadecimal,) = re.findall(rb"ActualText <([0-9a-f]+)>", content)
    assert bytes.fromhex(hexadecimal.decode()).decode("utf-16") == "रक्तचाप की दवा"
    assert content.count(b"ActualText") == 2
    assert rb"ActualText (\(5 mg\))" in content


def test_a_passage_in_another_language_says_so(elements):
    assert {str(item.Lang) for item in elements if "/Lang" in item} == {"hi", "ar"}


def test_header_cells_have_a_scope(elements):
    scopes = [str(item.A.Scope) for item in elements if item.S == "/TH"]
    assert scopes == ["/Column", "/Column", "/Row"]


def test_links_are_printed(opened):
    flags = [item.F for item in opened.pages[0].Annots]
    assert flags == [4]


def test_another_version_of_weasyprint_is_refused(monkeypatch):
    monkeypatch.setattr(weasyprint, "__version__", "71.0")
    with pytest.raises(PermanentEngineError, match=r"71\.0"):
        accessibility.install()
