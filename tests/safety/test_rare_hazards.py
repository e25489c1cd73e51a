"""What a check says rarely: each hazard that the other tables do not bring about, and its good twin.

A case without a message is a sentence that the check must let pass.
"""

import pytest

from content import languages
from content.safety import glossary, qualifiers
from content.safety.base import Pair, Severity
from content.safety.certainty import CertaintyKept
from content.safety.conditions import ConditionsKept
from content.safety.drugs import in_translation
from content.safety.frequency import FrequencyKept
from content.safety.leakage import LengthInBounds, NoLeakage
from content.safety.limits import LimitsKept
from content.safety.markup import NoControlTokens
from content.safety.negation import NegationKept
from content.safety.numbers import NumbersKept
from content.safety.opposites import SideKept
from content.safety.polarity import PolarityKept
from content.safety.termbase import Term, Termbase
from content.safety.terms import DrugsKept
from content.safety.tongue import Translated
from content.safety.urgency import UrgencyKept

B, W = Severity.BLOCKING, Severity.WARNING
LONG = (
    "Drink a lot of water and of all the other things that you like, tea, milk or juice, all day."
)

REWRITES = [
    (CertaintyKept, "Metformin can lower your blood sugar.", "Metformin always lowers your blood sugar.", B, "“always” is more certain than the source."),
    (ConditionsKept, "Call us if you have a fever or a rash.", "Call us if you have a fever and a rash.", B, "“or” of the source became “and”."),
    (ConditionsKept, "Call us if you have a fever or a rash.", "Call us if you have either a fever or a rash.", None, ""),
    (FrequencyKept, "Take 1 tablet with water.", "Take 1 tablet with water every few hours.", B, "“every few hours” is not in the source."),
    (FrequencyKept, "Drink frequently.", "Drink every few hours.", None, ""),
    (NoLeakage, "The plain language form is blue.", "The plain language form is blue.", None, ""),
    (NoLeakage, "The form is blue.", "In plain language, the form is blue.", B, "“plain language” does not belong to a rewrite."),
    (LengthInBounds, "Drink water.", LONG, B, "This rewrite is far longer than the source."),
    (LimitsKept, "Cut your salt by 30%.", "Cut your salt by 30%.", None, ""),
    (LimitsKept, "Cut your salt by 30%.", "Cut your salt to 30%.", B, "“By 30 %” became “to 30 %”."),
    (LimitsKept, "Wait at least 4 hours between doses.", "Take a dose every 4 hours.", None, ""),
    (NumbersKept, "In type 2 diabetes, eat less sugar.", "Eat less sugar.", None, ""),
    (NumbersKept, "Come at 8:00.", "Come at 8 p.m.", B, "8:00 is missing."),
    (NumbersKept, "Come at 8 a.m.", "Come at 8:00 a.m.", None, ""),
    (NumbersKept, "9 in 10 people get better.", "90 % of people get better.", None, ""),
    (NumbersKept, "9 in 10 people get better.", "80 % of people get better.", B, "9 is missing."),
    (NumbersKept, "9 in 10 people get better. Drink 3 glasses.", "90 % of people get better.", B, "3 glass is missing."),
    (NumbersKept, "9 in 10 people get better. Take 9 mg.", "90 % of people get better.", B, "9 mg is missing."),
    (PolarityKept, "Take it if you are not pregnant.", "Take it if you are pregnant.", B, "“Not pregnant” is lost or new."),
]  # fmt: skip

TRANSLATIONS = [
    (NoControlTokens, "es", "Write <s> here.", "Escriba <s> aquí.", None, ""),
    (NoControlTokens, "es", "Write here.", "Escriba <s> aquí.", B, "“<s>” is a sign of a translation error, not text."),
    (NegationKept, "es", "Do not stop taking it.", "Deje de tomarlo.", B, "The source says not to stop or miss; this text may say to."),
    (NegationKept, "es", "Do not stop taking it.", "Tómelo.", W, "The source says not to stop, miss or forget something."),
    (NegationKept, "es", "Do not stop taking it.", "Siga tomándolo.", None, ""),
    (NegationKept, "es", "Stop taking aspirin.", "No deje de tomar aspirina.", B, "The source says to stop or avoid; this text says not to."),
    (NumbersKept, "es", "Come at 8:00 p.m.", "Venga a las 20:00.", None, ""),
    (NumbersKept, "es", "Come at 8:30 a.m.", "Venga a las 9:30.", B, "8:30 is missing."),
    (SideKept, "es", "Lift your left arm.", "Levante el brazo izquierdo o derecho.", W, "Left and right are both named here."),
    (Translated, "es", "Take the tablet in the morning with a glass of water.", "Tome la tableta in the mañana con un vaso de agua y descanse bien después.", W, "Still in English: “in the”."),
    (Translated, "es", "Wash your hands often.", "Lave sus wash your hands often manos muchas veces al día con agua limpia y jabón.", B, "Still in English: “wash your hands often”."),
    (UrgencyKept, "es", "Call 911 for an ambulance.", "Llame a alguien.", B, "The source calls for help right away; this text does not."),
    (UrgencyKept, "es", "Go to the emergency department.", "Vaya ahora al médico.", B, "Emergency help (911, the emergency room) is missing."),
    (UrgencyKept, "es", "Call your doctor if you have a fever.", "Llame al 911 si tiene fiebre.", B, "This text calls 911; the source does not."),
]  # fmt: skip

CASES = [(check, "en", *rest) for check, *rest in REWRITES] + TRANSLATIONS


@pytest.mark.parametrize(("check", "code", "source", "target", "severity", "message"), CASES)
def test_the_check_says_it_of_this_pair_and_not_of_its_twin(
    check, code, source, target, severity, message
):
    pair = Pair(source, target, languages.get(code), topic="Type 2 diabetes")
    found = {(one.severity, one.message) for one in check().findings(pair)}
    assert found == set() if severity is None else (severity, message) in found


@pytest.mark.parametrize("check", [DrugsKept, Translated])
def test_english_is_not_read_as_a_translation(check):
    assert list(check().findings(Pair("Take aspirin.", "Take the warfarin."))) == []


def test_letters_that_changed_places_are_no_other_medicine():
    """“Asirpin” has most letters of aspirin, and not in its order: nobody is told that it is aspirin."""
    spanish = languages.get("es")
    assert in_translation("Tome asirpin con agua.", spanish, certain=False) == {}
    assert "aspirin" in in_translation("Tome aspirina con agua.", spanish, certain=False)


def test_house_terms_forbid_a_word_each_time_it_stands():
    term = Term("blood sugar", "azúcar en la sangre", forbidden=("glicemia", "glucemia"))
    base = Termbase(languages.get("es"), [term])
    for target, wanted in (
        ("Mida su glucemia.", [B, W]),
        ("Mida su azúcar en la sangre.", []),
        ("Mida su glicemia, es decir, su azúcar en la sangre.", [B]),
    ):
        found = list(base.findings(Pair("Check your blood sugar.", target, languages.get("es"))))
        assert [one.severity for one in found] == wanted, target


@pytest.mark.parametrize(
    ("reads", "line"),
    [(glossary._entry, "hypertension\thigh blood pressure"), (glossary._entry, "a\tb\tno kind"),
     (qualifiers._qualifier, "mild\tmild")],
)  # fmt: skip
def test_a_table_that_is_not_well_formed_names_its_line(reads, line):
    with pytest.raises(ValueError, match=r"tsv, line 7: "):
        reads(7, line)
