"""What programs that watch are told."""

import json
import logging

import pytest

from content.operation.requests import HEADER
from content.services import health
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
