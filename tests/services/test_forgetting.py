"""What goes when its days are over, what stays whatever its age, and that a kill costs nothing."""

import datetime as dt

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import caches
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.utils import timezone

from content import tasks
from content.models import (
    BackTranslation,
    Bundle,
    Decision,
    Event,
    Feedback,
    JobState,
    Notice,
    Publication,
    RenderedFile,
    Seal,
    Segment,
    Tally,
    Translation,
)
from content.services import forgetting, notifying, sealing
from tests import builders

pytestmark = pytest.mark.django_db
LONG_AGO = timezone.now() - dt.timedelta(days=4000)
YESTERDAY = timezone.now() - dt.timedelta(days=1)


@pytest.fixture
def public(approved) -> Publication:
    return builders.make_public(approved.publications.get())


@pytest.fixture
def gone(db, django_capture_on_commit_callbacks):
    """``gone()``: let go, and count."""

    def run() -> dict[str, int]:
        with django_capture_on_commit_callbacks(execute=True):
            return forgetting.forget()

    return run


def notice(user, **values) -> Notice:
    made = Notice.objects.create(user=user, kind="published", subject="x", address="/x")
    Notice.objects.filter(pk=made.pk).update(**values)
    return made


def left(model) -> set[int]:
    return set(model.objects.values_list("pk", flat=True))


def test_notices(gone, ellen, carlos):
    carlos.is_active = False
    carlos.save()
    read, invited = (
        notice(ellen, read_at=LONG_AGO),
        notice(ellen, kind="invited", mailed_at=LONG_AGO),
    )
    of_who_left = notice(carlos, at=LONG_AGO)
    stay = {
        notice(ellen, at=LONG_AGO).pk,  # still waits for her
        notice(ellen, at=LONG_AGO, read_at=YESTERDAY).pk,
        notice(ellen, kind="invited").pk,
    }
    assert gone()["notices"] == 3
    assert left(Notice) == stay
    assert {read.pk, invited.pk, of_who_left.pk}.isdisjoint(stay)


def test_comments_of_readers_lose_their_words_and_keep_their_count(gone, public):
    old = Feedback.objects.create(
        publication=public, easy=False, comment="old", day=LONG_AGO.date()
    )
    new = Feedback.objects.create(publication=public, easy=True, comment="new")
    assert gone()["comments"] == 1
    found = dict(Feedback.objects.values_list("pk", "comment"))
    assert found == {old.pk: "", new.pk: "new"}


def test_counts(gone, public):
    Tally.objects.create(publication=public, kind="opened", day=LONG_AGO.date(), count=7)
    kept = Tally.objects.create(publication=public, kind="opened", count=7)
    assert gone()["counts"] == 1
    assert left(Tally) == {kept.pk}


def order(clinic, by, days: int, **values) -> Bundle:
    made = Bundle.objects.create(clinic=clinic, by=by, kind="zip", **values)
    Bundle.objects.filter(pk=made.pk).update(updated_at=timezone.now() - dt.timedelta(days=days))
    return made


def test_orders_of_clinics_and_their_files(gone, clinic, cleo, public):
    name = default_storage.save("bundles/ab/x.zip", ContentFile(b"x"))
    week = order(clinic, cleo, 8, job_state=JobState.DONE, name=name)
    week.publications.add(public)
    old = order(clinic, cleo, 400, job_state=JobState.FAILED)
    waits, fresh = order(clinic, cleo, 400), order(clinic, cleo, 1, job_state=JobState.DONE)
    done = gone()
    assert (done["bundles"], done["orders"]) == (1, 1)
    assert left(Bundle) == {week.pk, waits.pk, fresh.pk}
    assert old.pk not in left(Bundle)
    assert not default_storage.exists(name)
    week.refresh_from_db()
    assert week.name == ""


def printed(publication, name: str, **values) -> RenderedFile:
    made = RenderedFile.objects.create(
        publication=publication, paper="a4", name=name, sha256="0" * 64, job_state=JobState.DONE,
        **values,
    )  # fmt: skip
    RenderedFile.objects.filter(pk=made.pk).update(updated_at=LONG_AGO)
    return made


def test_prints_under_an_old_head(gone, clinic, public):
    clinic.branding = 2
    clinic.save()
    ours = default_storage.save("pdf/aa/old.pdf", ContentFile(b"x"))
    shared = default_storage.save("pdf/aa/shared.pdf", ContentFile(b"x"))
    printed(public, ours, clinic=clinic, branding=0)
    printed(public, shared, clinic=clinic, branding=1)
    current = printed(public, shared, clinic=clinic, branding=2)
    house = printed(public, default_storage.save("pdf/aa/house.pdf", ContentFile(b"x")))
    assert gone()["prints"] == 2
    assert {current.pk, house.pk} <= left(RenderedFile)
    assert not RenderedFile.objects.filter(clinic=clinic, branding__lt=2).exists()
    assert not default_storage.exists(ours)
    assert default_storage.exists(shared)
    assert default_storage.exists(house.name)


def test_what_models_said_beside_the_text(gone, translation, source, ellen):
    other = builders.edition(source, ellen, "second")
    type(other).objects.filter(pk=other.pk).update(created_at=LONG_AGO)
    Segment.objects.filter(edition=other, ordinal=6).update(rejected_text="What was refused")
    row = translation.segments.first()
    BackTranslation.objects.create(translated_segment=row, of=row.text, text="x", engine="e", engine_revision="1")  # fmt: skip
    Translation.objects.update(updated_at=LONG_AGO)
    assert gone()["drafts"] == 1  # the aid is still on a desk
    assert not Segment.objects.exclude(rejected_text="").exists()
    Translation.objects.update(state=Translation.State.STALE)
    assert gone()["drafts"] == 1
    assert not BackTranslation.objects.exists()
    assert translation.segments.exclude(text="").count() == 7


def test_approved_text_keeps_what_stands_around_it(gone, edition, carlos):
    edition.segments.filter(ordinal=6).update(rejected_text="What was refused")
    type(edition).objects.filter(pk=edition.pk).update(created_at=LONG_AGO)
    edition.refresh_from_db()
    builders.approve(edition, carlos)
    assert gone()["drafts"] == 0
    assert edition.segments.exclude(rejected_text="").count() == 1


def test_sessions_and_what_the_cache_holds_past_its_time(gone, client, ellen):
    client.force_login(ellen)
    Session.objects.create(session_key="old", session_data="x", expire_date=YESTERDAY)
    caches["default"].set("allauth:rl:203.0.113.7", "x", 60)
    caches["default"].set("stays", "x", None)
    past = connection.ops.adapt_datetimefield_value(YESTERDAY)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE cache SET expires = %s WHERE cache_key LIKE %s", [past, "%203.0%"])
    done = gone()
    assert (done["sessions"], done["cache"]) == (1, 1)
    assert Session.objects.count() == 1
    assert caches["default"].get("stays") == "x"


def test_the_record_and_publications_stay_however_old(
    gone, public, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        sealing.seal_missed()
    before = [left(model) for model in (Decision, Event, Seal, Publication, RenderedFile)]
    Publication.objects.update(created_at=LONG_AGO, updated_at=LONG_AGO, published_at=LONG_AGO)
    RenderedFile.objects.update(updated_at=LONG_AGO)
    gone()
    assert [left(model) for model in (Decision, Event, Seal, Publication, RenderedFile)] == before
    assert sealing.verify().breaks == ()


def test_nothing_goes_where_a_setting_says_for_ever(gone, settings, public):
    settings.KEEP = dict.fromkeys(settings.KEEP, 0)
    Tally.objects.create(publication=public, kind="opened", day=LONG_AGO.date())
    assert sum(gone().values()) == 0


def test_it_is_done_in_batches_and_a_kill_loses_nothing(gone, ellen, monkeypatch):
    monkeypatch.setattr(forgetting, "BATCH", 4)
    for _ in range(10):
        notice(ellen, read_at=LONG_AGO)
    real, calls = forgetting._delete, []

    def killed(rows):
        calls.append(real(rows))
        if len(calls) == 2:
            raise KeyboardInterrupt
        return calls[-1]

    monkeypatch.setattr(forgetting, "_delete", killed)
    with pytest.raises(KeyboardInterrupt):
        gone()
    assert Notice.objects.count() == 6  # the batch that was cut off is whole
    monkeypatch.setattr(forgetting, "_delete", real)
    assert gone()["notices"] == 6
    assert sum(gone().values()) == 0


def test_a_batch_that_another_takes_meanwhile_is_not_waited_for(ellen):
    notice(ellen, read_at=LONG_AGO)
    assert forgetting._in_batches(Notice.objects.all(), lambda rows: 0) == 0


def test_beat_does_it(ellen):
    notice(ellen, read_at=LONG_AGO)
    tasks.forget()
    assert not Notice.objects.exists()


def test_an_unread_notice_still_waits(gone, ellen, edition):
    notifying.tell(Notice.Kind.RETURNED, [ellen], edition)
    Notice.objects.update(at=LONG_AGO)
    gone()
    assert notifying.unread(ellen) == 1
