"""What README tells people to type is there, and what is cheap of it runs."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command, get_commands, load_command_class

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text()
TEXTS = {
    name: (ROOT / name).read_text() for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")
}
FENCED = re.compile(r"^```[a-z]*\n(.*?)^```", re.M | re.S)
SPANS = re.compile(r"`([^`\n]+)`")
ASSIGNED = re.compile(r"^[A-Z_]+=\S*$")
MAKEFILE = (ROOT / "Makefile").read_text()
EXAMPLE = (ROOT / ".env.example").read_text()


def typed(text: str) -> list[str]:
    """Every line of a block and every span of code, without its comment and its settings."""
    lines = [line for block in FENCED.findall(text) for line in block.splitlines()]
    lines += SPANS.findall(FENCED.sub("", text))
    return [" ".join(_words(line)) for line in lines if _words(line)]


def _words(line: str) -> list[str]:
    words = re.split(r"\s#(?:\s|$)", line)[0].split()
    while words and ASSIGNED.match(words[0]):
        words.pop(0)
    return words


LINES = sorted({line for text in TEXTS.values() for line in typed(text)})
MAKE = [line for line in LINES if re.match(r"make [a-z]", line)]
MANAGE = [line for line in LINES if line.startswith("manage.py ")]
MODULES = [line for line in LINES if re.match(r"python3? -m ", line)]


def test_something_was_found():
    assert {"make demo", "make test"} <= set(MAKE)
    assert len(MANAGE) > 10


@pytest.mark.parametrize("line", MAKE)
def test_make_has_the_target(line):
    phony = re.search(r"^\.PHONY: (.+)$", MAKEFILE, re.M).group(1).split()
    assert line.split()[1] in phony
    done = subprocess.run(["make", "-n", *line.split()[1:]], cwd=ROOT, capture_output=True)
    assert done.returncode == 0, done.stderr.decode()


@pytest.mark.parametrize("line", MANAGE)
def test_manage_has_the_command_and_its_options(line):
    name, *options = shlex.split(line.removeprefix("manage.py "))
    commands = get_commands()
    assert name in commands or name == "help"
    if name == "help":
        return
    command = load_command_class(commands[name], name)
    known = command.create_parser("manage.py", name)._option_string_actions
    assert [word for word in options if word.startswith("--") and word not in known] == []


def test_every_module_is_there():
    for line in MODULES:
        path = ROOT / Path(*line.split()[2].split("."))
        assert path.with_suffix(".py").exists() or (path / "__main__.py").exists(), line


def test_every_setting_that_readme_names_is_documented():
    named = set(re.findall(r"EDUENGINE_[A-Z0-9_]+[A-Z]", README))
    assert {name for name in named if f"{name}=" not in EXAMPLE} == set()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "line",
    ["verify_record", "export_record record.csv", "export_record record.json", "terms --starter",
     "export_memory --language es memory.tmx", "terms --language es --export terms.csv",
     "export FOLDER", "backup FILE.zip"],
)  # fmt: skip
def test_the_cheap_ones_run(line, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    call_command(*shlex.split(line))
    files = [word for word in line.split()[1:] if "." in word or word == "FOLDER"]
    assert all((tmp_path / name).exists() for name in files)


def test_manage_says_what_there_is():
    done = subprocess.run(
        [sys.executable, "manage.py", "help"], cwd=ROOT, capture_output=True, text=True,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "eduengine.settings"},
    )  # fmt: skip
    assert done.returncode == 0
    assert "verify_record" in done.stdout
