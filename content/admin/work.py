from contextlib import suppress
from typing import Any

from django.contrib import admin, messages
from django.db.models import Prefetch, QuerySet
from django.forms.widgets import Script
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from content import languages, tasks
from content.admin.base import ReadOnlyAdmin
from content.admin.forms import RequestForm
from content.desk.common import queue_away
from content.models import (
    Decision,
    Edition,
    Event,
    Handout,
    Publication,
    Request,
    Role,
    Translation,
)
from content.services import drafting, workflow
from content.services.errors import Refused


class DeskAdmin(ReadOnlyAdmin):
    """A list whose rows open on the desk."""

    desk_url: str
    list_per_page = 25

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> Any:
        if not object_id.isdecimal():
            raise Http404
        return redirect(self.desk_url, pk=int(object_id))

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Stopping and trying again are safe for many rows at once; nothing else is offered."""
        actions: dict[str, Any] = super().get_actions(request)
        return {name: action for name, action in actions.items() if name != "delete_selected"}

    @admin.display(description=gettext_lazy("progress"))
    def progress(self, row: Any) -> str:
        state: str = row.get_job_state_display()
        return f"{state} · {row.percent} %" if row.job_state == "running" else state


class JobAdmin(DeskAdmin):
    """A list of work that can be stopped or tried again, many rows at once."""

    actions = ["try_again", "stop"]

    @admin.action(description=gettext_lazy("Try again what failed or was stopped"))
    def try_again(self, request: HttpRequest, rows: QuerySet[Any]) -> None:
        done = 0
        for row in rows:
            with suppress(Refused):
                workflow.release(row, actor=request.user)  # type: ignore[arg-type]
                done += 1
        tasks.nudge(queue_away(request))
        told = ngettext("%d is in the queue again.", "%d are in the queue again.", done)
        messages.success(request, told % done)

    @admin.action(description=gettext_lazy("Stop what waits or runs"))
    def stop(self, request: HttpRequest, rows: QuerySet[Any]) -> None:
        done = 0
        for row in rows:
            with suppress(Refused):
                workflow.cancel(row, actor=request.user)  # type: ignore[arg-type]
                done += 1
        messages.success(request, ngettext("%d stopped.", "%d stopped.", done) % done)


@admin.register(Request)
class RequestAdmin(JobAdmin):
    desk_url = "desk:request"
    form = RequestForm
    list_display = ["topic", "purpose", "requested_by", "progress", "due", "created_at"]
    list_filter = ["job_state", "purpose", "requested_by__clinic", "created_at"]
    search_fields = ["topic"]
    list_select_related = ["requested_by"]

    class Media:
        css = {"all": ["desk/request.css"]}
        js = [Script("desk/request.js", defer=True)]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.has_role(Role.EDUCATOR)  # type: ignore[union-attr]

    def get_form(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        made = super().get_form(request, obj, **kwargs)
        made.clinic = request.user.clinic  # type: ignore[union-attr]
        return made

    def save_form(self, request: HttpRequest, form: Any, change: bool) -> Request:
        """Save through the service that the command line and the demo use too."""
        data = form.cleaned_data
        made = drafting.request_handout(
            actor=request.user,  # type: ignore[arg-type]
            topic=data["topic"], sources=data["sources"], purpose=data["purpose"],
            audience=data["audience"], grade=data["grade"], language_codes=data["languages"],
            note=data["note"], due=data["due"],
        )  # fmt: skip
        tasks.nudge(queue_away(request))
        return made

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Nothing more to save: the service did."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Nothing more to save: the service did."""

    def add_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        try:
            return super().add_view(request, *args, **kwargs)
        except Refused as refused:
            messages.error(request, refused.message)
            return redirect("admin:content_request_add")

    def response_add(
        self, request: HttpRequest, obj: Any, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        return redirect("desk:request", pk=obj.pk)


class LanguageFilter(admin.SimpleListFilter):
    title = gettext_lazy("public in")
    parameter_name = "language"

    def lookups(self, request: HttpRequest, admin: object) -> list[tuple[str, Any]]:
        codes = Publication.objects.public().values_list("language", flat=True).distinct()
        return [(code, languages.get(code).name) for code in sorted(set(codes))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Handout]) -> QuerySet[Handout]:
        if not self.value():
            return queryset
        public = Publication.objects.public().filter(language=self.value())
        return queryset.filter(pk__in=public.values("handout"))


class ArchiveFilter(admin.SimpleListFilter):
    title = gettext_lazy("archive")
    parameter_name = "archive"

    def lookups(self, request: HttpRequest, admin: object) -> list[tuple[str, Any]]:
        return [("yes", gettext_lazy("In the archive")), ("all", gettext_lazy("All"))]

    def choices(self, changelist: Any) -> Any:
        """The first choice is what is not in the archive, not everything."""
        first, *others = super().choices(changelist)
        return [{**first, "display": gettext_lazy("In use")}, *others]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Handout]) -> QuerySet[Handout]:
        if self.value() == "all":
            return queryset
        return queryset.filter(archived_at__isnull=self.value() != "yes")


@admin.register(Handout)
class HandoutAdmin(DeskAdmin):
    desk_url = "desk:handout"
    list_display = ["title", "public_in", "newest", "created_at"]
    list_filter = [
        ArchiveFilter, LanguageFilter, "editions__state", "editions__purpose", "clinic",
        "created_at",
    ]  # fmt: skip
    search_fields = ["title", "topics__display", "topics__code"]
    search_help_text = gettext_lazy("Words of a title or topic, or a code such as E11.9")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Handout]:
        editions = Edition.objects.order_by("-number")
        public = Publication.objects.public().only("handout_id", "language")
        rows: QuerySet[Handout] = super().get_queryset(request)
        return rows.prefetch_related(
            Prefetch("editions", editions), Prefetch("publications", public, to_attr="public")
        )

    @admin.display(description=gettext_lazy("public in"))
    def public_in(self, handout: Handout) -> str:
        return ", ".join(sorted(row.language for row in handout.public))  # type: ignore[attr-defined]

    @admin.display(description=gettext_lazy("newest edition"))
    def newest(self, handout: Handout) -> str:
        found = next(iter(handout.editions.all()), None)
        return f"{found.number} · {found.get_state_display()}" if found else ""


@admin.register(Edition)
class EditionAdmin(DeskAdmin):
    desk_url = "desk:edition"
    list_display = ["handout", "number", "state", "created_by", "approved_by", "created_at"]
    list_filter = ["state", "handout__clinic", "created_at"]
    search_fields = ["handout__title", "handout__topics__display", "handout__topics__code"]
    list_select_related = ["handout", "created_by", "approved_by"]


@admin.register(Translation)
class TranslationAdmin(JobAdmin):
    desk_url = "desk:translation"
    list_display = ["edition", "language", "state", "progress", "approved_by", "created_at"]
    list_filter = ["state", "language", "edition__handout__clinic", "created_at"]
    search_fields = [
        "edition__handout__title", "edition__handout__topics__display",
        "edition__handout__topics__code",
    ]  # fmt: skip
    list_select_related = ["edition__handout", "approved_by"]


@admin.register(Publication)
class PublicationAdmin(JobAdmin):
    desk_url = "desk:publication"
    list_display = ["title", "language", "state", "progress", "published_at", "page"]
    list_filter = ["state", "language", "handout__clinic", "published_at"]
    search_fields = [
        "title", "handout__title", "handout__topics__display", "handout__topics__code",
    ]  # fmt: skip
    list_select_related = ["handout"]

    @admin.display(description=gettext_lazy("page"))
    def page(self, row: Publication) -> SafeString | str:
        if row.state != Publication.State.PUBLIC:
            return ""
        address = reverse("portal:handout", args=[row.language, row.handout.slug])
        return format_html('<a href="{}">{}</a>', address, _("Open"))


@admin.register(Decision)
class DecisionAdmin(ReadOnlyAdmin):
    list_display = ["at", "actor", "verb", "edition", "translation", "reason"]
    list_filter = ["verb", "actor"]
    list_select_related = ["actor", "edition__handout", "translation__edition__handout"]


@admin.register(Event)
class EventAdmin(ReadOnlyAdmin):
    list_display = ["at", "kind", "actor", "request", "edition", "translation"]
    list_filter = ["kind"]
    list_select_related = ["actor", "request", "edition__handout", "translation__edition__handout"]
