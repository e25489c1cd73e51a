"""The real thing, for tests: Valkey, llama.cpp, Celery, gunicorn, each a process of its own."""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from eduengine.demo import VALKEY, free_port

ROOT = Path(__file__).resolve().parent.parent
PREPARE = """
from django.core.management import call_command
call_command("migrate", verbosity=0)
call_command("collectstatic", interactive=False, verbosity=0)
call_command("pull_fonts")
"""
MANAGE = [sys.executable, str(ROOT / "manage.py")]


def wait_until(true: Callable[[], object], seconds: float = 60, what: str = "") -> object:
    """Poll until ``true()`` is truthy and return it; fail the test when it never is."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := true():
            return found
        time.sleep(0.2)
    raise AssertionError(f"waited {seconds:.0f} s in vain {what}")


def answers(url: str) -> bool:
    try:
        urllib.request.urlopen(url, timeout=2).close()
    except (OSError, urllib.error.URLError):
        return False
    return True


def valkey(port: int, folder: Path) -> list[str]:
    """The command of a broker that keeps nothing on disk."""
    return [str(VALKEY), "--port", str(port), "--bind", "127.0.0.1", "--save", "",
            "--dir", str(folder)]  # fmt: skip


@dataclass
class Stack:
    """The processes of one deployment below ``folder``, on its own database and ports."""

    folder: Path
    model: Path
    database_url: str
    threads: int = 1
    web_port: int = field(default_factory=free_port)
    valkey_port: int = field(default_factory=free_port)
    llm_port: int = field(default_factory=free_port)
    running: dict[str, subprocess.Popen] = field(default_factory=dict)
    resident: subprocess.Popen | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.web_port}"

    @property
    def environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "EDUENGINE_DATABASE_URL": self.database_url,
            "EDUENGINE_VAR": str(self.folder),
            "EDUENGINE_MEDIA": str(self.folder / "media"),
            "EDUENGINE_REDIS_URL": f"redis://127.0.0.1:{self.valkey_port}/0",
            "EDUENGINE_LLM_URL": f"http://127.0.0.1:{self.llm_port}/v1",
            "EDUENGINE_LLM_KEY": "key-of-the-tests",
            "EDUENGINE_PUBLIC_URL": self.url,
            "EDUENGINE_LEASE_SECONDS": "15",
            "EDUENGINE_DEBUG": "0",
        }

    def environment_of(self, name: str) -> dict[str, str]:
        return self.environment

    @property
    def commands(self) -> dict[str, list[str]]:
        celery = [sys.executable, "-m", "celery", "-A", "eduengine"]
        return {
            "valkey": valkey(self.valkey_port, self.folder),
            "llm": [*MANAGE, "llm_server", "--port", str(self.llm_port), "--model",
                    str(self.model), "--allow-small", "--threads", str(self.threads)],
            "worker": [*celery, "worker", "-Q", "llm,mt,render", "-c", "1", "--without-gossip",
                       "--without-mingle", "-l", "info"],
            "beat": [*celery, "beat", "--max-interval", "2"],
            "web": [sys.executable, "-m", "gunicorn", "eduengine.wsgi", "--bind",
                    f"127.0.0.1:{self.web_port}", "--worker-class", "gthread", "--threads", "4"],
        }  # fmt: skip

    def manage(self, *arguments: str) -> str:
        done = subprocess.run(
            [*MANAGE, *arguments], env=self.environment, capture_output=True, text=True, timeout=180
        )
        assert done.returncode == 0, done.stderr or done.stdout
        return done.stdout

    def ask(self, expression: str) -> Any:
        """A value of the stack's database: ``expression`` is evaluated beside the models."""
        return self._resident(value=expression)

    def do(self, code: str) -> str:
        """What ``code``, run beside the models, prints."""
        printed: str = self._resident(do=code)
        return printed

    def _resident(self, **asked: str) -> Any:
        if self.resident is None:
            self.resident = subprocess.Popen(
                [sys.executable, "-m", "tests.resident"], env=self.environment, cwd=ROOT,
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            )  # fmt: skip
        self.resident.stdin.write(json.dumps(asked) + "\n")
        self.resident.stdin.flush()
        answer = json.loads(self.resident.stdout.readline())
        assert "error" not in answer, answer["error"]
        return answer["value"]

    def start(self, *names: str) -> None:
        for name in names:
            with (self.folder / f"{name}.log").open("ab") as log:
                self.running[name] = subprocess.Popen(
                    self.commands[name], env=self.environment_of(name), cwd=ROOT, stdout=log, stderr=log,
                    start_new_session=True,
                )  # fmt: skip

    def kill(self, name: str, number: int = signal.SIGKILL) -> None:
        process = self.running.pop(name)
        os.killpg(process.pid, number)
        process.wait(30)

    def need_alive(self) -> None:
        """Fail where a process has ended by itself, with the end of its log."""
        for name, process in list(self.running.items()):
            assert process.poll() is None, f"{name} has ended:\n{self.log(name)[-2000:]}"

    @contextmanager
    def asleep(self, name: str) -> Iterator[None]:
        """The process holds its breath, so that what needs it certainly still runs."""
        process = self.running[name]
        os.killpg(process.pid, signal.SIGSTOP)
        try:
            yield
        finally:
            os.killpg(process.pid, signal.SIGCONT)

    def log(self, name: str) -> str:
        return (self.folder / f"{name}.log").read_text(errors="replace")

    def up(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self.start("valkey", "llm")  # the writer reads its prompt meanwhile
        self.do(PREPARE)
        self.start("worker", "beat", "web")
        wait_until(lambda: answers(f"{self.url}/healthz"), 60, self.log("web"))
        wait_until(lambda: answers(f"http://127.0.0.1:{self.llm_port}/health"), 60, self.log("llm"))

    def down(self) -> None:
        for name in list(self.running):
            self.kill(name, signal.SIGTERM if name != "valkey" else signal.SIGKILL)
        if self.resident:
            self.resident.communicate(timeout=30)  # it ends with its questions
