"""Drafting with a real, small and bad model behind the real protocol: the gates hold."""

import pytest

from content.engines.base import TemporaryEngineError
from content.models import Edition, JobState, Request, Segment, Statement
from content.services import drafting, workflow
from tests.llm import KEY


@pytest.fixture
def written(ellen, source, server, settings):
    """A request after its worker."""
    settings.LLM_URL, settings.LLM_KEY = server.url, KEY
    row = drafting.request_handout(actor=ellen, topic="Metformin", sources=[source])
    workflow.run(Request, row.pk, drafting.draft)
    row.refresh_from_db()
    return row


def test_a_draft_is_whole_cited_and_in_review(written):
    assert (written.job_state, written.error) == (JobState.DONE, "")
    edition = written.edition
    assert edition.state == Edition.State.IN_REVIEW
    body = edition.segments.exclude(source_text="")
    assert body.count() == 3
    assert all(segment.text and segment.statements.count() == 1 for segment in body)
    assert edition.readability[0]["formula"] == "flesch_kincaid"


def test_no_number_is_lost_whatever_the_model_says(written):
    texts = " ".join(written.edition.segments.values_list("text", flat=True))
    assert "500 mg" in texts
    assert "911" in texts


def test_what_failed_verification_is_the_source_marked(written):
    kept = written.edition.segments.filter(origin=Segment.Origin.SOURCE_KEPT)
    for segment in kept:
        assert segment.text == segment.source_text
        assert segment.rejected_text
        assert segment.findings.get().check_id == "source_kept"


def test_the_model_and_prompt_are_stored_with_every_segment(written):
    segment = written.edition.segments.exclude(source_text="").first()
    assert segment.provenance["prompt"].startswith("rewrite-")
    assert segment.provenance["model"]
    assert 1 <= segment.provenance["calls"] <= 3


def plan(ellen, source):
    row = drafting.request_handout(actor=ellen, topic="Metformin", sources=[source])
    return drafting.plan_edition(row, {})


def test_the_words_that_open_a_list_stand_before_its_items(ellen, source):
    for n, item in enumerate(("Ibuprofen", "Naproxen")):
        Statement.objects.create(
            source=source, ordinal=50 + n, section="Medicines", kind="list_item", text=item,
            lead_in="Do not take:", fingerprint=item,
        )  # fmt: skip
    texts = [s.text for s in plan(ellen, source).segments.filter(section="medicines")]
    assert texts[-3:] == ["Do not take:", "Ibuprofen", "Naproxen"]


def test_an_unreachable_writer_waits_and_keeps_the_plan(ellen, source, settings):
    settings.LLM_URL = "http://127.0.0.1:9/v1"
    row = drafting.request_handout(actor=ellen, topic="Metformin", sources=[source])
    workflow.run(Request, row.pk, drafting.draft)
    row.refresh_from_db()
    assert row.job_state == JobState.WAITING
    assert "does not answer" in row.error
    assert row.edition.state == Edition.State.DRAFTING


def test_a_restart_asks_only_for_what_is_missing(ellen, source, settings):
    edition = plan(ellen, source)
    first = edition.segments.filter(origin=Segment.Origin.PENDING).first()
    first.text, first.origin = "Kept from before.", Segment.Origin.REWRITTEN
    first.save()
    settings.LLM_URL = "http://127.0.0.1:9/v1"
    claim = workflow.claim(Request, edition.request.pk)
    with pytest.raises(TemporaryEngineError):
        drafting.draft(edition.request, claim)
    first.refresh_from_db()
    assert first.text == "Kept from before."
    assert Edition.objects.count() == 1
