"""Accounts: who opens them, who hears of it, and what nobody can do for another."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group
from django.core import mail
from django.utils import timezone

from content.models import Event, Mail, Notice, Role, User
from content.services import notifying, people
from content.services.errors import Refused
from content.services.qualifying import evidence
from tests.conftest import qualify


def roles(*names: Role):
    return Group.objects.filter(name__in=names)


def invited(ada, clinic=None) -> User:
    return people.invite(
        actor=ada, email=" Nina@Clinic.Example ", first_name="Nina", last_name="Ruiz",
        roles=roles(Role.EDUCATOR), clinic=clinic,
    )  # fmt: skip


def told(user: User) -> list[str]:
    return list(user.notices.values_list("kind", flat=True))


def test_an_invitation_opens_an_account_without_a_password(ada, clara, clinic):
    nina = invited(ada, clinic)
    assert (nina.username, nina.email, nina.is_staff) == ("nina@clinic.example",) * 2 + (True,)
    assert not nina.has_usable_password()
    assert (told(nina), told(clara), told(ada)) == (["invited"], ["rights"], [])
    event = Event.objects.get(kind=Event.Kind.RIGHTS)
    assert (event.actor, event.person) == (ada, nina)
    assert event.data["changed"]["roles"] == [None, ["educator"]]
    assert event.data["changed"]["clinic"] == [None, "Harbor Clinic"]


def test_the_mail_of_an_invitation_holds_a_link_that_opens(ada, client):
    nina = invited(ada)
    User.objects.exclude(pk=nina.pk).update(mail=Mail.NONE)
    User.objects.filter(pk=nina.pk).update(mail=Mail.EACH)
    assert notifying.send_each() == 1
    link = re.search(r"/account/\S+", mail.outbox[0].body).group()
    assert mail.outbox[0].to == ["nina@clinic.example"]
    assert client.get(link, follow=True).status_code == 200


def test_a_notice_that_another_process_took_is_not_mailed_twice(ada):
    nina = invited(ada)
    notice = nina.notices.get()
    Notice.objects.update(mailed_at=timezone.now())
    assert not notifying._send(nina, [notice])
    assert mail.outbox == []


@pytest.mark.parametrize("address", ["ADA@clinic.example", "carlos"])
def test_one_address_has_one_account(ada, carlos, address):
    User.objects.filter(pk=ada.pk).update(email="ada@clinic.example")
    with pytest.raises(Refused, match="has an account already") as refused:
        people.invite(
            actor=ada, email=address, first_name="X", last_name="Y", roles=roles(Role.EDUCATOR)
        )
    assert refused.value.field == "email"


def test_only_an_administrator_invites(ellen, ada):
    nina = invited(ada)
    with pytest.raises(Refused, match="Only an administrator may invite"):
        invited(ellen)
    with pytest.raises(Refused, match="Only an administrator may invite"):
        people.invite_again(actor=ellen, user=nina)


def test_an_invitation_goes_out_again_and_the_first_is_put_away(ada):
    nina = invited(ada)
    people.invite_again(actor=ada, user=nina)
    first, second = nina.notices.order_by("pk")
    assert first.read_at is not None and second.read_at is None
    assert second.kind == Notice.Kind.INVITED


@pytest.mark.parametrize(
    ("values", "why"),
    [({"is_active": False}, "closed or has no mail"), ({"email": ""}, "closed or has no mail"),
     ({"password": "set"}, "has a password")],
)  # fmt: skip
def test_who_is_not_invited_again(ada, values, why):
    nina = invited(ada)
    User.objects.filter(pk=nina.pk).update(**values)
    nina.refresh_from_db()
    with pytest.raises(Refused, match=why):
        people.invite_again(actor=ada, user=nina)


def test_the_first_administrator_comes_from_the_shell_and_no_second(db):
    first = people.first_administrator("you@clinic.example")
    assert first.has_role(Role.ADMINISTRATOR) and not first.has_usable_password()
    assert Event.objects.get(kind=Event.Kind.RIGHTS).actor is None
    with pytest.raises(Refused, match="an administrator already"):
        people.first_administrator("other@clinic.example")


def test_a_change_of_rights_is_on_record_and_told(ada, ellen, carlos):
    before = people.rights(ellen)
    ellen.groups.set(roles(Role.EDUCATOR, Role.CLINICIAN))
    qualify(ellen, "pt-BR")
    people.note_change(actor=ada, user=ellen, before=before)
    changed = Event.objects.get(kind=Event.Kind.RIGHTS).data["changed"]
    assert changed["roles"] == [["educator"], ["clinician", "educator"]]
    assert changed["qualifications"][1][0].startswith("pt-BR: ATA certification 12345")
    assert told(ellen) == told(carlos) == ["rights"]


def test_what_did_not_change_is_not_noted(ada, ellen):
    people.note_change(actor=ada, user=ellen, before=people.rights(ellen))
    assert not Event.objects.filter(kind=Event.Kind.RIGHTS).exists()


def test_a_lost_phone_is_another_administrators_to_mend_and_on_record(ada, ellen):
    with pytest.raises(Refused, match="no second factor"):
        people.drop_second_factor(actor=ada, user=ellen)
    Authenticator.objects.create(user=ellen, type=Authenticator.Type.TOTP, data={"secret": "x"})
    for actor, user, why in [(ellen, ellen, "Only an admin"), (ada, ada, "Another admin")]:
        with pytest.raises(Refused, match=why):
            people.drop_second_factor(actor=actor, user=user)
    people.drop_second_factor(actor=ada, user=ellen)
    assert not Authenticator.objects.filter(user=ellen).exists()
    assert "second factor" in Event.objects.get(kind=Event.Kind.RIGHTS).data["changed"]
    assert told(ellen) == ["rights"]


def test_what_a_person_chooses(ellen):
    people.read_in(ellen, "es")
    people.end_tour(ellen)
    ellen.refresh_from_db()
    assert ellen.language == "es" and ellen.toured_at
    with pytest.raises(Refused, match="Choose a language"):
        people.read_in(ellen, "tlh")


def test_nobody_shows_a_qualification_that_they_have_not(ellen, teresa):
    assert evidence(ellen, "pt-BR") == {}
    assert evidence(teresa, "pt-BR")["number"] == "12345"
