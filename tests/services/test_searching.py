"""Finding sources by what people type: words, names, codes."""

import pytest

from content.models import Source, Statement, TopicCode
from content.services.searching import search


@pytest.fixture
def library(db):
    rows = [
        ("High blood pressure", ["Hypertension"], ("ICD-10-CM", "I10", "Essential hypertension"),
         "Sodium raises blood pressure."),
        ("Ménière’s disease", [], ("SNOMED CT", "13445001", "Ménière's disease"),
         "It may cause vertigo."),
        ("Type 2 diabetes", ["Sugar"], ("ICD-10-CM", "E11.9", "Type 2 diabetes mellitus"),
         "Hypertension is common in diabetes."),
    ]  # fmt: skip
    for title, names, (system, code, display), text in rows:
        source = Source.objects.create(
            external_id=title, title=title, publisher="Test library", also_called=names, digest="d"
        )
        source.topics.add(TopicCode.objects.create(system=system, code=code, display=display))
        Statement.objects.create(source=source, ordinal=1, text=text, fingerprint="f")


@pytest.mark.parametrize(
    ("words", "titles"),
    [
        ("pressure", ["High blood pressure"]),
        ("hypertension", ["High blood pressure", "Type 2 diabetes"]),  # a name before a statement
        ("meniere", ["Ménière’s disease"]),
        ("vertigo", ["Ménière’s disease"]),
        ("sugar", ["Type 2 diabetes"]),
        ("I10", ["High blood pressure"]),
        ("icd-10 i10", ["High blood pressure"]),
        ("ICD-10-CM: E11.9", ["Type 2 diabetes"]),
        ("E11", ["Type 2 diabetes"]),
        ("13445001", ["Ménière’s disease"]),
        ("snomed 13445001", ["Ménière’s disease"]),
        ("rxnorm 13445001", []),
        ("13", []),  # begins too many codes
        ("diabetes hypertension", ["Type 2 diabetes"]),
        ("diabetes vertigo", []),
        ("100%", []),
        ("nothing of the kind", []),
    ],
)
def test_words_and_codes_find_their_source(library, words, titles):
    assert [source.title for source in search(words)] == titles


@pytest.mark.parametrize("words", ["", "   ", "\0"])
def test_no_words_find_all(library, words):
    assert search(words).count() == 3


def test_only_among_those_asked(library):
    rest = Source.objects.exclude(title="Type 2 diabetes")
    assert [source.title for source in search("hypertension", rest)] == ["High blood pressure"]


def test_a_retired_statement_finds_nothing(library):
    Statement.objects.update(retired=True)
    assert not search("vertigo").exists()
