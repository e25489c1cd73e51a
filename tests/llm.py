"""The real llama.cpp with the small, bad model, in a process of its own."""

import json
import os
import queue
import signal
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from content.engines.base import TemporaryEngineError, cache_dir
from content.engines.store import TEST_WRITER, ensure
from content.engines.writer.openai_client import OpenAIWriter
from content.engines.writer.prompts import load
from eduengine.demo import free_port

MANAGE = Path(__file__).resolve().parents[1] / "manage.py"
KEY = "key-of-the-tests"


def run_server(*arguments: str, key: str = KEY) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, str(MANAGE), "llm_server", "--threads", "1", *arguments],
        env={**os.environ, "EDUENGINE_LLM_KEY": key}, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


class LocalServer:
    """``manage.py llm_server`` on a port of its own; it can be killed and started again."""

    def __init__(self, model: Path) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}/v1"
        self._model = model
        self.start()

    def start(self) -> None:
        self.process = run_server(
            "--port", str(self.port), "--model", str(self._model), "--allow-small"
        )
        self.announcement = self.first_line()

    def first_line(self) -> str:
        """What it prints when rewrites can be had; fails the test when that never comes."""
        lines: queue.Queue[str] = queue.Queue()
        reader = threading.Thread(target=lambda: lines.put(self.process.stdout.readline()))
        reader.start()
        line = lines.get(timeout=240)
        assert line, self.process.stderr.read()
        return line

    def stop(self, number: int = signal.SIGTERM) -> int:
        self.process.send_signal(number)
        self.process.communicate(timeout=30)
        return self.process.returncode

    def slots(self) -> list[dict[str, object]]:
        """What llama.cpp says of its slots."""
        address = self.url.removesuffix("/v1") + "/slots"
        asked = urllib.request.Request(address, headers={"Authorization": f"Bearer {KEY}"})
        with urllib.request.urlopen(asked, timeout=30) as answer:
            return json.load(answer)

    def writer(self, *, key: str = KEY, timeout: float = 120) -> OpenAIWriter:
        return OpenAIWriter(self.url, "local", key, timeout, load())


@pytest.fixture(scope="session")
def small_model() -> Path:
    try:
        return ensure(TEST_WRITER, cache_dir())
    except TemporaryEngineError as error:
        pytest.skip(str(error))


@pytest.fixture(scope="session")
def server(small_model: Path) -> Iterator[LocalServer]:
    running = LocalServer(small_model)
    yield running
    running.stop(signal.SIGKILL)
