"""What browsers are told to refuse: scripts, styles, frames and powers that no page of ours needs."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

# Rooms whose frame is the theme of the admin.
_STAFF = ("/admin/", "/desk/", "/account/", "/clinic/")
_POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "media-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "worker-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
# The theme's own inline styles, by hash: its colours, and those of its HTMX. A new version of the
# theme may have others: tests/doors/test_desk_axe.py tells.
_THEME_STYLES = (
    "sha256-DDBlmX/4xg7bWfcKVtUYS7WebFlEFMTgJ1jE4+8ZUls=",
    "sha256-bsV5JivYxvGywDAZ22EZJKBFip65Ng9xoJVLbBg7bdo=",
)
# The theme's Alpine.js builds functions from attributes. Inline scripts stay refused.
_STAFF_POLICY = _POLICY | {
    "script-src": "'self' 'unsafe-eval'",
    "style-src": " ".join(["'self'", *(f"'{one}'" for one in _THEME_STYLES)]),
}
# Read aloud and print need none of these.
_POWERS = ("camera", "display-capture", "geolocation", "microphone", "payment", "usb", "serial")
_PERMISSIONS = ", ".join(f"{power}=()" for power in _POWERS)


class Headers:
    """Middleware: content security policy by room, and the powers of the browser that stay off."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        policy = _STAFF_POLICY if request.path_info.startswith(_STAFF) else _POLICY
        response.headers.setdefault("Content-Security-Policy", _said(policy))
        response.headers.setdefault("Permissions-Policy", _PERMISSIONS)
        return response


def _said(policy: dict[str, str]) -> str:
    return "; ".join(f"{directive} {sources}" for directive, sources in policy.items())
