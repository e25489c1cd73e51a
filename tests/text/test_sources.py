"""Reading sources: what is kept, and what is refused with the number of the line at fault."""

import json
import re

import pytest

from content.text import sources
from content.text.sources import Authority, SourceError, TopicCode, parse
from tests.shared import DATA, needs_shared

SHEET = """---
title: Asthma
slug: asthma
language: en
publisher: Our clinic
licence: CC0-1.0
review_by: 2027-11-01
follows:
- NIH NHLBI, Asthma https://www.nhlbi.nih.gov/health/asthma
topics:
- SNOMED CT 195967001 Asthma
---

## What it is

- Asthma is a long-term disease. It makes the airways narrow.

Some people
have it all their lives.

## What to do

Call 911 if you have:
- Blue lips
- Any of these signs:
  - Trouble walking
  - Trouble talking
"""
SAMPLE = "gsa_mplus_topics_2012-07-21_sample.xml"
TOPIC = (
    '<health-topic title="{title}" url="{url}" id="1" language="{language}">{body}</health-topic>'
)


def topic_xml(
    html="<p>Rest.</p>", title="Rest", url="https://medlineplus.gov/r", language="English"
):
    escaped = html.replace("&", "&amp;").replace("<", "&lt;")
    body = f"<full-summary>{escaped}</full-summary>"
    topic = TOPIC.format(title=title, url=url, language=language, body=body)
    return f"<?xml version='1.0'?>\n<health-topics>\n{topic}\n</health-topics>".encode()


def record(**changes):
    fields = {"title": "Rest", "url": "https://example.org/r", "language": "en", "summary": "Rest."}
    return json.dumps({**fields, **changes}).encode()


def read_summary(summary):
    (source,) = parse("s.jsonl", record(summary=summary))
    return [(s.section, s.lead_in, s.text) for s in source.statements]


def read_html(html):
    (source,) = parse("s.xml", topic_xml(html))
    return [(s.section, s.lead_in, s.text) for s in source.statements]


def refused(name, content):
    with pytest.raises(SourceError) as caught:
        parse(name, content)
    assert "\n" not in str(caught.value)
    return caught.value


# --- Markdown -----------------------------------------------------------------------------------


def test_a_sheet_keeps_its_front_matter():
    source = sources.parse_markdown(SHEET, "asthma.md")
    assert (source.external_id, source.title, source.language) == ("library:asthma", "Asthma", "en")
    assert source.topics == (TopicCode("SNOMED CT", "195967001", "Asthma"),)
    assert source.url == source.follows[0].url == "https://www.nhlbi.nih.gov/health/asthma"
    assert source.review_by.isoformat() == "2027-11-01"


def test_a_sheet_becomes_single_sentences_with_headings_lead_ins_and_lines():
    statements = sources.parse_markdown(SHEET, "asthma.md").statements
    outer, nested = "Call 911 if you have:", "Call 911 if you have: Any of these signs:"
    first = "Asthma is a long-term disease."
    assert [(s.section, s.kind, s.lead_in, s.text, s.line) for s in statements] == [
        ("What it is", "list_item", "", first, 16),
        ("What it is", "list_item", first, "It makes the airways narrow.", 16),
        ("What it is", "paragraph", "", "Some people have it all their lives.", 18),
        ("What to do", "list_item", outer, "Blue lips", 24),
        ("What to do", "list_item", nested, "Trouble walking", 26),
        ("What to do", "list_item", nested, "Trouble talking", 27),
    ]


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("---\ntitle", "title", 1, "must begin with"),
        ("title: Asthma\n", "", 1, "“title” is missing"),
        ("title: Asthma", "title:", 2, "“title” is missing"),
        ("licence: CC0-1.0", "colour: red", 6, "“colour: red” is not understood"),
        ("slug: asthma", "title: Asthma", 3, "given twice"),
        ("slug: asthma", "slug: Asthma Sheet", 3, "slug"),
        ("slug: asthma", "url: javascript:alert(1)", 3, "no web address"),
        ("slug: asthma", "slug: asth\x00ma", 3, "damaged character"),
        ("language: en", "language: Klingon", 4, "Unknown language “Klingon”"),
        ("2027-11-01", "1 November", 7, "is no date"),
        ("https://www.nhlbi", "http://www.nhlbi", 9, "https address"),
        ("SNOMED CT 195967001", "ICD-9 493", 11, "Write a system"),
        ("title: Asthma", "title: " + "A" * 301, 1, "at most 300"),
        ("Some people", "| 5 mg | daily |", 18, "Tables"),
        ("Some people", "<b>Some</b>", 18, "HTML"),
        ("Blue lips", "Blue\ufffdlips", 24, "damaged character"),
        ("What it is", "What " * 70, 14, "at most 300"),
    ],
)
def test_a_bad_sheet_names_the_line(old, new, line, message):
    error = refused("asthma.md", SHEET.replace(old, new, 1).encode())
    assert (error.line, message in str(error)) == (line, True), str(error)


def test_a_sheet_without_an_end_of_its_front_matter_is_refused():
    assert "second “---”" in str(refused("a.md", b"---\ntitle: A\n"))


def test_a_sheet_without_statements_is_refused():
    assert "no statements" in str(refused("a.md", SHEET.split("## What")[0].encode()))


def test_too_many_statements_are_counted_in_the_message():
    error = refused("a.md", (SHEET + "- Drink some water.\n" * 50_000).encode())
    expected = "statements; at most 2,000 are allowed. Split it into topics."
    assert re.search(r"The source has 50,00\d ", str(error)) and expected in str(error)


# --- XML ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>Rest <b>well</b>. Drink&nbsp;water.</p>", [("", "", "Rest well."), ("", "", "Drink water.")]),
        ("<h2>Why?</h2><p>To heal.</p>", [("Why?", "", "To heal.")]),
        ("<h2>Care</h2><h3>Rest</h3><p>Sleep.</p>", [("Care: Rest", "", "Sleep.")]),
        ("<p>Call if</p><ul><li>Red</li></ul>", [("", "Call if", "Red")]),
        (
            "<p>Do this.</p><ol><li><p>Rest</p></li></ol>",
            [("", "", "Do this."), ("", "Do this.", "Rest")],
        ),
        ("<p>If:</p><ul><li>Any of:<ul><li>Red</li></ul></li></ul>", [("", "If: Any of:", "Red")]),
        ("<p>About 10<sup>9</sup> cells.</p>", [("", "", "About 10⁹ cells.")]),
        ("<script>x()</script><p>Rest.</p>", [("", "", "Rest.")]),
        (
            "<table><tr><td><p>High</p></td><td>140 or<br>more</td></tr></table>",
            [("", "", "High | 140 or more")],
        ),
    ],
)  # fmt: skip
def test_html_keeps_its_structure(html, expected):
    assert read_html(html) == expected


def test_the_external_dtd_is_not_needed():
    dtd = b'<!DOCTYPE health-topics PUBLIC "-//NLM//DTD" "https://unreachable.invalid/a.dtd">'
    content = topic_xml().replace(b"<health-topics>", dtd + b"<health-topics>")
    assert parse("a.xml", content)[0].title == "Rest"


@pytest.mark.parametrize(
    ("content", "line", "message"),
    [
        (b"<health-topics>\n<oops></health-topics>", 2, "well-formed"),
        (b"<html>\n</html>", 1, "No MedlinePlus health topic"),
        (b"", 1, "well-formed"),
        (topic_xml(title=""), 3, "“title” is missing"),
        (topic_xml(html=""), 3, "no statements"),
        (topic_xml(language="Elvish"), 3, "Unknown language “Elvish”"),
        (topic_xml(url="ftp://x"), 3, "no web address"),
        (topic_xml(html="<p>a</p>" * 30_000), 3, "summary has 240,000"),
        (topic_xml().replace(b"id=", b"date-created='2003-01-07' id="), 3, "is no date"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]>\n<a>&b;</a>', 1, "Entity declarations"),
        (b"<?xml version='1.0' encoding='shift_jis'?><a/>", 1, "encoding"),
        (b"<a>\xff</a>", 1, "well-formed"),
    ],
)
def test_bad_xml_names_the_line(content, line, message):
    error = refused("a.xml", content)
    assert (error.line, message in str(error)) == (line, True), str(error)


@needs_shared
def test_the_published_xml_keeps_list_items_with_what_introduces_them():
    english, spanish = parse("m.xml", (DATA / "medlineplus" / SAMPLE).read_bytes())
    assert (english.external_id, english.language) == ("medlineplus:3061", "en")
    assert english.topics == (TopicCode("MeSH", "D015746", "Abdominal Pain"),)
    assert {(s.dated.isoformat(), s.authorities) for s in english.statements} == {
        ("2003-01-07", (Authority("Abdominal Pain", english.url),))
    }
    assert english.courtesy == "Courtesy of MedlinePlus from the National Library of Medicine"
    items = [s for s in english.statements if s.kind == "list_item"]
    assert {s.lead_in for s in items} == {"Get medical help immediately if"}
    assert (len(items), items[0].line) == (5, 19)
    assert (spanish.title, spanish.language) == ("Dolor abdominal", "es")
    assert spanish.also_called == ("Dolor de barriga", "Dolor de estómago", "Dolor de panza")


# --- JSON Lines ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("summary", "expected"),
    [
        ("What is it?\nA cold. It passes.", [("What is it?", "", "A cold."), ("What is it?", "", "It passes.")]),
        ("Care at home\nRest.", [("Care at home", "", "Rest.")]),
        ("Call if you have:\n\nFever\n\nRest.", [("", "Call if you have:", "Fever"), ("", "", "Rest.")]),
        (
            "If:\nAny of:\n\t\nFever\n\n\nPain\n\nRest.",
            [("", "If: Any of:", "Fever"), ("", "If:", "Pain"), ("", "", "Rest.")],
        ),
        ("It may include\n\t\nRest\n\nSleep.", [("", "It may include", "Rest"), ("", "", "Sleep.")]),
        ("Ask:\nWhy?\nHow?\n\nWho gets it?\nAnyone.",
         [("", "Ask:", "Why?"), ("", "Ask:", "How?"), ("Who gets it?", "", "Anyone.")]),
        (
            "Any questions?Ask your doctor:\nMay I drink?\nMay I drive?\nA doctor knows best.",
            [("Any questions?", "Ask your doctor:", "May I drink?"),
             ("Any questions?", "Ask your doctor:", "May I drive?"),
             ("Any questions?", "", "A doctor knows best.")],
        ),
        ("Smoke,\ndust and mold are triggers.", [("", "", "Smoke, dust and mold are triggers.")]),
        ("Stage 1\n130 - 139\nor\n80 - 89\n\n\nRest.", [("", "", "Stage 1 | 130 - 139 | or | 80 - 89"), ("", "", "Rest.")]),
    ],
)  # fmt: skip
def test_plain_lines_keep_their_structure(summary, expected):
    assert read_summary(summary) == expected


@pytest.mark.parametrize(
    ("name", "code"),
    [("English", "en"), ("spanish", "es"), ("pt-BR", "pt-BR"), ("Kreyòl ayisyen", "ht"), ("spa_Latn", "es")],
)  # fmt: skip
def test_a_language_is_known_by_name_or_code(name, code):
    assert parse("a.jsonl", record(language=name))[0].language == code


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"{oops", "not valid JSON"),
        (b"[" * 100_000, "not valid JSON"),
        (b'["a"]', "must be a JSON object"),
        (record(title="  "), "“title” is missing"),
        (record(title=5), "must be text"),
        (record(title="a\x00b"), "damaged character"),
        (record(summary=""), "“summary” is missing"),
        (record(summary="\ud800"), "damaged character"),
        (record(language="Elvish"), "Unknown language"),
        (record(url="javascript:alert(1)"), "no web address"),
        (record(url="https://[oops"), "no web address"),
        (record(url="https://two\nlines.org"), "no web address"),
        (record(url="https://e.org/" + "a" * 300), "at most 200"),
    ],
)
def test_a_bad_line_of_json_is_named(content, message):
    error = refused("a.jsonl", record() + b"\n\n" + content)
    assert (error.line, message in str(error)) == (3, True), str(error)


@pytest.mark.parametrize(
    ("last", "courtesy", "statements"),
    [
        ("NIH: National Cancer Institute", ". NIH: National Cancer Institute", 1),
        ("Centers for Disease Control and Prevention", ". Centers for Disease Control and Prevention", 1),
        ("Call your doctor at the Institute", "", 2),
    ],
)  # fmt: skip
def test_the_institute_that_wrote_a_summary_is_credited(last, courtesy, statements):
    content = record(url="https://medlineplus.gov/r.html", id="7", summary=f"Rest.\n{last}")
    (source,) = parse("a.jsonl", content)
    assert source.external_id == "medlineplus:7"
    assert source.courtesy.removeprefix(sources.medlineplus.COURTESY) == courtesy
    assert len(source.statements) == statements


def test_a_record_follows_the_page_that_it_was_taken_from():
    (statement,) = parse("a.jsonl", record())[0].statements
    assert statement.authorities == (Authority("Rest", "https://example.org/r"),)
    assert statement.dated is None


def words(text):
    return set(re.findall(r"\w+", text))


@needs_shared
def test_every_word_of_200_topics_is_kept_in_single_sentences():
    content = (DATA / "medlineplus" / "topics_200.jsonl").read_bytes()
    parsed = parse("topics_200.jsonl", content)
    assert len(parsed) == 200
    for line, source in zip(content.decode().split("\n"), parsed, strict=False):
        kept = [source.courtesy]
        for statement in source.statements:
            kept += [statement.section, statement.lead_in, statement.text]
        assert words(json.loads(line)["summary"]) <= words(" ".join(kept)), source.title


@needs_shared
def test_the_headings_and_list_items_of_200_topics_are_structure():
    parsed = parse("t.jsonl", (DATA / "medlineplus" / "topics_200.jsonl").read_bytes())
    everything = [statement for source in parsed for statement in source.statements]
    items = [statement for statement in everything if statement.kind == "list_item"]
    assert len(items) > 2_000 and all(statement.lead_in for statement in items)
    assert sum(statement.section.endswith("?") for statement in everything) > 3_000


# --- any file -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.txt", SHEET.encode()), ("a", topic_xml()), ("a.json", record()), ("A.JSONL", b"\xef\xbb\xbf" + record())],
)  # fmt: skip
def test_a_file_is_told_apart_by_its_name_or_its_beginning(name, content):
    assert parse(name, content)[0].statements


@pytest.mark.parametrize(
    ("name", "content", "line", "message"),
    [
        ("a.docx", b"PK", None, "no kind of file"),
        ("a.txt", b"", None, "no kind of file"),
        ("a.jsonl", b"\n \n", 1, "empty"),
        ("a.md", "---\ntitle: café".encode("latin-1"), 2, "not UTF-8"),
        ("a.md", b"-" * (sources.MAX_BYTES + 1), None, "at most 5 MB"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused(name, content, line, message):
    error = refused(name, content)
    assert (error.line, message in str(error)) == (line, True), str(error)


def test_the_fingerprint_of_a_topic_follows_all_that_is_kept():
    plain = topic_xml()
    other = [
        plain.replace(b"medlineplus.gov/r", b"medlineplus.gov/s"),
        plain.replace(b"id=", b"date-created='01/07/2003' id="),
        plain.replace(b"</full-summary>", b"</full-summary><also-called>Sleep</also-called>"),
    ]
    assert len({parse("a.xml", content)[0].raw_digest for content in (plain, *other)}) == 4


def test_the_fingerprint_follows_the_content():
    first, again, other = (parse("a.jsonl", record(title=t))[0] for t in ("A", "A", "B"))
    assert first.raw_digest == again.raw_digest != other.raw_digest
