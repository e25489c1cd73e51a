"""Staff accounts, their roles, and translators' qualifications."""

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


class User(AbstractUser):
    mail = models.CharField(_("notices by mail"), max_length=8, choices=Mail, default=Mail.EACH)
    # What a demonstration account approves carries a notice on the page and in the PDF.
    is_demo = models.BooleanField(_("demonstration account"), default=False, editable=False)

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
