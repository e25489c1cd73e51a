"""Units as they are written beside a number, in every language that we know them in.

A form is the beginning of a word ("miligram" covers "miligramos"); a form that ends in ``$`` is the
whole word. Mass and volume stay apart from tablets and doses; pounds are never kilograms.
"""

import re
from functools import lru_cache

from content.text.number_words import UNSPACED
from content.text.segments import MARKS

# unit -> (dimension, how many of the dimension's base unit)
SCALES: dict[str, tuple[str, float]] = {
    "mcg": ("mass", 0.001), "mg": ("mass", 1), "g": ("mass", 1000), "kg": ("mass", 1e6),
    "mL": ("volume", 1), "L": ("volume", 1000),
    "second": ("time", 1 / 3600), "minute": ("time", 1 / 60), "hour": ("time", 1),
    "day": ("time", 24), "week": ("time", 168), "month": ("months", 1), "year": ("months", 12),
}  # fmt: skip

_SYMBOLS: dict[str, str] = {
    "mg/dL": r"mg\s?/\s?d[lL]$", "mmol/L": r"mmol\s?/\s?[lL]$", "mEq/L": r"mEq\s?/\s?[lL]$",
    "mL/min": r"m[lL]\s?/\s?min$", "mmHg": r"mm\s?[hH][gG]$", "mcg": r"mcg$|[µμ]g$|ug$",
    "mg": r"mgs?$|Mg$", "kg": r"[kK]gs?$", "g": r"g$|gr$|gm$", "mL": r"m[lL]s?$|cc$", "L": r"[lL]$",
    "F": r"°\s?F$|º\s?F$|℉$", "C": r"°\s?C$|º\s?C$|℃$", "degree": r"°$", "%": r"%$|٪$|％$",
    "lb": r"lbs?$", "oz": r"oz$", "IU": r"IU$|UI$", "cm": r"cm$", "mm": r"mm$", "km": r"km$",
    "hour": r"h$|hrs?$", "minute": r"min$|mins$",
}  # fmt: skip

_WORDS: dict[str, dict[str, str]] = {
    "en": {
        "mcg": "microgram", "mg": "milligram", "kg": "kilogram|kilos?$", "g": "grams?$", "mL": "millilit",
        "L": "liters?$|litres?$", "lb": "pounds?$", "oz": "ounces?$", "tsp": "teaspoon|tsps?$",
        "tbsp": "tablespoon|tbsps?$", "cup": "cups?$|cupful", "glass": "glass", "tablet": "tablet|pills?$",
        "capsule": "capsule|caps?$", "drop": "drops?$", "puff": "puffs?$|inhalation|actuation|sprays?$",
        "dose": "doses?$|shots?$", "unit": "units?$", "time": "times?$", "second": "seconds?$|secs?$", "minute": "minutes?$",
        "hour": "hours?$|hourly$", "day": "days?$|nights?$|day-", "week": "weeks?$|wks?$|weekly$", "month": "months?$|monthly$", "year": "years?$|yrs?$|year-|yearly$",
        "F": "degrees? f|fahrenheit", "C": "degrees? c|celsius", "degree": "degrees?$", "%": "percent",
        "mg/dL": "milligrams? per decilit", "inch": "inch", "foot": "feet$|foot$", "mile": "miles?$", "quart": "quarts?$", "gallon": "gallons?$",
        "meal": "meals?$", "calorie": "calorie", "meter": "meters?$|metres?$", "cm": "centimet", "mm": "millimet",
        "km": "kilomet", "IU": "international units?$",
    },
    "es": {
        "mcg": "microgramo", "mg": "miligramo", "kg": "kilo", "g": "gramo", "mL": "mililitro", "L": "litro",
        "lb": "libra", "oz": "onza", "tsp": "cucharadita|cucharita", "tbsp": "cucharadas?$|cucharadas? (?:grande|sopera)", "cup": "taza",
        "glass": "vaso", "tablet": "tableta|pastilla|comprimido|píldora", "capsule": "cápsula", "drop": "gota",
        "puff": "inhalaci|puff|disparo|atomizaci", "dose": "dosis", "unit": "unidad", "time": "ve(?:z|ces)$", "second": "segundos?$",
        "minute": "minuto", "hour": "horas?$", "day": "días?$|noches?$", "week": "semana", "month": "mes$|meses$|mensual", "year": "años?$|anual",
        "F": "grados f|fahrenheit", "C": "grados c|celsius|centígrado", "degree": "grado", "%": "por ciento", "inch": "pulgada", "foot": "pies?$", "mile": "milla", "quart": "cuarto de galón|cuartos de galón",
    },
    "pt-BR": {
        "mcg": "micrograma", "mg": "miligrama", "kg": "quilo|kilograma", "g": "gramas?$", "mL": "mililitro", "L": "litro",
        "lb": "libra", "oz": "onça", "tsp": "colher(?:es)? (?:\\(?de\\)? ?)?(?:de )?chá|colherinha", "tbsp": "colher(?:es)? (?:de )?sopa", "cup": "xícara",
        "glass": "copo", "tablet": "comprimido|pílula|tablete", "capsule": "cápsula", "drop": "gota", "puff": "jato|inalaç|baforada|borrifo",
        "dose": "dose", "unit": "unidade", "time": "ve(?:z|zes)$", "second": "segundos?$", "minute": "minuto", "hour": "horas?$",
        "day": "dias?$|noites?$", "week": "semana", "month": "m[êe]s$|meses$|mensal", "year": "anos?$|anual", "F": "graus f|fahrenheit",
        "C": "graus c|celsius", "degree": "graus?$", "%": "por cento", "inch": "polegada", "foot": "pés?$", "mile": "milha",
    },
    "fr": {
        "mcg": "microgramme", "mg": "milligramme", "kg": "kilo", "g": "gramme", "mL": "millilitre", "L": "litre",
        "lb": "livre", "oz": "once", "tsp": "cuillères? à (?:café|thé)|cuillerées? à (?:café|thé)|c\\. à (?:café|thé)",
        "tbsp": "cuillères? à (?:soupe|table)|cuillerées? à (?:soupe|table)|c\\. à soupe", "cup": "tasse", "glass": "verre",
        "tablet": "comprimé|pilule|cachet", "capsule": "gélule|capsule", "drop": "goutte", "puff": "bouffée|inhalation|pulvérisation",
        "dose": "dose", "unit": "unité", "time": "fois$", "second": "secondes?$", "minute": "minute", "hour": "heures?$|h$", "day": "jours?$|nuits?$|journée",
        "week": "semaine", "month": "mois$", "year": "ans?$|année", "F": "degrés f|fahrenheit", "C": "degrés c|celsius", "degree": "degré",
        "%": "pour cent", "inch": "pouce", "foot": "pieds?$",
    },
    "de": {
        "mcg": "mikrogramm", "mg": "milligramm", "kg": "kilo", "g": "gramm$", "mL": "milliliter", "L": "liter", "lb": "pfund", "oz": "unze",
        "tsp": "teelöffel|tl$", "tbsp": "esslöffel|el$", "cup": "tasse", "glass": "gl[aä]s", "tablet": "tablette|pille", "capsule": "kapsel",
        "drop": "tropfen", "puff": "hub$|hübe|sprühst", "dose": "dosis|dosen", "unit": "einheit", "time": "mal$", "second": "sekunde", "minute": "minute",
        "hour": "stunde", "day": "tag|nacht|nächte", "week": "woche", "month": "monat", "year": "jahr", "%": "prozent", "degree": "grad$", "F": "grad fahr", "C": "grad cels",
    },
    "it": {
        "mcg": "microgramm", "mg": "milligramm", "kg": "chil|kilo", "g": "gramm", "mL": "millilitr", "L": "litr", "lb": "libbr", "oz": "onc[ei]",
        "tsp": "cucchiain", "tbsp": "cucchiai?$|cucchiaio", "cup": "tazz", "glass": "bicchier", "tablet": "compress|pillol|pastigli", "capsule": "capsul",
        "drop": "gocc", "puff": "inalazion|puff|spruzz", "dose": "dos[ei]$", "unit": "unità", "time": "volt[ae]$", "second": "second[oi]$", "minute": "minut",
        "hour": "or[ae]$", "day": "giorn|nott", "week": "settiman", "month": "mes[ei]$", "year": "ann[oi]$", "%": "per cento", "degree": "grad", "F": "gradi f", "C": "gradi c",
    },
    "pl": {
        "mcg": "mikrogram", "mg": "miligram", "kg": "kilogram|kilo", "g": "gram", "mL": "mililitr", "L": "litr", "lb": "funt", "tsp": "łyżecz", "tbsp": "łyżk|łyżek",
        "cup": "filiżan", "glass": "szklan", "tablet": "tablet", "capsule": "kapsuł", "drop": "krop", "puff": "wdech|inhalac|rozpyl", "dose": "daw", "unit": "jednost",
        "time": "raz", "second": "sekund", "minute": "minut", "hour": "godzin", "day": "dzie[nń]|dni", "week": "tydzie|tygodni", "month": "miesi", "year": "rok|lat$|lata", "%": "procent", "degree": "stopni",
    },
    "tr": {
        "mcg": "mikrogram", "mg": "miligram", "kg": "kilo", "g": "gram", "mL": "mililitre", "L": "litre", "lb": "pound|libre", "tsp": "çay kaşı|tatlı kaşı", "tbsp": "yemek kaşı",
        "cup": "fincan|su bardağı", "glass": "bardak|bardağ", "tablet": "tablet|hap", "capsule": "kapsül", "drop": "damla", "puff": "puf|fıs", "dose": "doz", "unit": "ünite", "time": "kez|kere|defa",
        "second": "saniye", "minute": "dakika", "hour": "saat", "day": "gün|gece", "week": "hafta", "month": "ay$|ayl|ayd|aya|ayı", "year": "yıl|yaş", "%": "yüzde", "degree": "derece",
    },
    "ht": {
        "mcg": "mikwogram", "mg": "miligram", "kg": "kilo", "g": "gram", "mL": "mililit", "L": "lit$", "lb": "liv$", "oz": "ons", "tsp": "ti kiyè|kiyè te|kiyè ti|kiyè kafe",
        "tbsp": "gwo kiyè|kiyè soup|kiyè tab", "cup": "tas$", "glass": "vè$", "tablet": "grenn|konprime|tablèt|pilil|kachè", "capsule": "kapsil", "drop": "gout",
        "puff": "pistch|pouf|piche|souf|espre|flich|squish|kout|enalasyon|peze", "dose": "dòz", "unit": "inite", "time": "fwa$", "second": "segonn", "minute": "minit",
        "hour": "èdtan|è$|zè$|nèdtan|zèdtan", "day": "jou|nwit", "week": "semèn|senmenn", "month": "mwa$", "year": "an$|ane|lane|zan$", "%": "pousan", "degree": "degre",
    },
    "vi": {
        "mcg": "microgam|microgram|mcg", "mg": "miligam|mg|miligram", "kg": "ki-lô|kilôgam|kí|ký|kilogam|cân$", "g": "gam$|gram$", "mL": "mililít|mi-li-lít|ml", "L": "lít",
        "lb": "pound|cân anh|pao", "oz": "ounce|ao-xơ", "tsp": "(?:muỗng|thìa) (?:cà phê|cafe|trà|nhỏ)", "tbsp": "(?:muỗng|thìa) (?:canh|súp|lớn|ăn)", "cup": "cốc|chén|tách", "glass": "ly$|cốc",
        "tablet": "viên", "capsule": "viên nang|viên con nhộng", "drop": "giọt", "puff": "nhát|lần xịt|hơi$|xịt", "dose": "liều|mũi", "unit": "đơn vị", "time": "lần", "second": "giây",
        "minute": "phút", "hour": "giờ|tiếng", "day": "ngày|đêm|tối$", "week": "tuần", "month": "tháng", "year": "năm$|tuổi", "%": "phần trăm", "F": "độ f", "C": "độ c", "degree": "độ$",
    },
    "tl": {
        "mcg": "microgram|mikrogram", "mg": "milligram|miligram", "kg": "kilo", "g": "gramo|gram", "mL": "milliliter|mililitro", "L": "litro|liter", "lb": "libra|pound", "oz": "onsa|ounce",
        "tsp": "kutsarita|teaspoon", "tbsp": "kutsara$|kutsarang|tablespoon", "cup": "tasa|tasang|cup", "glass": "baso", "tablet": "tableta|tablet|pildoras|pill", "capsule": "kapsula|capsule",
        "drop": "patak", "puff": "puff|buga|hithit|singhot|spray|pisil|langhap|bomba", "dose": "dosis|dose|turok", "unit": "yunit|unit", "time": "beses|ulit", "second": "segundo", "minute": "minuto",
        "hour": "oras", "day": "araw|gabi", "week": "linggo", "month": "buwan", "year": "taon|taong", "%": "porsiyento|porsyento|bahagdan", "degree": "degree|digri",
    },
    "so": {
        "mcg": "maykrogaraam|mikrogaraam|microgram", "mg": "miligaraam|milligaraam|miligiraam|milligram|mg", "kg": "kiilo|kilo", "g": "garaam", "mL": "mililitir|millilitir|mililiitar|milliliitar|mililitar", "L": "litir|liitar",
        "lb": "rodol|rodal|bawn", "tsp": "qaaddo shaah|malqacad (?:yar|shaah)|qaado shaah|qaaddo yar", "tbsp": "qaaddo (?:weyn|cunto)|malqacad weyn|qaado weyn", "cup": "koob", "glass": "galaas|bakeeri", "tablet": "kiniin|kaniini|xabbo|xabo",
        "capsule": "kaabsol|kabsol|kaabsul", "drop": "dhibic", "puff": "buufin|afuuf|pafi|buuf", "dose": "qiyaas|irbad|tallaal|qaadasho|doos", "unit": "unug|halbeeg|yuunit|unit", "time": "jeer|mar$|goor", "second": "ilbiriqsi|sikin|seken",
        "minute": "daqiiqo|daqiiqad", "hour": "saac", "day": "maalin|maalmood|habeen|cisho|beri", "week": "toddobaad|usbuuc|todobaad|asbuuc|isbuuc", "month": "bilood|bil$|bisha|bilo", "year": "sano|sannad|sanad|jir$|sannado", "%": "boqolkiiba", "degree": "digrii|darajo",
    },
    "sw": {
        "mcg": "mikrogramu", "mg": "miligramu", "kg": "kilo", "g": "gramu", "mL": "mililita", "L": "lita", "lb": "pauni|ratili", "tsp": "vijiko|kijiko (?:kidogo|cha chai)|vijiko vidogo", "tbsp": "kijiko (?:kikubwa|cha mezani)|vijiko vikubwa", "cup": "kikombe|vikombe",
        "glass": "glasi", "tablet": "kidonge|vidonge|tembe", "capsule": "kapsuli", "drop": "tone|matone", "dose": "dozi|kipimo|vipimo", "unit": "uniti|yuniti|kizio|vizio", "time": "mara", "second": "sekunde", "minute": "dakika", "hour": "saa",
        "day": "siku|usiku", "week": "wiki|juma", "month": "mwezi|miezi", "year": "mwaka|miaka", "%": "asilimia", "degree": "digrii|nyuzi",
    },
    "id": {
        "mcg": "mikrogram", "mg": "miligram", "kg": "kilo", "g": "gram", "mL": "mililiter", "L": "liter", "lb": "pon|pound", "tsp": "sendok teh", "tbsp": "sendok makan", "cup": "cangkir", "glass": "gelas", "tablet": "tablet|pil$", "capsule": "kapsul", "drop": "tetes",
        "puff": "semprot|hirup|isap", "dose": "dosis", "unit": "unit", "time": "kali", "second": "detik", "minute": "menit", "hour": "jam", "day": "hari|malam", "week": "minggu", "month": "bulan", "year": "tahun", "%": "persen", "degree": "derajat",
    },
    "ru": {
        "mcg": "мкг|микрограмм", "mg": "мг|миллиграмм", "kg": "кг|килограмм|кило", "g": "г$|грамм|гр$", "mL": "мл|миллилитр", "L": "л$|литр", "lb": "фунт", "oz": "унци", "tsp": "чайн|ч\\. ?л|ч\\.л", "tbsp": "столов|ст\\. ?л", "cup": "чаш", "glass": "стакан",
        "tablet": "таблет|пилюл", "capsule": "капсул", "drop": "капл|капель", "puff": "вдох|впрыск|ингаляц|доз[ыа]? аэрозоля|нажати|пшик", "dose": "доз|укол|прививк", "unit": "единиц|ед$|МЕ$|ЕД$", "time": "раза?$|раз$|кратн", "second": "секунд",
        "minute": "минут|мин$", "hour": "час|ч$", "day": "день|дня|дней|дню|дням|днём|дне$|дни|сут|ноч", "week": "недел|еженедел|\\w+недел", "month": "месяц|ежемесяч|\\w+месяч", "year": "год|лет$|летн", "%": "процент", "F": "градус\\w* (?:по )?фаренгейт|°\\s?ф", "C": "градус\\w* (?:по )?цельс", "degree": "градус", "mmHg": "мм рт",
        "mmol/L": "ммоль", "mg/dL": "мг/дл", "inch": "дюйм", "foot": "фут$|футов|фута",
    },
    "uk": {
        "mcg": "мкг|мікрограм", "mg": "мг|міліграм", "kg": "кг|кілограм|кіло", "g": "г$|грам", "mL": "мл|мілілітр", "L": "л$|літр", "lb": "фунт", "oz": "унці", "tsp": "чайн", "tbsp": "столов", "cup": "чаш", "glass": "склян", "tablet": "таблет|пігул", "capsule": "капсул",
        "drop": "крапл|крапел", "puff": "вдих|впорск|інгаляц", "dose": "доз|укол|щеплен", "unit": "одиниц|од$", "time": "раз", "second": "секунд", "minute": "хвилин|хв$", "hour": "годин|год$", "day": "день|дня|днів|дні|доб|ноч|ніч", "week": "тижд|тижн|щотиж", "month": "місяц",
        "year": "рік|рок", "%": "відсот", "degree": "градус", "F": "градус\\w* (?:за )?фаренгейт", "C": "градус\\w* (?:за )?цельс", "mg/dL": "мг/дл",
    },
    "ar": {
        "mcg": "ميكروغرام|ميكروجرام|مكغ|مكجم|مايكروغرام", "mg": "مليغرام|ملغم|ملغ|مجم|ملليغرام|مليجرام|ملجم|ميليغرام|ميلليغرام|ملليجرام", "kg": "كيلوغرام|كيلو|كغ|كجم|كلغ", "g": "غرام|جرام|غم$|جم$", "mL": "مليلتر|ملليلتر|مل$|ملل$|ميليلتر|ملّ", "L": "لتر|ليتر",
        "lb": "رطل|أرطال|باوند", "oz": "أونصة|أوقية|أونصات", "tsp": "ملعقة صغيرة|ملاعق صغيرة|ملعقة شاي|ملاعق شاي", "tbsp": "ملعقة كبيرة|ملاعق كبيرة|ملعقة طعام|ملاعق طعام", "cup": "كوب|أكواب|فنجان", "glass": "كأس|كؤوس", "tablet": "قرص|أقراص|حبة|حبوب|حبات|حبّة", "capsule": "كبسول",
        "drop": "قطرة|قطرات", "puff": "بخة|بخّة|بخات|بخّات|نفخة|نفخات|استنشاق", "dose": "جرعة|جرعات", "unit": "وحدة|وحدات", "time": "مرة|مرات|مرّة|مرّات", "second": "ثانية|ثوان", "minute": "دقيقة|دقائق", "hour": "ساعة|ساعات", "day": "يوم|أيام|ليلة|ليال|أيّام",
        "week": "أسبوع|بأسبوع|أسابيع|أسبوعي", "month": "شهر|أشهر|شهور|شهري", "year": "سنة|سنوات|عام$|أعوام|عامًا|عاما$|سنوي", "%": "بالمئة|بالمائة|في المئة|في المائة", "F": "درجة فهرنهايت|فهرنهايت|درجات فهرنهايت|°ف", "C": "درجة مئوية|مئوية|درجات مئوية|°م", "degree": "درجة|درجات",
    },
    "fa": {
        "mcg": "میکروگرم", "mg": "میلی ?‌?گرم", "kg": "کیلو", "g": "گرم", "mL": "میلی ?‌?لیتر", "L": "لیتر", "lb": "پوند", "tsp": "قاشق (?:چای|چای‌خوری|مرباخوری)", "tbsp": "قاشق (?:غذا|غذاخوری|سوپ)", "cup": "فنجان|پیمانه", "glass": "لیوان|گیلاس", "tablet": "قرص|تابلیت", "capsule": "کپسول",
        "drop": "قطره", "puff": "پاف|پف|اسپری", "dose": "دوز|نوبت", "unit": "واحد", "time": "بار$|مرتبه|دفعه", "second": "ثانیه", "minute": "دقیقه", "hour": "ساعت", "day": "روز|شب", "week": "هفته", "month": "ماه", "year": "سال", "%": "درصد|فیصد", "degree": "درجه", "F": "درجه فارنهایت", "C": "درجه سانتی",
    },
    "ps": {
        "mcg": "مایکروګرام", "mg": "ملي ?ګرام|میلي ?ګرام", "kg": "کیلو", "g": "ګرام", "mL": "ملي ?لیتر", "L": "لیتر", "lb": "پونډ", "tablet": "ګولۍ|تابلیت|قرص", "capsule": "کپسول", "drop": "څاڅک", "dose": "دوز|خوراک", "time": "ځل|واره", "second": "ثانی", "minute": "دقیق", "hour": "ساعت",
        "day": "ورځ|شپ", "week": "اونۍ|اونی|هفت", "month": "میاشت", "year": "کال", "%": "سلنه|فیصد", "degree": "درج",
    },
    "ur": {
        "mcg": "مائیکرو ?گرام", "mg": "ملی ?گرام", "kg": "کلو", "g": "گرام", "mL": "ملی ?لیٹر", "L": "لیٹر|لٹر", "lb": "پاؤنڈ", "tsp": "چائے کا چمچ|چائے کے چمچ|چھوٹا چمچ", "tbsp": "کھانے کا چمچ|کھانے کے چمچ|بڑا چمچ", "cup": "کپ|پیالی", "glass": "گلاس", "tablet": "گولی|گولیاں|گولیوں|ٹیبلٹ", "capsule": "کیپسول",
        "drop": "قطر", "puff": "پف", "dose": "خوراک|ڈوز", "unit": "یونٹ", "time": "بار$|مرتبہ|دفعہ", "second": "سیکنڈ", "minute": "منٹ", "hour": "گھنٹ", "day": "دن|روز|رات", "week": "ہفت", "month": "مہین|ماہ", "year": "سال", "%": "فیصد", "degree": "ڈگری",
    },
    "he": {
        "mcg": "מיקרוגרם|מק\"ג|מק״ג", "mg": "מיליגרם|מ\"ג|מ״ג", "kg": "קילו|ק\"ג|ק״ג", "g": "גרם", "mL": "מיליליטר|מ\"ל|מ״ל", "L": "ליטר", "lb": "פאונד|ליבר", "tsp": "כפית|כפיות", "tbsp": "כף$|כפות", "cup": "כוס", "tablet": "כדור|טבלי", "capsule": "כמוס|קפסול", "drop": "טיפ",
        "puff": "שאיפ|לחיצ", "dose": "מנה|מנות", "unit": "יחיד", "time": "פעם|פעמים", "second": "שני[יו]", "minute": "דקה|דקות", "hour": "שעה|שעות", "day": "יום|ימים|לילה|לילות", "week": "שבוע", "month": "חודש", "year": "שנה|שנים|שנת", "%": "אחוז", "degree": "מעלות",
    },
    "hi": {
        "mcg": "माइक्रोग्राम|एमसीजी", "mg": "मिलीग्राम|मिग्रा|मि\\.?ग्रा|एमजी|मि॰ग्रा", "kg": "किलो|किग्रा", "g": "ग्राम", "mL": "मिलीलीटर|मिली$|मि\\.?ली|एमएल|मिलिलीटर|मिली लीटर", "L": "लीटर|लिटर", "lb": "पाउंड|पाउण्ड|पौंड", "oz": "औंस|आउंस", "tsp": "छोटा चम्मच|छोटे चम्मच|छोटी चम्मच|चाय का चम्मच|चाय के चम्मच|टीस्पून|चम्मच",
        "tbsp": "बड़ा चम्मच|बड़े चम्मच|बड़ा चम्मच|बड़े चम्मच|बड़ी चम्मच|टेबलस्पून", "cup": "कप|प्याला|प्याले", "glass": "गिलास|ग्लास", "tablet": "गोली|गोलियाँ|गोलियां|गोलियों|टैबलेट|टिकिया", "capsule": "कैप्सूल", "drop": "बूँद|बूंद", "puff": "पफ|फुहार|कश|स्प्रे|पफ़", "dose": "खुराक|ख़ुराक|डोज़|डोज|टीके|टीका",
        "unit": "यूनिट|इकाई", "time": "बार$|दफ़ा|दफा", "second": "सेकंड|सेकेंड|सेकण्ड", "minute": "मिनट", "hour": "घंट|घण्ट", "day": "दिन|रोज़|रोज|रात", "week": "हफ़्त|हफ्त|सप्ताह|हफ़्त|साप्ताहिक", "month": "महीन|माह$|मास$", "year": "साल|वर्ष", "%": "प्रतिशत|फ़ीसदी|फीसदी|फ़ीसदी", "F": "डिग्री फ|फ़ारेनहाइट|फारेनहाइट|फ़ारेनहाइट", "C": "डिग्री से|सेल्सियस", "degree": "डिग्री",
    },
    "ne": {
        "mcg": "माइक्रोग्राम", "mg": "मिलिग्राम|मिलीग्राम", "kg": "किलो", "g": "ग्राम", "mL": "मिलिलिटर|मिलीलिटर", "L": "लिटर", "lb": "पाउन्ड|पाउण्ड", "tsp": "चिया चम्चा|सानो चम्चा|चम्चा", "cup": "कप", "tablet": "चक्की|ट्याब्लेट", "capsule": "क्याप्सुल", "drop": "थोपा", "dose": "मात्रा|डोज|खुराक", "unit": "युनिट|एकाइ",
        "time": "पटक|चोटि", "second": "सेकेन्ड", "minute": "मिनेट", "hour": "घण्टा|घन्टा", "day": "दिन|रात", "week": "हप्ता|साता", "month": "महिना", "year": "वर्ष|साल", "%": "प्रतिशत", "degree": "डिग्री",
    },
    "bn": {
        "mcg": "মাইক্রোগ্রাম", "mg": "মিলিগ্রাম|মি\\.গ্রা", "kg": "কিলো|কেজি", "g": "গ্রাম", "mL": "মিলিলিটার|মি\\.লি", "L": "লিটার", "lb": "পাউন্ড", "tsp": "চা চামচ|চা-চামচ", "tbsp": "টেবিল চামচ", "cup": "কাপ", "glass": "গ্লাস", "tablet": "ট্যাবলেট|বড়ি|বড়ি|পিল", "capsule": "ক্যাপসুল", "drop": "ফোঁটা", "puff": "পাফ",
        "dose": "ডোজ|মাত্রা", "unit": "ইউনিট", "time": "বার$", "second": "সেকেন্ড", "minute": "মিনিট", "hour": "ঘণ্টা|ঘন্টা", "day": "দিন|রাত", "week": "সপ্তাহ", "month": "মাস", "year": "বছর|বৎসর", "%": "শতাংশ|ভাগ", "degree": "ডিগ্রি",
    },
    "ko": {
        "mcg": "마이크로그램|mcg|㎍", "mg": "밀리그램|㎎", "kg": "킬로그램|킬로|㎏", "g": "그램", "mL": "밀리리터|㎖", "L": "리터", "lb": "파운드", "oz": "온스", "tsp": "티스푼|작은술|찻숟가락", "tbsp": "테이블스푼|큰술|밥숟가락", "cup": "컵", "glass": "잔", "tablet": "정$|정[을씩의이은,. ]|알|정제|태블릿", "capsule": "캡슐", "drop": "방울",
        "puff": "퍼프|흡입|번 흡입|회 흡입|모금", "dose": "회분|회 접종|도즈|차례", "unit": "단위|유닛", "time": "번|회|차례", "second": "초", "minute": "분", "hour": "시간", "day": "일|날", "week": "주(?!사|의|변|머|저|무|로|도|세)", "month": "개월|달|월", "year": "년|살|세", "%": "퍼센트|프로", "F": "화씨|°F", "C": "섭씨|°C", "degree": "도",
    },
    "zh-Hans": {
        "mcg": "微克", "mg": "毫克", "kg": "公斤|千克", "g": "克", "mL": "毫升", "L": "升|公升", "lb": "磅", "oz": "盎司", "tsp": "茶匙|小勺", "tbsp": "汤匙|大勺|餐匙", "cup": "杯", "glass": "玻璃杯", "tablet": "片|粒|颗|锭|药片", "capsule": "粒胶囊|颗胶囊|胶囊", "drop": "滴", "puff": "喷|揿|吸", "dose": "剂|针", "unit": "单位|个单位", "time": "次|遍|回",
        "second": "秒", "minute": "分钟", "hour": "小时|个小时|钟头", "day": "天|日|晚", "week": "周|星期|礼拜|个星期", "month": "个月|月", "year": "年|岁|周岁", "%": "百分", "F": "华氏|华氏度|℉", "C": "摄氏|摄氏度|℃", "degree": "度",
    },
    "zh-Hant": {
        "mcg": "微克", "mg": "毫克", "kg": "公斤|千克", "g": "克|公克", "mL": "毫升", "L": "升|公升", "lb": "磅", "oz": "盎司", "tsp": "茶匙|小匙", "tbsp": "湯匙|大匙", "cup": "杯", "tablet": "片|粒|顆|錠", "capsule": "膠囊|粒膠囊|顆膠囊", "drop": "滴", "puff": "噴|吸", "dose": "劑|針", "unit": "單位|個單位", "time": "次|遍|回",
        "second": "秒", "minute": "分鐘", "hour": "小時|個小時|鐘頭", "day": "天|日|晚", "week": "週|周|星期|禮拜|個星期", "month": "個月|月", "year": "年|歲", "%": "百分", "F": "華氏", "C": "攝氏", "degree": "度",
    },
    "ja": {
        "mcg": "マイクログラム", "mg": "ミリグラム", "kg": "キロ", "g": "グラム", "mL": "ミリリットル", "L": "リットル", "lb": "ポンド", "oz": "オンス", "tsp": "小さじ", "tbsp": "大さじ", "cup": "カップ", "glass": "杯", "tablet": "錠|粒", "capsule": "カプセル", "drop": "滴", "puff": "吸入|噴霧|プッシュ|パフ", "dose": "回分|投与", "unit": "単位", "time": "回|度$",
        "second": "秒", "minute": "分", "hour": "時間", "day": "日|晩", "week": "週", "month": "か月|ヶ月|カ月|ヵ月|月", "year": "年|歳|才", "%": "パーセント|割", "F": "華氏", "C": "摂氏|度C", "degree": "度",
    },
    "th": {
        "mcg": "ไมโครกรัม", "mg": "มิลลิกรัม|มก", "kg": "กิโล|กก", "g": "กรัม", "mL": "มิลลิลิตร|มล|ซีซี", "L": "ลิตร", "lb": "ปอนด์", "tsp": "ช้อนชา", "tbsp": "ช้อนโต๊ะ", "cup": "ถ้วย", "glass": "แก้ว", "tablet": "เม็ด", "capsule": "แคปซูล", "drop": "หยด", "puff": "พัฟ|ครั้งพ่น", "dose": "โดส|เข็ม", "unit": "ยูนิต|หน่วย", "time": "ครั้ง|หน",
        "second": "วินาที", "minute": "นาที", "hour": "ชั่วโมง|ชม", "day": "วัน|คืน", "week": "สัปดาห์|อาทิตย์", "month": "เดือน", "year": "ปี", "%": "เปอร์เซ็นต์", "F": "องศาฟา", "C": "องศาเซล", "degree": "องศา",
    },
    "hy": {"mg": "միլիգրամ|մգ", "mcg": "միկրոգրամ|մկգ", "kg": "կիլոգրամ|կգ", "g": "գրամ", "mL": "միլիլիտր|մլ", "L": "լիտր", "lb": "ֆունտ", "tablet": "հաբ|դեղահաբ", "capsule": "պատիճ", "drop": "կաթիլ", "dose": "չափաբաժին|դեղաչափ", "time": "անգամ", "second": "վայրկյան", "minute": "րոպե", "hour": "ժամ", "day": "օր|գիշեր", "week": "շաբաթ", "month": "ամիս|ամս", "year": "տարի|տարեկան|տար", "%": "տոկոս", "degree": "աստիճան"},
    "ta": {"mg": "மில்லிகிராம்|மி\\.கி", "mcg": "மைக்ரோகிராம்", "kg": "கிலோ", "g": "கிராம்", "mL": "மில்லிலிட்டர்|மி\\.லி", "L": "லிட்டர்", "lb": "பவுண்டு|பவுண்ட்", "tablet": "மாத்திரை", "capsule": "காப்ஸ்யூல்", "drop": "துளி|சொட்டு", "dose": "டோஸ்|தவணை", "time": "முறை|தடவை", "minute": "நிமிட", "hour": "மணி", "day": "நாள்|நாட்கள்|இரவு", "week": "வார", "month": "மாத[ம்ங]", "year": "ஆண்டு|வயது|வருட", "%": "சதவீத|சதவிகித"},
    "am": {"mg": "ሚሊግራም|ሚ\\.ግ", "mcg": "ማይክሮግራም", "kg": "ኪሎ", "g": "ግራም", "mL": "ሚሊሊትር|ሚሊ ሊትር", "L": "ሊትር", "lb": "ፓውንድ", "tablet": "ክኒን|እንክብል|ኪኒን|ፍሬ", "drop": "ጠብታ", "dose": "መጠን|ዶዝ", "time": "ጊዜ", "minute": "ደቂቃ", "hour": "ሰዓት|ሰአት", "day": "ቀን|ቀናት|ሌሊት|ምሽት", "week": "ሳምንት", "month": "ወር|ወራት", "year": "ዓመት|አመት", "%": "በመቶ|ፐርሰንት"},
    "my": {"mg": "မီလီဂရမ်", "mcg": "မိုက်ခရိုဂရမ်", "kg": "ကီလို", "g": "ဂရမ်", "mL": "မီလီလီတာ", "L": "လီတာ", "lb": "ပေါင်", "tablet": "ပြား|လုံး", "time": "ကြိမ်", "minute": "မိနစ်", "hour": "နာရီ", "day": "ရက်|နေ့|ည", "week": "ပတ်", "month": "လ$", "year": "နှစ်", "%": "ရာခိုင်နှုန်း"},
    "km": {"mg": "មីលីក្រាម", "kg": "គីឡូ", "g": "ក្រាម", "mL": "មីលីលីត្រ", "L": "លីត្រ", "lb": "ផោន", "tablet": "គ្រាប់", "time": "ដង", "minute": "នាទី", "hour": "ម៉ោង", "day": "ថ្ងៃ|យប់", "week": "សប្តាហ៍|សប្ដាហ៍|អាទិត្យ", "month": "ខែ", "year": "ឆ្នាំ", "%": "ភាគរយ"},
    "lo": {"mg": "ມິນລີກຣາມ|ມິລິກຣາມ|ມກ", "kg": "ກິໂລ|ກລ", "g": "ກຣາມ", "mL": "ມິນລີລິດ|ມິລິລິດ|ມລ", "L": "ລິດ", "lb": "ປອນ", "tablet": "ເມັດ", "time": "ຄັ້ງ|ເທື່ອ", "minute": "ນາທີ", "hour": "ຊົ່ວໂມງ", "day": "ມື້|ວັນ|ຄືນ", "week": "ອາທິດ|ສັບປະດາ", "month": "ເດືອນ", "year": "ປີ", "%": "ເປີເຊັນ"},
    "ti": {"mg": "ሚሊግራም", "kg": "ኪሎ", "mL": "ሚሊሊተር|ሚሊ ሊትር", "tablet": "ከኒና", "time": "ግዜ", "minute": "ደቒቕ|ደቓይቕ|ደቂቓ", "hour": "ሰዓት", "day": "መዓልቲ|ማዓልቲ|መዓልታት|ለይቲ", "week": "ሰሙን|ሰሙናት", "month": "ወርሒ|ኣዋርሕ", "year": "ዓመት|ዓመታት", "%": "ሚእታዊት"},
}  # fmt: skip
_WORDS["prs"] = _WORDS["fa"]

_NO_LETTER = rf"(?![^\W\d_]|[{MARKS}])"
_NO_LATIN = r"(?![A-Za-z\u00c0-\u024f\u1e00-\u1eff])"


@lru_cache(maxsize=64)
def unit_pattern(code: str) -> tuple[re.Pattern[str], dict[str, str]]:
    """A pattern whose one matching group names the unit, and the unit of each group."""
    # A symbol ends at a Latin letter only: Korean writes its particles right behind "50mg".
    forms = [(form.replace("$", _NO_LATIN), unit) for unit, form in _SYMBOLS.items()]
    forms += [(form.replace("$", _NO_LETTER), unit) for unit, form in _WORDS.get(code, {}).items()]
    groups = {f"u{index}": unit for index, (_, unit) in enumerate(forms)}
    parts = [
        (f"(?P<u{index}>{form})", max(len(one) for one in form.split("|")))
        for index, (form, _) in enumerate(forms)
    ]
    # The longer form first: "mg/dL" before "mg", "ti kiyè" before "kiyè".
    ordered = "|".join(part for part, _ in sorted(parts, key=lambda part: -part[1]))
    edge = "" if code in UNSPACED or code == "ko" else rf"(?<![^\W\d_])(?<![{MARKS}])"
    return re.compile(f"{edge}(?:{ordered})", re.IGNORECASE), groups


def knows(code: str) -> bool:
    """Whether unit words (not only symbols) of this language can be read."""
    return code in _WORDS
