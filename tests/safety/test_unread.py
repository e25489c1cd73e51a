"""Where the words of a language are not known, the desk says so, and the other checks go on."""

import pytest

from content import languages
from content.safety.base import Pair, run
from content.safety.translations import TRANSLATION_CHECKS
from content.safety.unread import HAZARDS, unread

SOURCES = [
    "Do not take more than two tablets a week by mouth.",
    "Call 911 right away if you have chest pain in your left arm.",
    "Take more before meals. Rest for three days after surgery.",
]


def test_every_check_named_exists():
    ids = {check.id for check in TRANSLATION_CHECKS}
    assert {name for hazard in HAZARDS for name in hazard.checks} <= ids


@pytest.mark.parametrize(
    ("code", "many"), [("es", 0), ("ar", 0), ("zh-Hans", 0), ("so", 0), ("uk", 6), ("hmn", 10)]
)
def test_how_many_hazards_a_person_alone_looks_for(code: str, many: int):
    assert len(unread(languages.get(code))) == many


@pytest.mark.parametrize("language", languages.translated(), ids=lambda language: language.code)
def test_a_check_that_is_said_not_to_run_says_nothing(language):
    blind = {name for h in HAZARDS if not h.known(language.code) for name in h.checks}
    for source in SOURCES:
        found = run(TRANSLATION_CHECKS, Pair(source, "xyz", language))
        assert not blind & {finding.check for finding in found}


@pytest.mark.parametrize("code", ["hmn", "nl", "hu"])
def test_what_needs_no_words_is_checked_everywhere(code: str):
    pair = Pair("Take 5 mg of metformin. Call {clinic_phone}.", "Noj 50 mg.", languages.get(code))
    assert {"numbers", "placeholders", "drugs"} <= {f.check for f in run(TRANSLATION_CHECKS, pair)}
