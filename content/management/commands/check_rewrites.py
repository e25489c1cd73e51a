"""Check English rewrites: JSON Lines of {id, source, rewrite[, topic]}."""

from content.management.pairs import PairsCommand
from content.safety.rewrites import REWRITE_CHECKS
from content.safety.scoring import read_rewrites


class Command(PairsCommand):
    help = __doc__
    checks = REWRITE_CHECKS
    read = staticmethod(read_rewrites)
