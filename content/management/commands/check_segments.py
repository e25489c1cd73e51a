"""Check translations: JSON Lines of {id, target_lang, source, target}."""

from content.management.pairs import PairsCommand
from content.safety.scoring import read_segments
from content.safety.translations import TRANSLATION_CHECKS


class Command(PairsCommand):
    help = __doc__
    checks = TRANSLATION_CHECKS
    read = staticmethod(read_segments)
