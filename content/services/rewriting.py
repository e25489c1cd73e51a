"""One statement into plain English, verified. No database: a value in, a value out.

The writer is asked once, and once more with what must be said when the checks refuse (sampling
more than twice rescued nothing in measurement). If the checks refuse both, the source statement
stands and is marked for the editor (rule 1).
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from content.engines.writer.base import Writer
from content.models import Segment
from content.safety.base import Finding, Pair, Severity, blocking, run
from content.safety.glossary import hints
from content.safety.rewrites import REWRITE_CHECKS, retry_hints

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


@dataclass(frozen=True, slots=True)
class Rewrite:
    segment_pk: int
    text: str
    origin: Segment.Origin
    findings: tuple[Finding, ...]
    rejected_text: str = ""
    provenance: dict[str, Any] = field(default_factory=dict)


def check(source: str, text: str) -> list[Finding]:
    """What the English checks say of ``text`` as a rewrite of ``source``."""
    return run(REWRITE_CHECKS, Pair(source, text))


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
            hints=hints(job.statement),
            must_say=must_say,
            do_not_say=do_not_say,
            context=job.context,
            grade=job.grade,
            audience=job.audience,
            cancelled=cancelled,
        )
        findings = check(job.statement, text)
        if not blocking(findings):
            return _accepted(writer, job, text, findings, call, started)
        must_say, do_not_say = retry_hints(job.statement, findings)
    return _kept(writer, job, text, findings, started)


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
