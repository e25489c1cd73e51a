"""Whole addresses of what is served: an answer is read far from this site."""

from django.conf import settings
from django.urls import reverse

from content.models import Publication, RenderedFile


def page(publication: Publication) -> str:
    return _whole("portal:handout", publication.language, publication.handout.slug)


def pdf(publication: Publication, file: RenderedFile) -> str:
    return _whole("portal:pdf", publication.language, publication.handout.slug, file.paper)


def document(publication: Publication) -> str:
    return _whole("fhir:document", str(publication.pk))


def binary(file: RenderedFile) -> str:
    return _whole("fhir:binary", str(file.pk))


def _whole(name: str, *args: str) -> str:
    return settings.PUBLIC_URL + reverse(name, args=args)
