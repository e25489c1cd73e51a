"""What every page of the portal has: a language, its menu of languages, its headers."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import conditional_page

from content import languages
from content.languages import Language
from content.models import Publication

View = Callable[..., HttpResponseBase]


@dataclass(frozen=True, slots=True)
class Choice:
    """A language in the menu, and where it leads: to the same page where it can."""

    language: Language
    path: str

    @property
    def url(self) -> str:
        return f"{settings.PUBLIC_URL}{self.path}"


def in_language(view: View) -> View:
    """Serve a page in the language of its address, whatever the browser asks for.

    A page that is not there says so in that language as well.
    """

    @wraps(view)
    def wrapped(request: HttpRequest, language: Language, **kwargs: Any) -> HttpResponseBase:
        with override(language.code.lower()):
            try:
                response = view(request, language, **kwargs)
            except Http404:
                response = not_found(request, language)
        response.headers["Content-Language"] = language.code
        return response

    return wrapped


def page(view: View) -> View:
    """A page in a language: asked again each time, sent again only when it changed, compressed."""
    return gzip_page(_fresh(conditional_page(in_language(view))))


def _fresh(view: View) -> View:
    @wraps(view)
    def wrapped(*args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(*args, **kwargs)
        response.headers.setdefault("Cache-Control", "no-cache")
        return response

    return wrapped


def not_found(request: HttpRequest, language: Language) -> HttpResponse:
    context = {"language": language, "choices": home_choices()}
    return render(request, "portal/not_found.html", context, status=404)


def served() -> list[Language]:
    """The languages in which anything is public, in the order of the table."""
    return languages.in_table_order(Publication.objects.public_languages())


def home_choices() -> list[Choice]:
    return [Choice(one, reverse("portal:home", args=[one])) for one in served()]


def address(language: Language | str, slug: str) -> str:
    """Where a handout is read from outside: what is shared, and what search engines are told."""
    return f"{settings.PUBLIC_URL}{reverse('portal:handout', args=[language, slug])}"
