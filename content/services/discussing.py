"""What people at the desk say of single segments: comments, and a word on each as they read."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import F, Prefetch, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from content.models import (
    Comment,
    Edition,
    Event,
    Notice,
    Role,
    Segment,
    TranslatedSegment,
    Translation,
    User,
    Verdict,
)
from content.services import drafting, notifying, record
from content.services.errors import OutOfDate, Refused
from content.services.opening import need_same
from content.services.qualifying import need_role, need_translator

Row = Segment | TranslatedSegment
MAX_COMMENT = 2000


@dataclass(frozen=True, slots=True)
class Said:
    """What people say of one segment: ``verdicts`` that hold, the one of who looks, comments."""

    verdicts: list[Verdict]
    mine: Verdict | None
    comments: list[Comment]


def comment(*, row: Row, actor: User, text: str) -> Comment:
    """Say something about a segment; whoever wrote it or spoke before gets a notice."""
    words = text.strip()
    if not words:
        raise Refused(_("Write the comment first."), "text")
    if len(words) > MAX_COMMENT:
        raise Refused(_("A comment holds at most %d characters.") % MAX_COMMENT, "text")
    drafting.refuse_patient_data(words, "text")
    with transaction.atomic():
        made = Comment.objects.create(by=actor, text=words, **_of(row))
        record.note(Event.Kind.COMMENTED, actor=actor, **_about(row), comment=made.pk, text=words)
        notifying.tell(Notice.Kind.COMMENT, _concerned(row, actor), _subject(row))
    return made


def resolve(*, comment: Comment, actor: User) -> None:
    """Say by name that a comment is dealt with."""
    row = comment.segment or comment.translated_segment
    with transaction.atomic():
        open_ones = Comment.objects.filter(pk=comment.pk, resolved_by=None)
        if not open_ones.update(resolved_by=actor, resolved_at=timezone.now()):
            raise OutOfDate(_("Someone resolved this comment already."))
        record.note(
            Event.Kind.RESOLVED, actor=actor, **_about(row), comment=comment.pk,  # type: ignore[arg-type]
            text=comment.text,
        )  # fmt: skip


def judge(*, row: Row, actor: User, accepted: bool, shown: str) -> Verdict:
    """Mark a segment as fine or as to be mended, as it reads. Clinicians and translators may."""
    if isinstance(row, Segment):
        need_role(actor, Role.CLINICIAN, _("Only a clinician may judge the English."))
    else:
        need_translator(actor, row.translation)
    need_same(row.text, shown)
    verdict, _made = Verdict.objects.update_or_create(
        by=actor, **_of(row), defaults={"accepted": accepted, "of": row.text}
    )
    return verdict


def take_verdict_back(*, row: Row, actor: User) -> None:
    Verdict.objects.filter(by=actor, **_of(row)).delete()


def lookups() -> "tuple[Prefetch[Any], ...]":
    """What a page prefetches of its segments for ``said``.

    As plain lists: the querysets that Django makes for each row otherwise took a fifth of a page.
    Anew for each page: Django notes in them whose rows they are.
    """
    comments = Comment.objects.select_related("by", "resolved_by")
    return (
        Prefetch("verdicts", Verdict.objects.select_related("by"), to_attr="verdicts_found"),
        Prefetch("comments", comments, to_attr="comments_found"),
    )


def said(row: Any, me: User) -> Said:
    """Of a segment, English or translated, for which ``lookups`` were prefetched."""
    verdicts = [one for one in row.verdicts_found if one.of == row.text]
    mine = next((one for one in verdicts if one.by_id == me.pk), None)
    return Said(verdicts, mine, row.comments_found)


def why_not_yet(subject: Edition | Translation) -> str:
    """Why ``subject`` may not be approved yet for what people said of it; empty if it may."""
    to_mend = _to_mend(subject)
    if to_mend:
        marked: str = ngettext(
            "%d sentence is marked to be mended.", "%d sentences are marked to be mended.", to_mend
        )
        return marked % to_mend
    open_ones = _comments(subject).filter(resolved_by=None).count()
    if open_ones:
        waiting: str = ngettext(
            "Resolve %d open comment first.", "Resolve %d open comments first.", open_ones
        )
        return waiting % open_ones
    return ""


def _to_mend(subject: Edition | Translation) -> int:
    """How many sentences somebody would have mended, as they read now."""
    name = "segment" if isinstance(subject, Edition) else "translated_segment"
    owner = "edition" if isinstance(subject, Edition) else "translation"
    found = Verdict.objects.filter(
        **{f"{name}__{owner}": subject, "of": F(f"{name}__text")}, accepted=False
    )
    count: int = found.values(name).distinct().count()
    return count


def _comments(subject: Edition | Translation) -> QuerySet[Comment]:
    if isinstance(subject, Edition):
        return Comment.objects.filter(segment__edition=subject)
    return Comment.objects.filter(translated_segment__translation=subject)


def _subject(row: Row) -> Edition | Translation:
    return row.edition if isinstance(row, Segment) else row.translation


def _of(row: Row) -> dict[str, Any]:
    return {"segment": row} if isinstance(row, Segment) else {"translated_segment": row}


def _about(row: Row) -> dict[str, Any]:
    if isinstance(row, Segment):
        return {"edition": row.edition, "segment": row.pk}
    translation = row.translation
    return {
        "edition": translation.edition, "translation": translation, "segment": row.segment_id,
    }  # fmt: skip


def _concerned(row: Row, actor: User) -> list[User]:
    """Writers of the text and everyone who commented on the segment, without the speaker."""
    subject = _subject(row)
    edition = subject if isinstance(subject, Edition) else subject.edition
    speakers = [one.by for one in row.comments.select_related("by")]
    return [user for user in (*notifying.writers_of(edition), *speakers) if user != actor]
