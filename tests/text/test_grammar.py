"""Passive voice, and sentences that tell their reader to do something."""

import pytest

from content.text.grammar import is_command, passives, tells_others

# (sentence, its passive verbs as they stand in it)
PASSIVE = [
    ("The tablet is taken with food.", ["is taken"]),
    ("Your blood will be tested every week.", ["be tested"]),
    ("The polyp has been removed.", ["been removed"]),
    ("You are being treated for asthma.", ["being treated"]),
    ("The dose was slowly raised.", ["was slowly raised"]),
    ("It should not be stopped suddenly.", ["be stopped"]),
    ("Warfarin is used to prevent clots.", ["is used"]),
    ("It isn't recommended for children.", ["isn't recommended"]),
    ("It’s given as a shot.", ["It’s given"]),
    ("Some pills get absorbed fast.", ["get absorbed"]),
    ("The wound was infected by germs.", ["was infected"]),
    ("The results are known in a week.", ["are known"]),
    ("The test is done at the hospital.", ["is done"]),
    ("The virus is spread by coughing, and is not easily killed.", ["is spread", "is not easily killed"]),
    ("The tube is put in and is held in place.", ["is put", "is held"]),
]  # fmt: skip
ACTIVE = [
    "You are tired and worried.",
    "Your ankle is swollen.",
    "If you are very confused, call 911.",
    "She is interested in the test.",
    "The liquid is red.",
    "There are a hundred pills in the bottle.",
    "It is in need of repair.",
    "Take metformin as prescribed.",
    "The doctor removed the polyp.",
    "You have finished the pills.",
    "These growths are called polyps.",
    "This is known as a flare.",
    "You are used to walking every day.",
    "When you are done, wash your hands.",
    "Get vaccinated every year.",
    "Ask how to get tested.",
    "Get started early.",
    "Your asthma is well-controlled.",
    "He was born in May.",
    "You are supposed to rest.",
    "Your nose is blocked and you feel dehydrated.",
    "This is a printed list.",
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "verbs"), PASSIVE)
def test_passive_verbs_are_found_where_they_stand(sentence, verbs):
    assert [sentence[start:end] for start, end in passives(sentence)] == verbs


@pytest.mark.parametrize("sentence", ACTIVE)
def test_adjectives_and_the_active_voice_are_no_passives(sentence):
    assert passives(sentence) == []


COMMANDS = [
    ("Take 1 pill with food.", True),
    ("- Call us if you feel sick.", True),
    ("If you feel sick, call us.", True),
    ("Before you eat, and before you drink, check your blood sugar.", True),
    ("Do not stop metformin.", True),
    ("Never share your pills.", True),
    ("Please always rinse your mouth.", True),
    ("Don’t drive.", True),
    ("Rest is important.", False),
    ("Use of alcohol can harm you.", False),
    ("Exercise helps your heart.", False),
    ("Asthma makes the airways swell.", False),
    ("The usual dose is 2 puffs.", False),
    ("You may feel sick.", False),
    ("", False),
]


@pytest.mark.parametrize(("sentence", "expected"), COMMANDS)
def test_commands(sentence, expected):
    assert is_command(sentence) is expected


OTHERS = [
    ("Patients should take it with food.", True),
    ("Adults with asthma should get a flu vaccine.", True),
    ("You should take it with food.", False),
    ("Most people feel better in a week.", False),
]


@pytest.mark.parametrize(("sentence", "expected"), OTHERS)
def test_sentences_about_others(sentence, expected):
    assert tells_others(sentence) is expected
