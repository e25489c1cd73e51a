"""A person reading a handout aloud: uploaded, played back, replaced and removed."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from content import languages
from content.clinic.frame import both, looking, page, person, verb
from content.models import Clinic, Publication, Recording
from content.sending import send
from content.services import clinics
from content.services.errors import Refused

# For the file chooser; what counts is the content.
ACCEPT = ".mp3,.m4a,.aac,.ogg,.opus,audio/mpeg,audio/mp4,audio/aac,audio/ogg"


@both
def recording(request: HttpRequest, clinic: Clinic, pk: int) -> HttpResponseBase:
    publication = _publication(pk)
    refused = None
    if request.method == "POST":
        try:
            _keep(request, clinic, publication)
        except Refused as error:
            refused = error
        else:
            messages.success(request, _("The recording is kept. Listen to it once."))
            return redirect("clinic:recording", pk=pk)
    return page(
        request, clinic, "clinic/recording.html", publication.title,
        status=400 if refused else 200, refused=refused, accept=ACCEPT,
        publication=publication, language=languages.get(publication.language),
        recording=Recording.objects.filter(publication=publication).first(),
    )  # fmt: skip


def _keep(request: HttpRequest, clinic: Clinic, publication: Publication) -> None:
    file = request.FILES.get("recording")
    if file is None:
        raise Refused(_("Choose a file."), "recording")
    clinics.keep_recording(person(request), clinic, publication, file)


@looking
def sound(request: HttpRequest, clinic: Clinic, pk: int) -> HttpResponse | HttpResponseBase:
    row = get_object_or_404(Recording, publication=_publication(pk))
    return send(request, row.name, row.sha256, row.media_type, private=True)


@verb
def remove(request: HttpRequest, clinic: Clinic, pk: int) -> HttpResponseBase:
    clinics.remove_recording(person(request), get_object_or_404(clinic.recordings, publication=pk))
    messages.success(request, _("The recording is removed."))
    return redirect("clinic:recording", pk=pk)


def _publication(pk: int) -> Publication:
    return get_object_or_404(Publication.objects.public().select_related("handout"), pk=pk)
