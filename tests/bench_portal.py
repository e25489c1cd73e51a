"""The portal at its sizes: gunicorn on two workers and a PostgreSQL of its own.

`python -m tests.bench_portal [HANDOUTS…]` prints one JSON object: requests a second, median and 95th
percentile in milliseconds of the page of a handout, of its PDF, of the front page of a language and
of a search, with each number of handouts in 20 languages; and how the largest compares with the
smallest. 10,000 handouts in 20 languages are 200,000 publications.
"""

import http.client
import json
import os
import random
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from eduengine.demo import free_port

SIZES = (10, 1_000, 10_000)
LANGUAGES = (
    "en", "es", "pt-BR", "fr", "de", "it", "ht", "vi", "so", "tl", "ru", "uk", "ar", "fa", "zh-Hans",
    "ko", "hi", "my", "th", "am",
)  # fmt: skip
READERS, REQUESTS = 4, 600  # threads that ask, and questions of each kind
GUNICORN = ["--workers", "2", "--worker-class", "gthread", "--threads", "4", "--log-level", "error"]


def portal(sizes: tuple[int, ...] = SIZES) -> dict[str, object]:
    """Measured in processes of their own: the database of this one is another."""
    command = [sys.executable, "-m", __name__, *map(str, sizes)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE)
    found: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    return found


def main() -> int:
    from tests import environment  # noqa: F401  sets what Django's settings need
    from tests.__main__ import postgresql

    sizes = tuple(int(size) for size in sys.argv[1:]) or SIZES
    folder = Path(tempfile.mkdtemp(prefix="eduengine-bench-portal-"))
    with postgresql() as server:
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "eduengine.settings",
            "EDUENGINE_VAR": str(folder),
            "EDUENGINE_DATABASE_URL": f"{server}/postgres",
            "EDUENGINE_LOG_LEVEL": "ERROR",
        }
        _prepare()
        found = {str(size): _measure(size) for size in sizes}
    first, last = str(sizes[0]), str(sizes[-1])
    ratios = {
        kind: round(found[last][kind]["p95_ms"] / found[first][kind]["p95_ms"], 2)
        for kind in found[last]
    }
    print(json.dumps({"portal": found, "portal_p95_ratio": ratios}))
    return 0


def _prepare() -> None:
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)


# --- what is measured -----------------------------------------------------------------------------


def _measure(size: int) -> dict[str, dict[str, float]]:
    fill(size)
    chance = random.Random(7)

    def language() -> str:
        return chance.choice(LANGUAGES)

    kinds: dict[str, Callable[[], str]] = {
        "page": lambda: f"/{language()}/h{chance.randrange(size)}/",
        "pdf": lambda: f"/{language()}/h{chance.randrange(size)}/handout-letter.pdf",
        "front page": lambda: f"/{language()}/",
        "search, rare word": lambda: f"/{language()}/?q=w{chance.randrange(size)}",
        "search, title": lambda: f"/{language()}/?q=about+topic{chance.randrange(50)}",
        "search, in every page": lambda: f"/{language()}/?q=common",
    }
    with _gunicorn() as port:
        for make in kinds.values():  # what a process reads once is not measured
            _ask(port, [make() for _n in range(40)])
        return {
            name: _load(port, [make() for _n in range(REQUESTS)]) for name, make in kinds.items()
        }


@contextmanager
def _gunicorn() -> Iterator[int]:
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "eduengine.wsgi", "--bind", f"127.0.0.1:{port}"]
    process = subprocess.Popen([*command, *GUNICORN], stdout=subprocess.DEVNULL)
    try:
        for _try in range(600):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.2)
        _ask(port, ["/healthz"] * 8)
        yield port
    finally:
        process.terminate()
        process.wait()


def _load(port: int, addresses: list[str]) -> dict[str, float]:
    times: list[float] = []
    shares = [addresses[n::READERS] for n in range(READERS)]
    threads = [
        threading.Thread(target=lambda share=share: times.extend(_ask(port, share)))  # type: ignore[misc]
        for share in shares
    ]
    started = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seconds = time.monotonic() - started
    assert len(times) == len(addresses), "a reader failed"
    return {
        "per_second": round(len(times) / seconds, 1),
        "p50_ms": round(1000 * statistics.median(times), 1),
        "p95_ms": round(1000 * statistics.quantiles(times, n=20)[-1], 1),
    }


def _ask(port: int, addresses: list[str]) -> list[float]:
    """Seconds of each answer, read to its end, on one connection."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=300)
    times = []
    for address in addresses:
        started = time.monotonic()
        connection.request("GET", address, headers={"Host": "localhost", "Accept-Encoding": "gzip"})
        answer = connection.getresponse()
        answer.read()
        times.append(time.monotonic() - started)
        assert answer.status == 200, (address, answer.status)
    return times


# --- the library ----------------------------------------------------------------------------------


def fill(size: int) -> None:
    """``size`` handouts, each public in every one of ``LANGUAGES``.

    Written in bulk: the rules of the database are taken off meanwhile, they have tests of their own.
    """
    from django.db import connection

    from content.models import Handout, rules

    have = Handout.objects.count()
    rules.uninstall(connection)
    try:
        for first in range(have, size, 500):
            _fill(range(first, min(first + 500, size)))
    finally:
        rules.install(connection)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _fill(numbers: range) -> None:
    from django.core.files.base import ContentFile
    from django.core.files.storage import default_storage
    from django.utils import timezone

    from content.models import (
        Edition,
        Handout,
        JobState,
        Publication,
        RenderedFile,
        SearchEntry,
        User,
    )  # fmt: skip
    from content.text.areas import AREAS
    from content.text.search_words import language_token

    ellen, _made = User.objects.get_or_create(username="ellen")
    name = "pdf/bench.pdf"
    if not default_storage.exists(name):
        default_storage.save(name, ContentFile(b"%PDF-1.7\n" + random.Random(1).randbytes(120_000)))
    handouts = Handout.objects.bulk_create(
        Handout(slug=f"h{n}", title=f"Page {n}") for n in numbers
    )
    editions = Edition.objects.bulk_create(
        Edition(handout=one, number=1, created_by=ellen, state="in_review") for one in handouts
    )
    rows = Publication.objects.bulk_create(
        (
            Publication(
                handout=handout, edition=edition, language=language, state="public",
                title=f"About topic{n % 50}, page {n}", payload=_payload(n, language), sha256="0" * 64,
                area=AREAS[n % len(AREAS)], published_at=timezone.now(),
            )
            for n, handout, edition in zip(numbers, handouts, editions, strict=True)
            for language in LANGUAGES
        ),
        batch_size=1_000,
    )  # fmt: skip
    words = {one.pk: _words(n, one.title) for n, one in zip(numbers, handouts, strict=True)}
    SearchEntry.objects.bulk_create(
        (
            SearchEntry(
                publication=row,
                title=f"{language_token(row.language)} {words[row.handout_id][0]}",
                words=f"{language_token(row.language)} {words[row.handout_id][1]}",
            )
            for row in rows
        ),
        batch_size=1_000,
    )
    RenderedFile.objects.bulk_create(
        (
            RenderedFile(publication=row, paper="letter", name=name, sha256=f"{row.pk:064x}",
                         size=120_009, job_state=JobState.DONE)
            for row in rows
        ),
        batch_size=1_000,
    )  # fmt: skip


def _payload(number: int, language: str) -> dict[str, object]:
    items = [
        {"kind": "list_item", "text": f"Sentence {n} of page w{number}: common words for everyone."}
        for n in range(15)
    ]
    return {
        "title": f"About topic{number % 50}, page {number}", "language": language, "edition": 1,
        "approved_on": "2026-11-01", "review_by": "", "machine_translated": language != "en",
        "demonstration": False, "key_points": {"heading": "Key points", "items": ["One.", "Two."]},
        "help": [{"key": "emergency", "heading": "Emergency", "items": items[:3]}],
        "sections": [{"key": key, "heading": key, "items": items} for key in ("do", "medicines")],
        "sources": [{"title": "A source", "publisher": "A", "url": "", "courtesy": ""}],
        "topics": [], "clinic": {"name": "Clinic", "phone": ""},
    }  # fmt: skip


def _words(number: int, title: str) -> tuple[str, str]:
    """Tokens of the title and of the page: some two hundred words, most of them on other pages too."""
    from content.text.search_words import tokens

    own = tokens(f"About topic{number % 50}, {title}")
    shared = [f"v{(number * 7 + n * 31) % 4000}" for n in range(150)]
    text = tokens(f"Sentence of page w{number}: common words for everyone.")
    return " ".join(own), " ".join(dict.fromkeys([*own, *text, *shared]))


if __name__ == "__main__":
    sys.exit(main())
