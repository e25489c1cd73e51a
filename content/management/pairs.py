"""What `check_segments` and `check_rewrites` share: reading the file, printing, scoring."""

import json
from argparse import ArgumentParser
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from content.safety.base import Check, Finding
from content.safety.scoring import BadInput, Item, Score, check


class PairsCommand(BaseCommand):
    """Checks every line of a JSON Lines file; ``read`` and ``checks`` say of what kind."""

    checks: tuple[Check, ...]
    read: Callable[[Iterable[str]], list[Item]]

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--score", action="store_true", help="count against the labels")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        items = self._items(options["file"])
        if options["score"] and not all(item.label for item in items):
            raise CommandError("--score needs a “label” on every line.")
        score = Score()
        for item, findings in check(items, self.checks):
            self.stdout.write(_line(item, findings, as_json=options["json"]))
            if options["score"]:
                score.add(item, findings)
        if options["score"]:
            self.stdout.write(json.dumps(score.as_dict()))

    def _items(self, path: Path) -> list[Item]:
        try:
            items = type(self).read(path.read_text(encoding="utf-8-sig").splitlines())
        except OSError as error:
            raise CommandError(f"{path} cannot be read: {error.strerror}.") from error
        except UnicodeDecodeError as error:
            raise CommandError(f"{path} is not a UTF-8 text.") from error
        except BadInput as error:
            raise CommandError(str(error)) from error
        if not items:
            raise CommandError(f"{path} has no lines.")
        return items


def _line(item: Item, findings: list[Finding], *, as_json: bool) -> str:
    if as_json:
        found = [
            {"check": f.check, "severity": f.severity.value, "message": f.message} for f in findings
        ]
        return json.dumps({"id": item.id, "findings": found}, ensure_ascii=False)
    said = [f"{f.severity.value}: {f.message} [{f.check}]" for f in findings]
    return f"{item.id}: {'; '.join(said) or 'nothing found'}"
