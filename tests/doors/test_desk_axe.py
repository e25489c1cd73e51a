"""The desk's pages in a real Chromium: axe finds nothing, and nothing is wider than a phone."""

import datetime as dt
import uuid

import pytest
from django.utils import timezone
from playwright.sync_api import BrowserContext

from content.models import Request, TermbaseEntry
from content.services import correcting, discussing, drafting, notifying
from tests import builders
from tests.chromium import DESKTOP, wrong_on_screens

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def pages(translation, source, ellen, carlos, teresa, ada) -> list[tuple[str, object]]:
    """(address, who looks at it): every page of the desk with something on it."""
    TermbaseEntry.objects.create(language="pt-BR", source="metformin", preferred="metformina")
    row = translation.segments.get(segment__ordinal=6)
    shorter = row.text.replace("500 mg de ", "")
    correcting.edit_translation(row=row, actor=teresa, text=shorter, shown=row.text)
    row.refresh_from_db()
    discussing.comment(row=row, actor=teresa, text="Is it always with meals?")
    notifying.translation_waits(translation)
    english = builders.make_public(translation.edition.publications.get())
    waiting = builders.edition(source, ellen, "second")
    request = drafting.request_handout(actor=ellen, topic="Metformin", sources=[source])
    _work_in_every_state(ellen)
    return [
        ("/desk/", ellen),
        ("/desk/", teresa),
        ("/desk/notices/", teresa),
        (f"/desk/requests/{request.pk}/", ellen),
        (f"/desk/editions/{waiting.pk}/", carlos),
        (f"/desk/editions/{waiting.pk}/assessments/pemat/", carlos),
        (f"/desk/translations/{translation.pk}/", teresa),
        (f"/desk/publications/{english.pk}/", carlos),
        (f"/desk/handouts/{english.handout_id}/", ellen),
        (f"/desk/sources/{source.pk}/", carlos),
        (f"/desk/record/edition/{translation.edition_id}/", carlos),
        ("/desk/record/", ada),
        ("/desk/queues/", ada),
        ("/admin/content/request/add/", ellen),
        ("/admin/content/handout/", ada),
        ("/admin/content/request/", ada),
        ("/admin/content/user/", ada),
        ("/admin/content/user/add/", ada),
        (f"/admin/content/user/{ellen.pk}/change/", ada),
        ("/admin/content/clinic/add/", ada),
        ("/account/second-factor/", ellen),
        ("/account/password/change/", ellen),
        ("/account/login/", None),
        ("/account/password/reset/", None),
    ]


def _work_in_every_state(ellen) -> None:
    """What the page of queues shows: in hand, silent, again later, given up."""
    now = timezone.now()
    for seconds in (60, -60):
        Request.objects.create(
            topic="In hand", requested_by=ellen, job_state="running", claim_token=uuid.uuid4(),
            started_at=now, claimed_until=now + dt.timedelta(seconds=seconds),
        )  # fmt: skip
    soon = now + dt.timedelta(minutes=1)
    Request.objects.create(topic="Later", requested_by=ellen, not_before=soon, error="Away.")
    Request.objects.create(topic="No", requested_by=ellen, job_state="failed", error="No model.")


# In Spanish, `tests/path/test_days.py` looks at each page that it comes by.
@pytest.mark.parametrize("language", ["en", pytest.param("ar", marks=pytest.mark.again)])
def test_axe_finds_nothing(live_server, pages, browser, language):
    found: list[tuple[object, ...]] = []
    contexts: dict[object, BrowserContext] = {}
    for address, who in pages:
        if who not in contexts:
            contexts[who] = browser.new_context(viewport=DESKTOP, locale=language)
            if who:
                contexts[who].add_cookies([builders.cookie(who, live_server.url)])
        page = contexts[who].new_page()
        refused: list[str] = []
        page.on("console", lambda said, refused=refused: refused.append(said.text))
        page.goto(f"{live_server.url}{address}")
        name = f"{address.strip('/').replace('/', '_')}-{who}"
        found += [(address, *one) for one in wrong_on_screens(page, name, language)]
        found += [(address, "policy", said) for said in refused if _unforeseen(said, address)]
        page.close()
    assert found == [], "\n".join(map(str, found))


def _unforeseen(said: str, address: str) -> bool:
    """What the policy refuses, but the width that the theme gives the bar below its lists."""
    bar = "inline style" in said and address.startswith("/admin/content/")
    return "Content Security" in said and not bar
