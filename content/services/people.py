"""Who may do what, and that nobody changes it unseen."""

from typing import Any

from django.db import transaction

from content.models import Event, Notice, Role, User
from content.services import notifying, record

Rights = dict[str, Any]


def rights(user: User) -> Rights:
    """What ``user`` may do now: roles, whether the account is open, qualifications."""
    fresh = User.objects.get(pk=user.pk)
    return {
        "roles": sorted(fresh.groups.values_list("name", flat=True)),
        "active": fresh.is_active,
        "superuser": fresh.is_superuser,
        "qualifications": [
            f"{q.language}: {q.kind} {q.number}, {q.valid_from} – {q.valid_until}"
            for q in fresh.qualifications.order_by("language", "pk")
        ],
    }


def note_change(*, actor: User, user: User, before: Rights) -> None:
    """Record what changed, and tell administrators and clinicians: who gives rights is seen."""
    after = rights(user)
    changed = {key: [before.get(key), after[key]] for key in after if before.get(key) != after[key]}
    if not changed:
        return
    with transaction.atomic():
        record.note(Event.Kind.RIGHTS, actor=actor, person=user, changed=changed)
        watchers = [*notifying.in_role(Role.ADMINISTRATOR), *notifying.in_role(Role.CLINICIAN)]
        notifying.tell(Notice.Kind.RIGHTS, [one for one in watchers if one != actor], user)
