"""Is this tokenizer the one that the model was trained with?

A wrong tokenizer raises nothing: every word becomes ``<unk>``, or all languages are off by one.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from content.engines.base import PermanentEngineError
from content.languages import LANGUAGES

if TYPE_CHECKING:
    from tokenizers import Tokenizer

END, UNKNOWN = "</s>", "<unk>"
CONTROL_IDS = {"<s>": 0, "<pad>": 1, END: 2, UNKNOWN: 3}
MASK = "<mask>"

# Of the official checkpoints, which all share one vocabulary (Costa-jussà et al. 2022). The
# sentence is from the pull request that mended the language prefix (transformers 22313).
OFFICIAL_SIZE = 256_204
OFFICIAL_IDS = {"eng_Latn": 256_047, MASK: 256_203}
OFFICIAL_SENTENCE = ("How was your day?", [13374, 1398, 4260, 4039, 248130])


def require_nllb(tokenizer: "Tokenizer") -> None:
    """Raise ``PermanentEngineError`` unless ``tokenizer`` has the ids of an NLLB-200 model."""
    size = tokenizer.get_vocab_size()
    expected = dict(CONTROL_IDS)
    # The official tokenizer puts <mask> after the languages; one rebuilt from the SentencePiece
    # file alone puts it before them, and every language is off by one.
    expected[MASK] = size - 1
    if size == OFFICIAL_SIZE:
        expected |= OFFICIAL_IDS
    wrong = [token for token, number in expected.items() if tokenizer.token_to_id(token) != number]
    if wrong:
        raise PermanentEngineError(
            f"The tokenizer.json is not that of an NLLB-200 model: {wrong[0]} has a wrong number."
        )
    require_languages(tokenizer)
    text, ids = OFFICIAL_SENTENCE
    if size == OFFICIAL_SIZE and tokenizer.encode(text, add_special_tokens=False).ids != ids:
        raise PermanentEngineError(f"The tokenizer.json does not read “{text}” as NLLB-200 does.")


def require_languages(tokenizer: "Tokenizer") -> None:
    """Raise ``PermanentEngineError`` if a language of ours has no code in the vocabulary."""
    known = [each for each in LANGUAGES if each.flores]
    missing = [each.name for each in known if tokenizer.token_to_id(each.flores) is None]
    if missing:
        raise PermanentEngineError(f"The NLLB model has no code for {', '.join(missing)}.")


def require_same(tokenizer: "Tokenizer", rows: Sequence[str]) -> None:
    """Raise ``PermanentEngineError`` unless row ``i`` of the model stands for token ``i``.

    ``rows`` is the vocabulary of the converted model; it ends with rows that stand for nothing.
    """
    ours = [tokenizer.id_to_token(number) for number in range(tokenizer.get_vocab_size())]
    if list(rows[: len(ours)]) != ours:
        raise PermanentEngineError("The tokenizer.json does not belong to the model's weights.")


def control_tokens(tokenizer: "Tokenizer") -> frozenset[str]:
    """Tokens that steer the model and stand for no text: special tokens and language codes."""
    added = tokenizer.get_added_tokens_decoder().values()
    codes = {language.flores for language in LANGUAGES if language.flores}
    special = {token.content for token in added if token.special}
    return frozenset(special | codes | CONTROL_IDS.keys())
