"""A text cut where something in it is at fault, so that a page can point at it."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Piece:
    words: str
    at_fault: bool


def marked(text: str, spans: Iterable[tuple[int, int]]) -> tuple[Piece, ...]:
    """``text`` in pieces; joined, they are the text. Spans may overlap; what lies outside is cut off."""
    faulty = [False] * len(text)
    for start, end in spans:
        for place in range(max(0, start), min(end, len(text))):
            faulty[place] = True
    pieces: list[Piece] = []
    start = 0
    for place in range(1, len(text) + 1):
        if place == len(text) or faulty[place] != faulty[start]:
            pieces.append(Piece(text[start:place], faulty[start]))
            start = place
    return tuple(pieces)
