"""The Infobutton door: clients written for MedlinePlus Connect, recorded requests, and bad ones."""

import json
import time
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest

from content.models import Publication, Tally
from content.services import publishing, serving
from tests import published

SERVICE = "/infobutton/service"
ROOT = "2.16.840.1.113883.6."
ICD, SNOMED, RXNORM, LOINC = f"{ROOT}90", f"{ROOT}96", f"{ROOT}88", f"{ROOT}1"
ICD9, NDC, CPT, MESH = f"{ROOT}103", f"{ROOT}69", f"{ROOT}12", f"{ROOT}177"
ATOM = {"a": "http://www.w3.org/2005/Atom"}
XML = "{http://www.w3.org/XML/1998/namespace}"


@pytest.fixture(autouse=True)
def _own_counts(settings):
    """Limits have tests of their own; no Redis of this machine counts for these."""
    settings.RATE_PER_ADDRESS = settings.RATE_PER_TOKEN = 0


@pytest.fixture
def library(ellen, carlos, teresa) -> dict[str, Publication]:
    return published.library(ellen, carlos, published.polyglot(teresa))


def ask(client, **parameters):
    """The answer to a request; ``cs="…"`` is short for ``mainSearchCriteria.v.cs``."""
    short = {"cs", "c", "dn", "ot"}
    sent = {f"mainSearchCriteria.v.{k}" if k in short else k: v for k, v in parameters.items()}
    lang = sent.pop("lang", None)
    if lang is not None:
        sent["informationRecipient.languageCode.c"] = lang
    return client.get(SERVICE, sent)


def entries(client, **parameters):
    """As clients of Connect are written: ``entry`` and ``link`` may be an object or a list, and the
    host of every address is looked at before it is shown."""
    answer = ask(client, knowledgeResponseType="application/json", **parameters)
    assert answer.status_code == 200, answer.content
    found = json.loads(answer.content)["feed"].get("entry", [])
    read = []
    for entry in found if isinstance(found, list) else [found]:
        links = entry["link"] if isinstance(entry["link"], list) else [entry["link"]]
        href = next(link["href"] for link in links if link["rel"] == "alternate")
        assert urlsplit(href).netloc == "localhost:8000"
        read.append((entry["title"]["_value"], urlsplit(href).path, entry["summary"]["_value"]))
    return read


def paths(client, **parameters):
    return [path for _title, path, _summary in entries(client, **parameters)]


# --- recorded requests ---------------------------------------------------------------------------

TYPE = "knowledgeResponseType=application/json"
RECORDED = [
    # openEMR, an R package, and others, with the codes that the small library carries.
    (f"mainSearchCriteria.v.cs={ICD}&mainSearchCriteria.v.c=E11.9", "/en/metformin/"),
    (f"mainSearchCriteria.v.cs={ICD}&mainSearchCriteria.v.c=E11.9"
     "&informationRecipient.languageCode.c=es", "/es/metformin/"),
    (f"mainSearchCriteria.v.cs={ICD}&mainSearchCriteria.v.c=E11.9"
     "&informationRecipient.languageCode.c=sp", "/es/metformin/"),
    (f"{TYPE}&mainSearchCriteria.v.cs={SNOMED}&mainSearchCriteria.v.c=44054006"
     "&informationRecipient.languageCode.c=en", "/en/metformin/"),
    (f"mainSearchCriteria.v.cs={RXNORM}&mainSearchCriteria.v.c=6809&mainSearchCriteria.v.dn="
     "&informationRecipient.languageCode.c=en", "/en/metformin/"),
    (f"mainSearchCriteria.v.cs={RXNORM}&mainSearchCriteria.v.c="
     "&mainSearchCriteria.v.dn=Metformin%20500%20MG%20Oral%20Tablet", "/en/metformin/"),
    (f"mainSearchCriteria.v.cs={NDC}&mainSearchCriteria.v.dn=metformin+hydrochloride+500+MG"
     "&informationRecipient.languageCode.c=es", "/es/metformin/"),
    (f"mainSearchCriteria.v.cs={LOINC}&mainSearchCriteria.v.c=4548-4&{TYPE}", "/en/metformin/"),
    (f"{TYPE}&mainSearchCriteria.v.c=%20E11.9&mainSearchCriteria.v.cs={ICD}", "/en/metformin/"),
    # HL7's own example: other letters, everything of the context, and nothing of it needed.
    ("representedOrganization.id.root=1.3.6.1.4.1.5884&taskContext.c.c=PROBLISTREV"
     f"&MAINSEARCHCRITERIA.V.C=E119&mainSearchCriteria.v.CS={ICD}"
     "&mainSearchCriteria.v.dn=Type+2+Diabetes+Mellitus&mainSearchCriteria.v.ot=diabetes+type+2"
     "&patientPerson.administrativeGenderCode.c=M&age.v.v=45&age.v.u=a&ageGroup.v.c=D000328"
     "&subtopic.v.c=Q000628&informationRecipient=PAT&performer=PROV&performer.languageCode.c=en"
     "&performer.healthCareProvider.c.c=163W00000X&encounter.c.c=AMB"
     "&locationOfInterest.addr.zip=84101&severityObservation.interpretationCode.c=H"
     "&effectiveTime.v=20261129&INFORMATIONRECIPIENT.LANGUAGECODE.C=ES"
     "&informationRecipient.languageCode.cs=2.16.840.1.113883.6.121", "/es/metformin/"),
    (f"mainSearchCriteria.c.cs={ICD}&mainSearchCriteria.c.c=E11.9", "/en/metformin/"),
    (f"mainSearchCriteria.v.cs={ICD}&mainSearchCriteria.v.c=E11.9&mainSearchCriteria.v.c=J45",
     "/en/metformin/"),
    (f"mainSearchCriteria.v.cs1={ICD}&mainSearchCriteria.v.c1=E11.9", "/en/metformin/"),
]  # fmt: skip


def test_a_recorded_request_gets_its_handout(client, library):
    for query, path in RECORDED:
        answer = client.get(f"{SERVICE}?{query}")
        text = answer.content.decode()
        assert answer.status_code == 200, (query, text)
        assert f"http://localhost:8000{path}" in text, query
        assert text.count("alternate") == 1, query


RECORDED_WITHOUT_ANSWER = [
    (ICD9, "250.33"), (NDC, "00456140530"), (CPT, "45378"), (MESH, "D000368"), (ICD, "G93.32"),
    (SNOMED, "195967001"), (LOINC, "2093-3"), (RXNORM, "637188"), (ICD, "nerf"), (ICD, "J01.01"),
]  # fmt: skip


def test_a_code_without_a_handout_gets_an_empty_feed(client, library):
    for cs, c in RECORDED_WITHOUT_ANSWER:
        assert entries(client, cs=cs, c=c) == [], (cs, c)
        feed = ElementTree.fromstring(ask(client, cs=cs, c=c).content)
        assert feed.findall("a:entry", ATOM) == [] and feed.find("a:updated", ATOM).text


# --- the shape of the feed -----------------------------------------------------------------------


def test_the_atom_feed_has_the_shape_of_connect(client, library):
    answer = ask(client, cs=ICD, c="E11.9", lang="ar")
    assert answer["Content-Type"] == "text/xml; charset=utf-8"
    assert answer["Content-Language"] == "ar"
    feed = ElementTree.fromstring(answer.content)
    assert feed.get(f"{XML}lang") == "ar"
    assert feed.get(f"{XML}base") == "http://localhost:8000/"
    assert feed.find("a:subtitle", ATOM).text == "Your Community Clinic: ICD-10-CM E11.9"
    assert feed.find("a:author/a:name", ATOM).text == "Your Community Clinic"
    told = [(one.get("scheme"), one.get("term")) for one in feed.findall("a:category", ATOM)]
    assert told == [
        ("mainSearchCriteria.v.c", "E11.9"), ("mainSearchCriteria.v.cs", "ICD10CM"),
        ("mainSearchCriteria.v.dn", ""), ("informationRecipient", "PAT"),
    ]  # fmt: skip
    entry = feed.find("a:entry", ATOM)
    assert entry.get(f"{XML}lang") == "ar"
    assert entry.find("a:title", ATOM).text == "ميتفورمين"
    page, pdf = entry.findall("a:link", ATOM)
    assert page.attrib["href"] == "http://localhost:8000/ar/metformin/"
    assert (page.get("rel"), page.get("hreflang"), page.get("type")) == (
        "alternate", "ar", "text/html"
    )  # fmt: skip
    assert pdf.get("href") == "http://localhost:8000/ar/metformin/handout-letter.pdf"
    assert pdf.get("rel") == "enclosure"
    assert entry.find("a:id", ATOM).text.startswith("tag:localhost,2")
    summary = entry.find("a:summary", ATOM)
    assert summary.get("type") == "html"
    assert '<div lang="ar" dir="rtl">' in summary.text
    assert "مرتين في اليوم" in summary.text


# As an answer of Connect of October 2026 was recorded, without its texts.
CONNECT = {
    "base", "lang", "xsi", "title", "updated", "id", "author", "subtitle", "category", "entry",
}  # fmt: skip


def test_the_json_feed_has_the_shape_of_connect(client, library):
    answer = ask(client, cs=ICD, c="E11.9", lang="es", knowledgeResponseType="application/json")
    assert answer["Content-Type"] == "application/json; charset=utf-8"
    feed = json.loads(answer.content)["feed"]
    assert set(feed) == CONNECT
    assert feed["title"] == {"_value": "Your Community Clinic", "type": "text"}
    assert feed["author"]["uri"] == {"_value": "http://localhost:8000"}
    [entry] = feed["entry"]
    assert set(entry) == {"lang", "title", "link", "id", "updated", "summary"}
    assert entry["title"] == {"_value": "Metformina", "type": "text"}
    assert entry["summary"]["type"] == "html"
    assert "<li>Tome " in entry["summary"]["_value"]
    assert "Test library" in entry["summary"]["_value"]


def test_jsonp_calls_the_function_that_was_named(client, library):
    answer = ask(client, cs=ICD, c="E11.9", knowledgeResponseType="application/javascript",
                 callback="jQuery110_14.done")  # fmt: skip
    text = answer.content.decode()
    assert answer["Content-Type"] == "application/javascript; charset=utf-8"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert text.startswith("/**/jQuery110_14.done({") and text.endswith("});")
    assert json.loads(text[len("/**/jQuery110_14.done(") : -2])["feed"]["entry"]


def test_javascript_without_a_callback_is_plain_json(client, library):
    answer = ask(client, cs=LOINC, c="2093-3", knowledgeResponseType="application/javascript")
    assert answer.json()["feed"]["entry"] == []


UNSAFE = [
    "alert(1)", "a;b", "a b", "1a", "<script>", "a.", ".a", "a..b", "функция", "a\u2028b", "x" * 199 + "(",
]  # fmt: skip


def test_an_unsafe_callback_is_refused_and_not_repeated(client, db):
    for name in UNSAFE:
        answer = ask(client, cs=ICD, c="E11.9", knowledgeResponseType="application/javascript",
                     callback=name)  # fmt: skip
        assert answer.status_code == 400, name
        assert answer["Content-Type"].startswith("application/json")
        assert name not in answer.content.decode()


def test_text_is_escaped_in_every_form(client, library):
    handout = library["en"].handout
    handout.topics.create(system="LOINC", code="1-1", display="x")
    nasty = '<script>alert("1")</script>&\u2028'
    answer = ask(client, cs=LOINC, c="1-1", dn=nasty)
    assert ElementTree.fromstring(answer.content).findall("a:entry", ATOM)
    assert b"<script>" not in answer.content


# --- codes ---------------------------------------------------------------------------------------


SPELT = [
    ("E11.9", True), ("e11.9", True), ("E119", True), (" E11.9 ", True), ("E 11.9", True),
    ("E11", False), ("E11.65", False), ("E11.8", False), ("E1", False),
]  # fmt: skip


def test_a_code_is_found_in_every_spelling_and_no_narrower_one(client, library):
    for code, found in SPELT:
        assert paths(client, cs=ICD, c=code) == (["/en/metformin/"] if found else []), code


def test_a_code_falls_back_to_its_ancestors(client, library):
    for code in ("J45", "J45.9", "J45.909", "J45909", "j45.20", "J45."):
        assert paths(client, cs=ICD, c=code) == ["/en/asthma/"], code


def test_the_nearest_ancestor_answers_alone(client, library):
    library["en"].handout.topics.create(system="ICD-10-CM", code="J45.90", display="Unspecified")
    assert paths(client, cs=ICD, c="J45.909") == ["/en/metformin/"]
    assert paths(client, cs=ICD, c="J45.2") == ["/en/asthma/"]


def test_other_systems_know_no_ancestors(client, library):
    assert paths(client, cs=SNOMED, c="4405400") == []


def test_several_criteria_are_answered_in_their_order(client, library):
    found = paths(client, cs=ICD, c="J45", **{
        "mainSearchCriteria.v.cs1": SNOMED, "mainSearchCriteria.v.c1": "44054006",
    })  # fmt: skip
    assert found == ["/en/asthma/", "/en/metformin/"]


NAMED = [
    (RXNORM, "metformin", True), (RXNORM, "METFORMIN hydrochloride 500 MG Oral Tablet", True),
    (NDC, "Metformin 24 HR Extended Release", True), (RXNORM, "Oral Tablet", False),
    (RXNORM, "500 MG", False), (RXNORM, "warfarin", False), (RXNORM, "met", False),
    (ICD, "Type 2 diabetes mellitus", True), (ICD, "Type 1 diabetes mellitus", False),
    (ICD, "Metformin", True), (ICD, "lactic acidosis by metformin", False),
    (RXNORM, "ميتفورمين", True), (RXNORM, "%", False), (RXNORM, "_", False), (RXNORM, "'", False),
]  # fmt: skip


def test_a_name_alone_finds_what_it_names(client, library):
    for cs, dn, found in NAMED:
        lang = "ar" if not dn.isascii() else "en"
        expected = [f"/{lang}/metformin/"] if found else []
        assert paths(client, cs=cs, dn=dn, lang=lang) == expected, dn


def test_a_name_does_not_change_what_a_problem_code_finds(client, library):
    assert paths(client, cs=ICD, c="G93.32", dn="Metformin") == []
    assert paths(client, cs=RXNORM, c="860975", dn="metformin 500 MG") == ["/en/metformin/"]


# --- languages -----------------------------------------------------------------------------------


SPOKEN = [
    ("", "/en/"), ("en-US", "/en/"), ("es", "/es/"), ("sp", "/es/"), ("spa", "/es/"),
    ("es-MX", "/es/"), ("pt", "/pt-BR/"), ("por", "/pt-BR/"), ("ara", "/ar/"), ("AR", "/ar/"),
]  # fmt: skip


def test_the_language_is_understood_in_every_spelling(client, library):
    for lang, path in SPOKEN:
        assert paths(client, cs=ICD, c="E11.9", lang=lang) == [f"{path}metformin/"], lang


def test_a_language_without_the_handout_gets_english_and_says_so(client, library):
    for lang in ("so", "zh-TW", "hmn", "tlh", "?", "x" * 3000):
        [(title, path, summary)] = entries(client, cs=ICD, c="E11.9", lang=lang)
        assert path == "/en/metformin/" and title.startswith("Metformin"), lang
        assert '<div lang="en" dir="ltr">' in summary
        assert summary.index("<strong>") < summary.index('<div lang="en"'), lang
        feed = ElementTree.fromstring(ask(client, cs=ICD, c="E11.9", lang=lang).content)
        assert feed.get(f"{XML}lang") == "en"


def test_english_itself_carries_no_note(client, library):
    [(title, _path, summary)] = entries(client, cs=ICD, c="E11.9")
    assert title == "Metformin" and "<strong>" not in summary


# --- what is public ------------------------------------------------------------------------------


def test_a_withdrawn_language_gives_way_to_english_at_once(client, library, carlos):
    before = ask(client, cs=ICD, c="E11.9", lang="es")
    publishing.withdraw(publication=library["es"], actor=carlos, reason="A dose was wrong.")
    tag = {"if-none-match": before["ETag"]}
    after = client.get(before.request["PATH_INFO"], {
        "mainSearchCriteria.v.cs": ICD, "mainSearchCriteria.v.c": "E11.9",
        "informationRecipient.languageCode.c": "es",
    }, headers=tag)  # fmt: skip
    assert after.status_code == 200 and b"/es/metformin/" not in after.content
    assert b"/en/metformin/" in after.content


def test_the_same_answer_is_not_sent_twice(client, library):
    first = ask(client, cs=ICD, c="E11.9")
    assert first["Cache-Control"] == "public, no-cache"
    sent = {"mainSearchCriteria.v.cs": ICD, "mainSearchCriteria.v.c": "E11.9"}
    again = client.get(SERVICE, sent, headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304 and again.content == b""
    assert again["Access-Control-Allow-Origin"] == "*"


def test_nothing_unpublished_is_found(client, approved):
    approved.handout.topics.create(system="ICD-10-CM", code="E11.9", display="Diabetes")
    assert paths(client, cs=ICD, c="E11.9") == []


def test_an_answer_is_counted(client, library):
    serving._counts.clear()
    ask(client, cs=ICD, c="E11.9", lang="es")
    ask(client, cs=ICD, c="G93.32")
    client.head(f"{SERVICE}?mainSearchCriteria.v.cs={ICD}&mainSearchCriteria.v.c=E11.9")
    serving.flush()
    [tally] = Tally.objects.all()
    assert (tally.publication, tally.kind, tally.count) == (library["es"], "answered", 1)


def test_a_demonstration_says_that_it_is_one(client, ellen, carlos, teresa):
    carlos.is_demo = True
    carlos.save()
    published.library(ellen, carlos, published.polyglot(teresa))
    [(_title, _path, summary)] = entries(client, cs=ICD, c="E11.9")
    assert "Demonstration only" in summary


def test_an_answer_takes_few_queries(client, library, monkeypatch, django_assert_max_num_queries):
    """Counting aside: counts are gathered, and written by the request that finds them due."""
    monkeypatch.setattr(serving, "_flushed", time.monotonic())
    with django_assert_max_num_queries(5):
        ask(client, cs=ICD, c="E11.9", lang="es")


# --- bad requests --------------------------------------------------------------------------------

BAD = [
    ("", "mainSearchCriteria.v.cs"),
    ("mainSearchCriteria.v.c=E11.9", "mainSearchCriteria.v.cs"),
    ("mainSearchCriteria.v.cs=&mainSearchCriteria.v.c=E11.9", "mainSearchCriteria.v.cs"),
    ("mainSearchCriteria.v.cs=1.2.3&mainSearchCriteria.v.c=E11.9", "mainSearchCriteria.v.cs"),
    ("mainSearchCriteria.v.cs=ICD10&mainSearchCriteria.v.c=E11.9", "mainSearchCriteria.v.cs"),
    (f"mainSearchCriteria.v.cs={ICD}", "mainSearchCriteria.v.c"),
    (f"mainSearchCriteria.v.cs={ICD}&mainSearchCriteria.v.c=%00%01", "mainSearchCriteria.v.c"),
    (f"mainSearchCriteria.v.cs={ICD}&mainSearchCriteria.v.c=E11&mainSearchCriteria.v.c1=E12",
     "mainSearchCriteria.v.cs1"),
    (f"mainSearchCriteria.v.cs={ICD}?mainSearchCriteria.v.c=637188", "mainSearchCriteria.v.cs"),
    (f"mainSearchCriteria.v.cs={ICD}&mainSearchCriteria.v.c=E11&knowledgeResponseType=text/html",
     "knowledgeResponseType"),
]  # fmt: skip


@pytest.mark.parametrize(("query", "parameter"), BAD)
def test_a_bad_request_is_told_which_parameter_is_at_fault(client, db, query, parameter):
    answer = client.get(f"{SERVICE}?{query}")
    assert answer.status_code == 400
    error = ElementTree.fromstring(answer.content)
    assert (error.tag, error.get("parameter")) == ("error", parameter)
    assert error.text.strip()


def test_an_error_comes_in_the_form_that_was_asked_for(client, db):
    answer = ask(client, cs="1.2.3", c="x", knowledgeResponseType="application/json")
    assert answer.status_code == 400
    assert answer.json()["error"]["parameter"] == "mainSearchCriteria.v.cs"


GARBAGE = [
    "%", "%00", "&&&", "=", "a=%ED%A0%80", "mainSearchCriteria.v.cs=%FF%FE&mainSearchCriteria.v.c=%80",
    f"mainSearchCriteria.v.cs={ICD}&mainSearchCriteria.v.c=%00E11.9%00",
    f"mainSearchCriteria.v.cs={ICD}&mainSearchCriteria.v.c=%EF%BF%BF%0B",
    f"mainSearchCriteria.v.cs={ICD}&mainSearchCriteria.v.c=" + "E" * 20_000,
    f"mainSearchCriteria.v.cs={RXNORM}&mainSearchCriteria.v.dn=" + "a+" * 5_000,
    f"mainSearchCriteria.v.cs99={ICD}&mainSearchCriteria.v.c99=E11",
    f"mainSearchCriteria.v.cs{'9' * 50}={ICD}",
    "&".join(f"mainSearchCriteria.v.cs{n}={ICD}&mainSearchCriteria.v.c{n}=E11" for n in range(90)),
    "&".join(f"p{n}=1" for n in range(3_000)),
]  # fmt: skip


@pytest.mark.parametrize("query", GARBAGE, ids=range(len(GARBAGE)))
def test_garbage_never_breaks_the_door(client, db, query):
    answer = client.get(f"{SERVICE}?{query}")
    assert answer.status_code in (200, 400)
    if answer["Content-Type"].startswith("text/xml"):
        ElementTree.fromstring(answer.content)


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_only_reading_is_answered(client, db, method):
    answer = getattr(client, method)(SERVICE)
    assert answer.status_code == 405 and "GET" in answer["Allow"]


def test_a_page_of_another_site_may_ask(client, library):
    assert ask(client, cs=ICD, c="E11.9")["Access-Control-Allow-Origin"] == "*"
    before = client.options(SERVICE, headers={"access-control-request-method": "GET"})
    assert before.status_code == 204
    assert "Authorization" in before["Access-Control-Allow-Headers"]
