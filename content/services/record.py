"""Writing the record: decisions and events, always in the transaction of what they describe."""

from typing import Any

from content.models import Decision, Edition, Event, Request, Source, Translation, User
from content.services import sealing


def decide(
    *,
    verb: Decision.Verb,
    actor: User,
    edition: Edition,
    fingerprint: str,
    translation: Translation | None = None,
    reason: str = "",
    detail: dict[str, Any] | None = None,
) -> Decision:
    return sealing.soon(
        Decision.objects.create(
            verb=verb,
            actor=actor,
            edition=edition,
            translation=translation,
            fingerprint=fingerprint,
            reason=reason,
            detail=detail or {},
        )
    )


def note(
    kind: Event.Kind,
    *,
    actor: User | None = None,
    request: Request | None = None,
    edition: Edition | None = None,
    translation: Translation | None = None,
    source: Source | None = None,
    person: User | None = None,
    **data: Any,
) -> Event:
    return sealing.soon(
        Event.objects.create(
            kind=kind, actor=actor, request=request, edition=edition, translation=translation,
            source=source, person=person, data=data,
        )
    )  # fmt: skip
