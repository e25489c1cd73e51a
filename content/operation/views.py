"""What programs ask: is the process alive, may it take work, how much waits."""

import hmac

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST

from content.operation import metrics
from content.services import health


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers; used by the supervisor and the container's health check."""
    return HttpResponse("ok", content_type="text/plain")


@never_cache
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """200 where everything that the process needs answers, else 503. Names what does not."""
    parts = health.parts()
    told = {part.name: {"ok": not part.problem, "seconds": part.seconds} for part in parts}
    # What went wrong may name hosts and folders: it stands in the log, not on a public page.
    for part in parts:
        if part.problem:
            metrics.logger.warning("not ready: %s: %s", part.name, part.problem)
    ready = not any(part.problem for part in parts)
    answer = {"ready": ready, "version": settings.VERSION, "parts": told}
    return JsonResponse(answer, status=200 if ready else 503)


@never_cache
@require_safe
def prometheus(request: HttpRequest) -> HttpResponse:
    """Figures for Prometheus, to whoever has the key; without one set there is no such page."""
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    key = settings.METRICS_KEY
    if not key or not hmac.compare_digest(given.encode(), key.encode()):
        raise Http404
    return HttpResponse(metrics.text(), content_type=CONTENT_TYPE_LATEST)
