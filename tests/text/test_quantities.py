"""Numbers and units as they are written in each language."""

import pytest

from content.text.quantities import Quantity, base_value, quantities

READ = [
    ("en", "1,250.5 mg", [(1250.5, 1250.5, "mg")]),
    ("en", "2,000 mg a day", [(2000, 2000, "mg")]),
    ("en", "½ tablet, 1/2 tablet, 1 1/2 tablets, 2½ tsp", [(0.5, 0.5, "tablet"), (0.5, 0.5, "tablet"), (1.5, 1.5, "tablet"), (2.5, 2.5, "tsp")]),
    ("en", "one and a half tablets", [(1.5, 1.5, "tablet")]),
    ("en", "2 and a half hours", [(2.5, 2.5, "hour")]),
    ("en", "every 4-6 hours", [(4, 6, "hour")]),
    ("en", "two to three months", [(2, 3, "month")]),
    ("en", "5 and 10 mg", [(5, 5, ""), (10, 10, "mg")]),
    ("en", "twenty-two days", [(22, 22, "day")]),
    ("en", "twice a day", [(2, 2, "time")]),
    ("en", "once a week", [(1, 1, "time")]),
    ("en", "every other day", [(2, 2, "day")]),
    ("en", "at 8 p.m. or 20:00", [(1200, 1200, "clock"), (1200, 1200, "clock")]),
    ("en", "120/80 mmHg", [(120, 120, ""), (80, 80, "mmHg")]),
    ("en", "100.4°F (38 °C)", [(100.4, 100.4, "F"), (38, 38, "C")]),
    ("en", "70 mg/dL, 3.9 mmol/L, 50 %", [(70, 70, "mg/dL"), (3.9, 3.9, "mmol/L"), (50, 50, "%")]),
    ("en", "Take 2 500 mg tablets", [(2, 2, ""), (500, 500, "mg")]),
    ("en", "125 mcg", [(125, 125, "mcg")]),
    ("en", "half a cup", [(0.5, 0.5, "cup")]),
    ("es", "1.000 mg y 2,5 mL", [(1000, 1000, "mg"), (2.5, 2.5, "mL")]),
    ("es", "media tableta dos veces al día", [(0.5, 0.5, "tablet"), (2, 2, "time")]),
    ("es", "treinta y cinco gramos", [(35, 35, "g")]),
    ("fr", "2 000 mg", [(2000, 2000, "mg")]),
    ("fr", "un comprimé et demi", [(1.5, 1.5, "tablet")]),
    ("fr", "de deux à trois jours", [(2, 3, "day")]),
    ("pt-BR", "0,5 ml a cada 6 a 8 horas", [(0.5, 0.5, "mL"), (6, 8, "hour")]),
    ("de", "1.000,5 mg zweimal", [(1000.5, 1000.5, "mg"), (2, 2, "time")]),
    ("ar", "خذ حبتين كل ٨ ساعات", [(2, 2, "tablet"), (8, 8, "hour")]),
    ("ar", "٢٫٥ مل مرتين", [(2.5, 2.5, "mL"), (2, 2, "time")]),
    ("fa", "۱۲ قرص", [(12, 12, "tablet")]),
    ("hi", "ढाई मिलीलीटर", [(2.5, 2.5, "mL")]),
    ("hi", "१२ घंटे", [(12, 12, "hour")]),
    ("bn", "৫ মিলিগ্রাম", [(5, 5, "mg")]),
    ("zh-Hans", "三十五毫克", [(35, 35, "mg")]),
    ("zh-Hans", "每次一片半，每天两次", [(1.5, 1.5, "tablet"), (2, 2, "time")]),
    ("zh-Hans", "6～8小时", [(6, 8, "hour")]),
    ("ko", "하루 두 번 50mg을", [(2, 2, "time"), (50, 50, "mg")]),
    ("ru", "два-три дня", [(2, 3, "day")]),
    ("ru", "полторы таблетки дважды в день", [(1.5, 1.5, "tablet"), (2, 2, "time")]),
    ("vi", "3 lần mỗi ngày", [(3, 3, "time")]),
    ("ht", "de fwa pa jou", [(2, 2, "time")]),
    ("tl", "limang libra sa isang linggo", [(5, 5, "lb"), (1, 1, "week")]),
    ("so", "siddeed koob", [(8, 8, "cup")]),
    ("sw", "vidonge 2 mara mbili", [(2, 2, "tablet"), (2, 2, "time")]),
    ("th", "ครั้งละ ๒ เม็ด", [(2, 2, "tablet")]),
    ("ja", "2錠を1日3回", [(2, 2, "tablet"), (1, 1, "day"), (3, 3, "time")]),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "expected"), READ)
def test_quantities_are_read(language, text, expected):
    assert [(q.low, q.high, q.unit) for q in quantities(text, language)] == expected


@pytest.mark.parametrize(
    "text",
    ["Call 617-555-0142.", "Take vitamin B12.", "Your A1C test", "COVID-19", "{dose_1}",
     "See https://a.example/5mg", "Write to a1@b.example", "anyone on one's own"],
)  # fmt: skip
def test_names_and_addresses_are_no_quantities(text):
    assert [q for q in quantities(text) if not q.spelled] == []


def test_a_comma_before_three_digits_may_be_either():
    (dose,) = quantities("3,125 mg", "es")
    assert (dose.low, dose.other) == (3125, 3.125)
    (grouped,) = quantities("3,125 mg", "en")
    assert (grouped.low, grouped.other) == (3125, None)


def test_the_span_points_at_the_number():
    text = "Take 2 to 3 tablets."
    (found,) = quantities(text)
    assert text[slice(*found.span)] == "2 to 3"


@pytest.mark.parametrize(
    ("first", "second"),
    [(("24", "hour"), ("1", "day")), (("7", "day"), ("1", "week")), (("1", "L"), ("1000", "mL")),
     (("1", "mg"), ("1000", "mcg")), (("1", "year"), ("12", "month"))],
)  # fmt: skip
def test_units_of_a_dimension_compare(first, second):
    def value(number, unit):
        return base_value(Quantity(float(number), float(number), unit, (0, 1)))

    assert value(*first) == value(*second)


def test_pounds_are_never_kilograms():
    (pounds,), (kilos,) = quantities("7 pounds"), quantities("7 kg")
    assert base_value(pounds)[0] != base_value(kilos)[0]
