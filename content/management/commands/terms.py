"""``manage.py terms``: the house terms of a language, in and out; the starter terms."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from content import languages
from content.services import termbase
from content.services.errors import Refused


class Command(BaseCommand):
    help = "Import or export house terms (CSV or TBX), or add the starter terms that are missing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("--starter", action="store_true", help="terms in ten languages")
        what.add_argument("--import", dest="taken", type=Path, metavar="FILE")
        what.add_argument("--export", type=Path, metavar="FILE", help="TBX if it ends in .tbx")
        parser.add_argument("--language", help="BCP-47 or FLORES code")
        parser.add_argument("--json", action="store_true", help="print JSON on standard output")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            result = self._do(options)
        except (Refused, languages.UnknownLanguage, OSError) as error:
            raise CommandError(str(error)) from error
        told = json.dumps(result, ensure_ascii=False) if options["json"] else _lines(result)
        self.stdout.write(told)

    def _do(self, options: dict[str, Any]) -> dict[str, Any]:
        if options["starter"]:
            return {code: asdict(counted) for code, counted in termbase.load_starter().items()}
        if not options["language"]:
            raise CommandError("--language says whose terms they are.")
        language = languages.get(options["language"])
        if options["taken"]:
            counted = termbase.take(options["taken"].read_bytes(), language)
            return {language.code: asdict(counted)}
        file: Path = options["export"]
        file.write_bytes(termbase.export(language, tbx=file.suffix == ".tbx"))
        return {language.code: {"file": str(file)}}


def _lines(result: dict[str, Any]) -> str:
    return "\n".join(
        f"{code}: {', '.join(f'{name} {value}' for name, value in one.items())}"
        for code, one in result.items()
    )
