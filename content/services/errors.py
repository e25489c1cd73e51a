"""Refusals of the services. Each message is one sentence for the person at the door."""

from django.utils.translation import gettext as _

SHORTEST_REASON = 10


class Refused(Exception):
    """The rules do not allow this; nothing has changed. ``field`` names the form field at fault."""

    def __init__(self, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field


class PatientData(Refused):
    """``spans`` of ``text`` look like a patient's data (rule 8)."""

    def __init__(
        self, message: str, field: str | None, text: str, spans: list[tuple[int, int]]
    ) -> None:
        super().__init__(message, field)
        self.text = text
        self.spans = spans


class OutOfDate(Refused):
    """The text changed after it was shown: look again, then decide."""


def need_reason(reason: str) -> str:
    """``reason`` without blanks around it; refused where it says nothing."""
    words = reason.strip()
    if len(words) < SHORTEST_REASON:
        raise Refused(_("Write the reason in a sentence."), "reason")
    return words
