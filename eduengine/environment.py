"""Typed readers of the environment. A value that cannot be read stops the start with one line."""

import os
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

_TRUE = {"1", "true", "yes", "on"}
_FALSE = {"0", "false", "no", "off"}


def text(name: str, default: str = "") -> str:
    """The value of ``name``, or of the file that ``name_FILE`` points to (container secrets)."""
    secret_file = os.environ.get(f"{name}_FILE")
    if secret_file:
        try:
            return Path(secret_file).read_text().strip()
        except OSError as error:
            raise ImproperlyConfigured(f"{name}_FILE cannot be read: {error}") from error
    return os.environ.get(name, default).strip()


def flag(name: str, *, default: bool = False) -> bool:
    value = text(name).lower()
    if not value:
        return default
    if value not in _TRUE | _FALSE:
        raise ImproperlyConfigured(f"{name} must be 1 or 0, not “{value}”.")
    return value in _TRUE


def integer(name: str, default: int) -> int:
    value = text(name)
    try:
        return int(value) if value else default
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} must be a whole number, not “{value}”.") from error


def choice(name: str, allowed: tuple[str, ...]) -> str:
    """One of ``allowed``, of which the first is the default."""
    value = text(name, allowed[0]).lower() or allowed[0]
    if value not in allowed:
        raise ImproperlyConfigured(f"{name} must be {' or '.join(allowed)}, not “{value}”.")
    return value


def words(name: str, default: tuple[str, ...] = ()) -> list[str]:
    """A comma-separated list."""
    return [word.strip() for word in text(name).split(",") if word.strip()] or list(default)


def url(name: str, default: str = "", schemes: tuple[str, ...] = ("http", "https")) -> str:
    value = text(name, default)
    if value and urlsplit(value).scheme not in schemes:
        allowed = " or ".join(f"{scheme}://" for scheme in schemes)
        raise ImproperlyConfigured(f"{name} must start with {allowed}, not “{value}”.")
    return value.rstrip("/")


def folder(name: str, default: Path) -> Path:
    return Path(text(name) or default).expanduser().absolute()
