"""Conditions, order and direction in an English rewrite: unless, only, until, before, after."""

import re
from collections.abc import Iterator

from content.safety.base import Finding, Pair, Severity
from content.safety.wording import WEAK_STEMS, Sentence, clauses, plain
from content.text.sifting import Sifted

_SURE, _UNSURE = Severity.BLOCKING, Severity.WARNING

# "With gallstones should avoid meals" takes nothing with food.
_FEW = r"(?:(?!should|must|may|can|who|whose|avoid|is|are)\w+ ){0,3}"
# name, words of the source, words that keep it, how sure an absence is an error.
_KEPT: tuple[tuple[str, str, str, Severity], ...] = (
    ("unless", r"\bunless\b|\bexcept\b|without (?:\w+ ){0,2}(?:approval|permission|consult\w*|talking|asking)",
     r"\b(?:unless|except|only|without|until|if (?:you|they|it|we|the|your) (?:\w+ )?(?:do|does|can) not|first|before|other than)\b|\bif not\b|\bbut if\b|\bexception\b|\bif\b.*\b(?:skip|do not|stop)\b", _SURE),
    ("unless someone allows it", r"\bunless (?:\w+ ){0,2}(?:permitted|directed|instructed|told|approved|advised|prescribed|allowed|recommended)\b",
     r"\b(?:unless|except|only|until|without|says?|tells?|told|lets?|allow\w*|approv\w*|orders?|prescri\w*|instruct\w*|direct\w*|ok)\b", _SURE),
    ("only", r"\bonly\b|\bexclusive(?:ly)?\b", r"\b(?:only|just|nothing but|nothing else|no other|alone|not (?:\w+ ){0,5}(?:unless|until|other))\b|\bexcept\b|\bunless\b", _SURE),
    ("until", r"\buntil\b|\btill\b", r"\b(?:until|till|up to|before|wait|reach|even|(?:only|not|no|never|do)\b.*\b(?:after|once|when|if|unless))\b", _SURE),
    ("even if", r"\beven (?:if|when|though|after|without|in)\b|\bregardless\b", r"\beven\b|\bno matter\b|\bwhether or not\b|\balso (?:if|when)\b|\bstill\b|\bbecause you feel\b|\bwith or without\b", _SURE),
    ("before", r"\bbefore\b|\bprior to\b|\bpreceding\b|\bpreoperative\w*\b|\bahead of\b|\bin advance\b", r"\b(?:before|first|ahead|until|prior|early|leading up|in advance|eve|later|then|until|due|upcoming|beforehand)\b", _SURE),
    ("before and after", r"\bbefore and after\b", r"\b(?:before|after)\b.*\b(?:before|after)\b|\beach time\b", _SURE),
    ("after", r"\bafter\b|\bfollowing\b|\bonce (?!(?:a|per|daily|weekly|every|each|in|monthly|yearly)\b)|\bpost\w*op\w*|\bsubsequent\w*\b|\bupon\b",
     r"\b(?:after|once|following|when|then|since|later|from|as soon as|until|if|next|past|now that|post|finish\w*|done|because|and)\b", _UNSURE),
    ("if or when", r"\b(?:if|when|whenever|should .{3,40} occur|in the event|in case|provided)\b",
     r"\b(?:if|when|whenever|while|during|unless|until|once|after|before|with|in case|as|at|have|has|for|cause|causes|only|who|any|anyone|people|that|because|so|makes?|may|can|or|report|tell|by)\b", _SURE),
    ("in the morning", r"\bmorning\b|\bbreakfast\b", r"\b(?:morning|breakfast|wake|a ?m|am|get up|daytime)\b", _SURE),
    ("in the evening", r"\b(?:evening|night|nightly|nighttime|bedtime|dinner|supper|nocturnal\w*)\b", r"\b(?:evening|night|nightly|bedtime|bed|dinner|supper|nighttime|sleep|pm|overnight)\b", _SURE),
    ("with food", rf"\bwith {_FEW}(?:food|meals?|dinner|breakfast|lunch|supper)\b", r"\bwith (?:\w+ ){0,4}(?:food|meals?|dinner|breakfast|lunch|supper|something)\b|\beat\w*\b|\bmeals?\b", _SURE),
    ("on an empty stomach", r"\bempty stomach\b|\bwithout food\b|\bfasting\b", r"\bempty\b|\bwithout (?:food|eating)\b|\bbefore (?:you )?eat\w*\b|\bnot (?:\w+ )?eat\b|\bno food\b|\bfast\w*\b|\bnothing\b", _SURE),
    ("may or can", r"\b(?:may|might|can|could|possibl[ey])\b", r"\b(?:may|might|can|could|possibl[ey]|sometimes|risk|chance|likely|if|some|ok|okay|allowed|often|tell|ask|talk|whether)\b", _UNSURE),
    ("rarely", r"\b(?:rare(?:ly)?|uncommon(?:ly)?|seldom)\b", r"\b(?:rare(?:ly)?|uncommon|seldom|few|not (?:common|often|likely)|unlikely|hardly|once in a while|small chance)\b", _SURE),
    ("gradually", r"\b(?:gradual(?:ly)?|taper\w*|slowly)\b", r"\b(?:gradual\w*|slow\w*|little by little|bit by bit|over time|step\w*|not (?:\w+ ){0,5}(?:at once|suddenly)|take your time|taper\w*|small|less and less|more and more|little|wean\w*)\b", _SURE),
    ("both", r"\bboth\b|\bbilateral\w*\b", r"\b(?:both|each|two|2|either|all|and)\b", _UNSURE),
    ("the starting dose", r"\b(?:starting|initial|maintenance|target|loading) dos(?:e|age)\b", r"\b(?:start\w*|begin\w*|first|initial|maintenance|target|goal|loading|usual|regular|keep)\b", _SURE),
)  # fmt: skip

# A rewrite that brings one of these in restricts, or frees, what the source does not.
_NEW: tuple[tuple[str, str, str], ...] = (
    ("unless", r"\bunless\b|\bexcept\b", r"\b(?:unless|except|only|until|without|if not|not (?:\w+ ){0,4}(?:if|when|before|or)|pending)\b"),
    ("only", r"\bonly\b(?! once every)|\bjust\b(?! (?:before|after|as|like|in case|about|to))", r"\b(?:only|exclusive\w*|unless|no more|not|never|single|sole\w*|limit\w*|just|without|alone|restrict\w*|solely|until|except|strict\w*|reserved)\b"),
    ("still", r"\bwhile (?:\w+ ){1,5}still\b", r"\bstill\b|\bwhile\b|\bduring\b"),
    ("after it has passed", r"\b(?:after|once|when|until) (?:\w+ ){0,8}(?:gone|stopped|passed|over(?! \d)|ended|better)\b", r"\b(?:after|following|complet\w*|once|subsid\w*|resol\w*|until|gone|stops?|improv\w*|clears?|better|ends?|cease\w*|free|without)\b"),
    ("go away", r"\bgo(?:es)? away\b", r"\b(?:away|resol\w*|subsid\w*|disappear\w*|reliev\w*|relief|improv\w*|clear\w*|ceas\w*|cessation|end\w*|stop\w*|persist\w*|remission|remit\w*|recur\w*|until|heal\w*|temporar\w*|transient|no longer|last\w*|fade\w*|pass\w*|permanent\w*|irreversib\w*|chronic|self-limit\w*|continu\w*|abat\w*|cured?|curable|recover\w*|unremitting|unrelieved|intractable|refractory|alternat\w*)\b"),
    ("even if", r"\beven (?:if|when|though|after)\b", r"\b(?:even|regardless|without|absence|although|despite|whether|irrespective|asymptomatic|no symptoms|without symptoms|all|always|full|entire|complete)\b"),
    ("at the same time as", r"\bat the same time as\b", r"\b(?:simultaneous\w*|concurrent\w*|concomitant\w*|same time as|together|along|with)\b"),
    ("planning to get pregnant", r"\b(?:plan\w*|think\w*|want\w*|try\w*|hop\w*) (?:\w+ ){0,3}(?:pregnant|pregnancy|a baby)", r"\b(?:plan\w*|concei\w*|concept\w*|desir\w*|wish\w*|intend\w*|fertil\w*|try\w*|contemplat\w*|seek\w*)\b"),
    ("until it is better", r"\b(?:until|till|once|when|after|as soon as) (?:you|they|it|he|she|your \w+) (?:\w+ ){0,3}(?:better|well|fine|improves?)\b",
     r"\b(?:improv\w*|better|well|fine|resol\w*|subsid\w*|recover\w*|reliev\w*|relief|toler\w*|clears?|disappear\w*|gone|symptom-free|asymptomatic|after|once|heal\w*)\b"),
    ("after", r"\bafter\b", r"\b(?:after|once|following|post\w*|upon|when|subsequent\w*|since|from|completion|then|until|next|later|within|prior|before|onset|discharge\w*|separat\w*|\d+ ?(?:hours|days|minutes|weeks|months))\b|\bpost"),
    ("before", r"^(?!.*\b(?:takes?|wait\w*) .{1,60}\bbefore\b).*\bbefore\b(?! (?:bed|you go to bed|sleep|you sleep|bedtime))(?=,? \w)", r"\b(?:before|prior|preceding|until|pre\w+|ahead|advance|first|unless|without|preoperative\w*|conception|thereafter|bedtime|scheduled|immediately|approval|consult\w*|fasting|empty)\b"),
)  # fmt: skip

# (this, that): the source names one side, the rewrite only the other.
_OPPOSITES: tuple[tuple[str, str], ...] = (
    (r"\b(?:increas\w*|rais\w*|rise\w*|go(?:es)? up|potentiat\w*|stronger|higher|elevat\w*|more)\b", r"\b(?:decreas\w*|lower\w*|reduc\w*|go(?:es)? down|drop(?:s|ped)\b|less|weaker|diminish\w*|minimi\w*|prevent\w*)\b"),
    (r"\b(?:may|can|might|could|will|to|levels?|pressure|sugar|temperature|weight|rate)(?: \w+ly)? (?:falls?|drops?|sinks?)\b",
     r"\b(?:rises?|increas\w*|go(?:es)? up|higher)\b"),
    (r"\b(?:morning|breakfast)\b", r"\b(?:evening|night|bedtime|dinner)\b"),
    (r"\b(?:start\w*|begin\w*|initiat\w*)\b", r"\b(?:stop\w*|discontinu\w*|quit\w*)\b"),
    (r"\bwith (?:\w+ ){0,2}(?:food|meals?)\b", r"\b(?:empty stomach|without food)\b"),
    (r"\b(?:severe\w*|very bad|serious\w*|intense)\b", r"\b(?:mild\w*|minor|slight\w*|a little)\b"),
    (r"\b(?:high|hyper\w{3,}|elevated|too much)\b", r"\b(?:low|hypo(?!t?h?aler)\w{3,}|too little|not enough)\b"),
    (r"\b(?:fast|rapid\w*|quick\w*|tachy\w+|racing)\b", r"\b(?:slow\w*|brady\w+)\b"),
    (r"\b(?:low-intensity|low intensity|gentle|easy|light)\b", r"\b(?:fast|brisk|vigorous|hard|intense|high-intensity)\b"),
    (r"\bno longer\b|\bafter (?:stopping|completing|finishing)\b", r"\bwhile\b"),
    (r"\bat rest\b|\bresting\b", r"\b(?:exercis\w*|active|walking|exertion)\b"),
    (r"\b(?:immediate-release|regular)\b", r"\b(?:extended-release|long-acting|slow-release)\b"),
    (r"\b(?:overactive|hyperthyroid\w*|too active)\b", r"\b(?:underactive|hypothyroid\w*|not active)\b"),
    (r"\b(?:older|over the age|elderly)\b", r"\b(?:younger|under the age)\b"),
    (r"\bsame (?:calendar )?day\b", r"\b(?:next|following) day\b"),
    (r"\bleft\b(?! (?:over|alone|un))", r"\bright (?:arm|leg|side|eye|ear|hand|foot|knee|hip|shoulder|breast)\b"),
    (r"\b(?:hot|warm|heat\w*)\b", r"\b(?:cold|ice|cool|icy)\b"),
    (r"\b(?:returns?|recurs?|come(?:s)? back)\b", r"\bgo(?:es)? away\b"),
    (r"\b(?:gain\w*)\b", r"\b(?:lose|loses|losing|lost|loss)\b"),
    (r"\bconstipat\w*\b", r"\b(?:diarrhea|loose|watery)\b"),
    (r"\b(?:refrigerat\w*|fridge|cold)\b", r"\b(?:room temperature|freez\w*)\b"),
    (r"\b(?:above|elevate\w*|raise\w*)\b", r"\b(?:below|beneath|lower than)\b"),
    (r"\b(?:supine|on (?:your|the|his|her|their) back)\b", r"\b(?:prone|on (?:your|the|his|her|their) (?:stomach|belly|tummy))\b"),
    (r"\b(?:fever|febrile)\b", r"\b(?:hypothermia|low (?:body )?temperature)\b"),
    (r"\b(?:inhale\w*|breathe? in)\b", r"\b(?:exhale\w*|breathe? out)\b"),
    (r"\b(?:women|woman|female)\b", r"\b(?:men|man|male)\b"),
    (r"\bnegative\b", r"\bpositive\b"),
    (r"\b(?:bend|flex\w*)\b", r"\b(?:straighten\w*|keep .{0,20}straight|extend\w*)\b"),
)  # fmt: skip
# States: "do not let it get wet" and "keep it dry" agree.
_STATES: tuple[tuple[str, str], ...] = (
    (r"\b(?:dry)\b", r"\b(?:wet|moist|damp|soak\w*)\b"),
    (r"\b(?:open\w*|uncover\w*)\b", r"\b(?:close\w*|cover\w*|tight\w*)\b"),
    (r"\b(?:clear)\b", r"\b(?:cloudy|dark)\b"),
)  # fmt: skip
_NEGATED = re.compile(r"\b(?:not|never|no|avoid|without|prevent\w*|only|unless)\b")
_KEPT_PATTERNS = tuple(
    (name, Sifted(wanted), re.compile(keeps), severity) for name, wanted, keeps, severity in _KEPT
)
_NEW_PATTERNS = tuple((name, Sifted(new), Sifted(licensed)) for name, new, licensed in _NEW)
_OPPOSITE_PATTERNS = tuple((Sifted(a), Sifted(b)) for a, b in _OPPOSITES)
_STATE_PATTERNS = tuple((Sifted(a), Sifted(b)) for a, b in _STATES)


_WITH_FOOD = re.compile(
    rf"\bwith {_FEW}(?:food|meals?|dinner|breakfast|lunch|supper)\b|\bwhen you (?:\w+ ){{0,3}}eat\b|\bto eat with\b"
)
_ALTERNATIVES = re.compile(r"\b(?:if|when|older|younger|with|patients|develop|experience)\b")


_CONDITION = re.compile(r"(?:if|when|unless|until|while|once)\b")


def _lost_conditions(source: str, target: str) -> list[str]:
    """Conditions of which little is said, where the rewrite has fewer conditions than the source."""
    mine = [clause for clause in clauses(source) if _CONDITION.match(clause)]
    theirs = [clause for clause in clauses(target) if _CONDITION.match(clause)]
    said = Sentence(target)
    if len(theirs) >= len(mine):
        return []
    return [clause for clause in mine if _share_said(clause, said) < _LEAST_SAID]


_IF = re.compile(r"(?:if|when|in case)\b")
_STOP = re.compile(r"(?:^|[.;] )stop\b(?P<rest>[^.;]*)")
_TIMED = re.compile(r"\b(?:if|when|once|as soon as|until)\b")
# What may stand for "if": who, during, with, on going home.
_AS_IF = re.compile(
    r"\b(?:if|when|whenever|unless|in case|while|until|once|during|after|who|whom|any time|every time|each time|"
    r"even|with|people|anyone|as|have|has|for|because|before you|have to|causes?|in (?:case|children|adults|people|pregnancy|women|men))\b"
)
_PURPOSE = re.compile(
    r"\b(?:contraindicated|not (?:be )?(?:used|taken|indicated|recommended|approved)) (?:for|to) (?:the )?(?:treat\w*|prevent\w*|weight|manag\w*|relie\w*)"
)
_HAS = re.compile(r"\bif you (?:have|are|want)\b")
_AFTERTHOUGHT = re.compile(r"(?:this|that|these|it|they)\b")


def _unconditional(source: str, target: str) -> list[str]:
    """Conditions of the source that the rewrite tells as a fact."""
    mine = [clause for clause in clauses(source) if _IF.match(clause)]
    stops = [match["rest"] for match in _STOP.finditer(target)]
    if len(stops) > 1 and _TIMED.search(source) and not all(map(_TIMED.search, stops)):
        return ["when to stop"]
    orders = (part for part in re.split(r"(?<=[.!?]) ", target) if _STOP.match(part))
    if mine and any(not _TIMED.search(part) for part in orders) and not _IF.match(target):
        return mine[:1]
    if _PURPOSE.search(source) and _HAS.search(target) and not mine:
        return ["for what it must not be used"]
    if mine and not _AS_IF.search(target):
        return mine[:1]
    asides = [part for part in re.split(r"(?<=[.!?]) ", target) if _AFTERTHOUGHT.match(part)]
    if not asides:
        return []
    rest = Sentence(
        " ".join(part for part in re.split(r"(?<=[.!?]) ", target) if part not in asides)
    )
    aside = Sentence(" ".join(asides))
    return [clause for clause in mine if _told_aside(Sentence(clause), rest, aside)]


def _told_aside(condition: Sentence, rest: Sentence, aside: Sentence) -> bool:
    words = condition.content - WEAK_STEMS
    return any(aside.covers(one) and not rest.covers(one) for one in words)


_LEAST_SAID = 0.34


def _share_said(clause: str, target: Sentence) -> float:
    spoken = Sentence(clause)
    if any(target.says_mention(mention) for mention in spoken.mentions) or len(spoken.content) < 2:
        return 1.0
    return sum(target.covers(one) for one in spoken.content) / len(spoken.content)


_ONE_OF = re.compile(r"\b(?:or|any|either|one of|also|each|only|nor)\b")
_WHERE = re.compile(r"\b(?:if|when|for|with|who)\b[^.;]*?\band\b")


def _joined(source: str, target: str) -> bool:
    """Whether conditions of which one is enough are now all required."""
    either = re.search(r"\bor\b", source) and _ALTERNATIVES.search(source)
    if not either or _ONE_OF.search(target):
        return False
    return any(_WHERE.search(clause) for clause in clauses(target))


def _is_kept(keeps: re.Pattern[str], target: str, others: str, name: str) -> bool:
    """Whether a word of ``keeps`` is there; for "unless", one that the source has not in ``others``."""
    if name != "unless":
        return keeps.search(target) is not None
    found = (match.group() for match in keeps.finditer(target))
    return any(word not in others for word in found)


_ONLY = re.compile(r"\bonly (as|if|when|after|before|during|at|in|with|under|for|by|once)\b")


def _only_moved(source: str, target: str) -> bool:
    """Whether "only as prescribed" became "only after surgery"."""
    mine, theirs = set(_ONLY.findall(source)), set(_ONLY.findall(target))
    return "as" in mine and bool(theirs & {"after", "before", "during", "at", "in"} - mine)


_OTHERWISE = re.compile(r"\bunless\b[^.;]*\botherwise\b")
_TOLD_TO = re.compile(
    r"^(?P<what>[^.;]*)\bunless\b[^.;]*\b(?:tell|told|say|said|instruct|ask|advise|direct)\w*\b[^.;]*(?<!\bnot )\bto$"
)
_DENIAL = re.compile(r"\b(?:not|never|no|avoid)\b")


def _turned_round(source: str, target: str) -> bool:
    """Whether "take it unless told otherwise" became "take it unless told to"."""
    if not _OTHERWISE.search(source) or _OTHERWISE.search(target):
        return False
    parts = (_TOLD_TO.search(part.strip()) for part in re.split(r"[.;]", target))
    return any(
        part and bool(_DENIAL.search(part["what"])) == bool(_DENIAL.search(source))
        for part in parts
    )


class ConditionsKept:
    """Every condition and point in time of the source is there, and none is new."""

    id = "conditions"

    def findings(self, pair: Pair) -> Iterator[Finding]:
        source, target = plain(pair.source), plain(pair.target)
        yield from self._words(source, target)
        if len(_WITH_FOOD.findall(source)) > len(_WITH_FOOD.findall(target)):
            yield Finding(self.id, _SURE, "“with food” of the source is missing once.")
        for clause in _lost_conditions(source, target):
            yield Finding(self.id, _SURE, f"The condition “{clause}” is missing.")
        for clause in _unconditional(source, target):
            yield Finding(self.id, _SURE, f"The condition “{clause}” is missing.")
        if _only_moved(source, target):
            yield Finding(self.id, _SURE, "“Only” belongs to other words in the source.")
        if _turned_round(source, target):
            yield Finding(self.id, _SURE, "“Otherwise” is missing: “unless” now says the opposite.")
        if _joined(source, target):
            yield Finding(self.id, _SURE, "“or” of the source became “and”.")

    def _words(self, source: str, target: str) -> Iterator[Finding]:
        for name, wanted, keeps, severity in _KEPT_PATTERNS:
            said = wanted.search(source)
            if not said or wanted.search(target):
                continue
            if not _is_kept(keeps, target, wanted.sub(" ", source), name):
                yield Finding(self.id, severity, f"“{said.group()}” of the source is missing.")
        for name, new, licensed in _NEW_PATTERNS:
            if new.search(target) and not licensed.search(source):
                yield Finding(self.id, _SURE, f"“{name}” is not in the source.")


_BEFORE = re.compile(r"\b(?:before|prior to|preceding|ahead of)\b(?P<what>(?: [\w'-]+){1,5}|)")
_AFTER = re.compile(r"\b(?:after|following)\b(?P<what>(?: [\w'-]+){1,5}|)")


_DURING = re.compile(r"^(?!.*\b(?:after|following|thereafter|before|prior|post\w*)\b).*\bduring\b")
_NOT_DURING = re.compile(
    r"^(?!.*\b(?:during|while|when|whenever|in|at|as|through\w*)\b).*\b(?:before|after)\b"
)


def _moved(
    source: str,
    target: str,
    here: re.Pattern[str] = _BEFORE,
    there: re.Pattern[str] = _AFTER,
) -> bool:
    """Whether "before a meal" became "after a meal".

    "Measure after 5 minutes of rest" and "before you measure, rest" agree: what stands behind the
    new word is the main clause of the source.
    """
    mine, theirs = here.search(source), there.search(target)
    if not mine or not theirs or there.search(source) or here.search(target):
        return False
    event, new = Sentence(mine["what"]), Sentence(theirs["what"])
    main = Sentence(source.replace(mine.group(), " "))
    same = any(new.covers(one) for one in event.content - WEAK_STEMS)
    return same or not any(main.covers(one) for one in new.content)


class DirectionKept:
    """Nothing has turned into its opposite."""

    id = "opposites"

    def findings(self, pair: Pair) -> Iterator[Finding]:
        source, target = plain(pair.source), plain(pair.target)
        turned = bool(_NEGATED.search(source)) != bool(_NEGATED.search(target))
        turned = turned or bool(re.search(r"\bonly (?:if|when)\b", target))
        if _DURING.search(source) and _NOT_DURING.search(target):
            yield Finding(self.id, _SURE, "“During” of the source is missing.")
        if _moved(source, target) or _moved(source, target, _AFTER, _BEFORE):
            yield Finding(self.id, _SURE, "“Before” and “after” have changed places.")
            return
        for one, other in _OPPOSITE_PATTERNS + (() if turned else _STATE_PATTERNS):
            for here, there in ((one, other), (other, one)):
                if _swapped(here, there, source, target):
                    new = there.search(target)
                    message = (
                        f"“{new.group() if new else ''}” is the opposite of what the source says."
                    )
                    yield Finding(self.id, _SURE, message)
                    return


def _swapped(here: Sifted, there: Sifted, source: str, target: str) -> bool:
    return bool(
        here.search(source)
        and not there.search(source)
        and there.search(target)
        and not here.search(target)
    )
