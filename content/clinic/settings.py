"""What a clinic sets: the head of its handouts, and tokens for its programs."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import Http404, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from content.clinic.frame import both, looking, page, person, verb
from content.models import Clinic, Publication
from content.sending import send
from content.services import clinics
from content.services.errors import Refused

FIELDS = ("name", "phone", "after_hours")


@both
def head(request: HttpRequest, clinic: Clinic) -> HttpResponseBase:
    """Name, telephone and logo, as they stand at the head of every PDF of the clinic."""
    typed = {field: getattr(clinic, field) for field in FIELDS}
    refused = None
    if request.method == "POST":
        typed = {field: request.POST.get(field, "") for field in FIELDS}
        try:
            _save(request, clinic, typed)
        except Refused as error:
            refused = error
        else:
            messages.success(request, _("Saved. New PDFs carry the new head."))
            return redirect("clinic:head")
    clinic.refresh_from_db()
    return page(
        request, clinic, "clinic/head.html", _("Head of your handouts"),
        status=400 if refused else 200, typed=typed, refused=refused,
        sample=Publication.objects.public().order_by("-published_at").first(),
    )  # fmt: skip


def _save(request: HttpRequest, clinic: Clinic, typed: dict[str, str]) -> None:
    clinics.brand(
        person(request), clinic, **typed,
        logo=request.FILES.get("logo"), without_logo="no_logo" in request.POST,
    )  # fmt: skip


@looking
def logo(request: HttpRequest, clinic: Clinic) -> HttpResponseBase:
    if not clinic.logo:
        raise Http404
    sha256 = clinic.logo.rpartition("/")[2].removesuffix(".png")
    return send(request, clinic.logo, sha256, "image/png", private=True)


@both
def tokens(request: HttpRequest, clinic: Clinic) -> HttpResponse:
    """Tokens in force and taken back; a new one is shown in the answer to its form, and never again."""
    refused, secret, name = None, "", ""
    if request.method == "POST":
        name = request.POST.get("name", "")
        try:
            _token, secret = clinics.make_token(person(request), clinic, name)
            name = ""
        except Refused as error:
            refused = error
    rows = clinic.tokens.select_related("made_by", "revoked_by")
    return page(
        request, clinic, "clinic/tokens.html", _("Access for programs"),
        status=400 if refused else 200, rows=rows, secret=secret, name=name, refused=refused,
    )  # fmt: skip


@verb
def revoke(request: HttpRequest, clinic: Clinic, pk: int) -> HttpResponseBase:
    clinics.revoke_token(person(request), get_object_or_404(clinic.tokens, pk=pk))
    messages.success(request, _("The token opens nothing any more."))
    return redirect("clinic:tokens")
