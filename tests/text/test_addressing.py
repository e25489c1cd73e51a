"""Statements about patients, said to the reader by rule."""

import pytest

from content.text.addressing import addressed_to_reader


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("Patients should rest the joint.", "Rest the joint."),
        ("Patients must not drive for 24 hours.", "Do not drive for 24 hours."),
        ("Patients should never share their inhaler.", "Never share your inhaler."),
        ("Patients with gout should limit alcohol.", "If you have gout, limit alcohol."),
        ("Patients taking warfarin should not take aspirin.", "If you take warfarin, do not take aspirin."),
        ("Patients who take metformin should ask the clinic.", "If you take metformin, ask the clinic."),
        ("Parents should contact the clinic if the fever persists.", "Contact the clinic if the fever persists."),
    ],
)  # fmt: skip
def test_said_to_the_reader(statement, told):
    assert addressed_to_reader(statement) == told


@pytest.mark.parametrize(
    "statement",
    [
        "Warfarin should be taken daily.",
        "Patients should be seated.",
        "Patients should immediately ingest sugar.",
        "Patients should ask whether they may drive.",
        "Patients should tell relatives about the test.",
        "Patients with gout, if obese, should lose weight.",
        "Patients should only drink water.",
        "Patients taking warfarin who fall should call the clinic.",
        "Some patients should rest.",
    ],
)
def test_left_to_a_writer(statement):
    assert addressed_to_reader(statement) == ""
