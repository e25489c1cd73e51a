"""The desk's long tables, rendered by Jinja2.

Two hundred rows of forms took Django's templates half a second, most of it in looking variables up;
Jinja2 compiles the same to Python. Its templates (``templates/jinja2``) read like the others: texts go
through ``_("…")``, which `makemessages` finds; placeholders are filled by ``|format(name=…)``.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.template.defaultfilters import linebreaksbr
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from jinja2 import Environment


def environment(**options: Any) -> Environment:
    """As Django's templates do: what is printed is in the person's time zone and number format."""
    made = Environment(**options, trim_blocks=True, lstrip_blocks=True, finalize=localized)  # noqa: S701  Django turns autoescape on
    made.globals |= {"_": gettext, "url": _url}
    filters: dict[str, Callable[..., Any]] = {
        "linebreaksbr": linebreaksbr,
        "localized": localized,
        "iso": _iso,
    }
    made.filters |= filters
    return made


def localized(value: Any) -> Any:
    if isinstance(value, str | int | Promise):  # nearly everything; numbers are never grouped
        return value
    if isinstance(value, datetime):
        return formats.date_format(timezone.localtime(value), "DATETIME_FORMAT")
    return formats.localize(value)


def _iso(moment: datetime) -> str:
    return timezone.localtime(moment).isoformat()


def _url(name: str, *parts: object) -> str:
    return reverse(name, args=parts)
