"""The edges of the verbs: what is too much, too late, not there, there twice, or not theirs."""

import datetime as dt
from functools import partial

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import IntegrityError, connection
from django.utils import timezone

from content import languages
from content.models import (
    Bundle,
    Edition,
    Event,
    Favourite,
    Finding,
    JobState,
    MemoryEntry,
    Publication,
    Purpose,
    Recording,
    Request,
    Seal,
    SectionKey,
    Source,
    Statement,
    Tally,
    TermbaseEntry,
    Translation,
)
from content.services import (
    back_translation,
    clinics,
    correcting,
    discussing,
    drafting,
    editing,
    findings,
    interchange,
    keeping,
    measuring,
    memory,
    overview,
    planning,
    publishing,
    reviewing,
    sealing,
    serving,
    succession,
    termbase,
    timeline,
    workflow,
)
from content.services.clinics import Order
from content.services.errors import OutOfDate, Refused
from content.services.library import import_sources
from content.text.differences import Run
from content.text.fingerprint import fingerprint
from content.text.interchange import Document, Unit, read_xliff, write_xliff
from content.text.sources import parse_markdown
from tests import builders
from tests.services import clinic_files as files
from tests.services.test_library import SHEET

pytestmark = pytest.mark.django_db


@pytest.fixture
def english(approved) -> Publication:
    return builders.make_public(approved.publications.get())


# --- clinics ------------------------------------------------------------------------------------


def test_a_favourite_is_marked_once_and_taken_off(cleo, english):
    for _time in range(2):
        clinics.favour(cleo, english.handout, wanted=True)
    assert Favourite.objects.get().handout == english.handout
    clinics.favour(cleo, english.handout, wanted=False)
    assert not Favourite.objects.exists()


@pytest.mark.parametrize(
    ("limit", "value", "order", "field"),
    [
        ("MAX_HANDOUTS", 0, {"kind": "zip"}, "publications"),
        ("MAX_COPIES", 2, {"kind": "zip", "copies": 3}, "copies"),
        ("MAX_PAGES", 2, {"kind": "pack", "copies": 3}, "copies"),
    ],
)
def test_an_order_has_a_measure(cleo, clinic, english, monkeypatch, limit, value, order, field):
    monkeypatch.setattr(clinics, limit, value)
    with pytest.raises(Refused) as refused:
        clinics.order(cleo, clinic, Order(publications=(english.pk,), **order))
    assert refused.value.field == field


def test_a_bundle_is_ordered_again_when_it_ended_and_its_file_goes(
    cleo, clinic, english, django_capture_on_commit_callbacks
):
    bundle = clinics.order(cleo, clinic, Order("zip", (english.pk,)))
    with pytest.raises(Refused, match="being made already"):
        clinics.order_again(bundle)
    name = default_storage.save("bundles/ab/old.zip", SimpleUploadedFile("x", b"x"))
    Bundle.objects.update(job_state=JobState.DONE, name=name, size=1)
    bundle.refresh_from_db()
    with django_capture_on_commit_callbacks(execute=True):
        clinics.order_again(bundle)
    bundle.refresh_from_db()
    assert (bundle.job_state, bundle.name, bundle.size) == (JobState.WAITING, "", 0)
    assert not default_storage.exists(name)
    Bundle.objects.update(job_state=JobState.FAILED, error="No room.")
    clinics.order_again(bundle)  # it has no file that could go
    bundle.refresh_from_db()
    assert (bundle.job_state, bundle.error) == (JobState.WAITING, "")


def test_every_handout_of_a_bundle_counts_as_taken_by_the_clinic(cleo, clinic, english):
    clinics.count_downloads(clinics.order(cleo, clinic, Order("zip", (english.pk,))))
    serving.flush()
    row = Tally.objects.get(kind=Tally.Kind.DOWNLOADED)
    assert (row.publication, row.clinic, row.count) == (english, clinic, 1)


def test_an_administrators_change_makes_pdfs_anew_and_is_on_record(ada, clinic):
    clinics.rebranded(ada, clinic, {"phone": ["555 0100", "555 0199"]})
    clinic.refresh_from_db()
    assert clinic.branding == 1
    event = Event.objects.get(kind=Event.Kind.BRANDED)
    assert (event.actor, event.data["changed"]["phone"][1]) == (ada, "555 0199")


def test_a_file_that_two_rows_have_is_stored_once_and_stays_for_the_other(
    cleo, clinic, english, translation, teresa, django_capture_on_commit_callbacks
):
    reviewing.approve_translation(
        translation=translation, actor=teresa, shown=translation.compute_fingerprint()
    )
    other = builders.make_public(translation.publications.get())
    for publication in (english, other):
        clinics.keep_recording(cleo, clinic, publication, SimpleUploadedFile("a", files.MP3))
    first, second = Recording.objects.order_by("pk")
    assert first.name == second.name
    for row, there in [(first, True), (second, False)]:
        with django_capture_on_commit_callbacks(execute=True):
            clinics.remove_recording(cleo, row)
        assert default_storage.exists(second.name) is there


def test_what_was_withdrawn_takes_no_recording(cleo, clinic, english, carlos):
    publishing.withdraw(publication=english, actor=carlos, reason="A dose was wrong.")
    english.refresh_from_db()
    with pytest.raises(Refused, match="not public any more"):
        clinics.keep_recording(cleo, clinic, english, SimpleUploadedFile("a", files.MP3))


# --- requests -----------------------------------------------------------------------------------


def test_the_languages_that_are_usual(ellen, clinic):
    for codes in (["es", "so"], ["es"], ["tlh"]):
        Request.objects.create(topic="Asthma", requested_by=ellen, languages=codes)
    assert drafting.usual_languages() == drafting.usual_languages(clinic) == ["es", "so"]
    assert drafting.usual_languages(most=1) == ["es"]
    clinic.languages = ["vi"]
    assert drafting.usual_languages(clinic) == ["vi"]


def test_a_day_that_is_over_cannot_be_asked_for(ellen, source):
    with pytest.raises(Refused) as refused:
        drafting.check_due(timezone.localdate() - dt.timedelta(days=1))
    assert refused.value.field == "due"
    drafting.check_due(timezone.localdate())


def only_tests(source: Source) -> None:
    """A source that says nothing but how a test is done."""
    source.statements.all().delete()
    Statement.objects.create(
        source=source, ordinal=1, section="Emergency", text="Call 911 if you cannot breathe.",
        fingerprint="x",
    )  # fmt: skip


def test_a_source_without_statements_is_no_source(ellen, source):
    source.statements.all().delete()
    with pytest.raises(Refused, match="nothing for this purpose"):
        drafting.check_statements(Purpose.CONDITION, [source])


def test_a_handout_with_help_alone_has_no_key_points(ellen, source):
    only_tests(source)
    row = drafting.request_handout(actor=ellen, topic="Asthma", sources=[source])
    sections = set(planning.plan_edition(row, {}).segments.values_list("section", flat=True))
    assert SectionKey.KEY_POINTS not in sections and SectionKey.EMERGENCY in sections


def test_two_texts_that_claim_one_name_are_refused_and_one_text_twice_is_told(db):
    first = parse_markdown(SHEET, "test-sheet.md")
    other = parse_markdown(SHEET.replace("each day", "each week"), "test-sheet.md")
    with pytest.raises(Refused, match="Two different texts are called"):
        import_sources([first, other])
    report = import_sources([first, parse_markdown(SHEET, "test-sheet.md")])
    assert (report.added, report.unchanged) == (["Test sheet"], ["Test sheet"])


# --- desks --------------------------------------------------------------------------------------


def test_what_is_still_written_or_no_longer_waits_is_not_changed(edition, ellen, carlos, teresa):
    Edition.objects.filter(pk=edition.pk).update(state=Edition.State.DRAFTING)
    row = edition.segments.get(ordinal=6)
    change = partial(editing.edit_segment, segment=row, actor=ellen, shown=row.text, text="X.")
    copy = partial(succession.duplicate, edition=edition, actor=ellen, title="Metformin again")
    for verb in (change, copy):
        with pytest.raises(Refused, match="still being written"):
            verb()
    with pytest.raises(OutOfDate, match="not waiting for the educator"):
        reviewing.resubmit_edition(edition=edition, actor=ellen)


def test_a_translation_that_is_approved_is_not_changed_nor_approved_again(translation, teresa):
    approve = partial(
        reviewing.approve_translation, translation=translation, actor=teresa,
        shown=translation.compute_fingerprint(),
    )  # fmt: skip
    approve()
    translation.refresh_from_db()
    with pytest.raises(Refused, match="not waiting for a translator"):
        approve()
    row = translation.segments.first()
    with pytest.raises(OutOfDate, match="not waiting for a translator any more"):
        correcting.edit_translation(row=row, actor=teresa, shown=row.text, text="Outro texto.")


def test_a_translator_lets_a_finding_of_their_language_stand(translation, teresa, sahra):
    row = translation.segments.first()
    finding = Finding.objects.create(
        translated_segment=row, check_id="numbers", severity="blocking", message="5 is missing."
    )
    assert "blocking" in reviewing.why_not_approve_translation(translation, teresa)
    with pytest.raises(Refused, match="no valid qualification"):
        reviewing.override(finding=finding, actor=sahra, reason="It is said otherwise here.")
    reviewing.override(finding=finding, actor=teresa, reason="It is said otherwise here.")
    finding.refresh_from_db()
    assert finding.overridden_by == teresa
    assert reviewing.why_not_approve_translation(translation, teresa) == ""


def test_who_requested_a_handout_does_not_approve_it(edition, ellen, carlos):
    edition.request = Request.objects.create(topic="Metformin", requested_by=carlos)
    assert "another clinician" in reviewing.why_not_approve_edition(edition, carlos)


def test_a_finding_of_the_last_moment_stops_an_approval_in_the_database(edition, carlos):
    found: list[Finding] = []

    def meanwhile(execute, sql, params, many, context):
        if sql.startswith('UPDATE "content_edition"') and not found:
            found.append(
                Finding(
                    segment=edition.segments.first(), check_id="numbers", severity="blocking",
                    message="5 is missing.",
                )
            )  # fmt: skip
            found[0].save()
        return execute(sql, params, many, context)

    with (
        connection.execute_wrapper(meanwhile),
        pytest.raises(Refused, match="The database refused this approval"),
    ):
        builders.approve(edition, carlos)
    assert not Publication.objects.exists()


def test_a_comment_on_a_translated_sentence_is_on_record_with_its_translation(translation, teresa):
    row = translation.segments.first()
    discussing.comment(row=row, actor=teresa, text="Is this the clinic's word?")
    event = Event.objects.get(kind=Event.Kind.COMMENTED)
    assert (event.translation, event.edition) == (translation, translation.edition)
    assert event.data["segment"] == row.segment_id


def test_the_desk_says_what_no_check_looks_for():
    assert findings.hazards_unread(languages.get("es")) == []
    assert findings.hazards_unread(languages.get("hmn"))


def test_what_is_warmed_up_is_read_once():
    editing.warm_up()
    before = editing.quality.hard_words()
    assert before is editing.quality.hard_words()


def test_a_reading_back_differs_where_one_of_its_words_does():
    same, other = Run("Take 5 mg", differs=False), Run("daily", differs=True)
    assert back_translation.ReadBack((same, other), "engine").differs
    assert not back_translation.ReadBack((same,), "engine").differs


# --- files of translators -----------------------------------------------------------------------


def test_a_file_takes_what_fits_and_says_why_the_rest_does_not(translation, teresa):
    gone = read_xliff(interchange.export_xliff(translation))
    first, second, *_others = (unit for unit in gone.units if unit.source.endswith("."))
    units = (
        Unit("s0", "Drink water.", "Beba água.", ""),
        Unit(first.id, first.source, "  ", first.shown),
        Unit(second.id, second.source, "Texto " + "longo " * 400, second.shown),
    )
    content = write_xliff(Document("x", "en", "pt-BR", units))
    found = interchange.import_file(translation=translation, actor=teresa, content=content)
    assert (found.saved, found.same) == (0, 0)
    assert found.refused == [
        ("Drink water.", "It is not of this translation."),
        (second.source, "A segment holds at most 2000 characters."),
    ]


def test_a_term_that_changed_in_the_file_is_changed_here():
    spanish = languages.get("es")
    for words, told in [("derrame", "added"), ("derrame", "same"), ("ataque cerebral", "changed")]:
        csv = f"source,preferred,variants,forbidden,keep\nstroke,{words},,,\n".encode()
        counted = termbase.take(csv, spanish)
        assert getattr(counted, told) == 1
    assert TermbaseEntry.objects.get().preferred == "ataque cerebral"


def test_memory_stays_in_few_blocks_however_often_it_grows(translation, monkeypatch):
    monkeypatch.setattr(memory, "MOST_BLOCKS", 2)
    for dose in range(5):
        source = f"Take {dose + 2} tablets of this medicine every morning."
        MemoryEntry.objects.create(
            language="es", source=source, target="X.", translation=translation,
            source_fingerprint=fingerprint([source]),
        )  # fmt: skip
        assert len(memory._sources_of("es")._blocks) <= 2
    found = memory._sources_of("es").closest("take 4 tablets of this medicine every morning.")
    assert len(found) == 4  # each of the others; the same words are found exactly


# --- the record and its keeping -----------------------------------------------------------------


def test_a_seal_that_cannot_be_set_is_left_to_the_sweep(ellen, edition, caplog):
    event = Event.objects.create(kind=Event.Kind.EDITED, actor=ellen, edition=edition)

    def taken(execute, sql, params, many, context):
        if sql.startswith('INSERT INTO "content_seal"'):
            raise IntegrityError("UNIQUE constraint failed: content_seal.number")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(taken):
        sealing.seal(event)
    assert "the sweep goes on" in caplog.text and not Seal.objects.filter(event=event).exists()
    assert sealing.seal_missed() >= 1 and Seal.objects.filter(event=event).exists()


@pytest.mark.django_db(transaction=True)  # a backup begins a transaction of its own
def test_a_restore_takes_rows_in_batches_and_work_under_way_with_its_claim(
    edition, ellen, tmp_path, monkeypatch
):
    row = Request.objects.create(topic="Asthma", requested_by=ellen)
    mine = workflow.claim(Request, row.pk)
    before = list(edition.segments.order_by("pk").values())
    call_command("backup", str(tmp_path / "kept.zip"), "--json")
    monkeypatch.setattr(keeping, "BATCH", 2)
    call_command("restore", str(tmp_path / "kept.zip"), "--replace", "--json")
    assert list(edition.segments.order_by("pk").values()) == before
    mine.finish()  # the token holds


def test_what_is_told_of_a_request_and_of_a_person(ellen, source, edition):
    row = drafting.request_handout(actor=ellen, topic="Metformin", sources=[source])
    assert [entry.who for entry in timeline.of(row)] == ["Ellen"]
    workflow.cancel(row, actor=ellen)
    assert len(timeline.of(ellen)) == 2 and len(timeline.of(ellen, 1)) == 1
    assert timeline.of(edition) == []


def test_figures_of_work_that_ended(approved, translation):
    assert {one.name: one for one in measuring.figures()}["stage_seconds"].values == ()
    now = timezone.now()
    Translation.objects.update(
        job_state=JobState.DONE, started_at=now - dt.timedelta(seconds=30), updated_at=now
    )
    (spent,) = {one.name: one for one in measuring.figures()}["stage_seconds"].values
    assert spent[0] == ("translation",) and 29 < spent[1] < 31


def test_the_grades_of_what_is_approved_stand_side_by_side(source, ellen, carlos):
    assert overview.grades() == []
    for slug, grade in [("first", 5.2), ("second", 7.1), ("third", 6.8)]:
        made = builders.edition(source, ellen, slug)
        made.readability = [{"formula": overview.FORMULA, "value": grade}, {"formula": "other"}]
        made.save()
        builders.approve(made, carlos)
    assert [(bar.label, bar.count) for bar in overview.grades()] == [(5, 1), (6, 0), (7, 2)]
