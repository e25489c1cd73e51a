"""The refusal of patient data on a labelled set: what it catches, and what it wrongly stops."""

import csv
from pathlib import Path

import pytest

from content.text.privacy import patient_data

SET = Path(__file__).parent.parent / "data" / "privacy" / "sentences.tsv"
LEAST_RECALL, MOST_ALARMS = 0.95, 0.05


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str]]:
    with SET.open(newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def test_recall_and_false_alarms(rows):
    wanted = [row["text"] for row in rows if row["label"] == "yes"]
    harmless = [row["text"] for row in rows if row["label"] == "no"]
    missed = [text for text in wanted if not patient_data(text)]
    alarms = [text for text in harmless if patient_data(text)]
    assert len(rows) >= 200
    assert len(missed) / len(wanted) <= 1 - LEAST_RECALL, missed
    assert len(alarms) / len(harmless) <= MOST_ALARMS, alarms
