"""The export holds everything once, by hash, in formats that others read, and no secret."""

import hashlib
import json
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db.models import ForeignKey

from content import languages
from content.models import Publication, TermbaseEntry, Token, User
from content.services import clinics, exporting, keeping, reviewing
from content.text.interchange import read_tmx
from tests import builders

# One moment of PostgreSQL begins with its transaction.
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def house(edition, carlos, teresa, cleo) -> list[str]:
    """A house with two public pages, memory, terms, a token and a second factor; its secrets."""
    approved = builders.approve(edition, carlos)
    builders.make_public(approved.publications.get())
    row = builders.translation(approved, "pt-BR")
    reviewing.approve_translation(translation=row, actor=teresa, shown=row.compute_fingerprint())
    builders.make_public(row.publications.get())
    TermbaseEntry.objects.create(language="pt-BR", source="metformin", preferred="metformina")
    Authenticator.objects.create(user=carlos, type="totp", data={"secret": "JBSWY3DPEHPK3PXP"})
    _token, shown = clinics.make_token(cleo, cleo.clinic, "Records")
    kept = Token.objects.get()
    return [
        shown,
        kept.digest,
        "JBSWY3DPEHPK3PXP",
        *User.objects.values_list("password", flat=True),
    ]


@pytest.fixture
def exported(house, tmp_path) -> Path:
    call_command("export", str(tmp_path / "all"), "--json")
    return tmp_path / "all"


def manifest_of(exported: Path) -> dict:
    return json.loads((exported / "manifest.json").read_text())


def test_every_file_is_named_with_its_hash_and_no_other_is_there(exported):
    files = manifest_of(exported)["files"]
    found = {
        str(path.relative_to(exported)): {
            "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
            "bytes": path.stat().st_size,
        }
        for path in exported.rglob("*")
        if path.is_file() and path.name != "manifest.json"
    }
    assert found == files


def test_every_row_is_there_once_as_the_database_has_it(exported):
    manifest, fields = manifest_of(exported), json.loads((exported / "fields.json").read_text())
    for model in keeping.tables():
        label = model._meta.label
        if label in exporting.SECRET_TABLES:
            assert label not in manifest["rows"]
            continue
        lines = (exported / "data" / f"{label}.jsonl").read_bytes().splitlines()
        assert len(lines) == manifest["rows"][label] == model._base_manager.count()
        kept = [keeping.line(row).strip() for row in keeping.rows(model, list(fields[label]))]
        assert lines == kept
    assert manifest["rows"]["content.Segment"] > 0


def test_no_secret_is_in_any_file(exported, house):
    assert all(house)
    whole = b"".join(path.read_bytes() for path in exported.rglob("*") if path.is_file())
    assert [secret for secret in house if secret.encode() in whole] == []


def test_secret_tables_and_columns_are_those_that_exist():
    labels = {model._meta.label for model in keeping.tables()}
    assert labels >= exporting.SECRET_TABLES
    columns = {field.attname for model in keeping.tables() for field in model._meta.concrete_fields}
    assert columns >= exporting.SECRET_COLUMNS


def test_every_reference_leads_somewhere(exported):
    fields = json.loads((exported / "fields.json").read_text())
    for model in keeping.tables():
        for field in model._meta.concrete_fields:
            about = fields.get(model._meta.label, {}).get(field.attname)
            if about and isinstance(field, ForeignKey):
                assert about["references"] == field.related_model._meta.label


def test_memory_and_terms_are_read_by_other_tools(exported):
    pairs = read_tmx((exported / "memory" / "en-pt-BR.tmx").read_bytes(), "en", "pt-BR")
    assert "Tome 500 mg de metformina duas vezes ao dia com as refeições." in {
        pair.target for pair in pairs
    }
    assert b"metformina" in (exported / "terms" / "pt-BR.tbx").read_bytes()


def test_publications_are_files_that_are_read_without_this_program(exported):
    for row in Publication.objects.select_related("handout"):
        stem = exported / "publications" / row.handout.slug / row.language / f"edition-1-{row.pk}"
        assert json.loads(stem.with_suffix(".json").read_text()) == row.payload
        page = stem.with_suffix(".html").read_text()
        assert f'lang="{languages.get(row.language).code}"' in page
        assert "500 mg" in page
        stored = row.files.get().name
        assert (exported / "files" / stored).read_bytes() == b"%PDF-1.7 test"


def test_nothing_is_left_behind_where_a_file_is_missing(house, tmp_path):
    default_storage.delete(Publication.objects.first().files.get().name)
    with pytest.raises(CommandError, match="not in storage"):
        call_command("export", str(tmp_path / "all"))
    assert not list(tmp_path.glob("all*"))


def test_a_folder_that_is_there_is_left_alone(exported):
    with pytest.raises(CommandError, match="there already"):
        call_command("export", str(exported))
