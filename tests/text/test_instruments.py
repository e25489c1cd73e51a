"""The instruments: their items, and scores worked by hand."""

import pytest

from content.text.instruments import CCI, INSTRUMENTS, PEMAT, lowest, scores, settled

ALL_YES = {form.id: dict.fromkeys(form.items, "yes") for form in INSTRUMENTS.values()}


def percents(form, **changed):
    return [score.percent for score in scores(form, ALL_YES[form.id] | changed)]


def test_pemat_p_has_17_items_of_understandability_and_7_of_actionability():
    sizes = [sum(len(p.items) for p in PEMAT.parts if p.scale == scale) for scale in PEMAT.scales]
    assert (PEMAT.scales, sizes) == (("Understandability", "Actionability"), [17, 7])
    assert list(PEMAT.items) == [f"p{n}" for n in range(1, 27) if n not in (13, 14)]


def test_the_index_has_4_questions_and_20_items():
    assert [len(CCI.questions), *(len(part.items) for part in CCI.parts)] == [
        4,
        5,
        2,
        3,
        1,
        3,
        3,
        3,
    ]
    assert list(CCI.items) == [f"c{n}" for n in range(1, 21)]


@pytest.mark.parametrize("form", INSTRUMENTS.values(), ids=INSTRUMENTS)
def test_no_item_is_there_twice(form):
    texts = [item.text for item in (*form.questions, *form.items.values())]
    assert len(set(texts)) == len(texts)


# (item, value, whether the instrument has that answer)
ANSWERS = [
    (PEMAT.items["p1"], "yes", True), (PEMAT.items["p1"], "na", False),
    (PEMAT.items["p8"], "na", True), (PEMAT.items["p8"], "maybe", False),
    (CCI.items["c1"], "na", False), (CCI.items["c20"], "na", True), (CCI.items["c20"], "", False),
]  # fmt: skip


@pytest.mark.parametrize(("item", "value", "allowed"), ANSWERS)
def test_answers_that_an_item_allows(item, value, allowed):
    assert item.allows(value) is allowed


def test_pemat_scores_worked_by_hand():
    assert percents(PEMAT) == [100, 100]
    # 4 of 17 disagreed: 13 / 17. Of 7 actions 1 does not apply and 2 are disagreed: 4 / 6.
    worked = percents(PEMAT, p3="no", p5="no", p11="no", p15="no", p25="na", p23="no", p26="no")
    assert worked == [pytest.approx(76.47, abs=0.01), pytest.approx(66.67, abs=0.01)]


def test_what_does_not_apply_is_left_out_of_the_sum():
    assert percents(PEMAT, p16="na", p17="na", p18="na", p19="na", p1="no")[0] == pytest.approx(
        100 * 12 / 13
    )


def test_the_index_scores_worked_by_hand():
    # Item 17 earns its point by a no.
    assert percents(CCI) == [95]
    assert percents(CCI, c17="no") == [100]
    assert percents(CCI, c17="no", c4="no", c20="na") == [pytest.approx(100 * 18 / 19)]


def test_without_a_main_message_nothing_about_it_earns_a_point():
    assert percents(CCI, c17="no", c1="no") == [75]


def test_without_recommendations_their_part_is_left_out():
    assert percents(CCI, c17="no", c12="no", c18="no") == [pytest.approx(100 * 15 / 16)]
    assert settled(CCI, {"c12": "no"})["c19"] == "na"


def test_an_open_item_leaves_its_scale_without_a_score():
    answers = {item: "yes" for item in PEMAT.items if item != "p26"}
    understand, act = scores(PEMAT, answers)
    assert (understand.percent, act.percent, act.open) == (100, None, 1)
    assert lowest(PEMAT, answers) is None


def test_the_lower_scale_decides():
    assert lowest(PEMAT, ALL_YES["pemat"] | {"p20": "no"}) == pytest.approx(100 * 6 / 7)


def test_no_applicable_item_is_no_score():
    (index,) = scores(CCI, dict.fromkeys(CCI.items, "na"))
    assert (index.percent, index.applicable) == (None, 0)
