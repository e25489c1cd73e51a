import pytest

from content.safety.haste import unhurried


@pytest.mark.parametrize(
    ("source", "text", "mended"),
    [
        ("Contact the clinic if a rash develops.", "If you get a rash, call the clinic right away.",
         "If you get a rash, call the clinic."),
        ("Contact the clinic the same day if a rash develops.", "If you get a rash, call us right away.",
         "If you get a rash, call us the same day."),
        ("Contact the clinic immediately if a rash develops.", "Call the clinic right away for a rash.",
         "Call the clinic right away for a rash."),
        ("Call 911 for chest pain.", "Call 911 right away for chest pain.",
         "Call 911 right away for chest pain."),
        ("Patients should rest.", "Rest.", "Rest."),
    ],
)  # fmt: skip
def test_haste_that_the_source_has_not_is_taken_out(source, text, mended):
    assert unhurried(source, text) == mended
