"""A short run of the fuzz; ``python -m tests.fuzz_doors`` sends 5,000."""

from tests import fuzz_doors, published


def test_no_request_breaks_a_door_of_the_public(ellen, carlos, teresa, settings):
    settings.RATE_PER_ADDRESS = 0
    settings.ALLOWED_HOSTS = ["testserver", "localhost"]
    published.library(ellen, carlos, published.polyglot(teresa))
    report = fuzz_doors.fuzz(300)
    assert report.failures == []
    assert report.statuses[200] > 20
