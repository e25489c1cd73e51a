"""The source library: vetted documents, their statements, and the memory of approved pairs."""

from typing import Self

from django.db import models
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from content.models.people import User
from content.text.fingerprint import fingerprint


class CodeSystem(models.TextChoices):
    """Coding systems of topics, with the OIDs by which HL7 Infobutton names them."""

    ICD10CM = "ICD-10-CM", "ICD-10-CM"
    SNOMED = "SNOMED CT", "SNOMED CT"
    RXNORM = "RxNorm", "RxNorm"
    LOINC = "LOINC", "LOINC"
    MESH = "MeSH", "MeSH"


class TopicCode(models.Model):
    system = models.CharField(_("system"), max_length=12, choices=CodeSystem)
    code = models.CharField(_("code"), max_length=40)
    display = models.CharField(_("name"), max_length=200)

    class Meta:
        verbose_name = _("topic code")
        verbose_name_plural = _("topic codes")
        ordering = ["system", "code"]
        constraints = [models.UniqueConstraint(fields=["system", "code"], name="topic_code_once")]

    def __str__(self) -> str:
        return f"{self.display} ({self.system} {self.code})"


class SourceQuerySet(models.QuerySet["Source"]):
    def counted(self) -> Self:
        """Each with ``live``: how many statements it has that are not retired."""
        return self.annotate(live=Count("statements", filter=Q(statements__retired=False)))


class Source(models.Model):
    """A vetted document. Imported again, it keeps its row; what changed is in its statements."""

    external_id = models.CharField(_("identifier"), max_length=200, unique=True)
    title = models.CharField(_("title"), max_length=300)
    publisher = models.CharField(_("publisher"), max_length=200)
    url = models.URLField(_("web address"), max_length=500, blank=True)
    language = models.CharField(_("language"), max_length=12, default="en")
    # Other names of the topic (brands, common words): what people search by.
    also_called = models.JSONField(_("also called"), default=list, blank=True)
    courtesy = models.CharField(_("courtesy line"), max_length=300, blank=True)
    licence = models.CharField(_("licence"), max_length=120, blank=True)
    review_by = models.DateField(_("review by"), null=True, blank=True)
    reviewed_by = models.CharField(_("reviewed by"), max_length=200, blank=True)
    # [{name, url}] of the authorities that the publisher says it follows.
    follows = models.JSONField(_("follows"), default=list, blank=True)
    topics = models.ManyToManyField(TopicCode, blank=True, verbose_name=_("topic codes"))
    digest = models.CharField(max_length=64, editable=False)
    # Who of this clinic read the whole text and stands for it; another text is vetted anew.
    vetted_by = models.ForeignKey(
        User, models.PROTECT, null=True, editable=False, related_name="vetted_sources"
    )
    vetted_at = models.DateTimeField(_("vetted"), null=True, editable=False)
    imported_at = models.DateTimeField(_("imported"), auto_now=True)

    objects = SourceQuerySet.as_manager()

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["title"]
        constraints = [
            models.CheckConstraint(
                condition=Q(vetted_by__isnull=True, vetted_at__isnull=True)
                | Q(vetted_by__isnull=False, vetted_at__isnull=False),
                name="source_vetted_by_someone_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.title} — {self.publisher}"

    @property
    def is_vetted(self) -> bool:
        return self.vetted_by_id is not None

    @property
    def is_expired(self) -> bool:
        """Whether its review is overdue; the day itself is still good."""
        return self.review_by is not None and self.review_by < timezone.localdate()


class Statement(models.Model):
    """One atomic fact. Never deleted: segments cite it; a re-import may retire it."""

    class Kind(models.TextChoices):
        PARAGRAPH = "paragraph", _("Paragraph")
        LIST_ITEM = "list_item", _("List item")

    source = models.ForeignKey(Source, models.PROTECT, related_name="statements")
    ordinal = models.PositiveIntegerField(_("position"))
    section = models.CharField(_("section"), max_length=300, blank=True)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.PARAGRAPH)
    lead_in = models.TextField(_("introduced by"), blank=True)
    text = models.TextField(_("text"))
    # When it was last held against the authorities [{name, url}] that it follows.
    dated = models.DateField(_("dated"), null=True, blank=True)
    authorities = models.JSONField(_("follows"), default=list, blank=True)
    fingerprint = models.CharField(max_length=64, editable=False)
    retired = models.BooleanField(_("retired"), default=False)

    class Meta:
        verbose_name = _("statement")
        ordering = ["source", "ordinal"]
        constraints = [
            models.UniqueConstraint(fields=["source", "fingerprint"], name="statement_once")
        ]

    def __str__(self) -> str:
        return self.text

    def compute_fingerprint(self) -> str:
        return fingerprint([self.section, self.kind, self.lead_in, self.text])


class MemoryEntry(models.Model):
    """An approved pair of segment and translation. Withdrawn approval deletes it."""

    language = models.CharField(max_length=12)
    source_fingerprint = models.CharField(max_length=64)
    source = models.TextField()
    target = models.TextField()
    translation = models.ForeignKey(
        "content.Translation", models.CASCADE, related_name="memory_entries"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("translation memory entry")
        verbose_name_plural = _("translation memory")
        constraints = [
            models.UniqueConstraint(
                fields=["language", "source_fingerprint", "translation"], name="memory_pair_once"
            )
        ]
        indexes = [models.Index(fields=["language", "source_fingerprint"], name="memory_lookup")]

    def __str__(self) -> str:
        return f"{self.language}: {self.source[:60]}"


class TermbaseEntry(models.Model):
    """A house term: what a clinic calls something in a language. See ``content.safety.termbase``."""

    language = models.CharField(_("language"), max_length=12)
    source = models.CharField(_("English term"), max_length=120)
    preferred = models.CharField(_("preferred term"), max_length=200)
    # Lists of words.
    variants = models.JSONField(_("also accepted"), default=list, blank=True)
    forbidden = models.JSONField(_("forbidden"), default=list, blank=True)
    keep = models.BooleanField(_("stays in English"), default=False)
    # Whoever knows the language here has looked at it; a starter entry waits for that.
    reviewed_by = models.ForeignKey(
        User, models.PROTECT, null=True, editable=False, related_name="reviewed_terms"
    )
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("house term")
        verbose_name_plural = _("house terms")
        ordering = ["language", "source"]
        constraints = [
            models.UniqueConstraint(fields=["language", "source"], name="term_once_in_a_language")
        ]

    def __str__(self) -> str:
        return f"{self.source} ({self.language})"
