"""The database refuses what the rules refuse, whoever writes to it: ORM and plain SQL."""

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from content.models import (
    Decision,
    Edition,
    Event,
    Finding,
    Publication,
    Qualification,
    Translation,
    rules,
)
from content.services import correcting, editing, publishing, record, reviewing
from content.services.errors import Refused
from tests import builders


@pytest.fixture(autouse=True)
def _database(db):
    pass


def refused(statement: str, *parameters: object) -> None:
    with (
        pytest.raises(IntegrityError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement, parameters)


def force_approve(edition, user, fingerprint="f" * 64):
    """Write an approval past every service, decision included."""
    record.decide(
        verb=Decision.Verb.APPROVE_EDITION, actor=user, edition=edition, fingerprint=fingerprint
    )
    Edition.objects.filter(pk=edition.pk).update(
        state="approved", approved_by=user, approved_at=timezone.now(), fingerprint=fingerprint
    )


def test_every_rule_is_installed(fonts):
    assert {rule.name for rule in rules.RULES} <= rules.installed(connection)
    call_command("check", "--database", "default")


def test_installing_again_changes_nothing():
    before = rules.installed(connection)
    rules.install(connection)
    assert rules.installed(connection) == before


def test_a_forced_approval_by_a_clinician_is_possible(edition, carlos):
    force_approve(edition, carlos)
    assert Edition.objects.get(pk=edition.pk).state == "approved"


def test_a_forced_approval_by_an_author_is_refused(edition, ellen, carlos):
    edition.authors.add(carlos)
    with pytest.raises(IntegrityError, match="author"), transaction.atomic():
        force_approve(edition, carlos)


def test_a_forced_approval_by_the_maker_is_refused(edition, ellen, carlos):
    ellen.groups.set(carlos.groups.all())
    with pytest.raises(IntegrityError), transaction.atomic():
        force_approve(edition, ellen)


def test_a_forced_approval_without_the_role_is_refused(edition, teresa):
    with pytest.raises(IntegrityError, match="clinician"), transaction.atomic():
        force_approve(edition, teresa)


def test_a_forced_approval_over_a_blocking_finding_is_refused(edition, carlos):
    segment = edition.segments.get(ordinal=6)
    Finding.objects.create(segment=segment, check_id="x", severity="blocking", message="m")
    with pytest.raises(IntegrityError, match="blocking"), transaction.atomic():
        force_approve(edition, carlos)


def test_an_approval_without_a_decision_is_refused(edition, carlos):
    with pytest.raises(IntegrityError, match="decision"), transaction.atomic():
        Edition.objects.filter(pk=edition.pk).update(
            state="approved", approved_by=carlos, approved_at=timezone.now(), fingerprint="f"
        )


def test_an_approved_edition_cannot_be_reopened(approved):
    refused("UPDATE content_edition SET state = 'in_review' WHERE id = %s", approved.pk)


def test_approved_segments_are_frozen(approved):
    segment = approved.segments.first()
    refused("UPDATE content_segment SET text = 'Take 5 g' WHERE id = %s", segment.pk)
    refused("DELETE FROM content_segment WHERE id = %s", segment.pk)


def test_the_record_is_append_only(approved):
    refused("UPDATE content_decision SET reason = 'other'")
    refused("DELETE FROM content_decision")
    record.note("something", edition=approved)
    assert Event.objects.exists()
    refused("DELETE FROM content_event")


def test_a_translation_needs_a_qualified_translator(translation, teresa):
    Qualification.objects.all().delete()
    fingerprint = translation.compute_fingerprint()
    record.decide(
        verb=Decision.Verb.APPROVE_TRANSLATION, actor=teresa, edition=translation.edition,
        translation=translation, fingerprint=fingerprint,
    )  # fmt: skip
    refused(
        "UPDATE content_translation SET state = 'approved', approved_by_id = %s,"
        " approved_at = CURRENT_TIMESTAMP, fingerprint = %s WHERE id = %s",
        teresa.pk, fingerprint, translation.pk,
    )  # fmt: skip


def test_the_tier_of_a_translation_is_fixed(translation):
    value = "true" if connection.vendor == "postgresql" else "1"
    refused(f"UPDATE content_translation SET needs_two = {value} WHERE id = %s", translation.pk)


def test_unapproved_text_cannot_be_published(edition):
    with pytest.raises(IntegrityError, match="approved"), transaction.atomic():
        Publication.objects.create(
            handout=edition.handout, edition=edition, language="en", title="x", payload={},
            sha256="0", search_text="",
        )  # fmt: skip


def test_a_publication_is_frozen_and_kept(approved):
    publication = approved.publications.get()
    refused("UPDATE content_publication SET title = 'other' WHERE id = %s", publication.pk)
    refused("UPDATE content_publication SET payload = '{}' WHERE id = %s", publication.pk)
    refused("DELETE FROM content_publication WHERE id = %s", publication.pk)


def test_a_publication_without_its_pdfs_cannot_be_public(approved):
    publication = approved.publications.get()
    refused(
        "UPDATE content_publication SET state = 'public', published_at = CURRENT_TIMESTAMP"
        " WHERE id = %s",
        publication.pk,
    )


def test_a_high_risk_translation_needs_two_in_the_database(approved, teresa):
    made = builders.translation(approved, "so", builders.SOMALI)
    fingerprint = made.compute_fingerprint()
    reviewing.approve_translation(translation=made, actor=teresa, shown=fingerprint)
    refused("UPDATE content_translation SET state = 'approved' WHERE id = %s", made.pk)


# --- rules 3 to 6, by doors that no service uses ------------------------------------------------


def test_an_inactive_clinician_approves_nothing(edition, carlos):
    carlos.is_active = False
    carlos.save()
    with pytest.raises(IntegrityError, match="clinician"), transaction.atomic():
        force_approve(edition, carlos)


def test_an_author_cannot_be_struck_off(edition, ellen):
    for change in (lambda: edition.authors.remove(ellen), lambda: edition.authors.clear()):
        with pytest.raises(IntegrityError, match="author"), transaction.atomic():
            change()
    refused("UPDATE content_edition_authors SET user_id = 999999")


def test_who_edited_cannot_approve_even_if_not_among_the_authors(edition, carlos):
    record.note(Event.Kind.EDITED, actor=carlos, edition=edition)
    with pytest.raises(IntegrityError, match="author"), transaction.atomic():
        force_approve(edition, carlos)


def test_the_maker_and_the_asker_stay(edition, carlos):
    with pytest.raises(IntegrityError, match="maker"), transaction.atomic():
        Edition.objects.filter(pk=edition.pk).update(created_by=carlos)


def test_an_override_without_its_decision_is_refused(edition, carlos, translation):
    owners = ({"segment": edition.segments.get(ordinal=6)},
              {"translated_segment": translation.segments.first()})  # fmt: skip
    translation.refresh_from_db()
    found = Finding.objects.create(**owners[1], check_id="x", severity="blocking", message="m")
    with pytest.raises(IntegrityError, match="decision"), transaction.atomic():
        Finding.objects.filter(pk=found.pk).update(overridden_by=carlos, override_reason="So.")
    for owner in owners:
        with pytest.raises(IntegrityError, match="decision"), transaction.atomic():
            Finding.objects.create(
                **owner, check_id="x", severity="blocking", message="m",
                overridden_by=carlos, override_reason="Because I say so.",
            )  # fmt: skip


def test_a_blocking_finding_cannot_be_made_a_warning(edition):
    found = Finding.objects.create(
        segment=edition.segments.first(), check_id="x", severity="blocking", message="m"
    )
    with pytest.raises(IntegrityError, match="mended"), transaction.atomic():
        Finding.objects.filter(pk=found.pk).update(severity="warning")


def test_a_finding_that_was_removed_comes_back_before_an_approval(edition, ellen, carlos):
    segment = edition.segments.get(ordinal=6)
    editing.edit_segment(
        segment=segment, actor=ellen, shown=segment.text,
        text="Take 900 mg of metformin twice a day with meals.",
    )  # fmt: skip
    Finding.objects.all().delete()
    shown = edition.compute_fingerprint()
    with pytest.raises(Refused, match="not shown"):
        reviewing.approve_edition(edition=edition, actor=carlos, shown=shown)
    with pytest.raises(Refused, match="blocking"):
        reviewing.approve_edition(edition=edition, actor=carlos, shown=shown)


def test_a_finding_of_a_translation_comes_back_too(translation, teresa):
    row = translation.segments.get(segment__ordinal=6)
    correcting.edit_translation(
        row=row, actor=teresa, text=row.text.replace("500", "900"), shown=row.text
    )
    Finding.objects.all().delete()
    with pytest.raises(Refused, match="not shown"):
        reviewing.approve_translation(
            translation=translation, actor=teresa, shown=translation.compute_fingerprint()
        )


def test_the_citations_of_approved_text_are_frozen(approved, source):
    segment = approved.segments.get(ordinal=6)
    other = source.statements.exclude(segments=segment).first()
    for change in (
        lambda: segment.statements.add(other),
        lambda: segment.statements.clear(),
    ):
        with pytest.raises(IntegrityError, match="frozen"), transaction.atomic():
            change()


def test_an_approved_translation_stays_so(translation, teresa, sahra):
    shown = translation.compute_fingerprint()
    reviewing.approve_translation(translation=translation, actor=teresa, shown=shown)
    for change in ({"state": "in_review"}, {"state": "stale"}, {"approved_by": sahra},
                   {"fingerprint": "0" * 64}, {"language": "so"}):  # fmt: skip
        with pytest.raises(IntegrityError, match="frozen"), transaction.atomic():
            Translation.objects.filter(pk=translation.pk).update(**change)


def test_a_publication_is_not_born_public(approved):
    english = approved.publications.get()
    fields = {name: getattr(english, name) for name in
              ("handout", "edition", "language", "title", "payload", "sha256")}  # fmt: skip
    with pytest.raises(IntegrityError, match="preparation"), transaction.atomic():
        Publication.objects.create(**fields, state="public", published_at=timezone.now())


@pytest.mark.parametrize("state", ["preparing", "public", "superseded"])
def test_a_withdrawn_publication_stays_so(approved, carlos, state):
    publication = builders.make_public(approved.publications.get())
    publishing.withdraw(publication=publication, actor=carlos, reason="A dose was wrong.")
    with pytest.raises(IntegrityError, match="stays so"), transaction.atomic():
        Publication.objects.filter(pk=publication.pk).update(state=state)


def test_a_withdrawal_needs_its_decision(approved):
    publication = builders.make_public(approved.publications.get())
    with pytest.raises(IntegrityError, match="decision"), transaction.atomic():
        Publication.objects.filter(pk=publication.pk).update(
            state="withdrawn", withdrawn_at=timezone.now(), withdrawn_reason="It is gone."
        )
