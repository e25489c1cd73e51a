"""A desk page asks the database as often for 200 segments as for a few, and among many editions."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from content.models import Edition, Event, Finding, Handout, Segment, TranslatedSegment
from content.services import discussing, editing, quality, record
from tests import builders

MANY = 200


def queries(client, address) -> int:
    client.get(address)  # what a process reads once is read
    with CaptureQueriesContext(connection) as found:
        assert client.get(address).status_code == 200
    return len(found)


def lengthen(edition) -> None:
    """Fill ``edition`` to ``MANY`` segments, each with a finding."""
    first = edition.segments.get(ordinal=6)
    statement = first.statements.get()
    for n in range(edition.segments.count() + 1, MANY + 1):
        made = Segment.objects.create(
            edition=edition, ordinal=n, section=first.section, kind=first.kind, text=first.text,
            source_text=first.source_text, origin=first.origin,
        )  # fmt: skip
        made.statements.add(statement)
        Finding.objects.create(segment=made, check_id="x", severity="warning", message="m")
    quality.refresh(edition)


def test_the_clinicians_desk(as_user, edition, carlos):
    address = f"/desk/editions/{edition.pk}/"
    client = as_user(carlos)
    row = edition.segments.get(ordinal=6)
    discussing.judge(row=row, actor=carlos, accepted=True, shown=row.text)
    discussing.comment(row=row, actor=carlos, text="Is it so?")
    editing.edit_segment(segment=row, actor=carlos, text="Take 500 mg.", shown=row.text)
    few = queries(client, address)
    lengthen(edition)
    assert queries(client, address) <= few


def test_the_translators_desk(as_user, source, ellen, carlos, teresa):
    edition = builders.edition(source, ellen)
    small = builders.translation(builders.approve(edition, carlos), "pt-BR")
    client = as_user(teresa)
    row = small.segments.first()
    discussing.judge(row=row, actor=teresa, accepted=True, shown=row.text)
    discussing.comment(row=row, actor=teresa, text="Is it so?")
    few = queries(client, f"/desk/translations/{small.pk}/")

    long = builders.edition(source, ellen, "long")
    lengthen(long)
    large = builders.translation(builders.approve(long, carlos), "pt-BR")
    for row in large.segments.all():
        TranslatedSegment.objects.filter(pk=row.pk).update(origin="edited")
        record.note(
            Event.Kind.EDITED, actor=teresa, edition=long, translation=large,
            segment=row.segment_id, before="Antes.", after=row.text,
        )  # fmt: skip
    row = large.segments.first()
    discussing.judge(row=row, actor=teresa, accepted=True, shown=row.text)
    discussing.comment(row=row, actor=teresa, text="Is it so?")
    assert queries(client, f"/desk/translations/{large.pk}/") <= few


@pytest.mark.parametrize(
    "address", ["/desk/", "/admin/content/handout/", "/admin/content/edition/"]
)
def test_lists_among_many(as_user, edition, ada, carlos, ellen, address):
    ada.groups.add(*carlos.groups.all())
    client = as_user(ada)
    few = queries(client, address)
    handouts = Handout.objects.bulk_create(
        Handout(slug=f"h{n}", title=f"H {n}") for n in range(300)
    )
    Edition.objects.bulk_create(
        Edition(handout=one, number=1, created_by=ellen, state="in_review") for one in handouts
    )
    assert queries(client, address) <= few + 2  # pages and "more" are counted
