"""What people at the desk say to each other, and what the desk tells them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from content.models.handouts import Segment
from content.models.people import User
from content.models.translations import TranslatedSegment

_OF_ONE = Q(segment__isnull=False, translated_segment__isnull=True) | Q(
    segment__isnull=True, translated_segment__isnull=False
)


class Comment(models.Model):
    """What a person says about one segment. It is never changed; somebody resolves it, by name."""

    segment = models.ForeignKey(Segment, models.CASCADE, null=True, related_name="comments")
    translated_segment = models.ForeignKey(
        TranslatedSegment, models.CASCADE, null=True, related_name="comments"
    )
    by = models.ForeignKey(User, models.PROTECT, related_name="comments")
    at = models.DateTimeField(auto_now_add=True)
    text = models.TextField()
    resolved_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="resolved_comments"
    )
    resolved_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("comment")
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(condition=_OF_ONE, name="comment_of_one_segment"),
            models.CheckConstraint(
                condition=Q(resolved_by__isnull=True, resolved_at__isnull=True)
                | Q(resolved_by__isnull=False, resolved_at__isnull=False),
                name="resolved_by_name",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:80]


class Verdict(models.Model):
    """One reviewer's word on a segment as it read: fine, or to be mended.

    It holds while the segment still reads ``of``; it approves nothing by itself.
    """

    segment = models.ForeignKey(Segment, models.CASCADE, null=True, related_name="verdicts")
    translated_segment = models.ForeignKey(
        TranslatedSegment, models.CASCADE, null=True, related_name="verdicts"
    )
    by = models.ForeignKey(User, models.PROTECT, related_name="verdicts")
    accepted = models.BooleanField()
    of = models.TextField()
    at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("verdict")
        constraints = [
            models.CheckConstraint(condition=_OF_ONE, name="verdict_of_one_segment"),
            models.UniqueConstraint(fields=["segment", "by"], name="one_verdict_each"),
            models.UniqueConstraint(
                fields=["translated_segment", "by"], name="one_verdict_each_translated"
            ),
        ]

    def __str__(self) -> str:
        return str(_("accepted") if self.accepted else _("to be mended"))


class Notice(models.Model):
    """Something that waits for a person, or that they should know; by mail too if they like.

    ``subject`` names what it is about, ``address`` is its page. ``mailed_at`` is set when the mail
    is handed over, or when the person wants none.
    """

    class Kind(models.TextChoices):
        """What it says, before a colon and its subject."""

        APPROVE_EDITION = "approve_edition", _("An English text waits for your approval")
        APPROVE_TRANSLATION = "approve_translation", _("A translation waits for your review")
        RETURNED = "returned", _("A clinician returned your handout")
        FAILED = "failed", _("Your request could not be finished")
        PUBLISHED = "published", _("Your handout is public")
        WITHDRAWN = "withdrawn", _("A publication was withdrawn")
        COMMENT = "comment", _("Someone commented on your text")
        REVIEW_DUE = "review_due", _("A source must be reviewed again soon")
        RIGHTS = "rights", _("The roles of a person were changed")
        INVITED = "invited", _("You are invited to the desk")

    user = models.ForeignKey(User, models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=24, choices=Kind)
    subject = models.CharField(max_length=300)
    address = models.CharField(max_length=200)
    at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("notice")
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["user", "read_at"], name="notice_unread"),
            models.Index(
                fields=["at"], name="notice_unmailed", condition=Q(mailed_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.subject}"
