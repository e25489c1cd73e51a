"""What workers are told of: each waiting row once, the most urgent first, and again when it is lost."""

import datetime as dt
import json
import subprocess
from collections.abc import Iterator

import pytest
import redis
from celery import current_app

from content import tasks
from content.engines.base import TemporaryEngineError
from content.models import Request
from content.services import watching, workflow
from eduengine.demo import free_port
from tests.stack import valkey, wait_until

pytestmark = pytest.mark.django_db

PRIORITIES = ("", "\x06\x163", "\x06\x166", "\x06\x169")


@pytest.fixture
def broker(tmp_path, monkeypatch) -> Iterator[redis.Redis]:
    port = free_port()
    process = subprocess.Popen(valkey(port, tmp_path), stdout=subprocess.DEVNULL)
    client = redis.Redis(port=port)
    monkeypatch.setattr(current_app.conf, "broker_url", f"redis://127.0.0.1:{port}/0")
    current_app._after_fork()  # no connection of before
    wait_until(lambda: _answers(client), 20, "for Valkey")
    yield client
    current_app._after_fork()
    client.close()
    process.kill()
    process.wait()


def _answers(client: redis.Redis) -> bool:
    try:
        return bool(client.ping())
    except redis.ConnectionError:
        return False


def told(client: redis.Redis, queue: str) -> list[str]:
    """The messages of a queue as "task:row", first the one that a worker takes first."""
    found = []
    for priority in PRIORITIES:
        for message in reversed(client.lrange(f"{queue}{priority}", 0, -1)):
            headers = json.loads(message)["headers"]
            found.append(f"{headers['task'].rpartition('.')[2]}:{headers['argsrepr']}")
    return found


def requests(ellen, count: int) -> list[Request]:
    return [Request.objects.create(topic=f"{n}", requested_by=ellen) for n in range(count)]


def test_a_row_is_sent_once_while_its_message_waits(broker, ellen):
    rows = requests(ellen, 3)
    for _time in range(4):
        assert tasks.send_waiting()
    assert told(broker, "llm") == [f"draft:({row.pk},)" for row in rows]
    rows += requests(ellen, 1)
    assert tasks.send_waiting()
    assert told(broker, "llm") == [f"draft:({row.pk},)" for row in rows]


def test_what_an_emptied_broker_lost_is_sent_again(broker, ellen):
    rows = requests(ellen, 2)
    tasks.send_waiting()
    broker.flushall()
    tasks.send_waiting()
    assert told(broker, "llm") == [f"draft:({row.pk},)" for row in rows]


def test_a_message_that_has_grown_old_is_replaced(broker, ellen, settings):
    old, new = requests(ellen, 2)
    tasks.send_waiting()
    past = dt.timedelta(seconds=settings.MESSAGE_SECONDS + 1)
    Request.objects.filter(pk=old.pk).update(sent_at=new.created_at - past)
    tasks.send_waiting()
    assert told(broker, "llm") == [f"draft:({pk},)" for pk in (old.pk, new.pk, old.pk)]


@pytest.mark.parametrize("back", ["put back by the sweep", "tried again", "released"])
def test_a_row_that_waits_anew_is_told_of_anew(broker, ellen, back):
    row, _other = requests(ellen, 2)
    tasks.send_waiting()
    _wait_anew(row, ellen, back)
    tasks.send_waiting()
    assert told(broker, "llm").count(f"draft:({row.pk},)") == 2


def _wait_anew(row: Request, ellen, back: str) -> None:
    def away(row, claim):
        raise TemporaryEngineError("away")

    match back:
        case "put back by the sweep":
            workflow.claim(Request, row.pk)
            Request.objects.filter(pk=row.pk).update(claimed_until=row.created_at)
            workflow.sweep()
        case "tried again":
            workflow.run(Request, row.pk, away)
            Request.objects.filter(pk=row.pk).update(not_before=row.created_at)
        case _:
            workflow.cancel(row, actor=ellen)
            workflow.release(row, actor=ellen)


def test_rows_wait_for_a_broker_that_is_away(broker, ellen):
    rows = requests(ellen, 2)
    broker.config_set("maxmemory", "1")  # it answers, and takes nothing more
    assert not tasks.send_waiting()
    assert Request.objects.filter(sent_at=None).count() == 2
    broker.config_set("maxmemory", "0")
    assert tasks.send_waiting()
    assert told(broker, "llm") == [f"draft:({row.pk},)" for row in rows]


def test_no_broker_at_all(ellen, monkeypatch):
    monkeypatch.setattr(current_app.conf, "broker_url", f"redis://127.0.0.1:{free_port()}/0")
    current_app._after_fork()
    requests(ellen, 1)
    assert not tasks.send_waiting()
    assert Request.objects.filter(sent_at=None).count() == 1


def test_the_sweep_passes_everything_and_files_pass_texts(broker):
    for task, pk in ((tasks.publish, 1), (tasks.make_print, 2)):
        task.delay(pk)
    tasks.sweep.delay()
    assert told(broker, "render") == ["sweep:()", "make_print:(2,)", "publish:(1,)"]


def test_who_asks_for_workers_of_a_broker_without_any(broker):
    assert watching.workers() == {}


def test_of_what_workers_say_the_rows_are_told():
    said = [
        {"name": "content.tasks.draft", "args": [3]},
        {"name": "content.tasks.sweep", "args": []},
    ]
    assert list(watching._work([*said, {"name": "x", "args": None}])) == [
        ("content.tasks.draft", 3)
    ]
