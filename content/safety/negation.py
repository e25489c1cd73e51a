"""Negation and prohibition in a translation: "do not take" must not become "take"."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from content.languages import ENGLISH
from content.safety.base import Finding, Pair, Severity
from content.safety.ceilings import CEILING
from content.safety.lexicon import word_pattern
from content.safety.negation_words import COMMAND_BY_TWO, GO_ON, NO, STOP
from content.text.segments import split_sentences

# "No more than 5" is a limit; another language may say "at most".
LIMIT = re.compile(
    r"\b(?:no|not) (?:be )?(?:more|less|fewer|later|longer|older|younger|higher|lower|earlier|sooner|over)"
    r"\b(?: than)?|\b(?:do|should|must|does|may|can)(?: not|n't) (?:exceed|go over|take more|drink more|"
    r"eat more|use more)\b|\bnot exceed(?:ing)?\b|\bnot only\b|\bno matter\b|\bwhether or not\b"
    r"|\bor not\b|\bwith or without\b|\bif not\b|\bnot (?:yet )?sure\b|\bno longer\b|\bnot (?:yet )?(?:been )?(?:known|clear|limited to)\b"
)
_NO = re.compile(
    r"\b(?:not|never|no|none|nothing|neither|nor|cannot|without|nobody|unable)\b|n't\b|n’t\b"
)
# A prohibition or denial that its clause turns on, and no relative clause ("shoes that do not slip").
_PLAIN_NO = re.compile(
    r"(?:^|[.;:!?,–—]\s*|\b(?:and|but|or|you|they|he|she|it|please|patients?|people|babies|baby|child|children|"
    r"adults?|women|men|infants?|if|is|are|should|must|may|can|could|will|does|do|has|have|always|also|be)\s+)"
    r"(?:please )?(?:do not|don['’]t|never|must not|mustn['’]t|should not|shouldn['’]t|cannot|can['’]t|"
    r"may not|need not|not|no|does not|doesn['’]t|is not|isn['’]t|are not|aren['’]t|won['’]t|"
    r"will not|has not|have not|haven['’]t|hasn['’]t|nothing)\b"
)
_STOP = re.compile(
    r"\b(?:avoid|quit|discontinue|refrain|withhold|stay away|keep away|stop(?!\W+the bleed)|skip)\w*"
)
_SURE_STOP = re.compile(
    r"(?:^|[.;,]\s*|\b(?:should|must|please|and|to)\s+)(?:avoid|stop|quit|discontinue|refrain|stay away|keep away)\b"
)
_NOT_STOP = re.compile(
    r"\b(?:do not|don['’]t|never|must not|should not|not to|cannot|can['’]t|shouldn['’]t|nor|without)\s+(?:\w+ ){0,2}?"
    r"(?:stop|skip|miss|forget|discontinue|quit|delay|wait|hesitate|ignore|interrupt|fail|put off|leave out|worry|neglect|omit|lose|suspend|pause)\w*"
)
# English without "not" that other languages often say with it.
_NEGATIVE_SENSE = re.compile(
    r"\b(?:un(?!it|til|der|cle|ion|ique|less)\w{4,}|in(?:effective|ability|sufficient|complete|correct|secure|visible|tolera\w+)|im(?:possible|proper\w*)|"
    r"dis(?:comfort|able\w*|continue\w*|like\w*|solve\w*)|ir(?:regular|reversible)|\w+less|\w+-free|free of|free from|non\w+|"
    r"only|until|unless|before|instead|rather|except|hardly|rarely|seldom|keep|stay|remain|leave|hold|less|fewer|lack|lacks|lose|"
    r"empty|fast|fasting|too|enough|prevent\w*|protect\w*|avoid\w*|stop\w*|skip\w*|miss\w*|quit\w*|safe\w*|away|off|out of reach|"
    r"refus\w+|fail\w*|den(?:y|ies)|contraindicated|just|even|otherwise|loss|wait|alone|rest|sure|"
    r"always|difficult\w*|trouble|hard|problem\w*|unless|by itself|sugar-free|dry|still|all|whole|every|any|finish|"
    r"complete|continue|while|minimum|least|limit\w*|restrict\w*|within|worse|bad|sick|ill|weak\w*|numb\w*|reduce\w*|lower\w*|once)\b"
)


@dataclass(frozen=True, slots=True)
class _Stance:
    no: bool
    stop: bool


class NegationKept:
    """A "do not", "never" or "avoid" is still there, and none is new."""

    id = "negation"

    def findings(self, pair: Pair) -> Iterator[Finding]:
        if pair.language.code not in NO:
            return
        for source, target in _aligned(pair):
            yield from self._compare(source, target, pair.language.code)

    def _compare(self, source: str, target: str, code: str) -> Iterator[Finding]:
        bare = LIMIT.sub(" ", CEILING.sub(" ", source.lower()))
        limited = bare != source.lower()
        mine = _Stance(bool(_NO.search(bare)), bool(_STOP.search(bare)))
        theirs = _Stance(_has(NO, target, code), _has(STOP, target, code))
        if _NOT_STOP.search(bare):
            yield from self._not_stop(target, theirs, code)
        elif mine.no and not theirs.no and not theirs.stop:
            sure = bool(_PLAIN_NO.search(bare))
            yield self._finding(sure, "“Not” or “never” of the source is missing.")
        elif not mine.no and mine.stop and code in STOP:
            yield from self._stop(bare, target, theirs, code)
        elif not (mine.no or mine.stop or limited):
            yield from self._added(bare, target, theirs, code)

    def _not_stop(self, target: str, theirs: _Stance, code: str) -> Iterator[Finding]:
        """ "Do not stop": a bare "stop" is the opposite; a bare "go on" is well said."""
        if theirs.stop and not theirs.no:
            yield self._finding(True, "The source says not to stop or miss; this text may say to.")
        elif not theirs.no and not _has(GO_ON, target, code) and code in GO_ON:
            yield self._finding(False, "The source says not to stop, miss or forget something.")

    def _stop(self, bare: str, target: str, theirs: _Stance, code: str) -> Iterator[Finding]:
        if not theirs.no and not theirs.stop:
            sure = bool(_SURE_STOP.search(bare))
            yield self._finding(sure, "“Avoid” or “stop” of the source is missing.")
        elif (
            theirs.no
            and theirs.stop
            and _has(COMMAND_BY_TWO, target, code)
            and _SURE_STOP.search(bare)
        ):
            yield self._finding(True, "The source says to stop or avoid; this text says not to.")

    def _added(self, bare: str, target: str, theirs: _Stance, code: str) -> Iterator[Finding]:
        if not theirs.no or _has(COMMAND_BY_TWO, target, code) or code not in STOP:
            return
        if _commands_not(target, code):
            sure = not _NEGATIVE_SENSE.search(bare)
            yield self._finding(sure, "This text has a “not” that the source has not.")

    def _finding(self, sure: bool, message: str) -> Finding:
        return Finding(self.id, Severity.BLOCKING if sure else Severity.WARNING, message)


# Clear prohibitions, where a bare "no" may be part of a word or a set phrase.
_PROHIBITIONS: dict[str, str] = {
    "es": r"\b(?:no|nunca)\b", "pt-BR": r"\b(?:não|nunca)\b", "fr": r"\b(?:ne|jamais)\b|\bn['’]",
    "ht": r"\b(?:pa|pinga)\b(?! (?:jou|semèn|mwa|ane|èdtan|bouch))", "vi": r"\b(?:không|đừng|chớ)\b",
    "tl": r"\b(?:huwag|hindi)\b", "zh-Hans": r"不要|请勿|切勿|不得|不可|不能|不应|别|没有|不会|不需",
    "zh-Hant": r"不要|請勿|切勿|不得|不可|不能|不應|別|沒有|不會|不需",
    "ar": r"(?<!\w)[وف]?(?:لا|لم|لن|ليس)(?!\w)", "ru": r"\b(?:не|нельзя|никогда)\b",
    "ko": r"마십시오|마세요|말아|지 않|(?<![가-힣])안 ", "hi": r"(?<!\w)(?:न|नहीं|मत)(?!\w)", "so": r"\b(?:ha|ma|aan)\b",
}  # fmt: skip


def _commands_not(target: str, code: str) -> bool:
    pattern = _PROHIBITIONS.get(code)
    return bool(pattern and re.search(pattern, target.lower()))


def _aligned(pair: Pair) -> Iterator[tuple[str, str]]:
    """Sentence by sentence where the two have as many, else as a whole."""
    source = split_sentences(pair.source, ENGLISH.code)
    target = split_sentences(pair.target, pair.language.code)
    if len(source) == len(target):
        yield from zip(source, target, strict=True)
    else:
        yield pair.source, pair.target


def _has(table: dict[str, str], text: str, code: str) -> bool:
    pattern = _compiled(id(table), code)
    return bool(pattern and pattern.search(unicodedata.normalize("NFC", text).lower()))


_TABLES = {id(table): table for table in (NO, STOP, GO_ON, COMMAND_BY_TWO)}


@lru_cache(maxsize=256)
def _compiled(table: int, code: str) -> re.Pattern[str] | None:
    forms = _TABLES[table].get(code)
    return word_pattern(forms, code) if forms else None
