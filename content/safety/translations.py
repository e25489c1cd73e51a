"""The checks of a translation. Which exist is this literal tuple: no setting can switch one off."""

from content.safety.base import Check
from content.safety.ceilings import CeilingKept
from content.safety.clocks import ClockKept
from content.safety.dates import DatesKept
from content.safety.glyphs import GlyphsWhole
from content.safety.length import LengthPlausible, SentencesKept
from content.safety.markup import NoControlTokens, NotEmpty, PhoneNumbersKept, PlaceholdersKept
from content.safety.negation import NegationKept
from content.safety.numbers import NumbersKept, PeriodsKept
from content.safety.omission import NothingAdded, NothingLost
from content.safety.opposites import OppositesKept, RouteKept, SideKept
from content.safety.repetition import NoRepetition
from content.safety.terms import DrugsKept, TermsKept
from content.safety.tongue import RightLanguage, RightScript, Translated
from content.safety.urgency import UrgencyKept

TRANSLATION_CHECKS: tuple[Check, ...] = (
    NotEmpty(),
    NoControlTokens(),
    GlyphsWhole(),
    PlaceholdersKept(),
    PhoneNumbersKept(),
    Translated(),
    RightScript(),
    RightLanguage(),
    NumbersKept(),
    ClockKept(),
    DatesKept(),
    PeriodsKept(),
    DrugsKept(),
    NegationKept(),
    CeilingKept(),
    UrgencyKept(),
    OppositesKept(),
    SideKept(),
    RouteKept(),
    TermsKept(),
    NoRepetition(),
    LengthPlausible(),
    SentencesKept(),
    NothingLost(),
    NothingAdded(),
)
