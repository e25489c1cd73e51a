"""How staff come in: invited by mail, throttled, with a second factor, in their language."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.contrib.auth.models import Group
from django.core import mail
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.urls import reverse

from content.models import Clinic, Event, Notice, Role, User
from content.services import notifying, people
from content.services.errors import Refused

pytestmark = pytest.mark.django_db
PASSWORD = "a-long-enough-pass-phrase"


@pytest.fixture(autouse=True)
def no_failed_attempts_yet(db):
    cache.clear()


@pytest.fixture
def settled(ellen) -> User:
    ellen.set_password(PASSWORD)
    ellen.save()
    return ellen


def sign_in(client, name: str, password: str = PASSWORD):
    return client.post(reverse("account_login"), {"login": name, "password": password})


def code_of(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def link_in(message) -> str:
    return re.search(r"https?://[^/]+(/account/password/reset/key/\S+)", message.body).group(1)


def invitation(groups, **changed) -> dict:
    given = {"email": "Nadia@Example.org", "first_name": "Nadia", "last_name": "N.", **changed}
    return {**given, "groups": [group.pk for group in groups]}


@pytest.fixture
def roles(db):
    return Group.objects.filter(name__in=[Role.CLINICIAN])


def test_an_invited_person_chooses_a_password_and_comes_in(client, ada, roles):
    clinic = Clinic.objects.create(name="Harbor Clinic")
    client.force_login(ada)
    add = reverse("admin:content_user_add")
    answer = client.post(add, invitation(roles, clinic=clinic.pk), follow=True)
    assert "An invitation is on its way to nadia@example.org." in answer.content.decode()
    nadia = User.objects.get(email="nadia@example.org")
    assert (nadia.clinic, nadia.has_usable_password(), nadia.is_staff) == (clinic, False, True)
    assert nadia.has_role(Role.CLINICIAN)
    assert notifying.send_each() == 1
    client.logout()
    page = client.get(link_in(mail.outbox[-1]), follow=True)
    client.post(page.request["PATH_INFO"], {"password1": PASSWORD, "password2": PASSWORD})
    assert sign_in(client, "nadia@example.org").url == reverse("desk:home")
    event = Event.objects.get(kind=Event.Kind.RIGHTS, person=nadia)
    assert (event.actor, event.data["changed"]["roles"]) == (ada, [None, ["clinician"]])


def test_the_link_of_an_invitation_works_once(client, ada, roles):
    nadia = people.invite(
        actor=ada, email="n@example.org", first_name="N", last_name="", roles=roles
    )
    notifying.send_each()
    link = link_in(mail.outbox[-1])
    nadia.set_password(PASSWORD)
    nadia.save()
    assert "used already" in client.get(link, follow=True).content.decode()


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"email": ""}, "This field is required."),
        ({"email": "no address"}, "Enter a valid email address."),
        ({"email": "ELLEN@example.org"}, "Somebody with this mail address has an account already."),
    ],
)
def test_a_faulty_invitation_is_refused_beside_its_field(client, ada, ellen, roles, changed, told):
    User.objects.filter(pk=ellen.pk).update(email="ellen@example.org")
    client.force_login(ada)
    answer = client.post(reverse("admin:content_user_add"), invitation(roles, **changed))
    assert told in answer.content.decode()
    assert not mail.outbox


def test_the_first_administrator_comes_by_the_shell_and_no_second_one(client, capsys):
    call_command("first_administrator", "First@example.org")
    link = re.search(r"(/account/password/reset/key/\S+)", capsys.readouterr().out).group(1)
    page = client.get(link, follow=True)
    client.post(page.request["PATH_INFO"], {"password1": PASSWORD, "password2": PASSWORD})
    assert sign_in(client, "first@example.org").url == reverse("desk:home")
    assert client.get(reverse("admin:content_user_add")).status_code == 200
    with pytest.raises(CommandError, match="There is an administrator already"):
        call_command("first_administrator", "second@example.org")


@pytest.mark.parametrize("faulty", ["", "nobody", "a@b"])
def test_the_first_administrator_needs_an_address(faulty):
    with pytest.raises(CommandError):
        call_command("first_administrator", faulty)


def test_only_an_administrator_invites(ellen, roles):
    with pytest.raises(Refused, match="Only an administrator"):
        people.invite(actor=ellen, email="x@example.org", first_name="", last_name="", roles=roles)


def test_an_invitation_that_was_not_used_is_sent_again(ada, settled, roles):
    nadia = people.invite(
        actor=ada, email="n@example.org", first_name="N", last_name="", roles=roles
    )
    notifying.send_each()
    people.invite_again(actor=ada, user=nadia)
    assert notifying.send_each() == 1
    with pytest.raises(Refused, match="has a password"):
        people.invite_again(actor=ada, user=User(pk=0, email="e", password=settled.password))


def test_nobody_sets_the_password_of_another(client, ada, settled):
    client.force_login(ada)
    page = client.get(reverse("admin:content_user_change", args=[settled.pk])).content.decode()
    assert 'type="password"' not in page
    assert client.get(f"/admin/content/user/{settled.pk}/password/").status_code in (302, 404)
    client.post(f"/admin/content/user/{settled.pk}/password/", {"password1": "x", "password2": "x"})
    settled.refresh_from_db()
    assert settled.check_password(PASSWORD)


def test_nobody_signs_up(client):
    assert client.get("/account/signup/").status_code == 404


def test_the_old_address_of_the_admin_leads_to_the_one_entrance(client):
    assert client.get("/admin/login/?next=/desk/").url.startswith(reverse("account_login"))


def test_whoever_guesses_passwords_is_stopped_and_told(client, settled):
    for _attempt in range(5):
        sign_in(client, settled.username, "wrong")
    answer = sign_in(client, settled.username)
    assert "Too many failed login attempts" in answer.content.decode()
    assert "_auth_user_id" not in client.session


def test_a_closed_account_does_not_come_in(client, settled):
    User.objects.filter(pk=settled.pk).update(is_active=False)
    assert "_auth_user_id" not in sign_in(client, settled.username).wsgi_request.session


# --- the second factor --------------------------------------------------------------------------


@pytest.fixture
def required(settings):
    settings.SECOND_FACTOR_REQUIRED = True


def set_up(client) -> str:
    """Set the second factor up as the signed-in person does; return its key."""
    address = reverse("mfa_activate_totp")
    client.post(f"{reverse('account_reauthenticate')}?next={address}", {"password": PASSWORD})
    secret = client.get(address).context["form"].secret
    answer = client.post(address, {"code": code_of(secret)})
    assert answer.status_code == 302, answer.context["form"].errors
    return secret


@pytest.mark.parametrize("name", ["desk:home", "admin:content_user_changelist"])
def test_nothing_opens_before_the_second_factor_is_set_up(client, required, settled, name):
    sign_in(client, settled.username)
    assert client.get(reverse(name)).url == reverse("mfa_activate_totp")
    set_up(client)
    assert client.get(reverse("desk:home")).status_code == 200


def test_the_second_factor_is_asked_for_at_the_next_sign_in(client, required, settled):
    sign_in(client, settled.username)
    secret = set_up(client)
    client.logout()
    assert sign_in(client, settled.username).url == reverse("mfa_authenticate")
    assert client.get(reverse("desk:home")).status_code == 302
    wrong = client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert "Incorrect code" in wrong.content.decode()
    cache.clear()  # a code counts once: the one of the set-up is spent
    client.post(reverse("mfa_authenticate"), {"code": code_of(secret)})
    assert client.get(reverse("desk:home")).status_code == 200


def test_a_recovery_code_opens_the_account_once(client, settled):
    sign_in(client, settled.username)
    set_up(client)
    codes = client.get(reverse("mfa_view_recovery_codes")).context["unused_codes"]
    for tries, comes_in in ((codes[0], True), (codes[0], False), (codes[1], True)):
        client.logout()
        sign_in(client, settled.username)
        client.post(reverse("mfa_authenticate"), {"code": tries})
        assert ("_auth_user_id" in client.session) is comes_in


def test_the_key_does_not_stand_readable_in_the_database(client, settled):
    sign_in(client, settled.username)
    secret = set_up(client)
    assert secret not in str(list(Authenticator.objects.values_list("data", flat=True)))


def test_a_lost_phone_is_helped_by_another_administrator_on_the_record(
    client, ada, settled, carlos
):
    sign_in(client, settled.username)
    set_up(client)
    people.drop_second_factor(actor=ada, user=settled)
    assert not Authenticator.objects.filter(user=settled).exists()
    assert Event.objects.filter(kind=Event.Kind.RIGHTS, person=settled, actor=ada).exists()
    told = Notice.objects.filter(kind=Notice.Kind.RIGHTS).values_list("user", flat=True)
    assert {settled.pk, carlos.pk} <= set(told)


@pytest.mark.parametrize(
    ("actor", "reason"), [("ellen", "Only an administrator"), ("ada", "Another administrator")]
)
def test_nobody_else_takes_a_second_factor_away(request, ada, ellen, actor, reason):
    with pytest.raises(Refused, match=reason):
        people.drop_second_factor(actor=request.getfixturevalue(actor), user=ada)


# --- language and first steps -------------------------------------------------------------------


def test_the_desk_speaks_the_language_that_its_reader_chose(client, ellen):
    client.force_login(ellen)
    client.post(reverse("desk:language"), {"language": "ar", "next": reverse("desk:notices")})
    page = client.get(reverse("desk:home")).content.decode()
    assert '<html lang="ar" dir="rtl"' in page


@pytest.mark.parametrize(
    ("asked", "spoken"), [("es-MX,es;q=0.9", "es"), ("de", "en"), ("pt-BR", "pt-br"), ("", "en")]
)
def test_a_browser_chooses_among_the_complete_languages(client, asked, spoken):
    page = client.get(reverse("account_login"), headers={"accept-language": asked})
    assert f'<html lang="{spoken}"' in page.content.decode()


def test_a_language_without_a_catalogue_is_refused(client, ellen):
    with pytest.raises(Refused):
        people.read_in(ellen, "de")


@pytest.mark.parametrize("elsewhere", ["https://example.com/", "//example.com", "javascript:1"])
def test_choosing_a_language_leads_nowhere_else(client, ellen, elsewhere):
    client.force_login(ellen)
    answer = client.post(reverse("desk:language"), {"language": "es", "next": elsewhere})
    assert answer.url == reverse("desk:home")


@pytest.mark.parametrize("who", ["ellen", "carlos", "teresa", "ada"])
def test_a_newcomer_sees_three_steps_until_they_know_their_way(client, request, who):
    user = request.getfixturevalue(who)
    client.force_login(user)
    steps = client.get(reverse("desk:home")).context["steps"]
    assert len(steps) == 3
    assert {client.get(step.to).status_code for step in steps} == {200}
    client.post(reverse("desk:toured"))
    assert client.get(reverse("desk:home")).context["steps"] == []
