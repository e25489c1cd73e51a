"""Which authority each statement of a sheet follows, and when it was last held against it."""

import pytest

from content.text import sources
from content.text.sources import Authority
from tests.text.test_sources import SHEET, refused

CITED = SHEET.replace("review_by:", "prepared: 2026-11-23\nreview_by:").replace(
    "topics:", "- CDC, Asthma https://www.cdc.gov/asthma/\ntopics:"
)
NHLBI = Authority("NIH NHLBI, Asthma", "https://www.nhlbi.nih.gov/health/asthma")
CDC = Authority("CDC, Asthma", "https://www.cdc.gov/asthma/")


@pytest.mark.parametrize(
    ("text", "follows"),
    [
        ("It makes the airways narrow. [2]", (CDC,)),
        ("It makes the airways narrow.[2,1]", (CDC, NHLBI)),
        ("It makes the airways\n  narrow. [1, 1]", (NHLBI,)),
        ("It makes the airways narrow.", (NHLBI, CDC)),
    ],
)
def test_a_statement_names_the_authorities_it_follows(text, follows):
    source = sources.parse_markdown(CITED.replace("It makes the airways narrow.", text), "a.md")
    first, second, *others = source.statements
    assert (second.text, second.authorities) == ("It makes the airways narrow.", follows)
    assert first.authorities == follows, "both sentences of one item"
    assert {statement.authorities for statement in others} == {(NHLBI, CDC)}
    assert {statement.dated.isoformat() for statement in source.statements} == {"2026-11-23"}


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ("their lives.", "their lives. [3]", 20, "no authority [3]: “follows” lists 2"),
        ("their lives.", "their lives. [0]", 20, "no authority [0]"),
        ("their lives.", "their lives [1].", 20, "“[1]” cannot stand here"),
        ("their lives.", "their lives. [1] [2]", 20, "“[1]” cannot stand here"),
        ("- Blue lips", "- [1]", 26, "“[1]” cannot stand here"),
        ("## What to do", "## What to do [1]", 23, "“[1]” cannot stand here"),
        ("2026-11-23", "23 November", 7, "is no date"),
        ("https://www.cdc.gov/asthma/", 'https://www.cdc.gov/"x', 11, "no web address"),
    ],
)
def test_a_number_without_an_authority_names_its_line(old, new, line, says):
    error = refused("asthma.md", CITED.replace(old, new, 1).encode())
    assert (error.line, says in str(error)) == (line, True), str(error)


def test_a_sheet_that_follows_nobody_has_statements_without_authority():
    bare = SHEET.replace(f"follows:\n- {NHLBI.name} {NHLBI.url}\n", "")
    assert {s.authorities for s in sources.parse_markdown(bare, "a.md").statements} == {()}
