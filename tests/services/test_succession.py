"""What becomes of a handout: a copy, the archive and back, withdrawn everywhere, public again."""

import pytest
from django.db import connection

from content.models import Decision, Edition, MemoryEntry, Publication, Translation, rules
from content.services import editing, publishing, reviewing, succession
from content.services.errors import Refused
from tests import builders

REASON = "A dose was wrong."


def test_a_copy_is_a_handout_of_its_own(approved, ellen):
    made = succession.duplicate(edition=approved, actor=ellen, title="Metformin for  teens")
    assert made.handout.slug == "metformin-for-teens" and made.number == 1
    assert made.state == Edition.State.RETURNED
    assert made.segments.get(section="title").text == "Metformin for teens"
    assert made.segments.count() == approved.segments.count()


@pytest.mark.parametrize("title", ["", "!!!", "Ana, MRN 12345678"])
def test_a_title_that_cannot_be(approved, ellen, title):
    with pytest.raises(Refused):
        succession.duplicate(edition=approved, actor=ellen, title=title)


def test_who_wrote_the_old_words_does_not_approve_the_new_edition(edition, ellen, carlos, clara):
    segment = edition.segments.get(ordinal=6)
    editing.edit_segment(
        segment=segment, actor=carlos, shown=segment.text,
        text="Take 500 mg of metformin two times a day with meals.",
    )  # fmt: skip
    new = succession.new_edition(edition=builders.approve(edition, clara), actor=ellen)
    reviewing.resubmit_edition(edition=new, actor=ellen)
    new.refresh_from_db()
    assert "another clinician" in reviewing.why_not_approve_edition(new, carlos)


def test_only_educators(approved, carlos):
    for work in (
        lambda: succession.new_edition(edition=approved, actor=carlos),
        lambda: succession.duplicate(edition=approved, actor=carlos, title="Another"),
        lambda: succession.archive(handout=approved.handout, actor=carlos),
        lambda: succession.restore(handout=approved.handout, actor=carlos),
    ):
        with pytest.raises(Refused, match="educator"):
            work()


def test_into_the_archive_and_back(edition, ellen):
    succession.archive(handout=edition.handout, actor=ellen)
    with pytest.raises(Refused, match="already"):
        succession.archive(handout=edition.handout, actor=ellen)
    succession.restore(handout=edition.handout, actor=ellen)
    with pytest.raises(Refused, match="not in the archive"):
        succession.restore(handout=edition.handout, actor=ellen)
    kinds = [event.kind for event in edition.events.all()]
    assert kinds == ["restored", "archived"]


def test_what_is_public_stays_out_of_the_archive(approved, ellen):
    builders.make_public(approved.publications.get())
    with pytest.raises(Refused, match="public"):
        succession.archive(handout=approved.handout, actor=ellen)


@pytest.fixture
def everywhere(translation, teresa, sahra) -> Publication:
    """English and Portuguese public, Somali under way; the English publication."""
    english = builders.make_public(translation.edition.publications.get())
    shown = translation.compute_fingerprint()
    reviewing.approve_translation(translation=translation, actor=teresa, shown=shown)
    builders.make_public(Publication.objects.get(language="pt-BR"))
    builders.translation(translation.edition, "so", builders.SOMALI)
    return english


def test_every_language_is_taken_back_with_the_english(everywhere, carlos):
    publishing.withdraw(publication=everywhere, actor=carlos, reason=REASON, with_translations=True)
    assert set(Publication.objects.values_list("state", flat=True)) == {"withdrawn"}
    assert Decision.objects.filter(verb="withdraw").count() == 2
    assert Translation.objects.get(language="so").state == Translation.State.STALE
    assert not MemoryEntry.objects.exists()


def test_or_one_language_alone(everywhere, carlos):
    publishing.withdraw(publication=everywhere, actor=carlos, reason=REASON)
    assert Publication.objects.get(language="pt-BR").state == "public"


def test_it_is_published_again_by_name(everywhere, carlos, ellen):
    publishing.withdraw(publication=everywhere, actor=carlos, reason=REASON)
    with pytest.raises(Refused, match="clinician"):
        publishing.publish_again(publication=everywhere, actor=ellen, reason=REASON)
    made = publishing.publish_again(
        publication=everywhere, actor=carlos, reason="It was right after all."
    )
    assert builders.make_public(made).state == Publication.State.PUBLIC
    assert made.payload["key_points"] == everywhere.payload["key_points"]
    with pytest.raises(Refused, match="newer"):
        publishing.publish_again(publication=everywhere, actor=carlos, reason=REASON)


def test_what_is_public_cannot_be_published_again(everywhere, carlos):
    with pytest.raises(Refused, match="Only what was withdrawn"):
        publishing.publish_again(publication=everywhere, actor=carlos, reason=REASON)


def test_the_rules_are_as_many_in_the_database(db):
    assert len(rules.installed(connection)) >= len(rules.RULES)
