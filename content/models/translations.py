"""An edition in one language, and what checks say of its segments."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from content.models.handouts import Edition, Segment
from content.models.jobs import Job
from content.models.people import User
from content.text.fingerprint import fingerprint


class Translation(Job):
    """Its job is the machine draft; its state is where people have taken it."""

    class State(models.TextChoices):
        DRAFTING = "drafting", _("Being translated")
        IN_REVIEW = "in_review", _("Waiting for a translator")
        APPROVED = "approved", _("Approved")
        STALE = "stale", _("Out of date: the English changed")

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="translations")
    language = models.CharField(_("language"), max_length=12)
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.DRAFTING)
    needs_two = models.BooleanField(_("needs two translators"), default=False, editable=False)
    # Why no machine draft could be had, in words for the translator.
    engine_note = models.TextField(blank=True, editable=False)
    readability = models.JSONField(default=list, editable=False)
    fingerprint = models.CharField(max_length=64, blank=True, editable=False)
    approved_by = models.ForeignKey(
        User, models.PROTECT, null=True, editable=False, related_name="approved_translations"
    )
    approved_at = models.DateTimeField(null=True, editable=False)
    second_approved_by = models.ForeignKey(
        User, models.PROTECT, null=True, editable=False, related_name="second_approved_translations"
    )
    second_approved_at = models.DateTimeField(null=True, editable=False)

    class Meta(Job.Meta):
        verbose_name = _("translation")
        verbose_name_plural = _("translations")
        ordering = ["-created_at"]
        constraints = [
            *Job.Meta.constraints,
            models.UniqueConstraint(fields=["edition", "language"], name="translation_once"),
            models.CheckConstraint(
                condition=~Q(state="approved")
                | (Q(approved_by__isnull=False, approved_at__isnull=False) & ~Q(fingerprint="")),
                name="approved_translation_names_who_and_what",
            ),
            models.CheckConstraint(
                condition=~Q(state="approved")
                | Q(needs_two=False)
                | Q(second_approved_by__isnull=False),
                name="high_risk_translation_has_two",
            ),
            models.CheckConstraint(
                condition=Q(second_approved_by__isnull=True)
                | ~Q(second_approved_by=F("approved_by")),
                name="second_translator_is_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.edition} · {self.language}"

    def compute_fingerprint(self) -> str:
        rows = self.segments.order_by("segment__ordinal").values_list("segment__text", "text")
        return fingerprint([part for row in rows for part in row])


class TranslatedSegment(models.Model):
    class Origin(models.TextChoices):
        EMPTY = "empty", _("To be translated")
        MEMORY = "memory", _("Translation memory")
        MACHINE = "machine", _("Machine translation")
        EDITED = "edited", _("Edited by a person")

    translation = models.ForeignKey(Translation, models.CASCADE, related_name="segments")
    segment = models.ForeignKey(Segment, models.PROTECT, related_name="translated")
    text = models.TextField(blank=True)
    origin = models.CharField(max_length=12, choices=Origin, default=Origin.EMPTY)
    engine = models.CharField(max_length=120, blank=True)
    engine_revision = models.CharField(max_length=120, blank=True)
    engine_licence = models.CharField(max_length=200, blank=True)
    score = models.FloatField(null=True)

    class Meta:
        verbose_name = _("translated segment")
        ordering = ["translation", "segment__ordinal"]
        constraints = [
            models.UniqueConstraint(
                fields=["translation", "segment"], name="segment_translated_once"
            )
        ]

    def __str__(self) -> str:
        return self.text[:80]

    @property
    def is_unsettled(self) -> bool:
        """Whether no person has stood for the text: neither here nor, for memory, before."""
        return self.origin in (self.Origin.EMPTY, self.Origin.MACHINE)


class BackTranslation(models.Model):
    """A translated segment read back into English by a machine: an aid, never an approval.

    ``of`` are the words that were read back. ``text`` is "" where the engine refused them.
    """

    translated_segment = models.OneToOneField(
        TranslatedSegment, models.CASCADE, related_name="back_translation"
    )
    of = models.TextField()
    text = models.TextField(blank=True)
    engine = models.CharField(max_length=120)
    engine_revision = models.CharField(max_length=120)

    class Meta:
        verbose_name = _("back-translation")

    def __str__(self) -> str:
        return self.text[:80]


class Finding(models.Model):
    """What a check said of a segment as it stands. An edit replaces the findings."""

    class Severity(models.TextChoices):
        BLOCKING = "blocking", _("Must be mended")
        WARNING = "warning", _("Look again")

    segment = models.ForeignKey(Segment, models.CASCADE, null=True, related_name="findings")
    translated_segment = models.ForeignKey(
        TranslatedSegment, models.CASCADE, null=True, related_name="findings"
    )
    check_id = models.CharField(max_length=40)
    severity = models.CharField(max_length=12, choices=Severity)
    message = models.TextField()
    span_start = models.PositiveIntegerField(null=True)
    span_end = models.PositiveIntegerField(null=True)
    # Words that would mend it: in place of the span, or where the person puts them.
    insert = models.CharField(max_length=200, blank=True)
    overridden_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="overrides")
    override_reason = models.TextField(blank=True)

    class Meta:
        verbose_name = _("finding")
        ordering = ["severity", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(segment__isnull=False, translated_segment__isnull=True)
                | Q(segment__isnull=True, translated_segment__isnull=False),
                name="finding_of_one_segment",
            ),
            models.CheckConstraint(
                condition=Q(overridden_by__isnull=True) | ~Q(override_reason=""),
                name="override_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.message

    @property
    def severity_label(self) -> str:
        # get_severity_display hashes every choice anew each time: felt with hundreds on a page.
        return str(self.Severity(self.severity).label)

    @property
    def is_open(self) -> bool:
        return self.severity == self.Severity.BLOCKING and self.overridden_by_id is None
