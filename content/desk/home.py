"""The first page after login: what waits for me, what runs, what failed, what ends soon, how it goes."""

from typing import Any

from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from content import languages
from content.desk import tour
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
from content.services import overview, vetting

ROWS = 12


@staff
def home(request: HttpRequest) -> HttpResponse:
    me = person(request)
    wanted = request.GET.get("language", "")
    translations = translations_of(me)
    held = set(me.groups.values_list("name", flat=True))
    return page(
        request,
        "desk/home.html",
        _("Desk"),
        queues=[queue for queue in _queues(me, wanted) if queue["rows"]],
        languages=_languages_waiting(me),
        wanted=wanted,
        roles=[str(label) for value, label in Role.choices if value in held],
        steps=tour.steps(me, held),
        sources=_sources_due(me),
        reviews=overview.to_review_soon()[:ROWS],
        qualifications=overview.ending_qualifications(
            None if me.has_role(Role.ADMINISTRATOR) else me
        )[:ROWS],
        running=_jobs(translations, [JobState.WAITING, JobState.RUNNING]),
        failed=_jobs(translations, [JobState.FAILED]),
        published=Publication.objects.public().select_related("handout").order_by("-published_at")[:ROWS],
        month=[(languages.get(code), count) for code, count in overview.published_this_month()],
        weeks=overview.published_by_week(),
        grades=overview.grades(),
        may_request=me.has_role(Role.EDUCATOR),
    )  # fmt: skip


@staff
def running(request: HttpRequest) -> HttpResponse:
    """What runs, as a part of the page that looks again by itself."""
    found = _jobs(translations_of(person(request)), [JobState.WAITING, JobState.RUNNING])
    return render(request, "desk/running.html", {"running": found})


def _queues(me: User, language: str) -> list[dict[str, Any]]:
    queues: list[dict[str, Any]] = []
    editions = Edition.objects.select_related("handout", "created_by").order_by("created_at")
    if me.has_role(Role.CLINICIAN):
        waiting = editions.filter(state=Edition.State.IN_REVIEW).exclude(authors=me)
        queues.append(_queue(_("English to approve"), waiting, "desk:edition"))
    if me.has_role(Role.EDUCATOR):
        mine = editions.filter(state=Edition.State.RETURNED, authors=me)
        queues.append(_queue(_("Returned to you"), mine, "desk:edition"))
    if me.has_role(Role.TRANSLATOR):
        rows = _to_translate(me)
        wanted = rows.filter(language=language) if language else rows
        queues.append(_queue(_("Translations to review"), wanted, "desk:translation"))
    return queues


def _queue(title: str, rows: QuerySet[Any], address: str) -> dict[str, Any]:
    found = list(rows[: ROWS + 1])
    named = [(row, _language(row)) for row in found[:ROWS]]
    return {"title": title, "rows": named, "to": address, "more": len(found) > ROWS}


def _language(row: Edition | Translation) -> languages.Language | None:
    return languages.get(row.language) if isinstance(row, Translation) else None


def _to_translate(me: User) -> QuerySet[Translation]:
    return translations_of(me).filter(state=Translation.State.IN_REVIEW)


def _languages_waiting(me: User) -> list[tuple[languages.Language, int]]:
    """What waits for a translator in which language, where there is more than one to choose from."""
    if not me.has_role(Role.TRANSLATOR):
        return []
    counted = _to_translate(me).values_list("language").annotate(count=Count("pk"))
    found = [(languages.get(code), count) for code, count in counted.order_by("language")]
    return found if len(found) > 1 else []


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
    languages_known = [q.language for q in me.qualifications.all() if q.is_valid]
    return rows.filter(language__in=languages_known)


def _jobs(translations: QuerySet[Translation], states: list[JobState]) -> list[tuple[str, Job]]:
    found: tuple[tuple[str, QuerySet[Any]], ...] = (
        ("request", Request.objects.all()),
        ("translation", translations),
        ("publication", Publication.objects.defer("payload", "search_text")),
    )
    return [
        (kind, row)
        for kind, rows in found
        for row in rows.filter(job_state__in=states).order_by("created_at")[:ROWS]
    ]
