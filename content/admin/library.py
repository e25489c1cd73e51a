from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from unfold.admin import TabularInline

from content.admin.base import HouseAdmin, ReadOnlyAdmin
from content.admin.forms import TermForm
from content.models import MemoryEntry, Source, Statement, TermbaseEntry, TopicCode
from content.services import searching, termbase, vetting


class StatementInline(TabularInline):  # type: ignore[misc]
    model = Statement
    fields = ["section", "kind", "lead_in", "text", "dated", "follows", "retired"]
    readonly_fields = fields
    extra = 0
    can_delete = False
    per_page = 60

    @admin.display(description=_("follows"))
    def follows(self, statement: Statement) -> str:
        return "; ".join(one["name"] for one in statement.authorities)

    def has_add_permission(self, request: HttpRequest, obj: Source | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Source | None = None) -> bool:
        return False


class StateFilter(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, admin: object) -> list[tuple[str, Any]]:
        return [
            ("vetted", _("Vetted")), ("unvetted", _("Not vetted")),
            ("due", _("To review soon")), ("overdue", _("Review overdue")),
        ]  # fmt: skip

    def queryset(self, request: HttpRequest, queryset: QuerySet[Source]) -> QuerySet[Source]:
        today = timezone.localdate()
        wanted = {
            "vetted": Q(vetted_by__isnull=False),
            "unvetted": Q(vetted_by__isnull=True),
            "due": Q(review_by__gte=today, review_by__lte=today + vetting.SOON),
            "overdue": Q(review_by__lt=today),
        }
        return queryset.filter(wanted.get(self.value() or "", Q()))


@admin.register(Source)
class SourceAdmin(ReadOnlyAdmin):
    list_display = ["title", "publisher", "language", "statement_count", "state"]
    list_filter = [StateFilter, "publisher", "language"]
    search_fields = ["title"]  # shows the box; what it finds is `services.searching`
    search_help_text = _(
        "Words of a title, a topic or a statement, or a code: I10, E11.9, RxNorm 6809"
    )
    inlines = [StatementInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Source]:
        rows: QuerySet[Source] = super().get_queryset(request).counted()
        return rows

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Source], search_term: str
    ) -> tuple[QuerySet[Source], bool]:
        return searching.search(search_term, queryset), False

    def view_on_site(self, source: Source) -> str:
        return reverse("desk:source", args=[source.pk])

    @admin.display(description=_("state"), ordering="review_by")
    def state(self, source: Source) -> str:
        return vetting.state(source)

    @admin.display(description=_("statements"), ordering="live")
    def statement_count(self, source: Source) -> int:
        return source.live  # type: ignore[attr-defined,no-any-return]


@admin.register(TopicCode)
class TopicCodeAdmin(ReadOnlyAdmin):
    list_display = ["display", "system", "code"]
    list_filter = ["system"]
    search_fields = ["display", "code"]


@admin.register(MemoryEntry)
class MemoryEntryAdmin(ReadOnlyAdmin):
    list_display = ["language", "source", "target", "created_at"]
    list_filter = ["language"]
    search_fields = ["source", "target"]


class ReviewedFilter(admin.SimpleListFilter):
    title = _("review")
    parameter_name = "reviewed"

    def lookups(self, request: HttpRequest, admin: object) -> list[tuple[str, Any]]:
        return [("yes", _("Reviewed here")), ("no", _("Waits for local review"))]

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[TermbaseEntry]
    ) -> QuerySet[TermbaseEntry]:
        if self.value() in ("yes", "no"):
            return queryset.filter(reviewed_by__isnull=self.value() == "no")
        return queryset


@admin.register(TermbaseEntry)
class TermbaseAdmin(HouseAdmin):
    """Saving a term says that one stands for it."""

    form = TermForm
    list_display = ["source", "language", "preferred", "accepted", "review"]
    list_filter = [ReviewedFilter, "language"]
    search_fields = ["source", "preferred"]
    fields = ["language", "source", "preferred", "variants", "forbidden", "keep"]

    @admin.display(description=_("also accepted"))
    def accepted(self, entry: TermbaseEntry) -> str:
        return "; ".join(entry.variants)

    @admin.display(description=_("review"), ordering="reviewed_by")
    def review(self, entry: TermbaseEntry) -> str:
        return str(entry.reviewed_by or _("waits for local review"))

    def save_model(self, request: HttpRequest, obj: TermbaseEntry, form: Any, change: bool) -> None:
        termbase.save(obj, actor=request.user)  # type: ignore[arg-type]
