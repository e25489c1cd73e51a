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
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from eduengine.demo import free_port

SIZES = (10, 1_000, 10_000)
LANGUAGES = (
    "en", "es", "pt-BR", "fr", "de", "it", "ht", "vi", "so", "tl", "ru", "uk", "ar", "fa", "zh-Hans",
    "ko", "hi", "my", "th", "am",
)  # fmt: skip
NONE: Mapping[str, str] = {}
READERS, REQUESTS = 4, 300  # threads that ask, and questions of each kind
GUNICORN = ["--workers", "2", "--worker-class", "gthread", "--threads", "4", "--log-level", "error"]


def portal(sizes: tuple[int, ...] = SIZES) -> dict[str, object]:
    """Measured in processes of their own: the database of this one is another."""
    command = [sys.executable, "-m", __name__, *map(str, sizes)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE)
    found: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    return found


def main() -> int:
    from tests import environment  # noqa: F401  sets what Django's settings need
    from tests.postgresql import postgresql

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
            ask(port, [make() for _n in range(40)])
        found = {
            name: load(port, [make() for _n in range(REQUESTS)]) for name, make in kinds.items()
        }
        for name in [name for name in kinds if name.startswith("search")]:
            asked = [kinds[name]() for _n in range(REQUESTS)]
            found[f"{name}, one at a time"] = load(port, asked, readers=1)
        return found


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
        ask(port, ["/healthz"] * 8)
        yield port
    finally:
        process.terminate()
        process.wait()


def load(
    port: int, addresses: list[str], headers: Mapping[str, str] = NONE, readers: int = READERS
) -> dict[str, float]:
    """Requests a second and milliseconds of ``readers`` who ask for ``addresses`` at once."""
    times: list[float] = []
    shares = [addresses[n::readers] for n in range(readers)]
    threads = [
        threading.Thread(target=lambda share=share: times.extend(ask(port, share, headers)))  # type: ignore[misc]
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


def ask(port: int, addresses: list[str], headers: Mapping[str, str] = NONE) -> list[float]:
    """Seconds of each answer, read to its end, on one connection."""
    sent = {"Host": "localhost", "Accept-Encoding": "gzip", **headers}
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=300)
    times = []
    for address in addresses:
        started = time.monotonic()
        connection.request("GET", address, headers=sent)
        answer = connection.getresponse()
        answer.read()
        times.append(time.monotonic() - started)
        assert answer.status == 200, (address, answer.status)
    return times


# --- the library ----------------------------------------------------------------------------------


def fill(size: int) -> None:
    """``size`` handouts, each public in every one of ``LANGUAGES``: the first by Django, the others
    copied by the database.

    The rules of the database are taken off meanwhile: they have tests of their own.
    """
    from django.db import connection

    from content.models import Handout, rules

    rules.uninstall(connection)
    try:
        if not Handout.objects.exists():
            _first()
        _copies(Handout.objects.count(), size)
    finally:
        rules.install(connection)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _first() -> None:
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
    )

    pdf = ContentFile(b"%PDF-1.7\n" + random.Random(1).randbytes(120_000))
    name = default_storage.save("pdf/bench.pdf", pdf)
    handout = Handout.objects.create(slug="h0", title="Page 0")
    ellen = User.objects.create_user("ellen")
    edition = Edition.objects.create(handout=handout, number=1, created_by=ellen)
    for language in LANGUAGES:
        row = Publication.objects.create(
            handout=handout, edition=edition, language=language, state="public",
            title="About topic0, page 0", payload=_payload(language), sha256="0" * 64,
            published_at=timezone.now(),
        )  # fmt: skip
        SearchEntry.objects.create(publication=row, title="", words="")
        RenderedFile.objects.create(
            publication=row, paper="letter", name=name, sha256=f"{row.pk:064x}", size=pdf.size,
            job_state=JobState.DONE,
        )  # fmt: skip
    _index()


def _copies(first: int, size: int) -> None:
    """Handouts ``first`` to ``size`` - 1, each like the first one but for its numbers."""
    from content.models import Edition, Handout, Publication, RenderedFile, SearchEntry
    from content.text.areas import AREAS

    numbers = f"generate_series({first}, {size - 1}) n WHERE t.slug = 'h0'"
    _copy(Handout, numbers, slug="'h' || n", title="'Page ' || n")
    made = f"content_handout h WHERE h.slug <> 'h0' AND substr(h.slug, 2)::int >= {first}"
    of_first = "(SELECT id FROM content_handout WHERE slug = 'h0')"
    _copy(Edition, f"{made} AND t.handout_id = {of_first}", handout_id="h.id")
    number = "substr(h.slug, 2)::int"
    areas = ", ".join(f"'{area}'" for area in AREAS)
    _copy(
        Publication,
        "content_handout h JOIN content_edition e ON e.handout_id = h.id"
        + made.removeprefix("content_handout h") + f" AND t.handout_id = {of_first}",
        handout_id="h.id", edition_id="e.id",
        title=f"'About topic' || {number} % 50 || ', page ' || {number}",
        payload=f"replace(t.payload::text, 'w0:', 'w' || {number} || ':')::jsonb",
        area=f"(ARRAY[{areas}])[1 + {number} % {len(AREAS)}]",
    )  # fmt: skip
    copies = "content_publication p LEFT JOIN {} o ON o.publication_id = p.id WHERE o IS NULL AND "
    one = "t.publication_id = (SELECT min(id) FROM content_publication)"
    _copy(
        SearchEntry, copies.format("portal_search") + one,
        publication_id="p.id", title="''", words="''",
    )  # fmt: skip
    _copy(
        RenderedFile, copies.format("content_renderedfile") + one,
        publication_id="p.id", sha256="lpad(to_hex(p.id), 64, '0')",
    )  # fmt: skip
    _index()


def _copy(model: object, others: str, **changed: str) -> None:
    """Insert rows like ``t`` of ``model`` for each row of ``others``, with ``changed`` columns."""
    from django.db import connection

    meta = model._meta  # type: ignore[attr-defined]
    columns = [field.column for field in meta.concrete_fields if field.column != "id"]
    values = ", ".join(changed.get(column, f"t.{column}") for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {meta.db_table} ({', '.join(columns)})"
            f" SELECT {values} FROM {meta.db_table} t CROSS JOIN {others}"
        )


def _index() -> None:
    """Tokens as a service writes them: some two hundred words a page, most on other pages too."""
    from django.db import connection

    title = (
        "'§' || lower(replace(p.language, '-', '')) || ' about topic' || n % 50 || ' page ' || n"
    )
    shared = (
        "(SELECT string_agg('v' || (n * 7 + k * 31) % 4000, ' ') FROM generate_series(1, 150) k)"
    )
    words = f"{title} || ' sentence of w' || n || ' common words for everyone ' || {shared}"
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE portal_search s SET title = {title}, words = {words} FROM content_publication p"
            " JOIN content_handout h ON h.id = p.handout_id"
            " CROSS JOIN LATERAL (SELECT substr(h.slug, 2)::int AS n) number"
            " WHERE p.id = s.publication_id AND s.title = ''"
        )


def _payload(language: str) -> dict[str, object]:
    items = [
        {"kind": "list_item", "text": f"Sentence {n} of page w0: common words for everyone."}
        for n in range(15)
    ]
    return {
        "title": "About topic0, page 0", "language": language, "edition": 1,
        "approved_on": "2026-11-01", "review_by": "", "machine_translated": language != "en",
        "demonstration": False, "key_points": {"heading": "Key points", "items": ["One.", "Two."]},
        "help": [{"key": "emergency", "heading": "Emergency", "items": items[:3]}],
        "sections": [{"key": key, "heading": key, "items": items} for key in ("do", "medicines")],
        "sources": [{"title": "A source", "publisher": "A", "url": "", "courtesy": ""}],
        "topics": [], "clinic": {"name": "Clinic", "phone": ""},
    }  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
