"""A short run of the fuzz by everybody; ``python -m tests.fuzz_staff`` sends 10,000."""

import pytest

from tests import fuzz_staff
from tests.doors.house import furnish


@pytest.mark.slow
def test_nobody_breaks_a_door_or_changes_what_is_not_theirs(
    translation, source, ellen, carlos, teresa, ada, settings
):
    settings.RATE_PER_ADDRESS = 0
    report = fuzz_staff.fuzz(360, furnish(translation, source, ellen, teresa))
    assert report.failures == []
    assert report.statuses[200] > 20
