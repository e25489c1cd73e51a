"""Passive voice and commands in English sentences, by rule: hints for a writer, not a parser.

The passive is a form of "be" or "get" and a past participle. Participles that say how somebody
feels or what state a part of the body is in ("is tired", "looks swollen") are adjectives, unless
an agent follows ("was infected by …").
"""

import re

from content.text.tables import word_set

_IRREGULAR = word_set(
    """beaten begun bent bitten blown bought bound bred broken brought built burnt burst cast caught
    chosen cut dealt dissolved done drawn driven drunk dug eaten fallen fed felt flushed forgotten
    fought found frozen given ground heard held hidden hit hung hurt kept known laid led left lent
    let lit lost made meant met mistaken overcome overdone paid proven put quit read redone rewritten
    ridden risen run said seen sent set sewn shaken shed shown shut slit sold sought spent split
    spoken spread stolen struck stuck swept swollen swung taken taught thought thrown told torn
    undergone understood undone upset withdrawn withheld won worn woven written"""
)
# Words in -ed that are no participles, and may stand after "be".
_NOT_PARTICIPLES = word_set(
    "bed bleed breed exceed feed hundred indeed kindred need proceed red sacred seed shed "
    "speed succeed weed"
)
_ADJECTIVES = word_set(
    """advanced alarmed allied annoyed ashamed balanced bloated blocked blurred bored bruised
    clogged complicated concerned confused congested constipated crowded damaged dazed dedicated
    dehydrated delighted depressed detailed determined disabled disappointed distracted divorced
    embarrassed engaged excited exhausted experienced fascinated fatigued frightened frustrated
    hurt impaired infected inflamed injured interested involved irritated limited located lost
    malnourished married motivated numbed overwhelmed overweighted panicked pleased prepared
    qualified rested related relaxed relieved retired satisfied scared skilled stressed stuck
    supposed surprised swollen talented terrified thrilled tired unconcerned undecided unexpected
    uninsured unrelated untreated unused upset vomited worried wounded broken torn"""
)
# "Get started" is something that the reader does.
_WITH_GET = word_set("dressed done hooked lost married ready rid started undressed used")
_BE = r"am|is|are|was|were|be|been|being|(?:it|that|he|she|who|what)['’]s|(?:you|we|they)['’]re|i['’]m"
_GET = r"get|gets|got|gotten|getting"
_ADVERBS = (
    r"(?:not|never|always|often|also|still|usually|sometimes|first|then|now|once|only|even|just|"
    r"all|both|soon|best|better|well|yet|already|either|most|more|very|too|\w+ly)"
)
_PASSIVE = re.compile(
    rf"(?<![\w'’-])(?P<aux>(?P<get>{_GET})|(?:{_BE})(?:n['’]t)?)(?:\s+{_ADVERBS})*\s+"
    rf"(?P<word>{'|'.join(sorted(_IRREGULAR, key=len, reverse=True))}|[a-z]{{2,}}ed)(?![\w-])",
    re.IGNORECASE,
)
_AGENT = re.compile(r"\s+(?:\w+\s+)?by\s+(?!\d)", re.IGNORECASE)
_READER_GETS = re.compile(r"(?:^|[,:;.!?]|\b(?:to|not|please|and|or|always))\s*$", re.IGNORECASE)
_DONE_WITH = re.compile(r"(?:\b(?:you|we|they)['’]re|\bi['’]m|\b(?:you|we|they|i)\s+(?:are|am))\b")

_LIST_MARK = re.compile(r"^\s*(?:[-*•–]|\(?\d{1,2}[.)])\s+")
_CLAUSE = re.compile(
    r"(?:and\s+|or\s+)?(?:if|when|whenever|before|after|while|until|unless|once|to|for|every|each|in|on|at|during|"
    r"as|with|without|because|since|instead)\b[^,:]*[,:]\s*"
)
_OPENER = re.compile(
    r"(?:please|always|never|also|then|first|next|only|just|slowly|gently|carefully|now|instead)\s+"
)
_DO = re.compile(r"(?:do not|don['’]t)\s+[a-z]+")
_FIRST = re.compile(r"(?P<verb>[a-z]+)(?:\s+(?P<next>[a-z]+))?")
_VERBS = word_set(
    """add allow apply arrange ask avoid begin bend boil breathe bring brush buy call carry change
    check choose clean close come continue cook cool count cover cut cough discuss drain dress drink
    drive drop dry eat empty exercise fill find finish fold follow get give go hang have help hold
    ice inject inhale insert join keep know lay learn leave let lie lift limit listen look lower
    make mark measure mix move notice open pack pay place plan plug practice press pull push put
    raise read record refill remember remove repeat replace report rest return rinse roll rub save
    say schedule see seek set shake share show shower sit sleep slow smoke soak speak spit spread
    squeeze stand start stay step stop store stretch swallow take talk tap tell test think throw
    touch treat try turn twist use visit wait walk warm wash watch wear weigh wipe work wrap write"""
)
# After a noun that is spelled like a verb: "Rest is important", "Use of alcohol …".
_AFTER_NOUN = word_set(
    "is are was were can could may might must should will would has have had does did of helps "
    "makes lowers causes or and"
)
_THIRD_PERSON = re.compile(
    r"\b(?:patients?|adults?|people|persons?|individuals?|men|women|children|users?)\b"
    r"(?:\s+[\w-]+){0,6}?\s+(?:should|must|need to|needs to|ought to)\b",
    re.IGNORECASE,
)


def passives(text: str) -> list[tuple[int, int]]:
    """Half-open spans of the passive verbs in ``text``, from the auxiliary to the participle."""
    return [match.span() for match in _PASSIVE.finditer(text) if _is_passive(match)]


def _is_passive(match: re.Match[str]) -> bool:
    text, word = match.string, match["word"].lower()
    if word in _NOT_PARTICIPLES or (match["get"] and _reader_gets(match)):
        return False
    if word in _ADJECTIVES:
        return bool(_AGENT.match(text, match.end()))
    return not _is_fixed_phrase(word, text[: match.end()], text[match.end() :])


def _reader_gets(match: re.Match[str]) -> bool:
    """ "Get vaccinated" and "ask how to get tested": the reader acts."""
    acts = match["get"].lower() == "get" and _READER_GETS.search(match.string[: match.start()])
    return bool(acts) or match["word"].lower() in _WITH_GET


def _is_fixed_phrase(word: str, before: str, after: str) -> bool:
    """ "Used to walking", "is called a polyp", "is known as", "when you are done"."""
    if word == "used":
        return bool(re.match(r"\s+to\s+(?:\w+ing|it|this|that|the|your|a)\b", after))
    if word in ("called", "known"):
        return word == "called" or bool(re.match(r"\s+as\b", after))
    return word in ("done", "finished") and bool(_DONE_WITH.search(before.lower()))


def is_command(sentence: str) -> bool:
    """Whether a sentence tells its reader to do something, or not to: "If it hurts, call us"."""
    rest = _LIST_MARK.sub("", sentence).strip(" \"“'").lower()
    for _clause in range(2):
        rest = _CLAUSE.sub("", rest, count=1) if _CLAUSE.match(rest) else rest
    while opener := _OPENER.match(rest):
        rest = rest[opener.end() :]
    if _DO.match(rest):
        return True
    first = _FIRST.match(rest)
    return bool(first and first["verb"] in _VERBS and first["next"] not in _AFTER_NOUN)


def tells_others(sentence: str) -> bool:
    """Whether a sentence says what others ought to do: "Patients should take …"."""
    return bool(_THIRD_PERSON.search(sentence))
