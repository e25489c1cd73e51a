"""Filling in an instrument of plain language for an edition: the program's part and a person's."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from content.models import Assessment, Edition, Event, Role, User
from content.services import drafting, record
from content.services.errors import OutOfDate, Refused
from content.services.judging import judge
from content.text.instruments import INSTRUMENTS, Instrument, lowest

MAX_ANSWER = 1000  # characters of an answer in words

Answers = dict[str, dict[str, str]]


def why_not_assess(edition: Edition, actor: User) -> str:
    """Why ``actor`` may not assess ``edition``; empty when they may."""
    if not (actor.has_role(Role.EDUCATOR) or actor.has_role(Role.CLINICIAN)):
        return _("Only an educator or a clinician may assess an edition.")
    if edition.state == Edition.State.DRAFTING:
        return _("This edition is still being written.")
    return ""


def assess(
    *, edition: Edition, instrument: str, actor: User, answers: Mapping[str, str], shown: str
) -> Assessment:
    """Store ``answers`` {item: "yes", "no", "na", or words for an open question} to ``instrument``.

    A missing or empty answer leaves its item open. An answer that is the program's own judgement is
    kept as the program's; any other is the person's, who may overrule it. ``shown`` is the
    fingerprint of the text that they read.
    """
    form = INSTRUMENTS.get(instrument)
    if form is None:
        raise Refused(_("There is no such instrument."))
    given = _checked(form, answers)
    with transaction.atomic():
        row = Edition.objects.select_for_update().get(pk=edition.pk)
        if why := why_not_assess(row, actor):
            raise Refused(why)
        if row.compute_fingerprint() != shown:
            raise OutOfDate(
                _("Someone changed this text after your page was loaded. Look at it again.")
            )
        done, _made = Assessment.objects.update_or_create(
            edition=row, instrument=form.id,
            defaults={
                "answers": _signed(row, given), "score": lowest(form, given),
                "fingerprint": shown, "by": actor,
            },
        )  # fmt: skip
        record.note(
            Event.Kind.ASSESSED, actor=actor, edition=row, instrument=form.id, score=done.score,
            fingerprint=shown, answers=done.answers,
        )  # fmt: skip
    return done


def _checked(form: Instrument, answers: Mapping[str, str]) -> dict[str, str]:
    """The answers that are not empty, if ``form`` has such items and values."""
    given = {item: " ".join(value.split()) for item, value in answers.items()}
    given = {item: value for item, value in given.items() if value}
    questions = {question.id for question in form.questions}
    for item, value in given.items():
        if item in questions:
            _check_words(item, value)
        elif item not in form.items:
            raise Refused(_("%(name)s has no item “%(item)s”.") % {"name": form.name, "item": item})
        elif not form.items[item].allows(value):
            raise Refused(_("This item cannot be answered so."), item)
    return given


def _check_words(item: str, words: str) -> None:
    if len(words) > MAX_ANSWER:
        raise Refused(_("An answer holds at most %d characters.") % MAX_ANSWER, item)
    drafting.refuse_patient_data(words, item)


def _signed(edition: Edition, given: Mapping[str, str]) -> Answers:
    """Every answer with who gave it: the program where it judges the same."""
    judged = judge(edition)
    return {
        item: {
            "value": value,
            "by": "program" if item in judged and judged[item].value == value else "person",
        }
        for item, value in given.items()
    }
