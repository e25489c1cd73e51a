"""Who is told what, once, on the desk and by mail."""

import datetime as dt
from smtplib import SMTPException

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.utils import timezone

from content.models import Mail, Notice, Qualification, Source, Translation, User
from content.services import notifying, people, publishing, reviewing, vetting, workflow
from content.services.drafting import request_handout
from tests import builders


def told(kind):
    return {notice.user.username for notice in Notice.objects.filter(kind=kind)}


def test_clinicians_who_may_approve_are_told_of_an_english_text(edition, ellen, carlos, clara):
    edition.authors.add(clara)
    notifying.edition_waits(edition)
    assert told("approve_edition") == {"carlos"}


def test_qualified_translators_are_told_of_a_translation(translation, teresa, sahra):
    notifying.translation_waits(translation)
    assert told("approve_translation") == {"teresa"}


def test_an_expired_translator_is_not_told(translation, teresa):
    Qualification.objects.update(valid_until=timezone.localdate() - dt.timedelta(days=1))
    notifying.translation_waits(translation)
    assert told("approve_translation") == set()


def test_the_second_translator_is_told_when_the_first_has_approved(approved, teresa, sahra):
    row = builders.translation(approved, "so", builders.SOMALI)
    reviewing.approve_translation(translation=row, actor=teresa, shown=row.compute_fingerprint())
    assert told("approve_translation") == {"sahra"}


def test_nobody_is_told_twice_of_what_they_have_not_read(edition, carlos):
    notifying.edition_waits(edition)
    notifying.edition_waits(edition)
    assert Notice.objects.count() == 1
    notifying.read(carlos, notifying.page(edition))
    notifying.edition_waits(edition)
    assert Notice.objects.count() == 2


def test_the_story_of_a_handout(edition, ellen, carlos):
    reviewing.return_edition(
        edition=edition, actor=carlos, reason="Say when to call.",
        shown=edition.compute_fingerprint(),
    )  # fmt: skip
    assert told("returned") == {"ellen"}
    reviewing.resubmit_edition(edition=edition, actor=ellen)
    assert told("approve_edition") == {"carlos"}
    edition.refresh_from_db()
    done = builders.approve(edition, carlos)
    publication = builders.make_public(done.publications.get())
    assert told("published") == {"ellen"}
    publishing.withdraw(publication=publication, actor=carlos, reason="A dose was wrong.")
    assert told("withdrawn") == {"ellen", "carlos"}


def test_whoever_asked_learns_that_it_failed(ellen, source, ada, translation):
    row = request_handout(actor=ellen, topic="Metformin", sources=[source])
    workflow.run(type(row), row.pk, lambda _row, _claim: 1 / 0)
    assert told("failed") == {"ellen", "ada"}
    Translation.objects.update(job_state="waiting")
    workflow.run(Translation, translation.pk, lambda _row, _claim: 1 / 0)
    assert Notice.objects.filter(user=ellen, kind="failed").count() == 2


def test_reviews_that_are_due(source, carlos):
    soon = dt.date.today() + dt.timedelta(days=20)
    Source.objects.update(review_by=soon, vetted_by=carlos, vetted_at=timezone.now())
    notifying.reviews_due(vetting.due())
    notifying.reviews_due(vetting.due())
    assert Notice.objects.filter(kind="review_due").count() == 1


def test_a_change_of_rights_is_recorded_and_told(ada, carlos, teresa):
    before = people.rights(teresa)
    teresa.groups.clear()
    people.note_change(actor=ada, user=teresa, before=before)
    (event,) = teresa.events_about.all()
    assert event.data["changed"] == {"roles": [["translator"], []]}
    assert told("rights") == {"carlos", "teresa"}
    people.note_change(actor=ada, user=teresa, before=people.rights(teresa))
    assert teresa.events_about.count() == 1


# --- by mail ------------------------------------------------------------------------------------


@pytest.fixture
def waiting(edition, carlos):
    User.objects.update(email="person@example.org")
    notifying.edition_waits(edition)


def wants(wish):
    User.objects.update(mail=wish)


def test_a_mail_for_each(waiting, edition):
    assert (notifying.send_each(), notifying.send_each()) == (1, 0)
    (sent,) = mail.outbox
    assert str(edition) in sent.subject
    assert f"/desk/editions/{edition.pk}/" in sent.body
    assert "metformin twice" not in sent.body  # never the text itself


def test_one_a_day(waiting, edition, approved, carlos):
    wants(Mail.DAILY)
    notifying.tell(Notice.Kind.PUBLISHED, [carlos], approved.publications.get())
    assert notifying.send_each() == 0
    assert (notifying.send_digests(), notifying.send_digests()) == (1, 0)
    assert mail.outbox[0].subject == "2 notices from the desk"


def test_none(waiting):
    wants(Mail.NONE)
    assert notifying.send_each() + notifying.send_digests() == 0


def test_what_was_read_is_not_mailed(waiting, carlos):
    notifying.read_all(carlos)
    assert notifying.send_each() == 0


def test_nobody_without_an_address_or_account(waiting):
    User.objects.update(email="")
    assert notifying.send_each() == 0
    User.objects.update(email="person@example.org", is_active=False)
    assert notifying.send_each() == 0


def test_a_mail_that_cannot_be_sent_is_tried_again(waiting, edition, monkeypatch):
    asked = []

    def away(message):
        asked.append(message)
        raise SMTPException("no")

    User.objects.create_user("second", email="second@example.org")
    notifying.tell(Notice.Kind.RETURNED, User.objects.filter(username="second"), edition)
    with monkeypatch.context() as broken:
        broken.setattr(EmailMessage, "send", away)
        assert notifying.send_each() == 0
    assert len(asked) == 1  # a server that is away is not asked for every mail
    assert notifying.send_each() == 2


def test_a_new_wish_does_not_send_what_is_old(waiting, carlos):
    notifying.wish(carlos, Mail.DAILY)
    assert notifying.send_digests() == 0
