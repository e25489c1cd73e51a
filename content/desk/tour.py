"""Three steps that greet a newcomer on the first page, by role."""

from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _

from content.models import Role, User


class Step(NamedTuple):
    title: str
    text: str
    to: str


def steps(me: User, roles: set[str]) -> list[Step]:
    """The steps of the first role that ``me`` has, in the order of a handout's way; none once seen."""
    if me.toured_at:
        return []
    found = next((role for role in _WAYS if role in roles), None)
    return _WAYS[found]() if found else []


def _educator() -> list[Step]:
    return [
        Step(_("Ask for a handout"), _("A topic, its sources and the languages are enough."),
             reverse("admin:content_request_add")),
        Step(_("Read the draft beside its sources"),
             _("Edit what could be plainer. A clinician decides next."),
             reverse("admin:content_edition_changelist")),
        Step(_("Follow it until it is public"), _("Every language of a handout stands on one page."),
             reverse("admin:content_handout_changelist")),
    ]  # fmt: skip


def _clinician() -> list[Step]:
    return [
        Step(_("Open what waits for you"), _("It stands on this page, the oldest first."),
             reverse("desk:home")),
        Step(_("Compare each sentence with its source"),
             _("Press ? on a draft to see the keys. No mouse is needed."),
             reverse("admin:content_edition_changelist")),
        Step(_("Approve it, or return it with a reason"),
             _("You approve exactly what you see, under your name."), reverse("desk:notices")),
    ]  # fmt: skip


def _translator() -> list[Step]:
    return [
        Step(_("Open what waits for you"), _("Only languages that you are qualified for are shown."),
             reverse("desk:home")),
        Step(_("Settle each sentence"),
             _("Findings, house terms and memory stand beside it. Press ? to see the keys."),
             reverse("admin:content_translation_changelist")),
        Step(_("Teach the house its terms"), _("What you add is asked for in every later translation."),
             reverse("admin:content_termbaseentry_changelist")),
    ]  # fmt: skip


def _clinic_staff() -> list[Step]:
    return [
        Step(_("Find a handout"), _("By topic, code or language."),
             reverse("admin:content_handout_changelist")),
        Step(_("Print it"), _("Each public page has its PDFs."),
             reverse("admin:content_publication_changelist")),
        Step(_("Choose how you hear of changes"), _("A withdrawn page must not be handed out any more."),
             reverse("desk:notices")),
    ]  # fmt: skip


def _administrator() -> list[Step]:
    return [
        Step(_("Add your clinic"), _("Its phone numbers stand on what patients take home."),
             reverse("admin:content_clinic_changelist")),
        Step(_("Invite people"), _("Each gets a link to choose a password. Roles say what they may do."),
             reverse("admin:content_user_changelist")),
        Step(_("Note the newest seal of the record"), _("With it you can show that nothing was changed."),
             reverse("desk:audit")),
    ]  # fmt: skip


_WAYS = {
    Role.EDUCATOR: _educator,
    Role.CLINICIAN: _clinician,
    Role.TRANSLATOR: _translator,
    Role.CLINIC_STAFF: _clinic_staff,
    Role.ADMINISTRATOR: _administrator,
}
