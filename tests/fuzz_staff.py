"""``python -m tests.fuzz_staff [N]``: N requests, 10,000 if not said, at every address, by everybody.

Each kind of person of the table of roles (`tests/doors/house.py`), signed in or not, asks for every
address of the house with a likely, nearly right or garbage form. They come in visits of twenty
requests in one transaction, which is taken back: each visit finds the same house. What must hold:

- no answer is a server error, and no request raises;
- nobody without a part in the work changes a row, and no GET does, whoever sends it;
- only clinicians approve English, only translators of the language a translation, and nothing
  becomes public; the record's chain stays whole.
"""

import json
import logging
import random
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO

from tests.fuzz_doors import stand

VISIT = 20
POWERLESS = ("anonymous", "deactivated", "expired", "elsewhere")
# What the powerless may change: their own settings and favourites, and what anybody tells a page.
THEIR_OWN = {
    "anonymous": {"content.Feedback"},
    "deactivated": {"content.Feedback"},
    "expired": {"content.User", "content.Favourite", "content.Feedback"},
    "elsewhere": {"content.User", "content.Favourite", "content.Feedback", "content.Bundle",
                  "content.BundleItem", "content.Clinic", "content.Recording"},
}  # fmt: skip
READINESS = "readyz"  # says 503 where a part of the house is down, as here
# A first look makes what is missing: a form of a PDF is queued on first demand.
BY_LOOKING = {"content.RenderedFile"}
FIELDS = [
    "shown",
    "reason",
    "fingerprint",
    "text",
    "q",
    "title",
    "shelf",
    "publication",
    "next",
    "name",
    "language",
    "favourites",
    "easy",
    "comment",
    "wanted",
    "review_by",
    "recording",
    "phone",
    "paper",
    "order",
    "no_logo",
    "mail",
    "logo",
    "large_print",
    "kind",
    "keep",
    "imposition",
    "file",
    "everywhere",
    "copies",
    "cover",
    "bilingual",
    "all",
    "after_hours",
    "accept",
    "mend",
    "back",
    "topic",
    "note",
    "purpose",
    "audience",
    "grade",
    "languages",
    "sources",
    "due",
    "username",
    "email",
    "password",
    "password1",
    "password2",
    "login",
    "action",
    "_selected_action",
    "select_across",
    "index",
    "is_active",
    "is_superuser",
    "groups",
    "clinic",
    "code",
    "system",
    "license",
    "publisher",
    "url",
    "statements-TOTAL_FORMS",
    "statements-INITIAL_FORMS",
    "statements-0-text",
    "statements-0-id",
    "form-TOTAL_FORMS",
    "form-INITIAL_FORMS",
    "post",
    "_save",
    "_popup",
    "_to_field",
    "o",
    "p",
    "e",
]
GARBAGE = (
    "", "0", "1", "-1", "999999999999999999999", "on", "true", "None", "\0", "😀" * 9, "\u202e", "é",
    "<script>alert(1)</script>", "' OR 1=1 --", "%00", "../../etc/passwd", "a" * 9_000, "pt-BR", "es",
    "zip", "pack", "2031-01-01", "31/12/2030", "2031-13-45", "letter", "a4", "booklet", "//evil.example",
    "javascript:alert(1)", "Take 500 mg of metformin with food.", "Call 911.", "long enough a reason",
    "delete_selected", "1e999", "NaN", "{}", "[]", "{{7*7}}", "%(n)s", "{0.__class__}",
)  # fmt: skip
METHODS = ("GET",) * 8 + ("POST",) * 10 + ("HEAD", "PUT", "DELETE", "OPTIONS")
KEYS = ("1", "2", "3", "7", "0", "99999999999999999999", "x", "é", "%00", "current")


@dataclass
class Report:
    requests: int = 0
    statuses: Counter[int] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)
    addresses: set[str] = field(default_factory=set)


class TakenBack(Exception):
    """Ends a visit's transaction."""


def fuzz(times: int, house: dict[str, object], seed: int = 1) -> Report:
    """Send ``times`` requests in visits; whatever fails is told, and the rest go on."""
    from django.db import transaction

    from tests.doors.house import PEOPLE, addresses, digest

    chance, report = random.Random(seed), Report()
    before, approvals = digest(), _approvals()
    routes = sorted(route for route in set(addresses()) if "logout" not in route)
    visits = -(-times // VISIT)
    for number in range(visits):
        who = PEOPLE[number % len(PEOPLE)]
        only_looks = chance.random() < 0.3
        try:
            with transaction.atomic():
                _visit(who, only_looks, routes, house, chance, report)
                _judge(who, only_looks, before, approvals, report)
                raise TakenBack
        except TakenBack:
            pass
    return report


def _visit(
    who: str, only_looks: bool, routes: list[str], house: dict[str, object],
    chance: random.Random, report: Report,
) -> None:  # fmt: skip
    from tests.doors.house import client_of

    client = client_of(who)
    client.raise_request_exception = True
    for _request in range(VISIT):
        route = chance.choice(routes)
        method = "GET" if only_looks else chance.choice(METHODS)
        path, data = _path(route, house, chance), dict(_form(house, chance))
        sent = f"{who}: {method} {path} {str(data)[:300]}"
        report.requests += 1
        report.addresses.add(route)
        try:
            status = _send(client, method, path, data, chance)
        except Exception as error:
            report.failures.append(f"{type(error).__name__}: {error} ← {sent}")
            return  # the transaction may be broken
        report.statuses[status] += 1
        if status >= 500 and route != READINESS:
            report.failures.append(f"{status} ← {sent}")


def _send(
    client: object, method: str, path: str, data: dict[str, object], chance: random.Random
) -> int:
    extra = {"HTTP_ACCEPT": "application/json"} if chance.random() < 0.2 else {}
    if chance.random() < 0.2:
        extra["HTTP_REFERER"] = chance.choice(["//evil.example", "\0", "/desk/", "x" * 3000])
    ask = getattr(client, method.lower())
    if method in ("PUT", "DELETE", "OPTIONS"):
        response = ask(path, b"x", content_type="text/plain", **extra)
    else:
        response = ask(path, data, **extra)
    if response.streaming:  # read to its end: `close` would take our transaction's connection along
        for _part in response.streaming_content:
            pass
    return int(response.status_code)


def _path(route: str, house: dict[str, object], chance: random.Random) -> str:
    """What is there, mostly; or the address of another row, or of none."""
    from tests.doors.house import filled

    if chance.random() < 0.7:
        return filled(route, house)
    return "/" + re.sub(r"<[^>]*>|\(\?P.*\)\$?", lambda _part: chance.choice(KEYS), route).strip(
        "^$"
    )


def _form(house: dict[str, object], chance: random.Random) -> Iterator[tuple[str, object]]:
    for name in chance.sample(FIELDS, chance.randrange(9)):
        kind = chance.random()
        if kind < 0.25:
            yield name, str(chance.choice(list(house.values())))
        elif kind < 0.3:
            file = BytesIO(
                chance.choice([b"", b"\x89PNG\r\n", b"<svg/>", b"%PDF-1.7", b"\xff" * 900])
            )
            file.name = chance.choice(["a.png", "a.svg", "../x.xlf", "a.mp3", "é.tmx"])
            yield name, file
        else:
            yield name, chance.choice(GARBAGE)


def _approvals() -> dict[str, int]:
    """How many texts are approved, by who alone may approve them."""
    from content.models import Edition, Translation

    return {
        "clinician": Edition.objects.filter(state="approved").count(),
        "translator": Translation.objects.filter(state="approved").count(),
    }


def _judge(
    who: str, only_looks: bool, before: dict[str, str], approvals: dict[str, int], report: Report
) -> None:
    from content.models import Publication, User
    from content.services import sealing
    from tests.doors.house import digest

    User.objects.update(last_login=None)  # of the visit itself, like a session
    after = digest()
    changed = {label for label in before if before[label] != after[label]}
    allowed = set(after) if who not in POWERLESS else THEIR_OWN[who]
    if only_looks:
        allowed = set()
    if wrong := changed - allowed - BY_LOOKING:
        report.failures.append(f"{who}{' by looking' * only_looks} changed {sorted(wrong)}")
    for role, count in _approvals().items():
        if count != approvals[role] and who != role:
            report.failures.append(f"{who} approved what only a {role} may")
    if Publication.objects.filter(state="public").count() > 1:
        report.failures.append(f"{who} made something public without the workers")
    if breaks := sealing.verify(None).breaks:
        report.failures.append(f"{who} broke the record: {breaks[:2]}")


def main(times: int) -> int:
    stand()
    logging.disable()
    report = fuzz(times, furnished())
    print(json.dumps({
        "requests": report.requests, "addresses": len(report.addresses),
        "statuses": dict(sorted(report.statuses.items())), "failures": len(report.failures),
    }))  # fmt: skip
    for failure in report.failures[:40]:
        print(failure[:600], file=sys.stderr)
    return bool(report.failures)


def furnished() -> dict[str, object]:
    from content.models import Role
    from tests import builders
    from tests.conftest import person, qualify
    from tests.doors.house import furnish

    ellen, carlos = person("ellen", Role.EDUCATOR), person("carlos", Role.CLINICIAN)
    teresa = person("teresa", Role.TRANSLATOR)
    person("ada", Role.ADMINISTRATOR)
    qualify(teresa, "pt-BR")
    source = builders.source()
    approved = builders.approve(builders.edition(source, ellen), carlos)
    return furnish(builders.translation(approved, "pt-BR"), source, ellen, teresa)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000))
