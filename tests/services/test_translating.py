"""Which of an engine's hypotheses becomes the draft."""

import pytest

from content import languages
from content.engines.translator.base import Hypothesis, SentenceRefused
from content.services.translating import safest

SPANISH = languages.get("es")
SOURCE = "Do not take more than 5 mg a day."
RIGHT = Hypothesis("No tome más de 5 mg al día.", -0.9)
OTHER_DOSE = Hypothesis("No tome más de 50 mg al día.", -0.2)
NO_NOT = Hypothesis("Tome más de 5 mg al día.", -0.3)


@pytest.mark.parametrize(
    ("hypotheses", "chosen"),
    [
        ([RIGHT, OTHER_DOSE], RIGHT),
        ([OTHER_DOSE, NO_NOT, RIGHT], RIGHT),
        ([OTHER_DOSE, NO_NOT], OTHER_DOSE),  # it goes to the desk with its findings
        ([OTHER_DOSE], OTHER_DOSE),
    ],
)
def test_the_best_that_passes_the_checks(hypotheses, chosen):
    assert safest(SOURCE, hypotheses, SPANISH) is chosen


def test_a_refusal_stays_one():
    refusal = SentenceRefused(0, "too long")
    assert safest(SOURCE, refusal, SPANISH) is refusal
