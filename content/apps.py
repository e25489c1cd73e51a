"""The one app. Its start-up work: database rules after `migrate`, system checks."""

from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate, pre_migrate


def lift_rules(using: str, plan: Any = (), **kwargs: Any) -> None:
    """SQLite rebuilds a table to change it, and cannot while a trigger elsewhere names the table."""
    from content.models import rules

    if plan and connections[using].vendor == "sqlite":
        rules.uninstall(connections[using])


def install_rules(using: str, **kwargs: Any) -> None:
    from content.models import rules

    rules.install(connections[using])


def create_roles(using: str, **kwargs: Any) -> None:
    from content.models.roles import sync

    sync(using)


class ContentConfig(AppConfig):
    name = "content"
    verbose_name = "eduengine"

    def ready(self) -> None:
        from content import checks

        checks.register_all()
        pre_migrate.connect(lift_rules, sender=self)
        post_migrate.connect(install_rules, sender=self)
        post_migrate.connect(create_roles, sender=self, dispatch_uid="content.roles")
