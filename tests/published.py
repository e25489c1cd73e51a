"""A small published library for the public's doors: two handouts with codes, one in four languages."""

from content.models import Edition, Publication, SectionKey, TopicCode, User
from content.services import reviewing
from tests import builders
from tests.conftest import qualify

SPANISH = {
    "Take 500 mg of metformin twice a day with meals.":
        "Tome 500 mg de metformina dos veces al día con las comidas.",
    "Do not stop metformin without asking your doctor.":
        "No deje la metformina sin preguntar a su médico.",
    "Call 911 if you have trouble breathing.": "Llame al 911 si tiene dificultad para respirar.",
    "Metformin": "Metformina",
    "Key points": "Puntos clave",
    "When to get emergency help": "Cuándo buscar ayuda de emergencia",
    "Medicines": "Medicamentos",
}  # fmt: skip
ARABIC = {
    "Take 500 mg of metformin twice a day with meals.":
        "تناول 500 mg من الميتفورمين مرتين في اليوم مع الوجبات.",
    "Do not stop metformin without asking your doctor.":
        "لا تتوقف عن الميتفورمين دون أن تسأل طبيبك.",
    "Call 911 if you have trouble breathing.": "اتصل بالرقم 911 إذا كنت تعاني من صعوبة في التنفس.",
    "Metformin": "ميتفورمين",
    "Key points": "النقاط الرئيسية",
    "When to get emergency help": "متى تطلب المساعدة الطارئة",
    "Medicines": "الأدوية",
}  # fmt: skip
CODES = (
    ("ICD-10-CM", "E11.9", "Type 2 diabetes mellitus without complications"),
    ("SNOMED CT", "44054006", "Type 2 diabetes mellitus"),
    ("RxNorm", "6809", "metformin"),
    ("LOINC", "4548-4", "Hemoglobin A1c"),
)


def library(author: User, clinician: User, translator: User) -> dict[str, Publication]:
    """Metformin in English, Portuguese, Spanish and Arabic by language; asthma in English only.

    ``translator`` is qualified for the three languages.
    """
    edition = builders.approve(builders.edition(builders.source(), author), clinician)
    for system, code, display in CODES:
        edition.handout.topics.create(system=system, code=code, display=display)
    found = {"en": _public(edition)}
    words = {"pt-BR": builders.PORTUGUESE, "es": SPANISH, "ar": ARABIC}
    for language, texts in words.items():
        row = builders.translation(edition, language, texts)
        reviewing.approve_translation(
            translation=row, actor=translator, shown=row.compute_fingerprint()
        )
        found[language] = builders.make_public(row.publications.get())
    return found | {"asthma": _asthma(author, clinician)}


def _asthma(author: User, clinician: User) -> Publication:
    made = builders.edition(builders.source("test-asthma", "Asthma"), author, "asthma")
    made.segments.filter(section=SectionKey.TITLE).update(text="Asthma")
    edition = builders.approve(made, clinician)
    topic = TopicCode.objects.create(system="ICD-10-CM", code="J45", display="Asthma")
    edition.handout.topics.add(topic)
    return _public(edition)


def _public(edition: Edition) -> Publication:
    return builders.make_public(edition.publications.get())


def polyglot(translator: User) -> User:
    for language in ("pt-BR", "es", "ar"):
        if not translator.qualifications.filter(language=language).exists():
            qualify(translator, language)
    return translator
