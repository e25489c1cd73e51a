"""The publications that answer a question: by code, by an ancestor of the code, by name."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Prefetch, Q

from content import languages
from content.infobutton import codes
from content.infobutton.asking import Criterion, Question
from content.languages import Language
from content.models import CodeSystem, Handout, JobState, Publication, RenderedFile, TopicCode
from content.models.record import PublicationQuerySet
from content.text.fold import fold
from content.text.tables import word_set

# As MedlinePlus Connect: what a patient can read of one problem.
MAX_ENTRIES = 3
# Words of a drug's name that name no drug.
_OF_FORMS = word_set(
    """and for with oral tablet tablets tab capsule capsules cap solution suspension injection
    injectable topical cream ointment patch inhaler spray drops syrup powder extended release
    delayed prefilled syringe pack product pill chewable disintegrating sublingual film coated hr
    hour g mg mcg ug ml l meq unt unit units actuat"""
)
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Found:
    """``instead``: English, for a language in which the handout is not published."""

    publication: Publication
    instead: bool


def public() -> PublicationQuerySet:
    """Public rows with what every answer shows of them: the handout, its codes, its PDFs."""
    files = RenderedFile.objects.filter(clinic=None, job_state=JobState.DONE, bilingual=False,
                                        large_print=False).order_by("-paper")  # fmt: skip
    return (
        Publication.objects.public()
        .defer("search_text")
        .select_related("handout")
        .prefetch_related(Prefetch("files", files, to_attr="prints"), "handout__topics")
    )


def answer(question: Question) -> list[Found]:
    found: dict[int, Found] = {}
    for criterion in question.criteria:
        for row in _about(criterion, question.language)[:MAX_ENTRIES]:
            found.setdefault(row.publication.pk, row)
    return list(found.values())


def _about(criterion: Criterion, language: Language | None) -> list[Found]:
    """A code that is sent decides; the name helps drugs only, whose codes are many (Connect)."""
    found = _by_code(criterion, language) if criterion.code else []
    if not found and criterion.name and (criterion.system.of_drugs or not criterion.code):
        found = _by_name(criterion, language)
    return found


def _by_code(criterion: Criterion, language: Language | None) -> list[Found]:
    system = criterion.system
    if system.ours is None:
        return []
    steps = codes.ladder(system, criterion.code)
    rank = {code: step for step, same in enumerate(steps) for code in same}
    pairs = Handout.topics.through.objects.filter(
        topiccode__system=system.ours, topiccode__code__in=rank
    ).values_list("handout", "topiccode__code")
    ranks: dict[int, int] = {}
    for handout, code in pairs:
        ranks[handout] = min(rank[code], ranks.get(handout, len(steps)))
    rows = _in_language(ranks, language)
    best = min((ranks[row.publication.handout_id] for row in rows), default=0)
    return [row for row in rows if ranks[row.publication.handout_id] == best]


def _in_language(handouts: Iterable[int], language: Language | None) -> list[Found]:
    """Each handout in ``language``, else in English; those in the language first, then by title."""
    wanted = (language or languages.ENGLISH).code
    rows = public().filter(handout__in=handouts, language__in={wanted, languages.ENGLISH.code})
    best: dict[int, Publication] = {}
    for row in rows:
        if row.language == wanted or row.handout_id not in best:
            best[row.handout_id] = row
    found = [Found(row, language is None or row.language != wanted) for row in best.values()]
    return sorted(found, key=lambda row: (row.instead, row.publication.title))


def _by_name(criterion: Criterion, language: Language | None) -> list[Found]:
    """Handouts whose title holds every word of the name, then those with a code of that name.

    A drug's name holds that of its code: "metformin" in "metformin hydrochloride 500 MG Oral
    Tablet". Any other must be the same, or dengue fever would be answered with fever.
    """
    titled = _titled(criterion, language or languages.ENGLISH)
    rows = _in_language(titled | _coded(criterion), language)
    return sorted(rows, key=lambda row: row.publication.handout_id not in titled)


def _titled(criterion: Criterion, language: Language) -> set[int]:
    words, phrase = _words(criterion.name), fold(criterion.name)
    if criterion.system.of_drugs:
        words = {word for word in words - _OF_FORMS if not word.isdecimal()}
    # Thai, Chinese and others write no spaces: their words are found inside longer ones.
    unspaced = bool(phrase) and min(phrase) >= "\u0e00"
    if not words:
        return set()
    tongues = {language.code, languages.ENGLISH.code}
    rows = Publication.objects.public().filter(language__in=tongues)
    for word in words:
        rows = rows.filter(search_text__contains=word)
    titles = rows.values_list("handout", "title")
    return {
        handout for handout, title in titles
        if words <= _words(title) or (unspaced and phrase in fold(title))
    }  # fmt: skip


def _coded(criterion: Criterion) -> set[int]:
    words, of_drugs = _words(criterion.name), criterion.system.of_drugs
    if not words:
        return set()
    topics = TopicCode.objects.filter(
        reduce(or_, (Q(display__icontains=word) for word in sorted(words)))
    )
    if of_drugs:
        topics = topics.filter(system=CodeSystem.RXNORM)
    names = ((topic.pk, _words(topic.display)) for topic in topics)
    same = [pk for pk, name in names if name and (name == words or (of_drugs and name <= words))]
    return set(Handout.objects.filter(topics__in=same).values_list("pk", flat=True))


def _words(text: str) -> set[str]:
    return set(_WORD.findall(fold(text)))
