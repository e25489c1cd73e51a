"""Which version of a handout a patient gets in a language, and its text as the page shows it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.timezone import localdate

from content import languages
from content.languages import Language
from content.models import Publication
from content.portal.common import Choice, address

_State = Publication.State
# As in Django's ``json_script``: what would end the element.
_ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


@dataclass(frozen=True, slots=True)
class Versions:
    """The versions of one handout that are public: language -> (key, number of the edition)."""

    slug: str
    public: dict[str, tuple[int, int]]

    @classmethod
    def of(cls, slug: str) -> "Versions":
        rows = Publication.objects.public().filter(handout__slug=slug).order_by()
        keys = rows.values_list("language", "pk", "edition__number")
        return cls(slug, {language: (pk, number) for language, pk, number in keys})

    def get(self, language: Language) -> Publication | None:
        if language.code not in self.public:
            return None
        rows = Publication.objects.public().select_related("handout").defer("search_text")
        return rows.filter(pk=self.public[language.code][0]).first()

    def english_of(self, language: Language) -> Publication | None:
        """The English of the same edition, where that is public."""
        if language is languages.ENGLISH or not self.has_english(language):
            return None
        return self.get(languages.ENGLISH)

    def has_english(self, language: Language) -> bool:
        """Whether ``language`` can be read, or printed, beside the English that it was made from."""
        english, own = (self.public.get(code) for code in ("en", language.code))
        return bool(english and own and language.code != "en" and english[1] == own[1])

    def is_behind(self, language: Language) -> bool:
        """Whether the English has a newer edition than the text in ``language``."""
        english, own = (self.public.get(code) for code in ("en", language.code))
        return bool(english and own and english[1] > own[1])

    @property
    def choices(self) -> list[Choice]:
        found = languages.in_table_order(self.public)
        return [Choice(one, reverse("portal:handout", args=[one, self.slug])) for one in found]


def missing(request: HttpRequest, language: Language, versions: Versions) -> HttpResponse:
    """The page in place of one that is not public: withdrawn (410), in other languages (404)."""
    context = {"language": language, "slug": versions.slug, "choices": versions.choices}
    old = (
        Publication.objects.filter(handout__slug=versions.slug, language=language.code)
        .filter(state__in=(_State.WITHDRAWN, _State.SUPERSEDED))
        .only("title", "area")
        .order_by("-edition__number", "-pk")
        .first()
    )
    if old:
        return render(request, "portal/gone.html", context | {"publication": old}, status=410)
    if versions.public:
        return render(request, "portal/not_in_language.html", context, status=404)
    raise Http404


# --- the text -----------------------------------------------------------------------------------

_Section = dict[str, Any]


def lines(payload: Mapping[str, Any], english: Mapping[str, Any] | None) -> dict[str, Any]:
    """``payload`` with each text as {text, english, kind}; ``english`` "" where there is none."""
    other = english or {}
    return {
        **payload,
        "title": _line(payload["title"], other.get("title", "")),
        "key_points": _key_points(payload["key_points"], other.get("key_points")),
        "help": _sections(payload["help"], other.get("help", ())),
        "sections": _sections(payload["sections"], other.get("sections", ())),
    }


def _line(text: str, english: str, kind: str = "") -> dict[str, str]:
    return {"text": text, "english": english, "kind": kind}


def _key_points(own: Mapping[str, Any] | None, other: Mapping[str, Any] | None) -> _Section | None:
    if own is None:
        return None
    beside = _beside(own["items"], other["items"] if other else ())
    return {
        "heading": _line(own["heading"], other["heading"] if other else ""),
        "items": [_line(text, english) for text, english in beside],
    }


def _sections(own: Any, others: Any) -> list[_Section]:
    by_key = {section["key"]: section for section in others}
    return [_section(section, by_key.get(section["key"])) for section in own]


def _section(own: _Section, other: _Section | None) -> _Section:
    beside = _beside(own["items"], other["items"] if other else ())
    return {
        "key": own["key"],
        "heading": _line(own["heading"], other["heading"] if other else ""),
        "items": [
            _line(item["text"], english["text"] if english else "", item["kind"])
            for item, english in beside
        ],
    }


def _beside(own: Any, other: Any) -> list[tuple[Any, Any]]:
    """Pairs, or none where the two differ in length: never a sentence beside another's English."""
    return list(zip(own, other if len(other) == len(own) else [""] * len(own), strict=True))


# --- what search engines are told -----------------------------------------------------------------


def structured_data(row: Publication, versions: Versions) -> SafeString:
    """The page as a schema.org MedicalWebPage, safe inside a script element."""
    language = languages.get(row.language)
    payload = row.payload
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "MedicalWebPage",
        "name": row.title,
        "url": address(language, versions.slug),
        "inLanguage": row.language,
        "lastReviewed": payload["approved_on"],
        "datePublished": localdate(row.published_at).isoformat() if row.published_at else "",
        "audience": {"@type": "Patient"},
        "publisher": {"@type": "MedicalOrganization", "name": settings.CLINIC_NAME},
        "isBasedOn": [source["url"] for source in payload["sources"] if source["url"]],
        "about": [
            {
                "@type": "MedicalEntity",
                "name": topic["display"],
                "code": {
                    "@type": "MedicalCode",
                    "codingSystem": topic["system"],
                    "codeValue": topic["code"],
                },
            }
            for topic in payload["topics"]
        ],
    }
    if versions.has_english(language):
        english = address(languages.ENGLISH, versions.slug)
        data["translationOfWork"] = {"@type": "MedicalWebPage", "url": english}
    return SafeString(json.dumps(data, ensure_ascii=False).translate(_ESCAPES))
