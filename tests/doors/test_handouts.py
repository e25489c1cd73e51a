"""The page of one handout, its list, and the request form's search."""

import datetime as dt

import pytest
from django.utils import timezone

from content.models import Clinic, Edition, Handout, Publication, Request, Source
from content.services import drafting, publishing, succession
from tests import builders


def test_where_every_language_stands(as_user, translation, ellen):
    page = as_user(ellen).get(f"/desk/handouts/{translation.edition.handout_id}/").content.decode()
    assert "Português (Brasil)" in page and "Waiting for a translator" in page
    assert "Being prepared" in page


def test_copy_archive_and_back_by_the_page(as_user, edition, ellen):
    client = as_user(ellen)
    address = f"/desk/handouts/{edition.handout_id}/"
    answer = client.post(f"{address}duplicate/", {"title": "For teens"})
    assert answer.url == f"/desk/editions/{Edition.objects.latest('pk').pk}/"
    client.post(f"{address}archive/")
    assert "In the archive since" in client.get(address).content.decode()
    client.post(f"{address}restore/")
    assert "Put it into the archive" in client.get(address).content.decode()


def test_a_refused_copy_says_why(as_user, edition, ellen):
    answer = as_user(ellen).post(
        f"/desk/handouts/{edition.handout_id}/duplicate/", {"title": "!!!"}, follow=True
    )
    assert "Write the topic" in answer.content.decode()


def test_the_list_leaves_the_archive_out(as_user, edition, ellen, ada):
    succession.archive(handout=edition.handout, actor=ellen)
    client = as_user(ada)
    title = f"/admin/content/handout/{edition.handout_id}/change/"
    assert title not in client.get("/admin/content/handout/").content.decode()
    assert title in client.get("/admin/content/handout/?archive=yes").content.decode()
    assert title in client.get("/admin/content/handout/?archive=all").content.decode()


def test_the_list_is_searched_and_filtered(as_user, approved, ada):
    builders.make_public(approved.publications.get())
    client = as_user(ada)
    row = f"/admin/content/handout/{approved.handout_id}/change/"
    for query, there in (("?q=metf", True), ("?q=asthma", False), ("?language=en", True),
                         ("?language=es", False), ("?editions__state__exact=approved", True)):  # fmt: skip
        assert (row in client.get(f"/admin/content/handout/{query}").content.decode()) == there


def test_many_rows_are_stopped_and_tried_again(as_user, ellen, source, ada):
    rows = [
        drafting.request_handout(actor=ellen, topic=f"Topic {n}", sources=[source]) for n in "ab"
    ]
    client = as_user(ada)
    keys = [row.pk for row in rows]
    for action, state in (("stop", "cancelled"), ("try_again", "waiting")):
        client.post("/admin/content/request/", {"action": action, "_selected_action": keys})
        assert set(Request.objects.values_list("job_state", flat=True)) == {state}


def test_nothing_is_deleted_in_lists(as_user, ada, edition):
    page = as_user(ada).get("/admin/content/edition/").content.decode()
    assert "delete_selected" not in page


def test_a_withdrawn_one_is_published_again_by_the_page(as_user, approved, carlos):
    publication = builders.make_public(approved.publications.get())
    publishing.withdraw(publication=publication, actor=carlos, reason="A dose was wrong.")
    client = as_user(carlos)
    assert "Publish again" in client.get(f"/desk/publications/{publication.pk}/").content.decode()
    client.post(
        f"/desk/publications/{publication.pk}/again/", {"reason": "It was right after all."}
    )
    assert Publication.objects.latest("pk").state == Publication.State.PREPARING


def test_withdrawing_everywhere_is_a_box(as_user, translation, carlos):
    publication = builders.make_public(translation.edition.publications.get())
    as_user(carlos).post(
        f"/desk/publications/{publication.pk}/withdraw/",
        {"reason": "A dose was wrong.", "everywhere": "on"},
    )
    translation.refresh_from_db()
    assert translation.state == "stale"


# --- the request form ---------------------------------------------------------------------------


def test_sources_are_found_as_one_types(as_user, ellen, source):
    builders.source("other", "Asthma")
    client = as_user(ellen)
    found = client.get("/desk/sources/search/?q=metf").json()["results"][0]
    assert (found["title"], found["statements"]) == ("Metformin", 3)
    assert "Take 500 mg of metformin" in client.get(found["preview"]).content.decode()
    assert len(client.get("/desk/sources/search/").json()["results"]) == 2


def test_the_form_lists_the_first_of_a_large_library_and_keeps_what_was_chosen(as_user, ellen):
    from content.admin import forms

    for n in range(forms.LISTED + 3):
        Source.objects.create(
            external_id=f"s{n}", title=f"Source {n:04}", publisher="P", digest="d"
        )
    client = as_user(ellen)
    page = client.get("/admin/content/request/add/").content.decode()
    assert page.count("Source 0") == forms.LISTED
    last = Source.objects.get(title=f"Source {forms.LISTED + 2:04}")
    data = {
        "topic": "",
        "sources": [last.pk],
        "purpose": "condition",
        "audience": "adult",
        "grade": 6,
    }
    assert last.title in client.post("/admin/content/request/add/", data).content.decode()


def test_the_words_that_look_like_a_patient_are_marked_where_they_stand(as_user, ellen, source):
    note = "For <b>Ann</b>, born on 3/14/1962, who asked."
    data = {"topic": "A", "sources": [source.pk], "purpose": "condition", "note": note}
    page = as_user(ellen).post("/admin/content/request/add/", data).content.decode()
    assert "&lt;b&gt;Ann&lt;/b&gt;, <mark>born on 3/14/1962</mark>, who asked.</q>" in page
    assert not Request.objects.exists()


def test_a_clinic_that_says_what_it_needs_sees_that_first(as_user, ellen):
    ellen.clinic = Clinic.objects.create(name="Harbor", languages=["so", "ar"])
    ellen.save()
    page = as_user(ellen).get("/admin/content/request/add/").content.decode()
    fields = page[page.index('id="id_languages"') :]
    assert fields.index('value="so"') < fields.index('value="ar"') < fields.index('value="es"')


def test_usual_languages_stand_first(as_user, ellen, source):
    for _n in range(2):
        drafting.request_handout(actor=ellen, topic="A", sources=[source], language_codes=["so"])
    drafting.request_handout(actor=ellen, topic="B", sources=[source], language_codes=["vi"])
    assert drafting.usual_languages() == ["so", "vi"]
    whole = as_user(ellen).get("/admin/content/request/add/").content.decode()
    page = whole[whole.index('id="id_languages"') :]  # before it, the languages of the desk
    assert page.index('value="so"') < page.index('value="vi"') < page.index('value="es"')


@pytest.mark.parametrize(("days", "says"), [(-1, "This day is over"), (3, "")])
def test_the_day_it_is_needed_by(as_user, ellen, source, days, says):
    due = timezone.localdate() + dt.timedelta(days=days)
    data = {"topic": "Metformin", "purpose": "condition", "audience": "adult", "grade": 6,
            "sources": [source.pk], "due": due.isoformat(), "note": ""}  # fmt: skip
    page = as_user(ellen).post("/admin/content/request/add/", data).content.decode()
    assert says in page
    assert Request.objects.count() == (not says)
    if not says:
        assert Request.objects.get().due == due


def test_handouts_open_on_the_desk(as_user, edition, ada):
    answer = as_user(ada).get(f"/admin/content/handout/{Handout.objects.get().pk}/change/")
    assert answer.url == f"/desk/handouts/{edition.handout_id}/"
