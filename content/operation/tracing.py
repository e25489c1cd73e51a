"""Spans of requests and tasks for an OpenTelemetry collector, where `EDUENGINE_OTLP_ENDPOINT` is set.

Loaded only then. A span leaves with what stands in ``KEPT`` and nothing else: the pattern of an
address, never the address; the number of a row, never its words; of an error its kind.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from celery.signals import task_prerun
from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from opentelemetry import trace
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.instrumentation.celery import CeleryInstrumentor
from opentelemetry.instrumentation.django import DjangoInstrumentor
from opentelemetry.propagate import set_global_textmap
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import Event, ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor, SpanExporter, SpanExportResult
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator
from opentelemetry.trace.status import Status, StatusCode

from content.operation.requests import HEADER
from content.services.workflow import went_wrong

KEPT = frozenset({
    "http.method", "http.request.method", "http.status_code", "http.response.status_code",
    "http.route", "celery.action", "celery.state", "celery.task_name", "celery.retries",
    "messaging.destination", "messaging.message_id", "error.type",
    "eduengine.row", "eduengine.request",
})  # fmt: skip
_KIND = "exception.type"
_SECONDS = 5  # for a collector to take a batch: nobody waits for it


class Reticent(SpanExporter):
    """Hands on to ``exporter`` what may leave the house of each span."""

    def __init__(self, exporter: SpanExporter) -> None:
        self._exporter = exporter

    def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:
        return self._exporter.export([reticent(span) for span in spans])

    def shutdown(self) -> None:
        self._exporter.shutdown()

    def force_flush(self, timeout_millis: int = 30_000) -> bool:
        return self._exporter.force_flush(timeout_millis)


def reticent(span: ReadableSpan) -> ReadableSpan:
    """``span`` with the attributes of ``KEPT`` and the kinds of its errors."""
    return ReadableSpan(
        name=span.name,
        context=span.context,
        parent=span.parent,
        resource=span.resource,
        attributes=_only(span.attributes, KEPT),
        events=[Event(one.name, _only(one.attributes, {_KIND}), one.timestamp)
                for one in span.events if one.name == "exception"],
        links=[trace.Link(one.context) for one in span.links],
        kind=span.kind,
        status=Status(span.status.status_code),
        start_time=span.start_time,
        end_time=span.end_time,
        instrumentation_scope=span.instrumentation_scope,
    )  # fmt: skip


def _only(given: Mapping[str, Any] | None, names: frozenset[str] | set[str]) -> dict[str, Any]:
    return {name: value for name, value in (given or {}).items() if name in names}


def start(process: str, exporter: SpanExporter | None = None) -> TracerProvider:
    """Begin to trace what this ``process`` ("web" or "worker") does."""
    # What a visitor's browser says besides the number of its trace is not passed on.
    set_global_textmap(TraceContextTextMapPropagator())
    resource = {"service.name": f"eduengine-{process}", "service.version": settings.VERSION}
    provider = TracerProvider(resource=Resource.create(resource))
    sink = exporter or OTLPSpanExporter(endpoint=_address(), timeout=_SECONDS)
    provider.add_span_processor(BatchSpanProcessor(Reticent(sink)))
    DjangoInstrumentor().instrument(tracer_provider=provider, response_hook=_answered)
    CeleryInstrumentor().instrument(tracer_provider=provider)  # type: ignore[no-untyped-call]
    # After Celery's own, which begins the span.
    task_prerun.connect(_begun)
    went_wrong.connect(_went_wrong)
    return provider


def stop(provider: TracerProvider) -> None:
    """Send what is left, and trace no more."""
    DjangoInstrumentor().uninstrument()
    CeleryInstrumentor().uninstrument()  # type: ignore[no-untyped-call]
    task_prerun.disconnect(_begun)
    went_wrong.disconnect(_went_wrong)
    provider.shutdown()


def _address() -> str:
    end = "/v1/traces"
    base: str = settings.OTLP_ENDPOINT
    return base if base.endswith(end) else base + end


def _answered(span: trace.Span, request: HttpRequest, response: HttpResponseBase) -> None:
    match = request.resolver_match
    _note_row(span, match.kwargs.get("pk") if match else None)
    span.set_attribute("eduengine.request", response.headers.get(HEADER, ""))


def _begun(args: tuple[Any, ...] = (), **kwargs: Any) -> None:
    _note_row(trace.get_current_span(), args[0] if args else None)


def _went_wrong(error: Exception, **kwargs: Any) -> None:
    """A task that put its row back, or failed it, has ended well for Celery."""
    span = trace.get_current_span()
    span.set_status(StatusCode.ERROR)
    span.set_attribute("error.type", type(error).__name__)


def _note_row(span: trace.Span, row: object) -> None:
    if isinstance(row, int):
        span.set_attribute("eduengine.row", row)
