"""Sentences: one is what a translation model may be given at a time, and losing none is the point.

The rules are our own: splitters made for news text cut at "Dr.", "2.5 mg" and "a.m.", and ignore
the full stops of most of the scripts that we publish in.
"""

import re
import unicodedata

from content.text.tables import word_set

# Marks that end a sentence whatever follows (CJK, Arabic, Urdu, Devanagari, Ethiopic, Khmer,
# Burmese, Armenian). Khmer "។ល។" means "and so on" and ends nothing by itself.
_FULL_STOPS = r"(?:(?<!។ល)[។៕](?!ល។)|[。！？｡؟۔।॥።፧፨။։‼⁇⁈⁉]|፡፡)+"
_CLOSERS = r"[\"'”’»)\]）」』】》〉]*(?:[\u00a0\u202f ]»)?"
_BOUNDARY = re.compile(
    rf"(?P<always>{_FULL_STOPS}[.!?…]*{_CLOSERS})"
    # Only from the start of a run of marks and without a step back: a page of dots takes no longer
    # than a page of words.
    rf"|(?P<loud>(?<![.!?…])[.…]*+[!?][.!?…]*+(?P<quote>{_CLOSERS}))(?=\s|$)"
    rf"|(?P<dots>(?:(?<!\.)\.{{2,}}+|(?<!…)…++){_CLOSERS})(?=\s|$)"
    rf"|(?P<stop>\.{_CLOSERS})(?=\s|$)"
    r"|(?<=[^\W\d_]{3})(?P<glued>[.!?])(?=[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ])"
    r"|(?P<colon>:)(?=\s+[Ա-Ֆ])"
    r"|(?P<particle>(?:ครับ|ค่ะ|คะ))(?=\s)"
    r"|(?P<line>(?=[ \t]*\n))"
)

# Never the end of a sentence: something is always named next.
_TITLES = word_set(
    """dr drs mr mrs ms mx prof st mt rev hon gen sen rep vs e.g i.e cf viz approx incl esp
    sr sra srta dra dña d ud uds prof profa pr mme mlle mm ggf bzw z.b d.h u.a ca evtl sog inkl
    tzw np tj dott dott.ssa sig sig.ra es p.es ej p.ej par.ex ex т.е т.к напр им ул г-н г-жа
    dok bpk ibu gng bà ông डॉ डा ডা ডাঃ ডঃ د أ دکتر ד ד״ר"""
)
# An abbreviation only in front of a number: "No. 5", "Nr. 5", "Fig. 2", "стр. 3".
_NUMBERING = word_set(
    "no nos nr nro núm num n fig figs p pp pág págs pag vol ch art sec tab str s стр рис т п"
)
# May stand inside a sentence or end it: what follows decides.
_INNER = word_set(
    """a.m p.m am pm mg mcg g kg ml l dl oz lb lbs tsp tbsp in ft hr hrs h min mins sec wk mo yr
    yrs tab tabs cap caps etc u.s u.k u.s.a inc ltd co jr sr ph.d m.d r.n b.i.d t.i.d q.i.d p.o
    p.r.n jan feb mar apr jun jul aug sep sept oct nov dec мг мл г кг л ч мин сут таб гр тыс др
    usw etc p.ej ecc itd itp vb"""
)
# "8 a.m. Monday" goes on; so does "5. Mai" where ordinals are written with a full stop.
_CALENDAR = word_set(
    """monday tuesday wednesday thursday friday saturday sunday january february march april may
    june july august september october november december est edt cst cdt mst mdt pst pdt et ct mt pt
    eastern central mountain pacific montag dienstag mittwoch donnerstag freitag samstag sonntag
    januar februar märz april mai juni juli august september oktober november dezember ocak şubat
    mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık"""
)
_ORDINAL_STOP = frozenset({"de", "pl", "tr", "fi", "cs", "da"})
# "vitamin C. Take it …" ends at the letter, "John F. Kennedy" does not.
_LETTERED = word_set(
    "vitamin hepatitis type group factor plan part step option class grade medicare table"
)
_LETTERED_OTHER = word_set("vitamina hépatite hepatite tipo vitamine typ gruppe witamina")


def _mark_ranges() -> str:
    """Every combining mark below U+FE30, as the inside of a character class."""
    marks = {code for code in range(0x300, 0xFE30) if unicodedata.category(chr(code))[0] == "M"}
    starts = sorted(code for code in marks if code - 1 not in marks)
    ends = sorted(code for code in marks if code + 1 not in marks)
    return "".join(f"{chr(a)}-{chr(b)}" for a, b in zip(starts, ends, strict=True))


MARKS = _mark_ranges()
_WORD = re.compile(
    rf"\d+(?:[.,]\d+)+|[^\W_](?:[^\W_]|[{MARKS}])*(?:['’‑-][^\W_](?:[^\W_]|[{MARKS}])*)*"
)
_VISIBLE = re.compile(r"\S")
# How far a decision looks back and ahead: bounded, so that a long paste takes linear time.
_SIGHT = 200
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")


def split_sentences(text: str, language: str = "en") -> list[str]:
    """The sentences of ``text`` in order, without the white space between them.

    ``language`` is a BCP-47 tag. A line break ends a sentence unless the next line goes on in
    lower case. Thai and Lao, which have no full stop, are cut at lines, at ASCII stops and after
    the Thai polite particles: a space there may stand inside a sentence as well.
    """
    return [sentence for sentence, _ in split_lossless(text, language) if sentence]


def split_lossless(text: str, language: str = "en") -> list[tuple[str, str]]:
    """(sentence, separator) pairs; all of them joined are ``text`` to the last character.

    Leading white space comes as an empty sentence with its separator.
    """
    pairs: list[tuple[str, str]] = []
    start = len(text) - len(text.lstrip())
    if start:
        pairs.append(("", text[:start]))
    for end in _ends(text, start, language):
        following = _next_visible(text, end)
        pairs.append((text[start:end], text[end:following]))
        start = following
    return pairs


def words(text: str) -> list[str]:
    """Words with their combining marks, apostrophes and hyphens; numbers count as words."""
    return _WORD.findall(text)


def word_count(text: str) -> int:
    """How many words; in Chinese and Japanese each character counts as one."""
    unspaced = len(_UNSPACED.findall(text))
    return unspaced + len(words(_UNSPACED.sub(" ", text)))


def _ends(text: str, start: int, language: str) -> list[int]:
    """Where each sentence ends, the last one at the last visible character."""
    last = len(text.rstrip())
    ends: list[int] = []
    for match in _BOUNDARY.finditer(text, start, last):
        here = match.end()
        if start < here < last and _is_end(match, text, start, language):
            ends.append(here)
            start = _next_visible(text, here)
    return ends if last <= start else [*ends, last]


def _next_visible(text: str, position: int) -> int:
    found = _VISIBLE.search(text, position)
    return found.start() if found else len(text)


def _is_end(match: re.Match[str], text: str, start: int, language: str) -> bool:
    kind = match.lastgroup
    ahead = _next_visible(text, match.end())
    follower = text[ahead : ahead + _SIGHT]
    if kind == "quote" or kind == "loud":
        return not (match["quote"] and follower[:1].islower())
    if kind == "line":
        return not follower[:1].islower() and text[match.start() - 1] != ","
    if kind == "dots":
        return not follower[:1].islower()
    if kind == "stop":
        before = text[max(start, match.start() - _SIGHT) : match.start()]
        return _stop_ends(before, follower, language)
    return kind != "colon" or language == "hy"


def _stop_ends(before: str, after: str, language: str) -> bool:
    """Whether a full stop between ``before`` (its sentence so far) and ``after`` is the end."""
    token = before.rsplit(maxsplit=1)[-1].lstrip("([\"'“‘«¿¡") if before.strip() else ""
    key = token.lower()
    if key in _TITLES or (key in _NUMBERING and after[:1].isdigit()):
        return False
    if key.isdigit():
        return _number_ends(before, token, after, language)
    if len(token) == 1 and token.isupper() and after[:1].isupper():
        return not _is_initial(before)
    if key in _INNER or "." in key:
        return not after[:1].islower() and _first_word(after) not in _CALENDAR
    return not after[:1].islower() or len(key) >= 4


def _number_ends(before: str, token: str, after: str, language: str) -> bool:
    """ "1. Wash your hands" is a list number; "am 5. Mai" an ordinal; "Take 2. Then …" an end."""
    if before.strip() == token:
        return False
    follower = _first_word(after)
    ordinal = language in _ORDINAL_STOP and (after[:1].islower() or follower in _CALENDAR)
    return not ordinal


def _is_initial(before: str) -> bool:
    """Whether the capital letter that ``before`` ends in abbreviates a given name."""
    earlier = before.split()[:-1]
    if not earlier:
        return True
    last = earlier[-1].strip("(\"'“").lower()
    return earlier[-1][:1].isupper() and last not in _LETTERED | _LETTERED_OTHER


def _first_word(text: str) -> str:
    found = _WORD.match(text)
    return found.group().lower() if found else ""
