"""What a check is, and what it finds. Checks are pure: no database, no settings, no Django."""

import logging
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Protocol

from content.languages import ENGLISH, Language

_QUOTED = re.compile("“([^”]+)”")
logger = logging.getLogger(__name__)


class Severity(StrEnum):
    """A blocking finding stops approval until it is mended or overridden by name."""

    BLOCKING = "blocking"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a check says of one sentence pair.

    ``message`` is a sentence for the educator or translator. ``span`` is the half-open range of
    characters of the *target* that is at fault, where it can be pointed at. ``insert`` are words that
    would mend it where the check knows them: in place of the span, or where the person puts them.
    """

    check: str
    severity: Severity
    message: str
    span: tuple[int, int] | None = None
    insert: str = ""


@dataclass(frozen=True, slots=True)
class Pair:
    """A source sentence and what was made of it: an English rewrite or a translation.

    ``topic`` is what the whole handout is about, where it is about one thing only.
    """

    source: str
    target: str
    language: Language = ENGLISH
    topic: str = ""


class Check(Protocol):
    """A hazard. ``id`` is stable: it is stored with findings and overrides."""

    id: str

    def findings(self, pair: Pair) -> Iterable[Finding]: ...


def run(checks: Iterable[Check], pair: Pair) -> list[Finding]:
    """Every finding of ``checks`` on ``pair``, blocking ones first."""
    found = [finding for check in checks for finding in _findings(check, pair)]
    return sorted(found, key=lambda finding: finding.severity is not Severity.BLOCKING)


def _findings(check: Check, pair: Pair) -> list[Finding]:
    """What ``check`` says. A check that breaks has not passed: it blocks, and says that it broke."""
    try:
        return [_located(finding, pair.target) for finding in check.findings(pair)]
    except Exception:
        logger.exception("check %s broke", check.id)
        message = "This check broke and could say nothing. Compare the two sentences yourself."
        return [Finding(check.id, Severity.BLOCKING, message)]


def _located(finding: Finding, text: str) -> Finding:
    """``finding`` with the span of the words that it quotes, where they stand in ``text``."""
    quoted = _QUOTED.search(finding.message)
    if finding.span or not quoted:
        return finding
    start = text.lower().find(quoted[1].lower())
    return finding if start < 0 else replace(finding, span=(start, start + len(quoted[1])))


def blocking(findings: Iterable[Finding]) -> bool:
    return any(finding.severity is Severity.BLOCKING for finding in findings)
