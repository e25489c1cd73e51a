"""The FHIR door: what it answers is valid R4, and holds what is public and nothing else."""

import base64
import json
from urllib.parse import urlsplit

import pytest
from fhir.resources.R4B import get_fhir_model_class

from content.models import Publication, Tally
from content.services import publishing, serving
from tests import published

FHIR = "/fhir/DocumentReference"
ICD = "http://hl7.org/fhir/sid/icd-10-cm"
SNOMED = "http://snomed.info/sct"


@pytest.fixture(autouse=True)
def _no_limits(settings):
    settings.RATE_PER_ADDRESS = 0


@pytest.fixture
def library(ellen, carlos, teresa) -> dict[str, Publication]:
    return published.library(ellen, carlos, published.polyglot(teresa))


def valid(answer, kind: str, status: int = 200) -> dict:
    """The resource of an answer, held against the models of R4."""
    assert answer.status_code == status, answer.content
    assert answer["Content-Type"] == "application/fhir+json; charset=utf-8"
    resource = json.loads(answer.content)
    assert resource["resourceType"] == kind
    get_fhir_model_class(kind).model_validate(resource)
    return resource


def refused(answer, status: int) -> str:
    [issue] = valid(answer, "OperationOutcome", status)["issue"]
    assert issue["severity"] == "error" and issue["diagnostics"]
    return issue["code"]


def found(client, **parameters) -> list[tuple[str, str]]:
    """(language, title) of every document that a search finds."""
    bundle = valid(client.get(FHIR, parameters), "Bundle")
    documents = [entry["resource"] for entry in bundle.get("entry", ())]
    return sorted((one["language"], one["description"]) for one in documents)


def test_the_door_says_what_it_can_do(client, db):
    told = valid(client.get("/fhir/metadata"), "CapabilityStatement")
    assert told["fhirVersion"] == "4.0.1"
    [document, binary] = told["rest"][0]["resource"]
    assert {"event", "code", "language", "_id"} <= {one["name"] for one in document["searchParam"]}
    assert binary["type"] == "Binary"


SPANISH, ENGLISH = ("es", "Metformina"), ("en", "Metformin")
SEARCHES = [
    ({"event": f"{ICD}|E11.9", "language": "es"}, [SPANISH]),
    ({"code": f"{ICD}|E11.9", "language": "spa"}, [SPANISH]),
    ({"event": "E11.9", "language": "es,en"}, [ENGLISH, SPANISH]),
    ({"event": f"{ICD}|E119", "language": "urn:ietf:bcp:47|es-MX"}, [SPANISH]),
    ({"event": f"{SNOMED}|44054006", "language": "ar"}, [("ar", "ميتفورمين")]),
    ({"event": "urn:oid:2.16.840.1.113883.6.88|6809", "language": "en"}, [ENGLISH]),
    ({"event": f"{ICD}|X99,{ICD}|E11.9", "language": "en"}, [ENGLISH]),
    ({"event": [f"{ICD}|E11.9", f"{SNOMED}|44054006"], "language": "en"}, [ENGLISH]),
    ({"event": [f"{ICD}|E11.9", f"{ICD}|J45"], "language": "en"}, []),
    ({"event": f"{ICD}|", "language": "en"}, [("en", "Asthma"), ENGLISH]),
    # Exactly what was asked for: no ancestors, no English instead.
    ({"event": f"{ICD}|J45.909"}, []),
    ({"event": f"{ICD}|E11.9", "language": "so"}, []),
    ({"event": f"{SNOMED}|E11.9"}, []),
    ({"event": "http://hl7.org/fhir/sid/icd-9-cm|250.33"}, []),
    ({"event": "http://nowhere.example|E11.9"}, []),
    ({"event": "|"}, []), ({"event": ""}, []), ({"language": "tlh"}, []), ({"_id": "x"}, []),
    ({"_id": "9" * 40}, []), ({"_id": "١"}, []), ({"event": "\0"}, []),
    ({"type": "http://loinc.org|34895-3", "status": "current", "language": "es"}, [SPANISH]),
    ({"type": "http://loinc.org|11488-4"}, []), ({"status": "superseded"}, []),
    # One patient's documents are not everybody's.
    ({"patient": "Patient/17"}, []), ({"subject:Patient": "17", "language": "es"}, []),
    ({"_sort": "-date", "_include": "*", "language": "es"}, [SPANISH]),
]  # fmt: skip


def test_a_search_finds_what_it_asks_for(client, library):
    for parameters, expected in SEARCHES:
        assert found(client, **parameters) == expected, parameters


def test_a_document_names_its_topics_and_its_files(client, library):
    document = valid(client.get(f"{FHIR}/{library['ar'].pk}"), "DocumentReference")
    assert document["language"] == "ar"
    codings = [event["coding"][0] for event in document["context"]["event"]]
    assert {"system": ICD, "code": "E11.9",
            "display": "Type 2 diabetes mellitus without complications"} in codings  # fmt: skip
    pdf, page = (one["attachment"] for one in document["content"])
    assert (pdf["contentType"], pdf["language"]) == ("application/pdf", "ar")
    assert page["url"] == "http://localhost:8000/ar/metformin/"
    assert client.get(urlsplit(pdf["url"]).path)["Content-Type"] == "application/pdf"


def test_a_binary_is_the_pdf_or_holds_it(client, library):
    key = library["es"].files.get().pk
    plain = client.get(f"/fhir/Binary/{key}")
    assert plain.content == b"%PDF-1.7 test" and plain["Content-Type"] == "application/pdf"
    for asked in ({"headers": {"accept": "application/fhir+json"}}, {"data": {"_format": "json"}}):
        held = valid(client.get(f"/fhir/Binary/{key}", **asked), "Binary")
        assert base64.b64decode(held["data"]) == plain.content
    same = client.get(f"/fhir/Binary/{key}", headers={"if-none-match": plain["ETag"]})
    assert same.status_code == 304


def test_a_search_is_read_page_by_page(client, library):
    address, seen = f"{FHIR}?_count=2&event=E11.9&patientName=Ann", []
    while address:
        bundle = valid(client.get(address), "Bundle")
        assert bundle["total"] == 4
        seen += [entry["resource"]["id"] for entry in bundle["entry"]]
        links = {link["relation"]: link["url"] for link in bundle["link"]}
        assert "Ann" not in links["self"]
        address = links.get("next", "").removeprefix("http://localhost:8000")
    assert len(seen) == len(set(seen)) == 4
    assert "previous" in links


def test_a_count_of_none_only_counts(client, library):
    bundle = valid(client.get(FHIR, {"_count": "0", "language": "es"}), "Bundle")
    assert bundle["total"] == 1 and "entry" not in bundle


def test_a_search_takes_few_queries(client, library, django_assert_max_num_queries):
    with django_assert_max_num_queries(5):
        client.get(FHIR)


BAD = [
    "_count=x",
    "_count=-1",
    "_offset=1.5",
    "_count=" + "9" * 30,
    "event:not=x",
    "language:text=es",
]


def test_a_search_that_cannot_be_read_is_refused(client, db):
    for query in BAD:
        assert refused(client.get(f"{FHIR}?{query}"), 400) == "invalid", query


MISSING = [
    f"{FHIR}/0", f"{FHIR}/999999", f"{FHIR}/x", f"{FHIR}/{'9' * 40}", f"{FHIR}/%00", f"{FHIR}/-1",
    "/fhir/Binary/999999", "/fhir/Binary/x", "/fhir/Patient", "/fhir/Patient/1", "/fhir/", "/fhir/a/b",
]  # fmt: skip


def test_what_is_not_there_is_said_in_the_words_of_fhir(client, db):
    for path in MISSING:
        assert refused(client.get(path), 404) == "not-found", path
    assert refused(client.post(FHIR), 405) == "not-supported"
    assert refused(client.get(FHIR, headers={"authorization": "Bearer no"}), 401) == "login"


def test_what_was_withdrawn_is_gone_everywhere(client, library, carlos):
    key = library["es"].files.get().pk
    publishing.withdraw(publication=library["es"], actor=carlos, reason="A dose was wrong.")
    assert refused(client.get(f"{FHIR}/{library['es'].pk}"), 410) == "deleted"
    assert refused(client.get(f"/fhir/Binary/{key}"), 410) == "deleted"
    assert found(client, language="es") == []


def test_nobody_learns_of_what_is_not_public_yet(client, approved):
    assert refused(client.get(f"{FHIR}/{approved.publications.get().pk}"), 404) == "not-found"
    assert found(client) == []


def test_a_lost_file_is_no_server_error(client, library, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "elsewhere"
    assert refused(client.get(f"/fhir/Binary/{library['es'].files.get().pk}"), 404) == "not-found"


def test_a_pdf_that_is_read_is_counted(client, library):
    serving._counts.clear()
    client.get(f"/fhir/Binary/{library['es'].files.get().pk}")
    serving.flush()
    assert Tally.objects.get().publication == library["es"]
