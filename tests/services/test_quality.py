"""The aids on an edition: stored with every change of its text."""

import pytest

from content.models import Edition, Handout, Request, Segment
from content.services import drafting, editing, quality, succession, workflow
from tests import builders

HARD = "Metformin is utilized to treat hyperglycemia, and an MRI necessitates its discontinuation."
LINES = [
    "Take 500 mg of metformin twice a day with meals.",
    "Do not stop metformin without asking your doctor.",
    "Metformin is utilized to lower your blood glucose.",
    "Call your clinic if you have nausea, vomiting or abdominal pain for more than 2 days in a row.",
]


@pytest.fixture
def handout(ellen):
    def make(*texts, kind=Segment.Kind.LIST_ITEM):
        edition = Edition.objects.create(
            handout=Handout.objects.create(slug="h", title="H"), number=1, created_by=ellen
        )
        for ordinal, text in enumerate(texts, start=1):
            edition.segments.create(ordinal=ordinal, section="do", kind=kind, text=text)
        return edition

    return make


def edit(edition, actor, text=HARD, ordinal=6):
    segment = edition.segments.get(ordinal=ordinal)
    editing.edit_segment(segment=segment, actor=actor, text=text, shown=segment.text)
    edition.refresh_from_db()


def test_an_edit_stores_what_the_aids_say_of_the_new_text(edition, ellen):
    edit(edition, ellen)
    stored = edition.quality
    assert stored["fingerprint"] == edition.compute_fingerprint()
    assert stored["counts"]["passive"] == 1
    assert stored["acronyms"] == ["MRI"]


def test_a_finished_draft_comes_with_its_quality(ellen, source):
    request = drafting.request_handout(actor=ellen, topic="Metformin", sources=[source])
    edition = drafting.plan_edition(request, {})
    drafting._finish(edition, request, workflow.claim(Request, request.pk))
    stored = Edition.objects.get().quality
    assert stored["fingerprint"] == edition.compute_fingerprint()


def test_a_new_edition_has_the_quality_of_its_own_segments(approved, ellen):
    new = succession.new_edition(edition=approved, actor=ellen)
    new.refresh_from_db()
    rows = [row["pk"] for row in new.quality["segments"]]
    assert rows == list(new.segments.values_list("pk", flat=True))


def test_what_is_stored_is_what_is_computed(edition, ellen):
    edit(edition, ellen)
    assert edition.quality == quality.quality(edition)


def test_notes_stand_by_their_segment_and_spans_in_its_text(edition, ellen):
    edit(edition, ellen)
    segment = edition.segments.get(ordinal=6)
    (row,) = [row for row in edition.quality["segments"] if row["pk"] == segment.pk]
    words = [segment.text[slice(*note["span"])] for note in row["notes"]]
    assert words == ["is utilized", "utilized", "hyperglycemia", "necessitates", "discontinuation", "MRI"]  # fmt: skip


def test_words_that_changed_past_the_services_are_not_shown_as_they_were(edition, ellen):
    edit(edition, ellen)
    edition.segments.filter(ordinal=6).update(text="Take 500 mg twice a day.")
    assert quality.current(edition)["counts"]["passive"] == 0


def test_what_is_stored_is_used_while_the_text_stands(edition, ellen):
    edit(edition, ellen)
    assert quality.current(edition) is edition.quality


def test_what_older_rules_said_is_made_anew(edition, ellen):
    edit(edition, ellen)
    edition.quality["version"] -= 1
    assert quality.current(edition)["version"] == quality.VERSION


def test_scores_carry_the_names_of_their_formulas(handout):
    scores = quality.quality(handout(*LINES * 3))["scores"]
    names = {score["formula"]: score["name"] for score in scores}
    assert (names["smog"], names["flesch_kincaid"]) == ("SMOG grade", "Flesch-Kincaid grade")


def test_bullets_without_full_stops_are_scored_one_by_one(handout):
    bullets = ["Fever or chills", "A new cough", "Chest pain"]
    with_stops = [f"{text}." for text in bullets]
    plain = quality.quality(handout(*bullets))
    Edition.objects.all().delete()
    Handout.objects.all().delete()
    assert plain["scores"] == quality.quality(handout(*with_stops))["scores"]
    assert plain["counts"]["sentences"] == 3


def test_headings_have_no_difficulty_but_hard_words(edition):
    edition.segments.filter(ordinal=5).update(text="Hypertension")
    (row,) = [row for row in quality.quality(edition)["segments"] if row["notes"]]
    assert (row["label"], row["sentences"]) == (True, [])


def test_what_one_segment_explains_the_others_may_use(handout):
    found = quality.quality(handout("Edema (swelling) is common.", "Call us if edema gets worse."))
    assert found["counts"]["jargon"] == 0


PLAIN = [
    "A fast heartbeat",
    "You are prone to falls.",
    "Take it daily.",
    "Antibiotics do not help.",
]


@pytest.mark.parametrize("text", PLAIN)
def test_plain_words_of_the_glossary_are_left_alone(handout, text):
    assert quality.quality(handout(text))["counts"]["jargon"] == 0


def test_every_segment_of_a_long_edition_has_its_row(handout):
    edition = handout(*(f"{line} Part {n}." for n in range(15) for line in LINES))
    assert len(quality.quality(edition)["segments"]) == 60


def test_an_approved_edition_shows_its_quality_too(edition, carlos):
    builders.approve(edition, carlos)
    assert quality.current(edition)["counts"]["sentences"] == 3
