"""Import vetted documents: starter library Markdown, MedlinePlus XML, JSON Lines."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from content.services.library import ImportReport, import_sources
from content.text.sources import ParsedSource, SourceError, parse


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--json", action="store_true", help="print the report as JSON")

    def handle(self, *args: Any, files: list[Path], json: bool, **options: Any) -> None:
        documents = [document for path in files for document in _read(path)]
        with tqdm(total=len(documents), unit="source", disable=None) as bar:
            report = import_sources(documents, lambda done, total: bar.update(done - bar.n))
        self._print(report, as_json=json)

    def _print(self, report: ImportReport, *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(report.as_dict(), ensure_ascii=False))
            return
        self.stdout.write(
            f"{len(report.added)} sources added, {len(report.changed)} changed, "
            f"{len(report.unchanged)} as they were; {report.statements_added} statements added, "
            f"{report.statements_retired} retired."
        )


def _read(path: Path) -> list[ParsedSource]:
    try:
        return parse(path.name, path.read_bytes())
    except OSError as error:
        raise CommandError(f"{path}: cannot be read ({error.strerror}).") from error
    except SourceError as error:
        raise CommandError(f"{path.name}: {error}") from error
