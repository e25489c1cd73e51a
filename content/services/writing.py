"""The worker's part of a draft: statements sorted and rewritten in parallel, saved as they come."""

import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from dataclasses import dataclass
from typing import TypeVar

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from content.engines.base import PermanentEngineError
from content.engines.writer.base import SortRequest, Writer
from content.models import Edition, Purpose, Request, SectionKey, Segment, Statement
from content.services.findings import replace_findings
from content.services.outline import TEMPLATES, by_rule, leaders, needs_sorting, whole
from content.services.rewriting import Job, Rewrite, rewrite, rewrite_section
from content.services.workflow import Claim

BEAT_SECONDS = 3
# A section that is longer is asked for in parts: answers stay within the model's output limit.
SECTION_AT_MOST = 12

Cancelled = Callable[[], bool]
T = TypeVar("T")
R = TypeVar("R")


def sort_statements(
    request: Request, statements: Iterable[Statement], writer: Writer, claim: Claim
) -> dict[int, SectionKey]:
    """The sections of the statements that have no heading, by primary key.

    The writer chooses among the sections of the purpose; by rule where its answer is none of them
    or its server cannot be held to a schema. Each choice is saved, so that a restart goes on.
    """
    purpose = Purpose(request.purpose)
    pending = {leader.pk: leader for _one, leader in leaders(statements) if needs_sorting(leader)}
    asked = [leader for pk, leader in pending.items() if str(pk) not in request.sorting]

    def choose(statement: Statement, cancelled: Cancelled) -> tuple[int, SectionKey]:
        return statement.pk, _section(writer, request.topic, purpose, statement, cancelled)

    done, total = len(pending) - len(asked), len(pending)
    progress = _Progress(claim, done, total, _("Sorting statements"))
    for pk, section in _in_slots(choose, asked, progress):
        progress.advance()
        request.sorting[str(pk)] = section.value
        Request.objects.filter(pk=request.pk).update(sorting=request.sorting)
    return {int(pk): SectionKey(section) for pk, section in request.sorting.items()}


def _section(
    writer: Writer, topic: str, purpose: Purpose, statement: Statement, cancelled: Cancelled
) -> SectionKey:
    options = [section.value for section in TEMPLATES[purpose].body]
    try:
        answer = writer.sort(SortRequest(whole(statement), options, topic), cancelled)
    except PermanentEngineError:
        answer = ""
    return SectionKey(answer) if answer else by_rule(purpose, statement)


def write_pending(edition: Edition, writer: Writer, claim: Claim) -> None:
    """Rewrite what is pending in parallel slots, saving each result as it comes."""
    total = edition.segments.exclude(origin=Segment.Origin.TEMPLATE).count()
    pending = list(edition.segments.filter(origin=Segment.Origin.PENDING))
    topic = edition.one_topic
    units = [[_job(edition, segment, topic) for segment in unit] for unit in _units(pending)]

    def write(jobs: list[Job], cancelled: Cancelled) -> list[Rewrite]:
        if settings.LLM_UNIT == "section":
            return rewrite_section(writer, jobs, cancelled)
        return [rewrite(writer, job, cancelled) for job in jobs]

    progress = _Progress(claim, total - len(pending), total, _("Writing in plain language"))
    for results in _in_slots(write, units, progress):
        for result in results:
            save_rewrite(result)
            progress.advance(result.text)


def _units(pending: list[Segment]) -> list[list[Segment]]:
    """What one call is about: a statement, or the statements of one section."""
    if settings.LLM_UNIT != "section":
        return [[segment] for segment in pending]
    sections = dict.fromkeys(segment.section for segment in pending)
    units: list[list[Segment]] = []
    for section in sections:
        inside = [segment for segment in pending if segment.section == section]
        units += [
            inside[start : start + SECTION_AT_MOST]
            for start in range(0, len(inside), SECTION_AT_MOST)
        ]
    return units


def _job(edition: Edition, segment: Segment, topic: str) -> Job:
    return Job(
        segment.pk,
        segment.source_text,
        context=edition.handout.title,
        grade=edition.grade,
        audience=edition.audience,
        topic=topic,
        section=segment.section,
    )


def save_rewrite(result: Rewrite) -> None:
    with transaction.atomic():
        segment = Segment.objects.get(pk=result.segment_pk)
        segment.text = result.text
        segment.origin = result.origin
        segment.rejected_text = result.rejected_text
        segment.provenance = result.provenance
        segment.save()
        replace_findings(segment, result.findings)


@dataclass
class _Progress:
    """How far the work is, told to the claim: a beat renews the lease and notices a cancelled request."""

    claim: Claim
    done: int
    total: int
    note: str

    def beat(self) -> None:
        self.claim.progress(self.done, self.total, self.note)

    def advance(self, note: str = "") -> None:
        self.done += 1
        self.note = note or self.note


def _in_slots(
    work: Callable[[T, Cancelled], R], items: Iterable[T], progress: _Progress
) -> Iterator[R]:
    """The results of ``work``, as they come, from as many threads as the writer has slots."""
    stop = threading.Event()
    with ThreadPoolExecutor(settings.LLM_SLOTS) as pool:
        futures = {pool.submit(work, item, stop.is_set) for item in items}
        try:
            while futures:
                progress.beat()
                finished, futures = wait(futures, BEAT_SECONDS, FIRST_COMPLETED)
                yield from (future.result() for future in finished)
        except BaseException:
            # Cancelled, superseded or failed: the calls that still run are cut off, those that
            # have not begun never begin. What is saved stays, and a retry goes on from there.
            stop.set()
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    progress.beat()
