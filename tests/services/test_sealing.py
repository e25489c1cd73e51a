"""The chain over the record: what was changed, put in, taken out or made anew shows, and where."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.utils import timezone

from content.models import Decision, Event, Seal, User, rules
from content.services import record, sealing

N = 8


@pytest.fixture
def chain(db, ellen, edition) -> list[Event]:
    """Some events, sealed one by one."""
    events = [record.note(Event.Kind.EDITED, actor=ellen, edition=edition, n=n) for n in range(N)]
    for event in events:
        sealing.seal(event)
    return events


@pytest.fixture
def unlocked(db):
    """The database without its rules, as someone with its password may have it."""
    rules.uninstall(connection)
    yield
    rules.install(connection)


def test_an_unbroken_chain(chain):
    found = sealing.verify()
    assert (found.number, found.breaks) == (N, ())
    assert found.sha256 == Seal.objects.last().sha256


def test_nothing_is_sealed_twice(chain):
    sealing.seal(chain[2])
    assert Seal.objects.count() == N


def test_decisions_and_events_are_sealed_after_their_transaction(
    edition, carlos, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        record.note(Event.Kind.EDITED, actor=carlos, edition=edition)
        record.decide(
            verb=Decision.Verb.RETURN_EDITION, actor=carlos, edition=edition, fingerprint="f"
        )
        assert not Seal.objects.exists()
    assert [link.decision_id is None for link in Seal.objects.all()] == [True, False]
    assert sealing.verify().breaks == ()


def test_what_was_left_without_a_seal_gets_one(ellen, edition):
    Event.objects.create(kind="edited", actor=ellen, edition=edition)
    assert sealing.seal_missed() == 1
    assert sealing.seal_missed() == 0
    assert sealing.verify().number == 1


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "drafted"},
        {"data": {"n": 99}},
        {"actor_id": None},
        {"at": timezone.now() - dt.timedelta(days=3)},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_change_breaks_the_chain_at_its_place(chain, unlocked, change):
    Event.objects.filter(pk=chain[3].pk).update(**change)
    (only,) = sealing.verify().breaks
    assert "seal 4" in only
    assert f"event {chain[3].pk}" in only


def test_a_changed_decision_shows(edition, carlos, unlocked):
    made = record.decide(
        verb=Decision.Verb.RETURN_EDITION, actor=carlos, edition=edition, fingerprint="f",
        reason="Too hard to read.",
    )  # fmt: skip
    sealing.seal(made)
    Decision.objects.update(reason="All is well.")
    assert len(sealing.verify().breaks) == 1


def test_an_entry_and_its_seal_taken_out_leave_a_gap(chain, unlocked):
    Seal.objects.filter(number__in=(3, 4)).delete()
    Event.objects.filter(pk__in=(chain[2].pk, chain[3].pk)).delete()
    assert sealing.verify().breaks == ("Seals 3 to 4 are gone.",)


def test_an_entry_taken_out_by_force_leaves_its_seal(chain, unlocked):
    Event.objects.filter(pk=chain[2].pk)._raw_delete("default")
    assert sealing.verify().breaks == ("What seal 3 was for is gone.",)
    chain[2].save(force_insert=True)  # no seal may point nowhere when the test ends


def test_a_seal_mended_to_fit_a_change_breaks_at_the_next(chain, unlocked):
    Event.objects.filter(pk=chain[3].pk).update(data={})
    changed = Event.objects.get(pk=chain[3].pk)
    before = Seal.objects.get(number=3).sha256
    Seal.objects.filter(number=4).update(sha256=sealing.digest(before, 4, changed))
    (only,) = sealing.verify().breaks
    assert "seal 5" in only


def test_a_chain_made_anew_or_cut_short_shows_by_a_seal_noted_elsewhere(chain, unlocked):
    noted = sealing.newest()
    Seal.objects.all().delete()
    Event.objects.filter(pk=chain[0].pk).update(data={})
    sealing.seal_missed()
    assert sealing.verify().breaks == ()  # it looks whole
    assert len(sealing.verify(noted).breaks) == 1
    Seal.objects.filter(number=N).delete()
    assert any("it is gone" in line for line in sealing.verify(noted).breaks)


def test_an_entry_that_nobody_sealed_shows_when_the_sweep_had_its_time(chain, unlocked):
    planted = Event.objects.create(kind="published")
    assert sealing.verify().breaks == ()
    Event.objects.filter(pk=planted.pk).update(at=timezone.now() - dt.timedelta(hours=1))
    assert any("has no seal" in line for line in sealing.verify().breaks)


def test_seals_are_append_only(chain):
    for change in (lambda: Seal.objects.all().delete(), lambda: Seal.objects.update(sha256="0")):
        with pytest.raises(Exception, match="append-only"), transaction.atomic():
            change()


@pytest.mark.django_db(transaction=True)
def test_many_at_once_make_one_chain(edition, ellen):
    def work(n: int) -> None:
        with transaction.atomic():
            record.note(Event.Kind.EDITED, actor=ellen, edition=edition, n=n)
        connection.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, range(24)))
    sealing.seal_missed()
    found = sealing.verify()
    assert (found.number, found.breaks) == (24, ())


def test_the_command_says_where_it_breaks(chain, unlocked, capsys):
    call_command("verify_record")
    printed = capsys.readouterr().out
    assert f"{N} entries, unbroken" in printed
    newest = printed.split()[-1]
    User.objects.filter(username="ellen").update(first_name="Elena")  # names may change
    call_command("verify_record", anchor=(N, newest.partition(":")[2]))
    Event.objects.filter(pk=chain[0].pk).update(data={})
    with pytest.raises(CommandError, match="breaks in 1 place"):
        call_command("verify_record")
    assert "seal 1" in capsys.readouterr().out


@pytest.mark.parametrize("anchor", ["", "12", "12:ab", "x:" + "0" * 64])
def test_an_anchor_that_is_none_is_refused(db, anchor):
    with pytest.raises(CommandError, match="NUMBER:HASH"):
        call_command("verify_record", f"--anchor={anchor}")
