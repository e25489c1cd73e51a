"""The whole at work: what a machine publishes in an hour, and how its doors answer meanwhile.

`python -m tests.bench_load` prints one JSON object. PostgreSQL, Valkey, beat, workers and gunicorn
are real. A request is one handout in English and Portuguese, made of one sheet of the house's
library; whoever approves does so at once, so only the machine is measured. First with the default
models on this machine; then with a writer elsewhere, which answers at once, by 1, 2 and 4 workers.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from tests import environment  # noqa: F401  sets what Django's settings need
from tests.bench_portal import load as doors
from tests.machines import Machines, Writer, approve_what_waits, left_to_do, request_many
from tests.postgresql import postgresql
from tests.stack import ROOT, answers, wait_until

SHEET = ROOT / "content" / "library" / "high-blood-pressure.md"
WORKERS = ("worker1", "worker2", "worker3", "worker4")
GROWTH = (1, 2, 4)  # workers
WITH_MODELS, ELSEWHERE = 2, 8  # requests
ASKED = 200  # questions at each door
HOURS = 2.0


def load() -> dict[str, object]:
    """Measured in a process of its own: the database of this one is another."""
    done = subprocess.run([sys.executable, "-m", __name__], check=True, stdout=subprocess.PIPE)
    return {"load": json.loads(done.stdout.splitlines()[-1])}


def main() -> int:
    folder = Path(tempfile.mkdtemp(prefix="eduengine-bench-load-"))
    os.environ["EDUENGINE_RATE_PER_ADDRESS"] = "0"  # who asks here is many
    with postgresql() as url:
        machines = Machines(
            folder / "var", Path(), f"{url}/postgres", threads=2, workers=WORKERS
        )  # fmt: skip
        try:
            machines.prepare(SHEET)
            machines.model = _models()
            print(json.dumps(_measure(machines)))
        finally:
            machines.down()
            shutil.rmtree(folder, ignore_errors=True)
    return 0


def _models() -> Path:
    """The default writer; only now, for this reads the settings, which `prepare` made."""
    from content.engines.base import cache_dir
    from content.engines.store import DEFAULT_WRITER, ensure

    return ensure(DEFAULT_WRITER, cache_dir(), lambda done, total, note: None)


def _measure(machines: Machines) -> dict[str, object]:
    machines.start("valkey", "beat", "llm", "web", "worker1")
    wait_until(lambda: answers(f"{machines.url}/healthz"), 60, machines.log("web"))
    wait_until(lambda: "/v1" in machines.log("llm"), 600, "for a warm writer")
    with_models = _per_hour(WITH_MODELS)
    quiet = _doors(machines)
    machines.kill("llm")
    machines.kill("worker1")
    machines.writer_url = Writer().url
    grown = {}
    for count in GROWTH:
        machines.start(*(name for name in WORKERS[:count] if name not in machines.running))
        grown[str(count)] = _per_hour(ELSEWHERE)
    return {
        "published_per_hour_default_models": with_models,
        "published_per_hour_by_workers": grown,
        "doors_quiet": quiet,
        "doors_under_load": _doors_under_load(machines),
    }


def _per_hour(count: int) -> float:
    """Requests that went all the way, of ``count`` made at once: public in English with their PDFs,
    and before the translator in Portuguese."""
    started = time.monotonic()
    request_many(count)
    wait_until(_all_is_done, HOURS * 3600, f"for {count} requests")
    return round(3600 * count / (time.monotonic() - started), 1)


def _all_is_done() -> bool:
    approve_what_waits()
    return not left_to_do()


def _doors(machines: Machines) -> dict[str, dict[str, float]]:
    from content.models import Clinic, Publication, User
    from tests.builders import session

    slug = Publication.objects.filter(state="public").first().handout.slug
    ada = User.objects.get(username="ada")
    ada.clinic, _made = Clinic.objects.get_or_create(name="Elm Street")
    ada.save()
    cookie = {"Cookie": f"sessionid={session(ada)}"}
    addresses = {
        "page": f"/en/{slug}/",
        "pdf": f"/en/{slug}/handout-letter.pdf",
        "infobutton": "/infobutton/service?mainSearchCriteria.v.cs=2.16.840.1.113883.6.90"
        "&mainSearchCriteria.v.c=I10",
        "clinic": "/clinic/",
    }
    port = machines.web_port
    for address in addresses.values():  # what a process reads once is not measured
        doors(port, [address] * 8, cookie)
    return {name: doors(port, [one] * ASKED, cookie) for name, one in addresses.items()}


def _doors_under_load(machines: Machines) -> dict[str, dict[str, float]]:
    """While as many requests as the growth was measured with are worked on."""
    over = threading.Event()

    def work() -> None:
        while not over.is_set():
            _per_hour(ELSEWHERE)

    working = threading.Thread(target=work)
    working.start()
    try:
        return _doors(machines)
    finally:
        over.set()
        working.join()


if __name__ == "__main__":
    sys.exit(main())
