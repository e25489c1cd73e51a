"""Running checks: blocking first, and a check that breaks has not passed."""

from concurrent.futures import ThreadPoolExecutor

from content.safety.base import Finding, Pair, Severity, blocking, run
from content.safety.rewrites import REWRITE_CHECKS

PAIR = Pair("Take 5 mg.", "Take 5 mg.")


class Warns:
    id = "warns"

    def findings(self, pair):
        yield Finding(self.id, Severity.WARNING, "Look.")


class Blocks:
    id = "blocks"

    def findings(self, pair):
        yield Finding(self.id, Severity.BLOCKING, "Stop.")


class Breaks:
    id = "breaks"

    def findings(self, pair):
        raise IndexError("oops")


def test_blocking_findings_come_first():
    assert [f.check for f in run((Warns(), Blocks()), PAIR)] == ["blocks", "warns"]


def test_a_broken_check_blocks_and_the_others_still_speak():
    found = run((Breaks(), Warns()), PAIR)
    assert blocking(found)
    assert {f.check for f in found} == {"breaks", "warns"}


def test_checks_agree_with_themselves_in_parallel():
    """The writer's slots check in threads; a shared stemmer once mixed up their words."""
    words = [f"Take {n} tablets of metformin with meals in the evening." for n in range(2, 200)]
    pairs = [Pair(source, source.replace("tablets", "pills")) for source in words]
    alone = [run(REWRITE_CHECKS, pair) for pair in pairs]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda pair: run(REWRITE_CHECKS, pair), pairs)) == alone


class Quotes:
    id = "quotes"

    def findings(self, pair):
        yield Finding(self.id, Severity.WARNING, "“5 mg” is not in the source.")
        yield Finding(self.id, Severity.WARNING, "“10 mg” of the source is missing.")


def test_words_that_a_message_quotes_are_pointed_at():
    assert [finding.span for finding in run((Quotes(),), PAIR)] == [(5, 9), None]
