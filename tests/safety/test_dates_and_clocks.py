"""Dates, weekdays and times of day, in the languages that the house reads best and some others."""

import pytest

from content import languages
from content.safety.base import Pair, Severity
from content.safety.clocks import ClockKept
from content.safety.dates import DatesKept, knows

MARCH, MONDAY = "Your visit is on March 5, 2026.", "Come back on Monday."
MONTHS = [
    ("es", "Su visita es el 5 de marzo de 2026.", "Su visita es el 5 de mayo de 2026."),
    ("pt-BR", "Sua consulta é em 5 de março de 2026.", "Sua consulta é em 5 de maio de 2026."),
    ("fr", "Votre visite est le 5 mars 2026.", "Votre visite est le mardi 5 mai 2026."),
    ("zh-Hans", "您的就诊时间是2026年3月5日。", "您的就诊时间是2026年5月5日。"),
    ("zh-Hans", "您的就诊时间是 2026 年 3 月 5 日。", "您的就诊时间是 2026 年 13 月 5 日。"),
    ("zh-Hant", "您的就診時間是2026年三月5日。", "您的就診時間是2026年五月5日。"),
    (
        "vi",
        "Buổi khám của quý vị là ngày 5 tháng 3 năm 2026.",
        "Buổi khám là ngày 5 tháng 5, 2026.",
    ),
    ("ar", "زيارتك في ٥ مارس ٢٠٢٦.", "زيارتك في ٥ مايو ٢٠٢٦."),
    ("ar", "زيارتك في ٥ آذار ٢٠٢٦.", "زيارتك في ٥ أيار ٢٠٢٦."),
    ("ru", "Ваш приём 5 марта 2026 года.", "Ваш приём 5 мая 2026 года."),
    ("ko", "방문일은 2026년 3월 5일입니다.", "방문일은 2026년 5월 5일입니다."),
    ("tl", "Ang pagbisita ninyo ay sa Marso 5, 2026.", "Ang pagbisita ninyo ay sa Mayo 5, 2026."),
    ("ht", "Vizit ou se 5 mas 2026.", "Vizit ou se 5 me 2026."),
    ("so", "Booqashadaadu waa Maarso 5, 2026.", "Booqashadaadu waa Maajo 5, 2026."),
    ("hi", "आपकी मुलाकात 5 मार्च 2026 को है।", "आपकी मुलाकात 5 मई 2026 को है।"),
    ("fa", "ویزیت شما ۵ مارس ۲۰۲۶ است.", "ویزیت شما ۵ مه ۲۰۲۶ است."),
    ("uk", "Ваш візит 5 березня 2026 року.", "Ваш візит 5 травня 2026 року."),
    ("pl", "Wizyta jest 5 marca 2026 r.", "Wizyta jest 5 maja 2026 r."),
    ("es", "Su visita es el 05/03/2026.", "Su visita es el 05/06/2026."),
]
WEEKDAYS = [
    ("es", "Vuelva el lunes.", "Vuelva el martes."),
    ("pt-BR", "Volte na segunda-feira.", "Volte na terça-feira."),
    ("pt-BR", "Volte na segunda.", "Volte na sexta."),
    ("fr", "Revenez lundi.", "Revenez mardi."),
    ("zh-Hans", "请于周一再来。", "请于周二再来。"),
    ("zh-Hans", "请于礼拜一再来。", "请于礼拜二再来。"),
    ("vi", "Hãy trở lại vào thứ Hai.", "Hãy trở lại vào thứ Ba."),
    ("ar", "عُد يوم الإثنين.", "عُد يوم الثلاثاء."),
    ("ru", "Приходите в понедельник.", "Приходите во вторник."),
    ("ko", "월요일에 다시 오세요.", "3월 화요일에 다시 오세요."),
    ("tl", "Bumalik sa Lunes.", "Bumalik sa Martes."),
    ("ht", "Retounen lendi.", "Retounen madi."),
    ("he", "חזרו ביום שני.", "חזרו ביום שלישי."),
]


def found(check, source: str, target: str, code: str) -> list[Severity]:
    return [f.severity for f in check.findings(Pair(source, target, languages.get(code)))]


@pytest.mark.parametrize(("code", "right", "wrong"), MONTHS)
def test_the_month_of_a_date_stays(code: str, right: str, wrong: str):
    assert found(DatesKept(), MARCH, right, code) == []
    assert len(found(DatesKept(), MARCH, wrong, code)) == 1


@pytest.mark.parametrize(("code", "right", "wrong"), WEEKDAYS)
def test_the_weekday_stays(code: str, right: str, wrong: str):
    assert found(DatesKept(), MONDAY, right, code) == []
    assert len(found(DatesKept(), MONDAY, wrong, code)) == 1


@pytest.mark.parametrize(
    "source", ["You may march on.", "It may help.", "March in place.", "An august name."]
)
def test_a_word_that_only_looks_like_a_month_is_none(source: str):
    assert found(DatesKept(), source, "Hola.", "es") == []


@pytest.mark.parametrize(("source", "missing"), [("In May it may rain.", 1), ("By March 3.", 1)])
def test_a_month_among_such_words_is_one(source: str, missing: int):
    assert len(found(DatesKept(), source, "Hola.", "es")) == missing


def test_every_language_but_hmong_has_names():
    assert [lang.code for lang in languages.translated() if not knows(lang.code)] == ["hmn"]


def test_where_nobody_looked_at_the_names_a_person_does():
    assert found(DatesKept(), MARCH, "2026", "es") == [Severity.BLOCKING]
    assert found(DatesKept(), MARCH, "2026", "lo") == [Severity.WARNING]


BLOCKED, WARNED = [Severity.BLOCKING], [Severity.WARNING]
TIMES = [
    ("Take it at 8:30 a.m.", "es", "Tómelo a las 8:30 a. m.", []),
    ("Take it at 8:30 a.m.", "es", "Tómelo a las 8:30.", []),
    ("Take it at 8:30 a.m.", "es", "Tómelo a las 20:30.", BLOCKED),
    ("Take it at 8:30 a.m.", "es", "Tómelo a las 8:30 p. m.", BLOCKED),
    ("Take it at 8:30 p.m.", "es", "Tómelo a las 20:30.", []),
    ("Take it at 8:30 p.m.", "es", "Tómelo a las 8:30 de la noche.", []),
    ("Take it at 8:30 p.m.", "es", "Tómelo a las 8:30.", WARNED),
    ("Take it at 8:30 PM.", "fr", "Prenez-le à 20 h 30.", []),
    ("Take it at 8:30 PM.", "fr", "Prenez-le à 8h30.", WARNED),
    ("Take it at 8:30 PM.", "zh-Hans", "晚上8:30服用。", []),
    ("Take it at 8:30 PM.", "zh-Hans", "早上8:30服用。", WARNED),
    ("Take it at 8:30 p.m.", "ar", "تناوله الساعة ٨:٣٠ مساءً.", []),
    ("Take it at 8:30 p.m.", "ko", "오후 8:30에 복용하세요.", []),
    ("Come at 12:00 p.m.", "es", "Venga a las 12:00.", []),
    ("Open until 20:00.", "es", "Abierto hasta las 8:00 p. m.", []),
]


@pytest.mark.parametrize(("source", "code", "target", "expected"), TIMES)
def test_the_half_of_the_day_stays(source, code, target, expected):
    assert found(ClockKept(), source, target, code) == expected
