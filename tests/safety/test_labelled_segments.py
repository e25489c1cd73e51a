"""The translation checks against labelled pairs. See tests/data/segments/README.md for their making."""

from pathlib import Path

import pytest

from content.safety.scoring import Score, check, read_segments
from content.safety.translations import TRANSLATION_CHECKS

ROOT = Path(__file__).resolve().parents[2]
SETS = [
    ROOT / "tests" / "data" / "segments" / "held_back.jsonl",
    ROOT.parent / "shared" / "data" / "critical" / "segments.jsonl",
]


@pytest.mark.parametrize("path", SETS, ids=lambda path: path.stem)
def test_the_bar_is_met_in_every_language(path):
    if not path.exists():
        pytest.skip("the evaluation data is not beside this checkout")
    score = Score()
    for item, findings in check(read_segments(path.read_text().splitlines()), TRANSLATION_CHECKS):
        score.add(item, findings)
    total = score.total
    assert total.caught_any / total.errors >= 0.95
    assert total.caught_blocking / total.errors >= 0.90
    assert total.alarms_blocking / total.ok <= 0.08
    worst = min(one.caught_any / one.errors for one in score.by_lang.values())
    assert len(score.by_lang) == 12 and worst >= 0.85
