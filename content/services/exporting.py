"""Everything in open formats, in a folder: for another system, an archive, or whoever leaves.

::

    data/<app>.<model>.jsonl     a row a line, by column; UTF-8; dates as ISO 8601
    fields.json                  what each column is: {table: {column: {type, null, references?}}}
    memory/en-<language>.tmx     approved pairs (TMX 1.4b)
    terms/<language>.tbx         house terms (TBX)
    publications/<handout>/<language>/edition-<n>-<key>.json, .html   what is or was public, as frozen
    files/<name>                 PDFs, recordings, logos: the files that rows name
    manifest.json                {version, made_at, seal, rows: {table: count}, files: {path: {sha256, bytes}}}

It differs from a backup: it holds nothing that opens a door (password hashes, second factors, tokens,
sessions), and does not restore.
"""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.db import models, transaction
from django.template.loader import render_to_string

from content import languages
from content.models import MemoryEntry, Publication, TermbaseEntry
from content.services import interchange, keeping, sealing, termbase
from content.services.keeping import Kept, Progress

# Tables of secrets, and columns of secrets in other tables.
SECRET_TABLES = frozenset({"mfa.Authenticator", "account.EmailConfirmation", "content.Token"})
SECRET_COLUMNS = frozenset({"password", "claim_token"})


def export(folder: Path, progress: Progress) -> Kept:
    """Write everything into ``folder``, a new one, a row at a time; ``Refused`` if a file is missing."""
    partial = folder.with_name(folder.name + ".partial")
    partial.mkdir(mode=0o700, parents=True)
    try:
        kept = _Export(partial, progress).write()
    except BaseException:
        shutil.rmtree(partial, ignore_errors=True)
        raise
    partial.rename(folder)
    return kept


class _Export:
    def __init__(self, folder: Path, progress: Progress) -> None:
        self.folder, self.progress = folder, progress
        self.rows: dict[str, int] = {}
        self.files: dict[str, dict[str, Any]] = {}

    def write(self) -> Kept:
        with transaction.atomic():
            keeping.one_moment()
            self._tables()
            self._memory()
            self._terms()
            self._publications()
            names = keeping.named_files()
            seal = ":".join(map(str, sealing.newest()))
        self._media(names)
        manifest = {
            **keeping.about(seal), "rows": self.rows, "files": dict(sorted(self.files.items())),
        }  # fmt: skip
        (self.folder / keeping.MANIFEST).write_text(json.dumps(manifest, indent=1))
        return Kept(sum(self.rows.values()), len(self.files), seal)

    def _file(self, path: str, chunks: Iterator[bytes]) -> None:
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("wb") as out:
            note = keeping.Noted(out.write)
            for chunk in chunks:
                note.write(chunk)
        self.files[path] = note.told()

    def _tables(self) -> None:
        tables = [table for table in keeping.tables() if table._meta.label not in SECRET_TABLES]
        for done, model in enumerate(tables):
            label = model._meta.label
            self.progress(done, len(tables), label)
            self._file(f"data/{label}.jsonl", self._lines(model))
        fields = {model._meta.label: _described(model) for model in tables}
        self._file("fields.json", iter([json.dumps(fields, indent=1).encode()]))

    def _lines(self, model: type[models.Model]) -> Iterator[bytes]:
        count = 0
        for row in keeping.rows(model, _columns(model)):
            count += 1
            yield keeping.line(row)
        self.rows[model._meta.label] = count

    def _memory(self) -> None:
        for code in _codes(MemoryEntry):
            self._file(f"memory/en-{code}.tmx", iter([interchange.export_tmx(code)]))

    def _terms(self) -> None:
        for code in _codes(TermbaseEntry):
            content = termbase.export(languages.get(code), tbx=True)
            self._file(f"terms/{code}.tbx", iter([content]))

    def _publications(self) -> None:
        for row in Publication.objects.select_related("handout").order_by("pk").iterator():
            stem = f"publications/{row.handout.slug}/{row.language}/edition-{row.payload['edition']}-{row.pk}"
            payload = json.dumps(row.payload, ensure_ascii=False, indent=1).encode()
            self._file(f"{stem}.json", iter([payload]))
            context = {"row": row, "language": languages.get(row.language)}
            self._file(f"{stem}.html", iter([render_to_string("export.html", context).encode()]))

    def _media(self, names: list[str]) -> None:
        for done, name in enumerate(names):
            self.progress(done, len(names), name)
            with keeping.stored(name) as source:
                self._file(f"files/{name}", source.chunks(keeping.CHUNK))


def _codes(model: type[models.Model]) -> list[str]:
    """The languages in which there are rows."""
    rows = model._default_manager.order_by("language")
    return list(rows.values_list("language", flat=True).distinct())


def _columns(model: type[models.Model]) -> list[str]:
    return [
        field.attname
        for field in model._meta.concrete_fields
        if field.attname not in SECRET_COLUMNS
    ]


def _described(model: type[models.Model]) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for field in model._meta.concrete_fields:
        if field.attname in SECRET_COLUMNS:
            continue
        about: dict[str, Any] = {"type": field.get_internal_type(), "null": field.null}
        if isinstance(field, models.ForeignKey):
            about["references"] = field.related_model._meta.label
        found[field.attname] = about
    return found
