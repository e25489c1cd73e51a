"""How work ends that ends otherwise: lost leases, lost databases, other workers, nothing to do."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import OperationalError, connection
from django.utils import timezone

from content.engines.base import PermanentEngineError
from content.models import (
    Bundle,
    Clinic,
    Event,
    JobState,
    Publication,
    RenderedFile,
    Request,
    Translation,
    User,
    Variant,
)
from content.services import (
    bundling,
    clinics,
    health,
    keeping,
    notifying,
    printing,
    publishing,
    reviewing,
    sealing,
    serving,
    workflow,
)
from content.services.clinics import Order
from content.services.errors import Refused
from content.services.publishing import AT_ONCE
from tests import builders


@pytest.fixture
def row(ellen, source) -> Request:
    made = Request.objects.create(topic="Asthma", requested_by=ellen)
    made.sources.add(source)
    return made


@pytest.fixture
def english(approved) -> Publication:
    return approved.publications.get()


def fresh(job):
    return type(job).objects.get(pk=job.pk)


# --- leases and databases -----------------------------------------------------------------------


def test_work_that_fails_after_it_was_stopped_changes_nothing(row, ellen):
    def work(job, claim):
        workflow.cancel(job, actor=ellen)
        raise ValueError("too late")

    workflow.run(Request, row.pk, work)
    assert (fresh(row).job_state, fresh(row).error) == (JobState.CANCELLED, "")


def test_a_database_that_is_away_leaves_the_row_to_the_sweep(row, caplog):
    def away(execute, sql, params, many, context):
        if sql.startswith("UPDATE"):
            raise OperationalError("server closed the connection")
        return execute(sql, params, many, context)

    def work(job, claim):
        with connection.execute_wrapper(away):
            workflow._give_up_or_wait(job, claim, PermanentEngineError("No such model."))

    workflow.run(Request, row.pk, work)
    assert "is left to the sweep" in caplog.text
    assert fresh(row).job_state == JobState.RUNNING
    Request.objects.update(claimed_until=timezone.now())
    assert workflow.sweep() == 1
    assert fresh(row).job_state == JobState.WAITING


def jobs(row, english, translation, cleo) -> list:
    file = serving.printed(english, Variant("a4"))
    bundle = Bundle.objects.create(clinic=cleo.clinic, by=cleo, kind="zip")
    return [row, english, translation, file, bundle]


def test_work_is_stopped_and_released_by_those_whose_work_it_is(
    row, english, translation, cleo, ellen, sahra, teresa
):
    theirs = {Bundle: cleo, Translation: teresa}
    for job in jobs(row, english, translation, cleo):
        type(job).objects.filter(pk=job.pk).update(job_state=JobState.WAITING)
        for stranger in (sahra, ellen if isinstance(job, Bundle) else cleo):
            with pytest.raises(Refused, match="not your work"):
                workflow.cancel(job, actor=stranger)
        owner = theirs.get(type(job), ellen)
        workflow.cancel(job, actor=owner)
        assert fresh(job).job_state == JobState.CANCELLED
        with pytest.raises(Refused, match="no longer running"):
            workflow.cancel(job, actor=owner)
        workflow.release(job, actor=owner)
        assert fresh(job).job_state == JobState.WAITING
        with pytest.raises(Refused, match="not waiting to be tried again"):
            workflow.release(job, actor=owner)
    assert Event.objects.filter(kind=Event.Kind.CANCELLED).count() == 5


@pytest.mark.parametrize(
    "ask", [workflow._about, notifying.failed, sealing._moment, keeping._plain]
)
def test_what_is_of_no_known_kind_is_a_fault_and_no_guess(ask):
    with pytest.raises(TypeError, match="User"):
        ask(User())


# --- publishing ---------------------------------------------------------------------------------


def test_a_publication_is_public_when_its_forms_are_there(english, fonts):
    assert workflow.run(Publication, english.pk, publishing.prepare)
    made = fresh(english)
    assert (made.state, made.job_state) == (Publication.State.PUBLIC, JobState.DONE)
    files = RenderedFile.objects.filter(publication=english)
    assert {file.variant for file in files if file.is_there} == set(AT_ONCE)
    before = sorted(files.values_list("sha256", "updated_at"))
    Publication.objects.update(state=Publication.State.PREPARING, job_state=JobState.WAITING)
    workflow.run(Publication, english.pk, publishing.prepare)
    assert sorted(files.values_list("sha256", "updated_at")) == before
    assert fresh(english).state == Publication.State.PUBLIC


def test_what_was_withdrawn_meanwhile_does_not_become_public(english, carlos):
    publishing.withdraw(publication=english, actor=carlos, reason="A dose was wrong.")
    assert builders.make_public(english).state == Publication.State.WITHDRAWN


def test_an_older_edition_gives_way_to_the_newer_one_that_was_faster(english, ellen, carlos):
    from content.services import succession

    newer = succession.new_edition(edition=english.edition, actor=ellen)
    reviewing.resubmit_edition(edition=newer, actor=ellen)
    newer = builders.approve(fresh(newer), carlos)
    assert builders.make_public(newer.publications.get()).state == Publication.State.PUBLIC
    assert builders.make_public(english).state == Publication.State.SUPERSEDED


def test_only_a_clinician_or_an_administrator_withdraws(english, ellen):
    with pytest.raises(Refused, match="Only a clinician or an administrator"):
        publishing.withdraw(publication=english, actor=ellen, reason="A dose was wrong.")


def test_the_same_bytes_are_stored_once(english):
    file = printing.house_file(english, Variant())
    for _time in range(2):
        printing.store(file, b"%PDF-1.7 the same")
    assert len(default_storage.listdir(f"pdf/{file.sha256[:2]}")[1]) == 1


# --- bundles ------------------------------------------------------------------------------------


def ordered(cleo, publication) -> Bundle:
    return clinics.order(cleo, cleo.clinic, Order("zip", (publication.pk,)))


def test_a_bundle_waits_for_a_form_that_another_worker_has_in_hand(cleo, english, monkeypatch):
    builders.make_public(english)
    bundle = ordered(cleo, english)
    file = serving.printed(english, bundling.variant(bundle, english), cleo.clinic)
    other = workflow.claim(RenderedFile, file.pk)
    waited: list[float] = []

    def meanwhile(seconds: float) -> None:
        waited.append(seconds)
        if len(waited) == 2:
            printing.store(file, blank())
            other.finish(name=file.name, sha256=file.sha256, size=file.size)

    monkeypatch.setattr(bundling.time, "sleep", meanwhile)
    workflow.run(Bundle, bundle.pk, bundling.make)
    assert len(waited) == 2
    assert (fresh(bundle).job_state, fresh(bundle).error) == (JobState.DONE, "")


def test_two_bundles_of_the_same_bytes_are_one_file(cleo, english, fonts):
    builders.make_public(english)
    made = [ordered(cleo, english) for _time in range(2)]
    Bundle.objects.update(created_at=timezone.now())  # the date of what is in the file
    for bundle in made:
        workflow.run(Bundle, bundle.pk, bundling.make)
    first, second = map(fresh, made)
    assert first.name == second.name
    assert len(default_storage.listdir(f"bundles/{first.sha256[:2]}")[1]) == 1


def blank() -> bytes:
    from io import BytesIO

    import pikepdf

    pdf, out = pikepdf.new(), BytesIO()
    pdf.add_blank_page()
    pdf.save(out)
    return out.getvalue()


def test_a_bundle_says_which_form_could_not_be_printed(cleo, english):
    builders.make_public(english)
    Clinic.objects.filter(pk=cleo.clinic_id).update(logo="logos/lost.png")
    cleo.clinic.refresh_from_db()
    bundle = ordered(cleo, english)
    workflow.run(Bundle, bundle.pk, bundling.make)
    assert fresh(bundle).job_state == JobState.FAILED
    assert "could not be printed. The logo of Harbor Clinic" in fresh(bundle).error


# --- what programs ask --------------------------------------------------------------------------


def test_a_broker_that_answers_and_a_storage_elsewhere_are_well(db, monkeypatch, settings):
    monkeypatch.setattr(health.current_app.conf, "broker_url", "memory://")
    settings.STORAGES = settings.STORAGES | {
        "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"}
    }
    assert default_storage.save("a.txt", ContentFile(b"x"))
    told = {part.name: part.problem for part in health.parts()}
    assert (told["broker"], told["storage"]) == ("", "")
