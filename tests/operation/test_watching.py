"""What programs that watch are told."""

import json
import logging
import re

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from content import tasks
from content.models import Event, TermbaseEntry, rules
from content.operation.requests import HEADER
from content.services import health, record, sealing, watching
from content.services.fresh import ASKED, Fresh
from tests import builders

pytestmark = pytest.mark.django_db
KEY = "key-of-the-tests"


def test_ready_names_what_does_not_answer(client, settings):
    settings.CELERY_BROKER_URL = "redis://127.0.0.1:1/0"
    answer = client.get("/readyz")
    parts = answer.json()["parts"]
    assert answer.status_code == 503
    assert set(parts) == {"database", "broker", "fonts", "storage"}
    assert parts["database"]["ok"]
    assert not parts["broker"]["ok"]
    assert b"127.0.0.1" not in answer.content


def test_a_broker_that_is_away_is_told_without_a_wait(settings, monkeypatch):
    """Who asks whether we are ready, or for figures, gives up after some seconds."""
    slept: list[float] = []
    monkeypatch.setattr("kombu.utils.functional.sleep", slept.append)
    settings.CELERY_BROKER_URL = "redis://127.0.0.1:1/0"
    assert next(part.problem for part in health.parts() if part.name == "broker")
    assert sum(slept) == 0


def test_a_full_disk_is_told_before_a_render_fails(settings, monkeypatch, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(health, "MIN_FREE_BYTES", 2**80)
    assert "free" in next(part.problem for part in health.parts() if part.name == "storage")


@pytest.mark.parametrize(
    ("key", "given", "status"),
    [("", "", 404), ("", KEY, 404), (KEY, "", 404), (KEY, "kéy", 404), (KEY, KEY, 200)],
)
def test_metrics_are_for_who_has_the_key(client, settings, key, given, status):
    settings.METRICS_KEY = key
    answer = client.get("/metrics", headers={"Authorization": f"Bearer {given}"})
    assert answer.status_code == status


def test_metrics_tell_of_work_and_name_nobody(client, settings, edition, carlos):
    settings.METRICS_KEY = KEY
    builders.translation(builders.approve(edition, carlos), "pt-BR")
    client.get("/en/")
    text = client.get("/metrics", headers={"Authorization": f"Bearer {KEY}"}).content.decode()
    assert 'eduengine_queue_rows{queue="publication",state="waiting"} 1.0' in text
    assert 'eduengine_queue_oldest_seconds{queue="request"} 0.0' in text
    assert 'eduengine_translated_segments{origin="machine"}' in text
    assert 'eduengine_http_seconds_count{door="portal",status="200"}' in text
    assert edition.handout.title not in text
    assert "carlos" not in text


def test_every_answer_has_a_number_that_the_log_repeats(client, caplog):
    given = client.get("/healthz", headers={HEADER: "from-a-proxy-1"})
    assert given.headers[HEADER] == "from-a-proxy-1"
    made = client.get("/healthz", headers={HEADER: "evil\tline"})
    assert len(made.headers[HEADER]) == 32


def test_the_log_can_be_json(settings):
    form = settings.LOGGING["formatters"]["json"]
    from pythonjsonlogger.json import JsonFormatter

    formatter = JsonFormatter(form["fmt"], rename_fields=form["rename_fields"])
    record = logging.LogRecord("content", logging.INFO, "f", 1, "said %s", ("it",), None)
    record.request_id = "abc"
    line = json.loads(formatter.format(record))
    assert line | {"at": ""} == {
        "at": "", "level": "INFO", "logger": "content", "request_id": "abc", "message": "said it",
    }  # fmt: skip


def told(client, settings) -> str:
    settings.METRICS_KEY = KEY
    answer = client.get("/metrics", headers={"Authorization": f"Bearer {KEY}"})
    return answer.content.decode()


def test_metrics_tell_of_the_house(client, settings, edition):
    settings.CELERY_BROKER_URL = "redis://127.0.0.1:1/0"
    text = told(client, settings)
    assert 'eduengine_part_ready{part="database"} 1.0' in text
    assert 'eduengine_part_ready{part="broker"} 0.0' in text
    # What is not known is not told as nought.
    for name in ("sweep_age_seconds", "backup_age_seconds", "record_breaks"):
        assert f"\neduengine_{name} " not in text
    watching.note_sweep()
    watching.note_backup()
    watching.note_breaks(2)
    text = told(client, settings)
    assert re.search(r"\neduengine_sweep_age_seconds \d", text)
    assert re.search(r"\neduengine_backup_age_seconds \d", text)
    assert "\neduengine_record_breaks 2.0" in text


def test_metrics_tell_of_entries_without_a_seal(client, settings, edition):
    made = record.note("requested")
    assert "\neduengine_record_unsealed 0.0" in told(client, settings)
    rules.uninstall(connection)
    Event.objects.filter(pk=made.pk).update(at=timezone.now() - 2 * sealing.GRACE)
    rules.install(connection)
    assert "\neduengine_record_unsealed 1.0" in told(client, settings)


def test_metrics_tell_of_tokens_by_model(client, settings, edition):
    for ordinal, tokens in ((4, 20), (6, 22)):
        provenance = {"model": "small", "tokens": tokens}
        edition.segments.filter(ordinal=ordinal).update(provenance=provenance)
    assert 'eduengine_writer_tokens{model="small"} 42.0' in told(client, settings)


def test_a_table_that_did_not_change_is_a_hit():
    kept = Fresh(TermbaseEntry, "updated_at", lambda language, rows: len(rows))
    before = [ASKED.labels("termbaseentry", result)._value.get() for result in ("hit", "miss")]
    TermbaseEntry.objects.create(language="es", source="dose", preferred="dosis")
    assert [kept.of("es"), kept.of("es")] == [1, 1]
    after = [ASKED.labels("termbaseentry", result)._value.get() for result in ("hit", "miss")]
    assert [new - old for new, old in zip(after, before, strict=True)] == [1, 1]


def test_the_daily_walk_tells_of_breaks(caplog, edition):
    record.note("requested")
    sealing.seal_missed()
    tasks.daily()
    assert watching.breaks() == 0
    rules.uninstall(connection)
    Event.objects.update(data={"changed": True})
    with caplog.at_level(logging.ERROR):
        tasks.daily()
    assert watching.breaks() == 1
    assert "the chain breaks in 1 places" in caplog.text


@pytest.mark.django_db(transaction=True)
def test_a_backup_is_noted(tmp_path):
    call_command("backup", tmp_path / "x.zip", "--json")
    assert watching.backed_up_at()
