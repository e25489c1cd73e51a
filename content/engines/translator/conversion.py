"""`python -m content.engines.translator.conversion`: a checkpoint to CTranslate2, in its own process.

The converter of CTranslate2 4.8 relies on transformers for the T5 layout, and transformers 5 reads
checkpoints such as MADLAD-400 wrongly, in silence: it ties the input and output matrices whatever
the configuration says, so that the encoder reads with the output matrix (transformers issue 48154),
and CTranslate2 then scales the output as only tied models do.
"""

import sys
from pathlib import Path
from typing import Any

import torch
from ctranslate2.converters import TransformersConverter

from content.engines.translator.checkpoint import weight_files

_EMBEDDINGS = ("shared.weight", "decoder.embed_tokens.weight", "encoder.embed_tokens.weight")
_OUTPUT = "lm_head.weight"


class Converter(TransformersConverter):  # type: ignore[misc, unused-ignore]
    """CTranslate2's converter, with the matrices of T5 as the checkpoint has them."""

    def load_model(self, model_class: Any, path: str, **options: Any) -> Any:
        model = super().load_model(model_class, path, **options)
        if model.config.model_type == "t5":
            _as_stored(model, Path(path))
        return model


def _as_stored(model: Any, folder: Path) -> None:
    stored = _tensors(folder, (*_EMBEDDINGS, _OUTPUT))
    embedding = next(stored[name] for name in _EMBEDDINGS if name in stored)
    kind = model.dtype
    for module in (model.encoder.embed_tokens, model.decoder.embed_tokens):
        module.weight = torch.nn.Parameter(embedding.to(kind))
    model.lm_head.weight = torch.nn.Parameter(stored.get(_OUTPUT, embedding).to(kind))
    # CTranslate2 asks the one, and means the other: in T5, only tied models scale their output.
    model.config.tie_word_embeddings = model.config.scale_decoder_outputs


def _tensors(folder: Path, names: tuple[str, ...]) -> dict[str, Any]:
    from safetensors import safe_open

    found: dict[str, Any] = {}
    for path in weight_files(folder):
        if path.suffix == ".safetensors":
            with safe_open(path, "pt") as file:
                held = set(file.keys()).intersection(names)
                found |= {name: file.get_tensor(name) for name in held}
        else:
            tensors = torch.load(path, map_location="cpu", weights_only=True, mmap=True)
            found |= {name: tensors[name] for name in names if name in tensors}
    return found


def main() -> None:
    source, target, quantization, *kept = sys.argv[1:]
    Converter(source, copy_files=kept).convert(target, quantization=quantization)


if __name__ == "__main__":
    main()
