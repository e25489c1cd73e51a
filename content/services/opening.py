"""A row opened for a change: locked, still open, and as the person saw it; and words made clean."""

from typing import TypeVar

from django.utils.translation import gettext as _

from content.models import Edition, Translation
from content.services.errors import OutOfDate, Refused

MAX_SEGMENT = 2000
Row = TypeVar("Row", Edition, Translation)


def locked(model: type[Row], pk: int) -> Row:
    # On SQLite the transaction itself is the lock (BEGIN IMMEDIATE); the clause is ignored there.
    return model._default_manager.select_for_update(of=("self",)).get(pk=pk)


def open_edition(pk: int) -> Edition:
    """The edition, locked until the transaction ends; refused where it is frozen or unfinished."""
    edition = locked(Edition, pk)
    need_open(edition)
    return edition


def need_open(edition: Edition) -> None:
    if edition.state == Edition.State.APPROVED:
        raise OutOfDate(_("This edition is approved and frozen. Start a new edition to change it."))
    if edition.state == Edition.State.DRAFTING:
        raise Refused(_("This edition is still being written."))


def open_translation(pk: int) -> Translation:
    translation = locked(Translation, pk)
    if translation.state != Translation.State.IN_REVIEW:
        raise OutOfDate(_("This translation is not waiting for a translator any more."))
    return translation


def need_same(now: str, shown: str) -> None:
    if not same(now, shown):
        raise OutOfDate(
            _("Someone changed this text after your page was loaded. Look at it again.")
        )


def same(now: str, shown: str) -> bool:
    """Whether a person saw the text as it is. Forms change line breaks, so blanks do not count."""
    return now.split() == shown.split()


def clean(text: str) -> str:
    """The words of a segment on one line; refused where there are none or too many."""
    words = " ".join(text.split())
    if not words:
        raise Refused(_("A segment cannot be empty."), "text")
    if len(words) > MAX_SEGMENT:
        raise Refused(_("A segment holds at most %d characters.") % MAX_SEGMENT, "text")
    return words
