"""A translation that goes out and comes back, and the memory as other tools read it."""

import pytest

from content.models import Decision, TranslatedSegment, Translation
from content.services import correcting, interchange
from content.services.errors import Refused
from content.text.interchange import Document, Pair, Unit, read_tmx, read_xliff, write_xliff
from tests import builders
from tests.services.test_translation_gate import approve

pytestmark = pytest.mark.django_db

ENGLISH = builders.SENTENCES[0][1]
NEW = "Tome 500 mg de metformina 2 vezes ao dia, com as refeições."


def sent(translation, change) -> bytes:
    """The file as an agency gives it back: ``change`` maps sources to targets."""
    gone = read_xliff(interchange.export_xliff(translation))
    units = tuple(
        Unit(unit.id, unit.source, change.get(unit.source, unit.target), unit.shown)
        for unit in gone.units
    )
    return write_xliff(Document(gone.name, gone.source_language, gone.target_language, units))


def take(translation, actor, content):
    return interchange.import_file(translation=translation, actor=actor, content=content)


def test_what_comes_back_is_saved_by_name_and_checked(translation, teresa):
    found = take(translation, teresa, sent(translation, {ENGLISH: NEW}))
    count = translation.segments.count()
    assert (found.saved, found.same, found.refused) == (1, count - 1, [])
    row = translation.segments.get(segment__text=ENGLISH)
    assert (row.text, row.origin) == (NEW, TranslatedSegment.Origin.EDITED)
    assert translation.events.filter(actor=teresa, kind="edited").exists()


def test_nothing_is_approved_by_coming_back(translation, teresa):
    take(translation, teresa, sent(translation, {ENGLISH: NEW}))
    translation.refresh_from_db()
    assert translation.state == Translation.State.IN_REVIEW
    assert not Decision.objects.filter(translation=translation).exists()


def test_a_wrong_dose_from_outside_blocks_approval(translation, teresa):
    take(translation, teresa, sent(translation, {ENGLISH: NEW.replace("500", "5000")}))
    with pytest.raises(Refused, match="blocking"):
        approve(translation, teresa)


def test_a_row_that_the_desk_changed_meanwhile_is_left_alone(translation, teresa):
    content = sent(translation, {ENGLISH: NEW})
    row = translation.segments.get(segment__text=ENGLISH)
    correcting.edit_translation(row=row, actor=teresa, shown=row.text, text="Outro texto, 500 mg.")
    found = take(translation, teresa, content)
    assert found.saved == 0 and found.refused == [(ENGLISH, "It was changed on the desk since.")]
    row.refresh_from_db()
    assert row.text == "Outro texto, 500 mg."


def test_another_english_is_refused_and_the_rest_is_taken(translation, teresa):
    gone = read_xliff(sent(translation, {ENGLISH: NEW}))
    first, *others = gone.units
    units = (Unit(first.id, "Old English.", "Texto.", first.shown), *others)
    content = write_xliff(Document("x", "en", "pt-BR", units))
    found = take(translation, teresa, content)
    assert ("Old English.", "The English has changed since.") in found.refused
    assert found.saved == 1


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"nonsense", "not well-formed"),
        (write_xliff(Document("x", "en", "ru", (Unit("s1", "A", "B"),))), "is in “ru”"),
        (write_xliff(Document("x", "en", "pt-BR", (Unit("z", "A", "B"),))), "No unit"),
    ],
)
def test_a_file_that_does_not_fit_is_refused_in_words(translation, teresa, content, told):
    with pytest.raises(Refused, match=told):
        take(translation, teresa, content)


def test_only_a_qualified_translator_takes_files_in(translation, sahra, carlos):
    for actor in (sahra, carlos):
        with pytest.raises(Refused):
            take(translation, actor, sent(translation, {}))


def test_memory_goes_out_as_tmx_and_fills_what_nobody_settled(
    translation, teresa, source, ellen, carlos
):
    second = builders.approve(builders.edition(source, ellen, "another"), carlos)
    approve(translation, teresa)
    content = interchange.export_tmx("pt-BR")
    assert Pair(ENGLISH, builders.PORTUGUESE[ENGLISH]) in read_tmx(content, "en", "pt-BR")
    translation = builders.translation(second, "pt-BR")
    rows = translation.segments
    rows.update(text="", origin=TranslatedSegment.Origin.EMPTY)
    settled = rows.get(segment__text=ENGLISH)
    rows.filter(pk=settled.pk).update(text="Meu texto.", origin=TranslatedSegment.Origin.EDITED)
    found = take(translation, teresa, content)
    assert found.saved == rows.count() - 1
    settled.refresh_from_db()
    assert settled.text == "Meu texto."
