"""The cast, and rows that most tests begin with. Real services are in `tests/stack.py`."""

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.db import connection
from django.utils import timezone
from hypothesis import HealthCheck, settings

from content.engines.base import cache_dir
from content.engines.renderer.fonts import ensure_fonts
from content.models import Clinic, Edition, Qualification, Role, Source, Translation, User, rules
from content.services import memory, serving
from tests import builders
from tests.chromium import browser, chromium  # noqa: F401  fixtures of every room
from tests.llm import server, small_model  # noqa: F401  fixtures of every room

# An example may take as long as it likes: the machine is busy, or the tests are being measured.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")


_OUTER_ROOMS = {Path(__file__).parent / name for name in ("doors", "operation")}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what touches the database behind a door (``outer``): see `tests/__main__.py`. The long files
    come first: a worker that begins one last keeps the other waiting.
    """
    for item in items:
        names = getattr(item, "fixturenames", ())
        touches = item.get_closest_marker("django_db") or {"db", "transactional_db"} & {*names}
        if touches and _OUTER_ROOMS.intersection(item.path.parents):
            item.add_marker("outer")
    items.sort(key=lambda item: not any(map(item.get_closest_marker, ("stack", "browser", "slow"))))


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    tmp_path_factory: pytest.TempPathFactory, django_db_modify_db_settings_parallel_suffix: None
) -> None:
    """SQLite in a file, as in a deployment: in memory, threads cannot wait for each other's lock.

    Each worker has a database of its own by the suffix of the plugin's fixture, which this replaces.
    """
    if connection.vendor == "sqlite":
        name = tmp_path_factory.mktemp("database") / "test.sqlite3"
        connection.settings_dict["TEST"]["NAME"] = str(name)
        # Nothing of it must outlive a power cut.
        connection.settings_dict["OPTIONS"]["init_command"] += "; PRAGMA synchronous=OFF"


@pytest.fixture(autouse=True)
def _unlocked_for_flush(request: pytest.FixtureRequest) -> Iterator[None]:
    """A transactional test empties its tables afterwards, which the append-only rules refuse, and
    leaves the cache, whose table is none of a model."""
    marker = request.node.get_closest_marker("django_db")
    transactional = (marker and marker.kwargs.get("transaction")) or (
        "transactional_db" in request.fixturenames
    )
    if transactional:
        request.getfixturevalue("transactional_db")
    yield
    if transactional:
        cache.clear()
        rules.uninstall(connection)


@pytest.fixture(autouse=True)
def _empty_memory() -> Iterator[None]:
    """What the process remembers of a test's rows, which are rolled back."""
    memory._known.clear()
    yield
    serving._counts.clear()


@pytest.fixture(autouse=True)
def _plain_settings(settings, tmp_path) -> None:
    """Files of the test alone, static files without the manifest of `collectstatic`, and a fast
    password hasher: the slow one is Django's to test."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="session")
def fonts() -> Path:
    """The font folder of this machine, which is set up when a test first asks for it."""
    return ensure_fonts(cache_dir("fonts"))


def person(username: str, *roles: Role) -> User:
    user = User.objects.create_user(username, password="pass-word-9", first_name=username.title())
    user.is_staff = True
    user.save()
    user.groups.set(Group.objects.filter(name__in=roles))
    return user


def qualify(user: User, language: str, days: int = 365) -> Qualification:
    today = timezone.localdate()
    return Qualification.objects.create(
        user=user, language=language, kind="ATA certification", number="12345",
        valid_from=today - dt.timedelta(days=900), valid_until=today + dt.timedelta(days=days),
    )  # fmt: skip


@pytest.fixture
def ellen(db) -> User:
    return person("ellen", Role.EDUCATOR)


@pytest.fixture
def carlos(db) -> User:
    return person("carlos", Role.CLINICIAN)


@pytest.fixture
def clara(db) -> User:
    return person("clara", Role.CLINICIAN)


@pytest.fixture
def teresa(db) -> User:
    """A translator of Portuguese and, so that tiers can be compared, of Somali."""
    user = person("teresa", Role.TRANSLATOR)
    qualify(user, "pt-BR")
    qualify(user, "so")
    return user


@pytest.fixture
def sahra(db) -> User:
    user = person("sahra", Role.TRANSLATOR)
    qualify(user, "so")
    return user


@pytest.fixture
def ada(db) -> User:
    user = person("ada", Role.ADMINISTRATOR)
    user.is_superuser = True
    user.save()
    return user


@pytest.fixture
def clinic(db) -> Clinic:
    return Clinic.objects.create(name="Harbor Clinic", phone="555 0100")


@pytest.fixture
def cleo(clinic: Clinic) -> User:
    """Staff of the clinic."""
    user = person("cleo", Role.CLINIC_STAFF)
    user.clinic = clinic
    user.save()
    return user


@pytest.fixture
def source(db) -> Source:
    return builders.source()


@pytest.fixture
def edition(source: Source, ellen: User) -> Edition:
    """An edition that waits for a clinician."""
    return builders.edition(source, ellen)


@pytest.fixture
def approved(edition: Edition, carlos: User) -> Edition:
    return builders.approve(edition, carlos)


@pytest.fixture
def translation(approved: Edition) -> Translation:
    """A Portuguese translation that waits for a translator."""
    return builders.translation(approved, "pt-BR")


@pytest.fixture
def as_user(client) -> Callable[[User], object]:
    def log_in(user: User) -> object:
        client.force_login(user)
        return client

    return log_in
