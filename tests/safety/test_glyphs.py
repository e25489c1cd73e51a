"""Text that is broken below the level of words."""

import pytest

from content import languages
from content.safety.base import Pair
from content.safety.glyphs import GlyphsWhole

BROKEN = [
    ("es", "Llame a la cl\ufffdnica.", "letter was lost"),
    ("es", "Llame a la cl□nica.", "letter was lost"),
    ("km", "◌ាសូមទូរស័ព្ទ", "letter was lost"),
    ("es", "Llame a la clÃ\xadnica.", "wrong encoding"),
    ("fr", "Câ€™est urgent.", "wrong encoding"),
    ("ru", "ÐŸÑ€Ð¸Ð²ÐµÑ‚", "wrong encoding"),
    ("ru", "Позвонитe в клинику.", "mixes letters of Cyrillic and Latin"),
    ("es", "Tome unа tableta.", "mixes letters of Cyrillic and Latin"),
    ("ar", "\ufe8e\ufedf\ufedb\ufe98\ufe8e\ufe91", "display forms"),
    ("my", "ေဆး\ue000", "U+E000"),
]
WHOLE = [
    ("es", "¿Dónde está la clínica? Llame al 911, señor Núñez."),
    ("fr", "L’hôpital — « œdème », Ângela, NOËL à Âge."),
    ("pt-BR", "ÃO É NÃO: ATENÇÃO, PÃES"),
    ("zh-Hans", "做X光检查，服用维生素B12。"),
    ("ko", "A형 독감, CT검사"),
    ("ja", "Tシャツを着てください"),
    ("ru", "Принимайте COVID-19 тест и 5 мкг витамина D."),
    ("es", "5 μg/mL y β-bloqueador, βhCG"),
    ("ar", "تناول الدواء مرتين يوميًا مع الطعام لا إله"),
    ("ur", "ڈاکٹر کو فون کریں۔"),
    ("hi", "डॉक्टर को फ़ोन करें।"),
    ("vi", "Hãy gọi cho bác sĩ của quý vị ngay lập tức."),
    ("km", "សូមទូរស័ព្ទទៅគ្រូពេទ្យ។"),
]


def messages(code: str, text: str, source: str = "Call the clinic.") -> list[str]:
    found = GlyphsWhole().findings(Pair(source, text, languages.get(code)))
    return [finding.message for finding in found]


@pytest.mark.parametrize(("code", "text", "message"), BROKEN)
def test_what_is_broken_is_named(code: str, text: str, message: str):
    assert any(message in said for said in messages(code, text))


@pytest.mark.parametrize(("code", "text"), WHOLE)
def test_honest_text_passes(code: str, text: str):
    assert messages(code, text) == []


def test_a_box_to_tick_is_no_lost_letter():
    assert messages("es", "□ Sí", source="□ Yes") == []
