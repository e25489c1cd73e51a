"""One short handout in many scripts, for layout only: no clinician or translator has read it.

Every language carries the same traps: a dose range, a Latin medicine name, a phone number.
"""

from datetime import date

from content.engines.renderer.document import (
    Block,
    Box,
    HandoutDocument,
    Head,
    Kind,
    SourceCredit,
)
from content.languages import get

# code: title, heading, key points, when to get help, paragraph, steps
TEXTS: dict[str, tuple[str, str, tuple[str, ...], tuple[str, ...], str, tuple[str, ...]]] = {
    "en": (
        "Taking your blood pressure medicine",
        "How to take it",
        (
            "Take Lisinopril 5-10 mg once a day, at the same time each day.",
            "Do not stop taking it without asking us, even if you feel well.",
        ),
        (
            "Call 911 if you have chest pain or trouble breathing.",
            "Call us at (555) 010-0199 if you feel dizzy or faint.",
        ),
        "Your doctor chose Lisinopril 10 mg because your blood pressure was 150/95 mmHg. "
        "It can take 2 to 4 weeks before you see the full effect.",
        ("Swallow the tablet with water.", "Write down your blood pressure twice a week."),
    ),
    "es": (
        "Cómo tomar su medicina para la presión",
        "Cómo tomarla",
        (
            "Tome Lisinopril 5-10 mg una vez al día, siempre a la misma hora.",
            "No deje de tomarla sin consultarnos, aunque se sienta bien.",
        ),
        (
            "Llame al 911 si tiene dolor de pecho o dificultad para respirar.",
            "Llámenos al (555) 010-0199 si se siente mareado.",
        ),
        "Su médico eligió Lisinopril 10 mg porque su presión era de 150/95 mmHg.",
        ("Trague la tableta con agua.", "Anote su presión dos veces por semana."),
    ),
    "pt-BR": (
        "Como tomar seu remédio para a pressão",
        "Como tomar",
        (
            "Tome Lisinopril 5-10 mg uma vez por dia, sempre no mesmo horário.",
            "Não pare de tomar sem falar conosco, mesmo que se sinta bem.",
        ),
        (
            "Ligue para 911 se tiver dor no peito ou falta de ar.",
            "Ligue para (555) 010-0199 se sentir tontura.",
        ),
        "Seu médico escolheu Lisinopril 10 mg porque sua pressão estava em 150/95 mmHg.",
        ("Engula o comprimido com água.", "Anote sua pressão duas vezes por semana."),
    ),
    "ar": (
        "تناول دواء ضغط الدم",
        "كيف تتناوله",
        (
            "تناول Lisinopril 5-10 mg مرة واحدة يومياً في نفس الوقت من كل يوم.",
            "لا تتوقف عن تناوله دون أن تسألنا، حتى لو شعرت بتحسن.",
        ),
        (
            "اتصل بالرقم 911 إذا شعرت بألم في الصدر أو صعوبة في التنفس.",
            "اتصل بنا على (555) 010-0199 إذا شعرت بدوخة.",
        ),
        "اختار طبيبك Lisinopril 10 mg لأن ضغط دمك كان 150/95 mmHg. تناول 5-10 ملغ فقط.",
        ("ابتلع القرص مع الماء.", "اكتب قراءة ضغط دمك مرتين في الأسبوع."),
    ),
    "ur": (
        "بلڈ پریشر کی دوا لینا",
        "دوا کیسے لیں",
        (
            "Lisinopril 5-10 mg دن میں ایک بار، ہر روز ایک ہی وقت پر لیں۔",
            "ہم سے پوچھے بغیر دوا بند نہ کریں، چاہے آپ ٹھیک محسوس کریں۔",
        ),
        (
            "اگر سینے میں درد ہو یا سانس لینے میں مشکل ہو تو 911 پر کال کریں۔",
            "اگر چکر آئیں تو ہمیں (555) 010-0199 پر کال کریں۔",
        ),
        "آپ کے ڈاکٹر نے Lisinopril 10 mg اس لیے دی کہ آپ کا بلڈ پریشر 150/95 mmHg تھا۔",
        ("گولی پانی کے ساتھ نگل لیں۔", "ہفتے میں دو بار اپنا بلڈ پریشر لکھیں۔"),
    ),
    "fa": (
        "مصرف داروی فشار خون",
        "چگونه آن را مصرف کنید",
        (
            "Lisinopril 5-10 mg را روزی یک بار و هر روز در همان ساعت بخورید.",
            "بدون پرسیدن از ما مصرف آن را قطع نکنید، حتی اگر حالتان خوب است.",
        ),
        (
            "اگر درد سینه یا تنگی نفس دارید با 911 تماس بگیرید.",
            "اگر سرگیجه دارید با (555) 010-0199 تماس بگیرید.",
        ),
        "پزشک شما Lisinopril 10 mg را انتخاب کرد چون فشار خون شما 150/95 mmHg بود.",
        ("قرص را با آب ببلعید.", "فشار خون خود را هفته‌ای دو بار بنویسید."),
    ),
    "ps": (
        "د وینې د فشار درمل اخیستل",
        "څنګه یې واخلئ",
        (
            "Lisinopril 5-10 mg په ورځ کې یو ځل، هره ورځ په ورته وخت واخلئ.",
            "زموږ له پوښتنې پرته یې مه بندوئ، حتی که ښه احساس کوئ.",
        ),
        (
            "که د سینې درد یا د ساه لنډي لرئ 911 ته زنګ ووهئ.",
            "که سرګرځېدنه لرئ (555) 010-0199 ته زنګ ووهئ.",
        ),
        "ستاسو ډاکټر Lisinopril 10 mg غوره کړ ځکه چې ستاسو د وینې فشار 150/95 mmHg و.",
        ("ګولۍ له اوبو سره تېره کړئ.", "په اونۍ کې دوه ځله د وینې فشار ولیکئ."),
    ),
    "zh-Hans": (
        "服用降压药",
        "怎样服用",
        (
            "每天一次服用Lisinopril 5-10毫克，每天在同一时间服用。",
            "即使感觉良好，也不要在未咨询我们的情况下停药。",
        ),
        (
            "如果胸痛或呼吸困难，请拨打911。",
            "如果头晕，请致电(555) 010-0199。",
        ),
        "医生为您选择Lisinopril 10毫克，因为您的血压是150/95 mmHg。“完全见效”可能需要2至4周。",
        ("用水吞服药片。", "每周记录两次血压。"),
    ),
    "ko": (
        "혈압약 복용하기",
        "복용 방법",
        (
            "Lisinopril 5-10밀리그램을 하루에 한 번 같은 시간에 복용하세요.",
            "몸 상태가 좋아도 저희에게 묻지 않고 약을 끊지 마세요.",
        ),
        (
            "가슴이 아프거나 숨쉬기 어려우면 911에 전화하세요.",
            "어지러우면 (555) 010-0199로 전화하세요.",
        ),
        "혈압이 150/95 mmHg였기 때문에 의사가 Lisinopril 10 mg을 선택했습니다.",
        ("알약을 물과 함께 삼키세요.", "일주일에 두 번 혈압을 적으세요."),
    ),
    "hi": (
        "रक्तचाप की दवा लेना",
        "दवा कैसे लें",
        (
            "Lisinopril 5-10 मि.ग्रा. दिन में एक बार, हर दिन एक ही समय पर लें।",
            "हमसे पूछे बिना दवा बंद न करें, भले ही आप ठीक महसूस करें।",
        ),
        (
            "सीने में दर्द या साँस लेने में तकलीफ़ हो तो 911 पर फ़ोन करें।",
            "चक्कर आएँ तो हमें (555) 010-0199 पर फ़ोन करें।",
        ),
        "आपके डॉक्टर ने Lisinopril 10 mg चुनी क्योंकि आपका रक्तचाप 150/95 mmHg था।",
        ("गोली को पानी के साथ निगलें।", "सप्ताह में दो बार अपना रक्तचाप लिखें।"),
    ),
    "my": (
        "သွေးတိုးဆေး သောက်ခြင်း",
        "ဘယ်လို သောက်ရမလဲ",
        (
            "Lisinopril 5-10 mg ကို တစ်ရက်လျှင် တစ်ကြိမ် အချိန်မှန် သောက်ပါ။",
            "သက်သာနေသော်လည်း ကျွန်ုပ်တို့ကို မမေးဘဲ ဆေးမရပ်ပါနှင့်။",
        ),
        (
            "ရင်ဘတ်အောင့်ခြင်း သို့မဟုတ် အသက်ရှူရခက်ခြင်း ရှိပါက 911 ကို ခေါ်ပါ။",
            "ခေါင်းမူးပါက (555) 010-0199 ကို ခေါ်ပါ။",
        ),
        "သင့်သွေးပေါင်ချိန် 150/95 mmHg ရှိသောကြောင့် ဆရာဝန်က Lisinopril 10 mg ကို ရွေးခဲ့သည်။",
        ("ဆေးပြားကို ရေနှင့် မျိုချပါ။", "တစ်ပတ်လျှင် နှစ်ကြိမ် သွေးပေါင်ချိန် မှတ်ပါ။"),
    ),
    "am": (
        "የደም ግፊት መድኃኒት መውሰድ",
        "እንዴት እንደሚወሰድ",
        (
            "Lisinopril 5-10 ሚ.ግ በቀን አንድ ጊዜ በየቀኑ በተመሳሳይ ሰዓት ይውሰዱ።",
            "ጥሩ ቢሰማዎትም እንኳ ሳይጠይቁን መድኃኒቱን አያቁሙ።",
        ),
        (
            "የደረት ሕመም ወይም የመተንፈስ ችግር ካለዎት 911 ይደውሉ።",
            "ማዞር ከተሰማዎት በ(555) 010-0199 ይደውሉልን።",
        ),
        "የደም ግፊትዎ 150/95 mmHg ስለነበር ሐኪምዎ Lisinopril 10 mg መረጡ።",
        ("እንክብሉን በውኃ ይዋጡ።", "በሳምንት ሁለት ጊዜ የደም ግፊትዎን ይጻፉ።"),
    ),
    "so": (
        "Qaadashada daawada dhiig karka",
        "Sida loo qaato",
        (
            "Qaado Lisinopril 5-10 mg hal mar maalintii, isla waqti kasta maalin kasta.",
            "Ha joojin adigoon na weydiin, xitaa haddii aad fiican tahay.",
        ),
        (
            "Wac 911 haddii laabtu ku xanuunto ama neefsashadu kugu adag tahay.",
            "Naga soo wac (555) 010-0199 haddii aad dawakhdo.",
        ),
        "Dhakhtarkaagu wuxuu doortay Lisinopril 10 mg sababtoo ah dhiiggaagu wuxuu ahaa 150/95 mmHg.",
        ("Kaniiniga ku liq biyo.", "Qor dhiig karkaaga laba jeer toddobaadkii."),
    ),
    "zh-Hant": (
        "服用降血壓藥",
        "怎樣服用",
        (
            "每天一次服用Lisinopril 5-10毫克，每天在同一時間服用。",
            "即使感覺良好，也不要在未諮詢我們的情況下停藥。",
        ),
        ("如果胸痛或呼吸困難，請撥打911。", "如果頭暈，請致電(555) 010-0199。"),
        "醫生為您選擇Lisinopril 10毫克，因為您的血壓是150/95 mmHg。",
        ("用水吞服藥片。", "每週記錄兩次血壓。"),
    ),
    "ja": (
        "血圧の薬の飲み方",
        "飲み方",
        (
            "Lisinopril 5-10 mgを1日1回、毎日同じ時間に飲んでください。",
            "体調が良くても、相談せずに薬をやめないでください。",
        ),
        (
            "胸の痛みや息苦しさがあれば911に電話してください。",
            "めまいがしたら(555) 010-0199に電話してください。",
        ),
        "血圧が150/95 mmHgだったため、医師はLisinopril 10 mgを選びました。",
        ("錠剤を水で飲み込んでください。", "週に2回、血圧を書き留めてください。"),
    ),
    "km": (
        "ការលេបថ្នាំលើសឈាម",
        "របៀបលេបថ្នាំ",
        (
            "លេប Lisinopril 5-10 mg មួយថ្ងៃម្ដង នៅម៉ោងដដែលរៀងរាល់ថ្ងៃ។",
            "កុំឈប់លេបថ្នាំដោយមិនសួរយើង ទោះបីអ្នកមានអារម្មណ៍ល្អក៏ដោយ។",
        ),
        (
            "ហៅ 911 ប្រសិនបើអ្នកឈឺទ្រូង ឬពិបាកដកដង្ហើម។",
            "ហៅមកយើងតាមលេខ (555) 010-0199 ប្រសិនបើអ្នកវិលមុខ។",
        ),
        "គ្រូពេទ្យរបស់អ្នកបានជ្រើសរើស Lisinopril 10 mg ព្រោះសម្ពាធឈាមរបស់អ្នកគឺ 150/95 mmHg។",
        ("លេបថ្នាំជាមួយទឹក។", "កត់ត្រាសម្ពាធឈាមពីរដងក្នុងមួយសប្ដាហ៍។"),
    ),
}


def handout(code: str, **changes: object) -> HandoutDocument:
    """The sample in ``code``; ``changes`` override fields of the document."""
    title, heading, key_points, get_help, paragraph, steps = TEXTS[code]
    fields: dict[str, object] = {
        "language": get(code),
        "title": title,
        "blocks": (
            Block(Kind.HEADING, (heading,)),
            Block(Kind.PARAGRAPH, (paragraph,)),
            Block(Kind.STEPS, steps),
            Block(Kind.BULLETS, key_points),
            Block(Kind.HEADING, (title,)),
            Block(Kind.CHECKS, steps),
            Block(Kind.SCHEDULE, ("",) * 5),
        ),
        "key_points": Box(heading, (Block(Kind.BULLETS, key_points),)),
        "get_help": (
            Box(title, (Block(Kind.BULLETS, get_help),), urgent=True),
            Box(heading, (Block(Kind.PARAGRAPH, get_help[1:]),)),
        ),
        "sources": (
            SourceCredit(
                "High Blood Pressure Medicines (2025)",
                "National Library of Medicine",
                "https://medlineplus.gov/bloodpressuremedicines.html",
                "Courtesy of MedlinePlus from the National Library of Medicine.",
            ),
        ),
        "head": Head("Riverside Community Clinic", "(555) 010-0123"),
        "asks": True,
        "edition": 3,
        "published": date(2026, 11, 24),
        "review_by": date(2028, 11, 24),
        "machine_translated": code != "en",
        "reviewer_line": "Approved by A. Rivera, RN",
        "portal_url": f"https://handouts.example.org/{code}/blood-pressure",
    }
    return HandoutDocument(**{**fields, **changes})  # type: ignore[arg-type]
