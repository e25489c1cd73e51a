"""Freezing what was approved, making it public with its PDFs, and taking it back.

A publication's ``payload`` is all that a patient ever gets, on the page and in the PDF::

    {title, language, edition, approved_on, review_by, machine_translated, demonstration,
     key_points: {heading, items: [text]} | null,
     help:     [{key, heading, items: [{kind, text}]}],   # emergency, then call
     sections: [{key, heading, items: [{kind, text}]}],
     sources:  [{title, publisher, url, courtesy}], topics: [{system, code, display}],
     clinic: {name, phone}}
"""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from content import languages
from content.models import (
    AT_ONCE,
    Decision,
    Edition,
    Event,
    JobState,
    MemoryEntry,
    Publication,
    Role,
    SearchEntry,
    SectionKey,
    Segment,
    Source,
    Translation,
    User,
)
from content.services import notifying, printing, record
from content.services.errors import Refused, need_reason
from content.services.outline import HELP
from content.services.qualifying import need_role
from content.services.workflow import Claim
from content.text.areas import area
from content.text.fold import fold
from content.text.search_words import page_tokens

# What can be taken back.
OPEN = (Publication.State.PREPARING, Publication.State.PUBLIC)
Words = Mapping[int, str]


# --- freezing -----------------------------------------------------------------------------------


def publish_edition(edition: Edition) -> Publication:
    """Freeze an approved edition in English; a worker renders it."""
    words = dict(edition.segments.values_list("pk", "text"))
    people = [edition.approved_by]
    return _freeze(edition, None, languages.ENGLISH.code, words, people)


def publish_translation(translation: Translation) -> Publication:
    """Freeze an approved translation; a worker renders it."""
    words = dict(translation.segments.values_list("segment_id", "text"))
    people = [
        translation.edition.approved_by, translation.approved_by, translation.second_approved_by,
    ]  # fmt: skip
    return _freeze(translation.edition, translation, translation.language, words, people)


def _freeze(
    edition: Edition,
    translation: Translation | None,
    language: str,
    words: Words,
    people: Iterable[User | None],
) -> Publication:
    payload = _payload(edition, translation, language, words)
    payload["demonstration"] = any(person.is_demo for person in people if person)
    made = Publication.objects.create(
        handout=edition.handout,
        edition=edition,
        translation=translation,
        language=language,
        title=payload["title"],
        payload=payload,
        sha256=digest(payload),
        area=_shelf(payload),
        search_text=fold(" ".join(_texts(payload))),
        review_by=dt.date.fromisoformat(payload["review_by"]) if payload["review_by"] else None,
    )
    _index(made)
    return made


def _index(made: Publication) -> None:
    words = {
        "title": page_tokens(made.language, [made.title]),
        "words": page_tokens(made.language, _texts(made.payload)),
    }
    SearchEntry.objects.get_or_create(publication=made, defaults=words)


def _shelf(payload: Mapping[str, Any]) -> str:
    return area((topic["system"], topic["code"]) for topic in payload["topics"])


def index_missed() -> int:
    """Put on their shelves and into the index what a version without them froze; return how many."""
    missed = list(Publication.objects.filter(search=None))
    for row in missed:
        with transaction.atomic():
            Publication.objects.filter(pk=row.pk).update(area=_shelf(row.payload))
            _index(row)
    return len(missed)


def digest(payload: Mapping[str, Any]) -> str:
    """SHA-256 of the payload in one canonical spelling."""
    canonical = json.dumps(payload, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def _payload(
    edition: Edition, translation: Translation | None, language: str, words: Words
) -> dict[str, Any]:
    segments = list(edition.segments.all())
    approved = translation.approved_at if translation else edition.approved_at
    sources = _sources(edition)
    reviews = [source.review_by.isoformat() for source in sources if source.review_by]
    return {
        "title": next(words[s.pk] for s in segments if s.section == SectionKey.TITLE),
        "language": language,
        "edition": edition.number,
        "approved_on": timezone.localdate(approved).isoformat() if approved else "",
        "review_by": min(reviews, default=""),
        "machine_translated": _machine_translated(translation),
        "key_points": _key_points(segments, words),
        "help": _sections(segments, words, HELP),
        "sections": _sections(segments, words, _body_order(segments)),
        "sources": [_cite(source) for source in sources],
        "topics": [
            {"system": topic.system, "code": topic.code, "display": topic.display}
            for topic in edition.handout.topics.all()
        ],
        "clinic": {"name": settings.CLINIC_NAME, "phone": settings.CLINIC_PHONE},
    }


def _machine_translated(translation: Translation | None) -> bool:
    """Whether an engine wrote any of the words that the translator then reviewed."""
    return translation is not None and translation.segments.exclude(engine="").exists()


def _key_points(segments: list[Segment], words: Words) -> dict[str, Any] | None:
    heading = [s for s in segments if s.section == SectionKey.KEY_POINTS and s.is_label]
    items = [words[s.pk] for s in segments if s.key_point]
    return {"heading": words[heading[0].pk], "items": items} if heading and items else None


def _body_order(segments: list[Segment]) -> list[str]:
    outside = {SectionKey.TITLE, SectionKey.KEY_POINTS, *HELP}
    return list(dict.fromkeys(s.section for s in segments if s.section not in outside))


def _sections(segments: list[Segment], words: Words, keys: Iterable[str]) -> list[dict[str, Any]]:
    found = []
    for key in keys:
        rows = [s for s in segments if s.section == key]
        items = [{"kind": s.kind, "text": words[s.pk]} for s in rows if not s.is_label]
        heading = next((words[s.pk] for s in rows if s.is_label), "")
        if items:
            found.append({"key": str(key), "heading": heading, "items": items})
    return found


def _sources(edition: Edition) -> list[Source]:
    cited = Source.objects.filter(statements__segments__edition=edition)
    return list(cited.distinct().order_by("title", "pk"))


def _cite(source: Source) -> dict[str, str]:
    return {
        "title": source.title,
        "publisher": source.publisher,
        "url": source.url,
        "courtesy": source.courtesy,
    }


def _texts(payload: Mapping[str, Any]) -> list[str]:
    items = [
        item["text"]
        for section in (*payload["help"], *payload["sections"])
        for item in section["items"]
    ]
    return [payload["title"], *(topic["display"] for topic in payload["topics"]), *items]


# --- making public (the worker) ---------------------------------------------------------------------


def prepare(publication: Publication, claim: Claim) -> None:
    """Render and check every PDF, then make the publication public in one step."""
    for done, variant in enumerate(AT_ONCE):
        claim.progress(done, len(AT_ONCE), _("Rendering %s") % variant.slug)
        file = printing.house_file(publication, variant)
        if not file.is_there:
            printing.store(file, printing.render(file))
            file.job_state = JobState.DONE
            file.save()
    with transaction.atomic():
        claim.finish()
        _go_public(publication)


def _go_public(publication: Publication) -> None:
    """Swap: the version before gives way in the same transaction in which this one appears."""
    row = Publication.objects.select_for_update(of=("self",)).get(pk=publication.pk)
    if row.state != Publication.State.PREPARING:
        return
    same = Publication.objects.filter(handout=row.handout, language=row.language)
    if same.filter(edition__number__gt=row.edition.number).public().exists():
        row.state = Publication.State.SUPERSEDED
        row.save(update_fields=["state"])
        return
    same.public().update(state=Publication.State.SUPERSEDED)
    row.state, row.published_at = Publication.State.PUBLIC, timezone.now()
    row.save(update_fields=["state", "published_at"])
    record.note(
        Event.Kind.PUBLISHED, edition=row.edition, translation=row.translation, publication=row.pk,
        sha256=row.sha256,
    )  # fmt: skip
    notifying.published(row)


# --- taking back --------------------------------------------------------------------------------


def withdraw(
    *, publication: Publication, actor: User, reason: str, with_translations: bool = False
) -> None:
    """Take a publication off every public door at once, and forget its memory.

    ``with_translations`` takes every language of its edition back, those under way included.
    """
    if not (actor.has_role(Role.CLINICIAN) or actor.has_role(Role.ADMINISTRATOR)):
        raise Refused(_("Only a clinician or an administrator may withdraw a publication."))
    words = need_reason(reason)
    with transaction.atomic():
        if not _take_back(publication, actor, words):
            raise Refused(_("This publication is not public any more."))
        if with_translations:
            _take_languages_back(publication.edition, actor, words)


def _take_back(publication: Publication, actor: User, reason: str) -> bool:
    record.decide(
        verb=Decision.Verb.WITHDRAW, actor=actor, edition=publication.edition,
        translation=publication.translation, fingerprint=publication.sha256, reason=reason,
    )  # fmt: skip
    changed = Publication.objects.filter(pk=publication.pk, state__in=OPEN).update(
        state=Publication.State.WITHDRAWN, withdrawn_at=timezone.now(), withdrawn_reason=reason
    )
    MemoryEntry.objects.filter(translation=publication.translation).delete()
    notifying.withdrawn(publication)
    return bool(changed)


def _take_languages_back(edition: Edition, actor: User, reason: str) -> None:
    for row in edition.publications.filter(state__in=OPEN).select_related("edition", "translation"):
        _take_back(row, actor, reason)
    unfinished = edition.translations.exclude(state=Translation.State.APPROVED)
    unfinished.update(
        state=Translation.State.STALE, job_state=JobState.CANCELLED, claim_token=None,
        claimed_until=None,
    )  # fmt: skip


def publish_again(*, publication: Publication, actor: User, reason: str) -> Publication:
    """Publish the approved text of a withdrawn publication once more, by name and with a reason."""
    need_role(actor, Role.CLINICIAN, _("Only a clinician may publish again what was withdrawn."))
    words = need_reason(reason)
    with transaction.atomic():
        row = Publication.objects.select_for_update(of=("self",)).get(pk=publication.pk)
        if row.state != Publication.State.WITHDRAWN:
            raise Refused(_("Only what was withdrawn can be published again."))
        same = Publication.objects.filter(handout=row.handout, language=row.language)
        newer = same.filter(Q(pk__gt=row.pk) | Q(edition__number__gt=row.edition.number))
        if newer.exclude(state=Publication.State.WITHDRAWN).exists():
            raise Refused(_("A newer version is there. Start from that one."))
        record.decide(
            verb=Decision.Verb.PUBLISH_AGAIN, actor=actor, edition=row.edition,
            translation=row.translation, fingerprint=row.sha256, reason=words,
        )  # fmt: skip
        made = row.translation
        return publish_translation(made) if made else publish_edition(row.edition)
