"""The demonstration in-process: its people, its marks, and that a second start repeats nothing.

Work that waits is done here as a worker does it, with the statements in place of a model's words.
"""

import pytest

from content.models import (
    Decision,
    Edition,
    JobState,
    Publication,
    Purpose,
    Segment,
    Source,
    TranslatedSegment,
    Translation,
    User,
)
from content.services import demonstration, workflow
from content.services.demonstration import LANGUAGE, Story
from tests import builders

pytestmark = pytest.mark.django_db


def story(english: bool = True, translation: bool = True) -> Story:
    return Story("Metformin", "test-metformin", Purpose.MEDICINE, english, translation)


@pytest.fixture
def people(source) -> dict[str, str]:
    return demonstration.ensure_people()


def wait(row) -> None:
    """What the workers of this row do; a row that is done is not done again."""
    row.refresh_from_db()
    if isinstance(row, Publication):
        if row.state == Publication.State.PREPARING:
            builders.make_public(row)
    elif row.job_state != JobState.DONE:
        (_translated if isinstance(row, Translation) else _written)(row)


def _written(request) -> None:
    from content.services import drafting

    edition = drafting.plan_edition(request, {})
    for segment in edition.segments.filter(origin=Segment.Origin.PENDING):
        segment.text, segment.origin = segment.source_text, Segment.Origin.SOURCE_KEPT
        segment.save()
        segment.findings.create(check_id="source_kept", severity="blocking", message="Kept.")
    Edition.objects.filter(pk=edition.pk).update(state=Edition.State.IN_REVIEW)
    type(request).objects.filter(pk=request.pk).update(job_state=JobState.DONE)


def _translated(row: Translation) -> None:
    for segment in row.edition.segments.all():
        TranslatedSegment.objects.create(
            translation=row, segment=segment, text=builders.PORTUGUESE.get(segment.text, "Texto."),
            origin=TranslatedSegment.Origin.MACHINE, engine="test", engine_licence="none",
        )  # fmt: skip
    Translation.objects.filter(pk=row.pk).update(
        state=Translation.State.IN_REVIEW, job_state=JobState.DONE
    )


def test_its_accounts_are_marked_and_their_passwords_are_told_once(people):
    assert set(people) == {person.username for person in demonstration.PEOPLE}
    assert User.objects.filter(is_demo=True).count() == len(people)
    teresa = User.objects.get(username="demo-translator")
    assert teresa.check_password(people["demo-translator"])
    assert "not a qualification" in teresa.qualifications.get(language=LANGUAGE).kind
    assert demonstration.ensure_people() == {}


def test_the_whole_path_is_told_and_a_second_start_repeats_nothing(people):
    told = demonstration.tell(story(), wait)
    assert told == "“Metformin” is published in English and Portuguese."
    public = Publication.objects.public()
    assert sorted(public.values_list("language", flat=True)) == ["en", "pt-BR"]
    overrides = Decision.objects.filter(verb=Decision.Verb.OVERRIDE)
    assert overrides and set(overrides.values_list("reason", flat=True)) == {demonstration.REASON}
    decided = Decision.objects.count()
    assert demonstration.tell(story(), wait) == told
    assert Decision.objects.count() == decided and Edition.objects.count() == 1


def test_it_stops_where_its_story_does(people):
    assert demonstration.tell(story(english=False), wait) == "“Metformin” waits for a clinician."
    assert not Publication.objects.exists()
    told = demonstration.tell(story(translation=False), wait)
    assert told.endswith("is published in English; its translation waits for a translator.")


def test_nobody_invents_an_empty_segment(people):
    demonstration.tell(story(translation=False), wait)
    TranslatedSegment.objects.filter(pk=TranslatedSegment.objects.first().pk).update(text="")
    assert "waits for a translator" in demonstration.tell(story(), wait)
    assert not Publication.objects.filter(language=LANGUAGE).exists()


def test_a_request_that_somebody_stopped_is_made_anew(people):
    first = demonstration._request(story())
    workflow.cancel(first, actor=User.objects.get(username="demo-educator"))
    second = demonstration._request(story())
    assert second != first and demonstration._request(story()) == second


def test_the_library_is_vetted_where_its_day_is_not_over(people):
    import datetime as dt

    from django.utils import timezone

    today = timezone.localdate()
    for name, review_by in [("kept", today + dt.timedelta(days=90)), ("without", None),
                            ("old", today - dt.timedelta(days=1))]:  # fmt: skip
        Source.objects.create(
            external_id=f"library:{name}", title=name, publisher="x", digest=name,
            review_by=review_by,
        )  # fmt: skip
    demonstration.vet_library()
    vetted = Source.objects.exclude(vetted_by=None)
    assert list(vetted.values_list("title", "vetted_by__username")) == [("kept", "demo-clinician")]
