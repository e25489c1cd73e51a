"""The staff's lists. Work itself is done on the desk; these pages find and show."""

from allauth.account.models import EmailAddress
from django.contrib import admin
from django.contrib.auth.models import Group

from content.admin import library, people, work

# Roles are given on a person's page, mail addresses by invitation: bare tables would pass both by.
admin.site.unregister([Group, EmailAddress])

__all__ = ["library", "people", "work"]
