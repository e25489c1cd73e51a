"""The environment of the tests, set before Django reads its settings (loaded by `-p` in pyproject)."""

import os
import tempfile

os.environ.setdefault("EDUENGINE_SECRET_KEY", "only-for-tests")
os.environ.setdefault("EDUENGINE_HTTPS", "0")
os.environ.setdefault("EDUENGINE_SECOND_FACTOR", "0")
os.environ.setdefault("EDUENGINE_VAR", tempfile.mkdtemp(prefix="eduengine-tests-"))
os.environ.setdefault("HF_HUB_OFFLINE", "1")
