"""What clinics set and upload: by whom, what is kept, what is refused, and what is on record."""

import hashlib
from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from content.models import Bundle, Clinic, Event, Publication, Recording, Role, Token
from content.services import clinics, serving, uploads
from content.services.clinics import Order
from content.services.errors import Refused
from tests import builders
from tests.conftest import person
from tests.services import clinic_files as files


@pytest.fixture
def publication(approved) -> Publication:
    return builders.make_public(approved.publications.get())


def upload(data: bytes, name: str = "file.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


HEAD = {"name": "Harbor Clinic", "phone": "555 0100", "after_hours": ""}


# --- the head -----------------------------------------------------------------------------------


def test_a_change_of_the_head_is_on_record_and_counted(cleo, clinic):
    clinics.brand(cleo, clinic, **HEAD | {"phone": "555 0199"})
    clinic.refresh_from_db()
    assert (clinic.phone, clinic.branding) == ("555 0199", 1)
    event = Event.objects.get(kind=Event.Kind.BRANDED)
    assert event.actor == cleo and event.data["changed"] == {"phone": ["555 0100", "555 0199"]}


def test_saving_the_same_changes_nothing(cleo, clinic):
    clinics.brand(cleo, clinic, **HEAD)
    clinic.refresh_from_db()
    assert clinic.branding == 0 and not Event.objects.filter(kind=Event.Kind.BRANDED).exists()


@pytest.mark.parametrize(
    ("field", "text"),
    [("name", "  "), ("name", "x" * 121), ("phone", "5" * 41), ("name", "Clinic 🏥"),
     ("after_hours", "Call \u202e0010 555"), ("name", "Other Clinic")],
)  # fmt: skip
def test_a_head_that_cannot_be(cleo, clinic, field, text):
    Clinic.objects.create(name="Other Clinic")
    with pytest.raises(Refused) as refused:
        clinics.brand(cleo, clinic, **HEAD | {field: text})
    assert refused.value.field == field
    assert Clinic.objects.get(pk=clinic.pk).branding == 0


def test_only_its_own_people_change_a_clinic(cleo, clinic, ada, ellen):
    other = Clinic.objects.create(name="Other Clinic")
    ellen.clinic = clinic
    for who, where in [(cleo, other), (ada, clinic), (ellen, clinic)]:
        with pytest.raises(Refused):
            clinics.brand(who, where, **HEAD)
        with pytest.raises(Refused):
            clinics.make_token(who, where, "EHR")
    ada.clinic = clinic
    assert clinics.may_manage(ada, clinic)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_logo_is_drawn_anew(cleo, clinic, kind):
    clinics.brand(cleo, clinic, **HEAD, logo=upload(files.picture(kind)))
    assert clinic.logo.startswith("logos/") and clinic.branding == 1
    with default_storage.open(clinic.logo) as handle, Image.open(handle) as kept:
        assert kept.format == "PNG" and kept.size == (600, 150)


@pytest.mark.parametrize("mode", ["RGBA", "P", "L", "1", "LA"])
def test_every_kind_of_pixel(mode):
    with Image.open(BytesIO(uploads.logo(files.picture(mode=mode, size=(90, 40))))) as kept:
        assert kept.size == (90, 40)


def test_nothing_but_pixels_is_kept():
    hidden = files.picture() + b"PK\x03\x04<script>alert(1)</script>"
    assert b"script" not in uploads.logo(hidden)


@pytest.mark.parametrize(
    "data",
    [files.SVG, files.HTML, b"", b"\0" * 100, files.picture()[:300], files.picture("JPEG")[:400],
     files.picture("GIF"), files.bomb(), files.bomb(6_000), b"x" * (uploads.MAX_LOGO + 1),
     files.picture("BMP", (10, 10))],
    ids=["svg", "html", "empty", "zeros", "cut png", "cut jpeg", "gif", "bomb", "large", "heavy",
         "bmp"],
)  # fmt: skip
def test_what_is_no_logo(cleo, clinic, data):
    with pytest.raises(Refused) as refused:
        clinics.brand(cleo, clinic, **HEAD | {"phone": "1"}, logo=upload(data))
    clinic.refresh_from_db()
    assert refused.value.field == "logo"
    assert (clinic.logo, clinic.phone, clinic.branding) == ("", "555 0100", 0)


def test_the_logo_goes(cleo, clinic):
    clinics.brand(cleo, clinic, **HEAD, logo=upload(files.picture()))
    clinics.brand(cleo, clinic, **HEAD, without_logo=True)
    assert (clinic.logo, clinic.branding) == ("", 2)


# --- tokens -------------------------------------------------------------------------------------


def test_the_life_of_a_token(cleo, clinic):
    token, secret = clinics.make_token(cleo, clinic, "Our EHR")
    assert secret.startswith("edu_") and len(secret) > 40
    assert token.digest == hashlib.sha256(secret.encode()).hexdigest()
    assert secret.startswith(token.hint) and len(token.hint) == 8
    assert serving.bearer(secret) == token and serving.bearer(secret + "x") is None
    clinics.revoke_token(cleo, token)
    assert serving.bearer(secret) is None
    with pytest.raises(Refused):
        clinics.revoke_token(cleo, token)
    kinds = Event.objects.values_list("kind", flat=True)
    assert {Event.Kind.TOKEN_MADE, Event.Kind.TOKEN_REVOKED} <= set(kinds)
    assert not [
        e for e in Event.objects.all() if secret in str(e.data) or token.digest in str(e.data)
    ]


@pytest.mark.parametrize("name", ["", " \0 ", "x" * 81, "MRN 12345678", "EHR \u202e"])
def test_a_token_needs_a_name(cleo, clinic, name):
    with pytest.raises(Refused):
        clinics.make_token(cleo, clinic, name)
    assert not Token.objects.exists()


def test_tokens_are_few(cleo, clinic):
    made = [clinics.make_token(cleo, clinic, f"EHR {n}")[0] for n in range(clinics.MAX_TOKENS)]
    with pytest.raises(Refused):
        clinics.make_token(cleo, clinic, "one more")
    clinics.revoke_token(cleo, made[0])
    clinics.make_token(cleo, clinic, "one more")


# --- recordings ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "media_type"),
    [(files.MP3, "audio/mpeg"), (files.TAGGED_MP3, "audio/mpeg"), (files.M4A, "audio/mp4"),
     (files.AAC, "audio/aac"), (files.OPUS, "audio/ogg")],
)  # fmt: skip
def test_a_recording_is_kept(cleo, clinic, publication, data, media_type):
    clinics.keep_recording(cleo, clinic, publication, upload(data, "x.html"))
    row = Recording.objects.get()
    assert row.media_type == media_type and row.sha256 in row.name and row.size == len(data)
    event = Event.objects.get(kind=Event.Kind.RECORDED)
    assert event.edition == publication.edition and event.data["publication"] == publication.pk


@pytest.mark.parametrize(
    "data",
    [files.WAV, files.VIDEO, files.SVG, files.HTML, b"", b"ID3", files.MP3[:400], files.AAC[:20],
     files.M4A[:20], b"OggS" + bytes(100), b"\xff\xfb" * 300, files.picture(),
     files.MP3 + bytes(uploads.MAX_RECORDING)],
)  # fmt: skip
def test_what_is_no_recording(cleo, clinic, publication, data):
    with pytest.raises(Refused):
        clinics.keep_recording(cleo, clinic, publication, upload(data, "a.mp3"))
    assert not Recording.objects.exists()


def test_replaced_and_removed(cleo, clinic, publication, django_capture_on_commit_callbacks):
    clinics.keep_recording(cleo, clinic, publication, upload(files.MP3))
    first = Recording.objects.get().name
    with django_capture_on_commit_callbacks(execute=True):
        clinics.keep_recording(cleo, clinic, publication, upload(files.OPUS))
    second = Recording.objects.get()
    assert not default_storage.exists(first) and default_storage.exists(second.name)
    with django_capture_on_commit_callbacks(execute=True):
        clinics.remove_recording(cleo, second)
    assert not default_storage.exists(second.name) and not Recording.objects.exists()


def test_another_clinics_recording_stays(cleo, clinic, publication):
    clinics.keep_recording(cleo, clinic, publication, upload(files.MP3))
    rita = person("rita", Role.CLINIC_STAFF)
    rita.clinic = Clinic.objects.create(name="Other Clinic")
    with pytest.raises(Refused):
        clinics.keep_recording(rita, rita.clinic, publication, upload(files.OPUS))
    with pytest.raises(Refused):
        clinics.remove_recording(rita, Recording.objects.get())


# --- orders -------------------------------------------------------------------------------------


def order(publication, **changes) -> Order:
    return Order(**{"kind": "pack", "publications": (publication.pk,), **changes})


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"publications": ()}, "publications"),
        ({"publications": (999_999,)}, "publications"),
        ({"kind": "tar"}, "kind"),
        ({"paper": "a3"}, "paper"),
        ({"imposition": "booklet"}, "imposition"),
        ({"copies": 0}, "copies"),
        ({"copies": 201}, "copies"),
        ({"large_print": True, "imposition": "two_up"}, "imposition"),
        ({"title": "x" * 121}, "title"),
        ({"title": "For Ana, MRN 12345678"}, "title"),
    ],
)
def test_an_order_that_cannot_be(cleo, clinic, publication, changes, field):
    with pytest.raises(Refused) as refused:
        clinics.order(cleo, clinic, order(publication, **changes))
    assert refused.value.field == field and not Bundle.objects.exists()


def test_a_clinic_waits_for_its_files(cleo, clinic, publication):
    for _number in range(clinics.MAX_ACTIVE):
        clinics.order(cleo, clinic, order(publication))
    with pytest.raises(Refused):
        clinics.order(cleo, clinic, order(publication))
    clinics.cancel(cleo, Bundle.objects.first())
    clinics.order(cleo, clinic, order(publication))


def test_nobody_orders_for_another_clinic(cleo, publication):
    with pytest.raises(Refused):
        clinics.order(cleo, Clinic.objects.create(name="Other"), order(publication))
