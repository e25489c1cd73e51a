"""The library at its size: importing a thousand topics, and searching them."""

import json
import statistics
import time
from pathlib import Path

from tests.stack import Stack

TOPICS = (
    Path(__file__).resolve().parents[2] / "shared" / "data" / "medlineplus" / "topics_200.jsonl"
)
WANTED = 1_000
IMPORT_SECONDS = 60.0
QUERIES = ("diabetes", "heart attack", "I10", "11289", "blood pressure", "dolor", "kidney stones",
           "E11", "shortness of breath", "zzz")  # fmt: skip

SEARCH = f"""
import json, time
from content.services.searching import search
times = []
for words in {QUERIES!r}:
    started = time.perf_counter()
    list(search(words)[:20])
    times.append(1000 * (time.perf_counter() - started))
print(json.dumps(times))
"""


def library(stack: Stack) -> dict[str, object]:
    """Seconds of importing 1,000 MedlinePlus topics by the command, milliseconds of a search.

    The evaluation data holds 200; each stands five times, under an identifier and title of its own.
    """
    if not TOPICS.exists():
        return {"import_topics": "skipped: the evaluation data is not beside this checkout"}
    file = stack.folder / "topics.jsonl"
    topics = [json.loads(line) for line in TOPICS.read_text().splitlines()]
    rows = (
        topic | {"id": f"{topic['id']}-{n}", "title": f"{topic['title']} {n}"}
        for n in range(WANTED // len(topics))
        for topic in topics
    )
    file.write_text("".join(json.dumps(row) + "\n" for row in rows))
    started = time.monotonic()
    report = json.loads(stack.manage("import_sources", "--json", str(file)).splitlines()[-1])
    seconds = time.monotonic() - started
    assert len(report["added"]) == WANTED, report
    assert seconds < IMPORT_SECONDS, seconds
    times = json.loads(stack.do(SEARCH).splitlines()[-1])
    return {
        "import_topics": WANTED,
        "import_statements": report["statements_added"],
        "import_seconds": round(seconds, 1),
        "search_ms_median": round(statistics.median(times), 1),
        "search_ms_slowest": round(max(times), 1),
    }


MEMORY = """
import itertools, json, random, time
from content.models import *
from content.services.memory import suggestions
translation = Translation.objects.create(edition=Edition.objects.first(), language="es")
lines = list(Statement.objects.values_list("text", flat=True))
chance = random.Random(0)

def varied(number):
    words = chance.choice(lines).split()
    words[chance.randrange(len(words))] = chance.choice(lines).split()[0]
    return f"{' '.join(words)} ({number})"

MemoryEntry.objects.bulk_create((
    MemoryEntry(
        language="es", source_fingerprint=str(number), source=varied(number), target=str(number),
        translation=translation,
    )
    for number in range(WANTED)
), batch_size=5000)
times, offered = [], 0
suggestions(["the memory of the language is read"], "es")
for text in chance.sample(lines, 20):
    started = time.perf_counter()
    offered += len(suggestions([text], "es")[text])
    times.append(1000 * (time.perf_counter() - started))
assert offered, "nothing was like anything"
print(json.dumps(times))
"""
REMEMBERED = 200_000
MEMORY_MS = 50.0


def memory_search(stack: Stack) -> dict[str, object]:
    """Milliseconds of the search for sentences like one, among 200,000 that are remembered."""
    code = MEMORY.replace("WANTED", str(REMEMBERED))
    times = json.loads(stack.do(code).splitlines()[-1])
    median = statistics.median(times)
    assert median < MEMORY_MS, times
    return {"memory_search_ms_median": round(median, 1)}
