"""The headings of every handout, well translated, block nothing: "key points" are no stitches."""

import csv
from pathlib import Path

import pytest

from content import languages
from content.safety.base import Pair, Severity, run
from content.safety.lexicon import concepts
from content.safety.translations import TRANSLATION_CHECKS
from content.services.outline import HEADINGS

DATA = Path(__file__).parents[1] / "data"

with (DATA / "headings/headings.tsv").open(encoding="utf-8") as _file:
    ROWS = list(csv.DictReader(_file, delimiter="\t"))


def test_the_table_has_every_heading():
    assert {row["en"] for row in ROWS} == set(HEADINGS.values())


@pytest.mark.parametrize("code", [code for code in ROWS[0] if code != "en"])
def test_a_good_heading_is_not_held_back(code):
    held = [
        (row[code], found.message)
        for row in ROWS
        for found in run(TRANSLATION_CHECKS, Pair(row["en"], row[code], languages.get(code)))
        if found.severity is Severity.BLOCKING
    ]
    assert held == []


@pytest.mark.parametrize(
    ("code", "text"),
    [("es", "Cuide los puntos."), ("pt-BR", "Cuide dos pontos."), ("fr", "Surveillez les points."),
     ("ht", "Pran swen pwen yo.")],
)  # fmt: skip
def test_stitches_are_still_of_surgery(code, text):
    assert "surgery" in concepts(text, code)
