"""From an educator's request to an English edition that waits for a clinician."""

import threading
from collections.abc import Iterable
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait

from django.conf import settings
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from content import languages
from content.engines.writer.base import Writer
from content.engines.writer.openai_client import configured_writer
from content.models import (
    Audience,
    Edition,
    Handout,
    JobState,
    Purpose,
    Request,
    Role,
    SectionKey,
    Segment,
    Source,
    Statement,
    User,
)
from content.services import quality, record
from content.services.errors import Refused
from content.services.findings import replace_findings, scores
from content.services.outline import HEADINGS, KEY_SECTIONS, Outline, key_points, outline
from content.services.rewriting import Job, Rewrite, rewrite
from content.services.workflow import Claim
from content.text.privacy import patient_data

MAX_STATEMENTS = 60
MAX_TOPIC = 120
MAX_NOTE = 2000
BEAT_SECONDS = 3


# --- asking -------------------------------------------------------------------------------------


def request_handout(
    *,
    actor: User,
    topic: str,
    sources: Iterable[Source],
    purpose: str = Purpose.CONDITION,
    audience: str = "adult",
    grade: int = 6,
    language_codes: Iterable[str] = (),
    note: str = "",
) -> Request:
    """Put a request in the queue, or refuse it with the reason and the field at fault."""
    if not actor.has_role(Role.EDUCATOR):
        raise Refused(_("Only an educator may request a handout."))
    chosen = list(sources)
    codes = language_list(language_codes)
    check_words(topic, note)
    _check_choices(purpose, audience, grade)
    check_statements(Purpose(purpose), chosen)
    with transaction.atomic():
        request = Request.objects.create(
            topic=" ".join(topic.split()), purpose=purpose, audience=audience, grade=grade,
            languages=codes, note=note.strip(), requested_by=actor,
        )  # fmt: skip
        request.sources.set(chosen)
        record.note("requested", actor=actor, request=request)
    return request


def language_list(codes: Iterable[str]) -> list[str]:
    """Codes as the table spells them, each once, without English."""
    try:
        found = [languages.get(code) for code in codes]
    except languages.UnknownLanguage as error:
        raise Refused(str(error), "languages") from error
    return list(dict.fromkeys(lang.code for lang in found if lang is not languages.ENGLISH))


def check_words(topic: str, note: str) -> None:
    if not slugify(topic):
        raise Refused(_("Write the topic, for example “High blood pressure”."), "topic")
    if len(topic) > MAX_TOPIC:
        raise Refused(_("The topic is too long: at most %d characters.") % MAX_TOPIC, "topic")
    if len(note) > MAX_NOTE:
        message = _("The note has %(n)s characters; at most %(max)s are allowed.")
        raise Refused(message % {"n": f"{len(note):,}", "max": f"{MAX_NOTE:,}"}, "note")
    refuse_patient_data(topic, "topic")
    refuse_patient_data(note, "note")


def _check_choices(purpose: str, audience: str, grade: int) -> None:
    if purpose not in Purpose.values:
        raise Refused(_("Choose a purpose from the list."), "purpose")
    if audience not in Audience.values:
        raise Refused(_("Choose an audience from the list."), "audience")
    if not 3 <= grade <= 12:
        raise Refused(_("The reading grade must be from 3 to 12."), "grade")


def refuse_patient_data(text: str, field: str) -> None:
    """Rule 8: nothing that looks like a patient's data is stored or sent to a model."""
    matches = patient_data(text)
    if matches:
        words = ", ".join(f"“{text[slice(*match.span)]}”" for match in matches[:3])
        message = _("This looks like a patient's data: %s. Take it out; nothing was saved.")
        raise Refused(message % words, field)


def current_statements(sources: Iterable[Source]) -> list[Statement]:
    return list(
        Statement.objects.filter(source__in=list(sources), retired=False)
        .select_related("source")
        .order_by("source_id", "ordinal")
    )


def check_statements(purpose: Purpose, sources: list[Source]) -> None:
    if not sources:
        raise Refused(_("Choose at least one source."), "sources")
    foreign = [source.title for source in sources if source.language != languages.ENGLISH.code]
    if foreign:
        raise Refused(_("Only English sources can be used: %s.") % ", ".join(foreign), "sources")
    count = len(outline(purpose, current_statements(sources)).statements)
    if not count:
        raise Refused(_("These sources have nothing for this purpose. Choose others."), "sources")
    if count > MAX_STATEMENTS:
        message = _("These sources have %(n)s statements for this purpose; a handout holds at "
                    "most %(max)s. Choose fewer sources.")  # fmt: skip
        raise Refused(message % {"n": f"{count:,}", "max": MAX_STATEMENTS}, "sources")


def cancel(*, request: Request, actor: User) -> None:
    """Stop a request that waits or runs. The worker sees it before its next statement."""
    cancelled = Request.objects.filter(
        pk=request.pk, job_state__in=[JobState.WAITING, JobState.RUNNING]
    ).update(
        job_state=JobState.CANCELLED, cancel_requested=True, claim_token=None, claimed_until=None
    )
    if not cancelled:
        raise Refused(_("This request is no longer running."))
    record.note("cancelled", actor=actor, request=request)


# --- drafting (the worker) ----------------------------------------------------------------------


def draft(request: Request, claim: Claim) -> None:
    """Write the edition of ``request``; a restart goes on where the last worker stopped."""
    claim.progress(request.progress_done, request.progress_total, _("Choosing statements"))
    edition = Edition.objects.filter(request=request).first() or _plan(request)
    writer = configured_writer()
    _write_pending(edition, writer, claim)
    _finish(edition, request, claim)


def _plan(request: Request) -> Edition:
    """The edition with every segment in its place, the written ones still pending."""
    plan = outline(Purpose(request.purpose), current_statements(request.sources.all()))
    with transaction.atomic():
        handout = _handout_for(request)
        edition = Edition.objects.create(
            handout=handout, number=handout.editions.count() + 1, request=request,
            created_by=request.requested_by, languages=request.languages,
            purpose=request.purpose, audience=request.audience, grade=request.grade,
        )  # fmt: skip
        edition.authors.add(request.requested_by)
        _lay_out(edition, request.topic, plan)
        left_out = [statement.pk for statement in plan.left_out]
        record.note("planned", request=request, edition=edition, left_out=left_out)
    return edition


def _handout_for(request: Request) -> Handout:
    slug = free_slug(request.topic)
    handout = Handout.objects.create(slug=slug, title=request.topic)
    for source in request.sources.all():
        handout.topics.add(*source.topics.all())
    return handout


def free_slug(topic: str) -> str:
    base = slugify(topic)[:100]
    taken = set(Handout.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    candidates = (base if n == 1 else f"{base}-{n}" for n in range(1, len(taken) + 2))
    return next(slug for slug in candidates if slug not in taken)


def _lay_out(edition: Edition, topic: str, plan: Outline) -> None:
    keys = key_points(plan.sections)
    rows: list[tuple[Segment, Statement | None]] = [
        (_label(edition, SectionKey.TITLE, Segment.Kind.TITLE, topic), None)
    ]
    if any(section in KEY_SECTIONS for section, _statements in plan.sections):
        rows.append((_heading(edition, SectionKey.KEY_POINTS), None))
    for section, statements in plan.sections:
        rows.append((_heading(edition, section), None))
        lead_in = ""
        for statement in statements:
            if statement.lead_in and statement.lead_in != lead_in:
                rows.append((_lead_in(edition, section, statement), statement))
            lead_in = statement.lead_in
            rows.append(
                (_pending(edition, section, statement, key=statement.pk in keys), statement)
            )
    for ordinal, (segment, cited) in enumerate(rows, start=1):
        segment.ordinal = ordinal
        segment.save()
        if cited:
            segment.statements.add(cited)


def _label(edition: Edition, section: SectionKey, kind: Segment.Kind, text: str) -> Segment:
    return Segment(
        edition=edition, section=section, kind=kind, text=text, origin=Segment.Origin.TEMPLATE
    )


def _heading(edition: Edition, section: SectionKey) -> Segment:
    return _label(edition, section, Segment.Kind.HEADING, HEADINGS[section])


def _lead_in(edition: Edition, section: SectionKey, statement: Statement) -> Segment:
    """The words that open a list and without which its items mean nothing ("Do not take:")."""
    return Segment(
        edition=edition,
        section=section,
        kind=Segment.Kind.PARAGRAPH,
        source_text=statement.lead_in,
        text=statement.lead_in,
        origin=Segment.Origin.UNCHANGED,
    )


def _pending(edition: Edition, section: SectionKey, statement: Statement, *, key: bool) -> Segment:
    """A segment for the writer, or the statement itself where it is a fragment of a list.

    A fragment ("Fever or chills") says nothing without its lead-in, and a small model completes it
    with inventions; it is plain enough as it stands.
    """
    fragment = bool(statement.lead_in)
    return Segment(
        edition=edition,
        section=section,
        kind=Segment.Kind(statement.kind),
        key_point=key,
        source_text=statement.text,
        text=statement.text if fragment else "",
        origin=Segment.Origin.UNCHANGED if fragment else Segment.Origin.PENDING,
    )


def _write_pending(edition: Edition, writer: Writer, claim: Claim) -> None:
    """Rewrite what is pending in parallel slots, saving each result as it comes."""
    total = edition.segments.exclude(origin=Segment.Origin.TEMPLATE).count()
    pending = list(edition.segments.filter(origin=Segment.Origin.PENDING))
    done = total - len(pending)
    note = _("Writing in plain language")
    stop = threading.Event()
    with ThreadPoolExecutor(settings.LLM_SLOTS) as pool:
        futures = {pool.submit(rewrite, writer, _job(edition, s), stop.is_set) for s in pending}
        try:
            while futures:
                # The beat renews the lease and notices a cancelled request between results too.
                claim.progress(done, total, note)
                finished, futures = wait(futures, BEAT_SECONDS, FIRST_COMPLETED)
                done += len(finished)
                for result in (future.result() for future in finished):
                    save_rewrite(result)
                    note = result.text
        except BaseException:
            # Cancelled, superseded or failed: the calls that still run are cut off, those that
            # have not begun never begin. What is saved stays, and a retry goes on from there.
            stop.set()
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    claim.progress(done, total, note)


def _job(edition: Edition, segment: Segment) -> Job:
    return Job(
        segment.pk,
        segment.source_text,
        context=edition.handout.title,
        grade=edition.grade,
        audience=edition.audience,
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


def _finish(edition: Edition, request: Request, claim: Claim) -> None:
    with transaction.atomic():
        claim.finish()
        edition.readability = english_readability(edition)
        edition.state = Edition.State.IN_REVIEW
        edition.save()
        quality.refresh(edition)
        record.note("drafted", request=request, edition=edition)


def english_readability(edition: Edition) -> list[dict[str, object]]:
    """Every valid measure of the edition's sentences, headings left out, for storage."""
    texts = edition.segments.exclude(
        kind__in=[Segment.Kind.TITLE, Segment.Kind.HEADING]
    ).values_list("text", flat=True)
    return scores(texts, languages.ENGLISH.code)
