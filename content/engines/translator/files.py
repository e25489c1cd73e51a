"""Reading the files of a checkpoint, with one clear sentence where they are damaged."""

import hashlib
import json
from pathlib import Path
from typing import Any

from content.engines.base import PermanentEngineError, Progress

_CHUNK = 4 * 1024 * 1024


def read_json(path: Path) -> dict[str, Any]:
    """The JSON object in ``path``, or ``PermanentEngineError``."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise PermanentEngineError(f"{path} is damaged: it is not valid JSON.") from error
    if not isinstance(content, dict):
        raise PermanentEngineError(f"{path} is damaged: it is no JSON object.")
    return content


def sha256(path: Path, progress: Progress) -> str:
    digest = hashlib.sha256()
    size = path.stat().st_size
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
            progress(file.tell(), size, f"Checking {path.name}")
    return digest.hexdigest()
