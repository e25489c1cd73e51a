"""How well and how fast an engine translates a file of sentences with reference translations."""

import csv
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from content.engines.base import PermanentEngineError
from content.engines.translator.base import Hypothesis, SentenceRefused, Translator, translate_each
from content.languages import Language
from content.text.segments import split_lossless

# BLEU counts words; where words are not set apart by spaces it counts characters instead, as
# sacrebleu's tokenizers for them need more packages or a download.
BLEU_TOKENIZER = {"zh-Hans": "zh", "zh-Hant": "zh"} | dict.fromkeys(
    ("ja", "ko", "th", "lo", "km", "my"), "char"
)


class Reference(NamedTuple):
    english: str
    target: str


@dataclass(frozen=True, slots=True)
class Score:
    """``rows`` were scored; ``refused`` more were not, for the reasons counted in ``reasons``.

    chrF++ (Popović 2017) and BLEU (Papineni 2002) are corpus scores, 0 to 100, with sacrebleu's
    signatures. ``sentences`` were translated in ``seconds``, the model being loaded already.
    """

    engine: str
    revision: str
    language: str
    rows: int
    refused: int
    reasons: dict[str, int]
    chrf: float
    chrf_signature: str
    bleu: float
    bleu_signature: str
    sentences: int
    seconds: float

    @property
    def sentences_per_second(self) -> float:
        return round(self.sentences / self.seconds, 1) if self.seconds else 0.0


def read_references(path: Path, limit: int | None = None) -> list[Reference]:
    """Rows of a TSV file with the columns ``en`` and ``target``, without those that are flagged.

    Raises ``ValueError`` with one sentence where the file is something else.
    """
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        if not {"en", "target"} <= set(rows.fieldnames or ()):
            raise ValueError(f"{path.name} has no columns “en” and “target” set apart by tabs.")
        good = [
            Reference(row["en"], row["target"])
            for row in rows
            if row["en"] and row["target"] and not row.get("flags")
        ]
    if not good:
        raise ValueError(f"{path.name} has no row to score.")
    return good[:limit]


def score(translator: Translator, language: Language, references: Sequence[Reference]) -> Score:
    """Translate every row as the product does, sentence by sentence, and compare.

    A row counts as refused if the engine refuses one of its sentences. Raises
    ``PermanentEngineError`` where nothing was translated or sacrebleu is missing.
    """
    chrf, bleu = _metrics(language)
    rows = [split_lossless(reference.english) for reference in references]
    sentences = [sentence for row in rows for sentence, _ in row if sentence]
    translator.translate(["Hello."], language)  # loads the model
    start = time.perf_counter()
    outcome = translate_each(translator, sentences, language)
    seconds = time.perf_counter() - start
    remaining = iter(outcome)
    joined = [_joined(row, remaining) for row in rows]
    done = [i for i, text in enumerate(joined) if isinstance(text, str)]
    reasons = Counter(str(text) for text in joined if not isinstance(text, str))
    if not done:
        raise PermanentEngineError(f"No row was translated: {reasons.most_common(1)[0][0]}")
    hypotheses, targets = [joined[i] for i in done], [[references[i].target for i in done]]
    chrf_score = chrf.corpus_score(hypotheses, targets).score
    bleu_score = bleu.corpus_score(hypotheses, targets).score
    return Score(
        engine=translator.identity.name,
        revision=translator.identity.revision,
        language=language.code,
        rows=len(done),
        refused=reasons.total(),
        reasons=dict(reasons.most_common()),
        chrf=round(chrf_score, 2),
        chrf_signature=str(chrf.get_signature()),
        bleu=round(bleu_score, 2),
        bleu_signature=str(bleu.get_signature()),
        sentences=sum(not isinstance(found, SentenceRefused) for found in outcome),
        seconds=round(seconds, 4),
    )


def _metrics(language: Language) -> tuple[Any, Any]:
    try:
        from sacrebleu.metrics.bleu import BLEU
        from sacrebleu.metrics.chrf import CHRF
    except ImportError as error:
        raise PermanentEngineError(
            "Scoring needs sacrebleu: pip install -r requirements-dev.txt"
        ) from error
    return CHRF(word_order=2), BLEU(tokenize=BLEU_TOKENIZER.get(language.code, "13a"))


def _joined(
    row: Sequence[tuple[str, str]], outcome: Iterator[list[Hypothesis] | SentenceRefused]
) -> str | SentenceRefused:
    """The best translations of a row's sentences in a row, or why one of them is missing."""
    texts: list[str] = []
    refusals: list[SentenceRefused] = []
    for sentence, space in row:
        found = next(outcome) if sentence else []
        if isinstance(found, SentenceRefused):
            refusals.append(found)
        else:
            texts.append("".join(hypothesis.text for hypothesis in found[:1]) + space)
    return refusals[0] if refusals else "".join(texts).strip()
