"""The frame of the staff's pages: the sidebar has the desk first, then the lists one may see."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse, reverse_lazy
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from content.desk.common import person
from content.models import Role
from content.services import notifying

Rows = tuple[tuple[Any, str, str], ...]

# What the lists are for, and (title, icon, model) of each.
GROUPS: tuple[tuple[Any, Rows], ...] = (
    (
        _("Work"),
        (
            (_("Handouts"), "menu_book", "handout"),
            (_("Requests"), "edit_document", "request"),
            (_("Editions"), "article", "edition"),
            (_("Translations"), "translate", "translation"),
            (_("Publications"), "public", "publication"),
        ),
    ),
    (
        _("Library"),
        (
            (_("Sources"), "library_books", "source"),
            (_("Topic codes"), "tag", "topiccode"),
            (_("Translation memory"), "history_edu", "memoryentry"),
        ),
    ),
    (
        _("Record"),
        (
            (_("Decisions"), "gavel", "decision"),
            (_("Events"), "schedule", "event"),
            (_("People"), "group", "user"),
            (_("Clinics"), "local_hospital", "clinic"),
        ),
    ),
)


def without_scripts(request: HttpRequest) -> str:
    """The style that shows the pages of the staff where no script runs (see ``settings.UNFOLD``)."""
    return static("desk/without_scripts.css")


def frame(request: HttpRequest) -> str:
    """What the theme lacks where text runs from right to left."""
    return static("desk/frame.css")


def staff_languages(request: HttpRequest) -> list[dict[str, str]]:
    """The languages that the desk can be read in, by their own names."""
    known = translation.get_language_info
    return [
        {"code": code, "name_local": known(code)["name_local"]} for code in settings.STAFF_LANGUAGES
    ]


def account_links(request: HttpRequest) -> list[dict[str, Any]]:
    return [
        {"title": _("Change my password"), "link": reverse_lazy("account_change_password")},
        {"title": _("Second factor"), "link": reverse_lazy("mfa_index")},
    ]


def sidebar(request: HttpRequest) -> list[dict[str, Any]]:
    """Navigation groups as django-unfold takes them; a group without a list is left out."""
    desk = {"title": _("Desk"), "icon": "desk", "link": reverse("desk:home")}
    told = {
        "title": _("Notices"), "icon": "notifications", "link": reverse("desk:notices"),
        "badge": notifying.unread(person(request)) or None,
    }  # fmt: skip
    first = [desk, told]
    if person(request).clinic_id:
        clinic = {"title": _("My clinic"), "icon": "local_hospital", "link": reverse("clinic:home")}
        first.append(clinic)
    groups = [("", first), *((title, _lists(request, rows)) for title, rows in GROUPS)]
    if person(request).has_role(Role.ADMINISTRATOR):
        audit = {"title": _("For an auditor"), "icon": "verified", "link": reverse("desk:audit")}
        queues = {"title": _("Queues and workers"), "icon": "dns", "link": reverse("desk:queues")}
        groups[-1][1].extend([audit, queues])
    return [{"title": title, "items": items, "separator": True} for title, items in groups if items]


def _lists(request: HttpRequest, rows: Rows) -> list[dict[str, Any]]:
    me = person(request)
    return [
        {"title": title, "icon": icon, "link": reverse(f"admin:content_{model}_changelist")}
        for title, icon, model in rows
        if me.has_perm(f"content.view_{model}")
    ]
