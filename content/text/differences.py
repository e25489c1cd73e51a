"""Where two texts differ, word by word or character by character, so that a person sees it at once."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from difflib import SequenceMatcher

from content.text.segments import MARKS

_WORD = re.compile(r"\S+\s*")
# A letter with the marks on it: half of one is nothing that a person could read.
_CHARACTER = re.compile(rf".[{MARKS}\u200c\u200d]*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Run:
    """Words that stand together; ``differs`` where the other text does not have them there."""

    words: str
    differs: bool


def differences(first: str, second: str) -> tuple[tuple[Run, ...], tuple[Run, ...]]:
    """Both texts cut into runs; the runs of each, joined, are the text with nothing lost."""
    # Blanks at the end of a line are no difference between words.
    return _compared(_WORD.findall(first), _WORD.findall(second), str.strip)


def character_differences(first: str, second: str) -> tuple[tuple[Run, ...], tuple[Run, ...]]:
    """The same, letter by letter: for two wordings of one sentence, in any script."""
    return _compared(_CHARACTER.findall(first), _CHARACTER.findall(second), str)


def _compared(
    one: list[str], two: list[str], said: Callable[[str], str]
) -> tuple[tuple[Run, ...], tuple[Run, ...]]:
    same = SequenceMatcher(None, list(map(said, one)), list(map(said, two)), autojunk=False)
    steps = same.get_opcodes()
    return (
        _runs(one, [(tag != "equal", start, end) for tag, start, end, _s, _e in steps]),
        _runs(two, [(tag != "equal", start, end) for tag, _s, _e, start, end in steps]),
    )


def _runs(words: list[str], parts: list[tuple[bool, int, int]]) -> tuple[Run, ...]:
    return tuple(
        Run("".join(words[start:end]), differs) for differs, start, end in parts if end > start
    )
