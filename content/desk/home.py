"""The first page after login: what waits for me, what runs, what failed."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from content.desk.common import page, person, staff
from content.models import (
    Edition,
    Job,
    JobState,
    Publication,
    Request,
    Role,
    Source,
    Translation,
    User,
)
from content.services import vetting

ROWS = 12


@staff
def home(request: HttpRequest) -> HttpResponse:
    me = person(request)
    return page(
        request,
        "desk/home.html",
        _("Desk"),
        queues=[queue for queue in _queues(me) if queue["rows"]],
        sources=_sources_due(me),
        running=_jobs([JobState.WAITING, JobState.RUNNING]),
        failed=_jobs([JobState.FAILED]),
        published=Publication.objects.public().select_related("handout")[:ROWS],
        may_request=me.has_role(Role.EDUCATOR),
    )


def _queues(me: User) -> list[dict[str, Any]]:
    queues: list[dict[str, Any]] = []
    editions = Edition.objects.select_related("handout", "created_by").order_by("created_at")
    if me.has_role(Role.CLINICIAN):
        waiting = editions.filter(state=Edition.State.IN_REVIEW).exclude(authors=me)
        queues.append(
            {"title": _("English to approve"), "rows": waiting[:ROWS], "to": "desk:edition"}
        )
    if me.has_role(Role.EDUCATOR):
        mine = editions.filter(state=Edition.State.RETURNED, authors=me)
        queues.append({"title": _("Returned to you"), "rows": mine[:ROWS], "to": "desk:edition"})
    if me.has_role(Role.TRANSLATOR):
        rows = translations_of(me).filter(state=Translation.State.IN_REVIEW)
        queues.append(
            {"title": _("Translations to review"), "rows": rows[:ROWS], "to": "desk:translation"}
        )
    return queues


def _sources_due(me: User) -> list[tuple[Source, str]]:
    """What a clinician must review again, with since or until when."""
    rows = vetting.due()[:ROWS] if me.has_role(Role.CLINICIAN) else []
    return [(source, vetting.state(source)) for source in rows]


def translations_of(me: User) -> QuerySet[Translation]:
    """A translator sees the languages they are qualified for; other staff see all."""
    rows = Translation.objects.select_related("edition__handout").order_by("created_at")
    other_role = any(
        me.has_role(role) for role in (Role.EDUCATOR, Role.CLINICIAN, Role.ADMINISTRATOR)
    )
    if other_role or me.is_superuser:
        return rows
    languages = [q.language for q in me.qualifications.all() if q.is_valid]
    return rows.filter(language__in=languages)


def _jobs(states: list[JobState]) -> list[tuple[str, Job]]:
    models: tuple[tuple[str, type[Job]], ...] = (
        ("request", Request),
        ("translation", Translation),
        ("publication", Publication),
    )
    return [
        (kind, row)
        for kind, model in models
        for row in model._default_manager.filter(job_state__in=states).order_by("created_at")[:ROWS]
    ]
