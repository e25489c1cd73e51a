"""Run the local writer: llama.cpp behind the OpenAI protocol, with a key, until it is stopped."""

import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from content.engines import store
from content.engines.base import EngineError
from content.engines.writer import local_server
from content.engines.writer.prompts import load

PORT = 8011


class Command(BaseCommand):
    help = __doc__ or ""
    # A database that is not migrated yet is no reason for the writer not to start.
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
        parser.add_argument("--port", type=int, default=PORT)
        parser.add_argument("--model", type=Path, help="a GGUF file (else EDUENGINE_LLM_GGUF)")
        parser.add_argument("--threads", type=int, default=local_server.default_threads())
        parser.add_argument("--allow-small", action="store_true", help="for tests only")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.LLM_KEY:
            raise CommandError(
                "EDUENGINE_LLM_KEY is not set. The writer does not listen without a key: set it to "
                "a long random word, the same for this server and the workers."
            )
        model = options["model"] or _configured_model()
        server = local_server.ServerOptions(
            model, options["host"], options["port"], settings.LLM_KEY, options["threads"]
        )
        try:
            local_server.check_model(model, allow_small=options["allow_small"])
            local_server.serve(server, load(), self._ready)
        except EngineError as error:
            raise CommandError(str(error)) from error

    def _ready(self, url: str) -> None:
        self.stdout.write(f"The writer is ready at {url} (process {os.getpid()}).")
        self.stdout.flush()


def _configured_model() -> Path:
    if settings.LLM_GGUF:
        return Path(settings.LLM_GGUF)
    return store.path_of(store.DEFAULT_WRITER, settings.EDUENGINE_CACHE)
