import datetime as dt

from django.utils import timezone

from content.models import Event, Source, Statement
from content.services import vetting
from content.services.library import import_sources
from content.text.sources import parse_markdown

SHEET = """---
title: Test sheet
slug: test-sheet
language: en
publisher: Test library
follows:
  - Test authority https://example.org/
licence: CC0-1.0
review_by: 2027-11-01
topics:
  - ICD-10-CM I10 Essential (primary) hypertension
---

## What to do

- Check your blood pressure each day.
- Write the numbers down.
"""


def load(text: str = SHEET):
    return import_sources([parse_markdown(text, "test-sheet.md")])


def test_an_import_stores_statements_and_topics(db):
    report = load()
    source = Source.objects.get()
    assert (report.added, report.statements_added) == (["Test sheet"], 2)
    assert [s.section for s in source.statements.all()] == ["What to do"] * 2
    assert source.topics.get().code == "I10"


def test_the_same_import_again_changes_nothing(db):
    load()
    before = list(Statement.objects.values())
    assert load().unchanged == ["Test sheet"]
    assert list(Statement.objects.values()) == before


def test_a_changed_document_retires_what_is_gone_and_keeps_the_rest(db):
    load()
    kept = Statement.objects.get(text__startswith="Check")
    report = load(SHEET.replace("Write the numbers down.", "Bring the numbers to each visit."))
    assert (report.changed, report.statements_added, report.statements_retired) == (
        ["Test sheet"], 1, 1,
    )  # fmt: skip
    assert Statement.objects.get(pk=kept.pk).retired is False
    assert Statement.objects.get(text="Write the numbers down.").retired is True


def test_a_statement_that_returns_is_live_again(db):
    load()
    load(SHEET.replace("- Write the numbers down.\n", ""))
    load()
    assert not Statement.objects.filter(retired=True).exists()


def test_another_text_takes_the_vetting_away(carlos):
    load()
    source = Source.objects.get()
    day = timezone.localdate() + dt.timedelta(days=30)
    vetting.vet(source=source, actor=carlos, review_by=day, shown=source.digest)
    load(SHEET.replace("Write the numbers down.", "Bring the numbers to each visit."))
    source.refresh_from_db()
    assert not source.is_vetted
    assert Event.objects.get(kind="source_changed").data["was_vetted_by"] == carlos.pk


def test_the_same_text_keeps_its_vetting(carlos):
    load()
    source = Source.objects.get()
    day = timezone.localdate() + dt.timedelta(days=30)
    vetting.vet(source=source, actor=carlos, review_by=day, shown=source.digest)
    load()
    source.refresh_from_db()
    assert (source.vetted_by, source.review_by) == (carlos, day)


def test_progress_is_told_by_the_chunk(db):
    sheets = [SHEET.replace("test-sheet", f"sheet-{n}") for n in range(120)]
    told = []
    import_sources(
        [parse_markdown(sheet, f"sheet-{n}.md") for n, sheet in enumerate(sheets)],
        lambda done, total: told.append((done, total)),
    )
    assert told == [(50, 120), (100, 120), (120, 120)]
