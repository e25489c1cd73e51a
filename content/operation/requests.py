"""A number for every request, in its answer and on every line of the log that it causes."""

import logging
import re
import uuid
from collections.abc import Callable
from contextvars import ContextVar

from django.http import HttpRequest
from django.http.response import HttpResponseBase

HEADER = "X-Request-ID"
# A proxy's own number is kept if it can do no harm in a log.
_SAFE = re.compile(r"[\w-]{8,64}", re.ASCII)
_number = ContextVar("request_id", default="-")


class Numbered:
    """Middleware: takes the number that a proxy gave, or makes one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        given = request.headers.get(HEADER, "")
        number = given if _SAFE.fullmatch(given) else uuid.uuid4().hex
        token = _number.set(number)
        try:
            response = self.get_response(request)
        finally:
            _number.reset(token)
        response.headers[HEADER] = number
        return response


class Number(logging.Filter):
    """Gives every record of the log the number of the request, or of the task, that it is of."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = _number.get()
        return True


def work_on(name: str) -> None:
    """From here on, what this worker logs is about ``name``: a task and its row."""
    _number.set(name)
