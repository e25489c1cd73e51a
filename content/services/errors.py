"""Refusals of the services. Each message is one sentence for the person at the door."""


class Refused(Exception):
    """The rules do not allow this; nothing has changed. ``field`` names the form field at fault."""

    def __init__(self, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field


class OutOfDate(Refused):
    """The text changed after it was shown: look again, then decide."""
