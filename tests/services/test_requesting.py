"""Asking for a handout: bad input gets one clear message at the field, and nothing is stored."""

import pytest

from content.models import Event, Request, Source, Statement
from content.services import workflow
from content.services.drafting import MAX_STATEMENTS, request_handout
from content.services.errors import Refused


def ask(actor, source, **changes):
    values = {"topic": "Metformin", "sources": [source], "language_codes": ["pt-BR"]} | changes
    return request_handout(actor=actor, **values)


def test_a_request_waits_for_a_worker(ellen, source):
    row = ask(ellen, source, language_codes=["pt-BR", "es", "es", "en"])
    assert (row.job_state, row.languages) == ("waiting", ["pt-BR", "es"])
    assert Event.objects.get().kind == "requested"


@pytest.mark.parametrize(
    ("changes", "field", "says"),
    [
        ({"language_codes": ["xx"]}, "languages", "Unknown language “xx”"),
        ({"topic": "  "}, "topic", "Write the topic"),
        ({"topic": "x" * 121}, "topic", "too long"),
        ({"sources": []}, "sources", "at least one source"),
        ({"grade": 2}, "grade", "from 3 to 12"),
        ({"purpose": "dance"}, "purpose", "purpose from the list"),
        ({"audience": "cats"}, "audience", "audience from the list"),
        ({"note": "x" * 5_000_000}, "note", "5,000,000 characters"),
        ({"note": "For John Smith, MRN 12345678."}, "note", "patient's data"),
        ({"note": "DOB 03/04/1961"}, "note", "patient's data"),
        ({"topic": "Call maria@example.org"}, "topic", "patient's data"),
    ],
)
def test_bad_input_is_refused_at_its_field(ellen, source, changes, field, says):
    with pytest.raises(Refused, match=says) as refusal:
        ask(ellen, source, **changes)
    assert refusal.value.field == field
    assert not Request.objects.exists()


def test_only_an_educator_asks(carlos, source):
    with pytest.raises(Refused, match="educator"):
        ask(carlos, source)


def test_a_source_with_too_many_statements_is_refused(ellen, source):
    for n in range(MAX_STATEMENTS + 1):
        Statement.objects.create(source=source, ordinal=100 + n, text=f"Fact {n}.", fingerprint=n)
    with pytest.raises(Refused, match="64 statements"):
        ask(ellen, source)


def test_a_source_in_another_language_is_refused(ellen, db):
    spanish = Source.objects.create(
        external_id="es", title="Dolor", publisher="x", language="es", digest="1"
    )
    with pytest.raises(Refused, match="Only English sources"):
        ask(ellen, spanish)


def test_a_waiting_request_can_be_cancelled_once(ellen, source):
    row = ask(ellen, source)
    workflow.cancel(row, actor=ellen)
    row.refresh_from_db()
    assert row.job_state == "cancelled"
    with pytest.raises(Refused, match="no longer running"):
        workflow.cancel(row, actor=ellen)
