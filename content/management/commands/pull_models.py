"""Fetch or assemble the models that are configured into EDUENGINE_CACHE."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from content import languages
from content.engines import store
from content.engines.base import EngineError
from content.languages import Language

ROADS = ("llm", "nllb", "translators")


class Bar:
    """A ``Progress`` drawn on standard error, so that ``--json`` keeps standard output clean."""

    def __init__(self) -> None:
        self._bar = tqdm(unit="B", unit_scale=True, file=sys.stderr, leave=False)
        self._what = ""

    def __call__(self, done: int, total: int, what: str) -> None:
        if what != self._what:
            self._what = what
            self._bar.set_description_str(what, refresh=False)
            self._bar.reset(total)
        self._bar.update(done - self._bar.n)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._bar.close()


class Command(BaseCommand):
    help = __doc__ or ""
    # The checks complain of missing models, which this command is there to fetch.
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--only", choices=ROADS, help="fetch these alone")
        parser.add_argument("--json", action="store_true", help="print JSON on standard output")
        parser.add_argument("--full", action="store_true", help="read what is here again in full")
        parser.add_argument(
            "--languages", help="prune the NLLB model's words to these, such as es,pt-BR"
        )
        parser.add_argument(
            "--corpus", type=Path, help="folder with en.txt, es.txt ...: lines of what they use"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if bool(options["languages"]) != bool(options["corpus"]):
            raise CommandError("--languages and --corpus go together.")
        roads = {"llm": self._llm, "nllb": self._nllb, "translators": self._translators}
        if options["languages"]:
            roads = {"pruned": self._pruned}
        elif options["only"]:
            roads = {options["only"]: roads[options["only"]]}
        try:
            with Bar() as bar:
                results = {name: road(bar, options) for name, road in roads.items()}
        except (EngineError, languages.UnknownLanguage) as error:
            raise CommandError(str(error)) from error
        if options["json"]:
            self.stdout.write(json.dumps(results))
            return
        for result in results.values():
            if result["message"]:
                self.stdout.write(result["message"])

    def _llm(self, bar: Bar, options: dict[str, Any]) -> dict[str, Any]:
        if settings.LLM_URL and options["only"] != "llm":
            message = f"The writer is at {settings.LLM_URL} (EDUENGINE_LLM_URL): nothing to fetch."
            return {"path": None, "message": message}
        if settings.LLM_GGUF:
            return _own_file(Path(settings.LLM_GGUF))
        model = store.DEFAULT_WRITER
        path = store.ensure(model, settings.EDUENGINE_CACHE, bar, full=options["full"])
        message = f"The writer's model is ready: {path} ({model.licence})."
        facts = {"sha256": model.sha256, "bytes": model.size, "licence": model.licence}
        return {"path": str(path), **facts, "message": message}

    def _nllb(self, bar: Bar, options: dict[str, Any]) -> dict[str, Any]:
        if not settings.NLLB:
            return {"path": None, "message": _without_nllb()}
        return _checkpoint(settings.NLLB, bar)

    def _translators(self, bar: Bar, options: dict[str, Any]) -> dict[str, Any]:
        found = [_checkpoint(spec, bar) for spec in settings.TRANSLATORS]
        return {"models": found, "message": "\n".join(one["message"] for one in found)}

    def _pruned(self, bar: Bar, options: dict[str, Any]) -> dict[str, Any]:
        from content.engines.translator.pruning import prune
        from content.engines.translator.weights import prepared

        found = prepared(settings.NLLB, settings.EDUENGINE_CACHE) if settings.NLLB else None
        if found is None:
            raise CommandError("There is no NLLB model to prune: run `pull_models --only nllb`.")
        codes = [code for code in options["languages"].split(",") if code.strip()]
        wanted = [languages.ENGLISH, *(languages.get(code) for code in codes)]
        corpus = {language: _lines(options["corpus"], language) for language in wanted}
        made = prune(found, corpus, bar)
        shares = ", ".join(f"{code} {share:.1%}" for code, share in made.coverage.items())
        message = (
            f"The pruned model is ready: {made.folder}. It has {made.rows:,} of {made.of_rows:,} "
            f"tokens; of those in lines set aside it foresaw: {shares}. It is used where "
            "EDUENGINE_NLLB_PRUNED=1."
        )
        return {"path": str(made.folder), "rows": made.rows, "of_rows": made.of_rows,
                "coverage": made.coverage, "message": message}  # fmt: skip


def _checkpoint(spec: str, bar: Bar) -> dict[str, Any]:
    # Here and not above: the conversion brings in packages that take seconds to import.
    from content.engines.translator.weights import prepare, prepared

    cache = settings.EDUENGINE_CACHE
    path = prepare(spec, cache, settings.NLLB_LICENCE_ACCEPTED, bar)
    found = prepared(spec, cache)
    facts = {"licence": found.licence, "revision": found.revision} if found else {}
    licence = facts.get("licence", "")
    message = f"The translation model is ready: {path} ({licence})."
    return {"path": str(path), **facts, "message": message}


def _lines(folder: Path, language: Language) -> list[str]:
    path = folder / f"{language.code}.txt"
    try:
        return path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(
            f"The corpus needs {path}: lines of {language.name} in UTF-8."
        ) from error


def _own_file(path: Path) -> dict[str, Any]:
    if not path.is_file():
        raise CommandError(f"EDUENGINE_LLM_GGUF names a file that is not there: {path}")
    message = f"The writer's model is your own file {path} (EDUENGINE_LLM_GGUF): nothing to fetch."
    return {"path": str(path), "bytes": path.stat().st_size, "message": message}


def _without_nllb() -> str:
    if settings.OFFLINE_PORTUGUESE:
        rest = "Portuguese drafts come from the offline engine; other languages wait for one."
    else:
        rest = "No language can be translated until one is."
    return f"No NLLB model is configured (EDUENGINE_NLLB). {rest}"
