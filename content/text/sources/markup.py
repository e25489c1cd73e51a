"""Tags of other people's texts, made harmless before a parser or a reader meets them.

Every pattern here reads a text once: no page of opening brackets takes longer than a page of words.
"""

import re

from content.text.sources.damage import SourceError

BREAKS = frozenset((
    "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "p", "li", "div", "br", "dt", "dd", "tr",
    "blockquote",
))  # fmt: skip

# Comments, declarations, scripts and styles with all that they hold; the last one may be unclosed.
_UNREAD = re.compile(
    r"<!--.*?(?:-->|(?P<comment>\Z))"
    r"|<(?P<name>script|style)\b.*?(?:</(?P=name)\s*>|(?P<script>\Z))"
    r"|<[!?].*?(?:>|(?P<declaration>\Z))",
    re.DOTALL | re.IGNORECASE,
)
_TAG_OR_BRACKET = re.compile(r"<(?P<name>/?[a-zA-Z][a-zA-Z0-9]*+)[^<>]*+>|<")
# Python refuses to read a number of thousands of digits; no character has eight.
_ENDLESS_REFERENCE = re.compile(r"&#[xX]?[0-9a-fA-F]{8,}+;?")


def bare_html(html: str, first_line: int) -> str:
    """``html`` with bare tags only: no attribute, comment or script; its lines keep their numbers."""

    def bare(match: re.Match[str]) -> str:
        return f"<{match['name']}>{_breaks(match)}" if match["name"] else "&lt;"

    text = _ENDLESS_REFERENCE.sub("\ufffd", _without_unread(html, first_line))
    return _TAG_OR_BRACKET.sub(bare, text)


def without_markup(text: str, line: int) -> str:
    """A plain ``text`` without the tags in it; those that begin a block leave a line break."""

    def gap(match: re.Match[str]) -> str:
        if not match["name"]:
            return "<"
        return "\n" if match["name"].lower().strip("/") in BREAKS else ""

    return _TAG_OR_BRACKET.sub(gap, _without_unread(text, line))


def _without_unread(text: str, line: int) -> str:
    def gap(match: re.Match[str]) -> str:
        if match.lastgroup in ("comment", "script", "declaration"):
            at = line + text.count("\n", 0, match.start())
            raise SourceError(f"“{match[0][:20]}” is never closed.", at)
        return _breaks(match)

    return _UNREAD.sub(gap, text)


def _breaks(match: re.Match[str]) -> str:
    return "\n" * match[0].count("\n")
