"""The pages of the desk at their size: 200 sentences on a page, 20,000 editions in the database."""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

EDITIONS = 20_000
SENTENCES = 200
ROUNDS = 7
PAGE_MS = 300.0


def desk() -> dict[str, object]:
    """Milliseconds that the server takes for each page, as medians, on SQLite with its own data.

    Both of the clock and of the processor: the database is in the process, so on a machine with
    nothing else to do the two are the same, and the second is what a busy one leaves comparable.
    """
    folder = Path(tempfile.mkdtemp(prefix="eduengine-bench-desk-"))
    own = {
        "EDUENGINE_VAR": str(folder),
        "EDUENGINE_DATABASE_URL": f"sqlite:///{folder}/desk.sqlite3",
    }
    done = subprocess.run(
        [sys.executable, "-m", __name__], env=os.environ | own, check=True, stdout=subprocess.PIPE
    )
    found: dict[str, list[float]] = json.loads(done.stdout.splitlines()[-1])
    clock, work = ({name: both[place] for name, both in found.items()} for place in (0, 1))
    return {
        "desk_editions": EDITIONS,
        "desk_sentences": SENTENCES,
        "desk_page_ms": clock,
        "desk_page_processor_ms": work,
        "desk_pages_slower_than_300_ms": [name for name, ms in clock.items() if ms > PAGE_MS],
    }


def main() -> int:
    from tests import environment  # noqa: F401  sets what Django's settings need

    os.environ |= {"DJANGO_SETTINGS_MODULE": "eduengine.settings", "EDUENGINE_HOSTS": "testserver"}
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    print(json.dumps(_measure()))
    return 0


def _measure() -> dict[str, list[float]]:
    from django.test import Client

    from content.models import User

    addresses = _fill()
    from eduengine.wsgi import settle

    settle()  # as in the web process
    times = {}
    for name, (address, username) in addresses.items():
        client = Client()
        client.force_login(User.objects.get(username=username))
        times[name] = _medians(lambda c=client, a=address: c.get(a))  # type: ignore[misc]
    return times


def _medians(ask: Callable[[], object]) -> list[float]:
    """Milliseconds of the clock and of the processor, after a round that reads what is read once."""
    clock, work = [], []
    for _round in range(ROUNDS + 1):
        started, worked = time.perf_counter(), time.process_time()
        answer = ask()
        clock.append(1000 * (time.perf_counter() - started))
        work.append(1000 * (time.process_time() - worked))
        assert answer.status_code == 200, answer  # type: ignore[attr-defined]
    return [round(statistics.median(taken[1:]), 1) for taken in (clock, work)]


def _fill() -> dict[str, tuple[str, str]]:
    """Make what is measured; return (address, who looks at it) by name."""
    from content.models import Edition, Handout, Role, Translation
    from tests import builders
    from tests.conftest import person, qualify
    from tests.doors.test_desk_size import lengthen

    ellen, carlos = person("ellen", Role.EDUCATOR), person("carlos", Role.CLINICIAN)
    teresa, ada = person("teresa", Role.TRANSLATOR), person("ada", Role.ADMINISTRATOR)
    qualify(teresa, "pt-BR")
    source = builders.source()
    waiting, approved = builders.edition(source, ellen), builders.edition(source, ellen, "second")
    for edition in (waiting, approved):
        lengthen(edition)
    translation = builders.translation(builders.approve(approved, carlos), "pt-BR")
    handouts = Handout.objects.bulk_create(
        (Handout(slug=f"h{n}", title=f"Handout {n}") for n in range(EDITIONS)), batch_size=1_000
    )
    editions = Edition.objects.bulk_create(
        (Edition(handout=one, number=1, created_by=ellen, state="in_review") for one in handouts),
        batch_size=1_000,
    )
    Translation.objects.bulk_create(
        (Translation(edition=one, language="pt-BR", state="in_review") for one in editions),
        batch_size=1_000,
    )
    ada.groups.add(*carlos.groups.all())
    return {
        "home, clinician": ("/desk/", "carlos"),
        "home, translator": ("/desk/", "teresa"),
        "clinician's desk": (f"/desk/editions/{waiting.pk}/", "carlos"),
        "translator's desk": (f"/desk/translations/{translation.pk}/", "teresa"),
        "handout": (f"/desk/handouts/{approved.handout_id}/", "ellen"),
        "record": (f"/desk/record/edition/{approved.pk}/", "carlos"),
        "request form": ("/admin/content/request/add/", "ellen"),
        "handouts": ("/admin/content/handout/", "ada"),
        "editions": ("/admin/content/edition/", "ada"),
        "editions, searched": ("/admin/content/edition/?q=handout+777", "ada"),
        "translations": ("/admin/content/translation/", "ada"),
        "notices": ("/desk/notices/", "teresa"),
    }


if __name__ == "__main__":
    sys.exit(main())
