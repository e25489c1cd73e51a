"""The demonstration: one real request through the whole path, by the services that the admin uses.

Its accounts are marked, and what they approve carries a notice on the page and in the PDF. Every
step looks at what is there first, so a second start repeats nothing and a broken one goes on.
"""

import datetime as dt
import secrets
from collections.abc import Callable
from dataclasses import dataclass

from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.utils import timezone

from content.models import (
    Edition,
    Finding,
    Job,
    JobState,
    Purpose,
    Qualification,
    Request,
    Role,
    Source,
    Translation,
    User,
)
from content.services import drafting, reviewing, vetting

LANGUAGE = "pt-BR"
REASON = "Demonstration account: no qualified person has reviewed this text."


@dataclass(frozen=True, slots=True)
class Person:
    username: str
    name: str
    role: Role
    is_superuser: bool = False


PEOPLE = (
    Person("demo-educator", "Ellen", Role.EDUCATOR),
    Person("demo-clinician", "Carlos", Role.CLINICIAN),
    Person("demo-translator", "Teresa", Role.TRANSLATOR),
    Person("demo-admin", "Ada", Role.ADMINISTRATOR, is_superuser=True),
)


@dataclass(frozen=True, slots=True)
class Story:
    """A request, and how far the demo users take it."""

    topic: str
    source: str
    purpose: Purpose
    approve_english: bool
    approve_translation: bool


STORIES = (
    Story("High blood pressure", "library:high-blood-pressure", Purpose.CONDITION, True, True),
    Story("Taking warfarin safely", "library:warfarin", Purpose.MEDICINE, True, False),
    Story("Getting ready for a colonoscopy", "library:colonoscopy-preparation", Purpose.PROCEDURE, False, False),
)  # fmt: skip

# (row, waits for the worker) -> None; raises when the row failed.
Wait = Callable[[Job], None]


def ensure_people() -> dict[str, str]:
    """Make the accounts that are missing; their passwords, which nothing keeps, by username."""
    return {person.username: _make(person) for person in PEOPLE if not _known(person)}


def vet_library() -> None:
    """The demo clinician stands for the starter library, as marked as all that they do."""
    clinician = User.objects.get(username="demo-clinician")
    fresh = Source.objects.filter(external_id__startswith="library:", vetted_by=None)
    for source in fresh:
        if source.review_by and not source.is_expired:
            vetting.vet(
                source=source, actor=clinician, review_by=source.review_by, shown=source.digest
            )


def _known(person: Person) -> bool:
    return User.objects.filter(username=person.username).exists()


def _make(person: Person) -> str:
    password = secrets.token_urlsafe(12)
    user = User.objects.create_user(
        person.username, password=password, first_name=person.name, last_name="(demo)",
        is_staff=True, is_superuser=person.is_superuser, is_demo=True,
    )  # fmt: skip
    user.groups.add(Group.objects.get(name=person.role))
    if person.role is Role.TRANSLATOR:
        today = timezone.localdate()
        Qualification.objects.create(
            user=user, language=LANGUAGE, kind="Demonstration, not a qualification",
            valid_from=today, valid_until=today + dt.timedelta(days=365),
        )  # fmt: skip
    return password


def tell(story: Story, wait: Wait) -> str:
    """Take ``story`` as far as it goes; return one line that says where it stands."""
    request = _request(story)
    wait(request)
    edition = Edition.objects.get(request=request)
    if not story.approve_english:
        return f"“{story.topic}” waits for a clinician."
    _approve_english(edition)
    wait(edition.publications.get(translation=None))
    translation = edition.translations.get(language=LANGUAGE)
    wait(translation)
    translation.refresh_from_db()
    if not story.approve_translation or not _approve_translation(translation):
        return f"“{story.topic}” is published in English; its translation waits for a translator."
    wait(edition.publications.get(translation=translation))
    return f"“{story.topic}” is published in English and Portuguese."


def _request(story: Story) -> Request:
    educator = User.objects.get(username="demo-educator")
    made = Request.objects.filter(requested_by=educator, topic=story.topic)
    known = made.exclude(job_state=JobState.CANCELLED).first()
    return known or drafting.request_handout(
        actor=educator, topic=story.topic, purpose=story.purpose, language_codes=[LANGUAGE],
        sources=[Source.objects.get(external_id=story.source)],
    )  # fmt: skip


def _approve_english(edition: Edition) -> None:
    if edition.state != Edition.State.IN_REVIEW:
        return
    clinician = User.objects.get(username="demo-clinician")
    _override_all(Finding.objects.filter(segment__edition=edition), clinician)
    reviewing.approve_edition(edition=edition, actor=clinician, shown=edition.compute_fingerprint())


def _approve_translation(translation: Translation) -> bool:
    """Approve as the demo translator; an empty segment stays for a person, nobody invents it."""
    if translation.state != Translation.State.IN_REVIEW:
        return translation.state == Translation.State.APPROVED
    if translation.segments.filter(text="").exists():
        return False
    translator = User.objects.get(username="demo-translator")
    found = Finding.objects.filter(translated_segment__translation=translation)
    _override_all(found, translator)
    reviewing.approve_translation(
        translation=translation, actor=translator, shown=translation.compute_fingerprint()
    )
    return True


def _override_all(findings: QuerySet[Finding], actor: User) -> None:
    for finding in findings:
        if finding.is_open:
            reviewing.override(finding=finding, actor=actor, reason=REASON)
