"""Write everything in open formats into a new folder: JSON Lines, TMX, TBX, HTML, PDF; no secrets."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from content.management.bars import onto
from content.services import exporting
from content.services.errors import Refused


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="the folder to make, its owner's only")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        if folder.exists():
            raise CommandError(f"{folder} is there already. Name a new folder.")
        try:
            with tqdm(disable=options["json"], leave=False) as bar:
                kept = exporting.export(folder, onto(bar))
        except (Refused, OSError) as error:
            raise CommandError(getattr(error, "message", "") or str(error)) from error
        line = f"{folder}: {kept.rows:,} rows, {kept.files:,} files. Newest seal: {kept.seal}"
        self.stdout.write(json.dumps(asdict(kept)) if options["json"] else line)
