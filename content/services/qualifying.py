"""Who may do what: by role, and for a language by a qualification on record (45 CFR 92.201(c)(3))."""

from typing import Any

from django.utils.translation import gettext as _

from content import languages
from content.models import Qualification, Role, Translation, User
from content.services.errors import Refused


def need_role(actor: User, role: Role, message: str) -> None:
    if not actor.has_role(role):
        raise Refused(message)


def qualification(actor: User, language: str) -> Qualification | None:
    """The valid qualification of ``actor`` for ``language``, if any."""
    found = [q for q in actor.qualifications.filter(language=language) if q.is_valid]
    return found[0] if found else None


def why_not_translate(actor: User, translation: Translation) -> str:
    if not actor.has_role(Role.TRANSLATOR):
        return _("Only a translator may work on translations.")
    if qualification(actor, translation.language) is None:
        name = languages.get(translation.language).name
        return _("You have no valid qualification for %s on record.") % name
    return ""


def need_translator(actor: User, translation: Translation) -> None:
    if why := why_not_translate(actor, translation):
        raise Refused(why)


def evidence(actor: User, language: str) -> dict[str, Any]:
    """The qualification as it stands, to be kept with a decision."""
    found = qualification(actor, language)
    if found is None:
        return {}
    return {
        "kind": found.kind,
        "number": found.number,
        "valid_until": found.valid_until.isoformat(),
        "language": language,
    }
