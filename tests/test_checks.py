"""A misconfiguration fails at start, with a message that says what to do (rule 9)."""

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import connection

from content.models import rules


def test_missing_fonts_stop_the_start(settings, tmp_path):
    settings.EDUENGINE_CACHE = tmp_path
    with pytest.raises(SystemCheckError, match=r"Noto Naskh Arabic[\s\S]*pull_fonts"):
        call_command("check", "--tag", "fonts")


def test_nllb_without_its_licence_stops_the_start(settings):
    settings.NLLB = "facebook/nllb-200-distilled-600M"
    with pytest.raises(SystemCheckError, match="NLLB_LICENCE_ACCEPTED=1"):
        call_command("check", "--tag", "engines")


def test_nllb_with_its_licence_starts(settings):
    settings.NLLB, settings.NLLB_LICENCE_ACCEPTED = "facebook/nllb-200-distilled-600M", True
    call_command("check", "--tag", "engines")


def test_a_database_without_its_rules_stops_the_start(db):
    rules.uninstall(connection)
    with pytest.raises(SystemCheckError, match="lacks"):
        call_command("check", "--database", "default")
    rules.install(connection)


def test_no_writer_is_a_warning_for_a_deployment(settings, capsys):
    settings.LLM_URL = ""
    call_command("check", "--deploy", "--tag", "engines")
    assert "EDUENGINE_LLM_URL is not set" in capsys.readouterr().err


def test_no_migration_is_missing(db):
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def test_migrate_puts_in_what_a_newer_release_added(db):
    with connection.cursor() as cursor:
        suffix = " ON content_seal" if connection.vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER content_seal_no_update{suffix}")
    call_command("migrate", verbosity=0)
    assert "content_seal_no_update" in rules.installed(connection)
