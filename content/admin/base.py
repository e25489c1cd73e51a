"""What the admin's classes share, and the class of rows that only services write."""

from typing import Any

from django.http import HttpRequest
from unfold.admin import ModelAdmin


class HouseAdmin(ModelAdmin):  # type: ignore[misc]
    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> Any:
        """Django lets an empty ``_to_field`` through, and then asks the model for a field without a
        name: a server error for whoever types it."""
        return super().get_object(request, object_id, from_field or None)


class ReadOnlyAdmin(HouseAdmin):
    """Shows rows; nobody adds, changes or deletes them here."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
