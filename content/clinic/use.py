"""How often each handout was opened, downloaded and given to an EHR: counts, and nothing of whom."""

import csv
import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field

from django.core.paginator import Paginator
from django.db.models import Q, Sum
from django.db.models.functions import TruncMonth
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from content.clinic.frame import looking, page
from content.models import Clinic, Publication, Tally
from content.text.cells import harmless

MONTHS = 12
PAGE = 50
KINDS = tuple(Tally.Kind)


@dataclass
class Use:
    """Counts of one publication by kind of use."""

    publication: Publication
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def row(self) -> list[int]:
        return [self.counts.get(kind, 0) for kind in KINDS]


def _mine(clinic: Clinic) -> Q:
    """Openings of the whole house, for readers say nothing of a clinic; the rest of this clinic."""
    opened = Q(kind=Tally.Kind.OPENED, clinic=None)
    return opened | (Q(clinic=clinic) & ~Q(kind=Tally.Kind.OPENED))


def first_month() -> dt.date:
    today = timezone.localdate()
    months = today.year * 12 + today.month - MONTHS
    return dt.date(months // 12, months % 12 + 1, 1)


def by_publication(clinic: Clinic) -> list[Use]:
    """The last twelve months, most used first."""
    tallies = Tally.objects.filter(_mine(clinic), day__gte=first_month())
    found: dict[int, dict[str, int]] = defaultdict(dict)
    for key, kind, total in tallies.values_list("publication", "kind").annotate(n=Sum("count")):
        found[key][kind] = total
    rows = Publication.objects.filter(pk__in=found).select_related("handout")
    used = [Use(row, found[row.pk]) for row in rows.defer("payload", "search_text")]
    used.sort(key=lambda use: (-sum(use.row), use.publication.title, use.publication.pk))
    return used


def by_month(clinic: Clinic) -> list[tuple[dt.date, list[int]]]:
    tallies = Tally.objects.filter(_mine(clinic), day__gte=first_month())
    months = tallies.annotate(month=TruncMonth("day")).values_list("month", "kind")
    found: dict[dt.date, dict[str, int]] = defaultdict(dict)
    for month, kind, total in months.annotate(n=Sum("count")).order_by():
        found[month][kind] = total
    first = first_month()
    every = [
        dt.date(first.year + (first.month + n - 1) // 12, (first.month + n - 1) % 12 + 1, 1)
        for n in range(MONTHS)
    ]
    return [(month, [found[month].get(kind, 0) for kind in KINDS]) for month in every]


@looking
def use(request: HttpRequest, clinic: Clinic) -> HttpResponse:
    months = by_month(clinic)
    most = max((max(counts) for _month, counts in months), default=0)
    found = Paginator(by_publication(clinic), PAGE).get_page(request.GET.get("page"))
    return page(
        request, clinic, "clinic/use.html", _("Use"),
        months=months, most=max(most, 1), found=found, kinds=[kind.label for kind in KINDS],
    )  # fmt: skip


@looking
def export(request: HttpRequest, clinic: Clinic) -> HttpResponse:
    """A line a publication and month, for a spreadsheet."""
    tallies = Tally.objects.filter(_mine(clinic), day__gte=first_month())
    lines = tallies.annotate(month=TruncMonth("day")).values_list(
        "month", "publication__handout__title", "publication__title", "publication__language",
        "kind",
    )  # fmt: skip
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="use-{timezone.localdate()}.csv"'
    response.write("\ufeff")  # or a spreadsheet takes it for Latin letters
    writer = csv.writer(response)
    writer.writerow(["month", "handout", "title", "language", "use", "count"])
    totals = lines.annotate(n=Sum("count")).order_by(
        "month", "publication__title", "publication", "kind"
    )
    for month, *words, total in totals:
        writer.writerow([f"{month:%Y-%m}", *map(harmless, words), total])
    return response
