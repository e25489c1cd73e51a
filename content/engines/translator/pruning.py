"""A converted NLLB model with the vocabulary of the languages that a deployment serves, no more.

Three fifths of NLLB's arithmetic is the output layer over 256,206 tokens (600M model: 262 of 438
million multiply-adds a token). The pruned model has the rows of the tokens that a corpus of the
served languages uses, and is only ever given sentences whose every token it has; text is still cut
into tokens by the whole tokenizer, so that a token means the same in both. The whole model stays.
"""

import json
import re
import shutil
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from content.engines.base import PermanentEngineError, Progress
from content.engines.translator.ct2_file import keep_rows
from content.engines.translator.layouts import NLLB
from content.engines.translator.tokens import Tokens, open_tokens
from content.engines.translator.weights import (
    MANIFEST,
    Prepared,
    read_manifest,
    vocabulary_rows,
    write_manifest,
)
from content.languages import ENGLISH, Language

FOLDER = "pruned"
# Of the tokens of lines that were set aside: with less, the model would often have to spell out
# what it could say with one token.
LEAST_COVERAGE = 0.95
SET_ASIDE = 10  # every tenth line
_UNUSED = re.compile(r"madeupword\d+")


@dataclass(frozen=True, slots=True)
class Pruned:
    """``rows`` are the tokens it has, ``languages`` the BCP-47 tags that it was made for."""

    folder: Path
    languages: frozenset[str]
    rows: frozenset[str]

    def serves(self, source: Language, target: Language) -> bool:
        return {source.code, target.code} <= self.languages


@dataclass(frozen=True, slots=True)
class Pruning:
    """``coverage``: by language, the share of tokens of lines set aside that the others used."""

    folder: Path
    rows: int
    of_rows: int
    coverage: dict[str, float]


def stamp(found: Prepared) -> int:
    """Changes when the model of ``found`` is pruned anew; 0 where it is not."""
    path = found.folder / FOLDER / MANIFEST
    return path.stat().st_mtime_ns if path.is_file() else 0


def pruned(found: Prepared) -> Pruned | None:
    """The pruned model beside ``found``, or None where there is none that is whole."""
    folder = found.folder / FOLDER
    manifest = read_manifest(folder)
    if not manifest:
        return None
    return Pruned(folder, frozenset(manifest["languages"]), frozenset(vocabulary_rows(folder)))


def prune(found: Prepared, corpus: Mapping[Language, Sequence[str]], progress: Progress) -> Pruning:
    """Make the pruned model of ``found`` for English and the languages of ``corpus``.

    ``corpus`` has lines of text for each of them. Raises ``PermanentEngineError`` where the layout
    is not NLLB's, or where the lines of a language say too little about what it uses.
    """
    if found.layout is not NLLB:
        raise PermanentEngineError(
            f"{found.name} cannot be pruned: only NLLB models have words of two hundred languages."
        )
    tokens = open_tokens(NLLB, found.folder)
    rows = vocabulary_rows(found.folder)
    used: set[str] = set()
    coverage = {}
    for number, (language, lines) in enumerate(corpus.items()):
        progress(number, len(corpus), f"Reading {language.name}")
        coverage[language.code] = _read(tokens, language, lines, used)
    wanted = used | _always(tokens, rows, [language.endonym for language in corpus], used)
    kept = [number for number, token in enumerate(rows) if token in wanted]
    _write(found, [language.code for language in corpus], rows, kept, progress)
    return Pruning(found.folder / FOLDER, len(kept), len(rows), coverage)


def _read(tokens: Tokens, language: Language, lines: Sequence[str], used: set[str]) -> float:
    """Add the tokens of ``lines`` to ``used``; the share that nine lines in ten foretell."""
    text = [line.strip() for line in lines if line.strip()]
    cut = [tokens.encode(line, ENGLISH, language).tokens[1:-1] for line in text]
    aside = [token for line in cut[::SET_ASIDE] for token in line]
    rest = {token for place, line in enumerate(cut) if place % SET_ASIDE for token in line}
    share = sum(token in rest for token in aside) / len(aside) if aside else 0.0
    if share < LEAST_COVERAGE:
        raise PermanentEngineError(
            f"The corpus has too little {language.name} ({len(cut)} lines): nine tenths of it foretell "
            f"{share:.0%} of the tokens of the last tenth, and {LEAST_COVERAGE:.0%} are needed. Add "
            "text, or leave the language to the whole model."
        )
    used |= rest
    used.update(aside)
    return share


def _always(
    tokens: Tokens, rows: Sequence[str], endonyms: Iterable[str], used: Iterable[str]
) -> set[str]:
    """What is kept whatever the corpus says: control tokens, all that has no letters (digits, signs,
    punctuation), and every single character of the scripts of the languages."""
    scripts = {_script(mark) for text in (*endonyms, *used) for mark in text if mark.isalpha()}

    def wanted(token: str) -> bool:
        text = token.replace("▁", "")
        if not any(mark.isalpha() for mark in text):
            return not _UNUSED.fullmatch(token)
        return len(text) == 1 and _script(text) in scripts

    return {token for token in rows if wanted(token)} | tokens.control


def _script(letter: str) -> str:
    """The script of a letter, by the first word of its Unicode name: LATIN, ARABIC, CJK ..."""
    return unicodedata.name(letter, "").partition(" ")[0]


def _write(
    found: Prepared, codes: Sequence[str], rows: Sequence[str], kept: Sequence[int],
    progress: Progress,
) -> None:  # fmt: skip
    target = found.folder / FOLDER
    scratch = found.folder / f".{FOLDER}.making"
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir()
    progress(0, 1, f"Keeping {len(kept)} of {len(rows)} tokens")
    keep_rows(found.folder / "model.bin", scratch / "model.bin", len(rows), kept)
    (scratch / "shared_vocabulary.json").write_text(
        json.dumps([rows[number] for number in kept], ensure_ascii=False, indent=2), "utf-8"
    )
    shutil.copy(found.folder / "config.json", scratch)
    write_manifest(scratch, languages=list(codes), revision=found.revision)
    shutil.rmtree(target, ignore_errors=True)
    scratch.rename(target)
    progress(1, 1, "")
