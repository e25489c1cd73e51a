"""The answer as MedlinePlus Connect gives it: an Atom feed, or the same in JSON.

In JSON, as Connect writes it, text stands in ``_value`` and ``link``, ``category`` and ``entry`` are
always lists::

    {feed: {xsi, base, lang, title: {_value, type}, updated: {_value}, id: {_value},
            author: {name: {_value}, uri: {_value}}, subtitle: {_value, type},
            category: [{scheme, term}],
            entry: [{lang, title: {_value, type}, link: [{href, rel, type, hreflang, title}],
                     id: {_value}, updated: {_value}, summary: {_value, type: "html"}}]}}
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from content import languages
from content.infobutton import links
from content.infobutton.asking import Question
from content.infobutton.finding import Found
from content.models import Publication

XSI = "http://www.w3.org/2001/XMLSchema-instance"
MAX_ITEMS = 6  # sentences of a summary
PAPERS = {"letter": "PDF to print, Letter", "a4": "PDF to print, A4"}


@dataclass(frozen=True, slots=True)
class Link:
    href: str
    rel: str
    type: str
    hreflang: str
    title: str


@dataclass(frozen=True, slots=True)
class Entry:
    lang: str
    title: str
    links: tuple[Link, ...]
    id: str
    updated: str
    summary: str  # HTML


@dataclass(frozen=True, slots=True)
class Feed:
    lang: str
    base: str
    title: str
    subtitle: str
    uri: str
    updated: str
    categories: tuple[tuple[str, str], ...]
    entries: tuple[Entry, ...]


def feed(question: Question, found: Sequence[Found]) -> Feed:
    first = question.criteria[0]
    dates = [row.publication.published_at for row in found if row.publication.published_at]
    about = f"{first.system.shown} {first.code or first.name}"
    lang = found[0].publication.language if found else languages.ENGLISH.code
    return Feed(
        lang=lang,
        base=f"{settings.PUBLIC_URL}/",
        title=settings.CLINIC_NAME,
        subtitle=f"{settings.CLINIC_NAME}: {about}",
        uri=settings.PUBLIC_URL,
        updated=_moment(max(dates, default=timezone.now())),
        categories=tuple(_categories(question)),
        entries=tuple(_entry(row, question) for row in found),
    )


def _categories(question: Question) -> Iterator[tuple[str, str]]:
    """What was asked for, back again; nothing else of the request is repeated."""
    for number, criterion in enumerate(question.criteria):
        end = str(number) if number else ""
        yield f"mainSearchCriteria.v.c{end}", criterion.code
        yield f"mainSearchCriteria.v.cs{end}", criterion.system.label
        yield f"mainSearchCriteria.v.dn{end}", criterion.name
    yield "informationRecipient", "PAT"


def _entry(row: Found, question: Question) -> Entry:
    publication = row.publication
    day = publication.published_at.date() if publication.published_at else ""
    address = links.page(publication)
    where = urlsplit(address)
    english = f" ({languages.ENGLISH.endonym})" if row.instead and question.language else ""
    return Entry(
        lang=publication.language,
        title=publication.title + english,
        links=tuple(_links(publication, address)),
        id=f"tag:{where.hostname},{day}:{where.path}",
        updated=_moment(publication.published_at or publication.created_at),
        summary=_summary(row, question),
    )


def _links(publication: Publication, address: str) -> Iterator[Link]:
    language = publication.language
    yield Link(address, "alternate", "text/html", language, publication.title)
    with override(language.lower()):
        for file in publication.prints[:1]:  # type: ignore[attr-defined]  # of finding.public
            href = links.pdf(publication, file)
            yield Link(href, "enclosure", "application/pdf", language, _(PAPERS[file.paper]))


def _summary(row: Found, question: Question) -> str:
    """The key points, else how the first section begins, and whose words they are."""
    publication = row.publication
    handout = publication.payload
    section = next(iter(handout["sections"]), None)
    points = handout["key_points"]
    if not points and section:
        texts = [item["text"] for item in section["items"]]
        points = {"heading": section["heading"], "items": texts}
    asked = question.language if row.instead else None
    context: dict[str, Any] = {"handout": handout, "language": languages.get(publication.language),
                               "asked": asked, "note": _note(row, question)}  # fmt: skip
    if points:
        context |= {"heading": points["heading"], "items": points["items"][:MAX_ITEMS]}
    with override(publication.language.lower()):
        # A plain string: each form of the answer escapes it in its own way.
        return "".join(["", render_to_string("infobutton/summary.html", context)]).strip()


def _note(row: Found, question: Question) -> str:
    if not row.instead:
        return ""
    with override((question.language or languages.ENGLISH).code.lower()):
        return _("This information is not available in your language yet. Here it is in English.")


def _moment(moment: dt.datetime) -> str:
    return moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def as_json(answer: Feed) -> dict[str, Any]:
    entries = [
        {
            "lang": entry.lang,
            "title": {"_value": entry.title, "type": "text"},
            "link": [asdict(link) for link in entry.links],
            "id": {"_value": entry.id},
            "updated": {"_value": entry.updated},
            "summary": {"_value": entry.summary, "type": "html"},
        }
        for entry in answer.entries
    ]
    return {
        "feed": {
            "xsi": XSI,
            "base": answer.base,
            "lang": answer.lang,
            "title": {"_value": answer.title, "type": "text"},
            "updated": {"_value": answer.updated},
            "id": {"_value": answer.base},
            "author": {"name": {"_value": answer.title}, "uri": {"_value": answer.uri}},
            "subtitle": {"_value": answer.subtitle, "type": "text"},
            "category": [{"scheme": scheme, "term": term} for scheme, term in answer.categories],
            "entry": entries,
        }
    }


def as_atom(answer: Feed) -> str:
    return render_to_string("infobutton/feed.xml", {"feed": answer})
