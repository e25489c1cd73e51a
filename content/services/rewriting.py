"""One statement into plain English, verified. No database: a value in, a value out.

The writer is asked once, and once more with what must be said when the checks refuse (sampling
more than twice rescued nothing in measurement). If the checks refuse both, the source statement
stands and is marked for the editor (rule 1).
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from content.engines.writer.base import Hints, SectionRequest, Writer
from content.models import Segment
from content.safety.base import Finding, Pair, Severity, blocking, run
from content.safety.haste import unhurried
from content.safety.rewrites import REWRITE_CHECKS, retry_hints
from content.services.readers import addressed, plain_words

SOURCE_KEPT = "source_kept"
CALLS = 2


@dataclass(frozen=True, slots=True)
class Job:
    """What a worker thread needs to know of a segment."""

    segment_pk: int
    statement: str
    context: str
    grade: int
    audience: str
    # What the handout is about, where that is one thing: see ``Pair.topic``.
    topic: str = ""
    section: str = ""


@dataclass(frozen=True, slots=True)
class Rewrite:
    segment_pk: int
    text: str
    origin: Segment.Origin
    findings: tuple[Finding, ...]
    rejected_text: str = ""
    provenance: dict[str, Any] = field(default_factory=dict)


def check(source: str, text: str, topic: str = "") -> list[Finding]:
    """What the English checks say of ``text`` as a rewrite of ``source`` in a handout on ``topic``."""
    return run(REWRITE_CHECKS, Pair(source, text, topic=topic))


def _words(job: Job) -> Hints:
    return plain_words(job.statement, job.audience, job.grade)


def same_words(first: str, second: str) -> bool:
    return first.casefold().strip(" .") == second.casefold().strip(" .")


def rewrite(writer: Writer, job: Job, cancelled: Callable[[], bool]) -> Rewrite:
    """The first answer that passes every blocking check, or the source statement, marked."""
    started = time.monotonic()
    must_say: list[str] = []
    do_not_say: list[str] = []
    text, findings = "", list[Finding]()
    for call in range(1, CALLS + 1):
        text = writer.rewrite(
            job.statement,
            hints=_words(job),
            must_say=must_say,
            do_not_say=do_not_say,
            context=job.context,
            grade=job.grade,
            audience=job.audience,
            cancelled=cancelled,
        )
        text = addressed(job.statement, job.audience, text)
        findings = check(job.statement, text, job.topic)
        mended = unhurried(job.statement, text)
        if mended != text and blocking(findings):
            text, findings = mended, check(job.statement, mended, job.topic)
        if not blocking(findings):
            return _accepted(writer, job, text, findings, call, started)
        must_say, do_not_say = retry_hints(job.statement, findings)
    return _kept(writer, job, text, findings, started)


def rewrite_section(
    writer: Writer, jobs: list[Job], cancelled: Callable[[], bool]
) -> list[Rewrite]:
    """The statements of one section in one call; what the checks refuse is asked for by itself."""
    started = time.monotonic()
    first = jobs[0]
    terms = dict(pair for job in jobs for pair in _words(job))
    answers = writer.rewrite_section(
        SectionRequest(
            {job.segment_pk: job.statement for job in jobs}, first.section, list(terms.items()),
            first.context, first.grade, first.audience,
        ),
        cancelled,
    )  # fmt: skip
    return [
        _from_section(writer, job, answers.get(job.segment_pk, ""), started)
        or rewrite(writer, job, cancelled)
        for job in jobs
    ]


def _from_section(writer: Writer, job: Job, text: str, started: float) -> Rewrite | None:
    text = addressed(job.statement, job.audience, text)
    findings = check(job.statement, text, job.topic)
    if blocking(findings):
        return None
    accepted = _accepted(writer, job, text, findings, 1, started)
    prompt = {"prompt": writer.identity.section_prompt_version}
    return replace(accepted, provenance=accepted.provenance | prompt)


def _accepted(
    writer: Writer, job: Job, text: str, findings: list[Finding], calls: int, started: float
) -> Rewrite:
    unchanged = same_words(job.statement, text)
    origin = Segment.Origin.UNCHANGED if unchanged else Segment.Origin.REWRITTEN
    provenance = _provenance(writer, calls, started)
    return Rewrite(job.segment_pk, text, origin, tuple(findings), provenance=provenance)


def _kept(
    writer: Writer, job: Job, rejected: str, findings: list[Finding], started: float
) -> Rewrite:
    return Rewrite(
        job.segment_pk,
        job.statement,
        Segment.Origin.SOURCE_KEPT,
        (kept_mark(findings),),
        rejected_text=rejected,
        provenance=_provenance(writer, CALLS, started),
    )


def kept_mark(findings: list[Finding]) -> Finding:
    """Tells the editor why a source statement stands: what was found against the rewrite."""
    reasons = " ".join(dict.fromkeys(f.message for f in findings if f.severity == "blocking"))
    return Finding(
        SOURCE_KEPT,
        Severity.WARNING,
        f"The source statement stands here: no simpler wording could be verified. {reasons}",
    )


def _provenance(writer: Writer, calls: int, started: float) -> dict[str, Any]:
    identity = writer.identity
    return {
        "model": identity.model,
        "prompt": identity.prompt_version,
        "settings": dict(identity.settings),
        "calls": calls,
        "seconds": round(time.monotonic() - started, 2),
    }
