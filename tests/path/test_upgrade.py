"""The database of the first release comes along, and the workers of it go on meanwhile."""

import json
import signal
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests import release
from tests.machines import Writer
from tests.path.conftest import fresh_database
from tests.stack import Stack, wait_until

# The tests follow one upgrade, in their order.
pytestmark = [pytest.mark.stack, pytest.mark.slow]

# What must hold of every row, asked of the new program about the old database.
LOOK = """
import hashlib, json
from django.core.files.storage import default_storage
from django.test import Client
from content.models import *
from content.services import publishing, sealing
client = Client(SERVER_NAME="localhost")
pages = {p.language: client.get(f"/{p.language}/{p.handout.slug}/") for p in Publication.objects.public()}
found = client.get("/pt-BR/", {"q": "metformina"})
print(json.dumps({
    "breaks": sealing.verify().breaks,
    "editions": [e.fingerprint == e.compute_fingerprint() for e in Edition.objects.filter(state="approved")],
    "translations": [t.fingerprint == t.compute_fingerprint() for t in Translation.objects.filter(state="approved")],
    "statements": [s.fingerprint == s.compute_fingerprint() for s in Statement.objects.all()],
    "publications": [publishing.digest(p.payload) == p.sha256 for p in Publication.objects.all()],
    "files": [hashlib.sha256(default_storage.open(f.name).read()).hexdigest() == f.sha256
              for f in RenderedFile.objects.filter(job_state="done")],
    "shelves": sorted(set(Publication.objects.values_list("area", flat=True))),
    "pages": {code: [page.status_code, "500 mg" in page.content.decode()] for code, page in pages.items()},
    "found": found.content.decode().count("Metformina"),
}))
"""

CARLOS_APPROVES = """
from content.models import Edition, User
from content.services import reviewing
edition = Edition.objects.get(state="in_review")
carlos = User.objects.get(username="carlos")
reviewing.approve_edition(edition=edition, actor=carlos, shown=edition.compute_fingerprint())
"""
TERESA_APPROVES = """
from content.models import Translation, User
from content.services import reviewing
row = Translation.objects.get(state="in_review")
teresa = User.objects.get(username="teresa")
reviewing.approve_translation(translation=row, actor=teresa, shown=row.compute_fingerprint())
"""
SEND = "from content import tasks; assert tasks.send_waiting()"
ASK_LARGE_PRINT = """
from content.models import Publication, Variant
from content.services import printing
printing.house_file(Publication.objects.public().first(), Variant("letter", large_print=True))
"""


@dataclass
class Upgrade(Stack):
    """A deployment whose tables are new and whose workers are those of the release."""

    program: Path = Path()
    writer_url: str = ""
    before: release.Tables = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        # DEBUG: static files without `collectstatic`.
        return super().environment | {"EDUENGINE_LLM_URL": self.writer_url, "EDUENGINE_DEBUG": "1"}

    @property
    def commands(self) -> dict[str, list[str]]:
        base = super().commands
        old = [sys.executable, "-m", "celery", "--workdir", str(self.program), *base["worker"][3:]]
        return base | {"old worker": old}


@pytest.fixture(scope="module")
def upgrade(tmp_path_factory, fonts) -> Iterator[Upgrade]:
    folder = tmp_path_factory.mktemp("upgrade")
    made = Upgrade(
        folder, Path(), fresh_database(folder, "upgrade"), program=folder / "program",
        writer_url=Writer().url,
    )  # fmt: skip
    release.load(made.database_url, folder / "media")
    made.before = release.rows(made.database_url)
    made.manage("migrate", "--verbosity", "0")
    try:
        yield made
    finally:
        made.down()


def test_every_row_is_as_it_was(upgrade):
    columns = {table: names for table, (names, _rows) in upgrade.before.items()}
    assert sum(len(rows) for _names, rows in upgrade.before.values()) > 100
    assert release.rows(upgrade.database_url, columns) == upgrade.before


def test_all_that_was_approved_still_verifies_and_is_read(upgrade):
    told = json.loads(upgrade.do(LOOK))
    assert told["breaks"] == []
    for kind in ("editions", "translations", "statements", "publications", "files"):
        assert told[kind], kind
        assert all(told[kind]), kind
    assert told["pages"] == {"en": [200, True], "pt-BR": [200, True]}
    assert told["shelves"] == ["medicines"]
    assert told["found"]


def test_the_record_is_whole_to_the_command(upgrade):
    assert json.loads(upgrade.manage("verify_record", "--json"))["breaks"] == []


def state(upgrade: Upgrade, model: str) -> dict[str, int]:
    """How many rows of ``model`` are in each state of work."""
    with closing(release.connect(upgrade.database_url)) as connection:
        cursor = connection.cursor()
        table = f"content_{model.lower()}"
        cursor.execute(f"SELECT job_state, COUNT(*) FROM {table} GROUP BY job_state")
        return dict(cursor.fetchall())


def until_done(upgrade: Upgrade, model: str, count: int) -> None:
    upgrade.do(SEND)
    wait_until(lambda: state(upgrade, model) == {"done": count}, 180, upgrade.log("old worker"))


def test_workers_of_the_release_go_on_with_the_new_tables(upgrade):
    """Each queue, up to two public pages; what they do not know is left to the new workers."""
    if missing := release.unpack(upgrade.program):
        pytest.skip(missing)
    upgrade.do(ASK_LARGE_PRINT)
    upgrade.start("valkey", "old worker")
    until_done(upgrade, "Request", 3)
    upgrade.do(CARLOS_APPROVES)
    until_done(upgrade, "Translation", 2)
    upgrade.do(TERESA_APPROVES)
    until_done(upgrade, "Publication", 4)
    assert upgrade.ask("Publication.objects.public().count()") == 4
    assert state(upgrade, "RenderedFile") == {"done": 8, "waiting": 1}
    upgrade.kill("old worker", signal.SIGTERM)


def test_the_new_workers_finish_what_was_left(upgrade):
    """The form that the release did not know, and the search of what it published."""
    if not (upgrade.folder / "old worker.log").exists():
        pytest.skip("the release did not run before")
    upgrade.start("worker")
    upgrade.do("from content import tasks; tasks.sweep.delay()")
    wait_until(lambda: state(upgrade, "RenderedFile") == {"done": 9}, 180, upgrade.log("worker"))
    assert upgrade.ask("Publication.objects.filter(search=None).count()") == 0
    assert upgrade.ask("sorted(set(Publication.objects.values_list('area', flat=True)))") == [
        "medicines"
    ]
    test_all_that_was_approved_still_verifies_and_is_read(upgrade)
