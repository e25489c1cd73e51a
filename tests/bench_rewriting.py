"""The rewriter on the starter library: seconds, share accepted, grades, and what a check costs."""

import json
import re
import statistics
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.stack import Stack

ROOT = Path(__file__).resolve().parent.parent
LIBRARY = ROOT / "content" / "library"
LABELLED = ROOT / "tests" / "data" / "rewrites"
SEGMENTS = ROOT / "tests" / "data" / "segments"
SAMPLE = 120  # statements, spread evenly over the library: 10 minutes
_NUMBER = re.compile(r"\d+(?:[.,/]\d+)*")
_WORDS = {"once": "1", "one": "1", "twice": "2", "two": "2", "three": "3", "four": "4"}
_NEGATION = re.compile(
    r"\b(?:not|never|no|avoid|without|unless|stop|contraindicated|discontinue)\b|n't\b"
)


def rewriting(stack: Stack) -> dict[str, object]:
    """The product's own `rewrite` on ``SAMPLE`` statements, in as many threads as there are slots.

    ``seconds_per_statement`` is the median over statements of their wall time, divided by the slots
    that share the machine. ``numbers_to_read`` and ``negations_to_read`` are accepted pairs in
    which a comparison simpler than the checks' sees other digits, or a negation on one side only:
    they are printed to be read.
    """
    from content.engines.writer.local_server import SLOTS
    from content.engines.writer.openai_client import OpenAIWriter
    from content.engines.writer.prompts import load
    from content.services.rewriting import Job, Rewrite, rewrite

    key = stack.environment["EDUENGINE_LLM_KEY"]
    writer = OpenAIWriter(stack.environment["EDUENGINE_LLM_URL"], "local", key, 300, load())
    jobs = [
        Job(n, text, context=title, grade=6, audience="adult", topic=title)
        for n, (title, text) in enumerate(sample())
    ]

    def timed(job: Job) -> tuple[Rewrite, float]:
        started = time.monotonic()
        return rewrite(writer, job, lambda: False), time.monotonic() - started

    started = time.monotonic()
    with ThreadPoolExecutor(SLOTS) as pool:
        results = list(pool.map(timed, jobs))
    accepted = [
        (jobs[one.segment_pk].statement, one.text, one.origin)
        for one, _seconds in results
        if one.origin in ("rewritten", "unchanged")
    ]
    return {
        "rewrites": len(jobs),
        "seconds_per_statement": round(
            statistics.median(seconds for _one, seconds in results) / SLOTS, 2
        ),
        "seconds_per_statement_overall": round((time.monotonic() - started) / len(jobs), 2),
        "accepted_share": round(len(accepted) / len(jobs), 3),
        "accepted_unchanged": sum(origin == "unchanged" for _s, _t, origin in accepted),
        "mean_fall_of_grade": round(statistics.fmean(fall(s, t) for s, t, _o in accepted), 2),
        "numbers_to_read": [(s, t) for s, t, _o in accepted if numbers(s) != numbers(t)],
        "negations_to_read": [(s, t) for s, t, _o in accepted if negated(s) != negated(t)],
    }


def sample() -> list[tuple[str, str]]:
    """(title, statement), every n-th of the starter library; fragments of lists are not rewritten."""
    from content.text.sources import parse_markdown

    found = [
        (sheet.title, statement.text)
        for path in sorted(LIBRARY.glob("*.md"))
        for sheet in [parse_markdown(path.read_text(), path.name)]
        for statement in sheet.statements
        if not statement.lead_in
    ]
    return found[:: max(1, len(found) // SAMPLE)][:SAMPLE]


def fall(source: str, text: str) -> float:
    """Flesch-Kincaid grades from source to rewrite."""
    from content.text.readability import measure

    (before, *_more), (after, *_others) = measure(source, "en"), measure(text, "en")
    return before.value - after.value


def numbers(text: str) -> set[str]:
    words = (_WORDS.get(word, word) for word in re.findall(r"[\w.,/]+", text.lower()))
    return set(_NUMBER.findall(" ".join(words)))


def negated(text: str) -> bool:
    return _NEGATION.search(text.lower()) is not None


def checks() -> dict[str, object]:
    """Milliseconds of all English checks on one pair, over the labelled sets of this repository."""
    from content.safety.base import Pair, run
    from content.safety.rewrites import REWRITE_CHECKS

    pairs = list(_pairs(Pair))
    run(REWRITE_CHECKS, pairs[0])  # reads the tables
    times = []
    for pair in pairs:
        started = time.perf_counter()
        run(REWRITE_CHECKS, pair)
        times.append(1000 * (time.perf_counter() - started))
    return {
        "check_pairs": len(pairs),
        "check_pair_ms_mean": round(statistics.fmean(times), 2),
        "check_pair_ms_median": round(statistics.median(times), 2),
    }


def segment_checks() -> dict[str, object]:
    """Translated segments that one core checks in a second, each seen for the first time."""
    from content.safety.base import run
    from content.safety.scoring import read_segments
    from content.safety.translations import TRANSLATION_CHECKS

    items = read_segments((SEGMENTS / "held_back.jsonl").read_text().splitlines())
    for item in {item.language: item for item in items}.values():
        run(TRANSLATION_CHECKS, item.pair)  # reads the tables of its language
    started = time.perf_counter()
    for item in items:
        run(TRANSLATION_CHECKS, item.pair)
    return {"segments_checked_per_second": round(len(items) / (time.perf_counter() - started))}


def _pairs(pair: type) -> Iterator[object]:
    for path in sorted(LABELLED.glob("*.jsonl")):
        for line in path.read_text().splitlines():
            row = json.loads(line)
            yield pair(row["source"], row["rewrite"], topic=row.get("topic", ""))
