import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from content import languages
from content.engines.base import PermanentEngineError
from content.engines.translator.ctranslate import CheckpointTranslator
from content.engines.translator.scoring import Reference, read_references, score
from tests.engines.translator.conftest import CHECKPOINT, PAIRS

SPANISH = languages.get("es")


def write(path: Path, *rows: str) -> Path:
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def spanish(tmp_path: Path) -> Path:
    rows = [f"{english}\t{target}" for english, target in PAIRS["es"][:10]]
    return write(tmp_path / "es.tsv", "en\ttarget", *rows)


@pytest.fixture
def configured(settings, converted: Path, cache: Path) -> None:
    settings.NLLB, settings.NLLB_LICENCE_ACCEPTED = str(CHECKPOINT), True
    settings.EDUENGINE_CACHE = cache


def test_perfect_translations_score_a_hundred(nllb: CheckpointTranslator):
    result = score(nllb, SPANISH, [Reference(*pair) for pair in PAIRS["es"]])
    assert (result.chrf, result.bleu, result.refused) == (100.0, 100.0, 0)
    assert result.rows == result.sentences == len(PAIRS["es"])


def test_other_references_score_less(nllb: CheckpointTranslator):
    wrong = [Reference(english, "Otra cosa.") for english, _ in PAIRS["es"][:10]]
    assert score(nllb, SPANISH, wrong).chrf < 30


def test_a_row_of_two_sentences_is_translated_as_two(nllb: CheckpointTranslator):
    row = Reference("Stop smoking. Eat less salt.", "Deje de fumar. Coma menos sal.")
    result = score(nllb, SPANISH, [row] * 4)
    assert (result.chrf, result.rows, result.sentences) == (100.0, 4, 8)


def test_refused_rows_are_counted_and_not_scored(nllb: CheckpointTranslator):
    rows = [Reference(*PAIRS["es"][0]), Reference("Stop smoking. It is ≥ 38.", "…")]
    result = score(nllb, SPANISH, rows)
    assert (result.rows, result.refused, result.chrf) == (1, 1, 100.0)
    (reason,) = result.reasons
    assert "≥" in reason


def test_nothing_translated_is_an_error(nllb: CheckpointTranslator):
    with pytest.raises(PermanentEngineError, match=r"No row was translated: .*cannot read"):
        score(nllb, SPANISH, [Reference("≥ 38", "≥ 38")])


def test_flagged_and_empty_rows_are_left_out(tmp_path: Path):
    rows = ["en\ttarget\tflags", 'He said "a\tb\t', "c\td\tbad", "\te\t", "f\t\t"]
    assert read_references(write(tmp_path / "x.tsv", *rows)) == [Reference('He said "a', "b")]


@pytest.mark.parametrize(
    ("rows", "reason"), [(["a\tb"], "no columns"), (["en\ttarget"], "no row to score")]
)
def test_a_file_of_another_kind_is_refused(tmp_path: Path, rows: list[str], reason: str):
    with pytest.raises(ValueError, match=reason):
        read_references(write(tmp_path / "x.tsv", *rows))


def run(*arguments: object) -> str:
    out = StringIO()
    call_command("score_translation", *map(str, arguments), stdout=out)
    return out.getvalue()


@pytest.mark.usefixtures("configured")
def test_the_command_prints_json(spanish: Path):
    result = json.loads(run("--lang", "es", "--tsv", spanish, "--limit", 8, "--json"))
    assert (result["chrf"], result["rows"], result["engine"]) == (100.0, 8, "nllb-tiny int8")
    assert result["sentences_per_second"] > 0


@pytest.mark.usefixtures("configured")
def test_the_command_prints_text(spanish: Path):
    text = run("--lang", "spa_Latn", "--tsv", spanish, "--engine", "nllb")
    assert "chrF++ 100.00" in text and "rows scored 10, refused 0" in text


@pytest.mark.usefixtures("configured")
@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["--lang", "xx"], "Unknown language"),
        (["--lang", "es", "--engine", "offline-pt"], "offline-pt is not set up for Spanish"),
        (["--lang", "en"], "translated from"),
        (["--lang", "es", "--limit", "0"], "--limit must be 1"),
    ],
)
def test_the_command_refuses_in_one_line(spanish: Path, arguments: list[str], reason: str):
    with pytest.raises(CommandError, match=reason):
        run("--tsv", spanish, *arguments)


@pytest.mark.usefixtures("configured")
def test_the_command_names_a_file_that_is_not_there(tmp_path: Path):
    with pytest.raises(CommandError, match="cannot be read: No such file"):
        run("--lang", "es", "--tsv", tmp_path / "none.tsv")
