"""Who may do what, and that nobody changes it unseen.

Nobody but the person sets their password: an administrator who could would sign in as a clinician
and approve under another name. An invitation is a link that goes to the person's mail address alone.
"""

from collections.abc import Iterable
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import Group
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from content.models import Clinic, Event, Notice, Role, User
from content.services import notifying, record
from content.services.errors import Refused
from content.services.qualifying import need_role

Rights = dict[str, Any]


def rights(user: User) -> Rights:
    """What ``user`` may do now: roles, whether the account is open, qualifications."""
    fresh = User.objects.get(pk=user.pk)
    return {
        "roles": sorted(fresh.groups.values_list("name", flat=True)),
        "active": fresh.is_active,
        "superuser": fresh.is_superuser,
        "address": fresh.email,
        "clinic": str(fresh.clinic or ""),
        "qualifications": [
            f"{q.language}: {q.kind} {q.number}, {q.valid_from} – {q.valid_until}"
            for q in fresh.qualifications.order_by("language", "pk")
        ],
    }


def note_change(*, actor: User | None, user: User, before: Rights) -> None:
    """Record what changed, and tell administrators and clinicians: who gives rights is seen."""
    after = rights(user)
    changed = {key: [before.get(key), after[key]] for key in after if before.get(key) != after[key]}
    if changed:
        _note(actor, user, changed, newcomer=not before)


def _note(
    actor: User | None, user: User, changed: dict[str, Any], *, newcomer: bool = False
) -> None:
    """On record, and told to those who watch and to ``user``: a newcomer has an invitation."""
    watchers = {
        *notifying.in_role(Role.ADMINISTRATOR), *notifying.in_role(Role.CLINICIAN), user,
    }  # fmt: skip
    with transaction.atomic():
        record.note(Event.Kind.RIGHTS, actor=actor, person=user, changed=changed)
        left_out = {actor, user} if newcomer else {actor}
        notifying.tell(Notice.Kind.RIGHTS, watchers - left_out, user)


# --- invitations --------------------------------------------------------------------------------


def invite(
    *, actor: User, email: str, first_name: str, last_name: str,
    roles: Iterable[Group], clinic: Clinic | None = None,
) -> User:  # fmt: skip
    """Open an account without a password; its person gets a link by mail to choose one."""
    need_role(actor, Role.ADMINISTRATOR, _("Only an administrator may invite people."))
    with transaction.atomic():
        user = _open(email, roles, first_name=first_name, last_name=last_name, clinic=clinic)
        note_change(actor=actor, user=user, before={})
        notifying.tell(Notice.Kind.INVITED, [user], user)
    return user


def first_administrator(email: str) -> User:
    """Who invites everybody else; for the operator's shell, and only while there is none."""
    if notifying.in_role(Role.ADMINISTRATOR).exists():
        raise Refused(_("There is an administrator already, who can invite others on the desk."))
    with transaction.atomic():
        user = _open(email, Group.objects.filter(name=Role.ADMINISTRATOR))
        note_change(actor=None, user=user, before={})
    return user


def _open(email: str, roles: Iterable[Group], **names: Any) -> User:
    address = email.strip().lower()
    need_free(address)
    user = User(username=address, email=address, is_staff=True, **names)
    user.set_unusable_password()
    user.save()
    user.groups.set(roles)
    return user


def need_free(address: str) -> None:
    taken = User.objects.filter(email__iexact=address) | User.objects.filter(username=address)
    if taken.exists():
        raise Refused(_("Somebody with this mail address has an account already."), "email")


def invite_again(*, actor: User, user: User) -> None:
    """A fresh link, for one who never used theirs or let it grow old; older ones stay as they are."""
    need_role(actor, Role.ADMINISTRATOR, _("Only an administrator may invite people."))
    if not user.is_active or not user.email:
        raise Refused(_("This account is closed or has no mail address."))
    if user.has_usable_password():
        raise Refused(_("This person has a password. They can ask for a new one themselves."))
    with transaction.atomic():
        user.notices.filter(kind=Notice.Kind.INVITED).update(read_at=timezone.now())
        notifying.tell(Notice.Kind.INVITED, [user], user)


def drop_second_factor(*, actor: User, user: User) -> None:
    """Somebody lost their phone: the next sign-in asks for the password alone, and is on record."""
    need_role(actor, Role.ADMINISTRATOR, _("Only an administrator may do this."))
    if actor == user:
        raise Refused(_("Another administrator must do this for you."))
    with transaction.atomic():
        kept, _kinds = Authenticator.objects.filter(user=user).delete()
        if not kept:
            raise Refused(_("This person has no second factor."))
        _note(actor, user, {"second factor": ["set up", "taken away"]})


# --- what a person chooses ----------------------------------------------------------------------


def read_in(user: User, language: str) -> None:
    if language not in settings.STAFF_LANGUAGES:
        raise Refused(_("Choose a language from the list."))
    User.objects.filter(pk=user.pk).update(language=language)


def end_tour(user: User) -> None:
    User.objects.filter(pk=user.pk, toured_at=None).update(toured_at=timezone.now())
