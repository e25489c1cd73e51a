"""What a translation engine is. One sentence an input goes in; several hypotheses come out."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from content.engines.base import PermanentEngineError
from content.languages import ENGLISH, Language

Item = TypeVar("Item")
Done = TypeVar("Done")


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """One translation. ``score`` is its mean log-probability per token, where the engine has one."""

    text: str
    score: float | None


@dataclass(frozen=True, slots=True)
class EngineIdentity:
    """What is stored with every segment that the engine wrote.

    ``notice`` is what an administrator must know before using it, "" if there is nothing.
    """

    name: str
    revision: str
    licence: str
    notice: str


class SentenceRefused(PermanentEngineError):
    """A sentence that the engine must not translate, or could not translate safely.

    ``index`` is its place in the sentences handed in; the message tells a person what to change.
    ``also`` holds the refusals of the other sentences of the call.
    """

    def __init__(self, index: int, reason: str) -> None:
        super().__init__(reason)
        self.index = index
        self.also: tuple[SentenceRefused, ...] = ()


class Translator(Protocol):
    """An engine. Thread-safe; loads its model at the first call, once per process."""

    @property
    def identity(self) -> EngineIdentity: ...

    def supports(self, target: Language, source: Language = ENGLISH) -> bool: ...

    def translate(
        self, sentences: Sequence[str], target: Language, source: Language = ENGLISH
    ) -> list[list[Hypothesis]]:
        """The hypotheses of each sentence, in the order given: at least one each, best first.

        Raises ``SentenceRefused`` for the first sentence that cannot be translated safely, and
        ``EngineError`` if the engine cannot work at all. Never drops or shortens a sentence.
        """


def require_supported(translator: Translator, target: Language, source: Language) -> None:
    """Raise ``PermanentEngineError`` unless ``translator`` translates so."""
    if not translator.supports(target, source):
        raise PermanentEngineError(
            f"{translator.identity.name} does not translate from {source.name} into {target.name}."
        )


def each(items: Iterable[Item], work: Callable[[int, Item], Done]) -> list[Done]:
    """``work(index, item)`` of every item; one ``SentenceRefused`` for all that were refused."""
    done: list[Done] = []
    refusals: list[SentenceRefused] = []
    for index, item in enumerate(items):
        try:
            done.append(work(index, item))
        except SentenceRefused as refusal:
            refusals.append(refusal)
    if refusals:
        refusals[0].also = tuple(refusals[1:])
        raise refusals[0]
    return done


def translate_each(
    translator: Translator,
    sentences: Sequence[str],
    target: Language,
    source: Language = ENGLISH,
) -> list[list[Hypothesis] | SentenceRefused]:
    """Like ``translate``, with the refusal in the place of each sentence that was refused."""
    refused: dict[int, SentenceRefused] = {}
    while True:
        kept = [index for index in range(len(sentences)) if index not in refused]
        try:
            translated = translator.translate([sentences[index] for index in kept], target, source)
        except SentenceRefused as refusal:
            for one in (refusal, *refusal.also):
                refused[kept[one.index]] = SentenceRefused(kept[one.index], str(one))
            continue
        found = dict(zip(kept, translated, strict=True))
        return [refused.get(index) or found[index] for index in range(len(sentences))]
