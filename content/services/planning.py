"""The edition of a request before a word is written: every segment in its place."""

from collections.abc import Iterable, Mapping

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from content.models import (
    Edition,
    Event,
    Handout,
    Purpose,
    Request,
    SectionKey,
    Segment,
    Source,
    Statement,
)
from content.safety.base import Finding, Severity
from content.services import record
from content.services.findings import SECTIONS, replace_findings
from content.services.outline import HEADINGS, KEY_SECTIONS, Outline, key_points, missing, outline


def current_statements(sources: Iterable[Source]) -> list[Statement]:
    return list(
        Statement.objects.filter(source__in=list(sources), retired=False)
        .select_related("source")
        .order_by("source_id", "ordinal")
    )


def plan_edition(request: Request, sorting: Mapping[int, SectionKey]) -> Edition:
    """The edition with every segment in its place, the written ones still pending.

    ``sorting`` is what the writer decided of statements without a heading, by primary key.
    """
    purpose = Purpose(request.purpose)
    plan = outline(purpose, current_statements(request.sources.all()), sorting)
    with transaction.atomic():
        handout = _handout_for(request)
        edition = Edition.objects.create(
            handout=handout, number=handout.editions.count() + 1, request=request,
            created_by=request.requested_by, languages=request.languages,
            purpose=request.purpose, audience=request.audience, grade=request.grade,
        )  # fmt: skip
        edition.authors.add(request.requested_by)
        title = _lay_out(edition, request.topic, plan)
        replace_findings(title, _missing_sections(purpose, plan))
        left_out = [statement.pk for statement in plan.left_out]
        record.note(Event.Kind.PLANNED, request=request, edition=edition, left_out=left_out)
    return edition


def _handout_for(request: Request) -> Handout:
    slug = free_slug(request.topic)
    handout = Handout.objects.create(
        slug=slug, title=request.topic, clinic=request.requested_by.clinic
    )
    for source in request.sources.all():
        handout.topics.add(*source.topics.all())
    return handout


def free_slug(topic: str) -> str:
    base = slugify(topic)[:100]
    taken = set(Handout.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    candidates = (base if n == 1 else f"{base}-{n}" for n in range(1, len(taken) + 2))
    return next(slug for slug in candidates if slug not in taken)


def _lay_out(edition: Edition, topic: str, plan: Outline) -> Segment:
    """Save the segments in reading order; the title is the first of them."""
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
    return rows[0][0]


def _missing_sections(purpose: Purpose, plan: Outline) -> list[Finding]:
    """What a handout of this purpose must have and the sources do not give.

    A handout that never says when to get help may not be approved; other gaps are for the educator
    to weigh, who may add a source and ask again.
    """
    lacking, helpless = missing(purpose, plan)
    found = [
        Finding(SECTIONS, Severity.WARNING, _("The sources have nothing for “%s”.") % HEADINGS[one])
        for one in lacking
    ]
    if helpless:
        message = _("The sources do not say when to call the clinic or get emergency help.")
        found.insert(0, Finding(SECTIONS, Severity.BLOCKING, message))
    return found


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
