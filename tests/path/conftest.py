import os
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from content.engines.base import cache_dir
from content.engines.store import TEST_WRITER, ensure
from tests.stack import Stack

PEOPLE = """
import datetime
from django.contrib.auth.models import Group
from content.models import Qualification, TermbaseEntry, User
today = datetime.date.today()
for name, role in [("ellen", "educator"), ("carlos", "clinician"), ("clara", "clinician"),
                   ("ada", "administrator"), ("teresa", "translator")]:
    user = User.objects.create_user(name, password="pass-word-9", is_staff=True, first_name=name)
    user.groups.add(Group.objects.get(name=role))
Qualification.objects.create(user=user, language="pt-BR", kind="ATA certification",
    valid_from=today, valid_until=today + datetime.timedelta(days=90))
TermbaseEntry.objects.create(language="pt-BR", source="metformin", preferred="metformina")
"""

SHEET = """---
title: Metformin
slug: metformin-test
language: en
publisher: Test library
follows:
  - Test authority https://example.org/
licence: CC0-1.0
review_by: 2030-11-01
topics:
  - RxNorm 6809 metformin
---

## Medicines

- Take 500 mg of metformin twice a day with meals.
- Do not stop metformin without asking your doctor.

## When to get emergency help

- Call 911 if you have trouble breathing.
"""


def _quiet(done: int, total: int, note: str) -> None:
    pass


def fresh_database(folder: Path, name: str = "stack") -> str:
    """SQLite, or a fresh database on the PostgreSQL server that `python -m tests` started."""
    server = os.environ.get("EDUENGINE_STACK_SERVER")
    if not server:
        return f"sqlite:///{folder}/{name}.sqlite3"
    name = f"{name}_{os.getpid()}"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return f"{server}/{name}"


@pytest.fixture(scope="session")
def stack(tmp_path_factory) -> Iterator[Stack]:
    """A whole deployment with the small, bad model: the gates must hold all the same."""
    folder = tmp_path_factory.mktemp("stack")
    model = ensure(TEST_WRITER, cache_dir(), _quiet)
    made = Stack(folder / "var", model, fresh_database(folder))
    try:
        made.up()
        made.do(PEOPLE)
        sheet = folder / "metformin-test.md"
        sheet.write_text(SHEET)
        made.manage("import_sources", str(sheet))
        yield made
    finally:
        made.down()
