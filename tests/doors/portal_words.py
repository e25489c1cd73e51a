"""The handout of the builders in the languages and scripts that the portal's pages are looked at in."""

from content.models import Edition, Publication, User
from content.services import reviewing
from tests import builders
from tests.conftest import qualify

_ENGLISH = (
    "Metformin", "Key points", "When to get emergency help", "Medicines",
    "Take 500 mg of metformin twice a day with meals.",
    "Do not stop metformin without asking your doctor.",
    "Call 911 if you have trouble breathing.",
)  # fmt: skip
_WORDS = {
    "es": (
        "Metformina", "Puntos clave", "Cuándo pedir ayuda de emergencia", "Medicinas",
        "Tome 500 mg de metformina dos veces al día con las comidas.",
        "No deje de tomar metformina sin preguntar a su médico.",
        "Llame al 911 si le cuesta respirar.",
    ),
    "ar": (
        "ميتفورمين", "النقاط الرئيسية", "متى تطلب المساعدة الطارئة", "الأدوية",
        "تناول 500 mg من الميتفورمين مرتين يوميًا مع الوجبات.",
        "لا تتوقف عن تناول الميتفورمين دون سؤال طبيبك.",
        "اتصل برقم 911 إذا واجهت صعوبة في التنفس.",
    ),
    "zh-Hans": (
        "二甲双胍", "要点", "何时寻求紧急帮助", "药物",
        "每天两次随餐服用 500 mg 二甲双胍。", "未咨询医生前请勿停用二甲双胍。",
        "如果呼吸困难，请拨打 911。",
    ),
    "my": (
        "မက်ဖော်မင်", "အဓိကအချက်များ", "အရေးပေါ်အကူအညီ ဘယ်အချိန်ယူရမလဲ", "ဆေးများ",
        "မက်ဖော်မင် 500 mg ကို တစ်နေ့ နှစ်ကြိမ် အစာနှင့်အတူ သောက်ပါ။",
        "ဆရာဝန်ကို မမေးဘဲ မက်ဖော်မင် မရပ်ပါနှင့်။",
        "အသက်ရှူရခက်လျှင် 911 ကို ခေါ်ပါ။",
    ),
}  # fmt: skip
LANGUAGES = ("en", *_WORDS)


def publish(approved: Edition, language: str, translator: User) -> Publication:
    """The approved edition, translated, approved by ``translator`` and public in ``language``."""
    words = dict(zip(_ENGLISH, _WORDS[language], strict=True))
    row = builders.translation(approved, language, words)
    qualify(translator, language)
    reviewing.approve_translation(
        translation=row, actor=translator, shown=row.compute_fingerprint()
    )
    return builders.make_public(Publication.objects.get(language=language))
