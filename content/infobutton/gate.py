"""What every door for programs has in common: who asks, how often, and what caches may do.

A token is not needed: what is served is public. With one, a clinic's requests are counted as the
clinic's and have a wider limit. A token that is not in force is refused, never taken for nobody.
"""

import hashlib
import ipaddress
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.views.decorators.csrf import csrf_exempt

from content.infobutton import limits
from content.models import Clinic
from content.services import serving

Refuse = Callable[[HttpRequest, int, str], HttpResponse]
View = Callable[..., HttpResponse]


@dataclass(frozen=True, slots=True)
class Caller:
    clinic: Clinic | None = None


class TurnedAway(Exception):
    def __init__(self, status: int, message: str, **headers: str) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}


def door(refuse: Refuse) -> Callable[[View], View]:
    """A view for programs, ``view(request, caller, …)``. ``refuse`` writes its refusals."""

    def decorate(view: View) -> View:
        # Nothing but reading is served, so there is nothing to forge.
        @csrf_exempt
        @wraps(view)
        def wrapped(request: HttpRequest, **kwargs: Any) -> HttpResponse:
            if request.method == "OPTIONS":
                return _open_to_all(HttpResponse(status=204))
            try:
                caller = _admit(request)
            except TurnedAway as turned:
                response = refuse(request, turned.status, turned.message)
                _put(response, turned.headers)
            else:
                response = _conditional(request, view(request, caller, **kwargs))
            return _open_to_all(response)

        return wrapped

    return decorate


def _admit(request: HttpRequest) -> Caller:
    if request.method not in ("GET", "HEAD"):
        raise TurnedAway(405, "Only GET is answered here.", Allow="GET, HEAD, OPTIONS")
    header = request.headers.get("Authorization", "")
    scheme, _, secret = header.partition(" ")
    token = serving.bearer(secret.strip()) if scheme.lower() == "bearer" else None
    if token:
        seconds = limits.wait(f"token:{token.pk}", settings.RATE_PER_TOKEN)
    else:
        seconds = limits.wait(f"address:{_address(request)}", settings.RATE_PER_ADDRESS)
    if seconds:
        raise TurnedAway(429, f"Too many requests. Try again in {seconds} seconds.",
                         Retry_After=str(seconds))  # fmt: skip
    if header and not token:
        raise TurnedAway(401, "This token is not known, or not in force any more.",
                         WWW_Authenticate="Bearer")  # fmt: skip
    return Caller(token.clinic if token else None)


def _address(request: HttpRequest) -> str:
    """The visitor's address behind our proxies; of IPv6 the network that one subscriber has."""
    try:
        found = ipaddress.ip_address(get_adapter().get_client_ip(request))
    except (PermissionDenied, ImproperlyConfigured, ValueError):
        return "unknown"
    if found.version == 4:
        return str(found)
    return str(ipaddress.ip_network((found, 64), strict=False).network_address)


def _conditional(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Caches ask again each time, so that a withdrawal is felt at once, and get 304 if it is the same."""
    if response.status_code != 200:
        return response
    if not response.has_header("ETag"):
        response["ETag"] = f'"{hashlib.sha256(response.content).hexdigest()}"'
    return get_conditional_response(request, etag=response["ETag"], response=response) or response


def _put(response: HttpResponse, headers: Mapping[str, str]) -> None:
    for name, value in headers.items():
        response[name] = value


def _open_to_all(response: HttpResponse) -> HttpResponse:
    _put(response, {
        "Access-Control-Allow-Origin": "*",
        "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
        "Access-Control-Allow-Headers": "Authorization, Accept, If-None-Match",
        "Access-Control-Expose-Headers": "ETag, Retry-After",
        "Cross-Origin-Resource-Policy": "cross-origin",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "public, no-cache" if response.status_code < 400 else "no-store",
    })  # fmt: skip
    return response
