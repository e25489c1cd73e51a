"""`make faults` in short. In a file of its own: it takes as long as all of `test_faults.py`, beside it."""

import json
import subprocess
import sys

import pytest

from tests.stack import ROOT


@pytest.mark.slow
@pytest.mark.timeout(1200)
def test_nothing_is_lost_or_doubled_while_everything_dies():
    """How long recovery takes is for the long one."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults", "--requests", "4", "--kills", "2", "--seed", "1"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    found = json.loads(done.stdout)
    assert found["faults"]["kill_a_worker"] == 2
    assert not any(found["wrong"].values()), found
