"""The tiny NLLB checkpoint, converted once for all tests of a run."""

import csv
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from content.engines.translator.base import EngineIdentity
from content.engines.translator.ctranslate import CheckpointTranslator
from content.engines.translator.layouts import NLLB
from content.engines.translator.weights import prepare
from tests.engines.translator.hub import Hub

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
CHECKPOINT = FIXTURES / "nllb-tiny"
OTHERS = {"marian": FIXTURES / "marian-tiny", "t5": FIXTURES / "t5-tiny"}
IDENTITY = EngineIdentity("nllb-tiny", "1", "CC-BY-NC 4.0", "")


def quiet(_done: int, _total: int, _what: str) -> None: ...


def read_pairs() -> dict[str, list[tuple[str, str]]]:
    """(English, translation) pairs that the checkpoint knows by heart, by language."""
    pairs: dict[str, list[tuple[str, str]]] = {}
    with (FIXTURES / "nllb_pairs.tsv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            pairs.setdefault(row["language"], []).append((row["en"], row["target"]))
    return pairs


PAIRS = read_pairs()


def best(found: Sequence[Sequence[object]]) -> list[str]:
    return [hypotheses[0].text for hypotheses in found]


@pytest.fixture(scope="session")
def cache() -> Path:
    """A model cache that all processes of `make test` share."""
    return Path(os.environ["EDUENGINE_VAR"]) / "translator-cache"


@pytest.fixture(scope="session")
def converted(cache: Path) -> Path:
    return prepare(str(CHECKPOINT), cache, True, quiet)


@pytest.fixture(scope="session")
def nllb(converted: Path) -> CheckpointTranslator:
    return CheckpointTranslator(converted, NLLB, IDENTITY, inter_threads=2)


@pytest.fixture
def hub() -> Iterator[Hub]:
    """A hub that serves the tiny checkpoint as org/nllb."""
    server = Hub(CHECKPOINT)
    yield server
    server.close()
