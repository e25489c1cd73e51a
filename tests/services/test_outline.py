import pytest

from content.models import Purpose, SectionKey, Statement
from content.services.outline import key_points, outline, section_of

S = SectionKey


@pytest.mark.parametrize(
    ("heading", "section"),
    [
        ("What it is", S.ABOUT),
        ("What causes adrenal gland disorders?", S.ABOUT),
        ("What to do", S.DO),
        ("How can I prevent falls?", S.PREVENT),
        ("Medicines", S.MEDICINES),
        ("What are the treatments for asthma?", S.MEDICINES),
        ("Side effects", S.SIDE_EFFECTS),
        ("When to call your clinic", S.CALL),
        ("When to get emergency help", S.EMERGENCY),
        ("Before the test", S.PREPARE),
        ("Food and activity", S.LIVING),
        ("Follow-up", S.FOLLOW_UP),
        ("", None),
        ("Questions to ask", S.QUESTIONS),
        ("Screening tests", S.PREVENT),
    ],
)
def test_headings_find_their_section(heading, section):
    assert section_of(heading) == section


def statement(pk: int, heading: str, lead_in: str = "") -> Statement:
    return Statement(pk=pk, section=heading, text=f"Fact {pk}.", lead_in=lead_in)


def test_help_comes_first_and_the_order_of_the_source_is_kept():
    rows = [statement(1, "Medicines"), statement(2, "When to get emergency help"),
            statement(3, "Medicines")]  # fmt: skip
    plan = outline(Purpose.MEDICINE, rows)
    assert [(section, [s.pk for s in found]) for section, found in plan.sections] == [
        (S.EMERGENCY, [2]),
        (S.MEDICINES, [1, 3]),
    ]


def test_what_a_purpose_leaves_out_is_known():
    plan = outline(Purpose.MEDICINE, [statement(1, "During the test"), statement(2, "Medicines")])
    assert [s.pk for s in plan.left_out] == [1]


def test_key_points_are_whole_sentences_from_the_first_sections():
    plan = outline(
        Purpose.CONDITION,
        [statement(1, "Medicines", lead_in="Take:"), statement(2, "Medicines"),
         statement(3, "What to do"), statement(4, "When to get emergency help")],
    )  # fmt: skip
    assert key_points(plan.sections) == {2, 3}
