"""The staff's lists. Work itself is done on the desk; these pages find and show."""

from content.admin import library, people, work

__all__ = ["library", "people", "work"]
