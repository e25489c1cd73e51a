"""Every language on every paper, in standard and large print, alone and with English beside it."""

import re
import struct
import subprocess
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from itertools import product
from pathlib import Path

import pikepdf
import pytest

from content.engines.renderer import gate
from content.engines.renderer.document import LABELS, Block, Box, HandoutDocument, Head, Kind, Paper
from content.engines.renderer.handout import max_pages
from content.engines.renderer.layout import logo_size, markup, to_html
from content.engines.renderer.weasy import RenderRefused
from content.languages import ENGLISH, LANGUAGES, Direction, Language, get
from content.text.isolate import unisolated_runs
from tests.engines.renderer.conftest import TEMPLATES
from tests.engines.renderer.samples import TEXTS, handout

# Paper, large print, English beside it.
FORMS = list(product(Paper, (False, True), (False, True)))
A_FORMS_LANGUAGES = 25
GOLDEN = Path(__file__).parent / "golden"


def png(width: int, height: int) -> bytes:
    """A blue picture, as small as PNG allows."""

    def chunk(name: bytes, data: bytes) -> bytes:
        check = zlib.crc32(name + data)
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", check)

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = (b"\0" + b"\x1e\x5a\x8c" * width) * height
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    )  # fmt: skip


HEAD = Head("Riverside Clinic", "(555) 010-0123", "Day and night: (555) 010-0777", png(300, 100))


def sample(language: Language) -> HandoutDocument:
    """A handout with every part; in a language without a sample, its name and digits all over."""
    if language.code in TEXTS:
        return handout(language.code, head=HEAD)
    name, digits = language.endonym, language.digits
    text = f"{name} Lisinopril 5-10 mg {name} {digits[1]}{digits[5]} (555) 010-0199."

    def fill(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        return tuple(replace(b, texts=tuple(old and text for old in b.texts)) for b in blocks)

    def box(old: Box) -> Box:
        return replace(old, heading=name, blocks=fill(old.blocks))

    english = handout("en", head=HEAD)
    return replace(
        english, language=language, title=name, blocks=fill(english.blocks),
        key_points=box(english.key_points), get_help=tuple(map(box, english.get_help)),
    )  # fmt: skip


def in_form(language: Language, paper: Paper, large: bool, bilingual: bool) -> HandoutDocument:
    beside = handout("en") if bilingual and language is not ENGLISH else None
    return replace(sample(language), paper=paper, large_print=large, english=beside)


# Five of the eight forms each, so that every form meets 25 languages.
ROTATION = [
    pytest.param(
        language, *FORMS[(number + 8 * turn // 5) % 8], id=f"{language.code}-{number + turn}"
    )
    for number, language in enumerate(LANGUAGES)
    for turn in range(5)
]


def test_the_rotation_meets_every_form_often_enough():
    met = Counter(tuple(case.values[1:]) for case in ROTATION)
    assert set(met) == set(FORMS)
    assert min(met.values()) >= A_FORMS_LANGUAGES


@pytest.mark.parametrize(("language", "paper", "large", "bilingual"), ROTATION)
def test_every_language_passes_the_gate_in_every_form(printed, language, paper, large, bilingual):
    assert printed(in_form(language, paper, large, bilingual)).startswith(b"%PDF")


# --- order in right-to-left text ------------------------------------------------------------------

_RTL_WORDS = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff،؛؟۔«»]+")


def skeleton(pdf: bytes) -> str:
    """What stands on each line from left to right, with "…" for right-to-left words: they are read
    back a letter more or less by one version of poppler than by another."""
    return "".join(f"{_RTL_WORDS.sub('…', line)}\n" for line in gate.visual_lines(pdf) if line)


@pytest.mark.parametrize("bilingual", [False, True], ids=["alone", "beside"])
@pytest.mark.parametrize("code", ["ar", "fa", "ur", "ps"])
def test_doses_names_and_phones_stand_as_on_the_golden_page(printed, code, bilingual):
    pdf = printed(in_form(get(code), Paper.LETTER, False, bilingual))
    golden = GOLDEN / f"{code}-{'beside-english' if bilingual else 'alone'}.txt"
    assert skeleton(pdf) == golden.read_text()


def test_english_beside_right_to_left_text_needs_no_isolates_of_its_own():
    html = to_html(in_form(get("ar"), Paper.LETTER, False, True), TEMPLATES)
    assert unisolated_runs(html) == []
    assert unisolated_runs(html.replace('<span class="en" lang="en" dir="ltr">', "<span>"))


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Take 500 mg now.", "500 mg"),
        ("The dose was 500.", None),  # there is no gap in it
        ("需要4周", "4周"),  # between Chinese characters there is one everywhere
        ("Call (555) 010-0199.", "(555) 010-0199"),
    ],
)
def test_only_what_could_break_is_wrapped_to_stay_whole(text, kept):
    html = markup(text, Direction.LTR)
    assert re.findall('<span class="unbroken">(.*?)</span>', html) == [kept] * bool(kept)


# --- English beside it ----------------------------------------------------------------------------


_opened: list[pikepdf.Pdf] = []  # an element lives as long as its document


def elements(pdf: bytes) -> list[pikepdf.Dictionary]:
    _opened[:] = [pikepdf.open(BytesIO(pdf))]
    return list(gate._elements(_opened[0].Root.StructTreeRoot.K))


def test_english_is_tagged_and_read_after_the_patients_language(printed):
    pdf = printed(in_form(get("hi"), Paper.A4, False, True))
    spans = [item for item in elements(pdf) if "/Lang" in item]
    assert {str(item.Lang) for item in spans} == {"en"}
    (heading,) = [item for item in elements(pdf) if item.S == "/H1"]
    lines = [item for item in gate._elements(heading.K) if isinstance(item.K[0], int)]
    assert ["/Lang" in line for line in lines] == [False, True]
    items = [item for item in elements(pdf) if item.S == "/LI"]
    assert {str(kid.S) for item in items for kid in item.K} <= {"/Lbl", "/LBody"}


def test_english_words_must_come_back_too(fonts, printed):
    pdf = printed(in_form(get("ar"), Paper.A4, False, True))
    assert gate.check(pdf, (), rtl=True, english=TEXTS["en"][2]) == []
    (problem,) = gate.check(pdf, (), rtl=True, english=(*TEXTS["en"][2], "Drink water"))
    assert "“drink”" in problem


REFUSED_BESIDE = [
    ({"blocks": ()}, "other parts"),
    ({"key_points": None}, "other parts"),
    ({"title": "Take 𒀀"}, "U+12000"),
    ({"title": "Take \u202e5-10 mg"}, "turn text around"),
]


@pytest.mark.parametrize(("changes", "message"), REFUSED_BESIDE)
def test_english_that_does_not_fit_is_refused(printed, changes, message):
    with pytest.raises(RenderRefused, match=message.replace("+", r"\+")):
        printed(handout("es", english=handout("en", **changes)))


def test_translated_furniture_stands_in_english_too():
    labels = {"bedtime": "Al acostarse", "phone": "Teléfono: {number}"}
    html = to_html(handout("es", english=handout("en"), labels=labels), TEMPLATES)
    beside = '<span class="own">{}</span><span class="en" lang="en" dir="ltr">{}</span>'
    assert beside.format("Al acostarse", LABELS["bedtime"]) in html
    assert html.count(LABELS["noon"]) == 1
    assert "Phone:" not in html


# --- large print ----------------------------------------------------------------------------------


def sizes(pdf: bytes) -> set[float]:
    """The sizes of every letter in points."""
    with pikepdf.open(BytesIO(pdf)) as document:
        return {size for leaf in document.pages for size in _sizes(leaf)}


def _sizes(leaf: pikepdf.Page) -> Iterator[float]:
    scales, size, matrix = [1.0], 0.0, 1.0
    for operands, operator in pikepdf.parse_content_stream(leaf):
        match str(operator):
            case "q":
                scales.append(scales[-1])
            case "Q":
                scales.pop()
            case "cm":
                scales[-1] *= abs(float(operands[0]))
            case "Tf":
                size = float(operands[1])
            case "Tm":
                matrix = abs(float(operands[0]))
            case "Tj" | "TJ":
                yield round(size * matrix * scales[-1], 1)


@pytest.mark.parametrize("bilingual", [False, True])
def test_in_large_print_no_letter_is_smaller_than_18_points(printed, bilingual):
    found = sizes(printed(in_form(get("es"), Paper.A4, True, bilingual)))
    assert min(found) >= 18
    assert min(sizes(printed(in_form(get("es"), Paper.A4, False, bilingual)))) < 18


def test_larger_forms_may_have_more_pages():
    forms = [in_form(get("es"), Paper.A4, *form) for form in product((False, True), repeat=2)]
    assert [max_pages(document) for document in forms] == [12, 24, 30, 60]


# --- boxes, tables, lines -------------------------------------------------------------------------


def pages_of(pdf: bytes) -> list[str]:
    command = ["pdftotext", "-layout", "-enc", "UTF-8", "-", "-"]
    done = subprocess.run(command, input=pdf, capture_output=True, check=True)
    return [" ".join(page.split()) for page in done.stdout.decode().split("\f")[:-1]]


@pytest.mark.parametrize("filler", range(8, 40, 8))
@pytest.mark.parametrize("large", [False, True])
def test_a_help_box_stands_on_one_page_wherever_it_falls(printed, filler, large):
    lines = tuple(f"Call us if sign {number} appears." for number in range(8))
    box = Box("When to get help", (Block(Kind.BULLETS, lines),), urgent=True)
    key = Box("Key points", (Block(Kind.BULLETS, ("Drink water.",) * filler),))
    pages = pages_of(printed(handout("en", get_help=(box,), key_points=key, large_print=large)))
    (page,) = [page for page in pages if lines[0] in page]
    assert all(line in page for line in lines)
    assert "When to get help" in page


def test_every_page_of_a_long_table_has_its_header(printed):
    medicines = tuple(f"Medicine number {number}" for number in range(70))
    pdf = printed(handout("en", blocks=(Block(Kind.SCHEDULE, medicines),)))
    pages = [page for page in pages_of(pdf) if "Medicine number" in page]
    assert len(pages) > 2
    assert all("Morning Noon Evening Bedtime" in page for page in pages)
    heads = [item for item in elements(pdf) if item.S == "/TH"]
    assert {str(item.A.Scope) for item in heads} == {"/Column", "/Row"}


def test_what_is_drawn_to_write_on_is_not_read(printed):
    blocks = (Block(Kind.CHECKS, ("Drink water.", "Walk.")), Block(Kind.SCHEDULE, ("",)))
    pdf = printed(handout("en", blocks=blocks, key_points=None, get_help=(), sources=()))
    text = " ".join(pages_of(pdf))
    assert f"Drink water. Walk. {LABELS['schedule']} Medicine Morning" in text
    assert "Bedtime Questions to ask" in text
    for key in ("question_do", "question_worse", "question_return"):
        assert LABELS[key] in text


def test_a_payload_with_questions_of_its_own_keeps_them():
    section = {"heading": "Ask", "items": [{"kind": "list_item", "text": "How long?"}]}
    payload = {
        "title": "T", "language": "en", "edition": 1, "approved_on": "2026-11-24", "review_by": "",
        "machine_translated": False, "demonstration": False, "key_points": None, "help": [],
        "sources": [], "clinic": {"name": "C", "phone": ""},
    }  # fmt: skip

    def kinds(*keys: str) -> tuple[list[Kind], bool]:
        sections = [{**section, "key": key} for key in keys]
        document = HandoutDocument.from_payload({**payload, "sections": sections})
        return [block.kind for block in document.blocks], document.asks

    assert kinds("questions") == ([Kind.HEADING, Kind.QUESTIONS], False)
    assert kinds("do") == ([Kind.HEADING, Kind.CHECKS], True)
    assert kinds("about") == ([Kind.HEADING, Kind.BULLETS], True)
    assert kinds("medicines") == ([Kind.HEADING, Kind.BULLETS, Kind.SCHEDULE], True)


# --- the clinic's head ----------------------------------------------------------------------------


def test_the_head_shows_the_clinic_and_reads_its_logo_to_nobody(printed):
    pdf = printed(handout("ar", head=HEAD, portal_url=""))
    first = pages_of(pdf)[0]
    assert all(text in first for text in ("Riverside Clinic", "Day and night: (555) 010-0777"))
    assert not [item for item in elements(pdf) if item.S == "/Figure"]
    with pikepdf.open(BytesIO(pdf)) as document:
        images = [o for o in document.objects if getattr(o, "get", dict)("/Subtype") == "/Image"]
        assert (300, 100) in [(image.Width, image.Height) for image in images]


@pytest.mark.parametrize(
    ("size", "printed_as"),
    [((300, 100), (48.0, 16.0)), ((100, 100), (16.0, 16.0)), ((900, 60), (60.0, 4.0))],
)
def test_a_logo_keeps_its_shape(size, printed_as):
    assert logo_size(png(*size)) == printed_as


@pytest.mark.parametrize("logo", [b"GIF89a", b"\x89PNG\r\n\x1a\n", png(9, 9) + b"0" * 2_000_000])
def test_a_logo_that_is_no_small_png_is_refused(printed, logo):
    with pytest.raises(RenderRefused, match="not a PNG"):
        printed(handout("en", head=replace(HEAD, logo=logo)))


def test_a_clinics_own_words_are_english_unless_their_letters_say_otherwise():
    names = {"Riverside": True, "عيادة النهر": False}
    for name, english in names.items():
        html = to_html(handout("ar", head=Head(name)), TEMPLATES)
        assert (f'<p class="clinic"><bdi lang="en" dir="ltr">{name}</bdi></p>' in html) == english


@pytest.mark.parametrize("large", [False, True])
def test_a_form_is_the_same_bytes_again(printed, large):
    document = in_form(get("fa"), Paper.A4, large, True)
    assert printed(document) == printed(document)
