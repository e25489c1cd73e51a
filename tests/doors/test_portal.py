"""What patients get: publications and nothing else, in their language, withdrawn at once."""

import pytest
from django.core.files.storage import default_storage

from content import languages
from content.models import Publication
from content.portal.views import preferred
from content.services import editing, publishing, reviewing, serving, succession
from tests import builders


@pytest.fixture
def english(approved):
    return builders.make_public(approved.publications.get())


@pytest.fixture
def portuguese(english, translation, teresa):
    reviewing.approve_translation(
        translation=translation, actor=teresa, shown=translation.compute_fingerprint()
    )
    return builders.make_public(Publication.objects.get(language="pt-BR"))


def test_a_page_shows_what_was_approved(client, portuguese):
    page = client.get("/pt-BR/metformin/").content.decode()
    assert '<html lang="pt-BR" dir="ltr">' in page
    assert "Não pare a metformina sem perguntar ao seu médico." in page


def test_nothing_unpublished_is_shown(client, edition):
    assert client.get("/en/metformin/").status_code == 404
    assert "Metformin" not in client.get("/en/").content.decode()


def test_an_approved_text_is_not_public_before_its_pdfs(client, approved):
    assert client.get("/en/metformin/").status_code == 404


def test_every_public_language_is_offered_by_its_own_name(client, portuguese):
    page = client.get("/en/metformin/").content.decode()
    assert "Português (Brasil)" in page
    assert 'hreflang="pt-BR"' in page


@pytest.mark.parametrize(
    ("accept", "goes_to"),
    [("pt-BR,pt;q=0.9", "/pt-BR/"), ("so", "/en/"), ("", "/en/"), ("zh-CN", "/en/")],
)
def test_the_front_door_follows_the_browser(client, portuguese, accept, goes_to):
    answer = client.get("/", headers={"accept-language": accept})
    assert answer.url == goes_to
    assert "Accept-Language" in answer["Vary"]


def test_a_page_missing_in_a_language_leads_to_the_others(client, portuguese):
    answer = client.get("/so/metformin/")
    assert answer.status_code == 404
    assert "/pt-BR/metformin/" in answer.content.decode()


def test_a_withdrawn_page_says_so_and_its_pdf_is_gone(client, portuguese, carlos):
    assert client.get("/pt-BR/metformin/handout-letter.pdf").status_code == 200
    publishing.withdraw(publication=portuguese, actor=carlos, reason="A dose was wrong.")
    assert client.get("/pt-BR/metformin/").status_code == 410
    assert client.get("/pt-BR/metformin/handout-letter.pdf").status_code == 410
    assert "Metformina" not in client.get("/pt-BR/").content.decode()


def test_a_pdf_is_served_with_its_digest_and_not_sent_twice(client, english):
    first = client.get("/en/metformin/handout-letter.pdf")
    assert first["Content-Type"] == "application/pdf"
    again = client.get("/en/metformin/handout-letter.pdf", headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304
    assert default_storage.exists(english.files.get().name)


@pytest.mark.parametrize(
    ("query", "found"),
    [("metformina", True), ("MÉDICO", True), ("medico", True), ("sem xyz", False), ("asma", False)],
)
def test_search_ignores_case_and_accents(client, portuguese, query, found):
    page = client.get("/pt-BR/", {"q": query}).content.decode()
    assert ("/pt-BR/metformin/" in page) is found


@pytest.mark.parametrize("address", ["/pt-BR/metformin/", "/pt-BR/", "/pt-BR/?q=metformina"])
def test_a_page_takes_at_most_six_queries(
    client, portuguese, django_assert_max_num_queries, address, monkeypatch
):
    monkeypatch.setattr(serving, "FLUSH_SECONDS", 1e9)  # counts are written by another page
    with django_assert_max_num_queries(6):
        client.get(address)


def test_demo_approvals_carry_a_notice(client, edition, carlos):
    carlos.is_demo = True
    carlos.save()
    approved = builders.approve(edition, carlos)
    builders.make_public(approved.publications.get())
    assert "Demonstration only" in client.get("/en/metformin/").content.decode()


def test_a_real_approval_carries_none(client, english):
    assert "Demonstration only" not in client.get("/en/metformin/").content.decode()


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ("ps-AF,ps;q=0.9,en;q=0.5", "ps"),
        ("zh-TW", "zh-Hant"),
        ("zh-CN,zh;q=0.9", "zh-Hans"),
        ("pt-PT", "pt-BR"),
        ("es-419,es;q=0.9", "es"),
        ("xx,*;q=0.1", "en"),
        ("fr", "en"),
    ],
)
def test_the_browsers_language_is_understood(header, code):
    served = [languages.get(c) for c in ("en", "es", "pt-BR", "ps", "zh-Hans", "zh-Hant")]
    assert preferred(header, served).code == code


@pytest.mark.parametrize("address", ["/xx/", "/en/no-such-page/", "/en/metformin/handout-a5.pdf"])
def test_unknown_addresses_are_not_found(client, english, address):
    assert client.get(address).status_code == 404


def test_search_words_are_shown_as_text(client, english):
    page = client.get("/en/", {"q": "<script>alert(1)</script>"}).content.decode()
    assert "<script>alert" not in page


def test_a_new_edition_replaces_the_old_page(client, english, ellen, clara):
    new = succession.new_edition(edition=english.edition, actor=ellen)
    segment = new.segments.get(ordinal=7)
    editing.edit_segment(
        segment=segment, actor=ellen, shown=segment.text,
        text="Do not stop taking metformin without asking your doctor.",
    )  # fmt: skip
    builders.make_public(builders.approve(new, clara).publications.get())
    assert "Do not stop taking metformin" in client.get("/en/metformin/").content.decode()
    english.refresh_from_db()
    assert english.state == Publication.State.SUPERSEDED
