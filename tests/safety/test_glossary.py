"""The plain-terms glossary: strict equivalents, longest term first, amounts never renamed."""

import re

import pytest

from content.safety.glossary import entries, hints, mentions

SUBSTANCES = (
    "sodium",
    "potassium",
    "calcium",
    "iron",
    "glucose",
    "alcohol",
    "acetaminophen",
    "insulin",
)


def test_there_are_entries_for_every_starter_topic():
    terms = {term for entry in entries() for term in entry.terms}
    assert len(terms) >= 200
    assert terms >= {
        "hypoglycemia",
        "hypertension",
        "edema",
        "dyspnea",
        "anticoagulant",
        "bowel preparation",
    }


def test_a_term_has_one_entry():
    terms = [term for entry in entries() for term in entry.terms]
    assert sorted({term for term in terms if terms.count(term) > 1}) == []


@pytest.mark.parametrize("entry", entries(), ids=lambda entry: entry.terms[0])
def test_an_entry_is_well_formed(entry):
    assert (
        entry.terms
        and entry.plain
        and all(entry.plain)
        and entry.kind in ("clinical", "word", "loose")
    )
    assert all(term == term.lower().strip() for term in entry.terms)
    assert not re.search(r"\d ?(?:mg|g|mcg|ml|%)", entry.hint)


@pytest.mark.parametrize("substance", SUBSTANCES)
def test_a_substance_is_never_renamed(substance):
    text = f"Limit {substance} to 2,000 mg a day."
    renamed = dict(hints(text)).get(substance, substance)
    # Blood glucose is blood sugar in every hospital; nothing else has a second name.
    assert renamed in (substance, "blood sugar" if substance == "glucose" else substance)


def test_no_entry_takes_sodium_for_salt():
    for entry in entries():
        if any("sodium" in term for term in entry.terms):
            assert not any(re.search(r"\bsalt", plain) for plain in entry.plain)


def test_the_longest_term_wins():
    assert [mention.words for mention in mentions("Peripheral edema of the ankle")] == [
        "peripheral edema"
    ]


def test_hints_come_in_order_without_repeats():
    text = "Report dyspnea, hematuria or dyspnea at night."
    assert hints(text) == [("dyspnea", "trouble breathing"), ("hematuria", "blood in the urine")]


def test_hints_are_limited():
    text = "Dyspnea, edema, hematuria, melena, epistaxis, pruritus, urticaria, tachycardia."
    assert len(hints(text)) == 6
    assert len(hints(text, limit=2)) == 2


def test_a_word_that_depends_on_the_sentence_is_never_a_hint():
    assert hints("Monitor and maintain the required level.") == []
