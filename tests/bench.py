"""`make bench`: what the README promises, measured on this machine with the default model.

Prints one JSON object. Time limits live here and not in the tests: machines are noisy.
"""

import json
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from pathlib import Path

import psutil

from tests import environment  # noqa: F401  sets what Django's settings need
from tests.bench_desk import desk
from tests.bench_library import library, memory_search
from tests.bench_load import load
from tests.bench_pdf import printing
from tests.bench_portal import portal
from tests.bench_rewriting import checks, rewriting, segment_checks
from tests.bench_translation import translation
from tests.stack import Stack, wait_until

STATEMENTS = 18
SEGMENTS = 60  # as many as a handout holds
CHECK_SECONDS = 1.0  # one edit checked, as its writer waits for it
QUALITY_SECONDS = 0.15  # the aids on the whole of an edition


def main() -> int:
    import django

    django.setup()
    from content.engines.base import cache_dir
    from content.engines.store import DEFAULT_WRITER, ensure

    model = ensure(DEFAULT_WRITER, cache_dir(), lambda done, total, note: None)
    folder = Path(tempfile.mkdtemp(prefix="eduengine-bench-"))
    stack = Stack(folder / "var", model, f"sqlite:///{folder}/bench.sqlite3", threads=2)
    try:
        stack.up()
        # As in a deployment, the writer has read its prompt before the first request comes.
        wait_until(lambda: "/v1" in stack.log("llm"), 300, "for a warm writer")
        result = {
            **drafting(stack), **publishing(stack), **editing(stack), "memory_mb": memory(stack),
            **library(stack), **checks(), **segment_checks(), **rewriting(stack),
            **memory_search(stack),
        }  # fmt: skip
    finally:
        stack.down()
    result |= printing() | desk() | translation() | portal() | load()
    print(json.dumps(result, indent=2))
    return 0


def drafting(stack: Stack) -> dict[str, object]:
    """Seconds for one draft of 18 statements, and the longest silence of its progress."""
    stack.do(SETUP)
    started = last = time.monotonic()
    stack.manage("request_handout", "--topic", "Bench", "--source", "bench")
    silence, seen = 0.0, None
    while (now := progress(stack))["job_state"] not in ("done", "failed"):
        if now["updated_at"] != seen:
            silence, seen, last = (
                max(silence, time.monotonic() - last),
                now["updated_at"],
                time.monotonic(),
            )
        time.sleep(0.3)
    assert now["job_state"] == "done", now
    seconds = time.monotonic() - started
    origins = stack.ask(
        "list(Segment.objects.exclude(source_text='').values_list('origin', flat=True))"
    )
    return {
        "statements": STATEMENTS,
        "draft_seconds": round(seconds, 1),
        "longest_silence_seconds": round(silence, 1),
        "origins": {origin: origins.count(origin) for origin in sorted(set(origins))},
        "readability": stack.ask("Edition.objects.get().readability"),
    }


def progress(stack: Stack) -> dict[str, str]:
    """Straight from the file: a `manage.py` of its own would take a core from the model."""
    import sqlite3

    with sqlite3.connect(stack.database_url.removeprefix("sqlite:///")) as connection:
        row = connection.execute("SELECT job_state, updated_at FROM content_request").fetchone()
    return dict(zip(("job_state", "updated_at"), row, strict=True))


def publishing(stack: Stack) -> dict[str, object]:
    """Milliseconds and bytes of the portal page, seconds from approval to public with PDFs."""
    stack.do(APPROVE)
    started = time.monotonic()
    wait_until(lambda: publication_state(stack) == "public", 120, "for the publication")
    seconds = time.monotonic() - started
    address = f"{stack.url}/en/bench/"
    times = sorted(timed(address) for _n in range(30))
    with urllib.request.urlopen(address) as answer:
        size = len(answer.read())
    return {
        "publish_seconds": round(seconds, 1),
        "page_ms_median": round(1000 * times[len(times) // 2], 1),
        "page_bytes": size,
    }


def editing(stack: Stack) -> dict[str, object]:
    """Milliseconds until the check of one edit answers in an edition of 60 segments, and until it
    is saved and the page is there again; milliseconds of the aids on the whole edition."""
    found = json.loads(stack.do(LONG_EDITION).splitlines()[-1])
    address = f"{stack.url}/desk/editions/{found['edition']}/segments/{found['segment']}/"
    shown, checks, saves = found["text"], list[float](), list[float]()
    for n in range(20):
        text = f"Take 500 mg of metformin {n + 2} times a day; it is utilized with your meals."
        checks.append(posted(f"{address}check/", found["session"], text, shown))
        saves.append(posted(address, found["session"], text, shown))
        shown = text
    assert max(checks) < CHECK_SECONDS, checks
    assert found["quality"] < QUALITY_SECONDS, found
    return {
        "check_ms_median": round(1000 * sorted(checks)[10], 1),
        "check_ms_slowest": round(1000 * max(checks), 1),
        "save_ms_median": round(1000 * sorted(saves)[10], 1),
        "quality_ms": round(1000 * found["quality"], 1),
    }


def posted(address: str, session: str, text: str, shown: str) -> float:
    """Seconds of one post of the edit form, as `desk/edit.js` sends it."""
    token = "t" * 32
    form = {"text": text, "shown": shown, "csrfmiddlewaretoken": token}
    request = urllib.request.Request(
        address,
        urllib.parse.urlencode(form).encode(),
        {
            "Cookie": f"sessionid={session}; csrftoken={token}",
            "Accept": "application/json" if address.endswith("/check/") else "text/html",
        },
    )
    started = time.monotonic()
    with urllib.request.urlopen(request) as answer:
        answer.read()
        assert "/login/" not in answer.url
    return time.monotonic() - started


def publication_state(stack: Stack) -> str:
    import sqlite3

    with sqlite3.connect(stack.database_url.removeprefix("sqlite:///")) as connection:
        row = connection.execute("SELECT state FROM content_publication").fetchone()
    return row[0] if row else ""


def timed(address: str) -> float:
    started = time.monotonic()
    urllib.request.urlopen(address).read()
    return time.monotonic() - started


def memory(stack: Stack) -> dict[str, int]:
    """Proportional set size of every process tree, in MB."""
    found = {}
    for name, process in stack.running.items():
        tree = [psutil.Process(process.pid)]
        tree += tree[0].children(recursive=True)
        found[name] = round(sum(p.memory_full_info().pss for p in tree) / 1e6)
    return {**found, "total": sum(found.values())}


SETUP = f"""
from pathlib import Path
from django.contrib.auth.models import Group
from content.models import *
from content.services.library import import_sources
from content.text.sources import parse_markdown
for name, role in (("ellen", "educator"), ("carlos", "clinician")):
    user = User.objects.create_user(name, password=None, is_staff=True)
    user.groups.add(Group.objects.get(name=role))
sheet = Path("content/library/high-blood-pressure.md")
import_sources([parse_markdown(sheet.read_text(), sheet.name)])
source = Source.objects.get()
source.external_id = "bench"
source.save()
keys = source.statements.values_list("pk", flat=True)
help = list(keys.filter(section="When to get emergency help"))[:2]
kept = help + list(keys.exclude(section__startswith="When to"))[:{STATEMENTS} - len(help)]
source.statements.exclude(pk__in=kept).update(retired=True)
"""

APPROVE = """
from content.models import *
from content.services import reviewing
from content.tasks import send_waiting
edition = Edition.objects.get()
reviewing.approve_edition(
    edition=edition, actor=User.objects.get(username="carlos"), shown=edition.compute_fingerprint()
)
send_waiting()
"""

LONG_EDITION = f"""
import json, time
from content.models import *
from content.services import quality
from tests.builders import session
ellen = User.objects.get(username="ellen")
edition = Edition.objects.create(
    handout=Handout.objects.create(slug="long", title="Long"), number=1, created_by=ellen,
)
lines = [s.text for s in Statement.objects.all()]
lines = [lines[n % len(lines)] for n in range({SEGMENTS})]
rows = [
    edition.segments.create(
        ordinal=n, section="do", text=line, source_text=line, origin="unchanged",
    )
    for n, line in enumerate(lines)
]
edition.state = "in_review"
edition.save()
quality.refresh(edition)
started = time.perf_counter()
quality.quality(edition)
seconds = time.perf_counter() - started
print(json.dumps(dict(
    edition=edition.pk, segment=rows[5].pk, text=rows[5].text, session=session(ellen),
    quality=seconds,
)))
"""

if __name__ == "__main__":
    sys.exit(main())
