from django.contrib import admin
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.admin import TabularInline

from content.admin.base import ReadOnlyAdmin
from content.models import MemoryEntry, Source, Statement, TopicCode


class StatementInline(TabularInline):  # type: ignore[misc]
    model = Statement
    fields = ["section", "kind", "lead_in", "text", "retired"]
    readonly_fields = fields
    extra = 0
    can_delete = False
    per_page = 60

    def has_add_permission(self, request: HttpRequest, obj: Source | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Source | None = None) -> bool:
        return False


@admin.register(Source)
class SourceAdmin(ReadOnlyAdmin):
    list_display = ["title", "publisher", "language", "statement_count", "review_by"]
    list_filter = ["publisher", "language"]
    search_fields = ["title", "publisher", "topics__display", "topics__code"]
    inlines = [StatementInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Source]:
        live = Count("statements", filter=Q(statements__retired=False))
        rows: QuerySet[Source] = super().get_queryset(request).annotate(live=live)
        return rows

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
