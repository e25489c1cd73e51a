"""From an educator's request to an English edition that waits for a clinician."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from content import languages
from content.engines.writer.base import Writer
from content.engines.writer.openai_client import configured_writer
from content.models import (
    Audience,
    Clinic,
    Edition,
    Event,
    Purpose,
    Request,
    Role,
    Segment,
    Source,
    User,
)
from content.services import notifying, quality, record
from content.services.errors import PatientData, Refused
from content.services.findings import scores
from content.services.outline import outline
from content.services.planning import current_statements, plan_edition
from content.services.vetting import refuse_expired
from content.services.workflow import Claim
from content.services.writing import sort_statements, write_pending
from content.text.privacy import patient_data

MAX_STATEMENTS = 60
MAX_TOPIC = 120
MAX_NOTE = 2000


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
    due: dt.date | None = None,
) -> Request:
    """Put a request in the queue, or refuse it with the reason and the field at fault."""
    if not actor.has_role(Role.EDUCATOR):
        raise Refused(_("Only an educator may request a handout."))
    chosen = list(sources)
    codes = language_list(language_codes)
    check_words(topic, note)
    check_due(due)
    _check_choices(purpose, audience, grade)
    check_statements(Purpose(purpose), chosen)
    with transaction.atomic():
        request = Request.objects.create(
            topic=" ".join(topic.split()), purpose=purpose, audience=audience, grade=grade,
            languages=codes, note=note.strip(), due=due, requested_by=actor,
        )  # fmt: skip
        request.sources.set(chosen)
        record.note(Event.Kind.REQUESTED, actor=actor, request=request)
    return request


def usual_languages(clinic: Clinic | None = None, most: int = 8) -> list[str]:
    """Codes of the languages that ``clinic`` says it needs, or that the latest requests asked for."""
    if clinic and clinic.languages:
        return list(clinic.languages)
    latest = Request.objects.order_by("-created_at").values_list("languages", flat=True)[:200]
    wanted = Counter(code for codes in latest for code in codes)
    known = {lang.code for lang in languages.translated()}
    return [code for code, _count in wanted.most_common() if code in known][:most]


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


def check_due(due: dt.date | None) -> None:
    if due and due < timezone.localdate():
        raise Refused(_("This day is over. Choose another one, or none."), "due")


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
        raise PatientData(message % words, field, text, [match.span for match in matches])


def check_statements(purpose: Purpose, sources: list[Source]) -> None:
    if not sources:
        raise Refused(_("Choose at least one source."), "sources")
    foreign = [source.title for source in sources if source.language != languages.ENGLISH.code]
    if foreign:
        raise Refused(_("Only English sources can be used: %s.") % ", ".join(foreign), "sources")
    refuse_expired(sources)
    count = len(outline(purpose, current_statements(sources)).statements)
    if not count:
        raise Refused(_("These sources have nothing for this purpose. Choose others."), "sources")
    if count > MAX_STATEMENTS:
        message = _("These sources have %(n)s statements for this purpose; a handout holds at "
                    "most %(max)s. Choose fewer sources.")  # fmt: skip
        raise Refused(message % {"n": f"{count:,}", "max": MAX_STATEMENTS}, "sources")


# --- drafting (the worker) ----------------------------------------------------------------------


def draft(request: Request, claim: Claim) -> None:
    """Write the edition of ``request``; a restart goes on where the last worker stopped."""
    claim.progress(request.progress_done, request.progress_total, _("Choosing statements"))
    writer = configured_writer()
    edition = Edition.objects.filter(request=request).first() or _plan(request, writer, claim)
    write_pending(edition, writer, claim)
    _finish(edition, request, claim)


def _plan(request: Request, writer: Writer, claim: Claim) -> Edition:
    statements = current_statements(request.sources.all())
    return plan_edition(request, sort_statements(request, statements, writer, claim))


def _finish(edition: Edition, request: Request, claim: Claim) -> None:
    with transaction.atomic():
        claim.finish()
        edition.readability = english_readability(edition)
        edition.state = Edition.State.IN_REVIEW
        edition.save()
        quality.refresh(edition)
        record.note(Event.Kind.DRAFTED, request=request, edition=edition)
        notifying.edition_waits(edition)


def english_readability(edition: Edition) -> list[dict[str, object]]:
    """Every valid measure of the edition's sentences, headings left out, for storage."""
    texts = edition.segments.exclude(
        kind__in=[Segment.Kind.TITLE, Segment.Kind.HEADING]
    ).values_list("text", flat=True)
    return scores(texts, languages.ENGLISH.code)
