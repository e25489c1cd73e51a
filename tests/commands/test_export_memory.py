"""The memory as a file for other tools."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from content.text.interchange import read_tmx
from tests import builders
from tests.services.test_translation_gate import approve

pytestmark = pytest.mark.django_db


def test_approved_pairs_are_written(translation, teresa, tmp_path):
    approve(translation, teresa)
    out, file = StringIO(), tmp_path / "memory.tmx"
    call_command("export_memory", file, "--language", "pt-BR", "--json", stdout=out)
    pairs = read_tmx(file.read_bytes(), "en", "pt-BR")
    assert json.loads(out.getvalue())["pairs"] == len(pairs) >= len(builders.SENTENCES)


@pytest.mark.parametrize(("file", "language"), [("memory.tmx", "xx"), ("no/such/folder.tmx", "es")])
def test_what_cannot_be_written_is_told(db, tmp_path, file, language):
    with pytest.raises(CommandError):
        call_command("export_memory", tmp_path / file, "--language", language)
