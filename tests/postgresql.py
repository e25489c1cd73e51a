"""A PostgreSQL server of its own in a temporary folder."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from eduengine.demo import free_port


class Server:
    """Made with `initdb`; ``start``, and ``stop`` as a power cut would (immediate)."""

    def __init__(self) -> None:
        binaries = max(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: int(p.parent.name))
        self.folder = Path(tempfile.mkdtemp(prefix="eduengine-postgresql-"))
        # PostgreSQL refuses to run as root.
        user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        if user:
            shutil.chown(self.folder, "postgres")
        data, self.port = self.folder / "data", free_port()
        self._control = [*user, str(binaries / "pg_ctl"), "-D", str(data), "-w"]
        self._run([*user, str(binaries / "initdb"), "-U", "test", "-A", "trust", "-D", str(data)])

    @property
    def url(self) -> str:
        return f"postgres://test@127.0.0.1:{self.port}"

    def start(self, *, durable: bool = False) -> None:
        """``durable`` keeps what was committed through a crash; without it tests run faster."""
        options = f"-p {self.port} -k {self.folder} -c listen_addresses=127.0.0.1"
        if not durable:
            options += " -c fsync=off"
        self._run([*self._control, "-o", options, "-l", str(self.folder / "log"), "start"])

    def stop(self) -> None:
        self._run([*self._control, "-m", "immediate", "stop"])

    def remove(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)

    @staticmethod
    def _run(command: list[str]) -> None:
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd="/")


@contextmanager
def postgresql() -> Iterator[str]:
    """A running server; yields its address."""
    server = Server()
    server.start()
    try:
        yield server.url
    finally:
        server.stop()
        server.remove()
