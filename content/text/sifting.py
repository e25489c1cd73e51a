"""Patterns that look for letters first: a table of fifty costs what a handful did.

Most patterns of a table match nothing in most texts. Each match of ``stop\\w*|quit\\w*`` has "stop" or
"quit" in it, and looking for a few letters takes a tenth of the time of a search (the idea of
RE2's FilteredRE2).
"""

import re
from collections.abc import Iterable, Sequence
from itertools import product
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any

_LEAST = 2  # letters; one is in every text
_MOST = 16  # strings that a pattern may be opened into


class Sifted:
    """A compiled pattern whose ``search`` and ``sub`` give what ``re`` gives, sooner.

    For text that is folded already: a pattern that ignores case is not sifted.
    """

    __slots__ = ("pattern", "signs")

    def __init__(self, pattern: str) -> None:
        self.pattern = re.compile(pattern)
        self.signs = signs(pattern)

    def may_match(self, text: str) -> bool:
        for sign in self.signs:  # twice as fast as any() over a generator
            if sign in text:
                return True
        return not self.signs

    def search(self, text: str) -> re.Match[str] | None:
        return self.pattern.search(text) if self.may_match(text) else None

    def sub(self, by: str, text: str) -> str:
        return self.pattern.sub(by, text) if self.may_match(text) else text


def signs(pattern: str) -> tuple[str, ...]:
    """Strings of which every match has at least one; empty where that cannot be told."""
    tree = _parser.parse(pattern)
    if tree.state.flags & re.IGNORECASE:
        return ()
    found = _best(tree) or frozenset()
    return tuple(one for one in sorted(found) if not any(o in one for o in found - {one}))


Strings = frozenset[str]


def _best(tree: Iterable[tuple[Any, Any]]) -> Strings | None:
    """The most telling strings of a sequence: where the shortest is longest."""
    runs, found = frozenset(("",)), list[Strings]()
    for code, value in tree:
        if code in (codes.AT, codes.ASSERT, codes.ASSERT_NOT):
            continue  # takes no letters
        exact = _exact(code, value)
        if exact is None:
            found.append(runs)
            found.append(_inside(code, value) or frozenset(("",)))
            runs = frozenset(("",))
        elif len(runs) * len(exact) > _MOST:
            found.append(runs)
            runs = exact
        else:
            runs = frozenset("".join(pair) for pair in product(runs, exact))
    best = max([*found, runs], key=lambda one: (min(map(len, one)), -len(one)))
    return best if min(map(len, best)) >= _LEAST else None


def _exact(code: Any, value: Any) -> Strings | None:
    """Every string that a node can match, where they are few."""
    if code is codes.LITERAL:
        return frozenset((chr(value),))
    if code is codes.SUBPATTERN:
        return _exact_sequence(value[-1])
    if code is codes.BRANCH:
        branches = [_exact_sequence(branch) for branch in value[1]]
        return None if None in branches else frozenset().union(*filter(None, branches))
    if code is codes.MAX_REPEAT and value[:2] == (0, 1):
        once = _exact_sequence(value[2])
        return None if once is None else once | {""}
    return None


def _exact_sequence(tree: Sequence[tuple[Any, Any]]) -> Strings | None:
    runs = frozenset(("",))
    for code, value in tree:
        if code in (codes.AT, codes.ASSERT, codes.ASSERT_NOT):
            continue
        exact = _exact(code, value)
        if exact is None or len(runs) * len(exact) > _MOST:
            return None
        runs = frozenset("".join(pair) for pair in product(runs, exact))
    return runs


def _inside(code: Any, value: Any) -> Strings | None:
    """The signs of a node that matches more than a few strings."""
    if code is codes.SUBPATTERN:
        return _best(value[-1])
    if code in (codes.MAX_REPEAT, codes.MIN_REPEAT) and value[0] > 0:
        return _best(value[2])
    if code is codes.BRANCH:
        branches = [_best(branch) for branch in value[1]]
        return None if None in branches else frozenset().union(*filter(None, branches))
    return None
