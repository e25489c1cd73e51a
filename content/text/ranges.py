"""The one range of bytes that a browser asks for (RFC 9110, section 14)."""

import re

_ONE_RANGE = re.compile(r"bytes=\s*(\d{0,18})-(\d{0,18})\s*")


class Unsatisfiable(ValueError):
    """The range lies beyond the end of the file."""


def parse(header: str, size: int) -> tuple[int, int] | None:
    """First and last byte of a file of ``size`` bytes, or None where the whole is to be sent.

    Several ranges, other units and nonsense get the whole, as the standard allows.
    """
    match = _ONE_RANGE.fullmatch(header)
    if not match or not (match[1] or match[2]):
        return None
    if not match[1]:
        first, last = max(size - int(match[2]), 0), size - 1
    else:
        first, last = int(match[1]), min(int(match[2] or size - 1), size - 1)
        if match[2] and int(match[2]) < first:
            return None
    if first > last:
        raise Unsatisfiable
    return first, last
