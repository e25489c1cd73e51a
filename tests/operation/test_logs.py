"""Nothing that a handout says and nobody's address gets into the log, whatever breaks."""

import io
import logging
import logging.config
from smtplib import SMTPRecipientsRefused

import pytest
from django.core import mail
from django.db import DatabaseError, IntegrityError
from django.test import Client

from content import tasks
from content.engines.base import PermanentEngineError, TemporaryEngineError
from content.models import Notice, Publication, RenderedFile, Request, Tally
from content.operation import requests
from content.safety import base
from content.services import drafting, notifying, sealing, serving, workflow
from tests import builders

pytestmark = pytest.mark.django_db
MARK = "Take 7731 mg of markerine"
MAIL, ADDRESS = "marker.person@clinic.example", "203.0.113.77"


@pytest.fixture(params=["line", "json"])
def log(request, settings):
    """What the settings' own handler writes, in one of its two forms, from DEBUG on."""
    stream = io.StringIO()
    made = logging.config.DictConfigurator(settings.LOGGING)
    formatter = made.configure_formatter(dict(settings.LOGGING["formatters"][request.param]))
    handler = logging.StreamHandler(stream)
    handler.setFormatter(formatter)
    handler.addFilter(made.configure_filter(dict(settings.LOGGING["filters"]["request"])))
    root = logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield stream
    requests.work_on("-")
    root.removeHandler(handler)
    root.setLevel(before)


def reticent(log: io.StringIO, *expected: str) -> None:
    text = log.getvalue()
    for said in expected:
        assert said in text, text
    for secret in (MARK, "7731", MAIL, ADDRESS):
        assert secret not in text, text


def fail_with(error):
    def work(row, claim):
        marker = MARK  # a local, as a real worker would have it  # noqa: F841
        try:
            raise KeyError(MARK)
        except KeyError as cause:
            raise error from cause

    return work


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (ValueError(MARK), "ValueError"),
        (IntegrityError(f"duplicate key\nDETAIL:  Key (title)=({MARK}) already exists."), "IntegrityError"),
        (OSError(28, "No space", MARK), "OSError"),
        (PermanentEngineError(f"“{MARK}” does not stand in the PDF."), "does not stand in the PDF"),
        (TemporaryEngineError(f"The writer cannot work now ({MARK})."), "cannot work now"),
    ],
)  # fmt: skip
def test_jobs_that_fail(log, ellen, error, said):
    row = Request.objects.create(topic=MARK, requested_by=ellen)
    workflow.run(Request, row.pk, fail_with(error))
    reticent(log, f"Request {row.pk}: ", said)


def test_a_printed_form_of_a_handout_that_cannot_be_printed(log, approved):
    publication = approved.publications.get()
    hidden = f"\u202e{MARK}"
    publication = Publication.objects.get(pk=publication.pk)
    payload = publication.payload
    payload["key_points"] = {"heading": "x", "items": [hidden]}
    made = Publication.objects.create(
        handout=publication.handout, edition=approved, language="en", title=MARK, payload=payload,
        sha256="1" * 64, search_text="",
    )  # fmt: skip
    file = RenderedFile.objects.create(publication=made, paper="a4")
    tasks.make_print(file.pk)
    file.refresh_from_db()
    assert file.job_state == "failed"
    assert "7731" in file.error
    reticent(log, f"RenderedFile {file.pk}: RenderRefused", "holds hidden marks")


def test_a_page_that_breaks(log, ellen, edition, monkeypatch):
    def broken(*args, **kwargs):
        words = MARK  # noqa: F841
        raise ValueError(f"{MARK} for {MAIL}")

    monkeypatch.setattr("content.desk.home.overview.to_review_soon", broken)
    client = Client(raise_request_exception=False, REMOTE_ADDR=ADDRESS)
    client.force_login(ellen)
    assert client.get("/desk/", {"language": MARK}).status_code == 500
    reticent(log, "Internal Server Error: /desk/", "ValueError", "home.py")


def test_a_search_and_a_form_that_are_refused(log, approved):
    publication = builders.make_public(approved.publications.get())
    client = Client(raise_request_exception=False, REMOTE_ADDR=ADDRESS)
    client.get("/en/", {"q": MARK})
    client.get("/infobutton/service", {"mainSearchCriteria.v.dn": MARK})
    client.post(
        f"/en/{publication.handout.slug}/feedback/", {"easy": "1", "comment": f"{MARK} {MAIL}"}
    )
    client.post("/account/login/", {"login": MAIL, "password": MARK})
    client.get("/readyz", {"q": MARK})
    reticent(log, "Bad Request: /infobutton/service")


class Broken:
    id = "marker"

    def findings(self, pair):
        raise ValueError(f"{pair.source}: {pair.target}")


def test_a_check_that_breaks(log):
    found = base.run([Broken()], base.Pair(MARK, MARK))
    assert [finding.severity for finding in found] == ["blocking"]
    reticent(log, "check marker broke", "ValueError")


def test_a_task_that_breaks_in_celerys_hands(log):
    @tasks.shared_task(name="marker")
    def marker(words: str) -> None:
        raise ValueError(f"{words} for {MAIL}")

    marker.apply((MARK,), {})
    reticent(log, "marker", "ValueError")


def test_mail_that_is_refused_names_nobody(log, ellen, edition, monkeypatch):
    ellen.email = MAIL
    ellen.save()
    notifying.tell(Notice.Kind.RETURNED, [ellen], edition)

    def refuse(self, *args, **kwargs):
        raise SMTPRecipientsRefused({MAIL: (550, MARK.encode())})

    monkeypatch.setattr(mail.EmailMessage, "send", refuse)
    notifying.send_each()
    reticent(log, "no mail could be sent")


def test_the_database_that_refuses_counts_and_seals(log, approved, monkeypatch):
    publication = approved.publications.get()

    def refuse(*args, **kwargs):
        raise DatabaseError(f"Key (title)=({MARK})")

    monkeypatch.setattr(serving, "_write", refuse)
    serving.count(publication, Tally.Kind.OPENED)
    serving.flush()
    monkeypatch.undo()
    monkeypatch.setattr(sealing, "TRIES", 0)
    sealing.seal(drafting.record.note("requested", text=MARK))
    reticent(log, "counts wait: DatabaseError", "no seal for event")
