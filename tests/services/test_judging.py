"""What the program judges of the instruments, and what it leaves to a person."""

import pytest

from content.models import Edition, Handout
from content.services.judging import judge
from content.text.instruments import INSTRUMENTS

H, P, L = "heading", "paragraph", "list_item"
ACTIONS = [("do", L, text) for text in ("Take 1 pill a day.", "Call us if you feel sick.", "Rest.")]
HEADED = [("key_points", H, "Key points"), ("do", H, "What to do"), *ACTIONS]


@pytest.fixture
def judged(ellen):
    def of(rows, key_point=0):
        edition = Edition.objects.create(
            handout=Handout.objects.create(slug="h", title="H"), number=1, created_by=ellen
        )
        for ordinal, (section, kind, text) in enumerate(rows, start=1):
            edition.segments.create(
                ordinal=ordinal,
                section=section,
                kind=kind,
                text=text,
                key_point=ordinal == key_point,
            )
        return {item: judgement.value for item, judgement in judge(edition).items()}

    return of


def one(text, kind=L):
    return [("do", kind, text)]


# (rows, key point's ordinal, item, answer; None is left to a person)
CASES = [
    (one("Utilize it."), 0, "p3", "no"),
    (one("Use it."), 0, "p3", "yes"),
    (one("Call us about hypertension."), 0, "p4", "no"),
    (one("Hypertension (high blood pressure) harms."), 0, "p4", "yes"),
    (one("The pill is taken with food."), 0, "p5", "no"),
    (one("Take it."), 0, "p5", "yes"),
    (one("Call 911."), 0, "p6", "na"),
    (one("Take two pills."), 0, "p6", None),
    (one("Use it at 50% of your best."), 0, "p7", "no"),
    (one("Take 2 pills."), 0, "p7", None),
    ([("do", L, f"Do step {n}.") for n in range(8)], 0, "p8", "no"),
    (HEADED, 0, "p8", "yes"),
    (ACTIONS, 0, "p9", "no"),
    (HEADED, 0, "p9", "yes"),
    (HEADED, 3, "p11", "yes"),
    (HEADED, 0, "p11", "no"),
    (ACTIONS, 1, "p11", "no"),  # without its heading the box of key points is not shown
    (HEADED, 3, "p12", "yes"),
    ([("emergency", L, "Call 911.")], 0, "p12", "yes"),
    (ACTIONS, 0, "p12", None),
    (ACTIONS, 0, "p17", "na"),
    (ACTIONS, 0, "p20", "yes"),
    (one("Asthma makes airways swell."), 0, "p20", None),
    (ACTIONS, 0, "p21", "yes"),
    (one("Patients should rest."), 0, "p21", "no"),
    (one("Asthma makes airways swell."), 0, "p21", None),
    (ACTIONS, 0, "p22", "yes"),
    (one("Take 1 pill a day.", P), 0, "p22", None),
    (ACTIONS, 0, "c4", "no"),
    (ACTIONS, 0, "c5", "yes"),
    (HEADED, 3, "c6", "yes"),
    ([*HEADED, ("do", L, "The pill is taken daily.")], 6, "c6", "no"),
    (HEADED, 0, "c6", None),
    (one("Get an MRI."), 0, "c7", "no"),
    (one("Rest well."), 0, "c7", None),
    (one("Rest well.", P), 0, "c8", "no"),
    (ACTIONS, 0, "c8", "yes"),
    ([("do", L, f"Do step {n}.") for n in range(8)], 0, "c8", "no"),
    (HEADED, 0, "c9", "yes"),
    (ACTIONS, 0, "c9", "no"),
    (one("Rest well."), 0, "c15", "na"),
    (one("Rest well."), 0, "c17", "na"),
    (one("Add up your scores from 2 days."), 0, "c17", "yes"),
    (one("Take 2 pills."), 0, "c17", None),
    (one("It happens to 1 in 10 people."), 0, "c20", None),
    (one("Take 2 pills."), 0, "c20", "na"),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "key_point", "item", "answer"), CASES)
def test_judgements(judged, rows, key_point, item, answer):
    assert judged(rows, key_point).get(item) == answer


def test_what_takes_a_person_is_never_judged(edition):
    left = {
        "p1",
        "p2",
        "p10",
        "p15",
        "p23",
        "p26",
        "c1",
        "c2",
        "c3",
        "c11",
        "c13",
        "c14",
        "c18",
        "c19",
    }
    assert not left & judge(edition).keys()


def test_every_judgement_is_an_answer_that_its_item_allows(edition):
    items = {key: item for form in INSTRUMENTS.values() for key, item in form.items.items()}
    found = judge(edition)
    assert len(found) > 15
    assert [key for key, one in found.items() if not items[key].allows(one.value)] == []


def test_every_judgement_says_why(edition):
    reasons = [judgement.reason for judgement in judge(edition).values()]
    assert all(reason.endswith((".", "”")) and "%" not in reason for reason in reasons)


def test_what_stands_alone_is_told_in_the_singular(judged):
    judged([("key_points", H, "Key points"), *ACTIONS], key_point=2)
    assert judge(Edition.objects.get())["p11"].reason == "1 key point opens the handout."


def test_an_empty_edition_does_not_break(judged):
    assert judged([])["p16"] == "na"
