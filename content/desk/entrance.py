"""The entrance of the staff: sign-in, the second factor, and the language of what they read.

Passwords, codes and throttling are django-allauth's. Nobody signs up: an administrator invites, and
nobody but the person sets their password (``services.people``).
"""

import base64
import hashlib
from collections.abc import Callable
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import LoginForm
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.utils import is_mfa_enabled
from cryptography.fernet import Fernet
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from content.models import User

Answer = Callable[[HttpRequest], HttpResponse]


class SignInForm(LoginForm):  # type: ignore[misc]
    """Either of the two names, and each told in words above its field instead of inside it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("Mail address or user name")
        self.fields["login"].widget.attrs.update({"autocomplete": "username", "autofocus": True})
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def format_email_subject(self, subject: str) -> str:
        return subject


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Keeps the keys encrypted: a stolen copy of the database alone opens no account."""

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()


def _cipher() -> Fernet:
    key = hashlib.blake2b(settings.SECRET_KEY.encode(), digest_size=32, person=b"second factor")
    return Fernet(base64.urlsafe_b64encode(key.digest()))


def is_of_staff(path: str) -> bool:
    return path.startswith((reverse("desk:home"), reverse("admin:index"), settings.STAFF_ENTRANCE))


class StaffLanguage:
    """Staff read the language they chose, else the first their browser asks for that is complete."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not is_of_staff(request.path):
            return self.answer(request)
        chosen: Any = getattr(request.user, "language", "") or translation.get_language()
        with translation.override(chosen if chosen in settings.STAFF_LANGUAGES else "en"):
            request.LANGUAGE_CODE = translation.get_language()
            return self.answer(request)


class SecondFactor:
    """Where the settings ask for a second factor, nothing of the staff opens before it is set up."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not settings.SECOND_FACTOR_REQUIRED or not self._guarded(request.path):
            return self.answer(request)
        user = request.user
        if not isinstance(user, User) or is_mfa_enabled(user):
            return self.answer(request)
        messages.info(request, _("Set up your second factor first: it protects the people whom "
                                 "your approval reaches."))  # fmt: skip
        return redirect("mfa_activate_totp")

    @staticmethod
    def _guarded(path: str) -> bool:
        """The account's own pages stay open: they are where the factor is set up. So does the way out."""
        open_to_all = (settings.STAFF_ENTRANCE, reverse("admin:logout"))
        return is_of_staff(path) and not path.startswith(open_to_all)
