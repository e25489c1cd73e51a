import pytest

from content.text.marks import marked


@pytest.mark.parametrize(
    ("spans", "pieces"),
    [
        ([], [("Take 5 mg.", False)]),
        ([(5, 6)], [("Take ", False), ("5", True), (" mg.", False)]),
        ([(0, 4), (2, 6)], [("Take 5", True), (" mg.", False)]),
        ([(0, 10)], [("Take 5 mg.", True)]),
        ([(-3, 2), (9, 99)], [("Ta", True), ("ke 5 mg", False), (".", True)]),
        ([(4, 4), (8, 2)], [("Take 5 mg.", False)]),
    ],
)
def test_the_faults_are_cut_out(spans, pieces):
    assert [(piece.words, piece.at_fault) for piece in marked("Take 5 mg.", spans)] == pieces


def test_an_empty_text_has_no_pieces():
    assert marked("", [(0, 1)]) == ()
