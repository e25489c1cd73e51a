"""`make test`: all but `test_faults` on SQLite, then what touches a database on a real PostgreSQL."""

import os
import subprocess
import sys

from tests import environment  # noqa: F401  sets what Django's settings need
from tests.postgresql import postgresql

PYTEST = [sys.executable, "-m", "pytest", "-n", "2", "--dist", "loadfile",
          "--no-loadscope-reorder"]  # fmt: skip

# What a browser shows does not depend on the database: these tests run once.
AGAIN = "(database or stack) and not browser"
# Deployments run on PostgreSQL: there processes are killed. On SQLite the days of `test_days` are walked.
ONCE = ("--ignore", "tests/path/test_faults.py")


def main() -> int:
    first = subprocess.call([*PYTEST, *ONCE])
    with postgresql() as url:
        urls = {
            "EDUENGINE_DATABASE_URL": f"{url}/postgres",
            "EDUENGINE_STACK_SERVER": url,
        }
        print("\nAgain on PostgreSQL:", flush=True)
        second = subprocess.call([*PYTEST, "-m", AGAIN], env={**os.environ, **urls})
    return first or second


if __name__ == "__main__":
    sys.exit(main())
