"""What a program may say of an error where handout text has no place: logs, figures, queues.

Our own errors put a person's words, or those of a handout, into “quotation marks”; a server's words
stand in brackets. Both go; what is left says what went wrong.
"""

import re

# From the first mark to the last: what is quoted may hold marks of its own.
_QUOTED = re.compile(r"“(?:.*”|.*)", re.DOTALL)
_BRACKETS = re.compile(r"\((?:.*\)|.*)", re.DOTALL)


def discreet(error: str) -> str:
    """``error`` on one line, without what it quotes."""
    words = _BRACKETS.sub("(…)", _QUOTED.sub("“…”", error))
    return " ".join(words.split())
