"""Negation and prohibition in an English rewrite.

A clause says "do" or "do not"; "avoid", "stop" and "hold" turn it round once, "not" once more: "must
not be discontinued" and "keep taking" agree.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from content.safety.base import Finding, Pair, Severity
from content.safety.wording import VERBS, WEAK_STEMS, Sentence, clauses, plain
from content.text.sifting import Sifted

# What looks negative and forbids nothing, and what is positive and denies: one word on both sides.
_IDIOMS: tuple[tuple[str, str], ...] = (
    (r"\beven in the absence of\b", "without"),
    # "Pain that is not relieved should be reported" says "if it is not relieved, report it".
    (r"\b(?:that|which|who) (?=(?:is|are|do|does|did|has|have|can|will|was|were) not\b[^.;]*\b(?:should|must|requires?|needs?)\b)", "if "),
    (r"\bin the absence of\b", "if there are no"),
    # Said again of what the sentence has forbidden: "The risk rises if you stop."
    (r"\b(?:if|when) you (?:stop|quit|skip)(?: taking| using)?(?: (?:it|them|these|this|your|the))?"
     r"(?: (?:medicines?|medications?|pills?|tablets?))?(?=\s*(?:[.,;]|$))", "otherwise"),
    (r"\bsmoking cessation\b", "stop smoking"),
    (r"\bwithout (?:a |your )?prescription\b|\bnon-?prescription\b|\bthat (?:\w+ ){0,2}do not need a prescription\b", "over-the-counter"),
    (r"(?:^|(?<=[.;] ))keep (?:\w+ ){1,5}?from(?= \w+ing\b)", "do not let"),
    (r"\b(?:do|does|will) not last\b", "temporary"),
    (r"\bfast(?:ing)?\b (?=for|before|overnight|from|after|\d)", "do not eat "),
    (r"\beven if (?:you|they|he|she) (?:do|does) not (?:take|use|have|get)(?: any)?\b|\beven with no\b", "without"),
    (r"\bnon-?weight-?bearing\b", "not weight bearing"),
    (r"\bwithout (?:first |your |(?:the )?\w+ |prior )?(?:consult\w*|talking|speaking|asking|checking|telling|permission|approval"
     r"|advice|instruction\w*|supervision|guidance|oversight)\b", "alone"),
    (r"\bwith or without\b|\bwhether or not\b|\birrespective of\b|\bregardless of\b|\bno matter\b", "regardless"),
    (r"\bfor no (?:clear |known |good |obvious )?reason\b|\bwith no (?:clear |known )?(?:cause|reason)\b|\bthat had no (?:clear |known )?cause\b|\bunprovoked\b", "unexplained"),
    (r",? or (?:else )?(?:it|they|you|this|he|she|your \w+) (?:will|may|might|could|can) (?:not |stop )", ", otherwise "),
    (r"\bcan not tell (?:why|what)\b|\bdo not know (?:why|what)\b|\bnot (?:sure|clear) why\b", "unexplained"),
    (r"\bdo not (?:stop|quit) (?:just |only )?because\b", "regardless"),
    (r"\b(?:stay|keep|is|are) (?:\w+ ){0,5}?(?:out of|off limits|off|away(?: from)?)\b(?! (?:the )?reach)", "not"),
    (r"\bleave (?:\w+ ){1,3}out\b|\bdo without\b|\bgo without\b|\bsteer clear of\b|\bpass on\b|\bh[oe]ld back\b", "skip"),
    (r"\bat (?:the )?most\b|\bat least\b", "limit"),
    (r"\bdo not forget\b|\bnot forget\b", "please"),
    (r"\bnot just\b|\bnot even\b(?= one)", "also"),
    (r"\b(?:cessation|discontinuation|interruption|omission) of\b|\beliminated (?:\w+ )?from\b|\bsuspend\w*\b", "stop"),
    (r"\bcan not (?:lie|sit|stand|stay) still\b", "restless"),
    (r"\bout of (?:the )?(?:reach|sight)(?: of)?\b|\bwhere .{3,30} can not (?:get|reach|see)\b", "unreachable"),
    (r"\bkeep (?:\w+ ){1,6}?(?:home|out)\b(?= (?:from|of|until|when|if))", "not"),
    (r"\b(?:no|not (?:be )?)(?: more| less| longer| later| fewer| older| younger| higher| lower)(?: than)?\b", "limit"),
    (r"\b(?:do|should|must|does|may|can) not (?:exceed|go over|take more than|use more than|drink more than|eat more than|have more than)\b", "limit"),
    (r"\bnot (?:to )?exceed(?:ing)?\b|\bnever more than\b|\bmaximum\b|\bnot only\b", "limit"),
    (r"\b(?:that |which |it |they )?(?:do|does|will|is|are) not (?:go|going) away\b|\b(?:that|which|it|they) (?:do|does|will) not stop\b|\b(?:do|does|did|will|has|have) not (?:resolved?|subsided?|cleared?(?: up)?)\b", "persistent"),
    (r"\b(?:is|are|was|be|get|gets|do|does)? ?not (?:getting |get |have |having |drink |eat |sleep )?enough\b|\black of\b|\binadequate\w*|\binsufficient\w*|\bpoor\b", "deficient"),
    (r"\bnot (?:(?:getting|get|feel|feeling|doing|do) )?(?:any )?(?:better|improv(?:e|ed|es|ing))\b|\bno better\b", "same-or-worse"),
    (r"\b(?:that )?you (?:can|could|do|did) not (?:explain|know why|remember)\b|\bunexplained\b|\bfor no reason\b|\bwithout (?:a |any )?(?:known |clear )?(?:reason|cause)\b", "unexplained"),
    (r"\b(?:with )?(?:no|without(?: any)?) (?:symptoms|signs)\b|\b(?:do|does) not (?:have|feel|notice|cause)(?: any)? (?:symptoms|signs)\b|\basymptomatic\b|\babsence of symptoms\b|\bfeel (?:fine|well|good|ok|okay)\b", "symptomless"),
    (r"\b(?:is|are) (?:un|not )(?:able|safe|clear|usual|likely|common)\b|\bnot able to\b|\bunable to\b|\binability to\b", "can not"),
    (r"\bmay not\b", "must not"),
    (r"\bwithout delay\b", "immediately"),
    (r"\bineffective\b", "not effective"),
    (r"\b(?:rather than|instead of)\b", "not"),
    (r"\bnot (?:be )?(?:strong|hard|intense|harsh)\b", "gentle"),
    (r"\b(?:is|are|be|was|were|been|has|have|had)? ?(?:gone|over|ended)\b|\bno longer\b|\bsubsided?\b|\bresolved?\b", "ended"),
    (r"\bstop(?:s|ped)? (?:the |a |an |your )?(?:\w*bleed\w*|pain|itch\w*|cough\w*|spread|infection\w*|swelling)\b", "ended"),
    (r"\bdo not (?:worry|hesitate|be afraid|wait)\b", "please"),
    (r"\b(?:do|does|will|can|may|should) not (?:work|help)\b", "not effective"),
    (r"\bnot pregnant\b|\bnonpregnant\b", "nonpregnant"),
    (r"\bso (?:that )?(?:you|it|they|your \w+|the \w+) (?:do|does|will|can|are|is) not\b", "prevent"),
    (r"\bkeep (?:it )?(?:from|out of)\b|\bkeeps? (?:your \w+ |the \w+ |it |them )?from\b", "prevent"),
    # What comes of stopping is told of stopping, as "if you stop" tells it.
    (r"^\s*((?:\w+\s+){0,2}(?:stop|stopping|skipping|quitting)\s+(?:\w+\s+){1,5}?)(?=(?:may|can|could|might|increases?|raises?"
     r"|causes?|leads?|results?|precipitates?|triggers?|is|has|helps?|will)\b)", r"if \1; "),
    (r"\b(?:left|leave\w*|be) (?:\w+ ){0,2}?(?:unattended|alone|by \w+sel\w+)\b", "unwatched"),
    (r"\bfluid-free|sugar-free|fever-free|gluten-free\b", "free"),
)  # fmt: skip
_IDIOM_PATTERNS = tuple((Sifted(pattern), word) for pattern, word in _IDIOMS)
SAYS_NO = re.compile(
    r"\b(?:not|never|no|nothing|none|without|neither|nor|prohibited|forbidden|absence|absent|npo)\b"
)
# Words that say "not" by how they begin or end.
NEGATIVE = re.compile(
    r"\b(?:non-?\w{4,}|un(?!til|der|less|ion|it|iform|ique|dergo)\w{4,}|in(?:ability|effective|sufficient|adequate"
    r"|accessible|complete|active|valid|visible|tolera)\w*|im(?:possible|mobile|mature|proper)\w*|ir(?:regular|reversible)\w*|\w{4,}less)\b"
)
# Words of the source that a rewrite may open into "not", and others that it may mean.
_LATENT = re.compile(
    r"\b(?:avoid|non-?\w+|un(?!til|der|less|ion|it|iform|ique)\w{4,}|\w{3,}less|dis(?!continu|charge|cuss|ease|ord|sol)\w{4,}|"
    r"in(?:ability|effective|sufficient|adequate|tolerance|accessible)|\w+-free|free of|prevent\w*|protect\w*|"
    r"immobil\w*|declin\w*|impair\w*|insufficien\w*|deficien\w*|dysfunction\w*|loss|lose|fail\w*|refus\w*|empty|fasting|control\w*|minimi\w+|reduc\w*|restrict\w*|limit\w*)\b"
)
_TURN = re.compile(
    r"\b(?:avoid\w*|interrupt\w*|(?<!keep )stop(?:s|ped|ping)?|discontinu\w*|terminat\w*|withh?eld|withhold\w*|skip\w*|omit\w*|omission|"
    r"contraindicated|quit\w*|refrain\w*|abstain\w*|stay away|keep away|give up|cut out|leave out|be eliminated|eliminat\w* (?=wheat|gluten|dairy|alcohol|caffeine|salt|\w+ from (?:the|your) diet)|cease\w*|hold off)\b"
)
_HEDGED = re.compile(r"\b(?:only|unless|except|until|limit|rather|before)\b")
# "(Patients who get hives) while taking it | should stop": the duty is no part of the condition.
_DUTY = re.compile(
    r", (?=(?:[\w-]+ ){1,5}(?:should|must) )|(?<!\byou )(?<!\bthey )(?<!\bhe )(?<!\bshe )\b(?=(?:should|must) )"
)
_CONDITION = re.compile(
    r"(?:if|when|once(?! (?:a|per|daily|every|each|weekly)\b)|while|after|before|unless|until)\b"
)
# "Use it only if it is clear" says "do not use it if it is cloudy".
_TURNED_ROUND = re.compile(r"\bonly (?:if|when|after)\b")
_EASED = re.compile(r"\b(?:only|until|unless)\b")
_ALIGNED = 0.34
_DENIED = 0.6


@dataclass(frozen=True)
class _Clause:
    text: str
    no: bool
    turn: bool

    @property
    def condition(self) -> str:
        """What the clause is: "if" or "when", "before", "after" … or a statement ("")."""
        opening = _CONDITION.match(self.text)
        return (
            {"when": "if", "while": "if"}.get(opening.group(), opening.group()) if opening else ""
        )

    @property
    def odd(self) -> bool:
        return self.no != self.turn

    @property
    def marked(self) -> bool:
        return self.no or self.turn


class PolarityKept:
    """No clause says the opposite of the source's."""

    id = "negation"

    def findings(self, pair: Pair) -> Iterator[Finding]:
        if ("nonpregnant" in _same_words(pair.source)) != (
            "nonpregnant" in _same_words(pair.target)
        ):
            yield self._finding(Severity.BLOCKING, "“Not pregnant” is lost or new.")
        source, target = _clauses(pair.source), _clauses(pair.target)
        if any(clause.odd for clause in source) and not any(clause.odd for clause in target):
            if not _hedges(pair.target) - _hedges(pair.source):
                yield self._finding(
                    Severity.BLOCKING, "“Not”, “avoid” or “stop” of the source is missing."
                )
                return
        elif any(clause.odd for clause in target) and not any(clause.odd for clause in source):
            yield from self._new(source, target, pair)
            return
        if _TURNED_ROUND.search(plain(pair.target)):
            return
        turned = bool(_hedges(pair.source) ^ _hedges(pair.target))
        if told := _told_to_stop(pair) or _told_to_do(source, target):
            yield self._finding(Severity.BLOCKING, f"The source says not to: “{told}”.")
            return
        for clause in source:
            opposite = _opposite(clause, target, turned)
            if opposite:
                message = f"“{opposite.text}” may say the opposite of “{clause.text}”."
                yield self._finding(Severity.BLOCKING, message)
                return

    def _new(self, source: list[_Clause], target: list[_Clause], pair: Pair) -> Iterator[Finding]:
        """A "not" that is new: sure where it denies what the source says; else a way of saying it
        ("remain upright", "do not lie down")."""
        odd = [clause for clause in target if clause.odd]
        opened = [word for word in NEGATIVE.findall(plain(pair.source)) if word not in pair.target]
        if len(opened) >= len(odd):
            return
        turned = bool(_hedges(pair.source) ^ _hedges(pair.target))
        licensed = any(_licenses(clause, turned) for clause in source)
        said = Sentence(pair.source)
        sure = any(_denies(clause, said) and not _EASED.search(clause.text) for clause in odd)
        severity = Severity.BLOCKING if sure and not licensed else Severity.WARNING
        yield self._finding(severity, "A “not”, “avoid” or “stop” is not in the source.")

    def _finding(self, severity: Severity, message: str) -> Finding:
        return Finding(self.id, severity, message)


def _denies(clause: _Clause, source: Sentence) -> bool:
    """Whether most of what stands behind the "not" of ``clause`` is said by the source."""
    start = SAYS_NO.search(clause.text) or _TURN.search(clause.text)
    denied = _words(clause.text[start.end() :]) if start else frozenset()
    told = denied - WEAK_STEMS or denied
    said = sum(source.covers(one) or one in source.licence for one in told)
    return bool(told) and said / len(told) >= _DENIED


def _licenses(clause: _Clause, turned: bool) -> bool:
    """Whether a clause of the source may be said with a "not"."""
    return bool(
        (turned and _HEDGED.search(clause.text) and not clause.marked)
        or _LATENT.search(clause.text)
    )


@lru_cache(maxsize=512)
def _same_words(text: str) -> str:
    folded = plain(text)
    for pattern, word in _IDIOM_PATTERNS:
        folded = pattern.sub(f" {word} ", folded)
    return re.sub(r"\s+", " ", folded)


def _clauses(text: str) -> list[_Clause]:
    return [_clause(part) for part in _parts(_same_words(text))]


def _clause(part: str) -> _Clause:
    return _Clause(part, bool(SAYS_NO.search(part)), bool(_TURN.search(part)))


def _parts(text: str) -> list[str]:
    parts: list[str] = []
    for part in clauses(text):
        condition, *duty = _apart(part)
        if duty and parts and duty[0].startswith(("should", "must")):
            parts[-1] += (
                f" {duty[0]}"  # "Blisters that form | after a burn | should not be opened."
            )
            duty = []
        parts += [condition, *duty]
    return parts


def _apart(clause: str) -> list[str]:
    """A condition and the duty that follows it without a comma."""
    return _DUTY.split(clause, maxsplit=1) if _CONDITION.match(clause) else [clause]


_NOT_STOP = re.compile(
    r"\b(?:not|never) (?:\w+ ){0,2}?(?:stop|discontinu|interrupt|skip|quit|omit|cease|suspend|withh)\w*"
)
_STOP = re.compile(
    r"(?:^|[.;:,] |\band |\bthen )(?:please )?(?:stop|quit|skip|discontinue|cease)\b[^.;]*"
)


def _told_to_stop(pair: Pair) -> str:
    """The order to stop of a rewrite whose source says only not to."""
    source, target = plain(pair.source), plain(pair.target)
    forbidden = _NOT_STOP.search(source) and not _STOP.search(_NOT_STOP.sub(" ", source))
    order = _STOP.search(target)
    return (
        order.group().strip(" ,.") if forbidden and order and not _NOT_STOP.search(target) else ""
    )


_ORDER = re.compile(rf"(?:please )?(?:{VERBS})\b")
_SAME = 0.6
# "(It must be) swallowed whole | and never crushed".
_HALVES = re.compile(
    r",? (?:and|but) (?=(?:(?:must|should|may|do|does) )?(?:not|never)\b)|, (?=not\b)"
)


def _told_to_do(source: list[_Clause], target: list[_Clause]) -> str:
    """An order that only stands in what the source forbids: "avoid sleeping and wearing X", "wear X"."""
    denied = [clause for clause in target if clause.odd]
    told = [_clause(half) for clause in source for half in _HALVES.split(clause.text)]
    orders = [clause for clause in target if not clause.marked and _ORDER.match(clause.text)]
    for order in orders:
        near = [clause for clause in told if _said_in(order, clause)]
        forbidden = near and all(clause.odd and not clause.condition for clause in near)
        if forbidden and not any(_said_in(order, clause) for clause in denied):
            return order.text
    return ""


def _said_in(one: _Clause, other: _Clause) -> bool:
    """Whether most of the content of ``one`` is in ``other``."""
    words, said = _words(one.text), Sentence(other.text)
    return len(words) > 1 and sum(said.covers(word) for word in words) / len(words) >= _SAME


def _hedges(text: str) -> frozenset[str]:
    """Words that turn a sentence round: "not unless told" is "only if told", not "unless told"."""
    return frozenset(_HEDGED.findall(_same_words(text)))


def _opposite(clause: _Clause, target: list[_Clause], turned: bool) -> _Clause | None:
    """The clause of the target that is about the same thing and stands against ``clause``.

    ``turned`` says whether a hedge came or went, with which a "not" may come or go.
    """
    if len(_words(clause.text)) < 2:
        return None
    alike = [other for other in target if other.condition == clause.condition]
    rated = [(_overlap(clause.text, other.text), other) for other in alike]
    near = [(score, other) for score, other in rated if score >= _ALIGNED]
    if not near or any(other.odd == clause.odd for _, other in near):
        return None
    best = max(near, key=lambda pair: pair[0])[1]
    excused = not (clause.marked or best.marked) or (
        turned and (_HEDGED.search(best.text) or _HEDGED.search(clause.text))
    )
    return None if excused else best


@lru_cache(maxsize=4096)
def _words(text: str) -> frozenset[str]:
    return Sentence(text).content


def _overlap(first: str, second: str) -> float:
    mine, theirs = _words(first), _words(second)
    if not mine or not theirs:
        return 0.0
    said = Sentence(second)
    shared = sum(said.covers(one) for one in mine)
    return shared / min(len(mine), max(1, len(theirs)))
