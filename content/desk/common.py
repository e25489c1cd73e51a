"""What every page of the desk shares: who may come in, the frame, and how a refusal is shown."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from content.addresses import ours
from content.models import Job, User
from content.services import notifying
from content.services.errors import Refused

View = Callable[..., HttpResponseBase]


def staff(view: View) -> View:
    """Staff only, by the admin's own login."""
    return never_cache(admin.site.admin_view(view))


def verb(view: View) -> View:
    """A POST that a service may refuse: the refusal is shown on the page it came from.

    The view returns the address to go to; a refused one goes back to its page with the message.
    """

    @wraps(view)
    def wrapped(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, **kwargs)
        except Refused as refused:
            messages.error(request, refused.message)
            return redirect(ours(request, request.headers.get("referer"), "desk:home"))

    return staff(require_POST(wrapped))


def person(request: HttpRequest) -> User:
    return cast(User, request.user)


def page(request: HttpRequest, template: str, title: str, **context: Any) -> HttpResponse:
    """Render ``template`` inside the admin's frame; a notice that led here is read."""
    notifying.read(person(request), request.path)
    frame = admin.site.each_context(request)
    return render(request, template, {**frame, "title": title, **context})


def job_status(row: Job, address: str = "") -> JsonResponse:
    """Progress for the page that watches; ``address`` is where to go when the work is done."""
    return JsonResponse(
        {
            "state": row.job_state,
            "label": row.get_job_state_display(),
            "done": row.progress_done,
            "total": row.progress_total,
            "note": row.progress_note,
            "error": row.error,
            "next": address,
        }
    )


def opened(request: HttpRequest) -> int:
    """The key of the segment whose forms are open: a script opens them without asking for a page."""
    try:
        return int(request.GET.get("open", ""))
    except ValueError:
        return 0


def wants_json(request: HttpRequest) -> bool:
    """Whether a script asks: a browser that follows a form takes pages too."""
    return request.accepts("application/json") and not request.accepts("text/html")


def queue_away(request: HttpRequest) -> Callable[[], None]:
    text = _("Saved. The queue does not answer; the work begins by itself when it is back.")
    return lambda: messages.warning(request, text)
