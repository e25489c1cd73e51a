"""The index of the search, on the database that is there: a table of pages, questions, answers."""

import pytest

from content.models import Publication, SearchEntry
from content.services import publishing
from content.text.search_words import page_tokens
from tests import builders

PAGES = {
    "en": ("High blood pressure", "Take your medicine. Diabetes is another illness."),
    "es": ("Presión arterial alta", "Tome su medicina. ¿Qué es la diabetes? Niños y corazón."),
    "vi": ("Bệnh tiểu đường", "Uống thuốc mỗi ngày."),
    "zh-Hans": ("2型糖尿病", "每天服药。"),
    "ja": ("高血圧", "毎日薬を飲んでください。"),
    "ko": ("당뇨병은 무엇인가요", "매일 약을 드세요."),
    "ar": ("داء السُّكَّري", "تناول الدواء مع الأطفال ٥٠٠"),
    "fa": ("فشار خون بالا", "دارو را هر روز مصرف کنید"),
    "th": ("โรคเบาหวาน", "กินยาทุกวัน"),
    "my": ("ဆီးချိုရောဂါ", "ဆေးကို နေ့တိုင်းသောက်ပါ"),
    "hi": ("मधुमेह", "रोज़ दवा लें"),
    "am": ("የስኳር በሽታ", "በየቀኑ መድኃኒት ይውሰዱ"),
    "ru": ("Сахарный диабет", "Принимайте лекарство каждый день. Ёлка"),
}


@pytest.mark.parametrize(
    ("language", "query", "found"),
    [
        ("en", "BLOOD pressure", True),
        ("en", "pressure blo", True),
        ("en", "lood", False),
        ("en", "diab", True),
        ("en", "pressure asthma", False),
        ("es", "presion", True),
        ("es", "ninos corazon", True),
        ("en", "presion", False),
        ("", "presion", True),
        ("vi", "tieu duong", True),
        ("zh-Hans", "糖尿病", True),
        ("zh-Hans", "病", True),
        ("zh-Hans", "糖病", False),
        ("ja", "血圧", True),
        ("ko", "당뇨병", True),
        ("ko", "당뇨", True),
        ("ar", "سكري", True),
        ("ar", "السكرى", True),
        ("ar", "اطفال", True),
        ("ar", "500", True),
        ("fa", "فشار", True),
        ("th", "เบาหวาน", True),
        ("my", "ဆီးချို", True),
        ("hi", "मधुमेह", True),
        ("am", "ስኳር", False),
        ("am", "የስኳር", True),
        ("ru", "ДИАБЕТ", True),
        ("ru", "елка", True),
        ("en", "' OR 1=1 --", False),
        ("en", '"blood" & !pressure:* | \\', True),
        ("en", "blood\0pressure", True),
        ("en", "title : blood NEAR(", False),
        ("en", "??", False),
        ("en", "x" * 5000, False),
    ],
)
def test_search_in_every_script(approved, language, query, found):
    page = builders.make_public(approved.publications.get())
    of = language or "es"
    SearchEntry.objects.filter(pk=page.pk).update(
        title=page_tokens(of, [PAGES[of][0]]), words=page_tokens(of, PAGES[of])
    )
    answer = Publication.objects.public().matching(query, language)
    assert (page in answer) is found
    first = Publication.objects.public().best_matching(query, language, 9)
    assert first == [page.pk] * found


def test_titles_come_first(source, ellen, carlos):
    """One page names the word in its text, one in its title; the first begins with an A."""
    rows = []
    for slug, title, text in (("a", "Asthma", "and fever"), ("b", "Fever", "of a child")):
        made = builders.approve(builders.edition(source, ellen, slug), carlos)
        row = builders.make_public(made.publications.get())
        SearchEntry.objects.filter(pk=row.pk).update(
            title=page_tokens("en", [title]), words=page_tokens("en", [title, text])
        )
        rows.append(row)
    public = Publication.objects.public()
    assert {*public.matching("fever", "en")} == {*rows}
    keys = [row.pk for row in rows[::-1]]
    assert public.best_matching("fever", "en", 9) == keys
    assert public.best_matching("fever", "en", 1) == keys[:1]
    publishing.withdraw(publication=rows[1], actor=carlos, reason="No longer true.")
    assert public.best_matching("fever", "en", 9) == keys[1:]


def test_what_is_frozen_can_be_found_when_it_is_public(approved):
    waiting = approved.publications.get()
    assert not Publication.objects.public().matching("metformin", "en").exists()
    builders.make_public(waiting)
    assert Publication.objects.public().matching("metfor breathing", "en").get() == waiting


def test_the_languages_of_what_is_public(approved, translation):
    assert Publication.objects.public_languages() == []
    builders.make_public(approved.publications.get())
    assert Publication.objects.public_languages() == ["en"]
