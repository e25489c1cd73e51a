import pytest

from content.engines.renderer import gate
from content.engines.renderer.weasy import render

PAGE = (
    '<!DOCTYPE html><html lang="en"><head><title>Test</title><style>body{{font-family:'
    "'Noto Sans'}}</style></head><body>{}</body></html>"
)
GOOD = "<h1>Blood pressure</h1><p>Take 5-10 mg once a day.</p>"
WORDS = ("Blood pressure", "Take 5-10 mg once a day.")


def problems(fonts, body, page=PAGE, **options):
    pdf = render(page.format(body), {}, fonts=fonts)
    return gate.check(pdf, options.pop("expected", ()), **{"rtl": False, **options})


def test_a_good_page_passes(fonts):
    assert problems(fonts, GOOD, expected=WORDS, runs=("5-10 mg",)) == []


SEEDED = [
    ("<h1>A</h1><h1>B</h1>", "2 main headings"),
    ("<p>A</p>", "0 main headings"),
    ("<h1>A</h1><h3>B</h3>", "PDF/UA-1 rule"),
    ("<h1>A</h1><table><tr><th></th></tr><tr><td>1</td></tr></table>", "empty header cell"),
    ('<h1>A</h1><a href="javascript:alert(1)">x</a>', "not a web, mail or phone address"),
    ('<h1>A</h1><a href="file:///etc/passwd">x</a>', "not a web, mail or phone address"),
]


@pytest.mark.parametrize(("body", "expected"), SEEDED)
def test_a_seeded_defect_is_found(fonts, body, expected):
    assert expected in " ".join(problems(fonts, body))


def test_a_document_without_a_title_fails(fonts):
    assert problems(fonts, GOOD, page=PAGE.replace("<title>Test</title>", "<title></title>"))


def test_too_many_pages_fail(fonts):
    body = GOOD + '<p style="break-before:page">x</p>' * 2
    assert problems(fonts, body, max_pages=3) == []
    (problem,) = problems(fonts, body, max_pages=2)
    assert problem.startswith("The PDF has 3 pages")


def test_lost_words_fail(fonts):
    (problem,) = problems(fonts, GOOD, expected=(*WORDS, "Drink water"))
    assert "“drink”" in problem


def test_a_hyphenated_word_broken_at_a_line_end_is_not_lost(fonts):
    body = '<h1>A</h1><p style="width:60pt">pakikipag-ugnayan</p>'
    assert problems(fonts, body, expected=("pakikipag-ugnayan",)) == []


def test_a_repeated_word_must_be_there_as_often(fonts):
    assert problems(fonts, GOOD, expected=(*WORDS, "Take Take Take"))


@pytest.mark.parametrize("run", ["10-5 mg", "5-10 g", "50-10 mg"])
def test_a_changed_dose_fails(fonts, run):
    assert f"“{run}”" in problems(fonts, GOOD, runs=(run,))[0]


def test_a_dose_turned_around_by_bidi_fails(fonts):
    page = PAGE.replace('lang="en"', 'lang="ar" dir="rtl"').replace("Sans", "Naskh Arabic")
    body = "<h1>ضغط</h1><p>خذ 5-10 mg يومياً</p>"
    assert "“5-10 mg”" in problems(fonts, body, page, rtl=True, runs=("5-10 mg",))[0]
    body = body.replace("5-10 mg", '<bdi dir="ltr">5-10 mg</bdi>')
    assert problems(fonts, body, page, rtl=True, runs=("5-10 mg",)) == []


def test_a_missing_program_is_named(fonts, monkeypatch, tmp_path):
    pdf = render(PAGE.format(GOOD), {}, fonts=fonts)
    monkeypatch.setenv("PATH", str(tmp_path))
    (problem,) = gate.check(pdf, WORDS, rtl=False)
    assert "poppler-utils" in problem
    assert gate.missing_tools() == [problem]


WORD_TABLE = [
    ("Take 5-10 mg, twice!", ["take", "5", "10", "mg", "twice"]),
    ("co\u00adoperate\u200b", ["cooperate"]),
    ("ﬁve ５", ["five", "5"]),
    ("يوميًا", ["يوميا"]),
    ("每天1次", ["每", "天", "1", "次"]),
    ("ดื่มน้ำ", ["ดื่", "ม", "น้ํ", "า"]),
    ("복용", ["복", "용"]),
]


@pytest.mark.parametrize(("text", "expected"), WORD_TABLE)
def test_words_are_what_a_line_break_leaves_whole(text, expected):
    assert gate.words(text) == expected
