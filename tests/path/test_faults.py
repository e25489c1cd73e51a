"""Processes die, the broker goes away: nothing is lost, and people are told."""

import json
import os
import signal
import subprocess
import sys

import pytest

from tests.stack import MANAGE, ROOT, Stack, wait_until

pytestmark = [pytest.mark.stack]


def request(stack: Stack, topic: str) -> int:
    out = stack.manage(
        "request_handout", "--topic", topic, "--source", "library:metformin-test", "--json"
    )
    return json.loads(out.splitlines()[-1])["request"]


def state(stack: Stack, pk: int) -> dict:
    return stack.ask(
        f"Request.objects.values('job_state','error','progress_done','attempts').get(pk={pk})"
    )


def wait_for(stack: Stack, pk: int, wanted: str, seconds: float = 120) -> None:
    wait_until(lambda: state(stack, pk)["job_state"] == wanted, seconds, f"for {wanted}")


def test_the_command_follows_a_request_to_the_clinicians_gate(stack):
    out = stack.manage(
        "request_handout", "--topic", "Command line", "--source", "library:metformin-test", "--wait",
        "--json",
    )  # fmt: skip
    result = json.loads(out.splitlines()[-1])
    assert result["state"] == "done"
    edition = stack.ask(f"Edition.objects.values('state').get(pk={result['edition']})")
    assert edition["state"] == "in_review"


def test_numbers_survive_a_bad_model(stack):
    pk = request(stack, "Bad model")
    wait_for(stack, pk, "done")
    texts = stack.ask(
        f"list(Segment.objects.filter(edition__request={pk}).values_list('text', flat=True))"
    )
    assert any("500" in text for text in texts)
    assert any("911" in text for text in texts)


def test_a_killed_worker_is_replaced_and_the_draft_is_whole(stack):
    # The writer holds its breath, so that the worker is certainly in the middle when it dies.
    with stack.asleep("llm"):
        pk = request(stack, "Killed worker")
        wait_for(stack, pk, "running")
        stack.kill("worker")
    stack.start("worker")
    wait_for(stack, pk, "done", 180)
    assert stack.ask(f"Segment.objects.filter(edition__request={pk}, text='').count()") == 0
    assert stack.ask(f"Edition.objects.filter(request={pk}).count()") == 1


def test_a_dead_writer_is_named_and_waited_for(stack):
    stack.kill("llm")
    pk = request(stack, "Dead writer")
    told = wait_until(lambda: state(stack, pk)["error"], 90, "for a message")
    assert "writer" in told.lower()
    assert state(stack, pk)["job_state"] == "waiting"
    stack.start("llm")
    wait_for(stack, pk, "done", 180)


def test_a_request_made_without_the_broker_is_kept_and_done_later(stack):
    stack.kill("valkey")
    pk = request(stack, "No broker")
    assert state(stack, pk)["job_state"] == "waiting"
    stack.start("valkey")
    wait_for(stack, pk, "done", 180)


def test_ctrl_c_leaves_no_process(tmp_path):
    """The demo's supervisor stops everything that it started."""
    code = (
        "import sys; sys.path.insert(0, '.'); from eduengine import demo\n"
        "demo.STATE.mkdir(parents=True)\n"
        "env = demo.load_environment()\n"
        "demo.programs = lambda e: {'one': 'sleep 600', 'two': 'sleep 601'}\n"
        "import signal; p = demo.start_supervisor(env)\n"
        "signal.signal(signal.SIGINT, demo.interrupt); print('up', flush=True)\n"
        "try:\n    p.wait()\nexcept KeyboardInterrupt:\n    pass\nfinally:\n    demo.stop(p)\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, text=True,
        env={**os.environ, "EDUENGINE_VAR": str(tmp_path)}, start_new_session=True,
    )  # fmt: skip
    assert process.stdout.readline().strip() == "up"
    wait_until(lambda: _running("sleep 601"), 20, "for the processes")
    process.send_signal(signal.SIGINT)
    assert process.wait(60) == 0
    assert not _running("sleep 600")
    assert not _running("sleep 601")


def _running(command: str) -> bool:
    return subprocess.run(["pgrep", "-xf", command], capture_output=True).returncode == 0


def test_a_missing_setting_stops_the_start_with_one_line():
    done = subprocess.run(
        [*MANAGE, "check"], capture_output=True, text=True, cwd=ROOT,
        env={"PATH": "/usr/bin:/bin", "HOME": "/tmp"},
    )  # fmt: skip
    assert done.returncode != 0
    assert "EDUENGINE_SECRET_KEY is not set" in done.stderr


WATCHING = "__import__('content.services.watching', fromlist=['_'])"


def test_the_page_of_queues_sees_the_worker_its_row_and_the_sweep(stack):
    with stack.asleep("llm"):
        pk = request(stack, "Watched")
        wait_for(stack, pk, "running")
        [work] = stack.ask(f"{WATCHING}.workers()").values()
        assert ["content.tasks.draft", pk] in work
    wait_until(lambda: stack.ask(f"bool({WATCHING}.swept_at())"), 60, "for a sweep")
    wait_for(stack, pk, "done")
    # Workers log in the form of the settings: a line names its task and row.
    wait_until(lambda: f" draft:{pk} " in stack.log("worker"), 30, stack.log("worker")[-2000:])
