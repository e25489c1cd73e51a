"""From an approved edition to a translation that waits for a qualified translator.

Every sentence is one model input (NLLB drops later sentences silently), and a segment is put
together again from its sentences with the separators it had. Memory comes first; where no engine
serves a language, memory alone fills the desk and the reason is shown.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from content import languages
from content.engines.translator.base import (
    Hypothesis,
    SentenceRefused,
    Translator,
    translate_each,
)
from content.engines.translator.choose import configured, for_language, why_none
from content.languages import Language
from content.models import (
    Edition,
    Event,
    Segment,
    TranslatedSegment,
    Translation,
)
from content.safety.base import Finding as Found
from content.safety.base import Pair, Severity, blocking, run
from content.safety.termbase import Termbase
from content.safety.translations import TRANSLATION_CHECKS
from content.services import memory, notifying, record
from content.services.findings import add_blocking, replace_findings, scores
from content.services.termbase import termbase
from content.services.workflow import Claim
from content.text.segments import split_lossless

# Segments a step: long enough to fill the engine's batches, short enough to show progress.
BATCH = 32


def start_translations(edition: Edition) -> list[Translation]:
    """A waiting translation for every language asked for; called when the English is approved."""
    wanted = [languages.get(code) for code in edition.languages]
    return [
        Translation.objects.create(
            edition=edition, language=lang.code, needs_two=lang.needs_two_translators
        )
        for lang in wanted
    ]


def translate(translation: Translation, claim: Claim) -> None:
    """Fill every segment from memory or the engine, and hand the whole to a person."""
    target = languages.get(translation.language)
    segments = list(translation.edition.segments.all())
    done = set(translation.segments.values_list("segment_id", flat=True))
    pending = [segment for segment in segments if segment.pk not in done]
    engine = for_language(target, configured())
    for start in range(0, len(pending), BATCH):
        batch = pending[start : start + BATCH]
        claim.progress(len(done) + start, len(segments), batch[0].text)
        terms = termbase(target)
        _save(translation, terms, batch, _drafts(batch, terms, engine))
    claim.progress(len(segments), len(segments), "")
    _finish(translation, target, engine, claim)


@dataclass(frozen=True, slots=True)
class Draft:
    text: str
    origin: TranslatedSegment.Origin
    engine: Translator | None = None
    score: float | None = None
    refusal: str = ""


EMPTY = Draft("", TranslatedSegment.Origin.EMPTY)
NO_DRAFT = "no_machine_draft"


def _drafts(
    batch: Sequence[Segment], terms: Termbase, engine: Translator | None
) -> dict[int, Draft]:
    drafts = _from_memory(batch, terms.language)
    rest = [segment for segment in batch if segment.pk not in drafts]
    if engine is None:
        return drafts | {segment.pk: EMPTY for segment in rest}
    return drafts | _from_engine(rest, terms, engine)


def _from_memory(batch: Sequence[Segment], target: Language) -> dict[int, Draft]:
    known = memory.exact([segment.text for segment in batch], target.code)
    return {
        segment.pk: Draft(known[segment.text], TranslatedSegment.Origin.MEMORY)
        for segment in batch
        if segment.text in known
    }


def _from_engine(
    segments: Sequence[Segment], terms: Termbase, engine: Translator
) -> dict[int, Draft]:
    """Every sentence of ``segments`` in one call to the engine, put together again."""
    split = {segment.pk: sentences(segment.text, languages.ENGLISH) for segment in segments}
    flat = [sentence for parts in split.values() for sentence, _gap in parts]
    answers = iter(translate_each(engine, flat, terms.language) if flat else [])
    return {
        pk: _join([(safest(text, next(answers), terms), gap) for text, gap in parts], engine)
        for pk, parts in split.items()
    }


def safest(
    sentence: str, answer: list[Hypothesis] | SentenceRefused, terms: Termbase
) -> Hypothesis | SentenceRefused:
    """The best-scored hypothesis that no blocking check refuses; if none, the best-scored one.

    A model's second choice with the right dose is worth more than its first with another.
    """
    if isinstance(answer, SentenceRefused):
        return answer
    passing = (one for one in answer if not blocking(check(sentence, one.text, terms)))
    return next(passing, answer[0])


def sentences(text: str, language: Language) -> list[tuple[str, str]]:
    """(sentence, what follows it) pairs whose concatenation is ``text``."""
    return [part for part in split_lossless(text, language.code) if part[0].strip()]


def _join(answers: Sequence[tuple[Hypothesis | SentenceRefused, str]], engine: Translator) -> Draft:
    refusals = [str(answer) for answer, _gap in answers if isinstance(answer, SentenceRefused)]
    if refusals:
        # Nothing is cut to fit: the translator gets an empty box and the reason.
        return Draft("", TranslatedSegment.Origin.EMPTY, refusal=" ".join(refusals))
    best = [(answer, gap) for answer, gap in answers if not isinstance(answer, SentenceRefused)]
    known = [hypothesis.score for hypothesis, _gap in best if hypothesis.score is not None]
    return Draft(
        "".join(hypothesis.text + gap for hypothesis, gap in best).strip(),
        TranslatedSegment.Origin.MACHINE,
        engine,
        score=min(known, default=None),
    )


def _save(
    translation: Translation, terms: Termbase, batch: Sequence[Segment], drafts: dict[int, Draft]
) -> None:
    with transaction.atomic():
        for segment in batch:
            draft = drafts[segment.pk]
            identity = draft.engine.identity if draft.engine else None
            row, _created = TranslatedSegment.objects.update_or_create(
                translation=translation,
                segment=segment,
                defaults={
                    "text": draft.text,
                    "origin": draft.origin,
                    "engine": identity.name if identity else "",
                    "engine_revision": identity.revision if identity else "",
                    "engine_licence": identity.licence if identity else "",
                    "score": draft.score,
                },
            )
            findings = check(segment.text, draft.text, terms)
            replace_findings(row, [*_refusal(draft), *findings])


def _refusal(draft: Draft) -> list[Found]:
    return [Found(NO_DRAFT, Severity.WARNING, draft.refusal)] if draft.refusal else []


def check(source: str, text: str, terms: Termbase) -> list[Found]:
    """What the translation checks and the house terms of the target language say of the pair."""
    pair = Pair(source, text, terms.language)
    found = run(TRANSLATION_CHECKS, pair)
    return [*found, *terms.findings(pair)] if text.strip() else found


def recheck(translation: Translation) -> int:
    """Check every pair anew and store what blocks and was not known; return how many."""
    terms = termbase(languages.get(translation.language))
    rows = translation.segments.select_related("segment").prefetch_related("findings")
    return sum(add_blocking(row, check(row.segment.text, row.text, terms)) for row in rows)


def _finish(
    translation: Translation, target: Language, engine: Translator | None, claim: Claim
) -> None:
    note = "" if engine else why_none(target, configured())
    with transaction.atomic():
        claim.finish()
        texts = translation.segments.values_list("text", flat=True)
        Translation.objects.filter(pk=translation.pk).update(
            state=Translation.State.IN_REVIEW,
            engine_note=note,
            readability=scores([text for text in texts if text], target.code),
        )
        record.note(
            Event.Kind.TRANSLATED,
            edition=translation.edition,
            translation=translation,
            engine=engine.identity.name if engine else _("none"),
        )
        notifying.translation_waits(translation)
