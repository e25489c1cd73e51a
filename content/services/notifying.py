"""Telling people what waits for them or what they should know: on the desk, and by mail.

A notice is written in the transaction of what it is about. Mails go out afterwards, by a worker:
each is claimed by a conditional update first, so that two workers do not send it twice.
"""

import logging
from collections.abc import Iterable
from smtplib import SMTPException

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.http import int_to_base36
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from content import languages
from content.models import (
    Bundle,
    Edition,
    Job,
    Mail,
    Notice,
    Publication,
    RenderedFile,
    Request,
    Role,
    Source,
    Translation,
    User,
)

logger = logging.getLogger(__name__)

Subject = Request | Edition | Translation | Publication | Source | User
BATCH = 100


def tell(kind: Notice.Kind, users: Iterable[User], subject: Subject) -> None:
    """One unread notice of this kind about ``subject`` for each of ``users``, who get it once."""
    address = page(subject)
    told = Notice.objects.filter(kind=kind, address=address, read_at=None)
    known = set(told.values_list("user_id", flat=True))
    people = {user.pk: user for user in users if user.is_active and user.pk not in known}
    Notice.objects.bulk_create(
        Notice(user=user, kind=kind, subject=name(subject)[:300], address=address)
        for user in people.values()
    )


def page(subject: Subject) -> str:
    """The address of ``subject`` on the desk, without the host."""
    if isinstance(subject, User):
        return reverse("desk:timeline", args=["person", subject.pk])
    return reverse(f"desk:{subject._meta.model_name}", args=[subject.pk])


def name(subject: Subject) -> str:
    """How people call ``subject``; never words of its text."""
    if isinstance(subject, Translation):
        return f"{subject.edition} · {languages.get(subject.language).name}"
    return str(subject)


# --- who ----------------------------------------------------------------------------------------


def edition_waits(edition: Edition) -> None:
    writers = {edition.created_by_id, *edition.authors.values_list("pk", flat=True)}
    clinicians = in_role(Role.CLINICIAN).exclude(pk__in=writers)
    tell(Notice.Kind.APPROVE_EDITION, clinicians, edition)


def translation_waits(translation: Translation) -> None:
    done = {translation.edition.approved_by_id, translation.approved_by_id}
    today = timezone.localdate()
    qualified = in_role(Role.TRANSLATOR).filter(
        qualifications__language=translation.language,
        qualifications__valid_from__lte=today,
        qualifications__valid_until__gte=today,
    )
    people = qualified.exclude(pk__in=[pk for pk in done if pk]).distinct()
    tell(Notice.Kind.APPROVE_TRANSLATION, people, translation)


def returned(edition: Edition) -> None:
    tell(Notice.Kind.RETURNED, writers_of(edition), edition)


def published(publication: Publication) -> None:
    tell(Notice.Kind.PUBLISHED, writers_of(publication.edition), publication)


def withdrawn(publication: Publication) -> None:
    clinicians = in_role(Role.CLINICIAN)
    tell(Notice.Kind.WITHDRAWN, [*writers_of(publication.edition), *clinicians], publication)


def failed(row: Job) -> None:
    """Whoever asked for it learns that a worker gave up; administrators too."""
    if isinstance(row, Bundle):
        return  # the page of who ordered it says so
    if isinstance(row, RenderedFile):
        row = row.publication
    if not isinstance(row, Request | Translation | Publication):
        raise TypeError(type(row).__name__)
    owners = [row.requested_by] if isinstance(row, Request) else writers_of(row.edition)
    tell(Notice.Kind.FAILED, [*owners, *in_role(Role.ADMINISTRATOR)], row)


def reviews_due(sources: Iterable[Source]) -> None:
    """Clinicians learn of each source once, until they have read the notice."""
    clinicians = list(in_role(Role.CLINICIAN))
    for source in sources:
        tell(Notice.Kind.REVIEW_DUE, clinicians, source)


def writers_of(edition: Edition) -> list[User]:
    return [edition.created_by, *edition.authors.all()]


def in_role(role: Role) -> QuerySet[User]:
    return User.objects.filter(groups__name=role, is_active=True)


# --- reading ------------------------------------------------------------------------------------


def unread(user: User) -> int:
    return user.notices.filter(read_at=None).count()


def read(user: User, address: str) -> None:
    """``user`` looks at the page that a notice leads to."""
    fresh = user.notices.filter(address=address, read_at=None)
    if fresh.exists():  # most pages have none: no need to write
        fresh.update(read_at=timezone.now())


def read_all(user: User) -> int:
    return user.notices.filter(read_at=None).update(read_at=timezone.now())


def wish(user: User, mail: Mail) -> None:
    """How often ``user`` wants notices by mail. What is older is not sent any more."""
    with transaction.atomic():
        User.objects.filter(pk=user.pk).update(mail=mail)
        user.notices.filter(mailed_at=None).update(mailed_at=timezone.now())


# --- by mail ------------------------------------------------------------------------------------


def send_each() -> int:
    """Mail the notices of those who want a mail for each; return how many went out."""
    return _send_all((notice.user, [notice]) for notice in _unmailed(Mail.EACH)[:BATCH])


def send_digests() -> int:
    """One mail a person with what they have not read; return how many went out."""
    by_user: dict[User, list[Notice]] = {}
    for notice in _unmailed(Mail.DAILY):
        by_user.setdefault(notice.user, []).append(notice)
    return _send_all(by_user.items())


def _send_all(mails: Iterable[tuple[User, list[Notice]]]) -> int:
    """How many went out. A server that is away is not asked again for each: the next sweep does."""
    sent = 0
    for user, notices in mails:
        try:
            sent += _send(user, notices)
        except (SMTPException, OSError) as error:
            logger.warning("no mail could be sent, and it is tried again: %s", type(error).__name__)
            break
    return sent


def _unmailed(wish: Mail) -> QuerySet[Notice]:
    wanted = Q(user__mail=wish, user__is_active=True) & ~Q(user__email="")
    rows = Notice.objects.filter(wanted, mailed_at=None, read_at=None)
    return rows.select_related("user").order_by("at", "pk")


def _send(user: User, notices: list[Notice]) -> bool:
    mine = [notice for notice in notices if _claimed(notice)]
    if not mine:
        return False
    with translation.override(user.language or settings.LANGUAGE_CODE):
        mail = _mail(user, mine)
    try:
        mail.send()
    except (SMTPException, OSError):
        Notice.objects.filter(pk__in=[notice.pk for notice in mine]).update(mailed_at=None)
        raise
    return True


def _mail(user: User, notices: list[Notice]) -> EmailMessage:
    lines = [_line(notice) for notice in notices]
    title = str(notices[0]) if len(notices) == 1 else _several(len(notices))
    body = "\n".join([*lines, _("You can choose on the desk how often you get mail.")])
    return EmailMessage(" ".join(title.split()), body, to=[user.email])


def _line(notice: Notice) -> str:
    if notice.kind != Notice.Kind.INVITED:
        return f"{notice}\n{settings.PUBLIC_URL}{notice.address}\n"
    days = settings.PASSWORD_RESET_TIMEOUT // 86_400
    text = ngettext(
        "Choose a password to come in. The link works once, and for %d day:",
        "Choose a password to come in. The link works once, and for %d days:",
        days,
    )
    return f"{text % days}\n{settings.PUBLIC_URL}{password_link(notice.user)}\n"


def password_link(user: User) -> str:
    """Where ``user``, and whoever else has the link, may choose a password; made when it is sent."""
    key = default_token_generator.make_token(user)
    names = {"uidb36": int_to_base36(user.pk), "key": key}
    return reverse("account_reset_password_from_key", kwargs=names)


def _several(count: int) -> str:
    return ngettext("%d notice from the desk", "%d notices from the desk", count) % count


def _claimed(notice: Notice) -> bool:
    rows = Notice.objects.filter(pk=notice.pk, mailed_at=None)
    return bool(rows.update(mailed_at=timezone.now()))
