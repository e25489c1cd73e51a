"""The record on the desk: on the page of each object, in full, and for an auditor."""

import json

import pytest

from content.models import Event
from content.services import record, sealing
from tests import builders


@pytest.fixture
def story(approved, ellen):
    for n in range(12):
        record.note(Event.Kind.ASSESSED, actor=ellen, edition=approved, score=n)
    sealing.seal_missed()
    return approved


def test_the_page_shows_the_newest_and_leads_to_all(as_user, story, carlos):
    client = as_user(carlos)
    page = client.get(f"/desk/editions/{story.pk}/").content.decode()
    address = f"/desk/record/edition/{story.pk}/"
    assert page.count('<time datetime="') == 8
    assert address in page
    assert client.get(address).content.decode().count('<time datetime="') == 13


def test_long_records_come_in_pages(as_user, story, ellen, carlos):
    for n in range(100):
        record.note(Event.Kind.ASSESSED, actor=ellen, edition=story, score=n)
    answer = as_user(carlos).get(f"/desk/record/edition/{story.pk}/?page=2")
    assert answer.content.decode().count('<time datetime="') == 13


def test_every_object_shows_its_record(as_user, story, translation, source, ada):
    builders.make_public(story.publications.get())
    record.note(Event.Kind.SOURCE_ADDED, source=source)
    client = as_user(ada)
    pages = {
        f"/desk/sources/{source.pk}/": "took the source in",
        f"/desk/publications/{story.publications.get().pk}/": "made it public",
        f"/desk/record/handout/{story.handout_id}/": "approved the English",
    }
    for address, says in pages.items():
        assert says in client.get(address).content.decode()


@pytest.mark.parametrize("path", ["user/1/", "edition/999/", "translation/999/"])
def test_what_is_not_there_is_not_found(as_user, ada, path):
    assert as_user(ada).get(f"/desk/record/{path}").status_code == 404


def test_a_translator_sees_no_record_of_another_language(as_user, translation, sahra, teresa):
    address = f"/desk/record/translation/{translation.pk}/"
    assert as_user(sahra).get(address).status_code == 404
    assert as_user(teresa).get(address).status_code == 200


@pytest.mark.parametrize("path", ["", "export/csv/", "export/json/"])
def test_the_whole_record_is_for_administrators(as_user, story, ada, carlos, path):
    assert as_user(carlos).get(f"/desk/record/{path}").status_code == 403
    assert as_user(ada).get(f"/desk/record/{path}").status_code == 200


def test_the_download_is_the_export(as_user, story, ada):
    answer = as_user(ada).get("/desk/record/export/json/")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="record.json"'
    assert len(json.loads(answer.getvalue())) == 13
    assert as_user(ada).get("/desk/record/export/pdf/").status_code == 404


def test_the_chain_is_walked_on_demand(as_user, story, ada):
    client = as_user(ada)
    number, sha256 = sealing.newest()
    assert f"{number}:{sha256}" in client.get("/desk/record/").content.decode()
    assert "Unbroken" in client.post("/desk/record/").content.decode()
