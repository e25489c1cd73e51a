"""`make faults`: many requests while everything under them dies, again and again.

Real PostgreSQL, Valkey, beat and three workers; people approve what reaches them. Meanwhile workers
are killed, the broker is restarted and emptied, the database is restarted as by a power cut, the
disk for PDFs takes nothing, and the writer is slow, refuses, or answers nonsense. In the end
every row must be in its right state, and everything must be there once. Prints JSON.
"""

import argparse
import json
import random
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests import environment  # noqa: F401  sets what Django's settings need
from tests.machines import (
    LEASE,
    WORKERS,
    Machines,
    Writer,
    approve_what_waits,
    left_to_do,
    patient,
    request_many,
)
from tests.postgresql import Server
from tests.stack import wait_until

Claim = tuple[str, int, str]  # model, key, token
Claims = set[Claim]
MOODS = ("slow", "refusing", "nonsense")


@dataclass
class Run:
    """What happens while the faults last, and what they did."""

    machines: Machines
    database: Server
    writer: Writer
    done: dict[str, int] = field(default_factory=dict)
    recoveries: list[float] = field(default_factory=list)

    def kill_a_worker(self) -> None:
        name = random.choice(WORKERS)
        held = set(_held())
        self.machines.kill(name)
        self.machines.start(name)
        threading.Thread(target=self._watch, args=(held, time.monotonic()), daemon=True).start()

    def _watch(self, held: Claims, since: float) -> None:
        """Until no row is held by a claim from before the kill: the living finish, the dead lose.

        What the dead held is known by its lease, which nobody renews: recovery lasts as long as
        such a row can be seen, or no time where the dead worker held none.
        """
        lost = 0.0
        while left := held & (now := _held()).keys():
            if any(now[claim] for claim in left):
                lost = time.monotonic() - since
            time.sleep(0.5)
        self.recoveries.append(lost)

    def empty_the_broker(self) -> None:
        # It keeps nothing on disk: a restart is a flush.
        self.machines.kill("valkey")
        time.sleep(random.uniform(0, 2))
        self.machines.start("valkey")

    def cut_the_database(self) -> None:
        self.database.stop()
        time.sleep(random.uniform(0, 2))
        self.database.start(durable=True)

    def fill_the_disk(self) -> None:
        """A file where the folder of PDFs belongs: every write fails, as on a full disk."""
        folder, aside = self.machines.folder / "media", self.machines.folder / "media-aside"
        folder.mkdir(exist_ok=True)
        folder.rename(aside)
        folder.write_text("full")
        time.sleep(3)
        folder.unlink()
        aside.rename(folder)

    def upset_the_writer(self) -> None:
        self.writer.mood = random.choice(MOODS)
        time.sleep(random.uniform(2, 5))
        self.writer.mood = "well"

    def strike(self, kills: int) -> None:
        """``kills`` dead workers, and the other faults a fourth as often each."""
        others = [self.empty_the_broker, self.cut_the_database, self.fill_the_disk,
                  self.upset_the_writer]  # fmt: skip
        faults: list[Callable[[], None]] = [self.kill_a_worker] * kills
        faults += [fault for fault in others for _ in range(max(1, kills // 4))]
        random.shuffle(faults)
        for fault in faults:
            time.sleep(random.uniform(1, 3))
            self.done[fault.__name__] = self.done.get(fault.__name__, 0) + 1
            fault()


def _held() -> dict[Claim, bool]:
    """Every claim on a row, and whether its lease has run out."""
    from django.utils import timezone

    from content.services.workflow import QUEUES

    def ask() -> dict[Claim, bool]:
        now = timezone.now()
        return {
            (model.__name__, pk, str(token)): until < now
            for model in QUEUES
            for pk, token, until in model.objects.filter(job_state="running").values_list(
                "pk", "claim_token", "claimed_until"
            )
        }

    found: dict[Claim, bool] = patient(ask)
    return found


def wrong(count: int) -> dict[str, int]:
    """What must be nought in the end, by what it would mean."""
    from django.db.models import Count

    from content.models import (
        Decision,
        Edition,
        Event,
        Publication,
        RenderedFile,
        Request,
        Segment,
        TranslatedSegment,
        Translation,
    )
    from content.services import sealing

    def twice(kind: str, owner: str) -> int:
        events = Event.objects.filter(kind=kind).order_by().values(owner).annotate(n=Count("pk"))
        return events.filter(n__gt=1).count()

    public = Publication.objects.filter(state="public")
    sealing.seal_missed()
    return {
        "requests_lost": count - Request.objects.filter(job_state="done").count(),
        "editions_doubled": Edition.objects.count() - count,
        "segments_empty": Segment.objects.filter(text="").count(),
        "translations_missing": count - Translation.objects.filter(state="in_review").count(),
        "sentences_empty": TranslatedSegment.objects.filter(text="").count(),
        "sentences_doubled": TranslatedSegment.objects.values("translation", "segment").annotate(
            n=Count("pk")).filter(n__gt=1).count(),
        "publications_missing": count - public.count(),
        "public_without_decision": public.exclude(
            edition__in=Decision.objects.filter(verb="approve_edition").values("edition")).count(),
        "files_missing": 2 * count - RenderedFile.objects.filter(job_state="done").count(),
        "drafted_twice": twice("drafted", "edition"),
        "translated_twice": twice("translated", "translation"),
        "published_twice": twice("published", "data__publication"),
        "record_breaks": len(sealing.verify().breaks),
    }  # fmt: skip


def run(count: int, kills: int, *, apart: bool, seed: int, seconds: float = 3600) -> dict[str, Any]:
    from tests.path.conftest import SHEET

    random.seed(seed)
    folder = Path(tempfile.mkdtemp(prefix="eduengine-faults-"))
    database, writer = Server(), Writer()
    machines = Machines(
        folder / "var", Path(), f"{database.url}/postgres", writer_url=writer.url, apart=apart
    )
    try:
        database.start(durable=True)
        sheet = folder / "metformin-test.md"
        sheet.write_text(SHEET)
        machines.prepare(sheet)
        machines.start("valkey", "beat", *WORKERS)
        return _measure(Run(machines, database, writer), count, kills, seconds)
    finally:
        machines.down()
        database.stop()
        database.remove()
        shutil.rmtree(folder, ignore_errors=True)


def _measure(run: Run, count: int, kills: int, seconds: float) -> dict[str, Any]:
    started = time.monotonic()
    request_many(count)
    striking = threading.Thread(target=run.strike, args=(kills,), daemon=True)
    striking.start()
    released = 0

    def over() -> bool:
        nonlocal released
        run.machines.need_alive()
        released += patient(approve_what_waits)
        return not striking.is_alive() and not patient(left_to_do)

    wait_until(over, seconds, f"for {count} requests")
    wait_until(lambda: len(run.recoveries) == kills, 3 * LEASE, "for the last recovery")
    return {
        "requests": count, "faults": run.done, "released_by_staff": released,
        "seconds": round(time.monotonic() - started),
        "recovery_seconds": {"worst": round(max(run.recoveries), 1), "two_leases": 2 * LEASE},
        "wrong": wrong(count),
    }  # fmt: skip


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, default=200)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument(
        "--apart", action="store_true", help="each worker as on a machine of its own"
    )
    parser.add_argument("--seed", type=int, default=random.randrange(10_000))
    asked = parser.parse_args()
    found = run(asked.requests, asked.kills, apart=asked.apart, seed=asked.seed)
    print(json.dumps({"seed": asked.seed} | found, indent=1))
    slow = found["recovery_seconds"]["worst"] > 2 * LEASE
    return int(slow or any(found["wrong"].values()))


if __name__ == "__main__":
    sys.exit(main())
