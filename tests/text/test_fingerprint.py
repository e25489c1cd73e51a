"""Two lists of parts share a fingerprint only when they are the same text."""

import unicodedata

import pytest

from content.text.fingerprint import fingerprint


def test_it_is_sha256_in_hex():
    assert len(fingerprint(["a"])) == 64
    assert fingerprint([]) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


@pytest.mark.parametrize(
    ("first", "second"),
    [(["ab", "c"], ["a", "bc"]), (["a", ""], ["a"]), (["a", "b"], ["b", "a"]), (["a"], ["A"]),
     (["a "], ["a"])],
)  # fmt: skip
def test_different_parts_differ(first, second):
    assert fingerprint(first) != fingerprint(second)


def test_two_encodings_of_one_text_agree():
    assert fingerprint(["é"]) == fingerprint([unicodedata.normalize("NFD", "é")])
