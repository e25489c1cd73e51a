"""How the word tables of this project are written down: as lines of words."""


def word_set(lines: str) -> frozenset[str]:
    """The words of a literal table, separated by white space."""
    return frozenset(lines.split())
