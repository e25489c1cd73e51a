"""`make test`: each test at least once, and the rooms that speak to a database on both.

First, on SQLite: all but the doors (whose requests reach the same services), the killing of processes
and the upgrade of a deployment. Then, on a real PostgreSQL: everything that touches a database, but
what a browser shows.
"""

import os
import subprocess
import sys

from tests import environment  # noqa: F401  sets what Django's settings need
from tests.postgresql import postgresql

PYTEST = [sys.executable, "-m", "pytest", "-n", "2", "--dist", "loadfile",
          "--no-loadscope-reorder", "--durations", "25"]  # fmt: skip

# What a browser shows does not depend on the database; on SQLite the days of `test_days` are walked.
FIRST = "not outer or browser"
# Deployments run on PostgreSQL: there processes are killed, and replaced by newer ones.
DEPLOYED = ("--ignore", "tests/path/test_faults.py", "--ignore", "tests/path/test_upgrade.py")
SECOND = "(database or stack) and not browser"


def main() -> int:
    first = subprocess.call([*PYTEST, *DEPLOYED, "-m", FIRST])
    with postgresql() as url:
        urls = {
            "EDUENGINE_DATABASE_URL": f"{url}/postgres",
            "EDUENGINE_STACK_SERVER": url,
        }
        print("\nOn PostgreSQL:", flush=True)
        second = subprocess.call([*PYTEST, "-m", SECOND], env={**os.environ, **urls})
    return first or second


if __name__ == "__main__":
    sys.exit(main())
