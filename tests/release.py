"""The first state of the tables that a deployment could have had, and the program that made it.

Nothing is released yet, so ``COMMIT`` stands for the first release: the last one whose newest
migration is ``NEWEST``. `tests/fixtures/make_release.py` filled a database with its own services;
dumps for both databases are in `tests/fixtures/release`. After a release: set both to it and make
the fixture anew.
"""

import gzip
import sqlite3
import subprocess
import tarfile
import zipfile
from contextlib import closing
from io import BytesIO
from pathlib import Path
from typing import Any

import psycopg

ROOT = Path(__file__).resolve().parent.parent
FIXTURE = ROOT / "tests" / "fixtures" / "release"
COMMIT = "c8619247114e6f5b569050348b7858ac785d8076"
NEWEST = "0005_desk"
SQLITE = "sqlite:///"

Tables = dict[str, tuple[list[str], list[tuple[Any, ...]]]]


def load(database_url: str, media: Path) -> None:
    """Fill an empty database, and the folder of its files, with what the release left."""
    with zipfile.ZipFile(FIXTURE / "media.zip") as archive:
        archive.extractall(media)
    vendor = "sqlite" if database_url.startswith(SQLITE) else "postgresql"
    script = gzip.decompress((FIXTURE / f"{vendor}.sql.gz").read_bytes()).decode()
    with closing(connect(database_url)) as connection:
        if isinstance(connection, sqlite3.Connection):
            connection.executescript(script)
        else:
            connection.execute(script.encode())
        connection.commit()


def rows(database_url: str, columns: dict[str, list[str]] | None = None) -> Tables:
    """Every row of the product's tables by its key; ``columns`` says of which tables and columns."""
    with closing(connect(database_url)) as connection:
        cursor = connection.cursor()
        if columns is None:
            columns = {table: _columns(cursor, table) for table in _tables(cursor, database_url)}
        found: Tables = {}
        for table, names in columns.items():
            quoted = ", ".join(f'"{name}"' for name in names)
            cursor.execute(f'SELECT {quoted} FROM "{table}" ORDER BY 1')
            found[table] = names, cursor.fetchall()
    return found


def connect(database_url: str) -> Any:
    if database_url.startswith(SQLITE):
        return sqlite3.connect(database_url.removeprefix(SQLITE))
    return psycopg.connect(database_url)


def _tables(cursor: Any, database_url: str) -> list[str]:
    cursor.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 'content_%'"
        if database_url.startswith(SQLITE)
        else "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename LIKE 'content_%'"
    )
    return sorted(name for (name,) in cursor.fetchall())


def _columns(cursor: Any, table: str) -> list[str]:
    cursor.execute(f'SELECT * FROM "{table}" LIMIT 0')
    names = [column[0] for column in cursor.description]
    return sorted(names, key=lambda name: (name not in ("id", "number"), name))


def unpack(folder: Path, commit: str = COMMIT) -> str:
    """The program of ``commit`` in ``folder``; returns why it cannot be had, or ""."""
    packed = subprocess.run(["git", "archive", commit], cwd=ROOT, capture_output=True)
    if packed.returncode:
        return f"this copy of the repository has no commit {commit[:8]} (a shallow clone?)"
    with tarfile.open(fileobj=BytesIO(packed.stdout)) as archive:
        archive.extractall(folder, filter="data")
    return ""
