"""What is asked for, and the English text that answers it."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from content.models.jobs import Job
from content.models.library import Source, Statement, TopicCode
from content.models.people import Clinic, User
from content.text.fingerprint import fingerprint


class Purpose(models.TextChoices):
    CONDITION = "condition", _("Understand a condition")
    MEDICINE = "medicine", _("Take a medicine safely")
    PROCEDURE = "procedure", _("Prepare for a test or procedure")
    DISCHARGE = "discharge", _("Go home from hospital")
    SELF_CARE = "self_care", _("Care for yourself at home")
    PREVENTION = "prevention", _("Stay well")


class Audience(models.TextChoices):
    ADULT = "adult", _("Adults")
    CAREGIVER = "caregiver", _("Caregivers")
    PARENT = "parent", _("Parents of a child")
    TEEN = "teen", _("Teens")
    OLDER_ADULT = "older_adult", _("Older adults")


class SectionKey(models.TextChoices):
    """The parts of a handout, in the order in which a patient reads them."""

    TITLE = "title", _("Title")
    KEY_POINTS = "key_points", _("Key points")
    EMERGENCY = "emergency", _("When to get emergency help")
    CALL = "call", _("When to call your clinic")
    ABOUT = "about", _("What it is")
    DO = "do", _("What to do")
    PREPARE = "prepare", _("Before the test")
    DURING = "during", _("During the test")
    AFTER = "after", _("After the test")
    PREVENT = "prevent", _("How to lower your risk")
    MEDICINES = "medicines", _("Medicines")
    SIDE_EFFECTS = "side_effects", _("Side effects")
    LIVING = "living", _("Food and activity")
    FOLLOW_UP = "follow_up", _("Follow-up")
    QUESTIONS = "questions", _("Questions to ask")


class Handout(models.Model):
    """The lasting thing behind every edition and language of one topic."""

    slug = models.SlugField(_("web address"), max_length=120, unique=True)
    title = models.CharField(_("title"), max_length=200)
    topics = models.ManyToManyField(TopicCode, blank=True, verbose_name=_("topic codes"))
    # The clinic that first asked for it; others may use it as well.
    clinic = models.ForeignKey(
        Clinic, models.PROTECT, null=True, blank=True, related_name="handouts",
        verbose_name=_("clinic"),
    )  # fmt: skip
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    archived_at = models.DateTimeField(_("archived"), null=True, editable=False)

    class Meta:
        verbose_name = _("handout")
        verbose_name_plural = _("handouts")
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title


class Request(Job):
    """An educator's wish. Its job is the English draft."""

    topic = models.CharField(_("topic"), max_length=120)
    purpose = models.CharField(
        _("purpose"), max_length=12, choices=Purpose, default=Purpose.CONDITION
    )
    audience = models.CharField(
        _("audience"), max_length=12, choices=Audience, default=Audience.ADULT
    )
    grade = models.PositiveSmallIntegerField(
        _("reading grade"),
        default=6,
        validators=[MinValueValidator(3), MaxValueValidator(12)],
        help_text=_("US school grade by the Flesch–Kincaid formula. 6 or lower suits most people."),
    )
    languages = models.JSONField(_("languages"), default=list, blank=True)
    note = models.TextField(
        _("note to the clinician"),
        blank=True,
        max_length=2000,
        help_text=_("Never about a patient: no names, dates of birth, record or phone numbers."),
    )
    due = models.DateField(
        _("needed by"), null=True, blank=True, help_text=_("Work with a date stands first.")
    )
    sources = models.ManyToManyField(Source, verbose_name=_("sources"))
    requested_by = models.ForeignKey(User, models.PROTECT, related_name="requests")
    # {statement: section} of statements without a heading, as they are sorted: a restart goes on.
    sorting = models.JSONField(default=dict, editable=False)

    class Meta(Job.Meta):
        verbose_name = _("request")
        verbose_name_plural = _("requests")
        ordering = ["-created_at"]
        constraints = [
            *Job.Meta.constraints,
            models.CheckConstraint(condition=~Q(topic=""), name="request_has_a_topic"),
            models.CheckConstraint(
                condition=Q(grade__gte=3, grade__lte=12), name="request_grade_in_range"
            ),
        ]

    def __str__(self) -> str:
        return self.topic


class Edition(models.Model):
    """One English text of a handout. Approval freezes it and binds to its fingerprint."""

    class State(models.TextChoices):
        DRAFTING = "drafting", _("Being written")
        IN_REVIEW = "in_review", _("Waiting for a clinician")
        RETURNED = "returned", _("With the educator")
        APPROVED = "approved", _("Approved")

    handout = models.ForeignKey(Handout, models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField(_("edition"))
    request = models.OneToOneField(
        Request, models.PROTECT, null=True, blank=True, related_name="edition"
    )
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.DRAFTING)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="editions")
    # Everyone whose words stand in the text. None of them may approve it (rule 3).
    authors = models.ManyToManyField(User, related_name="authored_editions", editable=False)
    languages = models.JSONField(_("languages"), default=list, blank=True)
    purpose = models.CharField(max_length=12, choices=Purpose, default=Purpose.CONDITION)
    audience = models.CharField(max_length=12, choices=Audience, default=Audience.ADULT)
    grade = models.PositiveSmallIntegerField(_("reading grade asked for"), default=6)
    readability = models.JSONField(default=list, editable=False)
    # What `content.services.quality` says of the text as it stands.
    quality = models.JSONField(default=dict, editable=False)
    fingerprint = models.CharField(max_length=64, blank=True, editable=False)
    approved_by = models.ForeignKey(
        User, models.PROTECT, null=True, editable=False, related_name="approved_editions"
    )
    approved_at = models.DateTimeField(null=True, editable=False)
    return_reason = models.TextField(_("why it was returned"), blank=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering = ["handout", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["handout", "number"], name="edition_number_once"),
            models.CheckConstraint(
                condition=~Q(state="approved")
                | (Q(approved_by__isnull=False, approved_at__isnull=False) & ~Q(fingerprint="")),
                name="approved_edition_names_who_and_what",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("created_by")),
                name="edition_not_approved_by_its_maker",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.handout.title} · {_('edition')} {self.number}"

    @property
    def one_topic(self) -> str:
        """The title where all statements come from one source; "" where there are several topics.

        In a handout on one topic, its reader is known: see ``content.safety.base.Pair``.
        """
        cited = self.segments.exclude(statements=None).order_by()
        one = cited.values("statements__source").distinct().count() == 1
        return self.handout.title if one else ""

    def compute_fingerprint(self) -> str:
        """The digest of every word and its place, in order, that an approval binds to."""
        rows = self.segments.values_list("section", "kind", "key_point", "text")
        return fingerprint([str(part) for row in rows for part in row])


class Segment(models.Model):
    """One sentence-sized unit of an edition, citing the statements that it came from."""

    class Kind(models.TextChoices):
        TITLE = "title", _("Title")
        HEADING = "heading", _("Heading")
        PARAGRAPH = "paragraph", _("Paragraph")
        LIST_ITEM = "list_item", _("List item")

    class Origin(models.TextChoices):
        PENDING = "pending", _("Waiting for the writer")
        TEMPLATE = "template", _("Fixed text")
        REWRITTEN = "rewritten", _("Put more simply")
        UNCHANGED = "unchanged", _("In the words of the source")
        SOURCE_KEPT = "source_kept", _("Source kept: the rewrite was refused")
        EDITED = "edited", _("Edited by a person")

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="segments")
    ordinal = models.PositiveIntegerField()
    section = models.CharField(max_length=16, choices=SectionKey)
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.LIST_ITEM)
    key_point = models.BooleanField(_("key point"), default=False)
    text = models.TextField(blank=True)
    source_text = models.TextField(blank=True)
    statements = models.ManyToManyField(Statement, related_name="segments", blank=True)
    origin = models.CharField(max_length=12, choices=Origin, default=Origin.PENDING)
    # What the writer offered and the checks refused: shown to the editor, never to a patient.
    rejected_text = models.TextField(blank=True)
    # Model, prompt version, settings, calls and seconds of the accepted or refused rewrite.
    provenance = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("segment")
        ordering = ["edition", "ordinal"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "ordinal"], name="segment_place_once")
        ]

    def __str__(self) -> str:
        return self.text[:80]

    @property
    def is_label(self) -> bool:
        return self.kind in (self.Kind.TITLE, self.Kind.HEADING)


class Assessment(models.Model):
    """An instrument of plain language filled in for an edition: what a program and a person judged.

    ``answers`` is {item: {"value": "yes" | "no" | "na", "by": "program" | "person"}}, with words as
    the value of an open question; ``score`` is the lower one of the instrument's scales
    in percent, null while items are open. It is about the text of ``fingerprint`` only.
    """

    class Instrument(models.TextChoices):
        PEMAT = "pemat", _("PEMAT-P")
        CCI = "cci", _("CDC Clear Communication Index")

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="assessments")
    instrument = models.CharField(max_length=12, choices=Instrument)
    answers = models.JSONField(default=dict)
    score = models.FloatField(null=True)
    fingerprint = models.CharField(max_length=64)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="assessments")
    at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("assessment")
        ordering = ["edition", "instrument"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "instrument"], name="assessment_once")
        ]

    def __str__(self) -> str:
        return f"{self.edition} · {self.get_instrument_display()}"
