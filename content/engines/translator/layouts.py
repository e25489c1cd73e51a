"""The three kinds of checkpoint that the engine of `ctranslate` runs, told apart by `config.json`."""

from dataclasses import dataclass

from content.engines.base import PermanentEngineError

# Licences that let any clinic use the weights, as model cards on the hub write them.
OPEN_LICENCES = frozenset(
    {"apache-2.0", "bsd-3-clause", "cc-by-4.0", "cc-by-sa-4.0", "cc0-1.0", "mit", "mpl-2.0"}
)


@dataclass(frozen=True, slots=True)
class Layout:
    """One kind of checkpoint, as the Hugging Face hub lays it out.

    ``model_type`` is what its `config.json` says; ``needed`` files lie beside the weights; ``kept``
    ones are copied beside the converted model, to read and write its tokens. ``licence`` is that of
    every checkpoint of the kind, "" where each states its own.
    """

    name: str
    model_type: str
    needed: tuple[str, ...]
    kept: tuple[str, ...]
    licence: str = ""


NLLB = Layout(
    "NLLB-200", "m2m_100",
    needed=("config.json", "tokenizer.json", "tokenizer_config.json"),
    kept=("tokenizer.json", "tokenizer_config.json"),
    licence="CC-BY-NC 4.0",
)  # fmt: skip
MARIAN = Layout(
    "OPUS-MT (Marian)", "marian",
    needed=("config.json", "vocab.json", "source.spm", "target.spm", "tokenizer_config.json"),
    kept=("vocab.json", "source.spm", "target.spm", "tokenizer_config.json"),
)  # fmt: skip
# transformers 5 builds an empty tokenizer, in silence, where there is a spiece.model only.
T5 = Layout(
    "MADLAD-400 (T5)", "t5",
    needed=("config.json", "spiece.model", "tokenizer.json", "tokenizer_config.json"),
    kept=("spiece.model",),
)  # fmt: skip
LAYOUTS = {layout.model_type: layout for layout in (NLLB, MARIAN, T5)}


def layout_of(model_type: object) -> Layout:
    """The layout of a `config.json` with this ``model_type``, or ``PermanentEngineError``."""
    found = LAYOUTS.get(str(model_type))
    if found is None:
        known = ", ".join(layout.name for layout in LAYOUTS.values())
        raise PermanentEngineError(
            f"It holds a model of type “{model_type}”, which is none of {known}."
        )
    return found
