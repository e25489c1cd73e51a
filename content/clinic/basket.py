"""What a person has put together for one file, page after page: primary keys in their session."""

from collections.abc import Iterable

from django.db.models import QuerySet
from django.http import HttpRequest

from content.models import Publication
from content.services.clinics import MAX_HANDOUTS

_KEY = "clinic_basket"


def keys(request: HttpRequest) -> list[int]:
    found = request.session.get(_KEY, [])
    return found if isinstance(found, list) else []


def publications(request: HttpRequest) -> QuerySet[Publication]:
    """What is in the basket and still public, in the order of titles."""
    rows = Publication.objects.public().filter(pk__in=keys(request)).select_related("handout")
    return rows.defer("payload", "search_text").order_by("handout__title", "language")


def add(request: HttpRequest, wanted: Iterable[int]) -> int:
    """Put public ones of ``wanted`` in, as many as fit; return how many did not fit."""
    public = Publication.objects.public().filter(pk__in=set(wanted)).values_list("pk", flat=True)
    both = list(dict.fromkeys([*keys(request), *public]))
    request.session[_KEY] = both[:MAX_HANDOUTS]
    return max(0, len(both) - MAX_HANDOUTS)


def keep(request: HttpRequest, wanted: Iterable[int]) -> None:
    kept = set(wanted)
    request.session[_KEY] = [key for key in keys(request) if key in kept]
