"""What a release says of itself: its version, its parts, and that its settings are fit for the world."""

import json
import os
import re
import secrets
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
VERSION = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]


def run(*command: object, **more: str) -> None:
    """Run a program of this environment; what it said is the failure."""
    done = subprocess.run(
        [sys.executable, *map(str, command)],
        cwd=ROOT, env=os.environ | more, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


def example() -> dict[str, str]:
    """The environment of docker-compose.yml as it is shipped: `.env.example`."""
    lines = (ROOT / ".env.example").read_text().splitlines()
    return dict(line.split("=", 1) for line in lines if "=" in line and not line.startswith("#"))


def pinned() -> dict[str, str]:
    """Package to version, as requirements.txt has them."""
    lines = (ROOT / "requirements.txt").read_text()
    found = re.findall(r"^([\w.-]+)(?:\[\w+\])?==(\S+)", lines, re.M)
    assert len(found) == len(re.findall(r"^\w", lines, re.M))
    return dict(found)


def test_the_shipped_settings_pass_every_check_for_a_deployment(tmp_path, fonts):
    """Warnings fail, too. Fonts are this machine's, and the key is made, as the example asks."""
    more = example() | {"EDUENGINE_SECRET_KEY": secrets.token_urlsafe(50),
                        "EDUENGINE_VAR": str(tmp_path), "EDUENGINE_MEDIA": str(tmp_path)}  # fmt: skip
    del more["EDUENGINE_CACHE"]
    run("manage.py", "check", "--deploy", "--fail-level", "WARNING", **more)


def test_the_bill_of_materials_has_every_package_with_its_version(tmp_path):
    bill = tmp_path / "sbom.json"
    make = (ROOT / "Makefile").read_text()
    options = re.search(r"cyclonedx_py (.+) --output-file var/sbom\.json (.+)$", make, re.M)
    run("-m", "cyclonedx_py", *options[1].split(), "--output-file", bill, *options[2].split())
    told = json.loads(bill.read_text())
    assert told["bomFormat"] == "CycloneDX"
    assert told["metadata"]["component"]["version"] == VERSION
    assert {part["name"]: part["version"] for part in told["components"]} == pinned()


def test_no_package_has_a_known_hole():
    """`pip-audit` asks PyPI, of which some networks have a mirror of the packages alone."""
    ask = [sys.executable, "-m", "pip_audit", "--format", "json", "--progress-spinner", "off"]
    try:
        done = subprocess.run(ask, capture_output=True, text=True, check=False, timeout=120)
    except subprocess.TimeoutExpired:
        pytest.skip("PyPI does not answer from here.")
    told = json.loads(done.stdout)["dependencies"] if done.stdout else []
    asked = [package for package in told if "skip_reason" not in package]
    if not asked:
        pytest.skip(f"PyPI tells no advisories here. {done.stderr[-200:]}")
    holes = {package["name"]: package["vulns"] for package in asked if package["vulns"]}
    assert holes == {}


@pytest.mark.parametrize("path", ["/desk/", "/desk/notices/", "/admin/content/handout/"])
def test_the_staff_see_the_version_below_their_pages(as_user, ellen, path):
    page = as_user(ellen).get(path).content.decode()
    footers = re.findall(r'<footer class="version">(.*?)</footer>', page, re.S)
    assert footers == [f'<bdi dir="ltr">eduengine {VERSION}</bdi>']


def test_programs_that_watch_are_told_the_version(client, db, settings):
    settings.CELERY_BROKER_URL = "redis://127.0.0.1:1/0"
    assert client.get("/readyz").json()["version"] == VERSION
