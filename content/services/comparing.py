"""An edition against the last one that a clinician approved: what changed, what is new, what is gone."""

from dataclasses import dataclass
from difflib import SequenceMatcher

from content.models import Edition, Segment
from content.text.differences import Run, differences


@dataclass(frozen=True, slots=True)
class Change:
    """The words of a segment before and now, as runs; ``before`` is empty where it is new."""

    before: tuple[Run, ...]
    now: tuple[Run, ...]

    @property
    def is_new(self) -> bool:
        return not self.before


@dataclass(frozen=True, slots=True)
class Comparison:
    """``changes`` by the key of a segment of the edition; ``gone`` are texts of the one before."""

    number: int
    changes: dict[int, Change]
    gone: tuple[str, ...]

    @property
    def new(self) -> int:
        return sum(change.is_new for change in self.changes.values())

    @property
    def changed(self) -> int:
        return len(self.changes) - self.new


def since_approved(edition: Edition) -> Comparison | None:
    """What is other than in the last approved edition before; ``None`` where there is none."""
    earlier = edition.handout.editions.filter(
        number__lt=edition.number, state=Edition.State.APPROVED
    )
    last = earlier.order_by("-number").first()
    if last is None:
        return None
    old, new = _segments(last), _segments(edition)
    steps = SequenceMatcher(None, list(map(_key, old)), list(map(_key, new)), autojunk=False)
    changes: dict[int, Change] = {}
    gone: list[str] = []
    for tag, start, end, first, stop in steps.get_opcodes():
        if tag == "equal":
            for before, now in zip(old[start:end], new[first:stop], strict=True):
                if before.text != now.text:
                    changes[now.pk] = Change(*differences(before.text, now.text))
        else:
            gone += [segment.text for segment in old[start:end]]
            for now in new[first:stop]:
                changes[now.pk] = Change((), (Run(now.text, differs=True),))
    return Comparison(last.number, changes, tuple(gone))


def _segments(edition: Edition) -> list[Segment]:
    return list(edition.segments.prefetch_related("statements"))


def _key(segment: Segment) -> tuple[object, ...]:
    """What makes a segment the same one in two editions: its place and what it rests on."""
    cited = tuple(sorted(statement.pk for statement in segment.statements.all()))
    return (segment.section, segment.kind, cited or segment.text)
