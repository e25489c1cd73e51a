import pytest

from content.safety.base import Pair
from content.safety.population import ReaderKept, reader


@pytest.mark.parametrize(
    ("source", "topic", "known"),
    [
        ("Patients taking warfarin should carry a card.", "Taking warfarin", {"warfarin"}),
        ("Patients with hypertension should limit sodium.", "High blood pressure", {"hypertens"}),
        ("Patients taking warfarin should carry a card.", "Asthma in adults", set()),
        ("Patients taking warfarin should carry a card.", "", set()),
    ],
)
def test_what_the_topic_says_of_the_reader_is_known(source, topic, known):
    assert reader(source, topic) == known


CORD = "Parents should contact the pediatrician if redness develops around the umbilical cord."


@pytest.mark.parametrize(
    ("source", "topic", "target", "told"),
    [
        (CORD, "", "If you have redness, call.", True),
        (CORD, "", "Call if there is redness around your belly button.", True),
        (CORD, "", "Call if your baby has redness around the cord.", False),
        ("Fever in an infant requires a call.", "Fever in a child", "If you have a fever, call.", True),
        ("Fever in an infant requires a call.", "Fever in a child", "If your baby has one, call.", False),
        ("Call if fever occurs.", "Flu", "Call if you have a fever.", False),
    ],
)  # fmt: skip
def test_a_child_is_not_its_parent(source, topic, target, told):
    found = list(ReaderKept().findings(Pair(source, target, topic=topic)))
    assert bool(found) == told
