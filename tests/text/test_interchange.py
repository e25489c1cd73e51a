"""XLIFF and TMX: what goes out comes back, and files from elsewhere are read or refused clearly."""

from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.text.interchange import (
    BadFile,
    Document,
    Pair,
    Unit,
    read_tmx,
    read_xliff,
    write_tmx,
    write_xliff,
)

# Whatever XML 1.0 can hold; a carriage return is a line break to it.
TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"]) | st.just("\n"), min_size=1)
WORDS = st.lists(TEXTS | st.sampled_from(["{clinic_phone}", "{name}"]), min_size=1).map("".join)
NS = {"x": "urn:oasis:names:tc:xliff:document:2.0"}


def document(*units: Unit) -> Document:
    return Document("Metformin, edition 1", "en", "pt-BR", units)


@given(WORDS, WORDS | st.just(""))
def test_xliff_loses_nothing(source, target):
    sent = document(Unit("s1", source, target, "a1b2"))
    assert read_xliff(write_xliff(sent)) == sent


@given(st.lists(st.builds(Pair, TEXTS, TEXTS), max_size=5))
def test_tmx_keeps_its_pairs(pairs):
    told = [Pair(*(" ".join(text.split()) for text in (p.source, p.target))) for p in pairs]
    now = datetime(2026, 11, 27, tzinfo=UTC)
    back = read_tmx(write_tmx([(pair, now) for pair in pairs], "en", "pt-BR"), "en", "pt-BR")
    assert back == [pair for pair in told if pair.source and pair.target]


def test_a_placeholder_is_one_thing_and_the_same_in_both_texts():
    written = write_xliff(document(Unit("s1", "{b} or {a} or {b}", "{a}, {b}, {b}")))
    root = ElementTree.fromstring(written)
    found = {
        name: [(ph.get("id"), ph.get("equiv")) for ph in root.iterfind(f".//x:{name}/x:ph", NS)]
        for name in ("source", "target")
    }
    assert found["source"] == [("p2", "{b}"), ("p1", "{a}"), ("p2-2", "{b}")]
    assert sorted(found["source"]) == sorted(found["target"])


def test_it_is_xliff_2_1_with_states_and_notes():
    root = ElementTree.fromstring(
        write_xliff(document(Unit("s1", "Rest.", "Descanse.", notes=("Look.",)), Unit("s2", "Go.", "")))
    )  # fmt: skip
    assert root.attrib == {"version": "2.1", "srcLang": "en", "trgLang": "pt-BR"}
    states = [segment.get("state") for segment in root.iterfind(".//x:segment", NS)]
    assert states == ["translated", "initial"]
    assert root.findtext(".//x:note", namespaces=NS) == "Look."


FOREIGN = """<?xml version="1.0"?>
<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0" srcLang="en" trgLang="es">
<file id="f"><unit id="s1">{body}</unit></file></xliff>"""


@pytest.mark.parametrize(
    ("body", "target"),
    [
        ("<segment><source>A</source><target>B</target></segment>", "B"),
        ("<segment><source>A</source></segment>", ""),
        (
            "<segment><source>A.</source><target>B.</target></segment><ignorable><source> </source>"
            "</ignorable><segment><source>C.</source><target>D.</target></segment>",
            "B. D.",
        ),
        (
            "<segment><source>A.</source><target>B.</target></segment>"
            "<segment><source>C.</source></segment>",
            "",  # half a translation is none
        ),
        ('<segment><source>A</source><target>B <mrk id="m" type="term">C</mrk> <pc id="1">D</pc></target></segment>', "B C D"),
        ('<segment><source>A</source><target><sc id="1"/>B<ph id="2" disp="{x}"/><ec startRef="1"/></target></segment>', "B{x}"),
    ],
)  # fmt: skip
def test_what_tools_write_is_read(body, target):
    (unit,) = read_xliff(FOREIGN.format(body=body).encode()).units
    assert unit.target == target and unit.shown == ""


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "not well-formed"),
        (b"\x00\x01", "not well-formed"),
        (b"<a>\n<b></a>", "Line 2"),
        (b"<tmx/>", "not an XLIFF 2 file"),
        (b'<xliff version="1.2"/>', "not an XLIFF 2 file"),
        (FOREIGN.replace("{body}", "").encode(), None),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "Entity declarations"),
        (FOREIGN.format(body='<segment><source>A</source><target><cp hex="0001"/></target></segment>').encode(), "<cp>"),
        (b'<?xml version="1.0" encoding="no-such"?><a/>', "encoding"),
        (b'<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0"/>', "no units"),
        (b"<a>" + b" " * 20_000_001 + b"</a>", "20 MB"),
    ],
    ids=lambda value: str(value)[:20],
)  # fmt: skip
def test_what_is_no_xliff_is_refused_in_words(content, told):
    if told is None:
        assert read_xliff(content).units[0].source == ""
        return
    with pytest.raises(BadFile, match=told):
        read_xliff(content)


TMX = """<tmx version="1.4"><header/><body>
<tu><tuv xml:lang="EN-US"><seg>Take <bpt i="1">&lt;b&gt;</bpt>5 mg<ept i="1">&lt;/b&gt;</ept>.</seg></tuv>
    <tuv xml:lang="pt"><seg>Tome 5 mg.</seg></tuv><tuv xml:lang="fr"><seg>Prenez 5 mg.</seg></tuv></tu>
<tu><tuv lang="en"><seg>Rest.</seg></tuv></tu>
<tu><tuv xml:lang="en"><seg>Go.</seg></tuv><tuv xml:lang="pt-PT"><seg>Vá.</seg></tuv></tu>
</body></tmx>"""


def test_a_memory_of_another_tool_is_read_for_one_language():
    assert read_tmx(TMX.encode(), "en", "pt-BR") == [Pair("Take 5 mg.", "Tome 5 mg.")]
    assert read_tmx(TMX.encode(), "en", "fr") == [Pair("Take 5 mg.", "Prenez 5 mg.")]
    assert read_tmx(TMX.encode(), "en", "zh-Hans") == []


def test_an_xliff_is_no_tmx():
    with pytest.raises(BadFile, match="not a TMX"):
        read_tmx(write_xliff(document(Unit("s1", "A", ""))), "en", "es")


def test_another_library_cannot_change_what_is_written():
    unit = document(Unit("s1", "Rest.", "Descanse.", "a1"))
    before = write_xliff(unit)
    ElementTree.register_namespace("", "http://www.w3.org/2000/svg")
    assert write_xliff(unit) == before


@pytest.mark.parametrize("deep", [200, 200_000])
def test_what_is_nested_too_deeply_is_refused_with_its_line(deep):
    inside = "<hi>" * deep + "x" + "</hi>" * deep
    tmx = f'<tmx version="1.4"><body><tu>\n<tuv xml:lang="en"><seg>{inside}</seg></tuv></tu></body></tmx>'
    with pytest.raises(BadFile, match=r"Line 2: The XML is nested more than 100 deep"):
        read_tmx(tmx.encode(), "en", "es")
    unit = f"<file id='f'><unit id='s1'><segment><source>{inside}</source></segment></unit></file>"
    xliff = f"<xliff xmlns='urn:oasis:names:tc:xliff:document:2.0' version='2.0'>\n{unit}</xliff>"
    with pytest.raises(BadFile, match="nested more than 100 deep"):
        read_xliff(xliff.encode())
