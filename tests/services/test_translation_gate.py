"""Rules 3 to 5 over a language: qualified, by name, two where the risk is high."""

import pytest

from content.models import MemoryEntry, Publication, Translation
from content.services import correcting, publishing, reviewing
from content.services.errors import OutOfDate, Refused
from tests import builders
from tests.conftest import qualify


def approve(translation, actor):
    return reviewing.approve_translation(
        translation=translation, actor=actor, shown=translation.compute_fingerprint()
    )


def test_a_qualified_translator_approves_and_it_is_published(translation, teresa):
    done = approve(translation, teresa)
    assert done.state == Translation.State.APPROVED
    assert Publication.objects.filter(language="pt-BR").get().payload["title"] == "Metformina"


def test_the_qualification_is_kept_with_the_decision(translation, teresa):
    approve(translation, teresa)
    decision = translation.decisions.get()
    assert decision.detail["kind"] == "ATA certification"
    assert decision.detail["language"] == "pt-BR"


def test_an_expired_qualification_does_not_count(translation, teresa):
    teresa.qualifications.all().delete()
    qualify(teresa, "pt-BR", days=-1)
    with pytest.raises(Refused, match="no valid qualification"):
        approve(translation, teresa)


def test_a_qualification_for_another_language_does_not_count(translation, sahra):
    with pytest.raises(Refused, match="no valid qualification"):
        approve(translation, sahra)


def test_the_clinician_of_the_english_cannot_approve_the_translation(translation, carlos, teresa):
    carlos.groups.add(*teresa.groups.all())
    qualify(carlos, "pt-BR")
    with pytest.raises(Refused, match="approved the English"):
        approve(translation, carlos)


def test_a_translator_may_approve_what_they_corrected(translation, teresa):
    row = translation.segments.get(segment__ordinal=7)
    correcting.edit_translation(
        row=row, actor=teresa, shown=row.text,
        text="Não pare de tomar metformina sem falar com seu médico.",
    )  # fmt: skip
    assert approve(translation, teresa).state == Translation.State.APPROVED


def test_a_changed_dose_blocks(translation, teresa):
    row = translation.segments.get(segment__ordinal=6)
    correcting.edit_translation(
        row=row, actor=teresa, shown=row.text,
        text="Tome 50 mg de metformina duas vezes ao dia com as refeições.",
    )  # fmt: skip
    with pytest.raises(Refused, match="blocking"):
        approve(translation, teresa)


def test_a_text_that_changed_since_is_not_approved(translation, teresa):
    shown = translation.compute_fingerprint()
    row = translation.segments.get(segment__ordinal=5)
    correcting.edit_translation(row=row, actor=teresa, shown=row.text, text="Remédios")
    with pytest.raises(OutOfDate):
        reviewing.approve_translation(translation=translation, actor=teresa, shown=shown)


@pytest.fixture
def somali(approved):
    return builders.translation(approved, "so", builders.SOMALI)


def test_a_high_risk_language_needs_a_second_translator(somali, teresa, sahra):
    first = approve(somali, teresa)
    assert first.state == Translation.State.IN_REVIEW
    with pytest.raises(Refused, match="second translator"):
        approve(first, teresa)
    assert approve(first, sahra).state == Translation.State.APPROVED


def test_an_edit_between_two_approvals_voids_the_first(somali, teresa, sahra):
    approve(somali, teresa)
    row = somali.segments.get(segment__ordinal=5)
    correcting.edit_translation(row=row, actor=sahra, shown=row.text, text="Daawooyinka")
    somali.refresh_from_db()
    assert somali.approved_by is None


def test_memory_learns_from_approval_and_forgets_on_withdrawal(translation, teresa, carlos):
    approve(translation, teresa)
    entry = MemoryEntry.objects.get(source=builders.SENTENCES[0][1])
    assert entry.target == builders.SENTENCES[0][2]
    publication = Publication.objects.get(language="pt-BR")
    publishing.withdraw(publication=publication, actor=carlos, reason="A dose was wrong.")
    assert not MemoryEntry.objects.exists()


def test_withdrawal_needs_a_reason(translation, teresa, carlos):
    approve(translation, teresa)
    with pytest.raises(Refused, match="reason"):
        publishing.withdraw(
            publication=Publication.objects.get(language="pt-BR"), actor=carlos, reason="no"
        )
