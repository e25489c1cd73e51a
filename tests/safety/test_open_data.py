"""The open part of the critical-error data: floors that a change may raise and never lower.

A larger part of the same making is held back; these sentences are not to be tuned on.
"""

from content.safety.rewrites import REWRITE_CHECKS
from content.safety.scoring import Score, check, read_rewrites, read_segments
from content.safety.translations import TRANSLATION_CHECKS
from tests.shared import DATA, needs_shared


def score(name, read, checks):
    lines = (DATA / "critical" / name).read_text(encoding="utf-8").splitlines()
    total = Score()
    for item, findings in check(read(lines), checks):
        total.add(item, findings)
    return total.total


@needs_shared
def test_wrong_segments_are_caught_and_good_ones_pass():
    counts = score("segments.jsonl", read_segments, TRANSLATION_CHECKS)
    assert counts.caught_any >= 0.95 * counts.errors
    assert counts.caught_blocking >= 0.93 * counts.errors
    assert counts.alarms_blocking <= 0.03 * counts.ok


@needs_shared
def test_wrong_rewrites_are_caught_and_good_ones_pass():
    counts = score("rewrites.jsonl", read_rewrites, REWRITE_CHECKS)
    assert counts.caught_blocking >= 0.95 * counts.errors
    assert counts.alarms_blocking <= 0.04 * counts.ok
