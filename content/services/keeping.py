"""Everything in one file, in open formats, and back: the tables as JSON Lines, the files as they are.

A backup is a ZIP::

    data/<app>.<model>.jsonl   a row a line, by column
    media/<name>               every file that a row names
    manifest.json              {version, made_at, migrations, seal, files: {path: {sha256, bytes}}}

It restores into either database, so it is also the way from SQLite to PostgreSQL. What every start
makes anew is left out: sessions, the cache, Django's permissions. For another system there is
``exporting``, without what opens a door.
"""

import datetime as dt
import hashlib
import json
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.core.management.color import no_style
from django.db import DEFAULT_DB_ALIAS, connection, models, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone
from django.utils.translation import gettext as _

from content.models import Bundle, Clinic, Recording, RenderedFile, User, roles, rules
from content.services import sealing
from content.services.errors import Refused

MANIFEST = "manifest.json"
BATCH = 500
CHUNK = 2**20
# Made anew by `migrate`, or of no worth tomorrow.
_LEFT_OUT = {
    "admin.LogEntry", "auth.Permission", "auth.Group_permissions", "contenttypes.ContentType",
    "sessions.Session", "content.User_user_permissions",
}  # fmt: skip
Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class Kept:
    """What a backup holds, or a restore brought back."""

    rows: int
    files: int
    seal: str


# --- backup --------------------------------------------------------------------------------------


def backup(target: Path, progress: Progress) -> Kept:
    """Write everything to ``target``, as it stands at one moment; ``Refused`` if a file is missing."""
    partial = target.with_name(target.name + ".partial")
    try:
        kept = _write(partial, progress)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise
    partial.replace(target)
    return kept


def _write(partial: Path, progress: Progress) -> Kept:
    files: dict[str, dict[str, Any]] = {}
    with zipfile.ZipFile(partial, "w", zipfile.ZIP_DEFLATED) as archive:
        partial.chmod(0o600)
        with transaction.atomic():
            one_moment()
            count = _write_tables(archive, files, progress)
            names = named_files()
            seal = ":".join(map(str, sealing.newest()))
            applied = _migrations()
        for done, name in enumerate(names):
            progress(done, len(names), name)
            _write_media(archive, files, name)
        manifest = {
            **about(seal), "migrations": applied, "rows": count, "files": files,
        }  # fmt: skip
        archive.writestr(MANIFEST, json.dumps(manifest, indent=1))
    return Kept(count, len(names), seal)


# What makes a transaction see one moment; that of SQLite does by itself.
_ONE_MOMENT = {
    "postgresql": "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ",
    "sqlite": "SELECT 1",
}


def about(seal: str) -> dict[str, str]:
    """What a manifest begins with: whose rows these are, of when, and up to which seal."""
    return {"version": settings.VERSION, "made_at": timezone.now().isoformat(), "seal": seal}


def one_moment() -> None:
    """What this transaction reads from now on is of one moment."""
    with connection.cursor() as cursor:
        cursor.execute(_ONE_MOMENT[connection.vendor])


def tables() -> list[type[models.Model]]:
    """Every table but those that each start makes anew."""
    found = apps.get_models(include_auto_created=True)
    return [model for model in found if model._meta.managed and model._meta.label not in _LEFT_OUT]


def _write_tables(
    archive: zipfile.ZipFile, files: dict[str, dict[str, Any]], progress: Progress
) -> int:
    found, count = tables(), 0
    for done, model in enumerate(found):
        progress(done, len(found), model._meta.label)
        path = f"data/{model._meta.label}.jsonl"
        with archive.open(path, "w", force_zip64=True) as out:
            note = Noted(out.write)
            for row in rows(model):
                note.write(line(row))
                count += 1
        files[path] = note.told()
    return count


def rows(
    model: type[models.Model], columns: Sequence[str] | None = None
) -> Iterator[dict[str, Any]]:
    """Every row by its key, a batch at a time; ``columns`` or all of them."""
    names = columns or [field.attname for field in model._meta.concrete_fields]
    return model._base_manager.order_by("pk").values(*names).iterator(BATCH)


def line(row: dict[str, Any]) -> bytes:
    """A row as a line of JSON."""
    return json.dumps(row, ensure_ascii=False, default=_plain).encode() + b"\n"


def _plain(value: object) -> str:
    """Dates to the microsecond: the seals of the record are over them."""
    if isinstance(value, dt.datetime | dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    raise TypeError(type(value).__name__)


def named_files() -> list[str]:
    """The keys in storage of every file that a row names."""
    columns = ((RenderedFile, "name"), (Recording, "name"), (Bundle, "name"), (Clinic, "logo"))
    found = {
        name
        for model, column in columns
        for name in model._default_manager.exclude(**{column: ""}).values_list(column, flat=True)
    }
    return sorted(found)


def _write_media(archive: zipfile.ZipFile, files: dict[str, dict[str, Any]], name: str) -> None:
    path = f"media/{name}"
    with stored(name) as source, archive.open(path, "w", force_zip64=True) as out:
        note = Noted(out.write)
        for chunk in source.chunks(CHUNK):
            note.write(chunk)
    files[path] = note.told()


def stored(name: str) -> "File[Any]":
    """A file that a row names; ``Refused`` where it is gone."""
    try:
        return default_storage.open(name)
    except OSError as error:
        raise Refused(
            _("The file %s is named in the database, but it is not in storage.") % name
        ) from error


class Noted:
    """Passes bytes on and keeps count of them and of their hash."""

    def __init__(self, write: Callable[[bytes], object]) -> None:
        self._write, self._hash, self._size = write, hashlib.sha256(), 0

    def write(self, chunk: bytes) -> None:
        self._write(chunk)
        self._hash.update(chunk)
        self._size += len(chunk)

    def told(self) -> dict[str, Any]:
        return {"sha256": self._hash.hexdigest(), "bytes": self._size}


def _migrations() -> list[str]:
    applied = MigrationRecorder(connection).applied_migrations()
    return sorted(f"{app}.{name}" for app, name in applied)


# --- restore -------------------------------------------------------------------------------------


def restore(source: Path, *, replace: bool, progress: Progress) -> Kept:
    """Bring a backup back, all of it or nothing; ``Refused`` says why not.

    Refused: a damaged set, one of another version, a database that holds people already (unless
    ``replace``), and one whose record does not verify.
    """
    try:
        with zipfile.ZipFile(source) as archive:
            manifest = _verified(archive, progress)
            _need_room(manifest, replace)
            with transaction.atomic():
                count = _load(archive, progress)
                _need_whole_record(manifest)
            media = [path for path in manifest["files"] if path.startswith("media/")]
            for done, path in enumerate(media):
                progress(done, len(media), path)
                _put_back(archive, path)
    except (zipfile.BadZipFile, OSError, EOFError) as error:
        raise Refused(_("This is not a whole backup: %s") % error) from error
    return Kept(count, len(media), manifest["seal"])


def _verified(archive: zipfile.ZipFile, progress: Progress) -> dict[str, Any]:
    """The manifest, if every file that it names is there as it was written, and no other."""
    try:
        manifest: dict[str, Any] = json.loads(archive.read(MANIFEST))
        told: dict[str, dict[str, Any]] = manifest["files"]
    except (KeyError, ValueError) as error:
        raise Refused(_("This is not a whole backup: it has no manifest.")) from error
    if set(archive.namelist()) - {MANIFEST} != set(told):
        raise Refused(_("This backup is damaged: files are missing or were added."))
    for done, (path, facts) in enumerate(told.items()):
        progress(done, len(told), path)
        note = Noted(lambda chunk: None)
        with archive.open(path) as content:
            while chunk := content.read(CHUNK):
                note.write(chunk)
        if note.told() != facts:
            raise Refused(_("This backup is damaged: %s is not as it was written.") % path)
    return manifest


def _need_room(manifest: dict[str, Any], replace: bool) -> None:
    if manifest["migrations"] != _migrations():
        raise Refused(
            _(
                "This backup is of version %s, whose tables are others. Restore it with that version."
            )
            % manifest["version"]
        )
    if not replace and User.objects.exists():
        raise Refused(_("This database is not empty. Restore into a new one, or say --replace."))


def _need_whole_record(manifest: dict[str, Any]) -> None:
    number, _colon, sha256 = manifest["seal"].partition(":")
    if breaks := sealing.verify((int(number), sha256)).breaks:
        raise Refused(_("The record in this backup is broken: %s") % breaks[0])


def _load(archive: zipfile.ZipFile, progress: Progress) -> int:
    """Replace every row. The rules are lifted meanwhile: they judge changes, and these are none."""
    rules.uninstall(connection)
    found, count = tables(), 0
    for model in found:
        model._base_manager.all()._raw_delete(DEFAULT_DB_ALIAS)
    for done, model in enumerate(found):
        progress(done, len(found), model._meta.label)
        count += _load_table(archive, model)
    connection.check_constraints()
    with connection.cursor() as cursor:
        # SQLite has none: a row's number follows the highest one there.
        cursor.execute(" ".join(connection.ops.sequence_reset_sql(no_style(), found)))
    roles.sync()
    rules.install(connection)
    return count


def _load_table(archive: zipfile.ZipFile, model: type[models.Model]) -> int:
    fields = list(model._meta.concrete_fields)
    batch: list[models.Model] = []
    count = 0
    with archive.open(f"data/{model._meta.label}.jsonl") as lines:
        for line in lines:
            row = json.loads(line)
            values = {field.attname: field.to_python(row[field.attname]) for field in fields}
            batch.append(model(**values))
            count += 1
            if len(batch) == BATCH:
                _insert(model, batch, fields)
                batch.clear()
    _insert(model, batch, fields)
    return count


def _insert(model: type[models.Model], batch: list[models.Model], fields: list[Any]) -> None:
    # `bulk_create` would set the times of rows (auto_now) to those of the restore.
    if batch:
        model._base_manager._insert(batch, fields=fields, raw=True, using=DEFAULT_DB_ALIAS)  # type: ignore[attr-defined]


def _put_back(archive: zipfile.ZipFile, path: str) -> None:
    name = path.removeprefix("media/")
    if default_storage.exists(name):
        default_storage.delete(name)
    default_storage.save(name, ContentFile(archive.read(path)))
