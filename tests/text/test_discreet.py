"""What is left of an error where handout text has no place."""

import pytest

from content.text.discreet import discreet


@pytest.mark.parametrize(
    ("error", "left"),
    [
        ("The disk is full.", "The disk is full."),
        ("Only 93% can be read back; lost: “Tome”, “mg”.", "Only 93% can be read back; lost: “…”."),
        ("“Take 500 mg holds hidden marks", "“…”"),
        ("The writer refused (prompt: Take (all) 500 mg).", "The writer refused (…)."),
        ("The writer failed (Take 500", "The writer failed (…)"),
        ("“Say “500 mg” aloud” is not said.", "“…” is not said."),
        ("two\nlines", "two lines"),
        ("", ""),
    ],
)
def test_what_an_error_quotes_is_left_out(error, left):
    assert discreet(error) == left
