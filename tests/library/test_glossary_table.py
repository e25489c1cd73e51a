"""The starter terms in ten languages: complete, in their scripts, and known to others too."""

import csv
from pathlib import Path

import pytest

from content import languages
from content.safety.lexicon import word_pattern
from content.services.termbase import STARTER
from content.text.fold import fold
from content.text.interchange.terms import read_table

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data" / "terminology"
TABLE = read_table(STARTER.read_text(encoding="utf-8"))
SCRIPTS = {
    "zh-Hans": "[\u4e00-\u9fff]", "ar": "[\u0600-\u06ff]", "ru": "[\u0400-\u04ff]",
    "ko": "[\uac00-\ud7af]",
}  # fmt: skip
# Said in Latin letters in any script.
LATIN = {"x-ray"}
every_language = pytest.mark.parametrize("code", list(TABLE))


@every_language
def test_every_term_is_named_once(code):
    sources = [record.source for record in TABLE[code]]
    assert len(sources) == len(set(sources)) >= 150
    assert all(record.preferred.strip() == record.preferred for record in TABLE[code])


@pytest.mark.parametrize("code", list(SCRIPTS))
def test_terms_are_in_the_script_of_their_language(code):
    pattern = word_pattern(SCRIPTS[code], code)
    strange = [r.source for r in TABLE[code] if not pattern.search(r.preferred)]
    assert set(strange) <= LATIN


@every_language
def test_no_word_is_accepted_for_two_terms_that_exclude_each_other(code):
    by_source = {record.source: {record.preferred, *record.variants} for record in TABLE[code]}
    for one, other in (("kidney", "liver"), ("heart", "lung"), ("diarrhea", "constipation"),
                       ("high blood pressure", "low blood sugar"), ("aspirin", "ibuprofen")):  # fmt: skip
        assert by_source[one].isdisjoint(by_source[other])


@pytest.mark.skipif(not SHARED.exists(), reason="the evaluation data is not beside this checkout")
@every_language
def test_terms_that_tico_19_has_too_are_mostly_said_the_same_way(code):
    names = {"zh-Hans": "zh-CN", "pt-BR": "pt"}
    file = SHARED / f"terms-en-{names.get(code, code)}.tsv"
    rows = csv.DictReader(file.read_text(encoding="utf-8").splitlines(), delimiter="\t")
    theirs: dict[str, str] = {}
    for row in rows:
        theirs[row["en"].lower()] = (
            theirs.get(row["en"].lower(), "") + " " + fold(row["target"] or "")
        )
    shared = [record for record in TABLE[code] if record.source in theirs]
    agree = [
        r for r in shared if any(fold(w) in theirs[r.source] for w in (r.preferred, *r.variants))
    ]
    assert languages.get(code)
    assert len(shared) >= 10 and len(agree) / len(shared) >= 0.7, {
        r.source: (r.preferred, theirs[r.source]) for r in shared if r not in agree
    }
