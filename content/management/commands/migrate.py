"""Django's `migrate`, which also puts in the rules that a newer release added."""

from typing import Any

from django.core.management.commands.migrate import Command as Migrate

from content.models import rules


class Command(Migrate):
    def check(self, *args: Any, **kwargs: Any) -> Any:
        # Without this, the check would send a person to the command that it keeps from running.
        with rules.mending():
            return super().check(*args, **kwargs)
