"""A house with something behind every address, and the kinds of people who come to its doors."""

import hashlib
from collections.abc import Iterator, Mapping

from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from content.models import Clinic, Notice, Role, Source, Token, Translation, User
from content.services import clinics, discussing, drafting, keeping, notifying
from tests import builders
from tests.conftest import person, qualify

PEOPLE = (
    "anonymous", "educator", "clinician", "translator", "expired", "staff", "elsewhere",
    "administrator", "deactivated",
)  # fmt: skip
# What signing in and looking leave behind, and what a person may say of themselves by a bare POST.
OF_THE_VISIT = ("sessions.", "account.", "content.Tally", "content.Notice", "content.Token")


def addresses(resolver: URLResolver | None = None, before: str = "") -> Iterator[str]:
    for entry in (resolver or get_resolver()).url_patterns:
        route = before + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield route
        else:
            yield from addresses(entry, route)


def furnish(
    translation: Translation, source: Source, ellen: User, teresa: User
) -> dict[str, object]:
    """Make something behind every address; return the words that stand for each part of one."""
    row = translation.segments.first()
    discussing.comment(row=row, actor=teresa, text="Is it always with meals?")
    notifying.translation_waits(translation)
    english = builders.make_public(translation.edition.publications.get())
    waiting = builders.edition(source, ellen, "second")
    asked = drafting.request_handout(actor=ellen, topic="Metformin", sources=[source])
    segment = waiting.segments.first()
    finding = segment.findings.create(check_id="x", severity="blocking", message="m")
    staff = _others()
    bundle = clinics.order(staff, staff.clinic, clinics.Order("zip", (english.pk,)))
    clinics.make_token(staff, staff.clinic, "EHR")
    return {
        "desk/notices/<int:pk>": Notice.objects.filter(user=teresa).first().pk,
        "desk/requests/<int:pk>": asked.pk, "desk/sources/<int:pk>": source.pk,
        "desk/editions/<int:pk>": waiting.pk, "<int:segment>": segment.pk,
        "desk/translations/<int:pk>": translation.pk, "<int:row>": row.pk,
        "desk/<str:kind>/segments/<int:pk>": f"translation/segments/{row.pk}",
        "desk/comments/<int:pk>": row.comments.get().pk, "desk/findings/<int:pk>": finding.pk,
        "desk/publications/<int:pk>": english.pk, "desk/handouts/<int:pk>": english.handout_id,
        "desk/record/<str:kind>/<int:pk>": f"edition/{waiting.pk}",
        "desk/queues/<str:kind>/<int:pk>": f"request/{asked.pk}",
        "desk/queues/<str:kind>": "request",
        "desk/cancel/<str:kind>/<int:pk>": f"request/{asked.pk}",
        "desk/retry/<str:kind>/<int:pk>": f"request/{asked.pk}",
        "<slug:slug>/handout-<str:form>": "metformin/handout-letter",
        "<str:instrument>": "pemat", "<str:form>": "csv", "<str:slug>": "letter",
        "clinic/files/<int:pk>": bundle.pk, "clinic/tokens/<int:pk>": Token.objects.get().pk,
        "clinic/favourites/<int:pk>": english.handout_id, "clinic/pdf/<int:pk>": english.pk,
        "clinic/recordings/<int:pk>": english.pk, "fhir/DocumentReference/<str:key>": english.pk,
        "fhir/Binary/<str:key>": english.files.first().pk, "<path:object_id>": "1",
        "<path:content_type_id>": "1", "<lang:language>": "en", "<slug:slug>": "metformin",
        "<slug:area>": "other", "<int:part>": "1", "(?P<url>.*)$": "nothing",
        "^(?P<app_label>account|content|auth)/$": "content/",
        "^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$": "password/reset/key/1-x/",
    }  # fmt: skip


def _others() -> User:
    """The people that no fixture makes; returns who works at the clinic that has things."""
    person("expired", Role.TRANSLATOR)
    qualify(User.objects.get(username="expired"), "pt-BR", days=-1)
    User.objects.filter(username="ada").update(is_superuser=False)
    person("deactivated", Role.ADMINISTRATOR, Role.CLINICIAN)
    User.objects.filter(username="deactivated").update(is_active=False)
    for username, clinic in (("staff", "Here"), ("elsewhere", "There")):
        user = person(username, Role.CLINIC_STAFF)
        user.clinic = Clinic.objects.create(name=clinic)
        user.save()
    return User.objects.get(username="staff")


def filled(route: str, house: Mapping[str, object]) -> str:
    """An address of ``route`` behind which there is something."""
    for part, value in house.items():
        if part in route:
            head, _bracket, _rest = part.partition("<")
            keep = "" if "<" not in part or part.startswith(("<", "(", "^")) else head
            route = route.replace(part, f"{keep}{value}")
    return f"/{route}"


def client_of(name: str) -> Client:
    client = Client(raise_request_exception=False)
    names = dict(zip(PEOPLE, ("", "ellen", "carlos", "teresa", "expired", "staff", "elsewhere",
                              "ada", "deactivated"), strict=True))  # fmt: skip
    if names[name]:
        client.force_login(User.objects.get(username=names[name]))
    return client


def digest() -> dict[str, str]:
    """A hash of every table but those that note the visit itself."""
    tables = [m for m in keeping.tables() if not m._meta.label.startswith(OF_THE_VISIT)]
    return {
        model._meta.label: hashlib.sha256(repr(list(keeping.rows(model))).encode()).hexdigest()
        for model in tables
    }
