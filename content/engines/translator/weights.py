"""From a hub id or a folder to a CTranslate2 int8 model in the cache, made once.

Fetching and converting belong to set-up (`manage.py pull_models`); at run time ``prepared`` only
looks. Conversion runs in a process of its own, which needs torch and gives 4 GB back when it ends.
"""

import hashlib
import importlib.util
import io
import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from content.engines.base import PermanentEngineError, Progress, TemporaryEngineError
from content.engines.translator import checkpoint
from content.engines.translator.checkpoint import OFFICIAL_ID, OFFICIAL_REVISION, OFFICIAL_SHA256

if TYPE_CHECKING:
    from tokenizers import Tokenizer

LICENCE = "CC-BY-NC 4.0"
TORCH = "torch==2.13.0"
QUANTIZATION = "int8"
MANIFEST = "eduengine.json"
CONVERTED = ("model.bin", "config.json", "shared_vocabulary.json", "tokenizer.json")
HUB_FILES = ("*.json", "*.safetensors", "pytorch_model*.bin", "sentencepiece.bpe.model")
_HUB_ID = re.compile(r"[\w.-]+/[\w.-]+(@[\w.-]+)?")


@dataclass(frozen=True, slots=True)
class Prepared:
    """A converted model, named by its hub id or its folder's name.

    ``revision`` is the hub's commit, or "sha256:…" of a folder's weights.
    """

    folder: Path
    name: str
    revision: str


def prepared(spec: str, cache: Path) -> Prepared | None:
    """The model that ``prepare_nllb`` made of ``spec``, or None. Only looks at files."""
    folder = _destination(spec, cache)
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        sizes = {name: (folder / name).stat().st_size for name in manifest["files"]}
    except (OSError, ValueError, KeyError):
        return None
    if sizes != manifest["files"]:
        return None
    return Prepared(folder, manifest["name"], manifest["revision"])


def prepare_nllb(spec: str, cache: Path, licence_accepted: bool, progress: Progress) -> Path:
    """The folder of the converted model of ``spec``, made if it is not there yet.

    ``spec`` is a hub id or a folder. Two processes that start together convert once. Raises
    ``PermanentEngineError`` (licence not accepted, incomplete or damaged files, torch missing) or
    ``TemporaryEngineError`` (the hub cannot be reached).
    """
    from filelock import FileLock

    if not spec:
        raise PermanentEngineError("EDUENGINE_NLLB names no model: a hub id or a folder.")
    require_licence(spec, licence_accepted)
    destination = _destination(spec, cache)
    try:
        destination.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(destination.with_name(f".{destination.name}.lock")):
            if not _is_current(spec, cache):
                _prepare(spec, cache, destination, progress)
    except OSError as error:
        reason = error.strerror or str(error)
        raise PermanentEngineError(
            f"The NLLB model cannot be prepared below {cache}: {reason}."
        ) from error
    return destination


def require_licence(spec: str, accepted: bool) -> None:
    if not accepted:
        raise PermanentEngineError(
            f"The weights of {spec} are under {LICENCE}: no commercial use. Their makers do not "
            "intend them for medical text, so that a qualified person must check every sentence. "
            "An administrator accepts this with EDUENGINE_NLLB_LICENCE_ACCEPTED=1."
        )


def _is_folder(spec: str) -> bool:
    return Path(spec).expanduser().is_dir()


def _destination(spec: str, cache: Path) -> Path:
    """Named for people, and different for folders of the same name in different places."""
    if _HUB_ID.fullmatch(spec) and not _is_folder(spec):
        return cache / "nllb" / spec.replace("/", "--")
    path = Path(spec).expanduser().absolute()
    place = hashlib.sha256(str(path).encode()).hexdigest()[:10]
    return cache / "nllb" / f"{path.name}-{place}"


def _is_current(spec: str, cache: Path) -> bool:
    """Whether the conversion is there, and is of what the folder holds now."""
    found = prepared(spec, cache)
    if found is None or not _is_folder(spec):
        return found is not None
    manifest = json.loads((found.folder / MANIFEST).read_text(encoding="utf-8"))
    return bool(manifest["source"] == _stamp(Path(spec).expanduser()))


def _revision(digests: dict[str, str]) -> str:
    """One name for the weights: their digest, or the digest of their parts' digests."""
    values = list(digests.values())
    if len(values) == 1:
        return f"sha256:{values[0]}"
    return "sha256:" + hashlib.sha256("".join(values).encode()).hexdigest()


def _stamp(folder: Path) -> dict[str, list[int]]:
    """Size and time of each file: a cheap way to see that a folder has changed."""
    files = sorted(path for path in folder.iterdir() if path.is_file())
    return {path.name: [path.stat().st_size, path.stat().st_mtime_ns] for path in files}


def _prepare(spec: str, cache: Path, destination: Path, progress: Progress) -> None:
    if _is_folder(spec):
        source = Path(spec).expanduser()
        digests = checkpoint.verify(source, progress)
        revision = _revision(digests)
    else:
        source = _fetch(spec, cache, progress)
        digests = _verify_fetched(source, progress)
        revision = source.name
    tokenizer = _tokenizer(source)
    scratch = destination.with_name(f".{destination.name}.converting")
    shutil.rmtree(scratch, ignore_errors=True)  # of a conversion that was killed
    scratch.mkdir()
    try:
        progress(0, 1, f"Converting {spec} to {QUANTIZATION}")
        _convert(source, scratch / "model")
        _require_rows(scratch / "model", tokenizer)
        _write_manifest(scratch / "model", spec, revision, _stamp(source), digests)
        _replace(scratch / "model", destination, scratch)
        progress(1, 1, f"Converted {spec}")
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


# --- the hub ------------------------------------------------------------------------------------


def _fetch(spec: str, cache: Path, progress: Progress) -> Path:
    """The snapshot folder of a hub id. A broken download goes on where it stopped."""
    from huggingface_hub import snapshot_download

    if not _HUB_ID.fullmatch(spec):
        raise PermanentEngineError(
            f"EDUENGINE_NLLB is “{spec}”: there is no such folder, and it is no hub id such as "
            f"{OFFICIAL_ID}."
        )
    name, _, revision = spec.partition("@")
    official = name == OFFICIAL_ID and revision in ("", OFFICIAL_REVISION)
    wanted = [*OFFICIAL_SHA256, "tokenizer_config.json"] if official else list(HUB_FILES)
    try:
        folder = snapshot_download(
            name, revision=OFFICIAL_REVISION if official else revision or None,
            cache_dir=cache / "hub", allow_patterns=wanted, tqdm_class=_bar(progress, f"Fetching {spec}"),
        )  # fmt: skip
    except Exception as error:  # whatever ails the network, the remedy is the same
        raise TemporaryEngineError(_by_hand(spec, wanted, error)) from error
    return Path(folder)


def _verify_fetched(snapshot: Path, progress: Progress) -> dict[str, str]:
    try:
        return checkpoint.verify(snapshot, progress)
    except PermanentEngineError as error:
        # The hub's client never looks again at a file that it has: it would stay damaged.
        shutil.rmtree(snapshot.parents[1])
        raise PermanentEngineError(f"{error} What was fetched was thrown away.") from error


def _by_hand(spec: str, wanted: list[str], error: Exception) -> str:
    lines = str(error).strip().splitlines()
    reason = lines[0].rstrip(".") if lines else type(error).__name__
    return (
        f"{spec} could not be fetched from the Hugging Face hub ({reason}). Try again later, or "
        f"fetch these files of it on another machine: {', '.join(wanted)}; put them into one "
        "folder here and set EDUENGINE_NLLB to that folder."
    )


def _bar(progress: Progress, what: str) -> type[Any]:
    """The hub's client reports to a class of bar: this one draws nothing and passes it on."""
    from tqdm import tqdm

    class Bar(tqdm):  # type: ignore[type-arg, misc, unused-ignore]
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            kwargs.pop("name", None)  # the hub's own argument
            super().__init__(*args, **{**kwargs, "file": io.StringIO()})

        def update(self, n: float | None = 1) -> bool | None:
            drawn: bool | None = super().update(n)
            if self.unit == "B":  # the other bar counts files
                progress(int(self.n), int(self.total or 0), what)
            return drawn

    return Bar


# --- conversion ---------------------------------------------------------------------------------


def _convert(source: Path, target: Path) -> None:
    for package, needed in (("torch", TORCH), ("transformers", "transformers")):
        if importlib.util.find_spec(package) is None:
            raise PermanentEngineError(f"Converting needs {package}: pip install {needed}")
    command = [
        sys.executable, "-m", "ctranslate2.converters.transformers",
        "--model", str(source.absolute()), "--output_dir", str(target),
        "--quantization", QUANTIZATION,
        "--copy_files", "tokenizer.json", "tokenizer_config.json",
    ]  # fmt: skip
    # Offline, or each file that a checkpoint may lack is asked for on the hub for a minute.
    environment = {**os.environ, "HF_HUB_OFFLINE": "1"}
    finished = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    if finished.returncode:
        lines = finished.stderr.strip().splitlines() or ["the converter was killed: memory?"]
        raise PermanentEngineError(f"{source} cannot be converted: {lines[-1]}")


def _tokenizer(folder: Path) -> "Tokenizer":
    from tokenizers import Tokenizer

    from content.engines.translator.vocabulary import require_nllb

    path = folder / "tokenizer.json"
    try:
        tokenizer = Tokenizer.from_file(str(path))
    except Exception as error:  # its own exception type is plain Exception
        raise PermanentEngineError(f"{path} is damaged: {error}.") from error
    require_nllb(tokenizer)
    return tokenizer


def _require_rows(folder: Path, tokenizer: "Tokenizer") -> None:
    from content.engines.translator.vocabulary import require_same

    rows = (folder / "shared_vocabulary.json").read_text(encoding="utf-8")
    require_same(tokenizer, json.loads(rows))


def _write_manifest(
    folder: Path, spec: str, revision: str, source: dict[str, list[int]], digests: dict[str, str]
) -> None:
    manifest = {
        "name": Path(spec).name if _is_folder(spec) else spec,
        "revision": revision,
        "licence": LICENCE,
        "quantization": QUANTIZATION,
        "weights_sha256": digests,
        "source": source,
        "files": {name: (folder / name).stat().st_size for name in CONVERTED},
    }
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=1), encoding="utf-8")


def _replace(made: Path, destination: Path, scratch: Path) -> None:
    """A reader sees the old model, none, or the new one, and never half of one."""
    if destination.exists():
        destination.rename(scratch / "old")
    made.rename(destination)
