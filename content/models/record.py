"""What was decided, what happened, and what is public. Append-only, enforced by the database."""

from typing import Self

from django.db import connections, models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from content.models.handouts import Edition, Handout
from content.models.jobs import Job
from content.models.people import User
from content.models.search import answers, first_hits, hits
from content.models.translations import Translation


class Decision(models.Model):
    """Who decided what about which exact text (fingerprint), and why."""

    class Verb(models.TextChoices):
        APPROVE_EDITION = "approve_edition", _("approved the English")
        RETURN_EDITION = "return_edition", _("returned the English")
        APPROVE_TRANSLATION = "approve_translation", _("approved the translation")
        OVERRIDE = "override", _("overrode a finding")
        WITHDRAW = "withdraw", _("withdrew a publication")
        PUBLISH_AGAIN = "publish_again", _("published again what was withdrawn")

    verb = models.CharField(max_length=24, choices=Verb)
    actor = models.ForeignKey(User, models.PROTECT, related_name="decisions")
    at = models.DateTimeField(auto_now_add=True)
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="decisions")
    translation = models.ForeignKey(
        Translation, models.PROTECT, null=True, related_name="decisions"
    )
    fingerprint = models.CharField(max_length=64)
    reason = models.TextField(blank=True)
    # The translator's qualification as it stood (45 CFR 92.201(c)(3)), or the finding overridden.
    detail = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.actor} {self.get_verb_display()}"


class Event(models.Model):
    """Anything else that happened to a source, request, edition, translation or person."""

    class Kind(models.TextChoices):
        """What happened, as it reads after a name: "Ellen Reyes asked for the handout"."""

        REQUESTED = "requested", _("asked for the handout")
        CANCELLED = "cancelled", _("stopped the work")
        RELEASED = "released", _("put the work back into the queue")
        PLANNED = "planned", _("chose and ordered the statements")
        DRAFTED = "drafted", _("wrote the draft")
        EDITED = "edited", _("edited a sentence")
        UNDONE = "undone", _("took an edit back")
        RESUBMITTED = "resubmitted", _("sent it to the clinician again")
        NEW_EDITION = "new_edition", _("started the edition")
        DUPLICATED = "duplicated", _("made the handout from another one")
        ARCHIVED = "archived", _("put the handout into the archive")
        RESTORED = "restored", _("took the handout out of the archive")
        ASSESSED = "assessed", _("assessed the text")
        COMMENTED = "commented", _("commented on a sentence")
        RESOLVED = "resolved", _("resolved a comment")
        TRANSLATED = "translated", _("drafted the translation")
        PUBLISHED = "published", _("made it public")
        RIGHTS = "rights", _("changed what a person may do")
        BRANDED = "branded", _("changed the head of a clinic's handouts")
        TOKEN_MADE = "token_made", _("made a token for a clinic's program")
        TOKEN_REVOKED = "token_revoked", _("took a token back")
        RECORDED = "recorded", _("uploaded a recording")
        RECORDING_REMOVED = "recording_removed", _("removed a recording")
        SOURCE_ADDED = "source_added", _("took the source in")
        SOURCE_CHANGED = "source_changed", _("took in another version of the source")
        SOURCE_VETTED = "source_vetted", _("vetted the source")

    kind = models.CharField(max_length=40, choices=Kind)
    actor = models.ForeignKey(User, models.PROTECT, null=True, related_name="events")
    at = models.DateTimeField(auto_now_add=True)
    request = models.ForeignKey("content.Request", models.PROTECT, null=True, related_name="events")
    edition = models.ForeignKey(Edition, models.PROTECT, null=True, related_name="events")
    translation = models.ForeignKey(Translation, models.PROTECT, null=True, related_name="events")
    source = models.ForeignKey("content.Source", models.PROTECT, null=True, related_name="events")
    person = models.ForeignKey(User, models.PROTECT, null=True, related_name="events_about")
    data = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.get_kind_display()


class Seal(models.Model):
    """A link of the chain over the record: see ``content.services.sealing``.

    ``sha256`` is over the ``sha256`` of the seal before, this ``number`` and the whole entry.
    """

    number = models.PositiveBigIntegerField(primary_key=True)
    decision = models.OneToOneField(Decision, models.PROTECT, null=True, related_name="seal")
    event = models.OneToOneField(Event, models.PROTECT, null=True, related_name="seal")
    sha256 = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("seal")
        ordering = ["number"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decision__isnull=False, event__isnull=True)
                | Q(decision__isnull=True, event__isnull=False),
                name="seal_of_one_entry",
            )
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.sha256[:12]}"


_LANGUAGES = """
    WITH RECURSIVE found (language) AS (
        SELECT min(language) FROM content_publication WHERE state = 'public'
        UNION ALL
        SELECT (SELECT min(language) FROM content_publication
                WHERE state = 'public' AND language > found.language)
        FROM found WHERE found.language IS NOT NULL
    ) SELECT language FROM found WHERE language IS NOT NULL
"""


class PublicationQuerySet(models.QuerySet["Publication"]):
    def public(self) -> Self:
        return self.filter(state=Publication.State.PUBLIC)

    def matching(self, words: str, language: str = "") -> Self:
        """Rows that hold all of ``words``.

        ``language`` "" searches every language. Nothing answers a query without letters and digits.
        """
        found = hits(self.db, words, language)
        return self.none() if found is None else self.filter(pk__in=found)

    def best_matching(self, words: str, language: str, most: int) -> list[int]:
        """Keys of public rows that hold all of ``words``: those first that hold them in the title, then
        by title.

        Where more than ``most`` hold them, some of them: in the title first. A word that stands on
        every page takes no longer than a rare one.
        """
        found = first_hits(self.db, "words", words, language, most)
        if len(found) == most:  # there may be others, with the words in their titles
            found += first_hits(self.db, "title", words, language, most)
        rows = self.filter(pk__in=found).order_by("title", "pk").values_list("pk", "search__title")
        ranked = sorted(rows, key=lambda row: not answers(row[1], words))
        return [key for key, _title in ranked[:most]]

    def public_languages(self) -> list[str]:
        """The codes of every language in which something is public, by name of code.

        Jumps from one language to the next in the index of the shelves instead of reading it.
        """
        with connections[self.db].cursor() as cursor:
            cursor.execute(_LANGUAGES)
            return [code for (code,) in cursor.fetchall()]


class Publication(Job):
    """A frozen version of a handout in one language. Its job is to render and check its PDFs."""

    class State(models.TextChoices):
        PREPARING = "preparing", _("Being prepared")
        PUBLIC = "public", _("Public")
        SUPERSEDED = "superseded", _("Replaced by a newer edition")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    handout = models.ForeignKey(Handout, models.PROTECT, related_name="publications")
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="publications")
    translation = models.ForeignKey(
        Translation, models.PROTECT, null=True, related_name="publications"
    )
    language = models.CharField(_("language"), max_length=12)
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.PREPARING)
    title = models.CharField(_("title"), max_length=300)
    # Everything that a patient reads; its shape is documented in services/publishing.py.
    payload = models.JSONField()
    sha256 = models.CharField(max_length=64)
    # Where it stands in the library of the portal; see ``content.text.areas``.
    area = models.CharField(max_length=16, default="other", db_default="other", editable=False)
    # All its words, folded.
    search_text = models.TextField(editable=False)
    # When a source of it must be reviewed again at the latest.
    review_by = models.DateField(_("review by"), null=True, editable=False)
    published_at = models.DateTimeField(_("published"), null=True, editable=False)
    withdrawn_at = models.DateTimeField(null=True, editable=False)
    withdrawn_reason = models.TextField(blank=True, editable=False)

    objects = PublicationQuerySet.as_manager()

    class Meta(Job.Meta):
        verbose_name = _("publication")
        verbose_name_plural = _("publications")
        indexes = [
            models.Index(fields=["state", "published_at"], name="publication_by_date"),
            models.Index(fields=["state", "review_by"], name="publication_by_review"),
            models.Index(
                fields=["language", "state", "area", "title"], name="publication_on_shelf"
            ),
        ]
        ordering = ["-created_at"]
        constraints = [
            *Job.Meta.constraints,
            models.UniqueConstraint(
                fields=["handout", "language"],
                condition=Q(state="public"),
                name="one_public_version_per_language",
            ),
            models.CheckConstraint(
                condition=~Q(state="public") | Q(published_at__isnull=False),
                name="public_has_a_date",
            ),
            models.CheckConstraint(
                condition=~Q(state="withdrawn")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_reason="")),
                name="withdrawn_has_a_reason",
            ),
        ]

    def has_english_beside(self) -> bool:
        """Whether the English that it was translated from is public too, and not another edition's."""
        if self.translation_id is None:
            return False
        same = Publication.objects.public().filter(edition=self.edition_id, translation=None)
        return same.exists()

    def __str__(self) -> str:
        return f"{self.title} ({self.language})"
