"""Clinics, staff accounts, their roles, and translators' qualifications."""

import datetime as dt

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a person may do. Roles are auth groups of the same name, so the admin assigns them."""

    EDUCATOR = "educator", _("Educator")
    CLINICIAN = "clinician", _("Clinician")
    TRANSLATOR = "translator", _("Translator")
    CLINIC_STAFF = "clinic staff", _("Clinic staff")
    ADMINISTRATOR = "administrator", _("Administrator")


class Mail(models.TextChoices):
    EACH = "each", _("a mail for each notice")
    DAILY = "daily", _("one mail a day")
    NONE = "none", _("no mail")


class Clinic(models.Model):
    """Where staff work: what its handouts say about whom to call, and what it usually asks for."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    after_hours = models.CharField(
        _("after hours"),
        max_length=160,
        blank=True,
        help_text=_("For example: Nurse line, day and night: 555 0100."),
    )
    languages = models.JSONField(
        _("usual languages"),
        default=list,
        blank=True,
        help_text=_("They stand first in the form that asks for a handout."),
    )

    # Key in storage of the clinic's logo, a PNG that was drawn anew from what was uploaded.
    logo = models.CharField(max_length=200, blank=True, editable=False)
    # Counts changes of what stands at the head of its PDFs.
    branding = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("clinic")
        verbose_name_plural = _("clinics")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class User(AbstractUser):
    clinic = models.ForeignKey(
        Clinic, models.PROTECT, null=True, blank=True, related_name="staff",
        verbose_name=_("clinic"),
    )  # fmt: skip
    # The language of the desk and of mails; empty: what the browser asks for.
    language = models.CharField(_("language of the desk"), max_length=12, blank=True, db_default="")
    # When the person closed the three steps that greet a newcomer.
    toured_at = models.DateTimeField(null=True, editable=False)
    mail = models.CharField(_("notices by mail"), max_length=8, choices=Mail, default=Mail.EACH)
    # What a demonstration account approves carries a notice on the page and in the PDF.
    is_demo = models.BooleanField(_("demonstration account"), default=False, editable=False)

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def has_role(self, role: Role) -> bool:
        return self.is_active and self.groups.filter(name=role).exists()

    def __str__(self) -> str:
        return self.get_full_name() or self.username


class Qualification(models.Model):
    """Evidence that a person is a qualified translator of a language (45 CFR 92.4, 92.201(c))."""

    user = models.ForeignKey(User, models.CASCADE, related_name="qualifications")
    language = models.CharField(_("language"), max_length=12)
    kind = models.CharField(
        _("kind"), max_length=120, help_text=_("For example: ATA certification.")
    )
    number = models.CharField(_("number"), max_length=60, blank=True)
    valid_from = models.DateField(_("valid from"), default=dt.date.today)
    valid_until = models.DateField(_("valid until"))

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(valid_until__gte=models.F("valid_from")),
                name="qualification_ends_after_start",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.language} · {self.kind}"

    @property
    def is_valid(self) -> bool:
        return self.valid_from <= timezone.localdate() <= self.valid_until
