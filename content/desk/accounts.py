"""What a person chooses for their own account."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from content.addresses import ours
from content.desk.common import person, verb
from content.services import people


@verb
def language(request: HttpRequest) -> HttpResponse:
    """Read the desk in another language, here and wherever one signs in next."""
    people.read_in(person(request), request.POST.get("language", ""))
    return redirect(ours(request, request.POST.get("next"), "desk:home"))


@verb
def toured(request: HttpRequest) -> HttpResponse:
    people.end_tour(person(request))
    return redirect("desk:home")
