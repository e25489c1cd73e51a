"""What no source may hold, told before anything else reads it, with the line at fault."""

import re

# A line of a fact sheet, and a paragraph, list item or heading of any source.
MAX_LINE = 20_000
MAX_LINES = 100_000

# What damaged files hold: control characters, halves of pairs, characters of no meaning.
_DAMAGED = re.compile(
    r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufff9-\uffff"
    r"\U000f0000-\U0010ffff]"
)
# What a reader does not see and a program does: turned text, fillers, tags. The joiners U+200C and
# U+200D and the marks U+200E and U+200F are letters' neighbours in Persian, Hindi and Hebrew.
_HIDDEN = re.compile(
    r"[\u00ad\u115f\u1160\u180e\u200b\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0"
    r"\U000e0000-\U000e0fff]"
)
# What word processors leave behind without a meaning: gone, the text looks the same.
_LEFTOVERS = dict.fromkeys((0x00AD, 0x200B, 0x2060, 0xFEFF))
# Tags, and the marks by which a language model's template tells its own words from a text.
_MARKUP = re.compile(r"<[a-zA-Z/!?|].{0,20}|\|>|\[/?INST\]|<<SYS>>")


class SourceError(ValueError):
    """A source that cannot be read. ``line`` is the line at fault, None where the file is."""

    def __init__(self, message: str, line: int | None = None) -> None:
        self.reason = " ".join(message.split())
        super().__init__(self.reason if line is None else f"Line {line}: {self.reason}")
        self.line = line


def numbered_lines(text: str) -> list[tuple[int, str]]:
    """The lines of a file from 1, as an editor counts them; none is long or damaged."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if len(lines) > MAX_LINES:
        message = f"The file has {len(lines):,} lines; at most {MAX_LINES:,} are allowed. Split it."
        raise SourceError(message)
    numbered = list(enumerate(lines, start=1))
    for number, line in numbered:
        refuse_length(line, number)
        refuse_damage(line, number)
    return numbered


def refuse_length(text: str, line: int, limit: int = MAX_LINE, name: str = "line") -> None:
    if len(text) > limit:
        message = f"The {name} has {len(text):,} characters; at most {limit:,} are allowed."
        raise SourceError(message, line)


def refuse_damage(text: str, line: int) -> None:
    """Refuse characters that are damaged or hidden."""
    if found := _DAMAGED.search(text):
        message = f"The text holds a damaged character (U+{ord(found[0]):04X})."
        raise SourceError(message, line)
    if found := _HIDDEN.search(text):
        raise SourceError(f"The text holds a hidden character (U+{ord(found[0]):04X}).", line)


def refuse_markup(text: str, line: int) -> None:
    """Refuse tags, and what a language model could take for the end of the text."""
    if found := _MARKUP.search(text):
        raise SourceError(f"The text holds markup (“{found[0]}”). Take it out.", line)


def without_leftovers(text: str) -> str:
    return text.translate(_LEFTOVERS)
