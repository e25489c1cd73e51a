"""`make test`: everything on SQLite, then what touches a database again on a real PostgreSQL."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from eduengine.demo import free_port
from tests import environment  # noqa: F401  sets what Django's settings need

PYTEST = [sys.executable, "-m", "pytest", "-n", "2", "--dist", "loadfile"]


def main() -> int:
    first = subprocess.call(PYTEST)
    with postgresql() as url:
        urls = {
            "EDUENGINE_DATABASE_URL": f"{url}/postgres",
            "EDUENGINE_STACK_SERVER": url,
        }
        print("\nAgain on PostgreSQL:", flush=True)
        second = subprocess.call([*PYTEST, "-m", "database or stack"], env={**os.environ, **urls})
    return first or second


@contextmanager
def postgresql() -> Iterator[str]:
    """A PostgreSQL cluster of its own in a temporary folder; yields its address."""
    binaries = max(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: int(p.parent.name))
    folder = Path(tempfile.mkdtemp(prefix="eduengine-postgresql-"))
    # PostgreSQL refuses to run as root.
    user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    if user:
        shutil.chown(folder, "postgres")
    data, port = folder / "data", free_port()
    run = {"check": True, "stdout": subprocess.DEVNULL, "cwd": "/"}
    subprocess.run(
        [*user, str(binaries / "initdb"), "-U", "test", "-A", "trust", "-D", str(data)], **run
    )
    options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off"
    control = [*user, str(binaries / "pg_ctl"), "-D", str(data), "-w"]
    subprocess.run([*control, "-o", options, "-l", str(folder / "log"), "start"], **run)
    try:
        yield f"postgres://test@127.0.0.1:{port}"
    finally:
        subprocess.run([*control, "-m", "immediate", "stop"], **run)
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
