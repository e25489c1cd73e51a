"""A backup brings everything back, and nothing of a damaged one."""

import hashlib
import json
import zipfile
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import IntegrityError

from content.models import Event, Publication, Seal, Segment, User
from content.services import keeping, sealing
from tests import builders

# Rules are lifted and put back, and seals are made when a transaction ends.
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def house(edition, carlos, teresa, settings, tmp_path):
    """A house with a record, a translation and a public page with its PDF."""
    settings.MEDIA_ROOT = tmp_path / "media"
    approved = builders.approve(edition, carlos)
    builders.translation(approved, "pt-BR")
    return builders.make_public(approved.publications.get())


@pytest.fixture
def kept(house, tmp_path) -> Path:
    target = tmp_path / "kept.zip"
    call_command("backup", str(target), "--json")
    return target


def everything() -> dict[str, list]:
    return {model._meta.label: list(keeping.rows(model)) for model in keeping.tables()}


def test_everything_comes_back_to_the_microsecond(kept, house):
    before, name = everything(), house.files.get().name
    newest = sealing.newest()
    Event.objects.create(kind="drafted", edition=house.edition)
    default_storage.delete(name)
    call_command("restore", str(kept), "--replace", "--json")
    assert everything() == before
    assert default_storage.open(name).read() == b"%PDF-1.7 test"
    assert sealing.newest() == newest
    assert not sealing.verify().breaks


def test_the_rules_hold_again(kept, edition):
    call_command("restore", str(kept), "--replace", "--json")
    with pytest.raises(IntegrityError):
        Segment.objects.filter(edition=edition).update(text="Changed after approval.")
    with pytest.raises(IntegrityError):
        Event.objects.all().delete()


def test_new_rows_get_new_numbers(kept):
    call_command("restore", str(kept), "--replace", "--json")
    last = Event.objects.order_by("pk").last()
    assert Event.objects.create(kind="drafted").pk > last.pk


def test_a_database_in_use_is_not_overwritten(kept):
    with pytest.raises(CommandError, match="not empty"):
        call_command("restore", str(kept))


def rewritten(kept: Path, change) -> Path:
    """The backup with its members passed through ``change(name, content)``; None leaves one out."""
    damaged = kept.with_name("damaged.zip")
    with zipfile.ZipFile(kept) as whole, zipfile.ZipFile(damaged, "w") as out:
        for name in whole.namelist():
            content = change(name, whole.read(name))
            if content is not None:
                out.writestr(name, content)
    return damaged


def _other_text(name, content):
    return content.replace(b"500 mg", b"900 mg") if name.endswith("Segment.jsonl") else content


def _no_pdf(name, content):
    return None if name.startswith("media/") else content


def _no_manifest(name, content):
    return None if name == "manifest.json" else content


def _of_other_tables(name, content):
    if name != "manifest.json":
        return content
    manifest = json.loads(content)
    return json.dumps(manifest | {"migrations": ["content.0001_first"]})


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (_other_text, "Segment.jsonl is not as it was written"),
        (_no_pdf, "files are missing or were added"),
        (_no_manifest, "no manifest"),
        (_of_other_tables, "of version"),
    ],
)
def test_a_damaged_set_changes_nothing(kept, change, told):
    before = everything()
    with pytest.raises(CommandError, match=told):
        call_command("restore", str(rewritten(kept, change)), "--replace")
    assert everything() == before


def test_a_forged_record_is_refused_although_its_hashes_are_right(kept, house):
    forged: dict[str, tuple[str, int]] = {}

    def change(name, content):
        if name == "data/content.Decision.jsonl":
            content = content.replace(b'"reason": ""', b'"reason": "forged"')
            forged[name] = hashlib.sha256(content).hexdigest(), len(content)
        if name == "manifest.json":
            manifest = json.loads(content)
            for path, (sha256, size) in forged.items():
                manifest["files"][path] = {"sha256": sha256, "bytes": size}
            content = json.dumps(manifest)
        return content

    with pytest.raises(CommandError, match="record in this backup is broken"):
        call_command("restore", str(rewritten(kept, change)), "--replace")
    assert Seal.objects.exists()


@pytest.mark.parametrize("content", [b"", b"no zip", b"PK\x03\x04 cut off"])
def test_what_is_no_backup_is_said_in_one_line(tmp_path, content, db):
    path = tmp_path / "any.zip"
    path.write_bytes(content)
    with pytest.raises(CommandError, match="not a whole backup"):
        call_command("restore", str(path))


def test_a_missing_file_stops_the_backup(house, tmp_path):
    default_storage.delete(house.files.get().name)
    with pytest.raises(CommandError, match="not in storage"):
        call_command("backup", str(tmp_path / "kept.zip"))
    assert not list(tmp_path.glob("kept.zip*"))


def test_only_its_owner_reads_it(kept):
    assert kept.stat().st_mode & 0o077 == 0
    assert User.objects.exists()
    assert Publication.objects.public().exists()
