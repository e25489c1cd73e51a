"""A statement about patients as one to the reader: "Patients with gout should rest" is "If you have gout, rest."

For statements of a few plain builds only. Where a word could then mean another person, or a verb
would need another form, nothing is returned.
"""

import re

_STATEMENT = re.compile(
    r"^(?:(?:All )?Patients(?: (?P<how>with|taking|using|receiving|who) (?P<what>[^,;:]+?))?|Parents|Caregivers)"
    r" (?:should|must)(?: (?P<adverb>not|never|always))? (?P<rest>(?!be\b|have\b|not\b|never\b|always\b|only\b)[a-z]+ .+)$"
)
# After these, "your" and "you" could be somebody else's.
_OTHERS = re.compile(
    r"\b(?:they|them|themselves|patients?|he|she|his|her|who|which|children|people|persons?|relatives|family)\b"
)
_VERBS = {"with": "have", "taking": "take", "using": "use", "receiving": "get", "who": ""}
_ADVERBS = {None: "", "not": "do not ", "never": "never ", "always": "always "}
# "Immediately call": another order of words than a reader expects.
_NO_VERB = re.compile(r"^(?:\w+ly|also|first|then|still|either|both)\b")


def addressed_to_reader(statement: str) -> str:
    """The statement as an instruction to the reader, or "" where rules cannot say it well."""
    match = _STATEMENT.match(statement)
    if not match or _NO_VERB.match(match["rest"]):
        return ""
    what = match["what"] or ""
    if _OTHERS.search(f"{what} {match['rest']}"):
        return ""
    told = _ADVERBS[match["adverb"]] + re.sub(r"\btheir\b", "your", match["rest"])
    if not what:
        return told[0].upper() + told[1:]
    verb = _VERBS[match["how"]]
    condition = " ".join(filter(None, ("If you", verb, re.sub(r"\btheir\b", "your", what))))
    return f"{condition}, {told}"
