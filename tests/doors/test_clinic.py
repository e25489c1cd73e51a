"""The clinic's room, through the client: who comes in, what each page shows and does."""

import csv
import datetime as dt
from io import StringIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from content.clinic.shelves import SHELVES
from content.models import (
    Bundle,
    Clinic,
    Favourite,
    JobState,
    Publication,
    Recording,
    RenderedFile,
    Role,
    Tally,
    Token,
    Variant,
)
from content.services import clinics, publishing, reviewing, serving, workflow
from content.services.clinics import Order
from content.text.areas import AREAS
from tests import builders
from tests.conftest import person
from tests.services import clinic_files as files


@pytest.fixture
def rita(db):
    """Staff of another clinic."""
    user = person("rita", Role.CLINIC_STAFF)
    user.clinic = Clinic.objects.create(name="Other Clinic")
    user.save()
    return user


@pytest.fixture
def english(translation) -> Publication:
    return builders.make_public(translation.edition.publications.get())


@pytest.fixture
def portuguese(translation, english, teresa) -> Publication:
    shown = translation.compute_fingerprint()
    reviewing.approve_translation(translation=translation, actor=teresa, shown=shown)
    return builders.make_public(translation.publications.get())


@pytest.fixture
def bundle(cleo, clinic, english) -> Bundle:
    return clinics.order(cleo, clinic, Order("zip", (english.pk,)))


def finish(bundle: Bundle) -> None:
    name = default_storage.save("bundles/x.zip", ContentFile(b"PK test"))
    Bundle.objects.filter(pk=bundle.pk).update(job_state="done", name=name, sha256="a" * 64, size=7)


def text(response) -> str:
    return response.content.decode()


# --- who comes in -------------------------------------------------------------------------------

PAGES = ("home", "chosen", "bundles", "use", "use-export", "head", "tokens")


@pytest.mark.parametrize("name", PAGES)
def test_every_page_opens(as_user, cleo, english, name):
    assert as_user(cleo).get(reverse(f"clinic:{name}")).status_code == 200


@pytest.mark.parametrize("name", PAGES)
def test_nobody_comes_in_without_signing_in(client, db, name):
    response = client.get(reverse(f"clinic:{name}"))
    assert response.status_code == 302 and "login" in response["Location"]


@pytest.mark.parametrize("name", PAGES)
def test_without_a_clinic_a_page_says_so(as_user, ellen, name):
    response = as_user(ellen).get(reverse(f"clinic:{name}"))
    assert response.status_code == 403 and "You belong to no clinic yet." in text(response)


def test_the_second_factor_guards_this_door_too(as_user, cleo, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    response = as_user(cleo).get("/clinic/")
    assert response.status_code == 302 and response["Location"] == reverse("mfa_activate_totp")


def test_the_desk_shows_the_way(as_user, cleo, ellen):
    assert 'href="/clinic/"' in text(as_user(cleo).get("/desk/"))
    assert 'href="/clinic/"' not in text(as_user(ellen).get("/desk/"))


def test_what_is_another_clinics_is_not_there(as_user, cleo, rita, bundle, clinic, english):
    token, _secret = clinics.make_token(cleo, clinic, "EHR")
    clinics.keep_recording(cleo, clinic, english, SimpleUploadedFile("a.mp3", files.MP3))
    client = as_user(rita)
    for name in ("bundle", "bundle-status", "bundle-file"):
        assert client.get(reverse(f"clinic:{name}", args=[bundle.pk])).status_code == 404
    for name, pk in [("bundle-cancel", bundle.pk), ("bundle-again", bundle.pk),
                     ("token-revoke", token.pk), ("recording-remove", english.pk)]:  # fmt: skip
        assert client.post(reverse(f"clinic:{name}", args=[pk])).status_code == 404
    for name in ("bundles", "tokens", "head", "use"):
        page = text(client.get(reverse(f"clinic:{name}")))
        assert "EHR…" not in page and "555 0100" not in page.replace("day and night: 555 0100", "")
        assert token.hint not in page and f"/files/{bundle.pk}/" not in page
    assert serving.bearer(_secret) and Recording.objects.exists()


def test_only_the_clinics_staff_sets_things(as_user, ellen, clinic, english):
    ellen.clinic = clinic
    ellen.save()
    client = as_user(ellen)
    for address in ("/clinic/head/", "/clinic/tokens/", f"/clinic/recordings/{english.pk}/"):
        page = client.get(address)
        assert page.status_code == 200 and '<form method="post" class="panel' not in text(page)
        assert client.post(address, {"name": "Mine"}).status_code == 400
    assert not Token.objects.exists() and Clinic.objects.get(pk=clinic.pk).name == "Harbor Clinic"


@pytest.mark.parametrize(
    "address",
    ["/clinic/?page=x&language=%00&shelf=nope&q=%00%ff", "/clinic/?language=xx&page=-3",
     "/clinic/use/?page=9999999999999999999", "/clinic/files/?page=0"],
)  # fmt: skip
def test_odd_addresses(as_user, cleo, english, address):
    assert as_user(cleo).get(address).status_code == 200


@pytest.mark.parametrize(
    "address",
    ["/clinic/pdf/99999999999999999999/letter/", "/clinic/pdf/1/a3/", "/clinic/files/99999999999/",
     "/clinic/recordings/99999999999999999999/", "/clinic/head/logo/"],
)  # fmt: skip
def test_what_is_not_there(as_user, cleo, english, address):
    assert as_user(cleo).get(address).status_code == 404


# --- the library --------------------------------------------------------------------------------


def test_every_shelf_has_a_name():
    assert set(SHELVES) == set(AREAS)


def test_by_language_topic_and_words(as_user, cleo, english, portuguese):
    client = as_user(cleo)
    assert "Metformin<" in text(client.get("/clinic/"))
    page = text(client.get("/clinic/?language=pt-BR"))
    assert "Metformina<" in page and 'lang="pt-BR" dir="ltr"' in page and "English</a>" in page
    area = english.area
    other = next(shelf for shelf in AREAS if shelf != area)
    assert "1 handout found." in text(client.get(f"/clinic/?shelf={area}&q=metformin"))
    assert "0 handouts found." in text(client.get(f"/clinic/?shelf={other}"))
    assert "0 handouts found." in text(client.get("/clinic/?q=xylophone"))


def test_forms_of_english_have_no_english_beside_them(as_user, cleo, english, portuguese):
    client = as_user(cleo)
    assert text(client.get("/clinic/")).count("PDF, ") == 4
    assert text(client.get("/clinic/?language=pt-BR")).count("PDF, ") == 8
    assert client.get(f"/clinic/pdf/{english.pk}/letter-bilingual/").status_code == 404


def test_favourites(as_user, cleo, rita, english, portuguese):
    client = as_user(cleo)
    address = reverse("clinic:favour", args=[english.handout_id])
    for _twice in range(2):
        answer = client.post(address, {"wanted": "1", "next": "/clinic/?language=pt-BR"})
        assert answer["Location"] == "/clinic/?language=pt-BR"
    page = text(client.get("/clinic/?favourites=1&language=pt-BR"))
    assert "1 handout found." in page and 'aria-pressed="true"' in page
    assert client.post(address, {"next": "https://evil.example/"})["Location"] == "/clinic/"
    assert not Favourite.objects.exists()


def test_a_page_of_the_library_costs_the_same(
    as_user, cleo, english, portuguese, source, ellen, carlos
):
    client = as_user(cleo)
    client.get("/clinic/")
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get("/clinic/")
    for number in range(4):
        made = builders.approve(builders.edition(source, ellen, f"more-{number}"), carlos)
        builders.make_public(made.publications.get())
    with CaptureQueriesContext(connection) as many:
        assert "5 handouts found." in text(client.get("/clinic/"))
    assert len(many) == len(few)


# --- one PDF ------------------------------------------------------------------------------------


def test_a_pdf_that_is_not_there_is_waited_for(as_user, cleo, clinic, english):
    response = as_user(cleo).get(f"/clinic/pdf/{english.pk}/a4-large/")
    assert response.status_code == 200 and '<meta http-equiv="refresh" content="3">' in text(
        response
    )
    row = RenderedFile.objects.get(clinic=clinic)
    assert (row.paper, row.large_print, row.branding) == ("a4", True, 0)
    assert not Tally.objects.exists()


def test_a_pdf_that_is_there_is_saved_and_counted(as_user, cleo, clinic, portuguese):
    name = default_storage.save("pdf/mine.pdf", ContentFile(b"%PDF-1.7 mine"))
    RenderedFile.objects.create(
        publication=portuguese, paper="letter", clinic=clinic, name=name, sha256="b" * 64, size=13,
        job_state=JobState.DONE,
    )  # fmt: skip
    client = as_user(cleo)
    response = client.get(f"/clinic/pdf/{portuguese.pk}/letter/")
    assert b"".join(response.streaming_content) == b"%PDF-1.7 mine"
    assert response["Content-Disposition"].startswith("attachment; filename")
    assert response["ETag"] == f'"{"b" * 64}"' and "private" in response["Cache-Control"]
    again = client.get(
        f"/clinic/pdf/{portuguese.pk}/letter/", headers={"If-None-Match": response["ETag"]}
    )
    assert again.status_code == 304
    serving.flush()
    assert Tally.objects.get().count == 1 and Tally.objects.get().clinic == clinic


def test_a_withdrawn_pdf_is_gone(as_user, cleo, english, carlos):
    publishing.withdraw(publication=english, actor=carlos, reason="A dose was wrong.")
    assert as_user(cleo).get(f"/clinic/pdf/{english.pk}/letter/").status_code == 404


def test_english_that_was_withdrawn_stands_beside_nothing(
    as_user, cleo, english, portuguese, carlos
):
    client, address = as_user(cleo), f"/clinic/pdf/{portuguese.pk}/letter-bilingual/"
    assert client.get(address).status_code == 200
    publishing.withdraw(publication=english, actor=carlos, reason="A dose was wrong.")
    assert client.get(address).status_code == 404


def test_a_pdf_that_failed_says_why(as_user, cleo, clinic, english):
    row = serving.printed(english, Variant(), clinic)
    RenderedFile.objects.filter(pk=row.pk).update(
        job_state=JobState.FAILED, error="No font.", updated_at=timezone.now()
    )
    response = as_user(cleo).get(f"/clinic/pdf/{english.pk}/letter/")
    assert response.status_code == 409 and "No font." in text(response)
    assert "http-equiv" not in text(response).split("clinic/clinic.css")[1]


# --- many ---------------------------------------------------------------------------------------


def test_from_the_library_to_a_file(as_user, cleo, clinic, english, portuguese):
    client = as_user(cleo)
    client.post("/clinic/choose/", {"publication": [english.pk, "x", "9" * 30], "next": "/clinic/"})
    client.post("/clinic/choose/", {"all": "1", "language": "pt-BR"})
    page = text(client.get("/clinic/chosen/"))
    assert "2 handouts" in page and "Metformina" in page
    form = {"publication": [english.pk, portuguese.pk], "kind": "pack", "paper": "a4",
            "copies": "20", "imposition": "duplex", "cover": "on", "title": "Fair", "order": "1"}  # fmt: skip
    response = client.post("/clinic/chosen/", form)
    row = Bundle.objects.get()
    assert response["Location"] == f"/clinic/files/{row.pk}/"
    assert (row.clinic, row.by, row.copies, row.cover, row.paper) == (clinic, cleo, 20, True, "a4")
    assert set(row.publications.all()) == {english, portuguese}
    assert "Nothing is chosen yet." in text(client.get("/clinic/chosen/"))


def test_what_is_not_ticked_is_left_out(as_user, cleo, english, portuguese):
    client = as_user(cleo)
    client.post("/clinic/choose/", {"publication": [english.pk, portuguese.pk]})
    page = client.post("/clinic/chosen/", {"publication": [english.pk], "keep": "1"})
    assert page.status_code == 200 and "1 handout" in text(page) and not Bundle.objects.exists()


def test_a_refused_order_keeps_what_was_typed(as_user, cleo, english):
    client = as_user(cleo)
    client.post("/clinic/choose/", {"publication": [english.pk]})
    form = {
        "publication": [english.pk],
        "kind": "pack",
        "copies": "999",
        "title": "Fair <b>",
        "order": "1",
    }
    page = client.post("/clinic/chosen/", form)
    assert page.status_code == 400 and "Choose between 1 and 200 copies." in text(page)
    assert 'value="999"' in text(page) and "Fair &lt;b&gt;" in text(page)


def test_a_file_on_its_way(as_user, cleo, bundle):
    client = as_user(cleo)
    assert client.get(f"/clinic/files/{bundle.pk}/status/").json()["state"] == "waiting"
    page = text(client.get(f"/clinic/files/{bundle.pk}/"))
    assert f'data-watch="/clinic/files/{bundle.pk}/status/"' in page
    assert (
        client.get(f"/clinic/files/{bundle.pk}/file/")["Location"] == f"/clinic/files/{bundle.pk}/"
    )
    client.post(f"/clinic/files/{bundle.pk}/cancel/")
    assert "Try again" in text(client.get(f"/clinic/files/{bundle.pk}/"))
    client.post(f"/clinic/files/{bundle.pk}/again/")
    bundle.refresh_from_db()
    assert bundle.job_state == JobState.WAITING and workflow.unsent(Bundle, lost=False) == [
        bundle.pk
    ]


def test_a_file_that_is_done(as_user, cleo, clinic, bundle, english, carlos):
    finish(bundle)
    client = as_user(cleo)
    response = client.get(f"/clinic/files/{bundle.pk}/file/")
    assert b"".join(response.streaming_content) == b"PK test"
    assert f'filename="handouts-{bundle.pk}.zip"' in response["Content-Disposition"]
    serving.flush()
    assert Tally.objects.get(kind="downloaded").clinic == clinic
    publishing.withdraw(publication=english, actor=carlos, reason="A dose was wrong.")
    assert client.get(f"/clinic/files/{bundle.pk}/file/").status_code == 302
    assert "withdrawn or replaced" in text(client.get(f"/clinic/files/{bundle.pk}/"))


# --- what the clinic sets -----------------------------------------------------------------------


def test_the_head(as_user, cleo, clinic, english):
    client = as_user(cleo)
    form = {"name": "Harbor Clinic", "phone": "555 0142", "after_hours": "Nurse line: 555 0143"}
    logo = SimpleUploadedFile("logo.png", files.picture())
    assert client.post("/clinic/head/", {**form, "logo": logo})["Location"] == "/clinic/head/"
    page = text(client.get("/clinic/head/"))
    assert "555 0142" in page and "/clinic/head/logo/?1" in page
    picture = client.get("/clinic/head/logo/")
    assert picture["Content-Type"] == "image/png" and picture.getvalue().startswith(b"\x89PNG")
    client.post("/clinic/head/", {**form, "no_logo": "on"})
    assert client.get("/clinic/head/logo/").status_code == 404


@pytest.mark.parametrize("data", [files.SVG, files.HTML, files.bomb(), files.picture()[:200]])
def test_a_refused_logo_keeps_what_was_typed(as_user, cleo, clinic, data):
    form = {
        "name": "Harbor",
        "phone": "1",
        "after_hours": "",
        "logo": SimpleUploadedFile("a.png", data),
    }
    page = as_user(cleo).post("/clinic/head/", form)
    assert (
        page.status_code == 400 and 'role="alert"' in text(page) and 'value="Harbor"' in text(page)
    )
    assert Clinic.objects.get(pk=clinic.pk).name == "Harbor Clinic"


def test_a_token_is_shown_once(as_user, cleo, clinic):
    client = as_user(cleo)
    page = client.post("/clinic/tokens/", {"name": "Our EHR"})
    secret = text(page).split('<code tabindex="0">')[1].split("<")[0]
    assert serving.bearer(secret).clinic == clinic and "no-store" in page["Cache-Control"]
    later = text(client.get("/clinic/tokens/"))
    assert secret not in later and f"{secret[:8]}…" in later
    client.post(f"/clinic/tokens/{Token.objects.get().pk}/revoke/")
    assert serving.bearer(secret) is None and "Taken back by" in text(client.get("/clinic/tokens/"))


def test_a_recording(as_user, cleo, english):
    client, address = as_user(cleo), f"/clinic/recordings/{english.pk}/"
    assert client.post(address).status_code == 400
    bad = client.post(address, {"recording": SimpleUploadedFile("a.mp3", files.HTML)})
    assert bad.status_code == 400 and "This is not an MP3" in text(bad)
    client.post(address, {"recording": SimpleUploadedFile("a.mp3", files.MP3)})
    assert "<audio" in text(client.get(address))
    whole = client.get(f"{address}sound/")
    assert whole.getvalue() == files.MP3 and whole["Content-Type"] == "audio/mpeg"
    assert whole["X-Content-Type-Options"] == "nosniff"
    for asked, answer in [("bytes=0-9", files.MP3[:10]), ("bytes=5-", files.MP3[5:]),
                          ("bytes=-7", files.MP3[-7:])]:  # fmt: skip
        part = client.get(f"{address}sound/", headers={"Range": asked})
        assert part.status_code == 206 and part.getvalue() == answer
    for odd, status in [("bytes=9-1", 200), ("bytes=-", 200), ("lines=1-2", 200),
                        ("bytes=99999999-", 416)]:  # fmt: skip
        assert client.get(f"{address}sound/", headers={"Range": odd}).status_code == status
    client.post(f"{address}remove/")
    assert client.get(f"{address}sound/").status_code == 404


# --- use ----------------------------------------------------------------------------------------


def test_counts_are_the_houses_openings_and_the_clinics_own(as_user, cleo, rita, clinic, english):
    today, kind = timezone.localdate(), Tally.Kind
    long_ago = today - dt.timedelta(days=800)
    for row in [
        (None, kind.OPENED, today, 70), (clinic, kind.DOWNLOADED, today, 5),
        (rita.clinic, kind.DOWNLOADED, today, 3333), (None, kind.DOWNLOADED, today, 4444),
        (clinic, kind.ANSWERED, today, 9), (clinic, kind.DOWNLOADED, long_ago, 5555),
    ]:  # fmt: skip
        Tally.objects.create(
            publication=english, clinic=row[0], kind=row[1], day=row[2], count=row[3]
        )
    client = as_user(cleo)
    page = text(client.get("/clinic/use/"))
    assert all(f"<td>{n}</td>" in page for n in (70, 5, 9))
    assert not any(n in page for n in ("3333", "4444", "5555", "3,333"))
    lines = list(csv.reader(StringIO(text(client.get("/clinic/use/export/")).lstrip("\ufeff"))))
    assert {(line[4], line[5]) for line in lines[1:]} == {
        ("opened", "70"),
        ("downloaded", "5"),
        ("answered", "9"),
    }


def test_no_cell_begins_a_formula(as_user, cleo, clinic, english):
    english.handout.title = "=1+1"
    english.handout.save()
    Tally.objects.create(publication=english, clinic=clinic, kind="downloaded", count=1)
    assert ",'=1+1," in text(as_user(cleo).get("/clinic/use/export/"))


def test_a_change_by_an_administrator_makes_pdfs_anew(as_user, ada, clinic):
    form = {"name": "Harbor Clinic", "phone": "555 0177", "after_hours": ""}
    response = as_user(ada).post(f"/admin/content/clinic/{clinic.pk}/change/", form)
    assert response.status_code == 302
    assert Clinic.objects.get(pk=clinic.pk).branding == 1
