"""Words of every script, as a search compares them."""

import pytest

from content.text.search_words import Term, page_tokens, terms, tokens


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("Take 500 mg.", ["take", "500", "mg"]),
        ("Corazón y Niño", ["corazon", "y", "nino"]),
        ("tiểu đường", ["tieu", "duong"]),
        ("İlaç ılık", ["ilac", "ilik"]),
        ("Straße", ["strasse"]),
        ("糖尿病", ["糖尿", "尿病", "病"]),
        ("2型糖尿病です。", ["2", "型糖", "糖尿", "尿病", "病で", "です", "す"]),
        ("당뇨병은 무엇", ["당뇨병은", "무엇"]),
        ("السُّكَّري", ["سكري"]),
        ("والأطفال", ["اطفال"]),
        ("١٢٣ مجم", ["123", "مجم"]),
        ("हृदय", ["हृदय"]),
        ("የስኳር በሽታ", ["የስኳር", "በሽታ"]),
        ("'; DROP -- \\ \"*", ["drop"]),
        ("\0 § () ", []),
        ("x" * 5000, ["x" * 80]),
    ],
)  # fmt: skip
def test_text_is_cut_into_tokens(text, cut):
    assert tokens(text) == list(map(_nfc, cut))


def _nfc(text: str) -> str:
    from content.text.fold import fold

    return fold(text)


@pytest.mark.parametrize("text", ["โรคเบาหวาน", "ພະຍາດເບົາຫວານ", "ဆီးချိုရောဂါ", "ជំងឺទឹកនោមផ្អែម"])
def test_scripts_without_blanks_are_cut_into_pairs(text):
    found = tokens(text)
    assert len(found) > 5
    assert all(len(token) == 2 for token in found[:-1])


@pytest.mark.parametrize(
    ("query", "asked"),
    [
        ("heart fail", [Term("heart", True), Term("fail", True)]),
        ("de la", [Term("de"), Term("la", True)]),
        ("a", [Term("a")]),
        ("糖", [Term("糖", True)]),
        ("糖尿病", [Term("糖尿"), Term("尿病")]),
        ("?!", []),
    ],
)
def test_a_query_asks_for_tokens_and_beginnings(query, asked):
    assert terms(query) == asked


def test_a_page_has_each_token_once_and_its_language():
    assert page_tokens("pt-BR", ["Dor, dor", "dor e febre"]) == "§ptbr dor e febre"
