"""Bring a backup back: verified first, then all of it or nothing."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from content.management.bars import onto
from content.services import keeping
from content.services.errors import Refused


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--replace", action="store_true", help="throw away what is there")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            with tqdm(disable=options["json"], leave=False) as bar:
                kept = keeping.restore(file, replace=options["replace"], progress=onto(bar))
        except Refused as refused:
            raise CommandError(refused.message) from refused
        line = f"{kept.rows:,} rows and {kept.files:,} files are back. Newest seal: {kept.seal}"
        self.stdout.write(json.dumps(asdict(kept)) if options["json"] else line)
