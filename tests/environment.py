"""The environment of the tests, set before Django reads its settings (loaded by `-p` in pyproject)."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("EDUENGINE_SECRET_KEY", "only-for-tests")
os.environ.setdefault("EDUENGINE_HTTPS", "0")
os.environ.setdefault("EDUENGINE_SECOND_FACTOR", "0")
os.environ.setdefault("EDUENGINE_VAR", tempfile.mkdtemp(prefix="eduengine-tests-"))
os.environ.setdefault("HF_HUB_OFFLINE", "1")

ROOT = Path(__file__).parent.parent


def pytest_configure(config):
    """Compile the catalogues once, before any process reads one.

    A process keeps the catalogue that it read first: were they compiled on the way, what a test
    sees would depend on its place in the queue.
    """
    if hasattr(config, "workerinput") or not shutil.which("msgfmt") or not _stale():
        return
    subprocess.run(
        [sys.executable, "manage.py", "compilemessages", "--verbosity", "0", "--ignore", ".venv"],
        cwd=ROOT,
        check=True,
    )


def _stale() -> bool:
    """Whether a catalogue is newer than what was compiled of it: `compilemessages` takes seconds to see."""
    for source in ROOT.glob("locale/**/*.po"):
        compiled = source.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime:
            return True
    return False
