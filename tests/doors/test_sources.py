"""The page of a source, and where its state is told."""

import datetime as dt

import pytest
from django.utils import timezone

from content.models import Source, Statement


def address(source):
    return f"/desk/sources/{source.pk}/"


def in_days(days):
    return (timezone.localdate() + dt.timedelta(days=days)).isoformat()


def test_every_statement_is_read_before_vetting(as_user, source, carlos):
    page = as_user(carlos).get(address(source)).content.decode()
    assert all(row.text in page for row in source.statements.all())
    assert "Vet this text" in page


def test_an_educator_reads_and_does_not_vet(as_user, source, ellen):
    page = as_user(ellen).get(address(source)).content.decode()
    assert "Take 500 mg" in page
    assert "Vet this text" not in page


def test_vetting_by_the_page(as_user, source, carlos):
    client = as_user(carlos)
    form = {"digest": source.digest, "review_by": in_days(300)}
    page = client.post(address(source), form, follow=True).content.decode()
    assert "you stand for this text" in page
    assert "vetted until" in page
    assert Source.objects.get(pk=source.pk).vetted_by == carlos


@pytest.mark.parametrize(("typed", "words"), [(in_days(0), "after today"), ("soon", "by when")])
def test_a_refusal_stands_at_the_field_and_keeps_what_was_typed(
    as_user, source, carlos, typed, words
):
    answer = as_user(carlos).post(address(source), {"digest": source.digest, "review_by": typed})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert f'value="{typed}"' in page


def test_a_stranger_sees_nothing(client, source):
    assert "/admin/login/" in client.get(address(source)).url


def test_the_home_of_a_clinician_lists_what_is_due(as_user, source, carlos):
    Source.objects.update(review_by=in_days(-3))
    page = as_user(carlos).get("/desk/").content.decode()
    assert address(source) in page
    assert "review overdue since" in page


def test_an_edition_is_flagged_when_its_source_expires(as_user, edition, source, carlos):
    Source.objects.update(review_by=in_days(-3))
    page = as_user(carlos).get(f"/desk/editions/{edition.pk}/").content.decode()
    assert "About the sources" in page
    assert "review overdue since" in page


@pytest.mark.parametrize("path", ["/desk/sources/{0.pk}/", "/desk/editions/{1.pk}/"])
def test_hostile_text_is_only_text(as_user, edition, source, carlos, path):
    Statement.objects.filter(text__startswith="Take 500").update(
        text="<script>alert(1)</script> & \u202e<img src=x onerror=alert(1)>"
    )
    page = as_user(carlos).get(path.format(source, edition)).content.decode()
    assert "<script>alert(1)" not in page
    assert "<img src=x" not in page
    assert "&lt;script&gt;alert(1)" in page


@pytest.mark.parametrize(
    ("query", "found"),
    [("q=metformin", True), ("q=nothing", False), ("state=unvetted", True), ("state=vetted", False),
     ("state=overdue", False), ("state=due", False), ("q=doctor&state=unvetted", True)],
)  # fmt: skip
def test_the_list_of_sources_is_searched_and_filtered(as_user, source, ada, query, found):
    page = as_user(ada).get(f"/admin/content/source/?{query}").content.decode()
    assert ("Metformin" in page) == found


def test_the_admin_page_leads_to_the_reading_page(as_user, source, ada):
    page = as_user(ada).get(f"/admin/content/source/{source.pk}/change/").content.decode()
    assert address(source) in page
