"""The pages of the portal: shelves, the newest version, English beside, feedback, valid HTML."""

import json
import re

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils.translation import gettext, override
from tinyhtml5.parser import HTMLParser

from content.models import Feedback, Publication, Tally
from content.portal import areas
from content.portal.handouts import lines
from content.services import editing, publishing, serving, succession
from content.text.areas import AREAS
from tests import builders
from tests.doors.portal_words import publish


@pytest.fixture
def english(approved):
    return builders.make_public(approved.publications.get())


@pytest.fixture
def spanish(english, approved, teresa):
    return publish(approved, "es", teresa)


@pytest.fixture
def arabic(english, approved, teresa):
    return publish(approved, "ar", teresa)


def test_every_shelf_has_a_name():
    assert set(areas.NAMES) == set(AREAS)


def test_home_shows_shelves_with_counts_and_a_small_library_whole(client, english):
    page = client.get("/en/").content.decode()
    assert "/en/topics/other/" in page
    assert "1 page" in page
    assert "/en/metformin/" in page


def test_a_large_library_is_not_listed_at_once(client, english, monkeypatch):
    monkeypatch.setattr("content.portal.views.FEW", 0)
    assert "/en/metformin/" not in client.get("/en/").content.decode()
    assert "/en/metformin/" in client.get("/en/topics/other/").content.decode()


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/en/topics/heart/", 200),
        ("/en/topics/nothing/", 404),
        ("/en/topics/other/?page=99999999999999999999", 200),
        ("/en/topics/other/?page=x%00", 200),
        ("/en/?q=%00", 200),
        ("/en/?q=%ff%fe", 200),
        ("/en/?q=" + "a" * 4000, 200),
        ("/so/", 200),
        ("/so/metformin/", 404),
        ("/en/metformin/?english=1", 200),
        ("/en/none/feedback/", 404),
        ("/en/metformin/handout-a4-large-bilingual.pdf", 404),
        ("/en/metformin/recording", 404),
    ],
)
def test_no_address_is_an_error_of_the_server(client, english, address, status):
    assert client.get(address).status_code == status


@pytest.mark.parametrize("address", ["/es/none/", "/es/topics/none/"])
def test_a_page_that_is_not_there_says_so_in_its_language(client, spanish, address):
    answer = client.get(address)
    assert answer.status_code == 404
    assert answer["Content-Language"] == "es"
    assert '<html lang="es"' in answer.content.decode()


def test_english_stands_beside_the_translation_on_demand(client, spanish):
    plain = client.get("/es/metformin/").content.decode()
    assert "twice a day" not in plain
    assert "?english=1" in plain
    both = client.get("/es/metformin/?english=1").content.decode()
    assert 'lang="en" dir="ltr">Take 500 mg of metformin twice a day' in both


def test_english_of_another_edition_is_not_shown(client, spanish, ellen, clara):
    new = succession.new_edition(edition=spanish.edition, actor=ellen)
    segment = new.segments.get(ordinal=7)
    editing.edit_segment(
        segment=segment, actor=ellen, shown=segment.text,
        text="Do not stop taking metformin without asking your doctor.",
    )  # fmt: skip
    builders.make_public(builders.approve(new, clara).publications.get())
    page = client.get("/es/metformin/?english=1").content.decode()
    assert "twice a day" not in page
    with override("es"):
        newer = "The English page is newer than this one. Ask your clinic what has changed."
        assert gettext(newer) in page


def test_sections_of_different_length_get_no_english():
    own = {"title": "T", "key_points": None, "help": [],
           "sections": [{"key": "do", "heading": "H", "items": [{"kind": "p", "text": "a"}]}]}  # fmt: skip
    other = {**own, "sections": [{"key": "do", "heading": "E", "items": []}]}
    shown = lines(own, other)["sections"][0]
    assert shown["heading"]["english"] == "E"
    assert shown["items"] == [{"text": "a", "english": "", "kind": "p"}]


def test_a_withdrawn_page_leads_to_the_other_languages_and_its_shelf(client, spanish, carlos):
    publishing.withdraw(publication=spanish, actor=carlos, reason="A dose was wrong.")
    answer = client.get("/es/metformin/")
    page = answer.content.decode()
    assert answer.status_code == 410
    assert "/en/metformin/" in page
    assert "/es/topics/other/" in page
    assert "dose was wrong" not in page


def test_structured_data_names_the_page_and_cannot_break_out(client, spanish):
    page = client.get("/es/metformin/").content.decode()
    data = json.loads(re.search(r'ld\+json">(.*?)</script>', page, re.DOTALL)[1])
    assert data["@type"] == "MedicalWebPage"
    assert data["inLanguage"] == "es"
    assert data["translationOfWork"]["url"].endswith("/en/metformin/")


def test_search_engines_are_told_of_every_language(client, spanish):
    page = client.get("/es/metformin/").content.decode()
    found = dict(re.findall(r'rel="alternate" hreflang="([\w-]+)" href="([^"]+)"', page))
    assert set(found) == {"en", "es", "x-default"}
    assert found["x-default"] == found["en"]
    assert 'property="og:title" content="Metformina"' in page
    assert "noindex" not in page


def test_reading_sets_no_cookie_and_is_counted(client, english, monkeypatch):
    monkeypatch.setattr(serving, "FLUSH_SECONDS", 0)
    answer = client.get("/en/metformin/")
    assert not answer.cookies
    assert Tally.objects.get(publication=english, kind="opened").count == 1


def test_a_page_that_did_not_change_is_not_sent_again(client, english):
    first = client.get("/en/metformin/")
    again = client.get("/en/metformin/", headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304


# --- feedback -----------------------------------------------------------------------------------


def test_feedback_is_kept_and_thanked_for(client, spanish):
    answer = client.post("/es/metformin/feedback/", {"easy": "no", "comment": "Muy largo"})
    assert answer.status_code == 302
    page = client.get(answer.url)
    assert page.status_code == 200
    row = Feedback.objects.get()
    assert (row.publication, row.easy, row.comment) == (spanish, False, "Muy largo")


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"easy": "", "comment": "long"}, "Please choose yes or no."),
        ({"easy": "yes", "comment": "My MRN is 12345678"}, "Please leave out names"),
        ({"easy": "yes", "comment": "x" * 501}, "at most 500 characters"),
    ],
)
def test_refused_feedback_says_why_and_keeps_the_words(client, english, given, message):
    answer = client.post("/en/metformin/feedback/", given)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert message in page
    assert given["comment"] in page
    assert not Feedback.objects.exists()


def test_feedback_needs_the_token_of_its_form(english):
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/en/metformin/feedback/", {"easy": "yes"}).status_code == 403


def test_feedback_from_one_address_is_limited(client, english, monkeypatch):
    cache.clear()
    monkeypatch.setattr("content.portal.feedback.AT_MOST", 2)
    codes = [client.post("/en/metformin/feedback/", {"easy": "yes"}).status_code for _ in range(3)]
    assert codes == [302, 302, 422]


# --- valid HTML ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    ["", "?q=mid", "?q=xyz", "topics/other/", "metformin/", "metformin/?english=1", "none/",
     "metformin/feedback/", "metformin/feedback/?thanks=1", "offline.html",
     "metformin/handout-a4-large.pdf"],
)  # fmt: skip
def test_pages_are_valid_html(client, arabic, path):
    page = client.get(f"/ar/{path}").content.decode()
    parser = HTMLParser()
    parser.parse(page)
    assert parser.errors == []
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    for target in re.findall(r'(?:aria-labelledby|aria-describedby|for)="([^"]+)"', page):
        assert set(target.split()) <= set(ids), target
    assert not re.search(
        r'\sstyle="|\son\w+="|<script(?! type="(?:module" src|application/ld))', page
    )
    assert not re.search(r"<(ul|ol)>\s*<(?!li|/)", page)


def test_the_pages_lead_nowhere_else(client, arabic):
    """Nothing is fetched from another server: only links of the sources lead away."""
    page = client.get("/ar/metformin/").content.decode()
    assert re.findall(r'\ssrc="(?!/)[^"]*"', page) == []
    assert re.findall(r'<link rel="(?:stylesheet|icon|manifest)" href="(?!/)', page) == []


def test_publications_are_looked_up_once(
    client, spanish, django_assert_max_num_queries, monkeypatch
):
    monkeypatch.setattr(serving, "FLUSH_SECONDS", 1e9)
    for address, most in (("/es/metformin/?english=1", 4), ("/es/", 4), ("/es/topics/other/", 3)):
        with django_assert_max_num_queries(most):
            client.get(address)
    assert Publication.objects.public().count() == 2
