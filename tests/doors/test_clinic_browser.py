"""The clinic's room in a real Chromium: axe finds nothing, nothing is wider than a phone, and one
walk from the library to a finished file."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from content.models import Bundle, Clinic, Publication, RenderedFile, Role, Tally
from content.services import bundling, clinics, printing, reviewing, workflow
from content.services.clinics import Order
from tests import builders
from tests.chromium import DESKTOP, wrong_on_screens
from tests.conftest import person
from tests.services import clinic_files as files

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def cleo(transactional_db):
    user = person("cleo", Role.CLINIC_STAFF)
    user.clinic = Clinic.objects.create(
        name="Harbor Clinic", phone="555 0100", after_hours="Nurse line, day and night: 555 0143"
    )
    user.save()
    return user


@pytest.fixture
def public(translation, teresa, source, ellen, carlos) -> list[Publication]:
    """Several in English, one of them in Portuguese too."""
    rows = [builders.make_public(translation.edition.publications.get())]
    shown = translation.compute_fingerprint()
    reviewing.approve_translation(translation=translation, actor=teresa, shown=shown)
    rows.append(builders.make_public(translation.publications.get()))
    for number in range(2):
        made = builders.approve(builders.edition(source, ellen, f"more-{number}"), carlos)
        rows.append(builders.make_public(made.publications.get()))
    return rows


@pytest.fixture
def pages(cleo, public) -> list[str]:
    """Every page of the room with something on it."""
    clinic = cleo.clinic
    logo = SimpleUploadedFile("logo.png", files.picture())
    clinics.brand(
        cleo,
        clinic,
        name=clinic.name,
        phone=clinic.phone,
        after_hours=clinic.after_hours,
        logo=logo,
    )
    clinics.make_token(cleo, clinic, "Our EHR")
    old, _secret = clinics.make_token(cleo, clinic, "The EHR before")
    clinics.revoke_token(cleo, old)
    clinics.keep_recording(cleo, clinic, public[0], SimpleUploadedFile("a.mp3", files.MP3))
    clinics.favour(cleo, public[0].handout, True)
    keys = tuple(row.pk for row in public)
    waiting = clinics.order(
        cleo, clinic, Order("pack", keys, title="For the waiting room", copies=20)
    )
    stopped = clinics.order(cleo, clinic, Order("zip", keys))
    clinics.cancel(cleo, stopped)
    for count, kind in [(70, "opened"), (12, "downloaded"), (3, "answered")]:
        own = None if kind == "opened" else clinic
        Tally.objects.create(publication=public[0], clinic=own, kind=kind, count=count)
    return [
        "/clinic/", "/clinic/?language=pt-BR", "/clinic/?q=nothing", "/clinic/chosen/",
        "/clinic/files/", f"/clinic/files/{waiting.pk}/", f"/clinic/files/{stopped.pk}/",
        "/clinic/use/", "/clinic/head/", "/clinic/tokens/", f"/clinic/recordings/{public[0].pk}/",
        f"/clinic/pdf/{public[0].pk}/a4/",
    ]  # fmt: skip


@pytest.mark.parametrize("language", ["en", pytest.param("ar", marks=pytest.mark.again)])
def test_axe_finds_nothing(live_server, pages, public, cleo, browser, language):
    context = browser.new_context(viewport=DESKTOP, locale=language)
    context.add_cookies([builders.cookie(cleo, live_server.url)])
    page, found = context.new_page(), []
    page.goto(f"{live_server.url}/clinic/")
    page.check(f"#pick-{public[0].pk}")
    page.click(".many .primary")
    for address in pages:
        page.goto(f"{live_server.url}{address}")
        for one in page.query_selector_all("main details"):
            one.evaluate("one => { one.open = true }")
        name = "".join(char if char.isalnum() else "_" for char in address.strip("/"))
        found += [(address, *one) for one in wrong_on_screens(page, name, language)]
    assert found == [], "\n".join(map(str, found))


def test_a_walk_from_the_library_to_a_pack(live_server, public, cleo, browser, fonts):
    """Without scripts first, then the page follows the worker by itself."""
    context = browser.new_context(viewport=DESKTOP)
    context.add_cookies([builders.cookie(cleo, live_server.url)])
    page, errors = context.new_page(), []
    page.on("pageerror", lambda error: errors.append(error))
    page.goto(f"{live_server.url}/clinic/")
    page.check(f"#pick-{public[0].pk}")
    page.click(".many .primary")
    page.select_option("select[name=language]", "pt-BR")
    page.click(".filters button")
    page.click(".many button[name=all]")
    page.click(".rooms a[href$='/chosen/']")
    page.check("input[name=kind][value=pack]")
    page.fill("input[name=copies]", "2")
    page.click("button[name=order]")
    page.wait_for_url("**/clinic/files/*/")
    assert page.inner_text("[data-label]") == "Waiting for a worker"
    row = Bundle.objects.get()
    assert workflow.run(Bundle, row.pk, bundling.make)
    with page.expect_download() as saved:
        page.click(f"a[href$='/files/{row.pk}/file/']")
    assert saved.value.suggested_filename == f"handouts-{row.pk}.pdf"
    waiting = f"/clinic/pdf/{public[0].pk}/a4-large/"
    page.goto(f"{live_server.url}{waiting}")
    file = RenderedFile.objects.get(clinic=cleo.clinic, paper="a4", large_print=True)
    assert workflow.run(RenderedFile, file.pk, printing.make)
    with page.expect_download() as saved:
        page.wait_for_selector("[data-made]:not([hidden])")
    assert saved.value.suggested_filename == "Metformin en a4-large.pdf"
    assert errors == []
