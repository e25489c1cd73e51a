"""From a hub id or a folder to a CTranslate2 int8 model in the cache, made once.

Fetching and converting belong to set-up (`manage.py pull_models`); at run time ``prepared`` only
looks. Conversion runs in a process of its own, which needs torch and gives its memory back when it
ends: seven times the size of the converted model.
"""

import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from content.engines.base import PermanentEngineError, Progress
from content.engines.translator import checkpoint, hub
from content.engines.translator.layouts import LAYOUTS, NLLB, OPEN_LICENCES, Layout
from content.engines.translator.tokens import open_tokens

TORCH = "torch==2.13.0"
QUANTIZATION = "int8"
MANIFEST = "eduengine.json"
SETTING = "EDUENGINE_NLLB or EDUENGINE_TRANSLATORS"


@dataclass(frozen=True, slots=True)
class Prepared:
    """A converted model, named by its hub id or its folder's name.

    ``revision`` is the hub's commit, or "sha256:…" of a folder's weights; ``licence`` is as the
    model card writes it.
    """

    folder: Path
    name: str
    revision: str
    layout: Layout
    licence: str


def prepared(spec: str, cache: Path) -> Prepared | None:
    """The model that ``prepare`` made of ``spec``, or None. Only looks at files."""
    folder = _destination(spec, cache)
    manifest = read_manifest(folder)
    try:
        layout = LAYOUTS[manifest["layout"]]
        return Prepared(folder, manifest["name"], manifest["revision"], layout, manifest["licence"])
    except KeyError:
        return None


def read_manifest(folder: Path) -> dict[str, Any]:
    """What ``write_manifest`` wrote, or {} where a file of the model is missing or cut short."""
    try:
        manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        sizes = {name: (folder / name).stat().st_size for name in manifest["files"]}
    except (OSError, ValueError, KeyError):
        return {}
    return manifest if sizes == manifest["files"] else {}


def prepare(spec: str, cache: Path, licence_accepted: bool, progress: Progress) -> Path:
    """The folder of the converted model of ``spec``, made if it is not there yet.

    ``spec`` is a hub id or a folder. Two processes that start together convert once. Raises
    ``PermanentEngineError`` (licence not accepted or not stated, incomplete or damaged files, torch
    missing) or ``TemporaryEngineError`` (the hub cannot be reached).
    """
    from filelock import FileLock

    if not spec:
        raise PermanentEngineError(f"{SETTING} names no model: a hub id or a folder.")
    if not licence_accepted:
        require_licence(spec, _licence(spec, cache), licence_accepted)
    destination = _destination(spec, cache)
    try:
        destination.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(destination.with_name(f".{destination.name}.lock")):
            if not _is_current(spec, cache):
                _prepare(spec, cache, destination, progress)
    except OSError as error:
        reason = error.strerror or str(error)
        raise PermanentEngineError(
            f"The translation model cannot be prepared below {cache}: {reason}."
        ) from error
    return destination


def needs_acceptance(licence: str) -> bool:
    """Whether an administrator must accept ``licence`` before the weights are used."""
    return licence not in OPEN_LICENCES


def require_licence(spec: str, licence: str, accepted: bool) -> None:
    """Raise ``PermanentEngineError``, with what is to be accepted, unless that was done."""
    if accepted or not needs_acceptance(licence):
        return
    if licence == NLLB.licence:
        terms = (
            "no commercial use. Their model card says: not released for production, not intended "
            "for medical text, not for certified translation; so a qualified person must check "
            "every sentence."
        )
    else:
        terms = "read its terms, and whether they allow what your clinic does."
    raise PermanentEngineError(
        f"The weights of {spec} are under {licence}: {terms} An administrator accepts this with "
        "EDUENGINE_NLLB_LICENCE_ACCEPTED=1."
    )


def _licence(spec: str, cache: Path) -> str:
    if _is_folder(spec):
        return checkpoint.licence_in(Path(spec).expanduser())
    if "nllb-200" in spec:  # their name says it: nothing of them is fetched before
        return NLLB.licence
    return checkpoint.licence_in(hub.fetch_card(spec, cache))


def _is_folder(spec: str) -> bool:
    return Path(spec).expanduser().is_dir()


def _destination(spec: str, cache: Path) -> Path:
    """Named for people, and different for folders of the same name in different places."""
    if hub.HUB_ID.fullmatch(spec) and not _is_folder(spec):
        return cache / "translators" / spec.replace("/", "--")
    path = Path(spec).expanduser().absolute()
    place = hashlib.sha256(str(path).encode()).hexdigest()[:10]
    return cache / "translators" / f"{path.name}-{place}"


def _is_current(spec: str, cache: Path) -> bool:
    """Whether the conversion is there, and is of what the folder holds now."""
    found = prepared(spec, cache)
    if found is None or not _is_folder(spec):
        return found is not None
    return bool(read_manifest(found.folder)["source"] == _stamp(Path(spec).expanduser()))


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
        source = hub.fetch(spec, cache, progress)
        digests = hub.verify_fetched(source, progress)
        revision = source.name
    layout, licence = checkpoint.layout_in(source), checkpoint.licence_in(source)
    tokens = open_tokens(layout, source)
    scratch = destination.with_name(f".{destination.name}.converting")
    shutil.rmtree(scratch, ignore_errors=True)  # of a conversion that was killed
    scratch.mkdir()
    made = scratch / "model"
    try:
        progress(0, 1, f"Converting {spec} to {QUANTIZATION}")
        _convert(source, made, layout)
        tokens.require_rows(vocabulary_rows(made))
        write_manifest(
            made,
            name=Path(spec).name if _is_folder(spec) else spec,
            revision=revision,
            licence=licence,
            layout=layout.model_type,
            quantization=QUANTIZATION,
            weights_sha256=digests,
            source=_stamp(source),
        )
        _replace(made, destination, scratch)
        progress(1, 1, f"Converted {spec}")
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def vocabulary_rows(folder: Path) -> list[str]:
    """The token that each row of a converted model stands for."""
    path = folder / "shared_vocabulary.json"
    if not path.is_file():
        raise PermanentEngineError(
            "The checkpoint has one vocabulary for each language: only checkpoints with one for both "
            "are supported."
        )
    rows: list[str] = json.loads(path.read_text(encoding="utf-8"))
    return rows


def _convert(source: Path, target: Path, layout: Layout) -> None:
    for package, needed in (("torch", TORCH), ("transformers", "transformers")):
        if importlib.util.find_spec(package) is None:
            raise PermanentEngineError(f"Converting needs {package}: pip install {needed}")
    command = [
        sys.executable, "-m", "content.engines.translator.conversion",
        str(source.absolute()), str(target), QUANTIZATION, *layout.kept,
    ]  # fmt: skip
    # Offline, or each file that a checkpoint may lack is asked for on the hub for a minute.
    environment = {**os.environ, "HF_HUB_OFFLINE": "1", "PYTHONPATH": os.pathsep.join(sys.path)}
    finished = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    if finished.returncode:
        lines = finished.stderr.strip().splitlines() or ["the converter was killed: memory?"]
        raise PermanentEngineError(f"{source} cannot be converted: {lines[-1]}")


def write_manifest(folder: Path, **facts: object) -> None:
    """Write what a converted model is made of, and the size of each of its files."""
    files: Iterable[Path] = (path for path in folder.iterdir() if path.is_file())
    sizes = {path.name: path.stat().st_size for path in sorted(files)}
    (folder / MANIFEST).write_text(json.dumps({**facts, "files": sizes}, indent=1), "utf-8")


def _replace(made: Path, destination: Path, scratch: Path) -> None:
    """A reader sees the old model, none, or the new one, and never half of one."""
    if destination.exists():
        destination.rename(scratch / "old")
    made.rename(destination)
