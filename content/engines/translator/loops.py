"""Loops: an attention model that lost its place says the same tokens again until it is stopped."""

from collections.abc import Sequence

_LONGEST = 16  # tokens of the part that repeats
_TIMES = 4  # "no, no, no" is language; four times the same in a row is not


def loops(tokens: Sequence[str]) -> bool:
    """Whether some run of up to 16 tokens stands four times in a row."""
    for length in range(1, min(_LONGEST, len(tokens) // _TIMES) + 1):
        same = 0
        for place in range(length, len(tokens)):
            same = same + 1 if tokens[place] == tokens[place - length] else 0
            if same == length * (_TIMES - 1):
                return True
    return False
