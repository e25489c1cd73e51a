"""What the checks cannot see in a language whose words they do not know."""

from collections.abc import Callable
from typing import NamedTuple

from content.languages import Language
from content.safety import dates, lexicon
from content.safety.negation_words import NO
from content.text import number_words, units


class Hazard(NamedTuple):
    """A hazard that only words show: the checks that look for it, and where they know the words."""

    what: str
    checks: tuple[str, ...]
    known: Callable[[str], bool]


HAZARDS = (
    Hazard("a “not” that is lost or new", ("negation",), NO.__contains__),
    Hazard("numbers written as words", (), number_words.knows),
    Hazard("months and weekdays of a date", ("dates",), dates.knows),
    Hazard("days, weeks and months that change places", ("periods",), units.knows),
    Hazard("urgency", ("urgency",), lexicon.covers),
    Hazard("opposites such as more and less, before and after", ("opposites",), lexicon.covers),
    Hazard("left and right", ("side",), lexicon.covers),
    Hazard("by mouth, in the ear, in the eye", ("route",), lexicon.covers),
    Hazard("medical words", ("terms",), lexicon.covers),
    Hazard("parts of a sentence left out or put in", ("omission", "addition"), lexicon.covers),
)


def unread(language: Language) -> list[str]:
    """The hazards that a person alone must look for in ``language``; none where all checks run."""
    return [hazard.what for hazard in HAZARDS if not hazard.known(language.code)]
