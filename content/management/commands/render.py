"""Write the PDF of a publication to a file: the same bytes that the public gets."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.files.storage import default_storage
from django.core.management.base import BaseCommand, CommandError

from content.models import Publication


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--publication", type=int, required=True, metavar="ID")
        parser.add_argument("--paper", choices=["letter", "a4"], default="letter")
        parser.add_argument("--out", type=Path, required=True, metavar="FILE")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        publication = Publication.objects.public().filter(pk=options["publication"]).first()
        if publication is None:
            raise CommandError(f"There is no public publication {options['publication']}.")
        file = publication.files.get(
            paper=options["paper"], large_print=False, bilingual=False, clinic=None
        )
        with default_storage.open(file.name) as stored:
            pdf = stored.read()
        try:
            options["out"].write_bytes(pdf)
        except OSError as error:
            raise CommandError(
                f"{options['out']}: cannot be written ({error.strerror})."
            ) from error
        result = {"publication": publication.pk, "sha256": file.sha256, "bytes": file.size}
        self.stdout.write(
            json.dumps(result) if options["json"] else f"{options['out']}: {file.size:,} bytes"
        )
