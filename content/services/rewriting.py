"""One statement into plain English, verified. No database: a value in, a value out.

The writer is asked once; where the checks find something, or it says it freely, for the statement
with its technical words already replaced; and at last with what must be said, which often gives the
source again (sampling more rescued nothing in measurement). A warning, which leaves a person the
choice, refuses a machine's wording. If nothing passes, a statement of a plain build is addressed to
the reader by rule; any other stands as it is in the source, marked for the editor (rule 1).
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from content.engines.writer.base import Hints, SectionRequest, Writer, given
from content.models import Segment
from content.safety.base import Finding, Pair, Severity, blocking, run
from content.safety.coverage import strayed
from content.safety.haste import unhurried
from content.safety.rewrites import REWRITE_CHECKS, retry_hints
from content.services.readers import RULE, addressed, by_rule, eased, plain_words

SOURCE_KEPT = "source_kept"
Cancelled = Callable[[], bool]


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


@dataclass(frozen=True, slots=True)
class _Start:
    """When a rewrite began, and what writers had given by then."""

    at: float = field(default_factory=time.monotonic)
    tokens: int = field(default_factory=given)

    def sharing(self, tokens: int) -> "_Start":
        """The beginning of a rewrite to which ``tokens`` of a call for many are put down."""
        return replace(self, tokens=given() - tokens)


def rewrite(writer: Writer, job: Job, cancelled: Cancelled) -> Rewrite:
    """The answer nearest to the source in which the checks find nothing, or the statement, marked."""
    started = _Start()
    tries = list[_Candidate]()
    for ask in (_first, _eased, _told):
        if ask is _told and not tries[0].findings:
            break  # there is nothing to tell
        tries.append(_candidate(job, ask(writer, job, tries, cancelled)))
        if not tries[-1].findings and not tries[-1].strayed:
            break
    if passed := [one for one in tries if not one.findings]:
        nearest = min(passed, key=lambda one: one.strayed)
        return _accepted(writer, job, nearest, len(tries), started)
    ruled = _candidate(job, by_rule(job.statement, job.audience))
    if ruled.text and not ruled.findings:
        accepted = _accepted(writer, job, ruled, len(tries), started)
        return replace(accepted, provenance=accepted.provenance | {"rule": RULE})
    best = next((one for one in tries if not blocking(one.findings)), tries[-1])
    return _kept(writer, job, best, len(tries), started)


@dataclass(frozen=True, slots=True)
class _Candidate:
    text: str
    findings: list[Finding]
    strayed: int


def _candidate(job: Job, answer: str) -> _Candidate:
    """What the checks say of an answer, after the mends that need no model."""
    text = addressed(job.statement, job.audience, answer)
    findings = check(job.statement, text, job.topic)
    mended = unhurried(job.statement, text)
    if mended != text and blocking(findings):
        text, findings = mended, check(job.statement, mended, job.topic)
    return _Candidate(text, findings, strayed(Pair(job.statement, text, topic=job.topic)))


def _first(writer: Writer, job: Job, _tries: list[_Candidate], cancelled: Cancelled) -> str:
    return _ask(writer, job, cancelled, hints=_words(job))


def _told(writer: Writer, job: Job, tries: list[_Candidate], cancelled: Cancelled) -> str:
    """With what the first answer missed. It is not shown: a small model would repeat it."""
    must_say, do_not_say = retry_hints(job.statement, tries[0].findings)
    return _ask(
        writer, job, cancelled, hints=_words(job), must_say=must_say, do_not_say=do_not_say
    )  # fmt: skip


def _eased(writer: Writer, job: Job, _tries: list[_Candidate], cancelled: Cancelled) -> str:
    """With the plain words already in the statement's place: there is less to get wrong."""
    return _ask(writer, replace(job, statement=eased(job.statement, _words(job))), cancelled)


def _ask(
    writer: Writer,
    job: Job,
    cancelled: Cancelled,
    *,
    hints: Hints = (),
    must_say: Sequence[str] = (),
    do_not_say: Sequence[str] = (),
) -> str:
    return writer.rewrite(
        job.statement,
        hints=hints,
        must_say=must_say,
        do_not_say=do_not_say,
        context=job.context,
        grade=job.grade,
        audience=job.audience,
        cancelled=cancelled,
    )


def rewrite_section(writer: Writer, jobs: list[Job], cancelled: Cancelled) -> list[Rewrite]:
    """The statements of one section in one call; what the checks refuse is asked for by itself."""
    started = _Start()
    first = jobs[0]
    terms = dict(pair for job in jobs for pair in _words(job))
    answers = writer.rewrite_section(
        SectionRequest(
            {job.segment_pk: job.statement for job in jobs}, first.section, list(terms.items()),
            first.context, first.grade, first.audience,
        ),
        cancelled,
    )  # fmt: skip
    share = (given() - started.tokens) // len(jobs)
    return [
        _from_section(writer, job, answers.get(job.segment_pk, ""), started.sharing(share))
        or rewrite(writer, job, cancelled)
        for job in jobs
    ]


def _from_section(writer: Writer, job: Job, answer: str, started: _Start) -> Rewrite | None:
    candidate = _candidate(job, answer)
    if candidate.findings:
        return None
    accepted = _accepted(writer, job, candidate, 1, started)
    prompt = {"prompt": writer.identity.section_prompt_version}
    return replace(accepted, provenance=accepted.provenance | prompt)


def _accepted(
    writer: Writer, job: Job, candidate: _Candidate, calls: int, started: _Start
) -> Rewrite:
    unchanged = same_words(job.statement, candidate.text)
    origin = Segment.Origin.UNCHANGED if unchanged else Segment.Origin.REWRITTEN
    provenance = _provenance(writer, calls, started)
    return Rewrite(job.segment_pk, candidate.text, origin, (), provenance=provenance)


def _kept(writer: Writer, job: Job, rejected: _Candidate, calls: int, started: _Start) -> Rewrite:
    return Rewrite(
        job.segment_pk,
        job.statement,
        Segment.Origin.SOURCE_KEPT,
        (kept_mark(rejected.findings),),
        rejected_text=rejected.text,
        provenance=_provenance(writer, calls, started),
    )


def kept_mark(findings: list[Finding]) -> Finding:
    """Tells the editor why a source statement stands: what was found against the rewrite."""
    told = [one for one in findings if one.severity is Severity.BLOCKING] or findings
    reasons = " ".join(dict.fromkeys(one.message for one in told))
    return Finding(
        SOURCE_KEPT,
        Severity.WARNING,
        f"The source statement stands here: no simpler wording could be verified. {reasons}",
    )


def _provenance(writer: Writer, calls: int, started: _Start) -> dict[str, Any]:
    identity = writer.identity
    return {
        "model": identity.model,
        "prompt": identity.prompt_version,
        "settings": dict(identity.settings),
        "calls": calls,
        "seconds": round(time.monotonic() - started.at, 2),
        "tokens": given() - started.tokens,
    }
