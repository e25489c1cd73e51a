"""``manage.py verify_record``: whether the record is what it was when it was sealed."""

import json
from argparse import ArgumentParser, ArgumentTypeError
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from content.services import sealing


def _anchor(text: str) -> tuple[int, str]:
    number, colon, sha256 = text.partition(":")
    if not (colon and number.isdigit() and len(sha256) == 64):
        raise ArgumentTypeError("write it as it was printed: NUMBER:HASH with 64 hex digits")
    return int(number), sha256.lower()


class Command(BaseCommand):
    help = "Walk the chain over decisions and events, and say where it breaks."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--anchor", type=_anchor, metavar="NUMBER:HASH",
            help="a seal that was noted elsewhere: shows a chain that was made anew or cut short",
        )  # fmt: skip
        parser.add_argument("--json", action="store_true", help="print JSON on standard output")

    def handle(self, *args: Any, **options: Any) -> None:
        found = sealing.verify(options["anchor"])
        newest = f"{found.number}:{found.sha256}"
        if options["json"]:
            self.stdout.write(json.dumps({"newest": newest, "breaks": found.breaks}))
        else:
            for line in found.breaks:
                self.stdout.write(line)
        if found.breaks:
            raise CommandError(f"The chain breaks in {len(found.breaks)} places.")
        if not options["json"]:
            self.stdout.write(f"{found.number} entries, unbroken. Newest seal: {newest}")
