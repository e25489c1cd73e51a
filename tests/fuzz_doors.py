"""``python -m tests.fuzz_doors [N]``: N requests, 5,000 if not said, at every door of the public.

Hypothesis makes them: those for programs out of the OpenAPI description, those of the portal out of
its addresses; parameters, headers and methods are likely, nearly right, or garbage. They go through
Django's whole stack in this process, to a database with handouts in four languages. No answer may
be a server error, and no request may raise.
"""

import json
import logging
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

DESCRIPTION = Path(__file__).parents[1] / "content" / "infobutton" / "openapi.json"
OIDS = [f"2.16.840.1.113883.6.{end}" for end in ("90", "96", "88", "1", "177", "103", "69", "12")]
LIKELY = [
    *OIDS, "E11.9", "E119", "J45.909", "44054006", "6809", "4548-4", "metformin 500 MG", "asthma",
    "es", "sp", "ar", "pt-BR", "zh-TW", "en", "xx", "text/xml", "application/json", "json",
    "application/javascript", "a.b", "alert(1)", "http://snomed.info/sct|44054006", "1", "0", "-1",
    "http://hl7.org/fhir/sid/icd-10-cm|E11.9", "|", "E11.9,J45", "20", "9" * 30, "current", "",
    "\0", "%00", "../../etc/passwd", "<b>", "'\"", "\u202e\u2028", "１", "true", "letter", "a4",
]  # fmt: skip
ODD_NAMES = [
    "mainSearchCriteria.c.c", "mainSearchCriteria.v.c7", "MAINSEARCHCRITERIA.V.CS", "age.v.v",
    "_count:x", "event:not", "_sort", "q", "page", "area", "language", "",
]  # fmt: skip
LANGUAGES = ["en", "es", "ar", "pt-BR", "so", "zh-Hans", "xx", "EN", ""]
SLUGS = ["metformin", "asthma", "nothing", "a" * 300, "é", "..", ""]
ENDS = [
    "", "handout-letter.pdf", "handout-a4.pdf", "handout-letter-large.pdf", "handout-.pdf",
    "handout-a4-bilingual.pdf", "handout-\0.pdf", "feedback", "feedback/", "audio", "print/",
]  # fmt: skip


@dataclass(frozen=True)
class Sent:
    """A request; ``query`` and ``body`` are lists of pairs, or bytes sent as they are."""

    method: str
    path: str
    query: Any
    headers: dict[str, str]
    body: Any = None


@dataclass
class Report:
    statuses: Counter[int] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)
    paths: Counter[str] = field(default_factory=Counter)


VALUES = st.one_of(st.sampled_from(LIKELY), st.text(max_size=60), st.text(max_size=4))
RAW = st.one_of(
    st.binary(max_size=80), st.just(b"%ED%A0%80=%FF&&=&%"), st.just(b"a=" + b"x" * 9000)
)
HEADERS = st.fixed_dictionaries({}, optional={
    "accept": st.sampled_from(["*/*", "application/fhir+json", "text/html;q=x", ",;,", "é"]),
    "accept-language": st.sampled_from(["es", "zh-TW,ar;q=0.9", "*;q=zz", "x" * 900, ""]),
    "authorization": st.sampled_from([*[""] * 9, "Bearer x", "Basic zzz", "\x80"]),
    "if-none-match": st.sampled_from(["*", '"x"', 'W/"', ",,,", "é"]),
    "range": st.sampled_from(["bytes=0-1", "bytes=9-1", "x"]),
    "x-forwarded-for": st.sampled_from(["1.2.3.4", "x, y", "::1", ""]),
    "host": st.sampled_from([*["localhost"] * 9, "evil.example", "a b"]),
    "cookie": st.sampled_from(["sessionid=x", "csrftoken=\x80", "a=b; =;"]),
})  # fmt: skip


def requests() -> st.SearchStrategy[Sent]:
    described = json.loads(DESCRIPTION.read_text(encoding="utf-8"))["paths"]
    programs = [_of_programs(path, one["get"]) for path, one in described.items()]
    kinds = st.sampled_from([*programs, *programs[:1] * 3, *[_pages()] * 4])
    return kinds.flatmap(lambda kind: kind)


def _of_programs(path: str, operation: dict[str, Any]) -> st.SearchStrategy[Sent]:
    told = [one["name"] for one in operation.get("parameters", ()) if one["in"] == "query"]
    names = st.sampled_from([*told, *told, *ODD_NAMES])
    ids = st.one_of(st.integers(0, 9).map(str), st.sampled_from(["9" * 30, "-1", "x", "١"]), VALUES)
    where = ids.map(lambda key: path.replace("{id}", quote(key, safe="") or "0"))
    pairs = st.lists(st.tuples(names, VALUES), max_size=7)
    likely = st.fixed_dictionaries({name: st.sampled_from(LIKELY) for name in told[:4]})
    queries = st.one_of(pairs, likely.map(lambda one: list(one.items())), RAW)
    methods = st.sampled_from(["GET"] * 8 + ["HEAD", "OPTIONS", "POST", "DELETE"])
    return st.builds(Sent, methods, where, queries, HEADERS)


def _pages() -> st.SearchStrategy[Sent]:
    """The portal: its front door, homes and searches, pages, files, and what readers say."""
    parts = st.tuples(*map(st.sampled_from, (LANGUAGES, SLUGS, ENDS)))
    shape = st.sampled_from([0, 1, 1, 2, 2, 3, 3])
    where = st.tuples(parts, shape).map(_portal_path)
    queries = st.one_of(st.lists(st.tuples(st.sampled_from([*ODD_NAMES, "q", "q"]), VALUES)), RAW)
    fields = st.sampled_from(["easy", "comment", "answer", "language", "website", ""])
    bodies = st.one_of(st.none(), st.lists(st.tuples(fields, VALUES), max_size=5), RAW)
    methods = st.sampled_from(["GET"] * 6 + ["HEAD", "POST", "POST", "PUT", "OPTIONS"])
    return st.builds(Sent, methods, where, queries, HEADERS, bodies)


def _portal_path(drawn: tuple[tuple[str, str, str], int]) -> str:
    (language, slug, end), shape = drawn
    return "/" + "".join(
        ["", f"{language}/", f"{language}/{slug}/", f"{language}/{slug}/{end}"][shape]
    )


def send(sent: Sent) -> int:
    """The status of the answer; an exception of the application comes through."""
    from django.test import Client

    query = sent.query if isinstance(sent.query, bytes) else urlencode(sent.query).encode()
    body = sent.body if isinstance(sent.body, bytes) else urlencode(sent.body or ()).encode()
    extra = {
        f"HTTP_{name.upper().replace('-', '_')}": value for name, value in sent.headers.items()
    }
    response = Client().generic(
        sent.method, quote(sent.path, safe="/%") or "/", body,
        "application/x-www-form-urlencoded", QUERY_STRING=query.decode("latin-1"), **extra,
    )  # fmt: skip
    if response.streaming:
        response.close()
    return response.status_code


def fuzz(times: int, sent: Callable[[Sent], int] = send) -> Report:
    """Send ``times`` requests; whatever fails is told, and the rest go on."""
    report = Report()

    @settings(
        max_examples=times, deadline=None, database=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(requests())
    def one(request: Sent) -> None:
        report.paths["/".join(request.path.split("/")[:3])[:24]] += 1
        try:
            status = sent(request)
        except Exception as error:
            report.failures.append(f"{type(error).__name__}: {error} ← {request}")
            return
        report.statuses[status] += 1
        if status >= 500:
            report.failures.append(f"{status} ← {request}")

    # Always the same requests. Hypothesis may end before it has made all of them: it goes on then.
    round_ = 0
    while (made := sum(report.paths.values())) < times:
        seed(round_)(one)()
        round_ += 1
        assert sum(report.paths.values()) > made
    return report


def stand() -> None:
    """Set Django up on an empty database and storage of this run's own, with limits off."""
    folder = tempfile.mkdtemp(prefix="eduengine-fuzz-")
    from tests import environment  # noqa: F401  sets what Django's settings need

    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "eduengine.settings", "EDUENGINE_VAR": folder,
        "EDUENGINE_MEDIA": f"{folder}/media", "EDUENGINE_RATE_PER_ADDRESS": "0",
        "EDUENGINE_HOSTS": "testserver,localhost",
    }  # fmt: skip
    os.environ.setdefault("EDUENGINE_DATABASE_URL", f"sqlite:///{folder}/fuzz.sqlite3")
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)


def main(times: int) -> int:
    stand()
    _fill()
    logging.disable()
    report = fuzz(times)
    print(json.dumps({
        "requests": sum(report.paths.values()), "statuses": dict(sorted(report.statuses.items())),
        "failures": len(report.failures), "paths": dict(report.paths.most_common(12)),
    }))  # fmt: skip
    for failure in report.failures[:20]:
        print(failure[:1000], file=sys.stderr)
    return bool(report.failures)


def _fill() -> None:
    from content.models import Role
    from tests import published
    from tests.conftest import person

    roles = (Role.EDUCATOR, Role.CLINICIAN, Role.TRANSLATOR)
    author, clinician, translator = (person(f"fuzz-{role}", role) for role in roles)
    published.library(author, clinician, published.polyglot(translator))


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 5_000))
