"""The two human gates: a clinician over the English, a qualified translator over each language.

Every verb takes the fingerprint that was on the person's screen and refuses when the text has
changed since (rule 4). The database refuses the same things again (``content.models.rules``).
"""

from typing import cast

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from content.models import (
    Decision,
    Edition,
    Event,
    Finding,
    MemoryEntry,
    Role,
    Segment,
    Translation,
    User,
)
from content.services import (
    discussing,
    drafting,
    notifying,
    publishing,
    record,
    translating,
)
from content.services.editing import recheck
from content.services.errors import OutOfDate, Refused, need_reason
from content.services.opening import locked, need_same, open_edition, open_translation
from content.services.qualifying import (
    evidence,
    need_role,
    need_translator,
    why_not_translate,
)
from content.text.fingerprint import fingerprint

# --- the English --------------------------------------------------------------------------------


def resubmit_edition(*, edition: Edition, actor: User) -> None:
    """The educator sends a returned edition back to the clinician."""
    need_role(actor, Role.EDUCATOR, _("Only an educator may send an edition to review."))
    with transaction.atomic():
        changed = Edition.objects.filter(pk=edition.pk, state=Edition.State.RETURNED).update(
            state=Edition.State.IN_REVIEW, return_reason=""
        )
        if not changed:
            raise OutOfDate(_("This edition is not waiting for the educator any more."))
        record.note(Event.Kind.RESUBMITTED, actor=actor, edition=edition)
        notifying.edition_waits(edition)


def return_edition(*, edition: Edition, actor: User, reason: str, shown: str) -> None:
    """The clinician sends the edition back with a reason."""
    need_role(actor, Role.CLINICIAN, _("Only a clinician may return an edition."))
    words = _reason(reason)
    with transaction.atomic():
        row = open_edition(edition.pk)
        need_same(row.compute_fingerprint(), shown)
        row.state, row.return_reason = Edition.State.RETURNED, words
        row.save(update_fields=["state", "return_reason"])
        record.decide(
            verb=Decision.Verb.RETURN_EDITION, actor=actor, edition=row, fingerprint=shown,
            reason=words,
        )  # fmt: skip
        notifying.returned(row)


def why_not_approve_edition(edition: Edition, actor: User) -> str:
    """Why ``actor`` may not approve ``edition`` as it stands; empty when they may."""
    if edition.state != Edition.State.IN_REVIEW:
        return _("This edition is not waiting for a clinician.")
    if not actor.has_role(Role.CLINICIAN):
        return _("Only a clinician may approve an edition.")
    authors = {edition.created_by_id, *edition.authors.values_list("pk", flat=True)}
    if edition.request:
        authors.add(edition.request.requested_by_id)
    if actor.pk in authors:
        return _("You requested or edited this edition, so another clinician must approve it.")
    if _open_findings(segment__edition=edition):
        return _("Mend or override every blocking finding first.")
    return discussing.why_not_yet(edition)


def approve_edition(*, edition: Edition, actor: User, shown: str) -> Edition:
    """Freeze the English at the fingerprint ``shown``; translation and publication begin."""
    if edition.state == Edition.State.IN_REVIEW:
        _need_nothing_new(recheck(edition))
    with transaction.atomic():
        row = locked(Edition, edition.pk)
        if why := why_not_approve_edition(row, actor):
            raise Refused(why)
        need_same(row.compute_fingerprint(), shown)
        record.decide(
            verb=Decision.Verb.APPROVE_EDITION, actor=actor, edition=row, fingerprint=shown
        )
        row.state, row.fingerprint = Edition.State.APPROVED, shown
        row.approved_by, row.approved_at = actor, timezone.now()
        _save_or_refuse(row)
        _mark_older_stale(row)
        translating.start_translations(row)
        publishing.publish_edition(row)
    return row


def _mark_older_stale(edition: Edition) -> None:
    """Unfinished translations of earlier editions have lost their English."""
    Translation.objects.filter(
        edition__handout=edition.handout, edition__number__lt=edition.number
    ).exclude(state=Translation.State.APPROVED).update(state=Translation.State.STALE)


# --- a language ---------------------------------------------------------------------------------


def why_not_approve_translation(translation: Translation, actor: User) -> str:
    """Why ``actor`` may not approve ``translation`` as it stands; empty when they may."""
    if translation.state != Translation.State.IN_REVIEW:
        return _("This translation is not waiting for a translator.")
    if why := why_not_translate(actor, translation):
        return why
    if translation.edition.approved_by_id == actor.pk:
        return _("You approved the English, so another person must approve the translation.")
    if translation.needs_two and translation.approved_by_id == actor.pk:
        return _("This language needs a second translator; you already approved.")
    if _open_findings(translated_segment__translation=translation):
        return _("Mend or override every blocking finding first.")
    return discussing.why_not_yet(translation)


def approve_translation(*, translation: Translation, actor: User, shown: str) -> Translation:
    """Approve the text at fingerprint ``shown``; in a high-risk language the second one decides."""
    if translation.state == Translation.State.IN_REVIEW:
        _need_nothing_new(translating.recheck(translation))
    with transaction.atomic():
        row = locked(Translation, translation.pk)
        if why := why_not_approve_translation(row, actor):
            raise Refused(why)
        need_same(row.compute_fingerprint(), shown)
        record.decide(
            verb=Decision.Verb.APPROVE_TRANSLATION, actor=actor, edition=row.edition,
            translation=row, fingerprint=shown, detail=evidence(actor, row.language),
        )  # fmt: skip
        _sign(row, actor, shown)
        _save_or_refuse(row)
        if row.state == Translation.State.APPROVED:
            _remember(row)
            publishing.publish_translation(row)
        else:
            notifying.translation_waits(row)
    return row


def _sign(row: Translation, actor: User, shown: str) -> None:
    if row.approved_by is None:
        row.approved_by, row.approved_at, row.fingerprint = actor, timezone.now(), shown
    else:
        row.second_approved_by, row.second_approved_at = actor, timezone.now()
    if not row.needs_two or row.second_approved_by:
        row.state = Translation.State.APPROVED


def _remember(translation: Translation) -> None:
    """Memory learns only from approved pairs."""
    rows = translation.segments.select_related("segment")
    entries = {
        fingerprint([row.segment.text]): MemoryEntry(
            language=translation.language,
            source_fingerprint=fingerprint([row.segment.text]),
            source=row.segment.text,
            target=row.text,
            translation=translation,
        )
        for row in rows
    }
    MemoryEntry.objects.bulk_create(entries.values())


# --- both ---------------------------------------------------------------------------------------


def override(*, finding: Finding, actor: User, reason: str) -> None:
    """Let a blocking finding stand, by name and with a reason (rule 5)."""
    words = _reason(reason)
    with transaction.atomic():
        row = Finding.objects.select_related("segment", "translated_segment").get(pk=finding.pk)
        edition, translation, text = _opened_for_override(row, actor)
        record.decide(
            verb=Decision.Verb.OVERRIDE, actor=actor, edition=edition, translation=translation,
            fingerprint=fingerprint([text]), reason=words,
            detail={"check": row.check_id, "message": row.message, "text": text},
        )  # fmt: skip
        row.overridden_by, row.override_reason = actor, words
        row.save(update_fields=["overridden_by", "override_reason"])


def _opened_for_override(row: Finding, actor: User) -> tuple[Edition, Translation | None, str]:
    """The open edition, translation and words that the finding is about, if it is theirs."""
    if row.translated_segment:
        translation = open_translation(row.translated_segment.translation_id)
        need_translator(actor, translation)
        return translation.edition, translation, row.translated_segment.text
    segment = cast(Segment, row.segment)  # the database holds one or the other
    need_role(actor, Role.CLINICIAN, _("Only a clinician may override a finding."))
    return open_edition(segment.edition_id), None, segment.text


def _reason(reason: str) -> str:
    words = need_reason(reason)
    drafting.refuse_patient_data(words, "reason")
    return words


def _need_nothing_new(found: int) -> None:
    """The checks run once more before an approval: the findings shown may be old."""
    if found:
        raise OutOfDate(_("The checks found something that was not shown. Look at it again."))


def _open_findings(**of: object) -> bool:
    rows = Finding.objects.filter(
        severity=Finding.Severity.BLOCKING, overridden_by__isnull=True, **of
    )
    return rows.exists()


def _save_or_refuse(row: Edition | Translation) -> None:
    """The database checks the gate once more; its refusal reaches the person as a sentence."""
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise Refused(_("The database refused this approval: %s") % error) from error
