"""Checkpoints from the Hugging Face hub, fetched once into the cache."""

import io
import re
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from content.engines.base import PermanentEngineError, Progress, TemporaryEngineError
from content.engines.translator import checkpoint
from content.engines.translator.checkpoint import OFFICIAL_ID, OFFICIAL_REVISION, OFFICIAL_SHA256

HUB_FILES = (
    "*.json", "*.safetensors", "pytorch_model*.bin", "*.spm", "spiece.model",
    "sentencepiece.bpe.model", "README.md",
)  # fmt: skip
HUB_ID = re.compile(r"[\w.-]+/[\w.-]+(@[\w.-]+)?")


def fetch(spec: str, cache: Path, progress: Progress) -> Path:
    """The snapshot folder of a hub id. A broken download goes on where it stopped."""
    official = _named(spec)[0] == OFFICIAL_ID and _named(spec)[1] == OFFICIAL_REVISION
    wanted = (*OFFICIAL_SHA256, "tokenizer_config.json") if official else HUB_FILES
    return _snapshot(spec, cache, wanted, _bar(progress, f"Fetching {spec}"))


def fetch_card(spec: str, cache: Path) -> Path:
    """The snapshot folder with what says the kind and the licence of a checkpoint, nothing else."""
    return _snapshot(spec, cache, ("config.json", "README.md"), _bar(_quiet, ""))


def _snapshot(spec: str, cache: Path, wanted: Sequence[str], bar: type[Any]) -> Path:
    from huggingface_hub import snapshot_download

    name, revision = _named(spec)
    try:
        folder = snapshot_download(
            name, revision=revision, cache_dir=cache / "hub", allow_patterns=list(wanted),
            tqdm_class=bar,
        )  # fmt: skip
    except Exception as error:  # whatever ails the network, the remedy is the same
        raise TemporaryEngineError(_by_hand(spec, wanted, error)) from error
    return Path(folder)


def _named(spec: str) -> tuple[str, str | None]:
    """The name and the revision of ``name@revision``; the official model has one of its own."""
    if not HUB_ID.fullmatch(spec):
        raise PermanentEngineError(
            f"“{spec}” (EDUENGINE_NLLB or EDUENGINE_TRANSLATORS) is no folder, and no hub id such as "
            f"{OFFICIAL_ID}."
        )
    name, _, revision = spec.partition("@")
    return name, revision or (OFFICIAL_REVISION if name == OFFICIAL_ID else None)


def _quiet(_done: int, _total: int, _what: str) -> None: ...


def verify_fetched(snapshot: Path, progress: Progress) -> dict[str, str]:
    try:
        return checkpoint.verify(snapshot, progress)
    except PermanentEngineError as error:
        # The hub's client never looks again at a file that it has: it would stay damaged.
        shutil.rmtree(snapshot.parents[1])
        raise PermanentEngineError(f"{error} What was fetched was thrown away.") from error


def _by_hand(spec: str, wanted: Sequence[str], error: Exception) -> str:
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
