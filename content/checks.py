"""System checks: a misconfiguration fails at start with a message that says what to do (rule 9)."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import connections

from content.engines.base import cache_dir
from content.engines.renderer.fonts import missing_fonts


def fonts_present(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    missing = missing_fonts(cache_dir("fonts"))
    if not missing:
        return []
    return [
        Error(
            f"Fonts are missing: {', '.join(missing)}.",
            hint="Run `manage.py pull_fonts`.",
            id="content.E001",
        )
    ]


def nllb_licence(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    if not settings.NLLB or settings.NLLB_LICENCE_ACCEPTED:
        return []
    return [
        Error(
            "EDUENGINE_NLLB is set, but the licence of NLLB-200 (CC-BY-NC 4.0) is not accepted. It "
            "allows no commercial use. Its model card says: not released for production deployment, "
            "not intended for domain specific texts such as medical ones, and its translations "
            "cannot be used as certified ones.",
            hint=(
                "An administrator who accepts this sets EDUENGINE_NLLB_LICENCE_ACCEPTED=1. Whoever "
                "cannot names OPUS-MT or MADLAD-400 checkpoints in EDUENGINE_TRANSLATORS instead."
            ),
            id="content.E002",
        )
    ]


def writer_configured(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    if settings.LLM_URL:
        return []
    return [
        Warning(
            "EDUENGINE_LLM_URL is not set: requests will wait until a writer is configured.",
            hint="`make demo` starts a local one; see the README for others.",
            id="content.W001",
        )
    ]


def rules_installed(
    app_configs: Any, databases: Iterable[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    from content.models import rules

    if rules.are_being_mended():
        return []
    names = {rule.name for rule in rules.RULES}
    found: list[CheckMessage] = []
    for alias in databases or ():
        connection = connections[alias]
        if "content_decision" not in connection.introspection.table_names():
            continue
        if absent := names - rules.installed(connection):
            found.append(
                Error(
                    f"The database lacks {len(absent)} of its rules, for example {min(absent)}.",
                    hint="Run `manage.py migrate`.",
                    id="content.E003",
                )
            )
    return found


def register_all() -> None:
    register(fonts_present, "fonts")
    register(nllb_licence, "engines")
    register(writer_configured, "engines", deploy=True)
    register(rules_installed, Tags.database)
