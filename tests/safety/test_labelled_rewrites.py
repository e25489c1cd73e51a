"""The English checks against labelled pairs. See tests/data/rewrites/README.md for their making."""

import json
from pathlib import Path

import pytest

from content.safety.base import Pair, blocking, run
from content.safety.rewrites import REWRITE_CHECKS
from content.safety.scoring import Counts, Score, check, read_rewrites

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "tests" / "data" / "rewrites"
SHARED = ROOT.parent / "shared" / "data" / "critical" / "rewrites.jsonl"
SETS = [DATA / "tuned.jsonl", SHARED]
FREER = DATA / "freer.jsonl"
# The last reading taught nothing: it is what the code gives as it stands.
READINGS = [path for path in sorted(DATA.glob("reading*.jsonl")) if path.stem != "reading_5"]
REAL = [json.loads(line) for line in (DATA / "real.jsonl").read_text().splitlines()]


def counted(*paths: Path) -> Counts:
    if not all(path.exists() for path in paths):
        pytest.skip("the evaluation data is not beside this checkout")
    score = Score()
    lines = [line for path in paths for line in path.read_text().splitlines()]
    for item, findings in check(read_rewrites(lines), REWRITE_CHECKS):
        score.add(item, findings)
    return score.total


@pytest.mark.parametrize("path", SETS, ids=lambda path: path.stem)
def test_the_bar_is_met(path):
    found = counted(path)
    assert found.caught_any / found.errors >= 0.95
    assert found.caught_blocking / found.errors >= 0.90
    assert found.alarms_blocking / found.ok <= 0.08


def test_errors_are_caught_that_were_held_back():
    found = counted(*sorted(DATA.glob("held_back*.jsonl")))
    assert found.caught_any / found.errors >= 0.95
    assert found.caught_blocking / found.errors >= 0.90
    assert found.alarms_blocking / found.ok <= 0.08


def test_errors_are_flagged_however_freely_reworded():
    found = counted(FREER)
    assert found.caught_any / found.errors >= 0.95
    assert found.caught_blocking / found.errors >= 0.85


def test_most_of_what_readings_found_is_refused_now():
    """A machine's wording is refused for a warning too (content/services/rewriting.py)."""
    found = counted(*READINGS)
    assert found.caught_any / found.errors >= 0.80
    assert found.alarms_any / found.ok <= 0.06


@pytest.mark.parametrize("row", REAL, ids=lambda row: row["id"])
def test_an_error_that_the_model_made_is_blocked(row):
    assert blocking(run(REWRITE_CHECKS, Pair(row["source"], row["rewrite"], topic=row["topic"])))


@pytest.mark.parametrize("path", sorted(DATA.glob("*.jsonl")), ids=lambda path: path.stem)
def test_a_statement_passes_as_it_stands(path):
    if not path.exists():
        pytest.skip("the evaluation data is not beside this checkout")
    for item in read_rewrites(path.read_text().splitlines()):
        same = item.pair.source
        assert not blocking(run(REWRITE_CHECKS, Pair(same, same))), same
