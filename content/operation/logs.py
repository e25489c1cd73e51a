"""Lines of the log that carry no words of a handout and no address of a person.

An error often says the value that it choked on, and a request its whole query. Here an error is
told by its kind and by where it broke; what else a library hangs onto a record is left away.
"""

import copy
import logging
from collections.abc import Iterator
from traceback import walk_tb

from pythonjsonlogger.json import JsonFormatter

# What every record has, and what our filter adds; the rest (the request, a task's arguments) goes.
_KNOWN = {*vars(logging.makeLogRecord({})), "message", "asctime", "request_id", "status_code"}
# A shorter word than this says nothing by itself, and may stand in any sentence.
_SHORTEST = 4


class Line(logging.Formatter):
    """For people."""

    def format(self, record: logging.LogRecord) -> str:
        return super().format(reticent(record))


class Json(JsonFormatter):
    """For a collector."""

    def format(self, record: logging.LogRecord) -> str:
        return super().format(reticent(record))


def reticent(record: logging.LogRecord) -> logging.LogRecord:
    """A copy of ``record`` that tells of its error only the kind and the place."""
    told = copy.copy(record)
    for name in set(vars(told)) - _KNOWN:
        delattr(told, name)
    told.msg, told.args = record.getMessage(), None
    errors = [*_chain(record.exc_info[1] if record.exc_info else None), *_errors_of(record)]
    for error in errors:
        for words in _said(error):
            told.msg = told.msg.replace(words, type(error).__name__)
    told.exc_info, told.exc_text, told.stack_info = None, None, None
    if record.exc_info:
        told.exc_text = "\n".join(map(_place, _chain(record.exc_info[1])))
    return told


def _errors_of(record: logging.LogRecord) -> Iterator[BaseException]:
    """Errors among the arguments of a message: ``logger.warning("no: %s", error)``."""
    values = record.args.values() if isinstance(record.args, dict) else record.args or ()
    for value in values:
        if isinstance(value, Exception) and not isinstance(value, OSError):
            yield value


def _chain(error: BaseException | None) -> list[BaseException]:
    """``error`` and what it came from, the first cause first."""
    found: list[BaseException] = []
    while error is not None and error not in found:
        found.insert(0, error)
        error = error.__cause__ or error.__context__
    return found


def _said(error: BaseException) -> list[str]:
    """What stands in a message where it says ``error``, the longest first."""
    words = {repr(error), str(error), *map(str, error.args)}
    return sorted((word for word in words if len(word) >= _SHORTEST), key=len, reverse=True)


def _place(error: BaseException) -> str:
    kind = type(error)
    frames = [
        f"  {frame.f_code.co_filename}:{line} {frame.f_code.co_name}"
        for frame, line in walk_tb(error.__traceback__)
    ]
    return "\n".join([f"{kind.__module__}.{kind.__qualname__}", *frames])
