"""Finding a source by the words that it uses and by the code of its topic."""

import re
from dataclasses import dataclass

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from content.models import CodeSystem, Source, Statement, TopicCode
from content.text.fold import fold

MAX_WORDS = 8
# Ranks, the best first.
BY_CODE, BY_TITLE, BY_NAME, BY_TEXT = range(4)

# How people write the names of coding systems, folded.
_SYSTEMS = {
    "icd-10-cm": CodeSystem.ICD10CM, "icd-10": CodeSystem.ICD10CM, "icd10": CodeSystem.ICD10CM,
    "snomed ct": CodeSystem.SNOMED, "snomed": CodeSystem.SNOMED, "rxnorm": CodeSystem.RXNORM,
    "loinc": CodeSystem.LOINC, "mesh": CodeSystem.MESH,
}  # fmt: skip
_SYSTEM = re.compile(rf"\b({'|'.join(_SYSTEMS)})[\s:]+(?=[a-z]?\d)")
# I10, E11.9, D003924, 11289, 4548-4.
_CODE = re.compile(r"[a-z]?\d[\da-z]*(?:[.-][\da-z]+)?")
# A few digits begin too many codes: they must be all of it.
_SHORTEST_PREFIX = 3
_SHORTEST_DIGITS = 5
_AROUND = ".,;:!?()[]“”\"'"


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    system: str = ""


def search(words: str, among: QuerySet[Source] | None = None) -> QuerySet[Source]:
    """Sources ``among`` those given, else of the whole library, that hold every word in a name, a topic or a statement, or have the code given.

    Names are the title, what the topic is also called, the publisher and the topics' names, all
    folded: “meniere” finds Ménière. Ranked: by code, by title, by another name, by statement.
    No words find every source.
    """
    sources = Source.objects.all() if among is None else among
    wanted = _words(words)
    names = _names() if wanted else {}
    found: dict[int, int] | None = None
    for word in wanted:
        hits = _hits(word, names)
        found = hits if found is None else _both(found, hits)
    if found is None:
        return sources
    ranks = [When(pk__in=_of_rank(found, rank), then=Value(rank)) for rank in range(BY_TEXT)]
    rank = Case(*ranks, default=Value(BY_TEXT), output_field=IntegerField())
    return sources.filter(pk__in=found).order_by(rank, "title")


def _words(words: str) -> list[_Word]:
    found: list[_Word] = []
    system = ""
    for part in _SYSTEM.split(fold(words.replace("\0", " ")))[: 2 * MAX_WORDS]:
        if part in _SYSTEMS:
            system = _SYSTEMS[part]
            continue
        for token in filter(None, (token.strip(_AROUND) for token in part.split())):
            found.append(_Word(token, system))
            system = ""
    return found[:MAX_WORDS]


def _names() -> dict[int, tuple[str, str]]:
    """(folded title, folded other names) of every source."""
    rows = Source.objects.values_list("pk", "title", "publisher", "also_called")
    titles = {pk: _fold(title) for pk, title, _publisher, _names in rows}
    others = {pk: [publisher, *names] for pk, _title, publisher, names in rows}
    topics = Source.topics.through.objects.values_list("source_id", "topiccode__display")
    for pk, display in topics:
        others[pk].append(display)
    return {pk: (titles[pk], _fold(" \n".join(names))) for pk, names in others.items()}


def _fold(text: str) -> str:
    return text.lower() if text.isascii() else fold(text)


def _hits(word: _Word, names: dict[int, tuple[str, str]]) -> dict[int, int]:
    """Rank of every source that ``word`` finds, by primary key."""
    found: dict[int, int] = {}
    if not word.system:
        found = dict.fromkeys(_in_statements(word.text), BY_TEXT)
        found |= {pk: BY_NAME for pk, (_title, other) in names.items() if word.text in other}
        found |= {pk: BY_TITLE for pk, (title, _other) in names.items() if word.text in title}
    return found | dict.fromkeys(_with_code(word), BY_CODE)


def _in_statements(word: str) -> QuerySet[Statement, int]:
    live = Statement.objects.filter(retired=False, text__icontains=word)
    return live.order_by().values_list("source_id", flat=True).distinct()


def _with_code(word: _Word) -> QuerySet[TopicCode, int] | tuple[()]:
    if not _CODE.fullmatch(word.text):
        return ()
    least = _SHORTEST_DIGITS if word.text.isdigit() else _SHORTEST_PREFIX
    match = Q(code__iexact=word.text)
    if len(word.text) >= least:
        match |= Q(code__istartswith=word.text)
    topics = TopicCode.objects.filter(match, source__isnull=False)
    if word.system:
        topics = topics.filter(system=word.system)
    return topics.order_by().values_list("source", flat=True).distinct()


def _both(found: dict[int, int], hits: dict[int, int]) -> dict[int, int]:
    """What both words find, ranked by the worse place, or by the code where one is a code."""
    return {
        pk: BY_CODE if BY_CODE in (rank, hits[pk]) else max(rank, hits[pk])
        for pk, rank in found.items()
        if pk in hits
    }


def _of_rank(found: dict[int, int], rank: int) -> list[int]:
    return [pk for pk, place in found.items() if place == rank]
