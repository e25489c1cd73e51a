"""What happened to one object, and the whole record as an auditor takes it away."""

import csv
import json

import pytest
from django.core.management import CommandError, call_command

from content.models import Decision, Event
from content.services import correcting, editing, record, reviewing, sealing, timeline
from tests import builders


def edit(edition, actor, text):
    segment = edition.segments.get(ordinal=6)
    return editing.edit_segment(segment=segment, actor=actor, text=text, shown=segment.text)


def test_the_newest_comes_first_and_reads_as_a_sentence(edition, ellen, carlos):
    edit(edition, ellen, "Take 500 mg of metformin two times a day with meals.")
    reviewing.return_edition(
        edition=edition, actor=carlos, reason="Say when to call.",
        shown=edition.compute_fingerprint(),
    )  # fmt: skip
    told = [f"{entry.who} {entry.what}" for entry in timeline.of(edition)]
    assert told == ["Carlos returned the English", "Ellen edited a sentence"]


def test_an_edit_shows_what_changed(edition, ellen):
    edit(edition, ellen, "Take 500 mg of metformin two times a day with meals.")
    before, after = timeline.of(edition)[0].changed
    assert "".join(run.words for run in before if run.differs).strip() == "twice"
    assert "".join(run.words for run in after if run.differs).strip() == "two times"


def test_only_what_is_about_it(edition, translation, teresa, source, ellen):
    record.note(Event.Kind.SOURCE_ADDED, source=source)
    row = translation.segments.first()
    correcting.edit_translation(row=row, actor=teresa, text="Metformina!", shown=row.text)
    assert [entry.what for entry in timeline.of(translation)] == ["edited a sentence"]
    assert [entry.what for entry in timeline.of(source)] == ["took the source in"]
    assert len(timeline.of(edition)) == 2  # its approval, and the translation's edit
    assert len(timeline.of(edition.handout)) == 2


def test_a_publication_shows_its_approval_and_going_public(approved):
    publication = builders.make_public(approved.publications.get(language="en"))
    told = [entry.what for entry in timeline.of(publication)]
    assert told == ["made it public", "approved the English"]


def test_no_more_than_asked_for(edition, ellen):
    for n in range(5):
        record.note(Event.Kind.EDITED, actor=ellen, edition=edition, before="", after=str(n))
    assert len(timeline.of(edition, 3)) == 3


@pytest.fixture
def entries(approved, ellen) -> list[dict]:
    record.note(Event.Kind.EDITED, actor=ellen, edition=approved, before='=1+1 "x"', after="ação")
    sealing.seal_missed()
    return list(timeline.export())


def test_the_export_has_every_entry_in_order(entries):
    assert len(entries) == Decision.objects.count() + Event.objects.count() == 2
    assert [row["entry"] for row in entries] == ["decision", "event"]
    assert [row["seal"] for row in entries] == [1, 2]
    assert entries[0]["actor"] == "carlos"
    assert entries[0]["at"].endswith("+00:00")


def test_csv_and_json_hold_the_same(entries, tmp_path):
    call_command("export_record", str(tmp_path / "record.csv"))
    call_command("export_record", str(tmp_path / "record.json"))
    assert json.loads((tmp_path / "record.json").read_text()) == entries
    with (tmp_path / "record.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["seal_sha256"] for row in rows] == [row["seal_sha256"] for row in entries]
    assert json.loads(rows[1]["detail"]) == entries[1]["detail"]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_begins_a_formula(start):
    row = dict.fromkeys(timeline.COLUMNS, "") | {"reason": f"{start}cmd|' /C calc'!A0"}
    line = list(timeline.as_csv([row]))[1]
    assert f"'{start}cmd" in line


def test_an_empty_record_is_valid_json():
    assert json.loads("".join(timeline.as_json([]))) == []


@pytest.mark.parametrize(
    ("name", "says"),
    [("record.txt", "end in .csv or .json"), ("no/where.csv", "cannot be written")],
)
def test_a_file_that_cannot_be_is_refused(db, tmp_path, name, says):
    with pytest.raises(CommandError, match=says):
        call_command("export_record", str(tmp_path / name))
