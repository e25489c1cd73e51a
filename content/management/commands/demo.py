"""Fill the demonstration: starter library, demo accounts, and requests taken to their gates."""

import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from content.models import Job, JobState
from content.services import demonstration, workflow
from content.tasks import send_waiting

PREPARE: tuple[tuple[str, ...], ...] = (
    ("pull_models",),
    ("pull_fonts",),
    ("compilemessages", "--verbosity", "0", "--ignore", ".venv"),
    ("migrate", "--verbosity", "0"),
    ("collectstatic", "--noinput", "--verbosity", "0"),
    ("check", "--database", "default", "--verbosity", "0"),
)
LIBRARY = Path(settings.BASE_DIR) / "content" / "library"


class Command(BaseCommand):
    help = __doc__
    requires_system_checks = []  # --prepare mends what they would complain of, then runs them

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--prepare", action="store_true", help="only fetch, migrate and check, before the start"
        )

    def handle(self, *args: Any, prepare: bool, **options: Any) -> None:
        if prepare:
            self._prepare()
            return
        call_command("import_sources", *sorted(LIBRARY.glob("*.md")), stdout=self.stdout)
        call_command("terms", "--starter", stdout=self.stdout)
        self._accounts()
        demonstration.vet_library()
        for story in demonstration.STORIES:
            self.stdout.write(demonstration.tell(story, self._wait))

    def _prepare(self) -> None:
        for name, *arguments in PREPARE:
            call_command(name, *arguments, stdout=self.stdout, stderr=self.stderr)

    def _accounts(self) -> None:
        made = demonstration.ensure_people()
        if made:
            self.stdout.write("\nDemo accounts. The passwords are shown this once only:")
        for username, password in made.items():
            self.stdout.write(f"  {username:16} {password}")

    def _wait(self, row: Job) -> None:
        """Follow ``row`` until its worker is done; what failed at the last start is tried again."""
        workflow.retry(row)
        send_waiting()
        seen = ""
        while True:
            row.refresh_from_db()
            if not row.is_active:
                break
            line = f"  {row} · {row.progress_done}/{row.progress_total} {row.error}".rstrip()
            if line != seen:
                self.stdout.write(line)
                seen = line
            time.sleep(1)
        if row.job_state != JobState.DONE:
            raise CommandError(f"{row}: {row.error or row.get_job_state_display()}")
