"""Rows in the states that tests begin with, made by the services wherever a service exists."""

from django.conf import settings
from django.db import transaction
from django.test import Client

from content.models import (
    Edition,
    Handout,
    JobState,
    Publication,
    RenderedFile,
    SectionKey,
    Segment,
    Source,
    Statement,
    TranslatedSegment,
    Translation,
    User,
)
from content.services import reviewing

SENTENCES = (
    (SectionKey.MEDICINES, "Take 500 mg of metformin twice a day with meals.",
     "Tome 500 mg de metformina duas vezes ao dia com as refeições."),
    (SectionKey.MEDICINES, "Do not stop metformin without asking your doctor.",
     "Não pare a metformina sem perguntar ao seu médico."),
    (SectionKey.EMERGENCY, "Call 911 if you have trouble breathing.",
     "Ligue para 911 se tiver dificuldade para respirar."),
)  # fmt: skip


def source(external_id: str = "test-metformin", title: str = "Metformin") -> Source:
    made = Source.objects.create(
        external_id=external_id, title=title, publisher="Test library",
        url="https://example.org/metformin", digest=external_id,
    )  # fmt: skip
    for ordinal, (section, text, _pt) in enumerate(SENTENCES, start=1):
        row = Statement(source=made, ordinal=ordinal, section=str(section.label), text=text)
        row.fingerprint = row.compute_fingerprint()
        row.save()
    return made


def edition(made: Source, author: User, slug: str = "metformin") -> Edition:
    handout = Handout.objects.create(slug=slug, title="Metformin")
    made_edition = Edition.objects.create(
        handout=handout, number=1, created_by=author, languages=["pt-BR"]
    )
    made_edition.authors.add(author)
    _segments(made_edition, list(made.statements.all()))
    made_edition.state = Edition.State.IN_REVIEW
    made_edition.save()
    return made_edition


def _segments(made: Edition, statements: list[Statement]) -> None:
    kind, origin = Segment.Kind, Segment.Origin
    rows = [
        (SectionKey.TITLE, kind.TITLE, "Metformin", None),
        (SectionKey.KEY_POINTS, kind.HEADING, "Key points", None),
        (SectionKey.EMERGENCY, kind.HEADING, "When to get emergency help", None),
        (SectionKey.EMERGENCY, kind.LIST_ITEM, statements[2].text, statements[2]),
        (SectionKey.MEDICINES, kind.HEADING, "Medicines", None),
        (SectionKey.MEDICINES, kind.LIST_ITEM, statements[0].text, statements[0]),
        (SectionKey.MEDICINES, kind.LIST_ITEM, statements[1].text, statements[1]),
    ]
    for ordinal, (section, row_kind, text, statement) in enumerate(rows, start=1):
        row = Segment.objects.create(
            edition=made, ordinal=ordinal, section=section, kind=row_kind, text=text,
            source_text=statement.text if statement else "", key_point=ordinal == 6,
            origin=origin.UNCHANGED if statement else origin.TEMPLATE,
        )  # fmt: skip
        if statement:
            row.statements.add(statement)


def approve(made: Edition, clinician: User) -> Edition:
    if made.state == Edition.State.RETURNED:
        reviewing.resubmit_edition(edition=made, actor=made.created_by)
    return reviewing.approve_edition(
        edition=made, actor=clinician, shown=made.compute_fingerprint()
    )


PORTUGUESE = {english: portuguese for _section, english, portuguese in SENTENCES} | {
    "Metformin": "Metformina",
    "Key points": "Pontos principais",
    "When to get emergency help": "Quando procurar ajuda de emergência",
    "Medicines": "Medicamentos",
}


SOMALI = {
    "Take 500 mg of metformin twice a day with meals.":
        "Qaado 500 mg oo metformin ah laba jeer maalintii adigoo cunto la cunaya.",
    "Do not stop metformin without asking your doctor.":
        "Ha joojin metformin adigoon weydiin dhakhtarkaaga.",
    "Call 911 if you have trouble breathing.": "Wac 911 haddii neefsashadu kugu adag tahay.",
    "Metformin": "Metformin",
    "Key points": "Qodobbada muhiimka ah",
    "When to get emergency help": "Goorta aad u baahan tahay gargaar degdeg ah",
    "Medicines": "Daawooyinka",
}  # fmt: skip


def translation(made: Edition, language: str, words: dict[str, str] = PORTUGUESE) -> Translation:
    """A filled translation in review."""
    row = made.translations.filter(language=language).first() or Translation.objects.create(
        edition=made, language=language, needs_two=language == "so"
    )
    for segment in made.segments.all():
        TranslatedSegment.objects.create(
            translation=row, segment=segment, text=words[segment.text],
            origin=TranslatedSegment.Origin.MACHINE, engine="test", engine_licence="none",
        )  # fmt: skip
    row.state, row.job_state = Translation.State.IN_REVIEW, JobState.DONE
    row.save()
    return row


def make_public(publication: Publication) -> Publication:
    """Skip the rendering, which has tests of its own: give it a file and make it public."""
    from django.core.files.base import ContentFile
    from django.core.files.storage import default_storage

    from content.services import publishing

    name = default_storage.save(f"pdf/{publication.pk}.pdf", ContentFile(b"%PDF-1.7 test"))
    RenderedFile.objects.create(
        publication=publication,
        paper="letter",
        name=name,
        sha256="0" * 64,
        size=13,
        job_state=JobState.DONE,
    )
    with transaction.atomic():
        publishing._go_public(publication)
    publication.refresh_from_db()
    return publication


def session(user: User) -> str:
    """The key of a session in which ``user`` has signed in, for a client of another process."""
    client = Client()
    client.force_login(user)
    key: str = client.cookies[settings.SESSION_COOKIE_NAME].value
    return key


def cookie(user: User, address: str) -> dict[str, str]:
    """That session as a browser at ``address`` keeps it."""
    return {"name": settings.SESSION_COOKIE_NAME, "value": session(user), "url": address}
