"""The FHIR R4 door: search for handouts by code and language, and read their PDFs. JSON only."""

import json

from django.core.files.storage import default_storage
from django.http import HttpRequest, HttpResponse

from content.infobutton import finding, resources, searching
from content.infobutton.gate import Caller, door
from content.infobutton.resources import MEDIA_TYPE, Resource
from content.models import JobState, Publication, RenderedFile, Tally
from content.services import serving

# FHIR's names of what went wrong.
_ISSUES = {400: "invalid", 401: "login", 404: "not-found", 405: "not-supported", 410: "deleted",
           429: "throttled"}  # fmt: skip
_JSON_TYPES = (MEDIA_TYPE, "application/json", "application/json+fhir", "json")


def refuse(request: HttpRequest, status: int, message: str) -> HttpResponse:
    return _answer(resources.outcome(_ISSUES[status], message), status)


def _answer(resource: Resource, status: int = 200) -> HttpResponse:
    text = json.dumps(resource, ensure_ascii=False)
    return HttpResponse(text, content_type=f"{MEDIA_TYPE}; charset=utf-8", status=status)


@door(refuse)
def metadata(request: HttpRequest, caller: Caller) -> HttpResponse:
    return _answer(resources.capabilities(searching.PARAMETERS))


@door(refuse)
def documents(request: HttpRequest, caller: Caller) -> HttpResponse:
    try:
        search = searching.read(request.GET)
    except searching.BadSearch as bad:
        return refuse(request, 400, str(bad))
    total = search.rows.count()
    return _answer(resources.bundle(search.page(), total, search.pages(total)))


@door(refuse)
def document(request: HttpRequest, caller: Caller, key: str) -> HttpResponse:
    pk = searching.number(key)
    row = finding.public().filter(pk=pk).first()
    if row is None:
        return _missing(request, Publication.objects.filter(pk=pk).first())
    response = _answer(resources.document(row))
    response["Content-Language"] = row.language
    return response


def _missing(request: HttpRequest, publication: Publication | None) -> HttpResponse:
    """What was public once is gone; of what never was, nobody learns that it exists."""
    if publication and publication.published_at:
        return refuse(request, 410, "This document is not public any more.")
    return refuse(request, 404, "There is no such resource.")


@door(refuse)
def binary(request: HttpRequest, caller: Caller, key: str) -> HttpResponse:
    """The PDF itself, or within a ``Binary`` for those who ask for FHIR's JSON."""
    files = RenderedFile.objects.filter(clinic=None, job_state=JobState.DONE)
    file = files.select_related("publication").filter(pk=searching.number(key)).first()
    if file is None or file.publication.state != Publication.State.PUBLIC:
        return _missing(request, file.publication if file else None)
    try:
        with default_storage.open(file.name) as opened:
            data = opened.read()
    except OSError:
        return refuse(request, 404, "The file of this document is not there.")
    if request.method == "GET":
        serving.count(file.publication, Tally.Kind.ANSWERED, caller.clinic)
    if _wants_json(request):
        response = _answer(resources.binary(file, data))
    else:
        response = HttpResponse(data, content_type="application/pdf")
        response["Content-Disposition"] = f'inline; filename="handout-{file.pk}.pdf"'
    response["Content-Language"] = file.publication.language
    response["Vary"] = "Accept"
    return response


def _wants_json(request: HttpRequest) -> bool:
    wanted = request.GET.get("_format") or request.headers.get("Accept", "")
    return any(part.partition(";")[0].strip().lower() in _JSON_TYPES for part in wanted.split(","))


@door(refuse)
def unknown(request: HttpRequest, caller: Caller) -> HttpResponse:
    return refuse(request, 404, "Only DocumentReference, Binary and metadata are served here.")
