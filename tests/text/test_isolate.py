import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.languages import Direction
from content.text.isolate import isolate, unisolated_runs

ISOLATED = [
    ("خذ 5-10 mg يومياً", ["5-10 mg"]),
    ("اتصل على (555) 010-0199 الآن", ["(555) 010-0199"]),
    ("اتصل على +1 555 010 0199", ["+1 555 010 0199"]),
    ("خذ Metformin XR 500 mg مرتين", ["Metformin XR 500 mg"]),
    ("ميتفورمين (Metformin) 500 mg", ["(Metformin) 500 mg"]),
    ("(انظر Metformin)", ["Metformin"]),
    ("(Metformin", ["Metformin"]),
    ("ضغط 130/80 mmHg.", ["130/80 mmHg"]),
    ("حرارة ≥ 38.5 °C هو", ["≥ 38.5 °C"]),
    ("عند -20 °C فقط", ["-20 °C"]),
    ("20% من", ["20%"]),
    ("חייגו ל-911 מיד", ["911"]),
    ("העיר 120 Main Street, Springfield, IL 62701", ["120 Main Street, Springfield, IL 62701"]),
    ("Tylenol® 325 mg مع Advil", ["Tylenol® 325 mg", "Advil"]),
    # Native digits: a range is read from right to left, a phone number and a date are not.
    ("خذ ٥-١٠ ملغ", []),
    ("(٥٥٥) ٠١٠-٠١٩٩", ["(٥٥٥) ٠١٠-٠١٩٩"]),
    ("۵۵۵-۰۱۰-۰۱۹۹ زنگ بزنید", ["۵۵۵-۰۱۰-۰۱۹۹"]),
    ("في (٢٠٢٦-١١-٢٤)", ["٢٠٢٦-١١-٢٤"]),
    ("لا شيء هنا", []),
]

UNBROKEN = [
    ("Take 5-10 mg twice a day for 3 days.", ["5-10 mg", "3 days"]),
    ("Take 5 – 10 mg.", ["5 – 10 mg"]),
    ("Call (555) 010-0199 or +1 555 010 0199.", ["(555) 010-0199", "+1 555 010 0199"]),
    ("Fever of 38 °C (100.4 °F)", ["38 °C", "100.4 °F"]),
    ("No more than 4,000 mg in 24 hours", ["4,000 mg", "24 hours"]),
    ("Take 1/2 tablet", ["1/2 tablet"]),
    ("每天服用10毫克，每次1片。", ["10毫克", "1片"]),
    ("10 мг/мл в сутки", ["10 мг/мл"]),
    ("하루 2정을 복용", ["2정을"]),
    ("Drink water.", []),
]


@pytest.mark.parametrize(("text", "expected"), ISOLATED)
def test_left_to_right_runs_are_isolated_whole(text, expected):
    assert [run.text for run in isolate(text, Direction.RTL) if run.isolated] == expected


@pytest.mark.parametrize(("text", "expected"), UNBROKEN)
def test_a_number_keeps_its_unit(text, expected):
    assert [run.text for run in isolate(text, Direction.LTR) if run.unbroken] == expected


def test_nothing_is_isolated_in_left_to_right_text():
    assert not any(run.isolated for run in isolate("Take 5-10 mg", Direction.LTR))


def test_a_native_unit_stays_with_an_isolated_number():
    runs = isolate("خذ 5-10 ملغ يومياً", Direction.RTL)
    assert [run.text for run in runs if run.unbroken] == ["5-10", " ملغ"]


def test_a_word_after_a_phone_number_is_no_unit():
    runs = isolate("اتصل (555) 010-0199 الآن", Direction.RTL)
    assert [run.text for run in runs if run.unbroken] == ["(555) 010-0199"]


def test_a_long_isolated_run_may_break():
    address = "120 Main Street, Springfield, IL 62701"
    assert not isolate(address, Direction.RTL)[0].unbroken


def test_arabic_indic_phone_numbers_are_overridden():
    (run,) = isolate("٥٥٥-٠١٠-٠١٩٩", Direction.RTL)
    assert run.shown == "\u202d٥٥٥-٠١٠-٠١٩٩\u202c"


@given(st.text(alphabet="aM5٥۵ -–()[]%°.,،:/+مגक毫克®\n", max_size=60), st.sampled_from(Direction))
def test_no_character_is_lost(text, direction):
    assert "".join(run.text for run in isolate(text, direction)) == text


@given(st.text(alphabet="aM5٥ -()[].,م", max_size=60))
def test_brackets_of_an_isolated_run_are_balanced(text):
    for run in isolate(text, Direction.RTL):
        if run.isolated:
            assert run.text.count("(") == run.text.count(")")


LINT = [
    ('<html dir="rtl"><p>خذ 5 mg</p>', ["5 mg"]),
    ('<html dir="rtl"><p>خذ <bdi dir="ltr">5 mg</bdi></p>', []),
    ('<html dir="rtl"><p>خذ <span dir="ltr">5 mg</span> ثم 6</p>', ["6"]),
    ('<html dir="rtl"><head><title>5 mg</title><style>p{margin:1em}</style></head><p>لا</p>', []),
    ('<html dir="rtl"><p>لا<br>x<img src="a5.png"></p>', ["x"]),
    ('<html dir="rtl"><p>لا<br/>x<img src="a5.png"/></p>y', ["x", "y"]),
    ('<html dir="rtl"><p>لا</b>x</p>', ["x"]),
    ('<html dir="ltr"><p>Take 5 mg</p>', []),
    ('<html dir="ltr"><p dir="rtl">خذ 5</p><p>7</p>', ["5"]),
]


@pytest.mark.parametrize(("html", "expected"), LINT)
def test_the_lint_finds_what_is_not_isolated(html, expected):
    assert unisolated_runs(html) == expected
