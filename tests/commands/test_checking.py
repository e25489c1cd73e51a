"""`check_segments`, `check_rewrites` and `readability`, as people and checks call them."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

SEGMENT = {"id": "a", "target_lang": "spa_Latn", "source": "Take 5 mg.", "target": "Tome 50 mg."}
REWRITE = {"id": "a", "source": "Take 5 mg.", "rewrite": "Take 5 mg."}


@pytest.fixture
def lines(tmp_path):
    def write(*records):
        path = tmp_path / "pairs.jsonl"
        path.write_text("\n".join(json.dumps(record) for record in records), encoding="utf-8")
        return str(path)

    return write


def said(*command):
    out = io.StringIO()
    call_command(*command, stdout=out)
    return out.getvalue().splitlines()


def test_a_line_of_json_for_every_segment(lines):
    (line,) = said("check_segments", lines(SEGMENT), "--json")
    result = json.loads(line)
    assert result["id"] == "a"
    assert {"check", "severity", "message"} == set(result["findings"][0])
    assert "blocking" in {finding["severity"] for finding in result["findings"]}


def test_people_read_words(lines):
    assert said("check_rewrites", lines(REWRITE)) == ["a: nothing found"]


def test_the_score_is_the_last_line(lines):
    good = SEGMENT | {"id": "b", "target": "Tome 5 mg.", "label": "ok"}
    output = said("check_segments", lines(SEGMENT | {"label": "number_changed"}, good), "--score")
    score = json.loads(output[-1])
    assert (score["errors"], score["caught_blocking"], score["caught_any"]) == (1, 1, 1)
    assert (score["ok"], score["alarms_blocking"], score["alarms_any"]) == (1, 0, 0)
    assert score["by_label"]["number_changed"]["caught_blocking"] == 1
    assert score["by_lang"]["spa_Latn"]["errors"] == 1


@pytest.mark.parametrize(
    ("record", "words"),
    [
        ({**SEGMENT, "target_lang": "xx"}, "Line 1: Unknown language"),
        ({"id": "a"}, "Line 1 needs"),
        ([], "Line 1 is not a JSON object"),
    ],
)
def test_bad_segments_are_refused_in_one_line(lines, record, words):
    with pytest.raises(CommandError, match=words) as refused:
        said("check_segments", lines(record))
    assert "\n" not in str(refused.value)


def test_a_score_needs_labels(lines):
    with pytest.raises(CommandError, match="label"):
        said("check_rewrites", lines(REWRITE), "--score")


@pytest.mark.parametrize("command", ["check_segments", "check_rewrites"])
def test_a_missing_or_empty_file_is_refused(command, lines):
    with pytest.raises(CommandError, match="cannot be read"):
        said(command, "missing.jsonl")
    with pytest.raises(CommandError, match="no lines"):
        said(command, lines())


def test_readability_names_its_formulas(tmp_path):
    path = tmp_path / "text.txt"
    path.write_text("Tome una tableta al día. Llame al médico.", encoding="utf-8")
    assert said("readability", "--lang", "es", str(path))[0].startswith(
        "Szigriszt-Pazos (INFLESZ): "
    )
    result = json.loads(said("readability", "--lang", "spa_Latn", str(path), "--json")[0])
    assert [s["formula_id"] for s in result["scores"]] == ["szigriszt_pazos", "fernandez_huerta"]


def test_a_language_without_a_formula_has_no_score(tmp_path, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("Uống thuốc này."))
    (line,) = said("readability", "--lang", "vi")
    assert line == "No readability formula has been validated for Vietnamese: there is no score."


@pytest.mark.parametrize(
    ("code", "text", "words"), [("xx", "a", "Unknown language"), ("en", "..", "no words")]
)
def test_unreadable_text_is_refused(code, text, words, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO(text))
    with pytest.raises(CommandError, match=words):
        said("readability", "--lang", code)
