"""``manage.py export_record record.csv``: every decision and event, for an auditor."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from content.services import timeline

FORMATS = {".csv": timeline.as_csv, ".json": timeline.as_json}


class Command(BaseCommand):
    help = "Write the record of decisions and events as CSV or JSON, by the ending of FILE."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--json", action="store_true", help="print JSON on standard output")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        if path.suffix.lower() not in FORMATS:
            raise CommandError("The file's name must end in .csv or .json.")
        entries = list(timeline.export())
        try:
            with path.open("w", encoding="utf-8", newline="") as file:
                file.writelines(FORMATS[path.suffix.lower()](entries))
        except OSError as error:
            raise CommandError(f"{path} cannot be written: {error.strerror}.") from error
        told = f"{len(entries)} entries are in {path}."
        result = {"file": str(path), "entries": len(entries)}
        self.stdout.write(json.dumps(result) if options["json"] else told)
