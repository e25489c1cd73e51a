"""Publications as FHIR R4 resources. What is built here is validated in the tests by `fhir.resources`."""

import base64
from collections.abc import Iterable, Sequence
from typing import Any

from django.conf import settings

from content.infobutton import codes, links
from content.models import Publication, RenderedFile

Resource = dict[str, Any]
MEDIA_TYPE = "application/fhir+json"
LOINC = "http://loinc.org"
# What the documents are: patient education.
TYPE = {"system": LOINC, "code": "34895-3", "display": "Education note"}


def document(publication: Publication) -> Resource:
    """A ``DocumentReference``: the page and the PDFs of one language; ``context.event`` its topics."""
    moment = publication.published_at.isoformat(timespec="seconds")  # type: ignore[union-attr]
    found: Resource = {
        "resourceType": "DocumentReference",
        "id": str(publication.pk),
        "meta": {"lastUpdated": moment},
        "language": publication.language,
        "status": "current",
        "type": {"coding": [TYPE]},
        "date": moment,
        "custodian": {"display": settings.CLINIC_NAME},
        "description": publication.title,
        "content": [{"attachment": attachment} for attachment in _attachments(publication)],
    }
    if events := [_concept(topic) for topic in publication.handout.topics.all()]:
        found["context"] = {"event": events}
    return found


def _concept(topic: Any) -> Resource:
    coding = {"system": codes.by_choice(topic.system).uri, "code": topic.code}
    return {"coding": [coding | {"display": topic.display}], "text": topic.display}


def _attachments(publication: Publication) -> list[Resource]:
    same = {"language": publication.language, "title": publication.title}
    page = {"contentType": "text/html", "url": links.page(publication)}
    prints = [
        {"contentType": "application/pdf", "url": links.binary(file), "size": file.size}
        for file in publication.prints  # type: ignore[attr-defined]  # of finding.public
    ]
    return [one | same for one in (*prints, page)]


def binary(file: RenderedFile, data: bytes) -> Resource:
    return {
        "resourceType": "Binary",
        "id": str(file.pk),
        "contentType": "application/pdf",
        "data": base64.b64encode(data).decode(),
    }


def bundle(rows: Sequence[Publication], total: int, pages: Iterable[tuple[str, str]]) -> Resource:
    """A page of a search; ``pages`` are the links to this one and its neighbours."""
    entries = [
        {"fullUrl": links.document(row), "resource": document(row), "search": {"mode": "match"}}
        for row in rows
    ]
    found: Resource = {
        "resourceType": "Bundle",
        "type": "searchset",
        "total": total,
        "link": [{"relation": relation, "url": url} for relation, url in pages],
    }
    # FHIR knows no empty lists.
    return found | ({"entry": entries} if entries else {})


def outcome(code: str, message: str) -> Resource:
    issue = {"severity": "error", "code": code, "diagnostics": message}
    return {"resourceType": "OperationOutcome", "issue": [issue]}


def capabilities(parameters: Iterable[tuple[str, str, str]]) -> Resource:
    """What the door can do; ``parameters`` are the name, type and documentation of a search's."""
    search = [{"name": n, "type": t, "documentation": d} for n, t, d in parameters]
    return {
        "resourceType": "CapabilityStatement",
        "status": "active",
        "date": "2026-11-29",
        "kind": "instance",
        "publisher": settings.CLINIC_NAME,
        "software": {"name": "eduengine", "version": settings.VERSION},
        "implementation": {
            "description": "Patient education in many languages, as approved by clinicians and "
            "translators. It holds no data of patients.",
            "url": f"{settings.PUBLIC_URL}/fhir",
        },
        "fhirVersion": "4.0.1",
        "format": [MEDIA_TYPE, "json"],
        "rest": [{
            "mode": "server",
            "security": {"cors": True, "description": "No token is needed. A clinic's token, sent "
                         "as a bearer token, has a wider limit of requests a minute."},
            "resource": [
                {"type": "DocumentReference", "searchParam": search,
                 "interaction": [{"code": "read"}, {"code": "search-type"}]},
                {"type": "Binary", "interaction": [{"code": "read"}]},
            ],
        }],
    }  # fmt: skip
