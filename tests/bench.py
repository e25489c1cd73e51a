"""`make bench`: what the README promises, measured on this machine with the default model.

Prints one JSON object. Time limits live here and not in the tests: machines are noisy.
"""

import json
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

import psutil

from tests import environment  # noqa: F401  sets what Django's settings need
from tests.stack import Stack, wait_until

STATEMENTS = 18


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
        result = {**drafting(stack), **publishing(stack), "memory_mb": memory(stack)}
    finally:
        stack.down()
    print(json.dumps(result, indent=2))
    return 0


def drafting(stack: Stack) -> dict[str, object]:
    """Seconds for one draft of 18 statements, and the longest silence of its progress."""
    stack.manage("shell", "--no-imports", "-c", SETUP)
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
    stack.manage("shell", "--no-imports", "-c", APPROVE)
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
last = list(source.statements.values_list("pk", flat=True))[{STATEMENTS}:]
source.statements.filter(pk__in=last).update(retired=True)
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

if __name__ == "__main__":
    sys.exit(main())
