"""What stands around a publication once it is public: its printed forms, and what clinics keep.

Nothing here names a patient: use is counted by day, comments carry no author.
"""

import datetime as dt
import re
from dataclasses import dataclass
from typing import Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from content.models.handouts import Handout
from content.models.jobs import Job, JobState
from content.models.people import Clinic, User
from content.models.record import Publication

_SLUG = re.compile(r"(letter|a4)(-large)?(-bilingual)?")


class Paper(models.TextChoices):
    LETTER = "letter", _("Letter")
    A4 = "a4", _("A4")


@dataclass(frozen=True, slots=True)
class Variant:
    """One of the eight forms in which a handout is printed; ``slug`` names it in addresses."""

    paper: str = Paper.LETTER
    large_print: bool = False
    bilingual: bool = False

    @property
    def slug(self) -> str:
        parts = [self.paper, "large" * self.large_print, "bilingual" * self.bilingual]
        return "-".join(filter(None, parts))

    @classmethod
    def parse(cls, slug: str) -> Self | None:
        found = _SLUG.fullmatch(slug)
        return cls(found[1], bool(found[2]), bool(found[3])) if found else None


# Rendered before a publication becomes public; the others wait until somebody asks.
AT_ONCE = (Variant(Paper.LETTER), Variant(Paper.A4))


class RenderedFile(Job):
    """A PDF of a publication in one variant, with the head of one clinic or of the house.

    Made once, and checked by the release gate. ``name`` is its key in storage, after its content.
    ``branding`` is the version of the clinic's head that it carries.
    """

    publication = models.ForeignKey(Publication, models.PROTECT, related_name="files")
    paper = models.CharField(max_length=8, choices=Paper)
    large_print = models.BooleanField(default=False, db_default=False)
    bilingual = models.BooleanField(default=False, db_default=False)
    clinic = models.ForeignKey(Clinic, models.PROTECT, null=True, related_name="files")
    branding = models.PositiveIntegerField(default=0, db_default=0)
    # A version that knew these rows as files, not as work, may add one while it is replaced: its file
    # is there, and the database fills in the columns of `Job`.
    job_state = models.CharField(
        _("progress"), max_length=12, choices=JobState, default=JobState.WAITING,
        db_default=JobState.DONE, editable=False,
    )  # fmt: skip
    attempts = models.PositiveSmallIntegerField(default=0, db_default=0, editable=False)
    progress_done = models.PositiveIntegerField(default=0, db_default=0, editable=False)
    progress_total = models.PositiveIntegerField(default=0, db_default=0, editable=False)
    progress_note = models.CharField(max_length=200, blank=True, db_default="", editable=False)
    error = models.TextField(_("what went wrong"), blank=True, db_default="", editable=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True, db_default=Now())
    updated_at = models.DateTimeField(auto_now=True, db_default=Now())
    name = models.CharField(max_length=200, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveIntegerField(default=0)  # bytes

    class Meta(Job.Meta):
        constraints = [
            *Job.Meta.constraints,
            models.UniqueConstraint(
                fields=["publication", "paper", "large_print", "bilingual"],
                condition=Q(clinic=None),
                name="house_variant_rendered_once",
            ),
            models.UniqueConstraint(
                fields=["publication", "paper", "large_print", "bilingual", "clinic", "branding"],
                condition=Q(clinic__isnull=False),
                name="clinic_variant_rendered_once",
            ),
            models.CheckConstraint(
                condition=~Q(job_state=JobState.DONE) | (~Q(sha256="") & ~Q(name="")),
                name="done_file_has_bytes",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.publication} · {self.variant.slug}"

    @property
    def variant(self) -> Variant:
        return Variant(self.paper, self.large_print, self.bilingual)

    @property
    def is_there(self) -> bool:
        return self.job_state == JobState.DONE


class Bundle(Job):
    """Many handouts in one file for a clinic: a ZIP, or a pack for the printer.

    A pack is one PDF: a cover page if wanted, then every handout ``copies`` times, imposed.
    """

    class Kind(models.TextChoices):
        ZIP = "zip", _("ZIP of PDFs")
        PACK = "pack", _("Print pack")

    class Imposition(models.TextChoices):
        """How the pages of a pack stand on its sheets."""

        DUPLEX = "duplex", _("Both sides; each copy begins on a new sheet")
        SINGLE = "single", _("One side")
        TWO_UP = "two_up", _("Both sides, two pages side by side on each")

    clinic = models.ForeignKey(Clinic, models.PROTECT, related_name="bundles")
    by = models.ForeignKey(User, models.PROTECT, related_name="bundles")
    kind = models.CharField(max_length=8, choices=Kind)
    title = models.CharField(_("title"), max_length=120, blank=True)
    paper = models.CharField(max_length=8, choices=Paper, default=Paper.LETTER)
    large_print = models.BooleanField(default=False)
    bilingual = models.BooleanField(default=False)
    copies = models.PositiveSmallIntegerField(default=1)
    cover = models.BooleanField(default=True)
    imposition = models.CharField(max_length=8, choices=Imposition, default=Imposition.DUPLEX)
    publications = models.ManyToManyField(Publication, related_name="bundles")
    name = models.CharField(max_length=200, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveBigIntegerField(default=0)  # bytes

    class Meta(Job.Meta):
        ordering = ["-created_at"]
        constraints = [
            *Job.Meta.constraints,
            models.CheckConstraint(
                condition=Q(copies__gte=1, copies__lte=200), name="bundle_of_one_to_200_copies"
            ),
        ]

    def __str__(self) -> str:
        return self.title or str(self.Kind(self.kind).label)


class Recording(models.Model):
    """A person reading a publication aloud, uploaded by a clinic: never a machine's voice."""

    publication = models.OneToOneField(Publication, models.PROTECT, related_name="recording")
    clinic = models.ForeignKey(Clinic, models.PROTECT, related_name="recordings")
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=40)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()  # bytes
    by = models.ForeignKey(User, models.PROTECT, related_name="recordings")
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return str(self.publication)


class Favourite(models.Model):
    user = models.ForeignKey(User, models.CASCADE, related_name="favourites")
    handout = models.ForeignKey(Handout, models.CASCADE, related_name="favoured")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "handout"], name="favourite_once")]

    def __str__(self) -> str:
        return str(self.handout)


class Token(models.Model):
    """The right of a clinic's program to ask the doors. Only a digest is kept: it is shown once."""

    clinic = models.ForeignKey(Clinic, models.CASCADE, related_name="tokens")
    name = models.CharField(_("name"), max_length=80)
    # What a person tells tokens apart by: its first characters.
    hint = models.CharField(max_length=12)
    digest = models.CharField(max_length=64, unique=True)  # SHA-256
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    last_used_on = models.DateField(null=True)
    revoked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return f"{self.name} ({self.hint}…)"


class Tally(models.Model):
    """How often a publication was used on a day: a count, and nothing about by whom."""

    class Kind(models.TextChoices):
        OPENED = "opened", _("Opened")
        DOWNLOADED = "downloaded", _("Downloaded")
        ANSWERED = "answered", _("Given to an EHR")

    publication = models.ForeignKey(Publication, models.CASCADE, related_name="tallies")
    clinic = models.ForeignKey(Clinic, models.CASCADE, null=True, related_name="tallies")
    kind = models.CharField(max_length=12, choices=Kind)
    day = models.DateField(default=dt.date.today)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["publication", "kind", "day"], condition=Q(clinic=None), name="tally_once"
            ),
            models.UniqueConstraint(
                fields=["publication", "clinic", "kind", "day"],
                condition=Q(clinic__isnull=False),
                name="tally_of_a_clinic_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.publication} {self.day}: {self.kind} {self.count}"


class Feedback(models.Model):
    """What a reader said of a page: whether it was easy, and a comment without patient data."""

    publication = models.ForeignKey(Publication, models.CASCADE, related_name="feedback")
    easy = models.BooleanField()
    comment = models.CharField(max_length=500, blank=True)
    day = models.DateField(default=dt.date.today)

    def __str__(self) -> str:
        return f"{self.publication}: {'easy' if self.easy else 'hard'}"
