"""``manage.py export_memory --language es memory.tmx``: approved pairs for other tools."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from content import languages
from content.models import MemoryEntry
from content.services.interchange import export_tmx


class Command(BaseCommand):
    help = "Write the translation memory of one language as TMX 1.4b."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--language", required=True, help="BCP-47 or FLORES code")
        parser.add_argument("--json", action="store_true", help="print JSON on standard output")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            language = languages.get(options["language"])
            options["file"].write_bytes(export_tmx(language.code))
        except (languages.UnknownLanguage, OSError) as error:
            raise CommandError(str(error)) from error
        entries = MemoryEntry.objects.filter(language=language.code)
        pairs = entries.values("source_fingerprint").distinct().count()
        result = {"file": str(options["file"]), "language": language.code, "pairs": pairs}
        told = f"{pairs} pairs in {language.name} are in {options['file']}."
        self.stdout.write(json.dumps(result) if options["json"] else told)
