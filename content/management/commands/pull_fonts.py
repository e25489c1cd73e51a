"""``manage.py pull_fonts``: assemble the font folder of the PDF renderer."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from content.engines.base import EngineError, cache_dir
from content.engines.renderer.font_table import FONT_FILES
from content.engines.renderer.fonts import ensure_fonts
from content.management.bars import onto


class Command(BaseCommand):
    help = "Assemble the fonts for PDFs in the cache folder. Nothing is installed; safe to repeat."
    # The system checks complain of missing fonts: they must not stop the command that mends it.
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="print JSON on standard output")

    def handle(self, *args: Any, **options: Any) -> None:
        with tqdm(unit="file", disable=None) as bar:
            try:
                folder = ensure_fonts(cache_dir("fonts"), onto(bar))
            except EngineError as error:
                raise CommandError(str(error)) from error
        files = [file for family in FONT_FILES.values() for file in family]
        result = {
            "folder": str(folder),
            "families": len(FONT_FILES),
            "files": len(files),
            "bytes": sum(file.size for file in files),
        }
        self.stdout.write(json.dumps(result) if options["json"] else _sentence(result))


def _sentence(result: dict[str, Any]) -> str:
    return "{families} font families ({files} files, {megabytes:.0f} MB) are in {folder}.".format(
        megabytes=result["bytes"] / 1e6, **result
    )
