"""Reading pairs from JSON Lines, and counting."""

import pytest

from content.safety.base import Finding, Severity
from content.safety.scoring import BadInput, Score, read_rewrites, read_segments

LINE = '{"id": 1, "target_lang": "spa_Latn", "source": "a", "target": "b", "label": "ok"}'
BLOCK = Finding("x", Severity.BLOCKING, "m")
WARN = Finding("x", Severity.WARNING, "m")


@pytest.mark.parametrize("code", ["spa_Latn", "es", "ES"])
def test_either_code_names_the_language(code):
    (item,) = read_segments([LINE.replace("spa_Latn", code)])
    assert (item.pair.language.code, item.language, item.id) == ("es", code, "1")


def test_empty_lines_are_left_out():
    assert len(read_rewrites(["", '{"id": "1", "source": "a", "rewrite": "b"}', "  "])) == 1


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("{", "Line 1 is not JSON"),
        ("[]", "Line 1 is not a JSON object"),
        ('{"id": "1", "target_lang": "xx", "source": "a", "target": "b"}', "Unknown language"),
        ('{"id": "1", "target_lang": "es", "target": "b"}', "needs “source”"),
        ('{"id": "1", "target_lang": "es", "source": "a", "target": 5}', "needs “target”"),
    ],
)
def test_a_bad_line_is_named(line, words):
    with pytest.raises(BadInput, match=words):
        read_segments([line])


def test_errors_and_alarms_are_counted_apart():
    good, bad = read_segments([LINE, LINE.replace('"ok"', '"omission"')])
    score = Score()
    score.add(good, [WARN])
    score.add(bad, [BLOCK])
    score.add(bad, [])
    result = score.as_dict()
    assert (result["ok"], result["alarms_any"], result["alarms_blocking"]) == (1, 1, 0)
    assert (result["errors"], result["caught_any"], result["caught_blocking"]) == (2, 1, 1)
    assert result["by_label"]["omission"]["errors"] == 2
    assert result["by_lang"]["spa_Latn"]["ok"] == 1
