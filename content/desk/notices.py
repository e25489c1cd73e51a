"""What the desk told a person, newest first, and how often by mail."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from content.desk.common import page as desk_page
from content.desk.common import person, staff, verb
from content.models import Mail
from content.services import notifying
from content.services.errors import Refused

PAGE = 50


@staff
def page(request: HttpRequest) -> HttpResponse:
    me = person(request)
    found = Paginator(me.notices.all(), PAGE).get_page(request.GET.get("page"))
    return desk_page(
        request, "desk/notices.html", _("Notices"),
        found=found, unread=notifying.unread(me), wishes=Mail.choices, wish=me.mail,
    )  # fmt: skip


@staff
def follow(request: HttpRequest, pk: int) -> HttpResponse:
    """Go to what a notice is about; it is read then."""
    notice = get_object_or_404(person(request).notices, pk=pk)
    notifying.read(person(request), notice.address)
    return redirect(notice.address)


@verb
def read_all(request: HttpRequest) -> HttpResponse:
    notifying.read_all(person(request))
    return redirect("desk:notices")


@verb
def wish(request: HttpRequest) -> HttpResponse:
    """How often the person wants mail."""
    word = request.POST.get("mail", "")
    if word not in Mail.values:
        raise Refused(_("Choose how often you want mail."))
    notifying.wish(person(request), Mail(word))
    messages.success(request, _("Saved."))
    return redirect("desk:notices")
