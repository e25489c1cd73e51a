"""Write everything (database, files, a manifest of hashes) into one ZIP, in open formats."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from content.management.bars import onto
from content.services import keeping, watching
from content.services.errors import Refused


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the ZIP to write, readable by its owner only")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        if file.exists():
            raise CommandError(f"{file} is there already. Name a new file.")
        try:
            with tqdm(disable=options["json"], leave=False) as bar:
                kept = keeping.backup(file, onto(bar))
        except (Refused, OSError) as error:
            raise CommandError(getattr(error, "message", "") or str(error)) from error
        watching.note_backup()
        line = f"{file}: {kept.rows:,} rows, {kept.files:,} files. Newest seal: {kept.seal}"
        self.stdout.write(json.dumps(asdict(kept)) if options["json"] else line)
