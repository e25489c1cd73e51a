"""Measure a text with every formula that is valid for its language, or say that there is none."""

import json
import sys
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from content import languages
from content.text.readability import Score, measure


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "file", nargs="?", type=Path, help="standard input where it is left out"
        )
        parser.add_argument("--lang", required=True, help="for example es or spa_Latn")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            language = languages.get(options["lang"])
        except languages.UnknownLanguage as error:
            raise CommandError(str(error)) from error
        text = _read(options["file"])
        scores = measure(text, language.code)
        message = "" if scores else _why_none(language)
        if options["json"]:
            result = {"language": language.code, "scores": [asdict(s) for s in scores]}
            self.stdout.write(json.dumps(result | {"message": message}, ensure_ascii=False))
        else:
            self.stdout.write("\n".join(map(_line, scores)) or message)


def _read(path: Path | None) -> str:
    try:
        text = path.read_text(encoding="utf-8-sig") if path else sys.stdin.read()
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise CommandError("The text is not UTF-8.") from error
    if not any(character.isalpha() for character in text):
        raise CommandError("There are no words to measure.")
    return text


def _why_none(language: languages.Language) -> str:
    return f"No readability formula has been validated for {language.name}: there is no score."


def _line(score: Score) -> str:
    kind = "grade" if score.unit == "grade" else "ease"
    return f"{score.formula_name}: {score.value:g} ({kind}). {score.note}"
