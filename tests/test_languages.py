"""The table of languages: codes that exist, and what follows where one is not in NLLB-200."""

import csv
from dataclasses import replace
from pathlib import Path

import pytest

from content import languages
from content.engines.base import engine_config
from content.engines.translator.choose import for_language, why_none
from content.text.tables import word_set

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data" / "nllb" / "language_token_ids.tsv"
ASKED = """es pt-BR fr ht zh-Hans zh-Hant vi ko tl ar ru uk fa prs ps ur hi bn ne my km so sw am ti pl
    de it hmn"""


def test_every_language_that_clinics_ask_for_is_there():
    assert {one.code for one in languages.translated()} >= word_set(ASKED)


@pytest.mark.skipif(not SHARED.exists(), reason="the NLLB facts are not beside this checkout")
def test_every_code_is_one_of_nllb_200():
    rows = csv.reader(SHARED.read_text(encoding="utf-8").splitlines(), delimiter="\t")
    known = {cell for row in rows for cell in row}
    strange = [one.code for one in languages.LANGUAGES if one.flores and one.flores not in known]
    assert strange == []


def test_hmong_has_no_machine_draft_and_two_translators():
    hmong = languages.get("hmn")
    assert hmong.flores == "" and hmong.needs_two_translators
    config = replace(engine_config(), nllb="org/nllb", nllb_licence_accepted=True)
    assert for_language(hmong, config) is None
    assert "NLLB-200 does not know the language" in why_none(hmong, config)


@pytest.mark.parametrize("code", ["", " ", "xx", "eng", "zh", "<unk>"])
def test_a_code_that_is_not_in_the_table_is_refused(code):
    with pytest.raises(languages.UnknownLanguage, match="Known languages"):
        languages.get(code)


@pytest.mark.parametrize(
    ("code", "found"), [("spa_Latn", "es"), ("PT_br", "pt-BR"), (" zh-hans ", "zh-Hans")]
)
def test_both_kinds_of_codes_are_known(code, found):
    assert languages.get(code).code == found


@pytest.mark.parametrize(
    ("tag", "meant"),
    [
        ("es", "es"), ("sp", "es"), ("SPA", "es"), ("es-419", "es"), ("en_US", "en"), ("eng", "en"),
        ("pt", "pt-BR"), ("pt-PT", "pt-BR"), ("por", "pt-BR"), ("ara", "ar"), ("arb", "ar"),
        ("zh", "zh-Hans"), ("zh-CN", "zh-Hans"), ("zh-TW", "zh-Hant"), ("zh_hk", "zh-Hant"),
        ("zh-Hant-TW", "zh-Hant"), ("zh-Hans-HK", "zh-Hans"), ("chi", "zh-Hans"),
        ("zho", "zh-Hans"), ("cmn-Hant", "zh-Hant"), ("som", "so"), ("hat", "ht"), ("tgl", "tl"),
        ("fil", "tl"), ("per", "fa"), ("fas", "fa"), ("fa-AF", "prs"), ("prs", "prs"),
        ("hmn", "hmn"), ("mww", "hmn"), ("vie", "vi"), ("fre-CA", "fr"), ("iw", "he"),
    ],
)  # fmt: skip
def test_other_programs_names_of_languages_are_understood(tag, meant):
    found = languages.from_tag(tag)
    assert found and found.code == meant


@pytest.mark.parametrize("tag", ["", " ", "-", "xx", "tlh", "klingon", "\0", "e" * 5000, "٣"])
def test_no_language_is_made_up(tag):
    assert languages.from_tag(tag) is None
