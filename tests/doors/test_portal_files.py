"""Files of a publication, and what programs read of the portal."""

import json
import xml.etree.ElementTree as ET

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from content import languages
from content.models import Clinic, Recording, RenderedFile
from content.services import publishing
from content.text.ranges import Unsatisfiable, parse
from tests import builders

PDF = "/en/metformin/handout-letter.pdf"
WORDS = b"%PDF-1.7 test"  # what the builders store


@pytest.fixture
def english(approved):
    return builders.make_public(approved.publications.get())


@pytest.fixture
def recording(english, ellen):
    name = default_storage.save("audio/one.mp3", ContentFile(b"0123456789"))
    clinic = Clinic.objects.create(name="North")
    return Recording.objects.create(
        publication=english, clinic=clinic, name=name, media_type="audio/mpeg", sha256="a" * 64,
        size=10, by=ellen,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("header", "part"),
    [
        ("bytes=0-3", (0, 3)),
        ("bytes=4-", (4, 9)),
        ("bytes=-3", (7, 9)),
        ("bytes=-99", (0, 9)),
        ("bytes=8-99", (8, 9)),
        ("bytes=5-2", None),
        ("bytes=0-1,3-4", None),
        ("bytes=-", None),
        ("lines=1-2", None),
        ("bytes=" + "9" * 40 + "-", None),
        ("", None),
    ],
)
def test_ranges_of_ten_bytes(header, part):
    assert parse(header, 10) == part


@pytest.mark.parametrize("header", ["bytes=10-", "bytes=-0", "bytes=99-100"])
def test_ranges_beyond_the_end(header):
    with pytest.raises(Unsatisfiable):
        parse(header, 10)


def _body(answer) -> bytes:
    return answer.getvalue() if answer.streaming else answer.content


@pytest.mark.parametrize(
    ("headers", "status", "body"),
    [
        ({}, 200, WORDS),
        ({"range": "bytes=0-3"}, 206, WORDS[:4]),
        ({"range": "bytes=-4"}, 206, WORDS[-4:]),
        ({"range": "bytes=99-"}, 416, b""),
        ({"range": "bytes=0-3", "if-range": '"other"'}, 200, WORDS),
        ({"range": "bytes=0-3", "if-range": f'"{"0" * 64}"'}, 206, WORDS[:4]),
        ({"if-none-match": f'W/"{"0" * 64}", "x"'}, 304, b""),
        ({"if-none-match": '"x"'}, 200, WORDS),
    ],
)
def test_a_pdf_is_sent_whole_in_part_or_not_again(client, english, headers, status, body):
    answer = client.get(PDF, headers=headers)
    assert (answer.status_code, _body(answer)) == (status, body)
    assert answer["ETag"] == f'"{"0" * 64}"'
    assert answer["Cache-Control"] == "public, no-cache"
    if status == 206:
        assert answer["Content-Length"] == str(len(body))


def test_the_head_of_a_pdf(client, english):
    answer = client.head(PDF)
    assert answer.status_code == 200
    assert answer["Content-Length"] == str(len(WORDS))


def test_a_form_that_is_not_there_yet_is_made_and_waited_for(client, english):
    answer = client.get("/en/metformin/handout-a4-large.pdf")
    assert answer.status_code == 202
    assert answer["Refresh"] == "2"
    assert answer["Cache-Control"] == "no-store"
    file = RenderedFile.objects.get(paper="a4", large_print=True)
    name = default_storage.save("pdf/a4.pdf", ContentFile(WORDS))
    RenderedFile.objects.filter(pk=file.pk).update(
        name=name, sha256="1" * 64, size=len(WORDS), job_state="done"
    )
    assert client.get("/en/metformin/handout-a4-large.pdf").status_code == 200


def test_a_form_that_failed_says_so(client, english):
    client.get("/en/metformin/handout-a4-large.pdf")
    RenderedFile.objects.filter(paper="a4").update(job_state="failed")
    answer = client.get("/en/metformin/handout-a4-large.pdf")
    assert answer.status_code == 503
    assert answer["Retry-After"] == "60"


def test_a_lost_file_is_not_found(client, english):
    default_storage.delete(english.files.get().name)
    assert client.get(PDF).status_code == 404


def test_a_recording_is_offered_and_sent_in_parts(client, recording):
    assert "<audio controls" in client.get("/en/metformin/").content.decode()
    answer = client.get("/en/metformin/recording", headers={"range": "bytes=2-4"})
    assert (answer.status_code, answer.getvalue()) == (206, b"234")
    assert answer["Content-Type"] == "audio/mpeg"


def test_a_withdrawal_stops_every_file_at_once(client, recording, carlos):
    publishing.withdraw(publication=recording.publication, actor=carlos, reason="A wrong dose.")
    for path in ("handout-letter.pdf", "recording", "", "feedback/"):
        assert client.get(f"/en/metformin/{path}").status_code == 410


def test_the_qr_code_is_a_picture(client, english):
    answer = client.get("/en/metformin/qr.svg")
    assert answer["Content-Type"] == "image/svg+xml"
    assert ET.fromstring(answer.content).tag == "{http://www.w3.org/2000/svg}svg"


# --- programs -----------------------------------------------------------------------------------


def test_robots_find_the_sitemaps_and_they_the_pages(client, english):
    robots = client.get("/robots.txt").content.decode()
    assert "Sitemap: http://localhost:8000/sitemap.xml" in robots
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    index = ET.fromstring(client.get("/sitemap.xml").content)
    addresses = [loc.text for loc in index.iter(f"{space}loc")]
    assert addresses == ["http://localhost:8000/sitemap-en-1.xml"]
    pages = ET.fromstring(client.get("/sitemap-en-1.xml").content)
    assert [loc.text for loc in pages.iter(f"{space}loc")] == [
        "http://localhost:8000/en/metformin/"
    ]


@pytest.mark.parametrize("address", ["/sitemap-en-2.xml", "/sitemap-en-0.xml", f"/sitemap-en-{'9' * 30}.xml"])  # fmt: skip
def test_there_are_no_more_sitemaps(client, english, address):
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("code", ["en", "ar", "zh-Hans"])
def test_the_manifest_speaks_the_language(client, english, code):
    answer = client.get(f"/{code}/manifest.webmanifest")
    data = json.loads(answer.content)
    assert answer["Content-Type"] == "application/manifest+json"
    assert (data["lang"], data["start_url"]) == (code, f"/{code}/")
    assert data["dir"] == languages.get(code).direction


def test_the_service_worker_keeps_nothing_of_the_staff(client, db):
    answer = client.get("/sw.js")
    text = answer.content.decode()
    assert answer["Content-Type"].startswith("text/javascript")
    assert '"zh-Hans"' in text
    assert "/static/portal/portal.css" in text
    assert "{{" not in text
