"""Request a handout from the command line; with --wait, follow it to the clinician's gate."""

import json
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from content.models import Audience, JobState, Purpose, Request, Source, User
from content.services.drafting import request_handout
from content.services.errors import Refused
from content.tasks import nudge


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--topic", required=True)
        parser.add_argument("--source", nargs="+", required=True, metavar="ID", help="source ids")
        parser.add_argument("--purpose", choices=Purpose.values, default=Purpose.CONDITION.value)
        parser.add_argument("--audience", choices=Audience.values, default=Audience.ADULT.value)
        parser.add_argument("--grade", type=int, default=6)
        parser.add_argument("--languages", default="", help="for example es,pt-BR")
        parser.add_argument("--note", default="")
        parser.add_argument("--as", dest="username", help="the educator who asks")
        parser.add_argument("--wait", action="store_true")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            request = request_handout(
                actor=_educator(options["username"]),
                topic=options["topic"],
                sources=_sources(options["source"]),
                purpose=options["purpose"],
                audience=options["audience"],
                grade=options["grade"],
                language_codes=[c for c in options["languages"].split(",") if c.strip()],
                note=options["note"],
            )
        except Refused as refused:
            raise CommandError(refused.message) from refused
        nudge(lambda: self.stderr.write("The queue does not answer; the request waits for it."))
        if options["wait"]:
            self._follow(request)
        self._print(request, as_json=options["json"])

    def _follow(self, request: Request) -> None:
        seen = ""
        while request.is_active:
            time.sleep(1)
            request.refresh_from_db()
            line = f"{request.progress_done}/{request.progress_total} {request.error}".strip()
            if line != seen:
                self.stderr.write(line)
                seen = line
        if request.job_state != JobState.DONE:
            raise CommandError(request.error or "The request was cancelled.")

    def _print(self, request: Request, *, as_json: bool) -> None:
        edition = getattr(request, "edition", None)
        result = {
            "request": request.pk,
            "state": request.job_state,
            "edition": edition.pk if edition else None,
        }
        self.stdout.write(
            json.dumps(result)
            if as_json
            else f"Request {request.pk}: {request.get_job_state_display()}"
        )


def _educator(username: str | None) -> User:
    people = User.objects.filter(is_active=True, groups__name="educator").order_by("pk")
    found = people.filter(username=username).first() if username else people.first()
    if found is None:
        raise CommandError(
            f"There is no educator “{username}”." if username else "There is no educator yet."
        )
    return found


def _sources(ids: list[str]) -> list[Source]:
    found = []
    for given in ids:
        rows = Source.objects.filter(external_id=given)
        source = rows.first() or (
            Source.objects.filter(pk=given).first() if given.isdigit() else None
        )
        if source is None:
            raise CommandError(f"There is no source “{given}”.")
        found.append(source)
    return found
