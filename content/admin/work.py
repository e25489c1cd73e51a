from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from content import tasks
from content.admin.base import ReadOnlyAdmin
from content.admin.forms import RequestForm
from content.desk.common import queue_away
from content.models import Decision, Edition, Event, Publication, Request, Role, Translation
from content.services import drafting
from content.services.errors import Refused


class DeskAdmin(ReadOnlyAdmin):
    """A list whose rows open on the desk."""

    desk_url: str

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> Any:
        return redirect(self.desk_url, pk=object_id)

    @admin.display(description=gettext_lazy("progress"))
    def progress(self, row: Any) -> str:
        state: str = row.get_job_state_display()
        return f"{state} · {row.percent} %" if row.job_state == "running" else state


@admin.register(Request)
class RequestAdmin(DeskAdmin):
    desk_url = "desk:request"
    form = RequestForm
    list_display = ["topic", "purpose", "requested_by", "progress", "created_at"]
    list_filter = ["job_state", "purpose"]
    search_fields = ["topic"]
    list_select_related = ["requested_by"]

    class Media:
        css = {"all": ["desk/request.css"]}

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.has_role(Role.EDUCATOR)  # type: ignore[union-attr]

    def save_form(self, request: HttpRequest, form: Any, change: bool) -> Request:
        """Save through the service that the command line and the demo use too."""
        data = form.cleaned_data
        made = drafting.request_handout(
            actor=request.user,  # type: ignore[arg-type]
            topic=data["topic"], sources=data["sources"], purpose=data["purpose"],
            audience=data["audience"], grade=data["grade"], language_codes=data["languages"],
            note=data["note"],
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


@admin.register(Edition)
class EditionAdmin(DeskAdmin):
    desk_url = "desk:edition"
    list_display = ["handout", "number", "state", "created_by", "approved_by", "created_at"]
    list_filter = ["state"]
    search_fields = ["handout__title"]
    list_select_related = ["handout", "created_by", "approved_by"]


@admin.register(Translation)
class TranslationAdmin(DeskAdmin):
    desk_url = "desk:translation"
    list_display = ["edition", "language", "state", "progress", "approved_by", "created_at"]
    list_filter = ["state", "language"]
    search_fields = ["edition__handout__title"]
    list_select_related = ["edition__handout", "approved_by"]


@admin.register(Publication)
class PublicationAdmin(DeskAdmin):
    desk_url = "desk:publication"
    list_display = ["title", "language", "state", "progress", "published_at", "page"]
    list_filter = ["state", "language"]
    search_fields = ["title", "handout__title"]
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
