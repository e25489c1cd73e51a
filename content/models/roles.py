"""The auth groups behind the roles, and what each may open in the admin.

The admin's permissions only decide which lists a person sees; what a person may *do* is decided by
the services and the database.
"""

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission

from content.models.people import Role

# role -> (action, model) pairs, as in Django's permission codenames.
PERMISSIONS: dict[Role, tuple[str, ...]] = {
    Role.EDUCATOR: (
        "view_request", "add_request", "view_source", "view_statement", "view_edition",
        "view_translation", "view_publication", "view_handout", "view_topiccode",
    ),
    Role.CLINICIAN: (
        "view_request", "view_source", "view_statement", "view_edition", "view_translation",
        "view_publication", "view_handout", "view_topiccode", "view_decision",
    ),
    Role.TRANSLATOR: (
        "view_translation", "view_edition", "view_publication", "view_memoryentry",
        "view_termbaseentry", "add_termbaseentry", "change_termbaseentry",
    ),
    Role.CLINIC_STAFF: ("view_publication", "view_handout"),
    Role.ADMINISTRATOR: (
        "view_request", "add_request", "view_source", "view_statement", "view_edition",
        "view_translation", "view_publication", "view_handout", "view_topiccode", "view_decision",
        "view_event", "view_memoryentry", "view_termbaseentry", "add_termbaseentry",
        "change_termbaseentry", "delete_termbaseentry", "view_user", "add_user", "change_user",
        "view_qualification", "add_qualification", "change_qualification", "delete_qualification",
        "view_clinic", "add_clinic", "change_clinic", "delete_clinic",
    ),
}  # fmt: skip


def sync(using: str = "default") -> None:
    """Create the groups and give each its permissions; idempotent, run after `migrate`."""
    # On a first `migrate` the permissions do not exist yet: auth makes them in its own receiver,
    # which may come after this one.
    create_permissions(apps.get_app_config("content"), verbosity=0, using=using)
    for role, codenames in PERMISSIONS.items():
        group, _created = Group.objects.using(using).get_or_create(name=role.value)
        wanted = Permission.objects.using(using).filter(
            content_type__app_label="content", codename__in=codenames
        )
        group.permissions.set(wanted)
