"""`make test`: each test at least once, and the rooms that speak to a database on both.

First, on SQLite, the tests that bring every line and branch of `content/safety` and `content/services`
about, measured: under `fail_under` in `pyproject.toml` they fail. ``--measured``
(`make check`) ends here. Then, on SQLite too, the others, but the doors (whose requests reach the same
services) and what is done to a deployment. Last, on a real PostgreSQL, everything that touches a
database, but what a browser shows.
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
# Whole corpora take long and reach nothing more.
CORPORA = ("tests/safety/test_real_translations.py", "tests/safety/test_open_data.py")
# Deployments run on PostgreSQL: there processes are killed, and replaced by newer ones.
DEPLOYED = ("tests/path/test_faults.py", "tests/path/test_upgrade.py")
# What a browser shows does not depend on the database.
AGAIN = "(database or stack) and not browser"


def measured() -> int:
    ignored = [f"--ignore={file}" for file in CORPORA]
    return subprocess.call([*PYTEST, "--cov", "--cov-report", "term", *ignored, *MEASURED])


def others() -> int:
    ignored = [f"--ignore={file}" for file in DEPLOYED]
    places = [str(place) for place in sorted(Path("tests").glob("[a-z]*"))
              if (place.is_dir() or place.match("test_*.py")) and str(place) not in MEASURED]  # fmt: skip
    return subprocess.call([*PYTEST, "-m", "not outer or browser", *ignored, *places, *CORPORA])


def on_postgresql() -> int:
    with postgresql() as url:
        urls = {
            "EDUENGINE_DATABASE_URL": f"{url}/postgres",
            "EDUENGINE_STACK_SERVER": url,
        }
        return subprocess.call([*PYTEST, "-m", AGAIN], env={**os.environ, **urls})


def main() -> int:
    parts = [measured] if "--measured" in sys.argv else [measured, others, on_postgresql]
    failed = 0
    for part in parts:
        print(f"\n{part.__name__.replace('_', ' ')}:", flush=True)
        failed = part() or failed
    return failed


if __name__ == "__main__":
    sys.exit(main())
