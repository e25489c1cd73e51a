"""Who asks at the doors for programs, how often, and what they are described as."""

import hashlib
import re

import pytest
from django.core.cache import caches
from django.test import RequestFactory
from django.urls import Resolver404, resolve
from redis.exceptions import ConnectionError as RedisAway

from content.infobutton import fhir_urls, gate, limits, urls
from content.models import Clinic, Tally, Token
from content.services import serving
from tests import published

ASK = {"mainSearchCriteria.v.cs": "2.16.840.1.113883.6.90", "mainSearchCriteria.v.c": "E11.9"}
DOORS = ["/infobutton/service", "/fhir/metadata", "/fhir/DocumentReference", "/openapi.json"]
LOCAL = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}


@pytest.fixture(autouse=True)
def _own_counts(settings, monkeypatch):
    """Counts of this test alone; as if Redis answered, in memory."""
    settings.CACHES = settings.CACHES | {"rates": LOCAL | {"LOCATION": "as-if-redis"}}
    monkeypatch.setattr(limits, "_paused_until", 0.0)
    monkeypatch.setattr(limits.time, "time", lambda: 1_000_000.0)
    for name in ("rates", "rates-of-the-process"):
        caches[name].clear()


@pytest.fixture
def token(ada) -> Token:
    clinic = Clinic.objects.create(name="Riverside")
    digest = hashlib.sha256(b"the-secret").hexdigest()
    return Token.objects.create(clinic=clinic, name="EHR", hint="the-s", digest=digest, made_by=ada)


def bearer(secret="the-secret"):
    return {"authorization": f"Bearer {secret}"}


def codes(client, times, **headers):
    return [client.get("/fhir/metadata", headers=headers).status_code for _ in range(times)]


@pytest.mark.parametrize("path", DOORS)
@pytest.mark.parametrize("header", [
    "Bearer wrong", "Bearer ", "Bearer", "Basic dXNlcjpwYXNz", "the-secret", "Bearer \x80é",
])  # fmt: skip
def test_an_unknown_token_is_refused_and_not_taken_for_nobody(client, token, path, header):
    answer = client.get(path, ASK, headers={"authorization": header})
    assert answer.status_code == 401 and answer["WWW-Authenticate"] == "Bearer"


def test_a_token_in_force_is_known_and_its_clinic_counted(client, token, ellen, carlos, teresa):
    published.library(ellen, carlos, published.polyglot(teresa))
    serving._counts.clear()
    assert client.get("/infobutton/service", ASK, headers=bearer()).status_code == 200
    serving.flush()
    assert Tally.objects.get().clinic == token.clinic


def test_a_revoked_token_is_refused(client, token, ada):
    token.revoked_by, token.revoked_at = ada, token.made_at
    token.save()
    assert codes(client, 1, **bearer()) == [401]


def test_an_address_is_held_to_its_limit(client, db, settings):
    settings.RATE_PER_ADDRESS = 3
    assert codes(client, 5) == [200, 200, 200, 429, 429]
    answer = client.get("/infobutton/service", ASK)
    assert answer.status_code == 429 and 0 < int(answer["Retry-After"]) <= 60
    assert answer["Cache-Control"] == "no-store"


def test_the_next_minute_is_a_new_one(client, db, settings, monkeypatch):
    settings.RATE_PER_ADDRESS = 1
    assert codes(client, 2) == [200, 429]
    monkeypatch.setattr(limits.time, "time", lambda: 1_000_060.0)
    assert codes(client, 1) == [200]


def test_a_token_has_a_limit_of_its_own(client, token, settings):
    settings.RATE_PER_ADDRESS, settings.RATE_PER_TOKEN = 1, 3
    assert codes(client, 4, **bearer()) == [200, 200, 200, 429]
    assert codes(client, 2) == [200, 429]


def test_guessing_tokens_is_held_to_the_limit_of_the_address(client, token, settings):
    settings.RATE_PER_ADDRESS = 2
    assert codes(client, 3, **bearer("guess")) == [401, 401, 429]


def test_without_redis_the_process_counts_for_itself_and_does_not_wait_again(
    client, db, settings, monkeypatch
):
    tried = []

    class Away:
        def add(self, *args):
            tried.append(args)
            raise RedisAway

    process = caches["rates-of-the-process"]
    monkeypatch.setattr(limits, "caches", {"rates": Away(), "rates-of-the-process": process})
    settings.RATE_PER_ADDRESS = 2
    assert codes(client, 4) == [200, 200, 429, 429]
    assert len(tried) == 1


@pytest.mark.parametrize(("proxies", "remote", "forwarded", "address"), [
    (0, "203.0.113.5", "198.51.100.1", "203.0.113.5"),
    (1, "10.0.0.1", "198.51.100.1, 203.0.113.9", "203.0.113.9"),
    (2, "10.0.0.1", "198.51.100.1, 203.0.113.9, 10.0.0.2", "203.0.113.9"),
    (2, "10.0.0.1", "203.0.113.9", "unknown"),
    (1, "10.0.0.1", "nonsense", "unknown"),
    (0, "2001:db8:1:2:aaaa::1", "", "2001:db8:1:2::"),
    (0, "", "", "unknown"),
])  # fmt: skip
def test_the_address_is_the_visitors_behind_our_proxies(
    settings, proxies, remote, forwarded, address
):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    headers = {"x-forwarded-for": forwarded} if forwarded else {}
    request = RequestFactory().get("/", REMOTE_ADDR=remote, headers=headers)
    assert gate._address(request) == address


# --- the description -----------------------------------------------------------------------------


@pytest.fixture
def description(client, db, settings):
    settings.PUBLIC_URL = "https://handouts.example.org"
    return client.get("/openapi.json").json()


def test_the_description_names_this_site(description):
    assert description["openapi"].startswith("3.1")
    assert description["servers"] == [{"url": "https://handouts.example.org"}]


def test_every_path_of_the_description_is_served(description):
    for path in description["paths"]:
        match = resolve(path.replace("{id}", "1"))
        assert match.url_name != "unknown" and match.func.__module__.startswith(
            "content.infobutton"
        ), path


def test_every_path_that_is_served_is_described(description):
    served = {f"/infobutton/{one.pattern}" for one in urls.urlpatterns}
    served |= {f"/fhir/{one.pattern}" for one in fhir_urls.urlpatterns if one.name}
    served.add("/openapi.json")
    assert {re.sub("<str:key>", "{id}", path) for path in served} == set(description["paths"])


def test_every_reference_of_the_description_leads_somewhere(description):
    schemas = description["components"]["schemas"]
    named = re.findall(r"#/components/schemas/(\w+)", str(description))
    assert named and set(named) <= set(schemas)


def test_no_other_address_is_taken(db):
    with pytest.raises(Resolver404):
        resolve("/infobutton/other/deep/x")
