"""Translations read back into English, so that a person sees where the meaning may have moved.

An aid beside the sentence and nothing more: no gate asks for it, and it approves nothing. What
comes back clean may still be wrong (the machine may repair in one direction what it broke in the
other), which is why the desk says so.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import F, Q, QuerySet

from content import languages
from content.engines.translator.base import SentenceRefused, Translator, translate_each
from content.engines.translator.choose import configured, for_language
from content.languages import ENGLISH, Language
from content.models import BackTranslation, TranslatedSegment, Translation
from content.services.translating import sentences
from content.text.differences import Run, differences

BATCH = 32


@dataclass(frozen=True, slots=True)
class ReadBack:
    """What the translation says in English; ``differs`` marks words that the source has not."""

    runs: tuple[Run, ...]
    engine: str

    @property
    def differs(self) -> bool:
        return any(run.differs for run in self.runs)


def due() -> list[int]:
    """The translations on a desk with words that were not read back, and that an engine can."""
    rows = _unread(TranslatedSegment.objects.filter(translation__state=Translation.State.IN_REVIEW))
    waiting = rows.values_list("translation_id", "translation__language").distinct()
    readable = {code for code in {code for _pk, code in waiting} if _engine(languages.get(code))}
    return sorted({pk for pk, code in waiting if code in readable})


def read_back(pk: int) -> None:
    """Read back what is unread of one translation; doing it twice changes nothing."""
    translation = Translation.objects.filter(pk=pk, state=Translation.State.IN_REVIEW).first()
    source = languages.get(translation.language) if translation else ENGLISH
    engine = _engine(source)
    if translation is None or engine is None:
        return
    rows = list(_unread(translation.segments.all()))
    for start in range(0, len(rows), BATCH):
        batch = rows[start : start + BATCH]
        for row, text in zip(batch, _texts(batch, source, engine), strict=True):
            _save(row, text, engine)


def shown(row: TranslatedSegment) -> ReadBack | None:
    """What ``row`` was read back as, or None where its words have changed since, or never were."""
    found = getattr(row, "back_translation", None)
    if found is None or not found.text or found.of != row.text:
        return None
    _source, runs = differences(row.segment.text, found.text)
    return ReadBack(runs, found.engine)


def _engine(source: Language) -> Translator | None:
    return for_language(ENGLISH, configured(), source)


def _unread(rows: QuerySet[TranslatedSegment]) -> QuerySet[TranslatedSegment]:
    read = Q(back_translation__isnull=False, back_translation__of=F("text"))
    return rows.exclude(text="").exclude(read)


def _texts(
    rows: Iterable[TranslatedSegment], source: Language, engine: Translator
) -> Iterator[str]:
    """The English of each row, from one call to the engine; "" where it refused a sentence."""
    split = [sentences(row.text, source) for row in rows]
    flat = [sentence for parts in split for sentence, _gap in parts]
    answers = iter(translate_each(engine, flat, ENGLISH, source) if flat else [])
    for parts in split:
        found = [(next(answers), gap) for _sentence, gap in parts]
        read = [(a[0].text, gap) for a, gap in found if not isinstance(a, SentenceRefused)]
        whole = len(read) == len(found)
        # English has a space between its sentences, also where Chinese has none.
        yield "".join(text + (gap or " ") for text, gap in read).strip() if whole else ""


def _save(row: TranslatedSegment, text: str, engine: Translator) -> None:
    BackTranslation.objects.update_or_create(
        translated_segment=row,
        defaults={
            "of": row.text,
            "text": text,
            "engine": engine.identity.name,
            "engine_revision": engine.identity.revision,
        },
    )
