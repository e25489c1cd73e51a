"""Spans: a request and a task arrive with their rows; no text, no address, no statement does."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from celery import shared_task
from django.conf import settings as configured
from django.test import Client
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from content import tasks
from content.engines.base import PermanentEngineError
from content.models import Request
from content.operation import tracing

pytestmark = pytest.mark.django_db
MARK = "Take 7731 mg of markerine"
SECRETS = (
    MARK,
    "7731",
    "markerine",
    "marker.person@clinic.example",
    "203.0.113.77",
    "SELECT",
    "MarkBrowser",
)


@pytest.fixture
def spans() -> Iterator[InMemorySpanExporter]:
    """``spans.get_finished_spans()`` once the provider was told to hand over."""
    kept = InMemorySpanExporter()
    provider = tracing.start("web", kept)
    kept.flush = provider.force_flush
    yield kept
    tracing.stop(provider)


@shared_task(name="breaks")
def breaks(pk: int) -> None:
    raise ValueError(f"{MARK} for marker.person@clinic.example")


def visit(ellen) -> Client:
    client = Client(
        raise_request_exception=False, REMOTE_ADDR="203.0.113.77", HTTP_USER_AGENT="MarkBrowser",
        HTTP_BAGGAGE="words=markerine",
    )  # fmt: skip
    client.force_login(ellen)
    return client


def test_a_request_and_a_task_with_their_rows_and_nothing_they_say(spans, ellen, edition):
    row = Request.objects.create(topic=MARK, requested_by=ellen, job_state="done")
    client = visit(ellen)
    client.get(f"/desk/requests/{row.pk}/", {"q": MARK})
    client.get("/en/", {"q": f"{MARK} marker.person@clinic.example"})
    client.get("/en/markerine-7731/")
    tasks.draft.apply((row.pk,))
    breaks.apply((row.pk,))
    spans.flush()
    found = {span.name: span for span in spans.get_finished_spans()}
    page = found["GET desk/requests/<int:pk>/"]
    assert page.attributes["eduengine.row"] == row.pk
    assert len(page.attributes["eduengine.request"]) == 32
    assert found["run/content.tasks.draft"].attributes["eduengine.row"] == row.pk
    broken = found["run/breaks"]
    assert broken.status.status_code.name == "ERROR"
    text = "".join(span.to_json() for span in found.values())
    assert "GET <lang:language>/<slug:slug>/" in text
    for secret in SECRETS:
        assert secret not in text, text


def test_a_page_that_breaks_is_told_by_kind(spans, ellen, monkeypatch):
    def broken(*args, **kwargs):
        raise ValueError(MARK)

    monkeypatch.setattr("content.desk.home.overview.to_review_soon", broken)
    assert visit(ellen).get("/desk/", {"q": MARK}).status_code == 500
    spans.flush()
    [span] = [one for one in spans.get_finished_spans() if one.name == "GET desk/"]
    assert span.attributes.get("http.status_code") == 500
    assert MARK not in span.to_json()
    assert "7731" not in span.to_json()


def test_a_row_that_failed_is_an_error_though_its_task_ended(spans, ellen, monkeypatch):
    def broken(row, claim):
        raise PermanentEngineError(MARK)

    monkeypatch.setattr("content.services.drafting.draft", broken)
    row = Request.objects.create(topic=MARK, requested_by=ellen)
    tasks.draft.apply((row.pk,))
    row.refresh_from_db()
    assert row.job_state == "failed"
    spans.flush()
    [span] = spans.get_finished_spans()
    assert span.status.status_code.name == "ERROR"
    assert span.attributes["error.type"] == "PermanentEngineError"
    assert MARK not in span.to_json()


class Collector(ThreadingHTTPServer):
    """Takes OTLP over HTTP, as a collector does."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Take)
        self.bodies: list[bytes] = []
        self.paths: set[str] = set()
        threading.Thread(target=self.serve_forever, daemon=True).start()


class _Take(BaseHTTPRequestHandler):
    server: Collector

    def do_POST(self) -> None:
        self.server.bodies.append(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.paths.add(self.path)
        self.send_response(200)
        self.send_header("Content-Type", "application/x-protobuf")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *arguments: object) -> None:
        pass


def test_a_collector_receives_them(settings, ellen):
    collector = Collector()
    settings.OTLP_ENDPOINT = f"http://127.0.0.1:{collector.server_port}"
    row = Request.objects.create(topic=MARK, requested_by=ellen, job_state="done")
    provider = tracing.start("worker")
    try:
        visit(ellen).get(f"/desk/requests/{row.pk}/", {"q": MARK})
        tasks.draft.apply((row.pk,))
    finally:
        tracing.stop(provider)
        collector.shutdown()
    assert collector.paths == {"/v1/traces"}
    found = [ExportTraceServiceRequest.FromString(body) for body in collector.bodies]
    resources = [part for one in found for part in one.resource_spans]
    told = {
        span.name: {each.key: each.value.int_value for each in span.attributes}
        for part in resources
        for scope in part.scope_spans
        for span in scope.spans
    }
    assert told["GET desk/requests/<int:pk>/"]["eduengine.row"] == row.pk
    assert told["run/content.tasks.draft"]["eduengine.row"] == row.pk
    names = {each.value.string_value for part in resources for each in part.resource.attributes}
    assert "eduengine-worker" in names
    for secret in SECRETS:
        assert all(secret.encode() not in body for body in collector.bodies), secret


def test_a_collector_that_is_away_stops_nobody(settings, ellen):
    settings.OTLP_ENDPOINT = "http://127.0.0.1:1"
    provider = tracing.start("web")
    try:
        assert visit(ellen).get("/desk/").status_code == 200
    finally:
        tracing.stop(provider)


def loaded(endpoint: str) -> set[str]:
    """The tracing modules of a fresh web process."""
    code = (
        "import sys, eduengine.wsgi; print(*(m for m in sys.modules if m.startswith('opentelemetry')"
        " or m == 'content.operation.tracing'))"
    )
    environment = os.environ | {"EDUENGINE_OTLP_ENDPOINT": endpoint, "OTEL_SDK_DISABLED": "true"}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, cwd=configured.BASE_DIR,
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return set(done.stdout.splitlines()[-1].split())


def test_nothing_of_it_is_loaded_where_it_is_off(fonts):
    assert loaded("") == set()
    assert "content.operation.tracing" in loaded("http://127.0.0.1:1")
