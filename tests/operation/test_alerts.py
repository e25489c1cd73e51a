"""Every alert watches a figure that /metrics has, and says what to do."""

import re
from pathlib import Path

import pytest
import yaml

from content.operation import metrics
from content.services import watching

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]
FILE = yaml.safe_load((ROOT / "content" / "operation" / "alerts.yml").read_text())
RULES = [rule for group in FILE["groups"] for rule in group["rules"]]
DURATION = re.compile(r"\d+[smhd]")
NAME = re.compile(r"\beduengine_[a-z_]+")
LABEL = re.compile(r'(\w+)(?:=~|!=|=)"([^"]*)"')


@pytest.fixture
def figures(client, source, ellen) -> str:
    client.get("/en/")
    watching.note_sweep()
    watching.note_backup()
    watching.note_breaks(0)
    return metrics.text().decode()


def test_every_figure_of_an_alert_is_there(figures):
    samples = {line.split("{")[0].split(" ")[0] for line in figures.splitlines() if line[:1] != "#"}
    watched = {name for rule in RULES for name in NAME.findall(rule["expr"])}
    assert len(watched) >= 8
    assert watched - samples == set()


def test_every_label_of_an_alert_is_there(figures):
    for rule in RULES:
        for label, value in LABEL.findall(rule["expr"]):
            if label in ("job", "status"):
                continue
            assert f'{label}="{value}"' in figures, rule["alert"]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule["alert"])
def test_an_alert_has_the_form_of_a_rule(rule):
    assert set(rule) <= {"alert", "expr", "for", "labels", "annotations"}
    assert rule["labels"]["severity"] in ("page", "ticket")
    assert DURATION.fullmatch(rule.get("for", "1m"))
    assert rule["expr"].count("(") == rule["expr"].count(")")
    assert set(rule["annotations"]) == {"summary", "description"}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule["alert"])
def test_the_readme_explains_every_alert(rule):
    readme = (ROOT / "README.md").read_text()
    assert f"`{rule['alert']}`" in readme
