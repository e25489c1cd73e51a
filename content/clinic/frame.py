"""What every page of a clinic shares: who may come in, and the frame."""

import re
from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from content.addresses import ours
from content.clinic import basket
from content.models import Clinic, User
from content.services import clinics
from content.services.errors import Refused

# Called with the request and the clinic of whoever asks.
View = Callable[..., HttpResponseBase]
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
