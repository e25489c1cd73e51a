"""The one app. Its start-up work: database rules after `migrate`, system checks."""

from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate


def install_rules(using: str, **kwargs: Any) -> None:
    from content.models import rules

    rules.install(connections[using])


def create_roles(using: str, **kwargs: Any) -> None:
    from content.models.roles import sync

    sync(using)


class ContentConfig(AppConfig):
    name = "content"

    def ready(self) -> None:
        from content import checks

        checks.register_all()
        post_migrate.connect(install_rules, sender=self)
        post_migrate.connect(create_roles, sender=self, dispatch_uid="content.roles")
