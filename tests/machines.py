"""A deployment of several workers with people at its desks, for what measures and strikes it."""

import json
import os
import shutil
import subprocess
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from django.conf import settings

from eduengine.demo import free_port
from tests.stack import MANAGE, PREPARE, Stack

LEASE = 20
WORKERS = ("worker1", "worker2", "worker3")


class Writer(ThreadingHTTPServer):
    """Speaks the OpenAI protocol as ``mood`` says. Well, it repeats the source: that verifies."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", free_port()), _Answer)
        self.mood = "well"
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/v1"


class _Answer(BaseHTTPRequestHandler):
    server: Writer

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        mood = self.server.mood
        if mood == "refusing":
            self.send_error(503)
            return
        if mood == "slow":
            time.sleep(2)
        words = asked["messages"][-1]["content"]
        piece = {"id": "1", "object": "chat.completion.chunk", "created": 0, "model": "local",
                 "choices": [{"index": 0, "delta": {"content": words}, "finish_reason": "stop"}]}  # fmt: skip
        body = f"data: {json.dumps(piece)}\n\ndata: [DONE]\n\n".encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        self.wfile.write(b"\x00<html>" if mood == "nonsense" else body)

    def do_GET(self) -> None:
        self.send_error(404)

    def log_message(self, *arguments: object) -> None:
        pass


@dataclass
class Machines(Stack):
    """A deployment with several workers. ``apart``: each with its own temporary and model folder.

    Without ``writer_url`` it asks the writer of its own model.
    """

    workers: tuple[str, ...] = WORKERS
    writer_url: str = ""
    apart: bool = False

    @property
    def environment(self) -> dict[str, str]:
        writer = {"EDUENGINE_LLM_URL": self.writer_url, "EDUENGINE_LLM_TIMEOUT": "15"}
        elsewhere = writer if self.writer_url else {}
        return super().environment | {"EDUENGINE_LEASE_SECONDS": str(LEASE)} | elsewhere

    @property
    def commands(self) -> dict[str, list[str]]:
        base = super().commands
        return base | {name: [*base["worker"], "-n", f"{name}@%h"] for name in self.workers}

    def environment_of(self, name: str) -> dict[str, str]:
        if not self.apart or name not in self.workers:
            return self.environment
        own = self.folder / name
        cache = own / "cache"
        if not cache.exists():
            own.mkdir(exist_ok=True)
            shutil.copytree(settings.EDUENGINE_CACHE, cache, copy_function=os.link)
            (own / "tmp").mkdir()
            self._set_up_fonts(cache)
        return self.environment | {"EDUENGINE_CACHE": str(cache), "TMPDIR": str(own / "tmp")}

    def _set_up_fonts(self, cache: Path) -> None:
        """They know the folder that they were set up in."""
        mine = self.environment | {"EDUENGINE_CACHE": str(cache)}
        subprocess.run([*MANAGE, "pull_fonts"], env=mine, check=True, stdout=subprocess.DEVNULL)

    def prepare(self, sheet: Path) -> None:
        """Tables, people and one source, that of ``sheet``; this process then works on the same."""
        from tests.path.conftest import PEOPLE

        self.folder.mkdir(parents=True)
        self.do(PREPARE)
        self.do(PEOPLE)
        self.manage("import_sources", str(sheet))
        os.environ |= self.environment
        import django

        django.setup()


def patient(ask: Callable[[], Any]) -> Any:
    """The answer of a database that may be down at the moment."""
    from django.db import InterfaceError, OperationalError, connection

    while True:
        try:
            return ask()
        except (OperationalError, InterfaceError):
            connection.close()
            time.sleep(0.5)


def request_many(count: int) -> None:
    """``count`` handouts of the one source, each in English and Portuguese, asked for by Ellen."""
    from content.models import Source, User
    from content.services.drafting import request_handout

    source, ellen = Source.objects.get(), User.objects.get(username="ellen")
    for n in range(count):
        request_handout(
            actor=ellen, topic=f"Metformin {n}", sources=[source], language_codes=["pt-BR"]
        )


def approve_what_waits() -> int:
    """Carlos at work, and whoever presses retry; returns how many rows were released."""
    from content.models import Edition, JobState, User
    from content.services import reviewing, workflow

    carlos = User.objects.get(username="carlos")
    for edition in Edition.objects.filter(state="in_review").order_by("pk")[:10]:
        reviewing.approve_edition(
            edition=edition, actor=carlos, shown=edition.compute_fingerprint()
        )
    failed = [
        row for model in workflow.QUEUES for row in model.objects.filter(job_state=JobState.FAILED)
    ]
    return sum(workflow.retry(row) for row in failed)


def left_to_do() -> int:
    from content.models import Edition, Publication, Request, Translation

    return (
        Request.objects.exclude(job_state="done").count()
        + Edition.objects.exclude(state="approved").count()
        + Translation.objects.exclude(job_state="done").count()
        + Publication.objects.exclude(state="public").count()
    )
