"""The import command: real MedlinePlus files, and bad files that change nothing."""

import json

import pytest
from django.core.management import CommandError, call_command

from content.models import Source, Statement
from tests.shared import DATA, needs_shared


def run(*files, capsys):
    call_command("import_sources", *map(str, files), "--json")
    return json.loads(capsys.readouterr().out)


@needs_shared
def test_all_of_medlineplus_imports_with_its_structure(db, capsys):
    folder = DATA / "medlineplus"
    xml = next(folder.glob("*.xml"))
    report = run(folder / "topics_200.jsonl", xml, capsys=capsys)
    assert len(report["added"]) == 202
    assert Statement.objects.filter(kind="list_item").exclude(lead_in="").count() > 2000
    assert Statement.objects.exclude(section="").count() > 3000
    assert Source.objects.filter(courtesy="").count() == 0
    again = run(folder / "topics_200.jsonl", xml, capsys=capsys)
    assert (again["added"], again["changed"], again["statements_added"]) == ([], [], 0)


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("broken.jsonl", b'{"title": "A"\n', "Line 1"),
        ("latin.md", "---\ntitle: caf\xe9\n".encode("latin-1"), "UTF-8"),
        ("empty.md", b"", "must begin with"),
        ("big.jsonl", b"x" * (5 * 1024 * 1024 + 1), "5 MB"),
    ],
)
def test_a_bad_file_changes_nothing_and_says_what_is_wrong(db, tmp_path, name, content, says):
    good = tmp_path / "good.jsonl"
    good.write_text(json.dumps(TOPIC))
    bad = tmp_path / name
    bad.write_bytes(content)
    with pytest.raises(CommandError, match=rf"{name}.*{says}"):
        call_command("import_sources", str(good), str(bad))
    assert not Source.objects.exists()


TOPIC = {
    "title": "Asthma", "url": "https://example.org/asthma", "language": "English",
    "summary": "What is asthma?\nAsthma is a disease of the airways.",
}  # fmt: skip


def test_a_source_of_fifty_thousand_statements_is_refused(db, tmp_path):
    file = tmp_path / "long.jsonl"
    file.write_text(json.dumps(TOPIC | {"summary": "It is so.\n" * 50_000}))
    with pytest.raises(CommandError, match=r"50,000 statements; at most 2,000"):
        call_command("import_sources", str(file))


def test_a_missing_file_is_named(db):
    with pytest.raises(CommandError, match=r"nowhere\.md: cannot be read"):
        call_command("import_sources", "nowhere.md")
