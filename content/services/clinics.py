"""What the staff of a clinic do: favourites, files to order, tokens, the head of their handouts,
recordings.

Nobody sees or changes what is another clinic's; nothing here touches a text.
"""

import hashlib
import secrets
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from content.models import (
    Bundle,
    Clinic,
    Event,
    Favourite,
    Handout,
    JobState,
    Paper,
    Publication,
    Recording,
    RenderedFile,
    Role,
    Tally,
    Token,
    User,
)
from content.services import record, serving, uploads, workflow
from content.services.errors import Refused
from content.text.privacy import patient_data

BUNDLE_TASK = "make_bundle"
MAX_HANDOUTS, MAX_COPIES, MAX_PAGES = 200, 200, 5_000
# In the queue at once, for one clinic.
MAX_ACTIVE = 5
MAX_TOKENS = 20
TOKEN_PREFIX = "edu_"  # noqa: S105  tells a token from other secrets; scanners look for it
HINT = 8


def may_manage(user: User, clinic: Clinic) -> bool:
    """Whether ``user`` sets the head, the tokens and the recordings of ``clinic``."""
    roles = (Role.CLINIC_STAFF, Role.ADMINISTRATOR)
    return user.clinic_id == clinic.pk and any(user.has_role(role) for role in roles)


def _need_manager(actor: User, clinic: Clinic) -> None:
    if not may_manage(actor, clinic):
        raise Refused(_("Only the clinic's own staff or its administrator may do this."))


def _line(text: str, field: str, most: int) -> str:
    """``text`` on one line, that every font can print; ``Refused`` if too long or a patient's."""
    words = " ".join(text.replace("\0", " ").split())
    if len(words) > most:
        raise Refused(_("Please write at most %d characters.") % most, field)
    odd = next((char for char in words if unicodedata.category(char) in _UNPRINTABLE), "")
    if odd:
        raise Refused(_("The sign “%s” cannot be printed. Leave it out.") % odd, field)
    return words


# Pictographs, and signs that are not seen.
_UNPRINTABLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "So"})


def _name(text: str, field: str, most: int) -> str:
    words = _line(text, field, most)
    if patient_data(words):
        raise Refused(_("Leave out what names a patient. Nothing was saved."), field)
    return words


# --- favourites ---------------------------------------------------------------------------------


def favour(user: User, handout: Handout, wanted: bool) -> None:
    """Mark ``handout`` as a favourite of ``user``, or not."""
    if wanted:
        Favourite.objects.get_or_create(user=user, handout=handout)
    else:
        Favourite.objects.filter(user=user, handout=handout).delete()


# --- many in one file ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked for, as it came from a form; ``publications`` by primary key."""

    kind: str
    publications: tuple[int, ...]
    title: str = ""
    paper: str = Paper.LETTER
    large_print: bool = False
    bilingual: bool = False
    copies: int = 1
    cover: bool = True
    imposition: str = Bundle.Imposition.DUPLEX


def order(actor: User, clinic: Clinic, wanted: Order) -> Bundle:
    """Ask for one file of many handouts; a worker makes it."""
    if actor.clinic_id != clinic.pk:
        raise Refused(_("This is not your clinic."))
    _need_choices(wanted)
    rows = Publication.objects.public().filter(pk__in=wanted.publications)
    if not rows.exists():
        raise Refused(_("Choose at least one handout."), "publications")
    _need_measure(wanted, rows.count())
    active = [JobState.WAITING, JobState.RUNNING]
    if clinic.bundles.filter(job_state__in=active).count() >= MAX_ACTIVE:
        raise Refused(_("Some files of your clinic are still being made. Wait until one is done."))
    is_pack = wanted.kind == Bundle.Kind.PACK
    with transaction.atomic():
        bundle = Bundle.objects.create(
            clinic=clinic, by=actor, kind=wanted.kind, title=_name(wanted.title, "title", 120),
            paper=wanted.paper, large_print=wanted.large_print, bilingual=wanted.bilingual,
            copies=wanted.copies if is_pack else 1, cover=wanted.cover,
            imposition=wanted.imposition,
        )  # fmt: skip
        bundle.publications.set(rows)
        transaction.on_commit(lambda: serving.send(BUNDLE_TASK, bundle.pk))
    return bundle


def _need_choices(wanted: Order) -> None:
    known = (
        ("kind", wanted.kind in Bundle.Kind.values),
        ("paper", wanted.paper in Paper.values),
        ("imposition", wanted.imposition in Bundle.Imposition.values),
    )
    for field, is_known in known:
        if not is_known:
            raise Refused(_("Choose from the list."), field)
    if wanted.large_print and wanted.imposition == Bundle.Imposition.TWO_UP:
        text = _("Large print is not made smaller: choose one page on a side, or normal print.")
        raise Refused(text, "imposition")


def _need_measure(wanted: Order, handouts: int) -> None:
    if handouts > MAX_HANDOUTS:
        raise Refused(_("At most %d handouts fit into one file.") % MAX_HANDOUTS, "publications")
    if not 1 <= wanted.copies <= MAX_COPIES:
        raise Refused(_("Choose between 1 and %d copies.") % MAX_COPIES, "copies")
    if wanted.kind == Bundle.Kind.PACK and handouts * wanted.copies > MAX_PAGES:
        text = _("At most %d pages can be printed at once. Take fewer handouts or copies.")
        raise Refused(text % MAX_PAGES, "copies")


def cancel(actor: User, bundle: Bundle) -> None:
    workflow.cancel(bundle, actor=actor)


def order_again(bundle: Bundle) -> None:
    """Make a bundle anew that failed, was stopped, is out of date or was thrown away."""
    ended = Bundle.objects.filter(pk=bundle.pk).exclude(
        job_state__in=[JobState.WAITING, JobState.RUNNING]
    )
    with transaction.atomic():
        changed = ended.update(
            **workflow.ANEW, progress_done=0, name="", sha256="", size=0, updated_at=timezone.now()
        )  # fmt: skip
        if not changed:
            raise Refused(_("This is being made already."))
        forget(bundle.name)
        transaction.on_commit(lambda: serving.send(BUNDLE_TASK, bundle.pk))


def is_current(bundle: Bundle) -> bool:
    """Whether all that is in the file is still public (rule 6): if not, it is handed out no more."""
    return not bundle.publications.exclude(state=Publication.State.PUBLIC).exists()


def count_downloads(bundle: Bundle) -> None:
    for publication in bundle.publications.all():
        serving.count(publication, Tally.Kind.DOWNLOADED, bundle.clinic)


# --- the head of the clinic's handouts -------------------------------------------------------------


def brand(
    actor: User, clinic: Clinic, *, name: str, phone: str, after_hours: str,
    logo: "File[Any] | None" = None, without_logo: bool = False,
) -> None:  # fmt: skip
    """Change what stands at the head of the clinic's PDFs; they are made anew when asked for.

    ``logo`` is drawn anew as a PNG; ``None`` keeps what is there, unless ``without_logo``.
    """
    _need_manager(actor, clinic)
    fields = {
        "name": _line(name, "name", 120),
        "phone": _line(phone, "phone", 40),
        "after_hours": _line(after_hours, "after_hours", 160),
    }
    if not fields["name"]:
        raise Refused(_("Write the name of the clinic."), "name")
    if logo:
        fields["logo"] = _store("logos", uploads.logo(_read(logo, uploads.MAX_LOGO)), "png")
    elif without_logo:
        fields["logo"] = ""
    try:
        _change(actor, clinic, fields)
    except IntegrityError:
        raise Refused(_("Another clinic has this name."), "name") from None


def rebranded(actor: User, clinic: Clinic, changed: dict[str, Any]) -> None:
    """An administrator changed ``changed`` in the list of clinics: PDFs are made anew all the same."""
    with transaction.atomic():
        Clinic.objects.filter(pk=clinic.pk).update(branding=F("branding") + 1)
        _note(Event.Kind.BRANDED, actor, clinic, changed=changed)


def _change(actor: User, clinic: Clinic, fields: dict[str, str]) -> None:
    with transaction.atomic():
        row = Clinic.objects.select_for_update().get(pk=clinic.pk)
        changed = {key: [getattr(row, key), new] for key, new in fields.items()
                   if getattr(row, key) != new}  # fmt: skip
        if not changed:
            return
        Clinic.objects.filter(pk=row.pk).update(**fields, branding=F("branding") + 1)
        _note(Event.Kind.BRANDED, actor, clinic, changed=changed)
    clinic.refresh_from_db()


def _read(file: "File[Any]", most: int) -> bytes:
    """At most one byte more than is allowed: what is too large is refused by its reader."""
    data: bytes = file.read(most + 1)
    return data


def _store(folder: str, data: bytes, ending: str) -> str:
    sha256 = hashlib.sha256(data).hexdigest()
    name = f"{folder}/{sha256[:2]}/{sha256}.{ending}"
    if not default_storage.exists(name):
        default_storage.save(name, ContentFile(data))
    return name


def forget(*names: str) -> None:
    """Delete files from storage after this transaction, unless another row has the same.

    After the rows: a file without a row harms nobody, a row without its file stops a backup.
    """

    def delete() -> None:
        for name in set(names) - _named(names):
            default_storage.delete(name)

    if any(names):
        transaction.on_commit(delete)


def _named(names: Iterable[str]) -> set[str]:
    rows = (model.objects.filter(name__in=names) for model in (Bundle, Recording, RenderedFile))
    return {"", *(name for found in rows for name in found.values_list("name", flat=True))}


def _note(kind: Event.Kind, actor: User, clinic: Clinic, **data: Any) -> None:
    record.note(kind, actor=actor, clinic=clinic.pk, clinic_name=clinic.name, **data)


# --- tokens -------------------------------------------------------------------------------------


def make_token(actor: User, clinic: Clinic, name: str) -> tuple[Token, str]:
    """A token and its secret, which nobody can read again: only its digest is kept."""
    _need_manager(actor, clinic)
    words = _name(name, "name", 80)
    if not words:
        raise Refused(_("Name the program that will use the token."), "name")
    secret = TOKEN_PREFIX + secrets.token_urlsafe(32)
    with transaction.atomic():
        Clinic.objects.select_for_update().get(pk=clinic.pk)
        if clinic.tokens.filter(revoked_at=None).count() >= MAX_TOKENS:
            text = _("A clinic has at most %d tokens. Take back one that is not used any more.")
            raise Refused(text % MAX_TOKENS)
        token = Token.objects.create(
            clinic=clinic, name=words, hint=secret[:HINT], made_by=actor,
            digest=hashlib.sha256(secret.encode()).hexdigest(),
        )  # fmt: skip
        _note(Event.Kind.TOKEN_MADE, actor, clinic, token=token.pk, text=str(token))
    return token, secret


def revoke_token(actor: User, token: Token) -> None:
    """From now on ``token`` opens nothing."""
    _need_manager(actor, token.clinic)
    with transaction.atomic():
        mine = Token.objects.filter(pk=token.pk, revoked_at=None)
        if not mine.update(revoked_at=timezone.now(), revoked_by=actor):
            raise Refused(_("This token was taken back already."))
        _note(Event.Kind.TOKEN_REVOKED, actor, token.clinic, token=token.pk, text=str(token))


# --- recordings ---------------------------------------------------------------------------------


def keep_recording(
    actor: User, clinic: Clinic, publication: Publication, file: "File[Any]"
) -> None:
    """Keep ``file`` as the recording of ``publication``, in place of an earlier one of the clinic."""
    _need_manager(actor, clinic)
    if publication.state != Publication.State.PUBLIC:
        raise Refused(_("This publication is not public any more."))
    data = _read(file, uploads.MAX_RECORDING)
    media_type, ending = uploads.sound(data)
    name = _store("recordings", data, ending)
    fields = {
        "clinic": clinic, "name": name, "media_type": media_type, "by": actor, "size": len(data),
        "sha256": hashlib.sha256(data).hexdigest(), "at": timezone.now(),
    }  # fmt: skip
    with transaction.atomic():
        old = Recording.objects.select_for_update().filter(publication=publication).first()
        _need_own(old, clinic)
        Recording.objects.update_or_create(publication=publication, defaults=fields)
        _note_recording(Event.Kind.RECORDED, actor, clinic, publication, str(fields["sha256"]))
        if old and old.name != name:
            forget(old.name)


def remove_recording(actor: User, recording: Recording) -> None:
    """Take a recording off every door, and its file away."""
    _need_manager(actor, recording.clinic)
    with transaction.atomic():
        Recording.objects.filter(pk=recording.pk).delete()
        _note_recording(
            Event.Kind.RECORDING_REMOVED, actor, recording.clinic, recording.publication,
            recording.sha256,
        )  # fmt: skip
        forget(recording.name)


def _need_own(recording: Recording | None, clinic: Clinic) -> None:
    if recording and recording.clinic_id != clinic.pk:
        raise Refused(_("Another clinic has recorded this handout already."))


def _note_recording(
    kind: Event.Kind, actor: User, clinic: Clinic, publication: Publication, sha256: str
) -> None:
    record.note(
        kind, actor=actor, edition=publication.edition, translation=publication.translation,
        publication=publication.pk, clinic=clinic.pk, clinic_name=clinic.name, sha256=sha256,
    )  # fmt: skip
