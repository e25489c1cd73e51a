"""Open the account of the first administrator, who invites everybody else on the desk."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email

from content.services import notifying, people
from content.services.errors import Refused


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", help="the address to sign in with")

    def handle(self, *args: Any, email: str, **options: Any) -> None:
        try:
            validate_email(email)
            user = people.first_administrator(email)
        except (Refused, ValidationError) as refused:
            raise CommandError(str(refused.message)) from refused
        self.stdout.write("Choose a password here; the link works once:")
        self.stdout.write(f"{settings.PUBLIC_URL}{notifying.password_link(user)}")
