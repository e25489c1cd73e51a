"""English words for the checks of a rewrite: stems, synonyms, and what a sentence says."""

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from threading import Lock

import Stemmer

from content.safety.glossary import Mention, mentions
from content.text.tables import word_set

_SYNONYMS = Path(__file__).with_name("synonyms.txt")
_TOKEN = re.compile(r"[a-z][a-z0-9'-]*[a-z0-9]|[a-z]")
_PLAIN = str.maketrans(
    {"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": ", ", "−": "-", "‑": "-", "\u00a0": " ",
     "\u202f": " ", "\u2009": " "}
)  # fmt: skip
_CONTRACTIONS = tuple((re.compile(pattern), full) for pattern, full in (
    (r"\b(?:can't|cannot)\b", "can not"), (r"\bwon't\b", "will not"), (r"\bshan't\b", "shall not"),
    (r"n't\b", " not"), (r"\b(it|that|there|what|he|she)'s\b", r"\1 is"), (r"'re\b", " are"),
    (r"'ll\b", " will"), (r"'ve\b", " have"), (r"\b(\w+)'s\b", r"\1"),
))  # fmt: skip

# Function words, and words too general for their loss or addition to mean anything.
STOP = word_set(
    """a an the of to in on at by for from with and or but if then than so as is are was were be been
    being it its this that these those he she they them their his her you your yours yourself i we
    us our do does did done doing has have had having can could may might will would shall should
    must not no nor never into onto out up down over under above below before after again about any
    each both per while when where who whom which what how all also too very just there here until
    unless because since during through between within only even more most less least own same such
    other some me my off ever every either neither once another one ones"""
)
WEAK = word_set(
    """take taking taken took get got getting gets make makes making made keep keeps keeping need
    needs use uses used using help helps helping tell tells ask asks call calls give gives given go
    goes going gone come comes put puts feel feels feeling know think want let doctor nurse medicine
    medicines medication patient patients people person someone anyone body way thing things time
    times day days week weeks month months year years hour hours minute minutes start starts starting
    recommended amount number part parts happen happens cause causes caused problem problems condition
    level levels check checks checking test tests measure usual usually often well good sure
    able enough many much lot lots little big small right away now soon first next last long short
    talk work works working look looks see seen say says said team clinic effect effects chance likely
    include includes including have having given allow until while instead taking goal reach reached
    type kind due since however therefore thus called means mean like such back around set really
    even still area site spot place patients individual individuals best better try trying sign signs
    symptom symptoms might possible every anything something nothing everything anyone during along
    together both careful carefully easily simply already later dose doses tablet tablets pill pills
    daily weekly twice once half whole quickly slowly gradually bit add added follow following
    initially adult adults today tomorrow approximately about exactly carefully properly always
    substantially against receive received equals equal incidence highest associated occurs occur
    appears appear solution undergoing general common unable unit center prior via cannot
    side spell trip per point top bottom remain upright sit stand
    immediately promptly affect affected contain contains regular regularly extra certain"""
)
# Conditions, body parts, substances and things whose loss or invention changes the statement.
TELLING = word_set(
    """heart liver kidney kidneys brain lung lungs bowel colon rectum bladder blood bone bones muscle
    nerve nerves eye eyes ear ears nose throat mouth tongue lip lips face chest arm arms leg legs foot
    feet ankle ankles neck breast womb baby elbow wrist shoulder hip knee spine pancreas stomach skin
    head hand hands finger fingers toe toes nail nails hair teeth gums scalp groin thyroid
    pain headache fever cough nausea vomit vomiting diarrhea constipation rash itching hives swelling
    bleeding bruise bruises bruising dizziness dizzy faint fainting tiredness fatigue weakness
    confusion confused seizure seizures stroke cancer tumor infection allergy allergic diabetes asthma
    hypertension cholesterol pneumonia flu depression anxiety dementia arthritis gout ulcer reflux
    hernia anemia clot clots shock coma death die fatal redness red warmth drainage pus chills
    cramps numbness tingling burning jaundice heartburn overdose addiction palpitations
    sugar glucose sodium potassium salt calcium iron protein fat calories magnesium fluoride
    weight appetite breathing breath thirst thirsty dehydration pregnant pregnancy breastfeeding
    alcohol smoking smoke tobacco caffeine coffee tea grapefruit juice milk soda honey vinegar garlic
    lemon ginger turmeric butter oil egg eggs fish meat bread rice fruit vegetables spinach yogurt
    cheese nuts sunlight sun sunscreen aspirin ibuprofen antibiotic antibiotics insulin hormone
    steroid steroids vitamin vitamins supplement supplements herbal herbs antacid antacids laxative
    laxatives probiotic peroxide hydrogen iodine bleach vaseline petroleum powder lotion
    cream ointment soap perfume deodorant makeup toothpaste mouthwash
    ice heat hot cold bath shower swim swimming pool sauna tub massage exercise walking running lifting
    driving drive machinery sex stairs sports travel fly flying airplane work school
    vaccine shot injection inject needle needles syringe syringes mri ct scan x-ray xray ultrasound
    surgery operation biopsy sedation anesthesia catheter tube bandage dressing gauze tape stitches
    staples cast splint brace crutches walker wheelchair stockings stocking compression pump pillow
    patch inhaler spacer nebulizer oxygen mask glasses lenses contacts hearing aid pacemaker drops
    refrigerator fridge freezer microwave label package expiration trash toilet
    emergency hospital ambulance dialysis chemotherapy chemo radiation transfusion transplant
    rug rugs crib toys pets cat dog mosquito tick bite sting
    edges odor smell  stool stools urine pee poop sweat sweating
    red purple orange yellow pink blue brown green white black clear cloudy normal dry
    conscious unconscious acute stump
    cure cures heal harmless safe dangerous permanent"""
)
# So many words may stand between those of a plain phrase: "pressure in your blood that is high".
_SLACK = 3
_STEMMER = Stemmer.Stemmer("english")
# A stemmer keeps the word that it works on: two threads at once spoil each other's.
_STEMMING = Lock()


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    with _STEMMING:
        return str(_STEMMER.stemWord(word))


def stem_set(lines: str) -> frozenset[str]:
    """The stems of a literal table of words."""
    return frozenset(map(stem, word_set(lines)))


WEAK_STEMS = frozenset(stem(word) for word in WEAK)
TELLING_STEMS = frozenset(stem(word) for word in TELLING) - WEAK_STEMS


# Every check reads the same two texts, and clauses of them.
@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """Lower case, straight quotes, contractions written out, one space."""
    folded = text.translate(_PLAIN).lower()
    if "'" in folded or "cannot" in folded:
        for pattern, full in _CONTRACTIONS:
            folded = pattern.sub(full, folded)
    return " ".join(folded.split())


@lru_cache(maxsize=4096)
def tokens(text: str) -> tuple[str, ...]:
    """Words; a hyphenated one by its parts, unless it is a word of its own ("x-ray")."""
    found: list[str] = []
    for word in _TOKEN.findall(text):
        parts = [part for part in word.split("-") if part]
        found += [word] if "-" not in word or word in TELLING or len(parts[0]) < 2 else parts
    return tuple(found)


@lru_cache(maxsize=1)
def _groups() -> dict[str, frozenset[str]]:
    related: dict[str, set[str]] = {}
    for line in _SYNONYMS.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            group = {stem(word) for word in line.split()}
            for one in group:
                related.setdefault(one, set()).update(group)
    return {one: frozenset(group) for one, group in related.items()}


def related(one: str) -> frozenset[str]:
    """The stem itself and the stems that the checks take for it."""
    return _groups().get(one, frozenset()) | {one}


@lru_cache(maxsize=1024)
def _mentions(text: str) -> tuple[Mention, ...]:
    return tuple(mentions(text))


@lru_cache(maxsize=20_000)
def _wanted(phrase: str) -> tuple[frozenset[str], re.Pattern[str] | None]:
    """(stems of the content words of ``phrase``, itself where they are too weak to stand for it)."""
    spoken = tokens(plain(phrase))
    content = [word for word in spoken if word not in STOP]
    wanted = frozenset(map(stem, content))
    weak = len(content) < len(spoken) and not wanted - WEAK_STEMS
    return wanted, re.compile(rf"\b{re.escape(plain(phrase))}\b") if weak else None


@dataclass(frozen=True)
class Sentence:
    """A text as the English checks see it."""

    text: str

    @cached_property
    def plain(self) -> str:
        return plain(self.text)

    @cached_property
    def stems(self) -> frozenset[str]:
        """Stems of every word, function words included."""
        return frozenset(stem(word) for word in tokens(self.plain))

    @property
    def mentions(self) -> tuple[Mention, ...]:
        return _mentions(self.plain)

    @cached_property
    def content(self) -> frozenset[str]:
        """Stems of the content words."""
        return frozenset(stem(word) for word in tokens(self.plain) if word not in STOP)

    @cached_property
    def unexplained(self) -> frozenset[str]:
        """Stems of the content words outside glossary terms."""
        masked = self.plain
        for mention in self.mentions:
            start, end = mention.span
            masked = masked[:start] + " " * (end - start) + masked[end:]
        return frozenset(stem(word) for word in tokens(masked) if word not in STOP)

    @cached_property
    def licence(self) -> frozenset[str]:
        """Every stem that a faithful rewrite of this text may use."""
        stems = set(self.stems)
        for one in self.content:
            stems |= related(one)
        for mention in self.mentions:
            for phrase in (*mention.entry.plain, *mention.entry.terms):
                for word in tokens(phrase.lower()):
                    stems |= related(stem(word)) if word not in STOP else {stem(word)}
        return frozenset(stems)

    def says(self, phrase: str) -> bool:
        """Whether every content word of ``phrase`` stands here; "keep up" only as it is."""
        wanted, pattern = _wanted(phrase)
        if pattern:
            return pattern.search(self.plain) is not None
        return wanted <= self.stems

    def says_mention(self, mention: Mention) -> bool:
        """Whether a glossary term is said here, as it is or in plain words."""
        spoken = (phrase.split("(")[0] for phrase in mention.entry.plain)
        says = self.says_together if mention.entry.clinical else self.says
        return any(says(phrase) for phrase in (*spoken, *mention.entry.terms))

    def says_together(self, phrase: str) -> bool:
        """Whether the content words of ``phrase`` stand near each other in one sentence."""
        if not self.says(phrase):
            return False
        wanted, _pattern = _wanted(phrase)
        reach = len(tokens(plain(phrase))) + _SLACK
        return len(wanted) < 2 or any(
            wanted.issubset(stems[start : start + reach])
            for stems in self.by_sentence
            for start in range(max(1, len(stems) - reach + 1))
        )

    @cached_property
    def by_sentence(self) -> tuple[tuple[str, ...], ...]:
        """The stems of each sentence, in order."""
        sentences = re.split(r"[.!?;]\s", self.plain)
        return tuple(tuple(stem(word) for word in tokens(sentence)) for sentence in sentences)

    def covers(self, one: str) -> bool:
        """Whether a stem or one of its synonyms stands here."""
        return bool(related(one) & self.stems)


def clauses(text: str) -> list[str]:
    """The clauses of a plain text: where one instruction or condition ends and the next begins."""
    parts = re.split(_CLAUSE, text)
    return [part.strip(" ,") for part in parts if part and part.strip(" ,.;")]


VERBS = (
    "take|use|stay|remain|return|call|tell|stop|do|avoid|get|go|start|put|keep|drink|eat|give|see|check|skip|limit|wash|"
    "rest|weigh|wear|ask|hold|leave|try|have|apply|remove|report|seek|wait|clean|change|throw|bring|"
    "rinse|record|write|measure|flush|monitor|notify|contact|discard|store|continue|repeat|run|drive|cut|add|mix|soak|lie|sit|stand|walk|raise|lower|cover|dry|rub|breathe|inhale|swallow|place"
)
_CLAUSE = re.compile(
    rf"[.;:!?](?:\s|$)|,? but |,? because |, (?=(?:the|any|this|that|each) (?:\w+ ){{1,3}}(?:should|must|may)\b)|, (?=(?:it|they|you|patients) (?:should|must|may|can|will|is|are) )|, (?:and |then |so )?(?=(?:please |do not |you |it |they )?"
    rf"(?:{VERBS})\b)| (?:and|then) (?=(?:then )?(?:do not |you should |must |should |never )?(?:{VERBS})\b)"
    rf"|(?<!\w)(?=(?:if|when|unless|until|while|once(?! (?:a|per|daily|every|each|weekly))|before|after) )"
)
