"""How sure an English rewrite is: may, must, usually, less of a risk."""

import re
from collections.abc import Iterator

from content.safety.base import Finding, Pair, Severity
from content.safety.wording import Sentence, plain, stem

_MAY_BE = re.compile(
    r"\b(?:may|might|can|could) (?:also )?be (?!given|taken|used|administered)([a-z]+)\b"
)
_MAY = re.compile(r"\b(?:may(?! not)|can|could|might|allow\w*|permit\w*|option\w*|able)\b")
_MAYBE = re.compile(r"\b(?:may|can|might) (?:cause|lead|occur|make|be)\b")
_MAY_DO = re.compile(
    r"(?<!you )(?<!patients )(?<!adults )(?<!people )(?<!women )\b(?:may|might|could) (?:\w+ly )?([a-z]{4,})\b"
)
_UNCERTAIN = re.compile(
    r"\b(?:may|might|can|could|possib\w*|sometimes|some|often|usually|common\w*|chance\w*|risk\w*|likely|help\w*|if|whether)\b"
)
_LESS_RISK = re.compile(
    r"\b(?:reduc|lower|decreas|diminish)\w* (?:the |your |their )?(?:\w+ )?(?:risk|likelihood|chance|incidence|odds)\b"
)
_NO_RISK = re.compile(
    r"^(?!.*\b(?:risk|chance|odds|likel\w*|less|fewer|lower\w*|help\w*|can|may|might)\b).*\b(?:keeps?|prevents?|stops?|protects?)\b"
)
_OFTEN = re.compile(
    r"\b(?:usual(?:ly)?|often|sometimes|typical(?:ly)?|general(?:ly)?|frequen(?:t|tly|cy)|(?:most )?common(?:ly)?|most(?:ly)?|routine(?:ly)?|predominant(?:ly)?)\b"
)
_NOT_ALWAYS = re.compile(r"\b(?:usually|generally|typically|often|mostly|sometimes|occasionally)\b")
_KEEPS_NOT_ALWAYS = re.compile(
    r"\b(?:usual\w*|general\w*|typical\w*|often|most\w*|sometimes|some|many|common\w*|may|might|can(?! not)|tends?|at times|now and then)\b"
)
_REASON = re.compile(
    r"\b(?:because|since|due to|owing to|as a result|therefore|caus\w*|reasons?|risk|so that|which|to (?:prevent|avoid|keep|lower|reduce|help))\b"
)


def _asserted(source: str, target: str) -> bool:
    """Whether "it may cause a rash" became "it causes a rash"."""
    if _UNCERTAIN.search(target):
        return False
    return any(stem(verb) in Sentence(target).stems for verb in _MAY_DO.findall(source))


def _often_lost(source: str, target: str) -> str:
    said = _NOT_ALWAYS.search(source)
    return said.group() if said and not _KEEPS_NOT_ALWAYS.search(target) else ""


class CertaintyKept:
    """A rewrite promises nothing: no "always", no "best", no "must" made of a "may" or back."""

    id = "certainty"

    _PROMISES = re.compile(
        r"\b(?:always|definitely|completely|guarantee\w*|perfectly|100 ?%|never fails|cures?|for sure|totally)\b"
    )
    _LICENCE = re.compile(
        r"\b(?:always|complete\w*|must|never|persist\w*|all|every|full\w*|entire\w*|cure\w*|total\w*|daily|each|whole)\b"
    )
    _DUTY = re.compile(r"\b(?:must|required|requires|should|need to|has to|have to)\b")
    _LEAVE = re.compile(
        r"(?<!\bif )(?<!\bwhen )(?<!\buntil )(?<!\bwhere )(?<!\bwhat )(?<!\bwhich )\byou (?:can|may)\b(?! (?:not|get|have|feel|be|notice|see|also feel))"
    )
    # "As close as you can" and "until the nurse says you can" give no leave.
    _AS_CAN = re.compile(
        r"\bas (?:\w+ ){1,8}as (?:\w+ )?can\b|\b(?:says?|told) (?:that )?you can\b"
    )
    _OTHERS_LEAVE = re.compile(
        r"\b(?:adult|doctor|nurse|person|someone|family|caregiver|patients?) (?:can|may)\b(?! not)"
    )
    _WILL = re.compile(r"\bwill (?:cause|make|give|get|have|lead|happen|hurt|harm|raise|lower)\b")
    _WHETHER_SHOULD = re.compile(r"\bwhether\b.*\b(?:should|must|needs?|required?|necessary)\b")
    _WHETHER_CAN = re.compile(
        r"^(?!.*\b(?:should|must|need|have to)\b).*\b(?:if|whether) you (?:can|may)\b"
    )
    _NEED_NOT = re.compile(
        r"\bnot (?:be )?(?:\w+ )?(?:required|needed|necessary|mandatory)\b|\bneed not\b|\bunnecessary\b|\bno need\b"
    )
    _FREE = re.compile(
        r"\bneed\w*\b|\bhave to\b|\b(?:can|may)\b|\bok(?:ay)?\b|\bfine\b|\brequire\w*\b|\bnecessary\b|\bunless\b|\bmust\b|\bwithout\b|\bno reason\b"
    )
    _COMFORT = re.compile(
        r"\b(?:do not worry|nothing to worry|it is safe|harmless|you will be fine|good news|no need to worry)\b"
    )

    _COMFORTS = re.compile(r"\b(?:safe|worry|harmless|normal|expected|concern)\b")

    def findings(self, pair: Pair) -> Iterator[Finding]:
        source, target = plain(pair.source), plain(pair.target)
        for message in (
            *self._promised(source, target),
            *self._made_certain(source, target),
            *self._allowed(source, target),
        ):
            yield Finding(self.id, Severity.BLOCKING, message)
        if lost := _often_lost(source, target):
            message = f"“{lost}” of the source is missing."
            yield Finding(self.id, Severity.WARNING, message)
        if re.search(r"\bbecause\b", target) and not _REASON.search(source):
            message = "A reason is given that the source does not give."
            yield Finding(self.id, Severity.WARNING, message)
        often = _OFTEN.findall(target)
        if len(often) > len(_OFTEN.findall(source)):
            message = f"“{often[-1]}” is not said there in the source."
            yield Finding(self.id, Severity.WARNING, message)

    def _promised(self, source: str, target: str) -> Iterator[str]:
        promise = self._PROMISES.search(target)
        if promise and not self._LICENCE.search(source):
            yield f"“{promise.group()}” is more certain than the source."
        comfort = self._COMFORT.search(target)
        if comfort and not self._COMFORTS.search(source):
            yield f"“{comfort.group()}” reassures; the source does not."

    def _made_certain(self, source: str, target: str) -> Iterator[str]:
        for state in _MAY_BE.findall(source):
            if re.search(rf"\b(?:is|are) {re.escape(state)}\b", target):
                yield f"“May be {state}” became “is {state}”."
        may = _MAYBE.search(source) and not re.search(r"\b(?:may|can|could|might)\b", target)
        if may and self._WILL.search(target):
            yield "“May” of the source became “will”."
        if _asserted(source, target):
            yield "What may be is told here as what is."
        if _LESS_RISK.search(source) and _NO_RISK.search(target):
            yield "Less of a risk became no risk."

    def _allowed(self, source: str, target: str) -> Iterator[str]:
        free = self._AS_CAN.sub(" ", target)
        leave = self._LEAVE.search(free) or self._OTHERS_LEAVE.search(free)
        if self._DUTY.search(source) and leave and not _MAY.search(source):
            yield "What the source requires is only allowed here."
        if self._NEED_NOT.search(source) and not self._FREE.search(target):
            yield "“Not required” of the source is missing."
        if self._WHETHER_SHOULD.search(source) and self._WHETHER_CAN.search(target):
            yield "The question is whether one should, not whether one can."
