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

from content.engines import store
from content.engines.base import EngineError


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
        parser.add_argument("--only", choices=["llm", "nllb"], help="fetch this one alone")
        parser.add_argument("--json", action="store_true", help="print JSON on standard output")
        parser.add_argument("--full", action="store_true", help="read what is here again in full")

    def handle(self, *args: Any, **options: Any) -> None:
        wanted = [options["only"]] if options["only"] else ["llm", "nllb"]
        roads = {"llm": self._llm, "nllb": self._nllb}
        try:
            with Bar() as bar:
                results = {name: roads[name](bar, options) for name in wanted}
        except EngineError as error:
            raise CommandError(str(error)) from error
        if options["json"]:
            self.stdout.write(json.dumps(results))
            return
        for result in results.values():
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
        # Here and not above: the conversion brings in transformers, which takes seconds to import.
        from content.engines.translator.weights import prepare_nllb

        accepted = settings.NLLB_LICENCE_ACCEPTED
        path = prepare_nllb(settings.NLLB, settings.EDUENGINE_CACHE, accepted, bar)
        return {"path": str(path), "message": f"The translation model is ready: {path}."}


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
