"""`manage.py score_translation`: how well an engine translates sentences with known translations."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from content import languages
from content.engines.base import EngineError
from content.engines.translator import choose
from content.engines.translator.base import Translator
from content.engines.translator.ctranslate import CheckpointTranslator
from content.engines.translator.layouts import MARIAN, NLLB, T5
from content.engines.translator.scoring import Score, read_references, score
from content.languages import Language

OFFLINE = "offline-pt"
ENGINES = {"nllb": NLLB, "marian": MARIAN, "t5": T5, OFFLINE: None}
SHOWN_REASONS = 5


class Command(BaseCommand):
    help = "Scores a translation engine on a TSV file with the columns en and target."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--lang", required=True, help="language to translate into, such as es")
        parser.add_argument("--tsv", required=True, type=Path, help="file of reference sentences")
        parser.add_argument("--engine", choices=sorted(ENGINES), help="default: the best set up")
        parser.add_argument("--limit", type=int, help="score the first N rows only")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["limit"] is not None and options["limit"] < 1:
            raise CommandError("--limit must be 1 or more.")
        try:
            language = languages.get(options["lang"])
            engine = _engine(options["engine"], language)
            references = read_references(options["tsv"], options["limit"])
            result = score(engine, language, references)
        except (ValueError, EngineError) as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(f"{options['tsv']} cannot be read: {error.strerror}.") from error
        self.stdout.write(_as_json(result) if options["json"] else _as_text(result))


def _engine(name: str | None, language: Language) -> Translator:
    config = choose.configured()
    for engine in choose.available(config):
        if engine.supports(language) and name in (None, _name(engine)):
            return engine
    reason = choose.why_none(language, config)
    raise CommandError(reason or f"The engine {name} is not set up for {language.name}.")


def _name(engine: Translator) -> str:
    layout = engine.layout if isinstance(engine, CheckpointTranslator) else None
    return next(name for name, of in ENGINES.items() if of is layout)


def _as_json(result: Score) -> str:
    content = asdict(result) | {"sentences_per_second": result.sentences_per_second}
    return json.dumps(content, ensure_ascii=False)


def _as_text(result: Score) -> str:
    lines = [
        f"{result.engine} ({result.revision}), English to {result.language}",
        f"rows scored {result.rows}, refused {result.refused}",
        f"chrF++ {result.chrf:.2f}  ({result.chrf_signature})",
        f"BLEU   {result.bleu:.2f}  ({result.bleu_signature})",
        f"{result.sentences} sentences in {result.seconds:.2f} s: "
        f"{result.sentences_per_second:.1f} sentences/s",
    ]
    reasons = list(result.reasons.items())[:SHOWN_REASONS]
    return "\n".join([*lines, *(f"refused {count}: {reason}" for reason, count in reasons)])
