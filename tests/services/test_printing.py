import hashlib

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from content.engines.base import PermanentEngineError
from content.models import Clinic, JobState, Publication, RenderedFile, Variant
from content.services import printing, publishing, reviewing, serving, workflow
from tests import builders
from tests.engines.renderer.test_variants import pages_of, png

pytestmark = pytest.mark.usefixtures("fonts")

BESIDE = Variant("a4", bilingual=True)


@pytest.fixture
def english(approved) -> Publication:
    return builders.make_public(approved.publications.get())


@pytest.fixture
def portuguese(english, translation, teresa) -> Publication:
    reviewing.approve_translation(
        translation=translation, actor=teresa, shown=translation.compute_fingerprint()
    )
    return builders.make_public(translation.publications.get())


@pytest.fixture
def clinic(db) -> Clinic:
    name = default_storage.save("logos/river.png", ContentFile(png(30, 10)))
    return Clinic.objects.create(
        name="River Clinic", phone="555-010-0123", after_hours="At night: 555-010-0777", logo=name,
        branding=3,
    )  # fmt: skip


def asked(publication: Publication, variant: Variant, clinic: Clinic | None = None) -> RenderedFile:
    """The row of a form after the worker has seen it."""
    file = serving.printed(publication, variant, clinic)
    workflow.run(RenderedFile, file.pk, printing.make)
    file.refresh_from_db()
    return file


def stored(file: RenderedFile) -> bytes:
    with default_storage.open(file.name) as opened:
        return opened.read()


def test_a_form_is_stored_by_its_content_and_done_in_one_step(portuguese):
    file = asked(portuguese, BESIDE)
    pdf = stored(file)
    assert (file.job_state, file.error, file.claim_token) == (JobState.DONE, "", None)
    assert (file.sha256, file.size) == (hashlib.sha256(pdf).hexdigest(), len(pdf))
    assert file.sha256 in file.name
    text = " ".join(pages_of(pdf))
    assert "Tome 500 mg de metformina duas" in text
    assert "Take 500 mg of metformin" in text
    assert printing.render(file) == pdf


def test_the_english_of_an_older_edition_may_stand_beside_it(portuguese, english):
    Publication.objects.filter(pk=english.pk).update(state=Publication.State.SUPERSEDED)
    assert printing.document(portuguese, BESIDE).english.title == "Metformin"


def test_without_its_english_a_translation_is_printed_alone_only(portuguese, english, carlos):
    publishing.withdraw(publication=english, actor=carlos, reason="A dose was wrong.")
    file = asked(portuguese, BESIDE)
    assert file.job_state == JobState.FAILED
    assert "English of this edition is not public" in file.error
    assert asked(portuguese, Variant("a4")).is_there


def test_english_has_nothing_to_stand_beside_it(english):
    file = asked(english, BESIDE)
    assert (file.job_state, file.attempts) == (JobState.FAILED, 1)
    assert "nothing can stand beside it" in file.error


def test_the_english_has_the_same_parts_as_its_translation(portuguese):
    document = printing.document(portuguese, BESIDE)
    assert document.english.shape == document.shape


def test_a_clinic_prints_its_own_head(portuguese, clinic):
    file = asked(portuguese, Variant("letter", large_print=True), clinic)
    assert (file.job_state, file.branding) == (JobState.DONE, 3)
    first = pages_of(stored(file))[0]
    for text in ("River Clinic", "555-010-0123", "At night: 555-010-0777"):
        assert text in first
    house = printing.document(portuguese, Variant())
    assert house.head.name == portuguese.payload["clinic"]["name"]


def test_a_lost_logo_is_named(portuguese, clinic):
    default_storage.delete(clinic.logo)
    with pytest.raises(PermanentEngineError, match="River Clinic"):
        printing.document(portuguese, Variant(), clinic)


def test_what_was_withdrawn_meanwhile_is_not_printed(english, carlos):
    file = serving.printed(english, Variant("a4"))
    publishing.withdraw(publication=english, actor=carlos, reason="A dose was wrong.")
    workflow.run(RenderedFile, file.pk, printing.make)
    file.refresh_from_db()
    assert (file.job_state, file.name) == (JobState.CANCELLED, "")


def test_a_worker_that_lost_its_lease_writes_nothing(english):
    file = serving.printed(english, Variant("a4"))
    late = workflow.claim(RenderedFile, file.pk)
    RenderedFile.objects.filter(pk=file.pk).update(job_state=JobState.WAITING, claim_token=None)
    with pytest.raises(workflow.LeaseLost):
        printing.make(RenderedFile.objects.get(pk=file.pk), late)
    file.refresh_from_db()
    assert (file.job_state, file.name) == (JobState.WAITING, "")


def test_the_code_opens_the_page_in_the_patients_language(portuguese):
    pdf = printing.document(portuguese, Variant())
    assert pdf.portal_url.endswith("/pt-BR/metformin/")


def test_a_handout_that_takes_too_long_fails_in_one_sentence_and_the_next_is_printed(
    english, settings
):
    row = {"kind": "list_item", "text": "a"}
    section = {"key": "medicines", "heading": "Medicines", "items": [row] * 30_000}
    endless = Publication.objects.create(
        handout=english.handout, edition=english.edition, language="en", title="Endless",
        payload=english.payload | {"sections": [section]}, sha256="0" * 64,
    )  # fmt: skip
    file = printing.house_file(endless, Variant())
    settings.RENDER_SECONDS = 3
    workflow.run(RenderedFile, file.pk, printing.make)
    file.refresh_from_db()
    assert (file.job_state, file.claim_token) == (JobState.FAILED, None)
    assert file.error.startswith("It took longer than 3 seconds to print")
    settings.RENDER_SECONDS = 250
    assert asked(english, Variant("a4")).job_state == JobState.DONE
