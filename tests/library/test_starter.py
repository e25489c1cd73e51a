"""The starter library: every sheet can be read, and every statement suits the writer."""

import re
from collections import Counter
from pathlib import Path

import pytest

from content.text.segments import split_sentences, word_count
from content.text.sources import parse

FOLDER = Path(__file__).resolve().parents[2] / "content" / "library"
SHEETS = {path.stem: parse(path.name, path.read_bytes())[0] for path in sorted(FOLDER.glob("*.md"))}
SECTIONS = {
    "What it is", "What to do", "Medicines", "Food and activity", "Before the test",
    "During the test", "After the test", "How to lower your risk", "Questions to ask",
    "Side effects", "When to call your clinic", "When to get emergency help", "Follow-up",
}  # fmt: skip
CODE_SHAPES = {
    "ICD-10-CM": r"[A-Z]\d[0-9A-Z](\.[0-9A-Z]{1,4})?",
    "SNOMED CT": r"\d{6,18}",
    "RxNorm": r"\d{1,8}",
}
# A word that needs an earlier statement to be understood.
DANGLING = re.compile(r"^(It|They|This|These|That|Those|He|She|Its|Their)\b")

every_sheet = pytest.mark.parametrize("sheet", SHEETS.values(), ids=SHEETS)


def test_the_six_sheets_are_there():
    assert set(SHEETS) == {
        "asthma", "colonoscopy-preparation", "heart-failure", "high-blood-pressure",
        "type-2-diabetes-metformin", "warfarin",
    }  # fmt: skip


@every_sheet
def test_each_statement_is_one_short_sentence(sheet):
    for statement in sheet.statements:
        assert split_sentences(statement.text) == [statement.text]
        assert word_count(statement.text) <= 30, statement.text
        assert statement.text.endswith(".") and ";" not in statement.text, statement.text


@every_sheet
def test_each_statement_stands_alone(sheet):
    for statement in sheet.statements:
        assert not statement.lead_in, statement
        assert not DANGLING.match(statement.text), statement.text


@every_sheet
def test_a_sheet_has_15_to_25_different_statements(sheet):
    texts = [statement.text for statement in sheet.statements]
    assert 15 <= len(texts) <= 25
    assert Counter(texts).most_common(1)[0][1] == 1


def test_no_two_sheets_share_a_statement_or_an_identifier():
    texts = Counter(s.text for sheet in SHEETS.values() for s in sheet.statements)
    assert [text for text, count in texts.items() if count > 1] == []
    assert len({sheet.external_id for sheet in SHEETS.values()}) == len(SHEETS)


@every_sheet
def test_headings_are_the_sections_of_a_handout_with_both_kinds_of_help(sheet):
    sections = {statement.section for statement in sheet.statements}
    assert sections <= SECTIONS
    assert {"When to call your clinic", "When to get emergency help"} <= sections


@every_sheet
def test_a_sheet_names_what_it_follows_and_that_nobody_reviewed_it(sheet):
    assert sheet.follows and all(a.url.startswith("https://") for a in sheet.follows)
    assert sheet.licence == "CC0-1.0" and sheet.language == "en"
    assert sheet.review_by.isoformat() == "2027-11-01"
    assert "not yet reviewed" in sheet.reviewed_by


@every_sheet
def test_each_statement_has_its_date_and_the_authorities_it_follows(sheet):
    for statement in sheet.statements:
        assert statement.dated and statement.dated < sheet.review_by
        assert statement.authorities and set(statement.authorities) <= set(sheet.follows)


@every_sheet
def test_topics_have_the_shape_of_their_code_system(sheet):
    assert sheet.topics
    for topic in sheet.topics:
        assert re.fullmatch(CODE_SHAPES[topic.system], topic.code), topic
