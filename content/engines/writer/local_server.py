"""llama.cpp on a GGUF file, in a process of its own, speaking the OpenAI protocol.

Never in a web or Celery process: a model loaded before a fork hangs its children, a call cannot be
interrupted from Python, and a crash in native code takes the whole process with it.
"""

import http.client
import json
import os
import signal
import socket
import sys
import tempfile
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from content.engines import store
from content.engines.base import PermanentEngineError
from content.engines.writer.base import RewriteRequest
from content.engines.writer.prompts import Prompt

SLOTS = 4  # answers at the same time; they share each read of the weights
# Rewriting and sorting begin differently. llama.cpp gives a prompt to the slot that knows most of
# it, else to one long unused: with as many for each, neither forgets its beginning for the other.
KEPT_SLOTS = 2 * SLOTS
SLOT_TOKENS = 1536  # 750 of prompt, at most 200 of answer; a longer statement is refused, not cut
SMALLEST = 1_000_000_000  # bytes; in measurement, models below it reversed advice
MOST_THREADS = 8
WARM_UP_SECONDS = 300.0
GGUF_MAGIC = b"GGUF"
PREFIX = "prefix"  # the file through which the prompt's beginning reaches every slot


@dataclass(frozen=True, slots=True)
class ServerOptions:
    model: Path
    host: str
    port: int
    key: str
    threads: int


def default_threads() -> int:
    """One core is left to the web server and the database where there are more than two."""
    cores = os.cpu_count() or 2
    return cores if cores <= 2 else min(cores - 1, MOST_THREADS)


def check_model(path: Path, *, allow_small: bool) -> None:
    """Raise ``PermanentEngineError`` for a file that must not be served."""
    known = {model.name: model for model in (store.DEFAULT_WRITER, store.TEST_WRITER)}
    if path.name in known:
        store.verify(path, known[path.name])
    if not path.is_file():
        raise PermanentEngineError(f"The model file {path} is not there.")
    with path.open("rb") as file:
        if file.read(len(GGUF_MAGIC)) != GGUF_MAGIC:
            raise PermanentEngineError(f"{path} is not a GGUF file.")
    size = path.stat().st_size
    if size < SMALLEST and not allow_small:
        raise PermanentEngineError(
            f"{path} has {size:,} bytes. Models below {SMALLEST:,} bytes write dangerous nonsense "
            "and are not served. `manage.py pull_models --only llm` fetches one that is."
        )


def serve(options: ServerOptions, prompt: Prompt, on_ready: Callable[[str], None]) -> NoReturn:
    """Serve until SIGTERM or SIGINT, then end the process.

    ``on_ready`` gets the address, in a thread of its own, once rewrites can be had.
    """
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        # Only a flag: an exception raised in the middle of native code crashes the process.
        signal.signal(number, lambda *_: stop.set())
    _need_free_port(options.host, options.port)
    with tempfile.TemporaryDirectory(prefix="eduengine-llm-") as slots:
        _server = _start(options, Path(slots))
        ready = (options, prompt, Path(slots), on_ready)
        threading.Thread(target=_get_ready, args=ready, daemon=True).start()
        stop.wait()
    # llama.cpp would finish every answer first, half a minute of work that has nothing to save;
    # whoever waits for one is told that the writer broke off, and asks again.
    os._exit(0)


def _get_ready(
    options: ServerOptions, prompt: Prompt, slots: Path, on_ready: Callable[[str], None]
) -> None:
    warm_up(options, prompt)
    # 21 MB, needed no longer: a server that is killed cannot tidy up.
    (slots / PREFIX).unlink(missing_ok=True)
    on_ready(f"http://{options.host}:{options.port}/v1")


def _need_free_port(host: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise PermanentEngineError(
                f"The writer cannot listen on {host}:{port} ({error.strerror}). "
                "Stop what uses it, or choose another --port."
            ) from error


def _llama() -> Any:
    """llama.cpp, loaded here and not at the top: its Cython runtime clashes with that of other
    packages, which tests and tools load beside this module, and only a server needs it."""
    # Threads that wait for each other sleep instead of spinning: 8 % slower on a quiet machine,
    # four times faster beside two busy processes. OpenMP reads it once, when it is loaded.
    os.environ.setdefault("OMP_WAIT_POLICY", "passive")
    import xllamacpp

    return xllamacpp


def _start(options: ServerOptions, slots: Path) -> Any:
    try:
        return _llama().Server(_parameters(options, slots))
    except RuntimeError as error:
        raise PermanentEngineError(
            f"{options.model} could not be loaded: it is damaged, or not a model that llama.cpp "
            "knows. Fetch it again, or choose another --model."
        ) from error


def _parameters(options: ServerOptions, slots: Path) -> Any:
    params = _llama().CommonParams()
    params.model.path = str(options.model)
    params.model_alias = {options.model.stem}
    params.hostnames = [options.host]
    params.port = options.port
    params.api_keys = [options.key]
    params.n_parallel = KEPT_SLOTS
    params.n_ctx = KEPT_SLOTS * SLOT_TOKENS
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = options.threads
    params.cache_prompt = True
    # Off: old prompts kept in memory, 8 GB by default, 25 MB for each statement.
    params.cache_ram_mib = 0
    params.slot_save_path = f"{slots}/"
    params.fit_params = params.warmup = params.ui = False
    params.verbosity = 0
    return params


# --- warming up ---------------------------------------------------------------------------------


def warm_up(options: ServerOptions, prompt: Prompt) -> None:
    """Read the prompt's beginning once and copy it into every slot.

    Otherwise the first statements of the day read it once per slot, at the same time. A failure is
    only a slow start.
    """
    request = RewriteRequest("Drink water.", (), (), (), "", 6, "adult")
    turns = {"messages": prompt.messages(request), "max_tokens": 1, "temperature": 0, "id_slot": 0}
    file = {"filename": PREFIX}
    try:
        _post(options, "/v1/chat/completions", turns)
        _post(options, "/slots/0?action=save", file)
        for slot in range(1, SLOTS):
            _post(options, f"/slots/{slot}?action=restore", file)
    except OSError as error:
        print(f"The writer starts cold: {error}", file=sys.stderr)  # noqa: T201


def _post(options: ServerOptions, path: str, body: Mapping[str, object]) -> None:
    host = "127.0.0.1" if options.host == "0.0.0.0" else options.host  # noqa: S104
    connection = http.client.HTTPConnection(host, options.port, timeout=WARM_UP_SECONDS)
    headers = {"Authorization": f"Bearer {options.key}", "Content-Type": "application/json"}
    try:
        connection.request("POST", path, json.dumps(body), headers)
        response = connection.getresponse()
        if response.status != 200:
            raise OSError(f"{path} answered {response.status}")
    finally:
        connection.close()
