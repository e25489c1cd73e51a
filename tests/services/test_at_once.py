"""Two people at the same moment: one clear outcome, one clear message, on both databases."""

from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from django.contrib.auth.models import Group
from django.db import connection

from content.models import Decision, Edition, Event, Publication, Role, Translation
from content.services import editing, publishing, reviewing, sealing, succession
from content.services.errors import Refused
from tests import builders

pytestmark = pytest.mark.django_db(transaction=True)
REASON = "A number in it is wrong."


@pytest.fixture(autouse=True)
def _roles(transactional_db):
    """A transactional test before this one may have emptied the groups."""
    from content.models.roles import sync

    sync()
    assert Group.objects.filter(name=Role.CLINICIAN).exists()


def at_once(*works: Callable[[], object]) -> list[str]:
    """Run each in a thread of its own from the same moment on; "done" or the refusal of each."""
    start, outcomes = Barrier(len(works)), [""] * len(works)

    def run(place: int, work: Callable[[], object]) -> None:
        start.wait()
        try:
            work()
            outcomes[place] = "done"
        except Refused as refused:
            outcomes[place] = refused.message
        finally:
            connection.close()

    threads = [Thread(target=run, args=(n, work)) for n, work in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(outcomes), "one of them ended in neither"
    return outcomes


def approve(edition, who, shown):
    return lambda: reviewing.approve_edition(edition=edition, actor=who, shown=shown)


def give_back(edition, who, shown):
    return lambda: reviewing.return_edition(edition=edition, actor=who, reason=REASON, shown=shown)


def edit(edition, who, text):
    segment = edition.segments.get(ordinal=6)
    return lambda: editing.edit_segment(segment=segment, actor=who, text=text, shown=segment.text)


TEXTS = ("Take 500 mg of metformin two times a day with meals.",
         "With meals, take 500 mg of metformin twice a day.")  # fmt: skip


def test_two_clinicians_approve(edition, carlos, clara):
    shown = edition.compute_fingerprint()
    outcomes = at_once(approve(edition, carlos, shown), approve(edition, clara, shown))
    assert sorted(outcomes) == sorted(["done", "This edition is not waiting for a clinician."])
    assert Decision.objects.filter(verb=Decision.Verb.APPROVE_EDITION).count() == 1
    assert Publication.objects.count() == 1
    assert Translation.objects.count() == 1


def test_one_approves_while_another_returns(edition, carlos, clara):
    shown = edition.compute_fingerprint()
    outcomes = at_once(approve(edition, carlos, shown), give_back(edition, clara, shown))
    edition.refresh_from_db()
    assert outcomes.count("done") == 1
    assert edition.state == ("approved" if outcomes[0] == "done" else "returned")
    assert Decision.objects.count() == 1


def test_one_approves_while_another_edits(edition, carlos, ellen):
    shown = edition.compute_fingerprint()
    outcomes = at_once(approve(edition, carlos, shown), edit(edition, ellen, TEXTS[0]))
    edition.refresh_from_db()
    assert outcomes.count("done") == 1
    approved = edition.state == Edition.State.APPROVED
    assert approved == (outcomes[0] == "done")
    assert edition.segments.filter(text=TEXTS[0]).exists() != approved
    assert not approved or edition.fingerprint == edition.compute_fingerprint() == shown


def test_two_edit_the_same_sentence(edition, carlos, ellen):
    outcomes = at_once(edit(edition, ellen, TEXTS[0]), edit(edition, carlos, TEXTS[1]))
    assert outcomes.count("done") == 1
    assert any("Someone changed this text" in outcome for outcome in outcomes)
    assert Event.objects.filter(kind=Event.Kind.EDITED).count() == 1


def test_two_withdraw(approved, carlos, clara):
    publication = builders.make_public(approved.publications.get())
    outcomes = at_once(
        *(
            lambda who=who: publishing.withdraw(publication=publication, actor=who, reason=REASON)
            for who in (carlos, clara)
        )
    )
    assert sorted(outcomes) == sorted(["done", "This publication is not public any more."])
    assert Decision.objects.filter(verb=Decision.Verb.WITHDRAW).count() == 1


def test_two_translators_sign_a_language_that_needs_two(approved, teresa, sahra):
    row = builders.translation(approved, "so", builders.SOMALI)
    shown = row.compute_fingerprint()
    outcomes = at_once(
        *(
            lambda who=who: reviewing.approve_translation(translation=row, actor=who, shown=shown)
            for who in (teresa, sahra)
        )
    )
    row.refresh_from_db()
    assert outcomes == ["done", "done"]
    assert row.state == Translation.State.APPROVED
    assert {row.approved_by, row.second_approved_by} == {teresa, sahra}


def test_two_translators_approve_a_language_that_needs_one(translation, teresa, sahra):
    from tests.conftest import qualify

    qualify(sahra, "pt-BR")
    shown = translation.compute_fingerprint()
    outcomes = at_once(
        *(
            lambda who=who: reviewing.approve_translation(
                translation=translation, actor=who, shown=shown
            )
            for who in (teresa, sahra)
        )
    )
    assert outcomes.count("done") == 1
    assert Publication.objects.filter(language="pt-BR").count() == 1


def test_two_start_a_new_edition(approved, ellen):
    outcomes = at_once(
        *(lambda: succession.new_edition(edition=approved, actor=ellen) for _n in range(2))
    )
    assert outcomes.count("done") == 1
    assert approved.handout.editions.count() == 2


def test_the_chain_holds_through_all_of_it(edition, carlos, clara):
    shown = edition.compute_fingerprint()
    at_once(approve(edition, carlos, shown), approve(edition, clara, shown))
    sealing.seal_missed()
    assert sealing.verify().breaks == ()
