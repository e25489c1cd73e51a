"""What becomes of a handout: its next edition, a copy of it, the archive and back."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from content.models import (
    Edition,
    Event,
    Handout,
    Publication,
    Role,
    SectionKey,
    Segment,
    User,
)
from content.services import drafting, quality, record
from content.services.editing import check_segment
from content.services.errors import Refused
from content.services.findings import SECTIONS, replace_findings
from content.services.opening import locked
from content.services.planning import free_slug
from content.services.qualifying import need_role


def new_edition(*, edition: Edition, actor: User) -> Edition:
    """A copy of an approved edition to edit; unchanged segments keep their translations by memory."""
    _need_educator(actor)
    with transaction.atomic():
        old = locked(Edition, edition.pk)
        latest = old.handout.editions.order_by("-number").first()
        if old.state != Edition.State.APPROVED or latest != old:
            raise Refused(_("A new edition starts from the newest approved one."))
        new = _copy(old, actor, handout=old.handout, number=old.number + 1)
        record.note(Event.Kind.NEW_EDITION, actor=actor, edition=new)
    return new


def duplicate(*, edition: Edition, actor: User, title: str) -> Edition:
    """A handout of its own that begins with the words of ``edition``, under another title."""
    _need_educator(actor)
    drafting.check_words(title, "")
    words = " ".join(title.split())
    with transaction.atomic():
        old = locked(Edition, edition.pk)
        if old.state == Edition.State.DRAFTING:
            raise Refused(_("This edition is still being written."))
        handout = Handout.objects.create(slug=free_slug(words), title=words, clinic=actor.clinic)
        handout.topics.set(old.handout.topics.all())
        new = _copy(old, actor, handout=handout, number=1)
        new.segments.filter(section=SectionKey.TITLE).update(text=words)
        quality.refresh(new)
        record.note(Event.Kind.DUPLICATED, actor=actor, edition=new, of=old.pk)
    return new


def _copy(old: Edition, actor: User, **place: Any) -> Edition:
    """The words of ``old`` with the educator, who changes them and sends them to the clinician.

    Whoever wrote them stays their author: those who wrote a text do not approve it.
    """
    new = Edition.objects.create(
        **place, created_by=actor, languages=old.languages, purpose=old.purpose,
        audience=old.audience, grade=old.grade, readability=old.readability,
    )  # fmt: skip
    new.authors.set([*old.authors.all(), actor])
    copies = [_copy_segment(segment, new) for segment in old.segments.all()]
    topic = new.one_topic  # known only now
    for segment in copies:
        replace_findings(segment, check_segment(segment, topic))
    new.state = Edition.State.RETURNED
    new.save(update_fields=["state"])
    quality.refresh(new)
    return new


def _copy_segment(segment: Segment, edition: Edition) -> Segment:
    statements = list(segment.statements.all())
    lacking = list(segment.findings.filter(check_id=SECTIONS))
    segment.pk, segment.edition = None, edition
    segment._state.adding = True
    segment.save()
    segment.statements.set(statements)
    for finding in lacking:
        finding.pk, finding.segment = None, segment
        finding.overridden_by, finding.override_reason = None, ""
        finding._state.adding = True
        finding.save()
    return segment


def archive(*, handout: Handout, actor: User) -> None:
    """Take a handout out of the lists. It must not be public."""
    _need_educator(actor)
    with transaction.atomic():
        row = Handout.objects.select_for_update().get(pk=handout.pk)
        if Publication.objects.public().filter(handout=row).exists():
            raise Refused(_("It is public. Withdraw it first, in every language."))
        if row.archived_at:
            raise Refused(_("It is in the archive already."))
        _set_archived(row, actor, Event.Kind.ARCHIVED, timezone.now())


def restore(*, handout: Handout, actor: User) -> None:
    """Bring a handout back from the archive."""
    _need_educator(actor)
    with transaction.atomic():
        row = Handout.objects.select_for_update().get(pk=handout.pk)
        if not row.archived_at:
            raise Refused(_("It is not in the archive."))
        _set_archived(row, actor, Event.Kind.RESTORED, None)


def _set_archived(row: Handout, actor: User, kind: Event.Kind, at: Any) -> None:
    row.archived_at = at
    row.save(update_fields=["archived_at"])
    latest = row.editions.order_by("-number").first()
    record.note(kind, actor=actor, edition=latest, handout=row.pk)


def _need_educator(actor: User) -> None:
    need_role(actor, Role.EDUCATOR, _("Only an educator may do this."))
