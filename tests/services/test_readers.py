"""Whom the words of a rewrite speak to."""

import pytest

from content.models import Audience
from content.services.readers import addressed, eased, plain_words

GIVEN = "Amoxicillin should be administered to the patient every 12 hours."
NURSE = "The infusion is administered by a nurse."
INFANT = "Parents should call if the infant has a fever."


@pytest.mark.parametrize(
    ("statement", "audience", "pair"),
    [
        (GIVEN, Audience.ADULT, ("administered", "taken")),
        (GIVEN, Audience.OLDER_ADULT, ("administered", "taken")),
        (GIVEN, Audience.PARENT, ("administered", "give")),
        (GIVEN, Audience.PARENT, ("patient", "your child")),
        (GIVEN, Audience.CAREGIVER, ("patient", "the person you care for")),
        (NURSE, Audience.ADULT, ("administered", "give")),
        (INFANT, Audience.ADULT, ("infant", "your baby")),
        ("Infants sleep on their back.", Audience.PARENT, ("infants", "your baby")),
    ],
)
def test_the_words_fit_the_reader(statement, audience, pair):
    assert pair in plain_words(statement, audience, 6)


@pytest.mark.parametrize("statement", [GIVEN, "The child should rest."])
def test_an_adult_reads_of_patients_and_children_as_the_source_says(statement):
    terms = dict(plain_words(statement, Audience.ADULT, 6))
    assert terms.keys().isdisjoint({"patient", "child"})


def test_a_low_grade_explains_short_words_too():
    statement = "A lozenge is taken nightly."
    assert len(plain_words(statement, Audience.ADULT, 5)) > len(
        plain_words(statement, Audience.ADULT, 6)
    )


@pytest.mark.parametrize(
    ("statement", "audience", "text", "told"),
    [
        ("Warfarin is administered daily.", Audience.ADULT, "Give warfarin daily.", "Take warfarin daily."),
        ("It must not be administered.", Audience.ADULT, "Do not give it.", "Do not take it."),
        ("The patch is administered daily.", Audience.ADULT, "Give the patch daily.", "Use the patch daily."),
        ("Warfarin is administered daily.", Audience.PARENT, "Give warfarin daily.", "Give warfarin daily."),
        ("Ibuprofen may be administered to children.", Audience.ADULT, "Give it to children.", "Give it to children."),
        ("Warfarin is given.", Audience.ADULT, "Give warfarin.", "Give warfarin."),
        ("Heparin is administered by a nurse.", Audience.ADULT, "Give heparin.", "Give heparin."),
    ],
)  # fmt: skip
def test_who_takes_it_is_not_told_to_give_it(statement, audience, text, told):
    assert addressed(statement, audience, text) == told


@pytest.mark.parametrize(
    ("statement", "words", "easier"),
    [
        ("Dyspnea is common.", [("dyspnea", "trouble breathing")], "Trouble breathing is common."),
        (
            "Report dyspnea on exertion.",
            [("dyspnea", "x"), ("dyspnea on exertion", "y")],
            "Report y.",
        ),
        ("Take an antiplatelet drug.", [("platelet", "x")], "Take an antiplatelet drug."),
        ("Take it.", [], "Take it."),
    ],
)
def test_plain_words_stand_in_the_place_of_terms(statement, words, easier):
    assert eased(statement, words) == easier
