"""What a person chooses for their own account."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme

from content.desk.common import person, verb
from content.services import people


@verb
def language(request: HttpRequest) -> HttpResponse:
    """Read the desk in another language, here and wherever one signs in next."""
    people.read_in(person(request), request.POST.get("language", ""))
    return redirect(_back(request))


@verb
def toured(request: HttpRequest) -> HttpResponse:
    people.end_tour(person(request))
    return redirect("desk:home")


def _back(request: HttpRequest) -> str:
    address = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(address, {request.get_host()}, request.is_secure())
    return address if ours else "desk:home"
