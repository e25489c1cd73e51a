"""`make test`: each test once; on PostgreSQL, as deployments run, what touches a database.

First the rooms that speak to the database, measured: what they do not bring about of `content/safety`
and `content/services` fails under `fail_under` in `pyproject.toml`. Then the doors and the path. Then,
on SQLite, as the demo runs, what a browser shows, the engines, and the tests of what is said to each
database in its own words.

``--measured`` (`make check`) ends after what is measured and leaves the doors out. ``--all``
(`make test-all`) repeats, too: all of it on SQLite, but what kills processes, and tests marked
``again`` in more languages.
"""

import os
import subprocess
import sys
from pathlib import Path

from tests import environment  # noqa: F401  sets what Django's settings need
from tests.postgresql import postgresql

PYTEST = [sys.executable, "-m", "pytest", "-n", "2", "--dist", "loadfile",
          "--no-loadscope-reorder", "--durations", "25"]  # fmt: skip

MEASURED = ("tests/commands", "tests/models", "tests/operation", "tests/safety", "tests/services",
            "tests/doors/test_queues.py", "tests/test_architecture.py")  # fmt: skip
DEPLOYED = ("tests/path", "tests/doors")  # the longest first
# Whole corpora take long and reach nothing more.
CORPORA = ("tests/safety/test_real_translations.py", "tests/safety/test_open_data.py")
# Rules, search and locks are not the same in the two databases, nor is one moment of a backup.
BOTH = ("tests/models", "tests/services/test_at_once.py", "tests/services/test_keeping.py",
        "tests/services/test_searching.py")  # fmt: skip
# Processes are killed here, and replaced by newer ones.
KILLING = ("tests/path/test_everything_dies.py", "tests/path/test_faults.py",
           "tests/path/test_upgrade.py")  # fmt: skip


def without(files: tuple[str, ...]) -> list[str]:
    return [f"--ignore={file}" for file in files]


def on_postgresql(*chosen: str) -> int:
    with postgresql() as url:
        urls = {"EDUENGINE_DATABASE_URL": f"{url}/postgres", "EDUENGINE_STACK_SERVER": url}
        return subprocess.call(
            [*PYTEST, "-m", "not browser and not again", *chosen], env={**os.environ, **urls}
        )


def measured() -> int:
    return on_postgresql("--cov", "--cov-report", "term", *MEASURED, *without(CORPORA))


def deployed() -> int:
    """In a run of its own: measuring makes a test take half as long again. Its processes often wait
    for each other, so three files at once."""
    return on_postgresql("-n", "3", *DEPLOYED, *without(MEASURED))


def on_sqlite() -> int:
    chosen = ["-m", "(not outer or browser) and not again", *without(KILLING)]
    others = [str(place) for place in sorted(Path("tests").glob("[a-z]*"))
              if (place.is_dir() or place.match("test_*.py")) and str(place) not in MEASURED]  # fmt: skip
    return subprocess.call([*PYTEST, *chosen, *others, *BOTH, *CORPORA])


def again() -> int:
    return subprocess.call([*PYTEST, *without(KILLING)])


def main() -> int:
    if "--measured" in sys.argv:
        return measured()
    parts = {"On PostgreSQL, measured": measured, "On PostgreSQL": deployed, "On SQLite": on_sqlite}
    if "--all" in sys.argv:
        parts["Again, on SQLite"] = again
    failed = 0
    for name, part in parts.items():
        print(f"\n{name}:", flush=True)
        failed = part() or failed
    return failed


if __name__ == "__main__":
    sys.exit(main())
