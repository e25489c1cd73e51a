"""A FHIR search for documents: repeated parameters narrow it, commas widen it."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce
from operator import or_
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import Q
from django.http import QueryDict
from django.urls import reverse

from content import languages
from content.infobutton import codes
from content.infobutton.asking import clean
from content.infobutton.finding import public
from content.infobutton.resources import TYPE
from content.models import Handout, Publication
from content.models.record import PublicationQuerySet

PAGE, LARGEST_PAGE = 20, 100
LAST_OFFSET = 1_000_000
MAX_TOKENS = 20
# Name, type and documentation, as the CapabilityStatement lists them.
PARAMETERS = (
    ("_id", "token", "The id of a document."),
    ("event", "token", "A topic of the handout, system|code. Exactly this code: no ancestors."),
    ("code", "token", "The same as event, for clients that know this name."),
    ("language", "token", "A language by its BCP-47 tag or ISO 639 code. Nothing else is given for "
                          "a language in which there is nothing."),
    ("type", "token", "LOINC 34895-3 (education note); every document has this type."),
    ("status", "token", "current; every document has this status."),
    ("patient", "reference", "Finds nothing: there are no patients here."),
    ("subject", "reference", "Finds nothing: there are no patients here."),
)  # fmt: skip
_NAMES = {name for name, _type, _documentation in PARAMETERS}
# Whoever asks for one patient's documents must not get everybody's.
_OF_PATIENTS = {"patient", "subject", "encounter", "author", "authenticator"}


class BadSearch(Exception):
    """A parameter of the result that cannot be read."""


@dataclass(frozen=True, slots=True)
class Search:
    """``used``: what of the address was understood, without anything that names a patient."""

    rows: PublicationQuerySet
    used: tuple[tuple[str, str], ...]
    count: int
    offset: int

    def page(self) -> list[Publication]:
        return list(self.rows[self.offset : self.offset + self.count])

    def pages(self, total: int) -> Iterator[tuple[str, str]]:
        yield "self", self._url(self.offset)
        if self.offset:
            yield "previous", self._url(max(0, self.offset - self.count))
        if self.count and self.offset + self.count < total:
            yield "next", self._url(self.offset + self.count)

    def _url(self, offset: int) -> str:
        asked = [*self.used, ("_count", self.count), *([("_offset", offset)] if offset else [])]
        return f"{settings.PUBLIC_URL}{reverse('fhir:documents')}?{urlencode(asked)}"


def read(query: QueryDict) -> Search:
    rows = public().order_by("-published_at", "-pk")
    used = []
    for name, values in query.lists():
        # `code:text` and other modifiers ask for what is not done here.
        plain, _, modifier = name.partition(":")
        if plain in _OF_PATIENTS:
            rows = rows.none()
        elif plain in _NAMES:
            if modifier:
                raise BadSearch(f"The modifier “:{clean(modifier)}” is not supported.")
            for value in map(clean, values):
                rows = rows.filter(_condition(plain, value.split(",")[:MAX_TOKENS]))
                used.append((plain, value))
    count = min(_number(query, "_count", PAGE), LARGEST_PAGE)
    return Search(rows, tuple(used), count, _number(query, "_offset", 0))


def _number(query: QueryDict, name: str, default: int) -> int:
    text = clean(query.get(name, "")) or str(default)
    if not (text.isascii() and text.isdecimal()) or len(text) > 9:
        raise BadSearch(f"{name} must be a whole number.")
    return min(int(text), LAST_OFFSET)


def _condition(name: str, values: list[str]) -> Q:
    if name in ("event", "code"):
        topics = reduce(or_, map(_topic, values))
        return Q(handout__in=Handout.objects.filter(topics).values("pk"))
    if name == "language":
        meant = (languages.from_tag(value.rpartition("|")[2]) for value in values)
        return Q(language__in=[language.code for language in meant if language])
    if name == "_id":
        return Q(pk__in=map(number, values))
    return Q() if any(map(_is_type if name == "type" else _is_current, values)) else _NOTHING


_NOTHING = Q(pk__in=[])


def number(text: str) -> int:
    """The id of a row; 0, which no row has, where ``text`` is none that a database could hold."""
    is_one = text.isascii() and text.isdecimal() and len(text) <= 18
    return int(text) if is_one else 0


def _topic(token: str) -> Q:
    """``system|code``, ``code`` in any system, or ``system|`` for all of its codes."""
    uri, bar, code = token.strip().rpartition("|")
    system = codes.by_uri(uri)
    if bar and (system is None or system.ours is None):
        return _NOTHING
    if not code:
        return Q(topics__system=system.ours) if system else _NOTHING
    meant = [system] if system else [one for one in codes.SYSTEMS if one.ours]
    spelt = (
        Q(topics__system=one.ours, topics__code__in=codes.spellings(one, code)) for one in meant
    )
    return reduce(or_, spelt)


def _is_type(token: str) -> bool:
    return token in (TYPE["code"], f"{TYPE['system']}|{TYPE['code']}", f"{TYPE['system']}|")


def _is_current(token: str) -> bool:
    return token.rpartition("|")[2] == "current"
