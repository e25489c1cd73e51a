"""Medicine names are recognised in the scripts of the languages, and told from look-alikes."""

import pytest

from content import languages
from content.safety.drugs import in_english, in_translation, is_named, known

HEARD = [
    ("es", "paracetamol", "acetaminophen"),
    ("es", "hidroxizina", "hydroxyzine"),
    ("es", "hidralazina", "hydralazine"),
    ("fr", "metformine", "metformin"),
    ("ru", "варфарина", "warfarin"),
    ("hi", "एस्पिरिन", "aspirin"),
    ("ko", "암로디핀", "amlodipine"),
    ("ar", "إيبوبروفين", "ibuprofen"),
    ("zh-Hans", "对乙酰氨基酚", "acetaminophen"),
    ("zh-Hans", "左氧氟沙星", "levofloxacin"),
    ("so", "asbiriin", "aspirin"),
]


@pytest.mark.parametrize(("code", "word", "generic"), HEARD)
def test_a_name_is_heard(code, word, generic):
    assert generic in in_translation(word, languages.get(code), certain=False)


@pytest.mark.parametrize(
    ("code", "text"),
    [("es", "El pasillo está resfriado"), ("fr", "Votre repas"), ("ru", "Позвоните врачу"),
     ("ar", "اتصل بالصيدلي"), ("ko", "아침 식사와 함께")],
)  # fmt: skip
def test_ordinary_words_are_no_medicines(code, text):
    assert in_translation(text, languages.get(code)) == {}


@pytest.mark.parametrize(
    ("text", "generics"),
    [
        ("Take Tylenol or Advil.", {"acetaminophen", "ibuprofen"}),
        ("Take candesartan.", {"candesartan"}),
        ("Control your cholesterol.", set()),
    ],
)
def test_english_names_brands_and_stems(text, generics):
    assert set(in_english(text)) == generics


def test_a_brand_kept_as_it_is_counts():
    assert is_named("acetaminophen", "tylenol", "Tomar Tylenol", languages.get("pt-BR"))


def test_every_listed_drug_has_one_row():
    generics = [drug.generic for drug in known()]
    assert len(generics) == len(set(generics)) > 200
