"""The starter library: every sheet can be read, and every statement suits the writer."""

import re
from collections import Counter
from pathlib import Path

import pytest

from content.text.readability import measure
from content.text.segments import split_sentences, word_count
from content.text.sources import ParsedSource, parse

ROOT = Path(__file__).resolve().parents[2]
# Which authorities of the sheet a statement follows: "... as prescribed. [1, 2]".
MARK = re.compile(r" \[(\d(?:, \d)*)\]$", re.MULTILINE)


def read(folder: str) -> dict[str, ParsedSource]:
    """The sheets of a folder by file name, without their marks, whoever takes those off."""
    paths = sorted((ROOT / folder).glob("*.md"))
    return {p.stem: parse(p.name, MARK.sub("", p.read_text()).encode())[0] for p in paths}


SHEETS = read("content/library")
HELD_OUT = read("tests/data/reading")
TOPICS = {
    "adult-vaccines", "angina-nitroglycerin", "asthma", "chronic-kidney-disease",
    "colonoscopy-preparation", "copd", "depression", "direct-oral-anticoagulants",
    "fall-prevention", "fever-in-children", "heart-failure", "high-blood-pressure",
    "high-cholesterol-statins", "knee-replacement-recovery", "low-blood-sugar", "newborn-care",
    "pregnancy-warning-signs", "stroke-warning-signs", "surgical-wound-care",
    "type-1-diabetes-insulin", "type-2-diabetes-metformin", "warfarin",
}  # fmt: skip
REQUIRED = {"When to call your clinic", "When to get emergency help", "Questions to ask"}
SECTIONS = REQUIRED | {
    "What it is", "What to do", "Medicines", "Food and activity", "Before the test",
    "During the test", "After the test", "How to lower your risk", "Side effects", "Follow-up",
}  # fmt: skip
CODE_SHAPES = {
    "ICD-10-CM": r"[A-Z]\d[0-9A-Z](\.[0-9A-Z]{1,4})?",
    "SNOMED CT": r"\d{6,18}",
    "RxNorm": r"\d{1,8}",
}
# A word that needs an earlier statement to be understood.
DANGLING = re.compile(r"^(It|They|This|These|That|Those|He|She|Its|Their)\b")

every_document = pytest.mark.parametrize(
    "document", [*SHEETS.values(), *HELD_OUT.values()], ids=[*SHEETS, *HELD_OUT]
)


def marked_lines(slug):
    """The statements of a sheet as they are written, with the line's mark."""
    folder = "content/library" if slug in SHEETS else "tests/data/reading"
    _empty, _front_matter, body = (ROOT / folder / f"{slug}.md").read_text().split("---\n", 2)
    return [line for line in body.splitlines() if line.startswith("- ")]


def slug_of(document):
    return document.external_id.removeprefix("library:")


def texts_of(documents):
    return [statement.text for document in documents for statement in document.statements]


def test_the_topics_are_there():
    assert set(SHEETS) >= TOPICS
    assert [slug for slug, sheet in SHEETS.items() if slug_of(sheet) != slug] == []


@every_document
def test_each_statement_is_one_short_sentence(document):
    for statement in document.statements:
        assert split_sentences(statement.text) == [statement.text]
        assert word_count(statement.text) <= 28, statement.text
        assert statement.text.endswith(".") and ";" not in statement.text, statement.text


@every_document
def test_each_statement_stands_alone(document):
    for statement in document.statements:
        assert not statement.lead_in, statement
        assert not DANGLING.match(statement.text), statement.text


@every_document
def test_each_statement_says_which_authorities_it_follows(document):
    lines = marked_lines(slug_of(document))
    marks = [re.search(r"\S\. \[(\d(?:, \d)*)\]$", line) for line in lines]
    assert len(marks) == len(document.statements) and all(marks)
    cited = {int(number) for mark in marks for number in mark[1].split(", ")}
    assert cited == set(range(1, len(document.follows) + 1))


@every_document
def test_a_document_has_16_to_26_statements(document):
    assert 16 <= len(document.statements) <= 26


@every_document
def test_headings_are_the_sections_of_a_handout_with_both_kinds_of_help(document):
    sections = {statement.section for statement in document.statements}
    assert sections <= SECTIONS
    assert sections >= REQUIRED and len(sections) >= 6


@every_document
def test_three_or_four_questions_are_for_the_visit(document):
    questions = [s.text for s in document.statements if s.section == "Questions to ask"]
    assert 3 <= len(questions) <= 4
    assert all(" should ask the " in text for text in questions)


@every_document
def test_emergency_statements_say_where_help_is(document):
    for statement in document.statements:
        if statement.section == "When to get emergency help":
            assert re.search(r"911|988|emergency", statement.text, re.IGNORECASE), statement.text


@every_document
def test_there_is_something_to_simplify(document):
    """Flesch-Kincaid, which reads drug names as hard words: a mean far above says nothing bad."""
    scores = {score.formula_id: score.value for score in measure(texts_of([document]), "en")}
    assert scores["flesch_kincaid"] >= 8.5


def test_no_two_documents_share_a_statement_or_an_identifier():
    documents = [*SHEETS.values(), *HELD_OUT.values()]
    assert [text for text, n in Counter(texts_of(documents)).items() if n > 1] == []
    assert len({document.external_id for document in documents}) == len(documents)


@every_document
def test_a_document_names_what_it_follows_and_that_nobody_reviewed_it(document):
    assert 2 <= len(document.follows) <= 4
    assert all(authority.url.startswith("https://") for authority in document.follows)
    assert document.licence == "CC0-1.0" and document.language == "en"
    assert document.review_by.isoformat() == "2027-11-01"
    assert "not yet reviewed" in document.reviewed_by


@every_document
def test_topics_have_the_shape_of_their_code_system(document):
    assert document.topics
    for topic in document.topics:
        assert re.fullmatch(CODE_SHAPES[topic.system], topic.code), topic


def test_the_held_out_documents_are_about_other_topics():
    assert len(HELD_OUT) == 38
    codes = {topic.code for sheet in SHEETS.values() for topic in sheet.topics}
    assert [t for held in HELD_OUT.values() for t in held.topics if t.code in codes] == []
