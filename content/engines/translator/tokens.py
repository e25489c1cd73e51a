"""Text to tokens and back, for each layout of checkpoint, as the model was trained to read them.

Only the tokenizer files of the checkpoint are read: no transformers, and no state between calls.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

from content.engines.base import PermanentEngineError
from content.engines.translator.files import read_json
from content.engines.translator.layouts import MARIAN, NLLB, Layout
from content.engines.translator.vocabulary import (
    END,
    UNKNOWN,
    control_tokens,
    require_nllb,
    require_same,
)
from content.languages import Language

if TYPE_CHECKING:
    from sentencepiece import SentencePieceProcessor

# What steers Marian (`>>spa<<`) and T5 (`<2es>`, `<extra_id_0>`), beside the four special tokens.
_STEERING = re.compile(r">>[\w-]+<<|<2\w+>|<extra_id_\d+>")
_SPECIAL = frozenset({"<s>", "<pad>", END, UNKNOWN})


class Encoded(NamedTuple):
    """What the model reads, and the parts of the text that its vocabulary lacks."""

    tokens: list[str]
    unknown: list[str]


class Tokens(Protocol):
    """The tokenizer of one checkpoint. ``control`` tokens stand for no text."""

    control: frozenset[str]

    def supports(self, source: Language, target: Language) -> bool: ...

    def encode(self, text: str, source: Language, target: Language) -> Encoded:
        """``text`` with what the model needs around it; control tokens in it are read as text."""

    def prefix(self, target: Language) -> list[str]:
        """The tokens that its translation must begin with."""

    def decode(self, tokens: Sequence[str]) -> str: ...

    def require_rows(self, rows: Sequence[str]) -> None:
        """Raise ``PermanentEngineError`` unless row ``i`` of the model stands for token ``i``."""


def open_tokens(layout: Layout, folder: Path) -> Tokens:
    """The tokenizer in ``folder``; ``PermanentEngineError`` where a file of it is damaged."""
    if layout is NLLB:
        return NllbTokens(folder)
    return MarianTokens(folder) if layout is MARIAN else T5Tokens(folder)


def supports(layout: Layout, folder: Path, source: Language, target: Language) -> bool:
    """Whether the checkpoint in ``folder`` translates so. Loads no model."""
    if layout is NLLB:  # its tokenizer takes a second to load, and all of them know the same
        return NllbTokens.knows(source, target)
    return _once(layout, folder).supports(source, target)


@lru_cache(maxsize=32)
def _once(layout: Layout, folder: Path) -> Tokens:
    return open_tokens(layout, folder)


class NllbTokens:
    """``eng_Latn … </s>`` in, ``spa_Latn … </s>`` out, by the checkpoint's `tokenizer.json`."""

    def __init__(self, folder: Path) -> None:
        from tokenizers import Tokenizer

        path = folder / "tokenizer.json"
        try:
            self.tokenizer = Tokenizer.from_file(str(path))
        except Exception as error:  # its own exception type is plain Exception
            raise PermanentEngineError(f"{path} is damaged: {error}.") from error
        # Else "</s>" or "spa_Latn" in a handout would steer the model instead of being translated.
        self.tokenizer.encode_special_tokens = True
        require_nllb(self.tokenizer)
        self.control = control_tokens(self.tokenizer)

    @staticmethod
    def knows(source: Language, target: Language) -> bool:
        return bool(source.flores and target.flores)

    def supports(self, source: Language, target: Language) -> bool:
        return self.knows(source, target)

    def encode(self, text: str, source: Language, target: Language) -> Encoded:
        encoding = self.tokenizer.encode(text, add_special_tokens=False)
        spans = zip(encoding.tokens, encoding.offsets, strict=True)
        unknown = [text[start:end] for token, (start, end) in spans if token == UNKNOWN]
        return Encoded([source.flores, *encoding.tokens, END], unknown)

    def prefix(self, target: Language) -> list[str]:
        return [target.flores]

    def decode(self, tokens: Sequence[str]) -> str:
        ids = (self.tokenizer.token_to_id(token) for token in tokens)
        return self.tokenizer.decode([number for number in ids if number is not None]).strip()

    def require_rows(self, rows: Sequence[str]) -> None:
        require_same(self.tokenizer, rows)


class MarianTokens:
    """OPUS-MT: ``>>spa<< … </s>`` in, or ``… </s>`` where the checkpoint knows one target only."""

    def __init__(self, folder: Path) -> None:
        self._read = _pieces(folder / "source.spm")
        self._say = _pieces(folder / "target.spm")
        numbers = read_json(folder / "vocab.json")
        self._rows = sorted(numbers, key=lambda token: int(numbers[token]))
        self._known = frozenset(self._rows)
        self.control = _control(self._rows)
        config = read_json(folder / "tokenizer_config.json")
        self._source = str(config.get("source_lang", ""))
        self._target = str(config.get("target_lang", ""))

    def supports(self, source: Language, target: Language) -> bool:
        if self._source.replace("-", "_") not in source.codes:
            return False
        if any(_STEERING.fullmatch(token) for token in self.control):
            return bool(self._code(target))
        return self._target.replace("-", "_") in target.codes

    def _code(self, target: Language) -> str:
        """The token that asks for ``target``, "" where the checkpoint has none."""
        asked = (f">>{code}<<" for code in target.codes)
        return next((token for token in asked if token in self._known), "")

    def encode(self, text: str, source: Language, target: Language) -> Encoded:
        tokens = self._read.encode(text, out_type=str)
        code = self._code(target)
        framed = [*([code] if code else []), *tokens, END]
        return Encoded(framed, _unknown(tokens, self._known))

    def prefix(self, target: Language) -> list[str]:
        return []

    def decode(self, tokens: Sequence[str]) -> str:
        return str(self._say.decode_pieces(list(tokens))).strip()

    def require_rows(self, rows: Sequence[str]) -> None:
        # The converter takes `<pad>` out, which stands last and is no output.
        expected = self._rows[:-1] if self._rows[-1:] == ["<pad>"] else self._rows
        _require_equal(rows, expected)


class T5Tokens:
    """MADLAD-400: ``<2es> …</s>`` in, from whatever language the text is in."""

    def __init__(self, folder: Path) -> None:
        self._pieces = _pieces(folder / "spiece.model")
        self._rows = [self._pieces.id_to_piece(number) for number in range(len(self._pieces))]
        self._known = frozenset(self._rows)
        self.control = _control(self._rows)

    def supports(self, source: Language, target: Language) -> bool:
        return bool(self._code(source) or source.code == "en") and bool(self._code(target))

    def _code(self, target: Language) -> str:
        asked = (f"<2{code}>" for code in target.codes)
        return next((token for token in asked if token in self._known), "")

    def encode(self, text: str, source: Language, target: Language) -> Encoded:
        # The language tokens are pieces like any other: one in the text would steer the model.
        harmless = _STEERING.sub(lambda match: f"{match[0][0]} {match[0][1:]}", text)
        tokens = self._pieces.encode(f"{self._code(target)} {harmless}", out_type=str)
        return Encoded([*tokens, END], _unknown(tokens, self._known))

    def prefix(self, target: Language) -> list[str]:
        return []

    def decode(self, tokens: Sequence[str]) -> str:
        return str(self._pieces.decode_pieces(list(tokens))).strip()

    def require_rows(self, rows: Sequence[str]) -> None:
        # The model has rows to spare: it was padded to a round number.
        _require_equal(rows[: len(self._rows)], self._rows)


def _pieces(path: Path) -> "SentencePieceProcessor":
    from sentencepiece import SentencePieceProcessor

    try:
        return SentencePieceProcessor(model_file=str(path))
    except (OSError, RuntimeError) as error:
        raise PermanentEngineError(f"{path} is damaged: it is no SentencePiece model.") from error


def _control(rows: Sequence[str]) -> frozenset[str]:
    return _SPECIAL | {token for token in rows if _STEERING.fullmatch(token)}


def _unknown(tokens: Sequence[str], known: frozenset[str]) -> list[str]:
    return [token.replace("▁", " ").strip() for token in tokens if token not in known]


def _require_equal(rows: Sequence[str], expected: Sequence[str]) -> None:
    if list(rows) != list(expected):
        raise PermanentEngineError("The vocabulary does not belong to the model's weights.")
