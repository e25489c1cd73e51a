"""Imports run one way (DESIGN.md, "Layout"). Any other edge fails, hidden ones included."""

import ast
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
CONTENT = ROOT / "content"

PURE = {"text", "languages"}
STAFF = {"services", "models", "languages", "text", "tasks", "admin", "desk", "addresses"}
# The public's doors: published rows, and the few verbs that they have.
PUBLIC = {"models", "languages", "text", "sending", "services.serving", "services.errors"}

# room -> the rooms it may import, besides itself.
ALLOWED: dict[str, set[str]] = {
    "text": PURE,
    "languages": set(),
    "safety": PURE,
    "engines": PURE,
    "models": PURE | {"safety.base"},
    "services": PURE | {"models", "safety", "engines"},
    "tasks": {"services", "models", "languages"},
    "admin": STAFF,
    "desk": STAFF,
    "management": STAFF | {"safety", "engines"},
    "operation": STAFF,
    "portal": PUBLIC,
    "infobutton": PUBLIC,
    "clinic": PUBLIC | {"services.clinics", "addresses"},
    "sending": {"text"},
    "addresses": set(),  # which of those that visitors hand us are ours
    "templatetags": {"models", "languages", "text"},
    "checks": {"models", "engines", "languages"},
    "apps": {"models", "checks"},
}
NO_DJANGO = {"text", "languages", "safety"}


def room_of(path: Path) -> str:
    first = path.relative_to(CONTENT).parts[0]
    return first.removesuffix(".py")


def imports(path: Path) -> Iterator[str]:
    """Every module that a file imports anywhere, `import_module("…")` strings included."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, f"{path}: relative import"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Constant) and _names_a_module(node.value):
            yield node.value


def _names_a_module(value: object) -> bool:
    return isinstance(value, str) and value.startswith("content.") and " " not in value


FILES = sorted(
    path for path in CONTENT.rglob("*.py") if "migrations" not in path.parts and path.stat().st_size
)


def allowed(room: str, target: str) -> bool:
    parts = target.removeprefix("content.").split(".")
    rooms = ALLOWED[room] | {room}
    return parts[0] in rooms or ".".join(parts[:2]) in rooms


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(CONTENT)))
def test_a_room_imports_only_what_it_may(path):
    room = room_of(path)
    targets = {name for name in imports(path) if name.startswith("content.")}
    # Names of tasks, permissions and checks are strings too: only real modules count.
    modules = {name for name in targets if (CONTENT / name.split(".")[1]).exists()
               or (CONTENT / f"{name.split('.')[1]}.py").exists()}  # fmt: skip
    assert sorted(name for name in modules if not allowed(room, name)) == []


PURE_FILES = [path for path in FILES if room_of(path) in NO_DJANGO]


@pytest.mark.parametrize("path", PURE_FILES, ids=lambda path: str(path.relative_to(CONTENT)))
def test_pure_rooms_know_no_django(path):
    assert [name for name in imports(path) if name.split(".")[0] == "django"] == []


def test_settings_are_read_in_one_file_of_the_engines():
    readers = [
        path.name
        for path in (CONTENT / "engines").rglob("*.py")
        if any(name.startswith("django.conf") for name in imports(path))
    ]
    assert readers == ["base.py"]


def test_only_the_given_top_level():
    given = {
        "eduengine", "content", "templates", "locale", "tests", "manage.py", "docker-compose.yml",
        "requirements.txt", "README.md", "requirements-dev.txt", "Dockerfile", "Makefile",
        "pyproject.toml", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md",
    }  # fmt: skip
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True).stdout
    top = {line.split("/")[0] for line in listed.splitlines()}
    assert {name for name in top if not name.startswith(".")} <= given
