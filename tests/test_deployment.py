"""docker-compose.yml, Dockerfile and .env.example agree with the settings and with each other.

No container engine runs here, so the files are parsed and held against the code.
"""

import re
import tomllib
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES = COMPOSE["services"]
EXAMPLE = dict(
    line.split("=", 1)
    for line in (ROOT / ".env.example").read_text().splitlines()
    if "=" in line and not line.startswith("#")
)
SETTINGS = (ROOT / "eduengine" / "settings.py").read_text()
NAMES = set(re.findall(r'"(EDUENGINE_[A-Z0-9_]+)"', SETTINGS))


def test_the_example_documents_every_setting_and_no_other():
    assert {name for name in EXAMPLE if name.startswith("EDUENGINE_")} == NAMES


def test_the_services_are_the_processes_of_the_design():
    assert set(SERVICES) == {
        "setup", "web", "worker-llm", "worker-mt", "worker-render", "beat", "llm", "postgres",
        "redis", "nginx",
    }  # fmt: skip


@pytest.mark.parametrize("name", sorted(set(SERVICES) - {"setup"}))
def test_every_lasting_service_has_a_health_check(name):
    assert SERVICES[name]["healthcheck"]["test"]


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_images_are_pinned(name):
    image = SERVICES[name]["image"]
    assert re.search(r":\d+\.\d+", image), image


def test_the_base_image_is_pinned_and_the_image_version_is_ours():
    dockerfile = (ROOT / "Dockerfile").read_text()
    assert re.search(r"^FROM python:3\.11-slim-bookworm$", dockerfile, re.M)
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    assert SERVICES["web"]["image"] == f"eduengine:{version}"


def test_named_volumes_are_declared():
    used = {
        volume.split(":")[0]
        for service in SERVICES.values()
        for volume in service.get("volumes", [])
        if not volume.startswith("$")
    }
    assert used == set(COMPOSE["volumes"])


def test_configurations_are_declared_and_point_at_the_web_service():
    used = {c["source"] for s in SERVICES.values() for c in s.get("configs", [])}
    assert used == set(COMPOSE["configs"])
    nginx = COMPOSE["configs"]["nginx"]["content"]
    assert "proxy_pass http://web:8000;" in nginx
    # Compose reads a single dollar sign as one of its own variables.
    assert "$host" not in nginx.replace("$$host", "")


def test_every_queue_of_the_settings_has_a_worker(settings):
    commands = " ".join(str(service.get("command", "")) for service in SERVICES.values())
    queues = {route["queue"] for route in settings.CELERY_TASK_ROUTES.values()}
    assert queues == set(re.findall(r"-Q (\w+)", commands))


def test_every_command_of_manage_exists():
    from django.core.management import get_commands

    text = (ROOT / "docker-compose.yml").read_text() + (ROOT / "Dockerfile").read_text()
    assert set(re.findall(r"manage\.py (\w+)", text)) <= set(get_commands())


def test_the_demo_uses_the_same_programs(tmp_path):
    from eduengine.demo import programs

    ports = {"DEMO_WEB_PORT": "1", "DEMO_VALKEY_PORT": "2", "DEMO_VALKEY_PASSWORD": "x",
             "DEMO_LLM_PORT": "3"}  # fmt: skip
    assert set(programs(ports)) == {"web", "worker-llm", "worker", "beat", "valkey", "llm"}


def test_system_packages_are_the_same_everywhere():
    makefile = (ROOT / "Makefile").read_text()
    wanted = set(re.search(r"^SYSTEM := (.+)$", makefile, re.M).group(1).split())
    assert all(package in (ROOT / "Dockerfile").read_text() for package in wanted)
