"""House terms: which are missing, which are forbidden, and how they are found in a sentence."""

import pytest

from content import languages
from content.safety.base import Pair, Severity
from content.safety.termbase import Term, Termbase

WARNING, BLOCKING = Severity.WARNING, Severity.BLOCKING


def found(code, term, source, target):
    language = languages.get(code)
    terms = term if isinstance(term, list) else [term]
    return list(Termbase(language, terms).findings(Pair(source, target, language)))


@pytest.mark.parametrize(
    ("code", "term", "source", "target"),
    [
        ("es", Term("kidney", "riñón"), "It harms the kidneys.", "Daña los riñones."),
        ("es", Term("stroke", "derrame", ("ataque cerebral",)), "A stroke", "Un ataque cerebral"),
        (
            "es",
            Term("blood clot", "coágulo de sangre"),
            "A blood clot",
            "Un coágulo pequeño de sangre",
        ),
        ("ru", Term("kidney", "почки"), "It harms the kidneys.", "Это вредит почкам."),
        (
            "ar",
            Term("blood sugar", "سكر الدم"),
            "Check your blood sugar.",
            "افحص مستوى السكر في الدم.",
        ),
        ("zh-Hans", Term("blood pressure", "血压"), "Check your blood pressure.", "请测量血压。"),
        ("ko", Term("blood pressure", "혈압"), "Check your blood pressure.", "혈압을 재십시오."),
        ("vi", Term("blood pressure", "huyết áp"), "Check your blood pressure.", "Đo huyết áp."),
        ("es", Term("MyChart", "", keep=True), "Open MyChart.", "Abra MyChart."),
        ("es", Term("heart", "corazón"), "A heartbeat", "Un latido"),  # another word
        ("es", Term("sugar", "azúcar"), "Rest.", "Descanse."),
        (
            "es",
            Term("vaccine", "vacuna"),
            "See https://www.cdc.gov/vaccines",
            "Vea https://www.cdc.gov/vaccines",
        ),
    ],
)
def test_nothing_is_found(code, term, source, target):
    assert found(code, term, source, target) == []


@pytest.mark.parametrize(
    ("code", "term", "source", "target", "severity", "told"),
    [
        ("es", Term("stroke", "derrame"), "A stroke", "Un golpe", WARNING, "“derrame”"),
        ("es", Term("warfarin", "warfarina", is_drug=True), "Take warfarin.", "Tome aspirina.", BLOCKING, "warfarina"),
        ("es", Term("MyChart", "", keep=True), "Open MyChart.", "Abra MiGráfico.", BLOCKING, "as it is"),
        ("es", Term("stroke", "derrame", (), ("apoplejía",)), "A stroke", "Un derrame o apoplejía", BLOCKING, "apoplejía"),
    ],
)  # fmt: skip
def test_what_is_missing_or_forbidden(code, term, source, target, severity, told):
    (finding,) = found(code, term, source, target)
    assert finding.severity is severity and told in finding.message


def test_the_longest_term_counts():
    terms = [Term("blood sugar", "azúcar en la sangre"), Term("low blood sugar", "hipoglucemia")]
    assert (
        found("es", terms, "Low blood sugar is dangerous.", "La hipoglucemia es peligrosa.") == []
    )


def test_a_forbidden_word_is_pointed_at():
    term = Term("stroke", "derrame", (), ("apoplejía",))
    target = "Un derrame, o apoplejía."
    (finding,) = found("es", term, "A stroke", target)
    assert target[slice(*finding.span)] == "apoplejía"


def test_a_forbidden_word_may_stand_for_something_else():
    term = Term("stroke", "derrame", (), ("golpe",))
    assert found("es", term, "A blow to the head", "Un golpe en la cabeza") == []


def test_no_terms_say_nothing():
    assert found("es", [], "A stroke", "Un golpe") == []
