"""Urgency in an English rewrite: 911, the emergency room, right away, the same day, a call."""

import re
from collections.abc import Iterator

from content.safety.base import Finding, Pair, Severity
from content.safety.wording import plain
from content.text.sifting import Sifted

_STEPS: dict[str, Sifted] = {
    "911": Sifted(r"\b911\b|\bambulance\b"),
    "emergency": Sifted(
        r"\bemergency\b|\ber\b|to (?:the|a) (?:nearest )?hospital|life-threatening"
    ),
    "right away": Sifted(
        r"immediate(?:ly)?(?!-| (?:before|after|prior|following))\b|right away|\bat once\b|straight away|right now|"
        r"as soon as (?:possible|you can|they can)|without delay|urgent\w*|\bpromptly\b|(?<!should )(?<!must )\bprompt (?=(?:\w+ )?(?:medical|evaluation|attention|care|help|treatment|assessment|call|contact|report))|"
        r"(?<!for )(?<!from )(?<!by )(?<!until )\bnow\b(?! that)"
    ),
    "the same day": Sifted(r"same (?:calendar )?day|same-day|that day|\btoday\b"),
    "call": Sifted(
        r"\b(?:call|be called(?! a|\w)|contact(?:ed|ing)? (?=(?:the|your|a|an|us|their|his|her|any|emergency|poison|local|medical)\b)|be contacted|tell|(?<!frequently )(?<!commonly )(?<!often )report\w*|inform\w*|notif\w*|let .{2,30} know|talk\w*|see (?:an?|your|the) (?:\w+ )?(?:doctor|provider|nurse)|"
        r"medical (?:evaluation|help|care|attention|advice)|get (?:help|checked|medical)|be (?:seen|checked|examined) by|looked at|(?:get|have) (?:\w+ ){1,4}(?:checked|examined)|seek|ask(?:ing)?|consult\w*|discuss\w*|speak(?:ing)?|go to|(?:requires?|merits?|warrants?|needs?) (?:\w+ ){0,2}(?:evaluation|assessment|examination|review))\b"
    ),
}
# "A life-threatening reaction" may be called an emergency; it need not be.
_THREAT = re.compile(r"life-threatening", re.IGNORECASE)
_HELP = frozenset(("911", "emergency", "right away", "call"))
_ASKS_TO_CALL = re.compile(
    r"(?:^|[.,;] |\band |\bor )(?:please )?(?:call|tell|contact|see|ask|talk to) (?:your|the|a|if|us|911)\b"
)
_PUT_OFF = re.compile(
    r"\b(?:next (?:\w+ )?(?:visit|appointment|checkup|check-up)|tomorrow|in a few days|few days|wait (?:and|to|for|until)|"
    r"see if it gets better|rest and|when (?:it is|it's) convenient|if it (?:does not|do not) get better|make an appointment)\b"
)
_AT_ONCE = re.compile(r"\b(?:all at once|at once\.|two doses at once|suddenly)\b")


class UrgencyKept:
    """Help is as urgent as in the source: not put off, and not hurried."""

    id = "urgency"

    def findings(self, pair: Pair) -> Iterator[Finding]:
        told, target = _steps(pair.source), _steps(pair.target)
        source = _steps(_THREAT.sub(" ", pair.source))
        for step in sorted(source - target):
            if not _outdone(step, target):
                yield self._block(f"“{step}” of the source is missing.")
        for step in sorted(target - told):
            if not _outdone(step, told) and step != "call":
                yield self._block(f"“{step}” is not in the source.")
        if (
            "call" in target - told
            and not told & _HELP
            and _ASKS_TO_CALL.search(plain(pair.target))
        ):
            message = "This asks the reader to call; the source does not."
            yield Finding(self.id, Severity.WARNING, message)
        put_off = _PUT_OFF.search(plain(pair.target)) and not _PUT_OFF.search(plain(pair.source))
        if source and put_off:
            yield self._block("This rewrite puts off what the source does not.")

    def _block(self, message: str) -> Finding:
        return Finding(self.id, Severity.BLOCKING, message)


def unhurried(source: str, text: str) -> str:
    """``text`` as urgent as ``source``: "call the clinic right away" where the source only says to call.

    A small model hurries every call for help. Taking the haste out again is a mend, not a check:
    what it returns is verified like any other wording.
    """
    told, said = _steps(source), _steps(text)
    if "right away" not in said or told & {"911", "emergency", "right away"}:
        return text
    if "the same day" in told - said:
        return _HURRY.sub(r"\g<before>the same day", text)
    return _HURRY.sub("", text)


_HURRY = re.compile(r"(?P<before>,? )(?:right away|immediately)\b", re.IGNORECASE)


def _steps(text: str) -> set[str]:
    folded = _AT_ONCE.sub(" ", plain(text))
    found = {step for step, words in _STEPS.items() if words.search(folded)}
    # "Two pills on the same day" hurries nobody.
    return found if found & _HELP else found - {"the same day"}


def _outdone(step: str, others: set[str]) -> bool:
    """Whether a stronger step stands for this one."""
    if step == "call":
        return bool(others & {"911", "emergency"})
    if step == "emergency":
        return "911" in others
    return step == "right away" and bool(others & {"911", "emergency"})
