"""The plain-terms glossary: strict equivalents, longest term first, amounts never renamed."""

import re
from collections.abc import Callable, Sequence

import pytest

from content.safety.glossary import Entry, entries, hints, mentions
from content.safety.wording import Sentence
from content.text.syllables import syllables

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
HINTED = tuple(entry for entry in entries() if entry.kind != "loose")
# Terms that patients know: a hint may use them though they have hints of their own.
KNOWN = frozenset(
    [
        "nausea",
        "numbness",
        "overdose",
        "anesthesia",
        "paralysis",
        "clotting",
        "dissolve",
        "immune",
        "tb",
        "anus",
        "immune system",
        "bone marrow",
    ]
)
# Two things that a careless entry takes for one: each side must not pass for the other.
RIVALS = (
    ("sodium", "salt"),
    ("electrolytes", "salts"),
    ("hypoglycemia", "high blood sugar"),
    ("hypotension", "high blood pressure"),
    ("hypokalemia", "high potassium"),
    ("hyponatremia", "high sodium"),
    ("hypocalcemia", "high calcium"),
    ("hypothyroidism", "overactive thyroid"),
    ("hypothermia", "high body temperature"),
    ("hypovolemia", "too much fluid in the body"),
    ("hypoventilation", "breathing too fast"),
    ("bradycardia", "fast heartbeat"),
    ("bradypnea", "fast breathing"),
    ("leukopenia", "high white blood cell count"),
    ("thrombocytopenia", "too many platelets"),
    ("constipation", "loose, watery stools"),
    ("cystitis", "kidney infection"),
    ("pyelonephritis", "bladder infection"),
    ("angina", "heart attack"),
    ("acute coronary syndrome", "heart attack"),
    ("cardiac arrest", "heart attack"),
    ("myocardial infarction", "chest pain"),
    ("arterial", "vein"),
    ("venous", "artery"),
    ("ileus", "small bowel"),
    ("ileum", "bowel stops moving"),
    ("transient ischemic attack", "stroke"),
    ("viral infection", "infection from bacteria"),
    ("bacterial infection", "infection from a virus"),
    ("antibiotic", "medicine against viruses"),
    ("antiviral", "medicine that kills bacteria"),
    ("antimicrobial", "antibiotic"),
    ("remission", "cured"),
    ("malignant", "harmless growth"),
    ("acute pain", "long-lasting pain"),
    ("acute", "severe"),
    ("chronic", "sudden"),
    ("anterior", "back"),
    ("posterior", "front"),
    ("dysphagia", "trouble speaking"),
    ("dysphasia", "trouble swallowing"),
    ("dysphagia", "painful swallowing"),
    ("systolic blood pressure", "bottom number"),
    ("diastolic blood pressure", "top number"),
    ("intramuscular", "into a vein"),
    ("intravenous", "into a muscle"),
    ("subcutaneous", "into a muscle"),
    ("sedation", "asleep"),
    ("conscious sedation", "put to sleep"),
    ("general anesthesia", "numbing medicine"),
    ("local anesthesia", "put to sleep"),
    ("benzodiazepine", "strong pain medicine"),
    ("opioid", "calming medicine"),
    ("corticosteroid", "muscle-building hormone"),
    ("anabolic steroid", "cortisone"),
    ("sublingual", "inside the cheek"),
    ("buccal", "under the tongue"),
    ("rapid-acting insulin", "long-acting insulin"),
    ("short-acting insulin", "long-acting insulin"),
    ("basal insulin", "fast-acting insulin"),
    ("immediate-release", "extended-release"),
    ("gastric", "bowel"),
    ("hepatic impairment", "kidney problems"),
    ("renal impairment", "liver problems"),
    ("ureter", "tube that carries urine out"),
    ("urethra", "tube from the kidney to the bladder"),
    ("low-density lipoprotein", "good cholesterol"),
    ("high-density lipoprotein", "bad cholesterol"),
    ("intraocular pressure", "blood pressure"),
    ("clavicle", "shoulder blade"),
    ("tibia", "thigh bone"),
    ("obesity", "overweight"),
    ("anemia", "low iron"),
    ("folate deficiency", "low vitamin B12"),
    ("sepsis", "infection"),
    ("anaphylaxis", "allergic reaction"),
    ("gestational diabetes", "diabetes"),
    ("cervical cancer", "neck cancer"),
    ("osteopenia", "thin bones"),
    ("aseptic technique", "clean"),
    ("palliative care", "end of life"),
    ("abduction", "toward the body"),
    ("adduction", "away from the body"),
    ("dorsiflexion", "point the toes down"),
    ("first-degree burn", "deep burn"),
)
# (text, words that are no term there): one word, two meanings.
EVERYDAY = (
    ("Call if you have a fast heartbeat.", "fast"),
    ("Stop if your heart beats fast for 10 minutes.", "fast for"),
    ("Let the gel dry before dressing.", "dressing"),
    ("Ask for help with bathing and dressing.", "dressing"),
    ("You may be prone to falls.", "prone"),
    ("Hives may appear on the chest.", "hives"),
    ("Note the amount of discharge from the wound.", "discharge"),
    ("Do not stand on a step stool.", "stool"),
    ("We respect your culture.", "culture"),
    ("Labor may start early.", "labor"),
    ("You may make a complaint.", "complaint"),
    ("Your test is positive.", "positive"),
    ("Choose tender cuts of meat.", "tender"),
    ("Ed is your nurse.", "ed"),
    ("Enter the 6-digit code.", "digit"),
    ("The bus leaves from terminal 2.", "terminal"),
    ("Put the papers in a binder.", "binder"),
)
# (text, term, hint): the same words where they are terms.
IN_CONTEXT = (
    ("You must fast for eight hours.", "must fast", "not eating"),
    ("Change the dressing each morning.", "dressing", "bandage"),
    ("Lie prone for 20 minutes.", "prone", "on the stomach"),
    ("Send a urine culture.", "urine culture", "urine test for germs"),
    ("Your HIV test is done.", "hiv", "HIV (the virus that causes AIDS)"),
    ("Do not use anabolic steroids.", "anabolic steroids", "muscle-building hormone"),
    ("The headache is acute and chronic pain is not.", "chronic pain", "long-lasting pain"),
)


UNIT = re.compile(r"\b(?:mg|mcg|ml|g|kg|percent|cups?|pounds?|degrees)\b|%")


def names(entry: Entry) -> str:
    return entry.terms[0]


def spoken(hint: str) -> str:
    """A hint without the name or the explanation in brackets."""
    return hint.split("(")[0].strip().lower()


def test_there_are_entries_for_every_starter_topic():
    terms = {term for entry in entries() for term in entry.terms}
    assert len(terms) >= 3500
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


def failing(fits: Callable[[Entry], bool], among: Sequence[Entry]) -> list[str]:
    """The names of the entries ``among`` which do not fit: thousands, in one test for each rule."""
    return [names(entry) for entry in among if not fits(entry)]


def test_each_entry_is_well_formed():
    assert failing(is_well_formed, entries()) == []


def is_well_formed(entry: Entry) -> bool:
    if not (entry.terms and entry.plain and all(entry.plain)):
        return False
    if any(term != term.lower().strip() for term in entry.terms):
        return False
    return entry.kind in ("clinical", "word", "loose") and len(set(entry.plain)) == len(entry.plain)


def test_no_hint_has_a_number_or_unit():
    assert failing(has_no_number_or_unit, HINTED) == []


def has_no_number_or_unit(entry: Entry) -> bool:
    terms = " ".join(entry.terms)
    digits = set(re.findall(r"\d+", entry.hint)) - set(re.findall(r"\d+", terms))
    # 911 is what one dials for an ambulance; vitamin B12 is a name.
    return digits <= {"911", "12"} and not UNIT.search(entry.hint)


def test_each_hint_is_plainer_than_its_term():
    assert failing(is_plainer, HINTED) == []


def is_plainer(entry: Entry) -> bool:
    hint = re.findall(r"[a-z']+", spoken(entry.hint))
    term = re.findall(r"[a-z']+", entry.terms[0])
    named = spoken(entry.hint) in entry.terms[0] or "(" in entry.hint
    shorter = mean(hint) <= mean(term)
    return named or shorter or max(map(syllables, hint)) <= 3


def mean(words: list[str]) -> float:
    """Syllables per word."""
    return sum(map(syllables, words)) / len(words)


def test_no_hint_needs_a_hint():
    assert failing(needs_no_hint, HINTED) == []


def needs_no_hint(entry: Entry) -> bool:
    terms = " ".join(entry.terms)
    inner = [(term, hint) for term, hint in hints(spoken(entry.hint)) if term not in terms]
    # "Artery (blood vessel from the heart)" keeps the name that patients hear.
    unexplained = [term for term, hint in inner if hint[:3].lower() != term[:3]]
    return set(unexplained) <= KNOWN


@pytest.mark.parametrize(("rule", "entry"), [
    (is_well_formed, Entry(("Edema",), ("swelling",), "clinical")),
    (is_well_formed, Entry(("edema",), ("swelling", "swelling"), "clinical")),
    (has_no_number_or_unit, Entry(("low sodium",), ("under 140",), "clinical")),
    (has_no_number_or_unit, Entry(("teaspoon",), ("a few ml",), "clinical")),
    (is_plainer, Entry(("swelling",), ("accumulation of extracellular fluid",), "clinical")),
    (needs_no_hint, Entry(("dyspnea",), ("short breath like hematuria",), "clinical")),
])  # fmt: skip
def test_a_careless_entry_fits_no_rule(rule, entry):
    assert not rule(entry)


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


@pytest.mark.parametrize(("term", "rival"), RIVALS)
def test_a_rival_does_not_say_the_term(term, rival):
    found = mentions(term)
    assert not any(Sentence(rival).says_mention(mention) for mention in found)


@pytest.mark.parametrize(("text", "words"), EVERYDAY)
def test_an_everyday_word_is_no_term(text, words):
    assert words not in [mention.words for mention in mentions(text) if mention.entry.clinical]


@pytest.mark.parametrize(("text", "term", "hint"), IN_CONTEXT)
def test_the_same_word_is_a_term_in_its_context(text, term, hint):
    assert dict(hints(text))[term] == hint


def test_everyday_phrases_are_no_entries():
    assert {entry.kind for entry in entries()} == {"clinical", "word", "loose"}


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


def test_a_name_is_no_hint_for_its_plural():
    assert hints("Airways and viruses") == []
