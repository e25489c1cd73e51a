"""Where two texts differ, word by word, so that a person sees it at once."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

_WORD = re.compile(r"\S+\s*")


@dataclass(frozen=True, slots=True)
class Run:
    """Words that stand together; ``differs`` where the other text does not have them there."""

    words: str
    differs: bool


def differences(first: str, second: str) -> tuple[tuple[Run, ...], tuple[Run, ...]]:
    """Both texts cut into runs; the runs of each, joined, are the text with nothing lost."""
    one, two = _WORD.findall(first), _WORD.findall(second)
    # Blanks at the end of a line are no difference between words.
    same = SequenceMatcher(None, [w.strip() for w in one], [w.strip() for w in two], autojunk=False)
    steps = same.get_opcodes()
    return (
        _runs(one, [(tag != "equal", start, end) for tag, start, end, _s, _e in steps]),
        _runs(two, [(tag != "equal", start, end) for tag, _s, _e, start, end in steps]),
    )


def _runs(words: list[str], parts: list[tuple[bool, int, int]]) -> tuple[Run, ...]:
    return tuple(
        Run("".join(words[start:end]), differs) for differs, start, end in parts if end > start
    )
