import subprocess
from datetime import date

import pytest

from content.engines.renderer import gate
from content.engines.renderer.document import (
    LABELS,
    Block,
    HandoutDocument,
    Kind,
    Paper,
    SourceCredit,
)
from content.engines.renderer.layout import to_html
from content.engines.renderer.weasy import RenderRefused
from content.languages import get
from tests.engines.renderer.conftest import TEMPLATES
from tests.engines.renderer.samples import TEXTS, handout

RTL = [code for code in TEXTS if get(code).is_rtl]


def text_of(pdf: bytes, *options: str) -> str:
    command = ["pdftotext", "-enc", "UTF-8", *options, "-", "-"]
    return subprocess.run(command, input=pdf, capture_output=True, check=True).stdout.decode()


@pytest.mark.parametrize("code", RTL)
def test_a_dose_and_a_phone_number_keep_their_order(printed, code):
    lines = gate.visual_lines(printed(handout(code)))
    assert any("Lisinopril5-10mg" in line for line in lines)
    assert any("(555)010-0199" in line for line in lines)


def test_words_around_a_dose_keep_their_order(printed):
    text = "خذ Metformin XR 500 mg مع Aspirin 81 mg ثم ٥-١٠ ملغ واتصل على ٥٥٥-٠١٠-٠١٩٩ غدا"
    pdf = printed(handout("ar", blocks=(Block(Kind.PARAGRAPH, (text,)),)))
    (line,) = [line for line in gate.visual_lines(pdf) if "Metformin" in line]
    marks = ["٥٥٥-٠١٠-٠١٩٩", "١٠-٥", "Aspirin81mg", "MetforminXR500mg"]
    assert sorted(marks, key=line.index) == marks


@pytest.mark.parametrize(("paper", "size"), [(Paper.LETTER, "612 x 792"), (Paper.A4, "595.276 x")])
def test_the_paper_is_the_one_asked_for(printed, paper, size):
    pdf = printed(handout("en", paper=paper))
    info = subprocess.run(["pdfinfo", "-"], input=pdf, capture_output=True, check=True)
    assert size in info.stdout.decode()


def test_the_imprint_tells_where_the_text_comes_from(printed):
    text = " ".join(text_of(printed(handout("es"))).split())
    for part in ("Edition 3", "Published: 2026-11-24", "Next review by: 2028-11-24", "MedlinePlus",
                 "checked and corrected by a qualified translator", "Page 1 of"):  # fmt: skip
        assert part in text


def test_english_says_nothing_of_translation(printed):
    assert "Translated" not in text_of(printed(handout("en")))


def test_a_demonstration_says_so_on_every_page(printed):
    pages = text_of(printed(handout("en", demonstration=True, large_print=True))).split("\f")[:-1]
    assert len(pages) > 1
    assert all(LABELS["demonstration"] in " ".join(page.split()) for page in pages)


def test_labels_are_the_callers(printed):
    pdf = printed(handout("es", labels={"page": "Página {page} de {pages}", "sources": "Fuentes"}))
    assert "Página 1 de" in text_of(pdf)
    assert "Fuentes" in text_of(pdf)


def test_an_untranslated_label_is_marked_as_english():
    html = to_html(handout("ar"), TEMPLATES)
    assert f'<h2><bdi lang="en" dir="ltr">{LABELS["sources"]}</bdi></h2>' in html


def test_texts_are_escaped():
    html = to_html(handout("en", title="<script>alert(1)</script> & more"), TEMPLATES)
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


REFUSED = [
    ({"title": "Take \u202e5-10 mg"}, "turn text around"),
    ({"title": "Take 𒀀"}, "U+12000"),
    ({"portal_url": "javascript:alert(1)"}, "not a web address"),
    ({"sources": (SourceCredit("A", "B", "file:///etc/passwd"),)}, "not a web address"),
    ({"blocks": (Block(Kind.PARAGRAPH, ("word " * 13_000,)),)}, "characters"),
    ({"blocks": (Block(Kind.BULLETS, ("One more line.",) * 500),)}, "pages"),
]


@pytest.mark.parametrize(("changes", "message"), REFUSED)
def test_what_cannot_be_handed_out_is_refused(printed, changes, message):
    with pytest.raises(RenderRefused, match=message.replace("+", r"\+")):
        printed(handout("en", **changes))


def test_the_same_document_gives_the_same_bytes(printed):
    assert printed(handout("zh-Hans")) == printed(handout("zh-Hans"))


PAYLOAD = {
    "title": "Metformin",
    "language": "en",
    "edition": 2,
    "approved_on": "2026-11-24",
    "review_by": "",
    "machine_translated": False,
    "demonstration": True,
    "key_points": {"heading": "Key points", "items": ["Take 500 mg."]},
    "help": [
        {"key": "emergency", "heading": "Now", "items": [{"kind": "list_item", "text": "Call."}]}
    ],
    "sections": [
        {
            "key": "about",
            "heading": "What it is",
            "items": [
                {"kind": "paragraph", "text": "A medicine."},
                {"kind": "list_item", "text": "One."},
                {"kind": "list_item", "text": "Two."},
            ],
        }
    ],
    "sources": [{"title": "T", "publisher": "P", "url": "https://example.org", "courtesy": ""}],
    "topics": [],
    "clinic": {"name": "Clinic", "phone": ""},
}


def from_payload(**changes) -> HandoutDocument:
    return HandoutDocument.from_payload(
        {**PAYLOAD, **changes}, paper=Paper.A4, portal_url="https://example.org/en/metformin"
    )


def test_a_payload_becomes_a_document(printed):
    document = from_payload()
    assert document.published == date(2026, 11, 24)
    assert document.get_help[0].urgent
    assert [block.kind for block in document.blocks] == ["heading", "paragraph", "bullets"]
    assert document.blocks[2].texts == ("One.", "Two.")
    assert "Take 500 mg." in text_of(printed(document))


def test_a_payload_without_key_points_or_help_is_printed(printed):
    document = from_payload(key_points=None, help=[], review_by="2028-01-31")
    assert "Next review by: 2028-01-31" in text_of(printed(document))
