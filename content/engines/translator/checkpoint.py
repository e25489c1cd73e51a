"""Is a folder a whole, undamaged checkpoint in the layout of the Hugging Face hub?"""

import json
import re
import zipfile
from pathlib import Path

from content.engines.base import PermanentEngineError, Progress
from content.engines.translator.files import read_json, sha256
from content.engines.translator.layouts import NLLB, Layout, layout_of

# SHA-256 of facebook/nllb-200-distilled-600M at the revision below, as the hub publishes them.
OFFICIAL_ID = "facebook/nllb-200-distilled-600M"
OFFICIAL_REVISION = "f8d333a098d19b4fd9a8b18f94170487ad3f821d"
OFFICIAL_SHA256 = {
    "config.json": "f9b4081d3d108e9d06532ea8d92b932c04ed3a15ff2f87e6982f8e14db51fbc5",
    "generation_config.json": "0bb604cdb8392649176935a447ce994128f170a6908c135a17d0e3dfb8113cb2",
    "pytorch_model.bin": "c266c2cfd19758b6d09c1fc31ecdf1e485509035f6b51dfe84f1ada83eefcc42",
    "sentencepiece.bpe.model": "14bb8dfb35c0ffdea7bc01e56cea38b9e3d5efcdcb9c251d6b40538e1aab555a",
    "special_tokens_map.json": "992bd4ed610d644d6823081937bcc91bb8878dd556cea4ae5327f2480361330e",
    "tokenizer.json": "e316b82de11d0f951f370943b3c438311629547285129b0b81dadabd01bca665",
}

# transformers prefers them in this order; an index names the parts of large weights.
WEIGHTS = (
    "model.safetensors",
    "model.safetensors.index.json",
    "pytorch_model.bin",
    "pytorch_model.bin.index.json",
)
_LICENCE = re.compile(r"^license:\s*[\"']?([\w.-]+)", re.MULTILINE)


def verify(folder: Path, progress: Progress) -> dict[str, str]:
    """The SHA-256 of every weights file in ``folder``, by name.

    Raises ``PermanentEngineError`` where a file is missing, cut short, of a kind of model that is
    not supported, or differs from the official checkpoint that its ``config.json`` says it is.
    """
    layout = layout_in(folder)
    _require_files(folder, layout)
    weights = weight_files(folder)
    for path in weights:
        _require_whole(path)
    digests = {path.name: sha256(path, progress) for path in weights}
    if layout is NLLB:
        _require_official(folder, digests, progress)
    return digests


def layout_in(folder: Path) -> Layout:
    """The layout of the checkpoint in ``folder``, as its `config.json` names it."""
    if not (folder / "config.json").is_file():
        raise PermanentEngineError(
            f"The translation model in {folder} is incomplete: config.json is missing."
        )
    try:
        return layout_of(read_json(folder / "config.json").get("model_type"))
    except PermanentEngineError as error:
        raise PermanentEngineError(f"{folder}: {error}") from error


def licence_in(folder: Path) -> str:
    """The licence of the weights: of their kind, or as the model card (`README.md`) states it.

    Raises ``PermanentEngineError`` where neither says one: what may be done with them is unknown.
    """
    layout = layout_in(folder)
    card = folder / "README.md"
    stated = _LICENCE.search(card.read_text(encoding="utf-8")) if card.is_file() else None
    if not layout.licence and stated is None:
        raise PermanentEngineError(
            f"{folder} does not say under which licence its weights are: put its model card beside "
            "them, a README.md with a line such as “license: cc-by-4.0”."
        )
    return layout.licence or (stated[1].lower() if stated else "")


def _require_files(folder: Path, layout: Layout) -> None:
    missing = [name for name in layout.needed if not (folder / name).is_file()]
    if not any((folder / name).is_file() for name in WEIGHTS):
        missing.append("model.safetensors or pytorch_model.bin")
    if not missing:
        return
    why = ""
    if layout is NLLB and "tokenizer.json" in missing:
        why = (
            " The tokenizer.json is needed even where there is a sentencepiece.bpe.model: rebuilt "
            "from that alone, every language would have a wrong number."
        )
    raise PermanentEngineError(
        f"The {layout.name} model in {folder} is incomplete: {', '.join(missing)} is missing.{why}"
    )


def weight_files(folder: Path) -> list[Path]:
    """The weights files that transformers will read."""
    chosen = next(folder / name for name in WEIGHTS if (folder / name).is_file())
    if not chosen.name.endswith(".index.json"):
        return [chosen]
    parts = sorted(set(read_json(chosen).get("weight_map", {}).values()))
    missing = [name for name in parts if not (folder / name).is_file()]
    if missing or not parts:
        raise PermanentEngineError(
            f"The model in {folder} is incomplete: {', '.join(missing)} is missing."
        )
    return [folder / name for name in parts]


def _require_whole(path: Path) -> None:
    whole = _safetensors_whole if path.suffix == ".safetensors" else zipfile.is_zipfile
    if not whole(path):
        raise PermanentEngineError(
            f"{path} is damaged or not wholly downloaded: delete it and fetch it again."
        )


def _safetensors_whole(path: Path) -> bool:
    """Whether the file is as long as its header says: 8 bytes of length, JSON, then the tensors."""
    size = path.stat().st_size
    with path.open("rb") as file:
        header_size = int.from_bytes(file.read(8), "little")
        if not 0 < header_size <= size - 8:
            return False
        try:
            header = json.loads(file.read(header_size))
        except ValueError:
            return False
    header.pop("__metadata__", None)
    data = max((tensor["data_offsets"][1] for tensor in header.values()), default=0)
    return bool(8 + header_size + data == size)


def _require_official(folder: Path, digests: dict[str, str], progress: Progress) -> None:
    """A folder that says it is the official checkpoint must be that, to the last bit."""
    if sha256(folder / "config.json", progress) != OFFICIAL_SHA256["config.json"]:
        return
    for name, expected in OFFICIAL_SHA256.items():
        path = folder / name
        if path.is_file() and (digests.get(name) or sha256(path, progress)) != expected:
            raise PermanentEngineError(
                f"{path} is damaged, or is not the file of {OFFICIAL_ID} (its SHA-256 should be "
                f"{expected}): delete it and fetch it again."
            )
