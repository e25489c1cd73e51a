import json
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from content.engines.renderer.fonts import missing_fonts
from content.management.commands.pull_fonts import Command


def run(*arguments: str) -> str:
    out = StringIO()
    call_command(Command(), *arguments, stdout=out)
    return out.getvalue()


def test_json_names_the_folder_and_its_contents(fonts):
    result = json.loads(run("--json"))
    assert result["folder"] == str(fonts)
    assert result["files"] == len(list((fonts / "files").iterdir()))
    assert result["bytes"] == sum(path.stat().st_size for path in (fonts / "files").iterdir())


def test_it_says_where_the_fonts_are(fonts):
    assert str(fonts) in run()
    assert missing_fonts(fonts) == []


def test_a_source_out_of_reach_is_one_clear_line(tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "EDUENGINE_CACHE", tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(CommandError, match="apt-get is not installed"):
        run()
