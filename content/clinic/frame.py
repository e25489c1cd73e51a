"""What every page of a clinic shares: who may come in, the frame, and files on their way out."""

import re
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from django.contrib import admin, messages
from django.core.files.storage import default_storage
from django.http import (
    FileResponse,
    HttpRequest,
    HttpResponse,
    HttpResponseNotModified,
)
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from content.addresses import ours
from content.clinic import basket
from content.models import Clinic, User
from content.services import clinics
from content.services.errors import Refused
from content.text import ranges

# Called with the request and the clinic of whoever asks.
View = Callable[..., HttpResponseBase]
Answer = TypeVar("Answer", bound=HttpResponseBase)
NUMBER = re.compile(r"\d{1,9}", re.ASCII)


def _inside(view: View) -> View:
    """Staff who belong to a clinic; ``view`` is handed that clinic, and never another one."""

    @wraps(view)
    def wrapped(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        clinic = person(request).clinic
        if clinic is None:
            return _without_clinic(request)
        return view(request, clinic, **kwargs)

    return never_cache(admin.site.admin_view(wrapped))


def looking(view: View) -> View:
    return _inside(require_safe(view))


def both(view: View) -> View:
    """A form that shows itself again, with what was typed, where a service refuses it."""
    return _inside(view)


def verb(view: View) -> View:
    """A POST that a service may refuse: the refusal is shown on the page that it came from."""

    @wraps(view)
    def wrapped(request: HttpRequest, clinic: Clinic, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, clinic, **kwargs)
        except Refused as refused:
            messages.error(request, refused.message)
            return redirect(ours(request, request.headers.get("referer"), "clinic:home"))

    return _inside(require_POST(wrapped))


def person(request: HttpRequest) -> User:
    return cast(User, request.user)


def page(
    request: HttpRequest, clinic: Clinic, template: str, title: str, status: int = 200,
    **context: Any,
) -> HttpResponse:  # fmt: skip
    """Render ``template`` inside the frame of the staff's pages."""
    frame = {
        **admin.site.each_context(request),
        "title": title,
        "clinic": clinic,
        "may_manage": clinics.may_manage(person(request), clinic),
        "in_basket": len(basket.keys(request)),
        "here": request.resolver_match.url_name if request.resolver_match else "",
    }
    return render(request, template, {**frame, **context}, status=status)


def _without_clinic(request: HttpRequest) -> HttpResponse:
    frame = admin.site.each_context(request)
    context = {**frame, "title": _("Your clinic")}
    return render(request, "clinic/none.html", context, status=403)


def number(text: str | None) -> int:
    """A whole number as forms send it; 0 for anything else."""
    return int(text) if text and NUMBER.fullmatch(text) else 0


# --- files --------------------------------------------------------------------------------------


def attachment(
    request: HttpRequest, name: str, *, sha256: str, filename: str, media_type: str
) -> HttpResponse | FileResponse | HttpResponseNotModified:
    """The file ``name`` of the storage, to be saved as ``filename``."""
    etag = f'"{sha256}"'
    if request.headers.get("If-None-Match") == etag:
        return HttpResponseNotModified(headers={"ETag": etag})
    response = FileResponse(
        default_storage.open(name), as_attachment=True, filename=filename, content_type=media_type
    )
    return private(response, etag)


def inline(
    request: HttpRequest, name: str, *, sha256: str, media_type: str
) -> HttpResponse | HttpResponseNotModified:
    """A small file of the storage, or the part of it that a player asks for."""
    etag = f'"{sha256}"'
    if request.headers.get("If-None-Match") == etag:
        return HttpResponseNotModified(headers={"ETag": etag})
    with default_storage.open(name) as handle:
        body = handle.read()
    asked = _part(request.headers.get("Range", ""), len(body))
    part = body[asked[0] : asked[1] + 1] if asked else body
    response = HttpResponse(part, status=206 if asked else 200, content_type=media_type)
    response["Accept-Ranges"] = "bytes"
    if asked:
        response["Content-Range"] = f"bytes {asked[0]}-{asked[1]}/{len(body)}"
    return private(response, etag)


def private(response: Answer, etag: str) -> Answer:
    """For this person alone, and asked for again each time: a withdrawal is felt at once."""
    response["ETag"] = etag
    response["X-Content-Type-Options"] = "nosniff"
    patch_cache_control(response, private=True, no_cache=True)
    return response


def _part(header: str, size: int) -> tuple[int, int] | None:
    """First and last byte of what a player asks for; ``None`` for the whole."""
    try:
        return ranges.parse(header, size)
    except ranges.Unsatisfiable:
        return None
