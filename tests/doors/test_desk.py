"""The desk's pages: who sees what, refusals beside the work, nothing typed is lost."""

import pytest

from content.models import Edition, Request
from content.services.drafting import request_handout


def edit_url(edition, ordinal=6):
    return f"/desk/editions/{edition.pk}/segments/{edition.segments.get(ordinal=ordinal).pk}/"


@pytest.mark.parametrize("path", ["/desk/", "/desk/editions/1/", "/desk/requests/1/status/"])
def test_strangers_are_sent_to_the_login(client, db, path):
    assert "/admin/login/" in client.get(path).url


def test_staff_land_on_the_desk(as_user, ellen):
    assert as_user(ellen).get("/admin/").url == "/desk/"


@pytest.mark.parametrize("who", ["ellen", "carlos", "teresa", "ada"])
def test_every_role_has_a_home(as_user, edition, request, who):
    assert as_user(request.getfixturevalue(who)).get("/desk/").status_code == 200


def test_the_clinician_finds_what_waits(as_user, edition, carlos):
    assert str(edition) in as_user(carlos).get("/desk/").content.decode()


@pytest.mark.parametrize("state", ["waiting", "failed"])
def test_the_home_leads_to_work_that_waits_or_failed(as_user, ellen, source, state):
    row = request_handout(actor=ellen, topic="Metformin", sources=[source])
    Request.objects.update(job_state=state)
    assert f'href="/desk/requests/{row.pk}/"' in as_user(ellen).get("/desk/").content.decode()


def test_the_author_is_not_asked_to_approve_their_own(as_user, edition, carlos):
    edition.authors.add(carlos)
    assert str(edition) not in as_user(carlos).get("/desk/").content.decode()


def test_sources_stand_beside_the_draft(as_user, edition, carlos):
    page = as_user(carlos).get(f"/desk/editions/{edition.pk}/").content.decode()
    assert page.count("Take 500 mg of metformin twice a day with meals.") >= 2
    assert "Test library" in page or "Metformin" in page


def test_approving_by_the_page(as_user, edition, carlos):
    client = as_user(carlos)
    shown = client.get(f"/desk/editions/{edition.pk}/").context["fingerprint"]
    client.post(f"/desk/editions/{edition.pk}/approve/", {"fingerprint": shown})
    edition.refresh_from_db()
    assert edition.state == Edition.State.APPROVED


def test_a_stale_page_does_not_approve(as_user, edition, carlos):
    answer = as_user(carlos).post(
        f"/desk/editions/{edition.pk}/approve/", {"fingerprint": "old"}, follow=True
    )
    assert "Someone changed this text" in answer.content.decode()


def test_a_refused_edit_keeps_what_was_typed(as_user, edition, ellen):
    answer = as_user(ellen).post(edit_url(edition), {"text": "My long new words", "shown": "old"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "My long new words" in page
    assert "Someone changed this text" in page


def test_an_edit_with_a_wrong_dose_shows_its_finding(as_user, edition, ellen):
    segment = edition.segments.get(ordinal=6)
    as_user(ellen).post(
        edit_url(edition),
        {"text": "Take 900 mg of metformin twice a day with meals.", "shown": segment.text},
    )
    page = as_user(ellen).get(f"/desk/editions/{edition.pk}/").content.decode()
    assert "finding blocking" in page


def test_verbs_are_posts_only(as_user, edition, carlos):
    assert as_user(carlos).get(f"/desk/editions/{edition.pk}/approve/").status_code == 405


def test_a_translator_sees_only_their_languages(as_user, translation, sahra):
    client = as_user(sahra)
    assert client.get(f"/desk/translations/{translation.pk}/").status_code == 404
    assert str(translation) not in client.get("/desk/").content.decode()


def test_the_translators_page_is_in_the_right_direction(as_user, translation, teresa):
    page = as_user(teresa).get(f"/desk/translations/{translation.pk}/").content.decode()
    assert '<textarea name="text" lang="pt-BR" dir="ltr"' in page


def test_progress_is_told_as_json(as_user, ellen, source):
    row = request_handout(actor=ellen, topic="Metformin", sources=[source])
    Request.objects.update(progress_done=2, progress_total=9, progress_note="Take it with food.")
    told = as_user(ellen).get(f"/desk/requests/{row.pk}/status/").json()
    assert (told["done"], told["total"], told["note"]) == (2, 9, "Take it with food.")


def post_request(client, source, **changes):
    data = {
        "topic": "Metformin", "purpose": "condition", "audience": "adult", "grade": 6,
        "sources": [source.pk], "languages": ["pt-BR"], "note": "",
    } | changes  # fmt: skip
    return client.post("/admin/content/request/add/", data)


def test_the_admin_form_makes_a_request_and_opens_its_progress(as_user, ellen, source):
    answer = post_request(as_user(ellen), source)
    assert answer.url == f"/desk/requests/{Request.objects.get().pk}/"


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"topic": ""}, "This field is required"),
        ({"topic": "!!!"}, "Write the topic"),
        ({"sources": []}, "Choose at least one source"),
        ({"languages": ["xx"]}, "xx is not one of the available choices"),
        ({"note": "MRN 12345678"}, "patient&#x27;s data"),
        ({"grade": 40}, "less than or equal to 12"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field(as_user, ellen, source, changes, says):
    page = post_request(as_user(ellen), source, **changes).content.decode()
    assert says in page
    assert not Request.objects.exists()


def test_only_an_educator_sees_the_form(as_user, carlos, source):
    assert as_user(carlos).get("/admin/content/request/add/").status_code == 403


@pytest.mark.parametrize(
    "model", ["request", "edition", "translation", "publication", "source", "topiccode",
              "memoryentry", "termbaseentry", "decision", "event", "user"],
)  # fmt: skip
def test_every_list_of_the_admin_opens(as_user, ada, translation, model):
    assert as_user(ada).get(f"/admin/content/{model}/").status_code == 200
