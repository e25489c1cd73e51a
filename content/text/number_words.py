"""Numbers as words, per language of the table, and the idioms that hold a number and a unit.

Only what is written in instructions to patients: 1 to 12, tens, halves, "twice". Each entry is
``value:form|form``; a form is a whole word, or any part of the text in a script without spaces.
"""

import re
from functools import lru_cache

from content.text.segments import MARKS

_TABLE: dict[str, str] = {
    "en": """0.25:quarter|one-quarter|one-fourth 0.5:half|one-half 0.75:three-quarters 1:one|single
        1.5:one_and_a_half|one_and_one-half 2:two|couple 2.5:two_and_a_half 3:three
        3.5:three_and_a_half 4:four 5:five 6:six 7:seven 8:eight 9:nine 10:ten 11:eleven 12:twelve
        13:thirteen 14:fourteen 15:fifteen 16:sixteen 17:seventeen 18:eighteen 19:nineteen 20:twenty
        21:twenty-one 24:twenty-four 25:twenty-five 28:twenty-eight 30:thirty 36:thirty-six 40:forty
        45:forty-five 48:forty-eight 50:fifty 60:sixty 70:seventy 72:seventy-two 80:eighty 90:ninety
        100:hundred|one_hundred|a_hundred 1000:thousand|one_thousand""",
    "es": """0.5:medio|media|mitad 0.25:cuarto 1:un|una|uno 2:dos|ambos|ambas 3:tres 4:cuatro 5:cinco
        6:seis 7:siete 8:ocho 9:nueve 10:diez 11:once 12:doce 13:trece 14:catorce 15:quince
        16:dieciséis 17:diecisiete 18:dieciocho 19:diecinueve 20:veinte 21:veintiuno|veintiún
        24:veinticuatro 25:veinticinco 28:veintiocho 30:treinta 40:cuarenta 45:cuarenta_y_cinco
        48:cuarenta_y_ocho 50:cincuenta 60:sesenta 72:setenta_y_dos 70:setenta 80:ochenta 90:noventa
        100:cien|ciento 500:quinientos 1000:mil""",
    "pt-BR": """0.5:meio|meia|metade 0.25:quarto 1:um|uma 2:dois|duas|ambos|ambas 3:três 4:quatro
        5:cinco 6:seis 7:sete 8:oito 9:nove 10:dez 11:onze 12:doze 13:treze 14:quatorze|catorze
        15:quinze 16:dezesseis 17:dezessete 18:dezoito 19:dezenove 20:vinte 24:vinte_e_quatro
        25:vinte_e_cinco 28:vinte_e_oito 30:trinta 40:quarenta 45:quarenta_e_cinco
        48:quarenta_e_oito 50:cinquenta 60:sessenta 70:setenta 72:setenta_e_duas 80:oitenta
        90:noventa 100:cem|cento 500:quinhentos 1000:mil""",
    "fr": """0.5:demi|demie|demi-|moitié 0.25:quart 1:un|une 2:deux 3:trois 4:quatre 5:cinq 6:six
        7:sept 8:huit 9:neuf 10:dix 11:onze 12:douze 13:treize 14:quatorze 15:quinze 16:seize
        17:dix-sept 18:dix-huit 19:dix-neuf 20:vingt 24:vingt-quatre 25:vingt-cinq 28:vingt-huit
        30:trente 40:quarante 45:quarante-cinq 48:quarante-huit 50:cinquante 60:soixante
        70:soixante-dix 72:soixante-douze 80:quatre-vingts 90:quatre-vingt-dix 100:cent 1000:mille""",
    "de": """0.5:halb|halbe|halben|halbes|hälfte 1.5:anderthalb|eineinhalb 1:ein|eine|einen|einer|einem|eins
        2:zwei 3:drei 4:vier 5:fünf 6:sechs 7:sieben 8:acht 9:neun 10:zehn 11:elf 12:zwölf
        14:vierzehn 15:fünfzehn 20:zwanzig 24:vierundzwanzig 30:dreißig 40:vierzig 48:achtundvierzig
        50:fünfzig 60:sechzig 70:siebzig 80:achtzig 90:neunzig 100:hundert 1000:tausend""",
    "it": """0.5:mezzo|mezza|metà 0.25:quarto 1:un|una|uno 2:due 3:tre 4:quattro 5:cinque 6:sei 7:sette
        8:otto 9:nove 10:dieci 11:undici 12:dodici 14:quattordici 15:quindici 20:venti
        24:ventiquattro 30:trenta 40:quaranta 48:quarantotto 50:cinquanta 60:sessanta 70:settanta
        72:settantadue 80:ottanta 90:novanta 100:cento 1000:mille""",
    "pl": """0.5:pół|połowa|połowę|połowy 1.5:półtora|półtorej 1:jeden|jedna|jedną|jedno|jednego|jednej
        2:dwa|dwie|dwóch|dwoma 3:trzy|trzech 4:cztery|czterech 5:pięć|pięciu 6:sześć|sześciu
        7:siedem|siedmiu 8:osiem|ośmiu 9:dziewięć|dziewięciu 10:dziesięć|dziesięciu 11:jedenaście
        12:dwanaście|dwunastu 14:czternaście|czternastu 15:piętnaście 20:dwadzieścia 30:trzydzieści
        40:czterdzieści 50:pięćdziesiąt 60:sześćdziesiąt 100:sto 1000:tysiąc""",
    "tr": """0.5:yarım|yarısı|buçuk 0.25:çeyrek 1:bir 2:iki 3:üç 4:dört 5:beş 6:altı 7:yedi 8:sekiz
        9:dokuz 10:on 11:on_bir 12:on_iki 14:on_dört 15:on_beş 20:yirmi 24:yirmi_dört 30:otuz 40:kırk
        50:elli 60:altmış 70:yetmiş 80:seksen 90:doksan 100:yüz 1000:bin""",
    "ht": """0.5:mwatye|demi|edmi|dmi 1:yon|youn|en|yonn 2:de 3:twa 4:kat 5:senk 6:sis 7:sèt 8:uit|wit 9:nèf 10:dis
        11:onz 12:douz 13:trèz 14:katòz 15:kenz 16:sèz 17:disèt 18:dizwit 19:diznèf 20:ven
        24:vennkat 30:trant 40:karant 48:karantwit 50:senkant 60:swasant 70:swasanndis
        72:swasanndouz 80:katreven 90:katrevendis 100:san 1000:mil""",
    "vi": """0.5:nửa|rưỡi 1:một 2:hai 3:ba 4:bốn|tư 5:năm|lăm 6:sáu 7:bảy|bẩy 8:tám 9:chín 10:mười
        11:mười_một 12:mười_hai 14:mười_bốn 15:mười_lăm 20:hai_mươi 24:hai_mươi_bốn|hai_mươi_tư
        30:ba_mươi 40:bốn_mươi 45:bốn_mươi_lăm 48:bốn_mươi_tám 50:năm_mươi 60:sáu_mươi
        70:bảy_mươi 72:bảy_mươi_hai 80:tám_mươi 90:chín_mươi 100:một_trăm 1000:một_nghìn|một_ngàn""",
    "tl": """0.5:kalahati|kalahating 1:isa|isang 2:dalawa|dalawang 3:tatlo|tatlong 4:apat 5:lima|limang
        6:anim 7:pito|pitong 8:walo|walong 9:siyam 10:sampu|sampung 11:labing-isa|labing-isang
        12:labindalawa|labindalawang 14:labing-apat 15:labinlima|labinlimang 20:dalawampu|dalawampung
        24:dalawampu't_apat 30:tatlumpu|tatlumpung 40:apatnapu|apatnapung 48:apatnapu't_walo
        50:limampu|limampung 60:animnapu|animnapung 100:isandaan|isang_daan 1000:isang_libo""",
    "so": """0.5:nus|badh|bar|barkii 1:hal|mid|kow 2:laba|labo|labada 3:saddex|seddex|saddexda 4:afar|afarta
        5:shan 6:lix 7:toddoba|todoba 8:siddeed|sideed 9:sagaal 10:toban 11:kow_iyo_toban
        12:laba_iyo_toban 14:afar_iyo_toban 15:shan_iyo_toban 20:labaatan 24:afar_iyo_labaatan
        30:soddon 40:afartan 48:siddeed_iyo_afartan 50:konton 60:lixdan 70:toddobaatan
        72:laba_iyo_toddobaatan 80:siddeetan 90:sagaashan 100:boqol 1000:kun""",
    "sw": """0.5:nusu 0.25:robo 1:moja|mmoja|kimoja 2:mbili|mawili|viwili|wawili 3:tatu|matatu|vitatu|watatu 4:nne|manne|vinne
        5:tano|matano|vitano 6:sita 7:saba 8:nane|manane|vinane 9:tisa 10:kumi 11:kumi_na_moja
        12:kumi_na_mbili 14:kumi_na_nne 15:kumi_na_tano 20:ishirini 24:ishirini_na_nne 30:thelathini
        40:arobaini 50:hamsini 60:sitini 100:mia|mia_moja 1000:elfu""",
    "id": """0.5:setengah|separuh 1.5:satu_setengah 0.25:seperempat 1:satu|sebuah|se 2:dua 3:tiga 4:empat 5:lima 6:enam 7:tujuh
        8:delapan 9:sembilan 10:sepuluh 11:sebelas 12:dua_belas 14:empat_belas 15:lima_belas
        20:dua_puluh 24:dua_puluh_empat 30:tiga_puluh 40:empat_puluh 50:lima_puluh 60:enam_puluh
        100:seratus 1000:seribu""",
    "ru": """0.5:половина|половину|половины|половине|пол|полтаблетки|полчашки|полстакана|полчаса
        1.5:полтора|полторы|полутора 0.25:четверть 1:один|одна|одну|одно|одного|одной|одному|одном
        2:два|две|двух|двум|двумя|двое|оба|обе|двукратно 3:три|трех|трёх|трем|трём|тремя|трое
        4:четыре|четырех|четырёх|четырем|четырём 5:пять|пяти|пятью 6:шесть|шести 7:семь|семи
        8:восемь|восьми 9:девять|девяти 10:десять|десяти 11:одиннадцать|одиннадцати
        12:двенадцать|двенадцати 13:тринадцать|тринадцати 14:четырнадцать|четырнадцати
        15:пятнадцать|пятнадцати 18:восемнадцать|восемнадцати 20:двадцать|двадцати
        24:двадцать_четыре|двадцати_четырех|двадцати_четырёх 28:двадцать_восемь|двадцати_восьми
        30:тридцать|тридцати 40:сорок|сорока 45:сорок_пять 48:сорок_восемь|сорока_восьми
        50:пятьдесят|пятидесяти 60:шестьдесят|шестидесяти 70:семьдесят|семидесяти 72:семьдесят_два
        80:восемьдесят 90:девяносто 100:сто|ста 1000:тысяча|тысячу|тысячи""",
    "uk": """0.5:половина|половину|половини|пів 1.5:півтора|півтори 1:один|одна|одну|одного|одне|одній
        2:два|дві|двох|двом|двома|обидва|обидві 3:три|трьох|трьом 4:чотири|чотирьох 5:п'ять|п’ять|п'яти
        6:шість|шести 7:сім|семи 8:вісім|восьми 9:дев'ять|дев’ять 10:десять|десяти 11:одинадцять
        12:дванадцять|дванадцяти 14:чотирнадцять 15:п'ятнадцять|п’ятнадцять 20:двадцять|двадцяти
        30:тридцять|тридцяти 40:сорок 50:п'ятдесят|п’ятдесят 60:шістдесят 100:сто 1000:тисяча""",
    "hy": """0.5:կես|կեսը 1.5:մեկուկես 1:մեկ|մի 2:երկու 3:երեք 4:չորս 5:հինգ 6:վեց 7:յոթ 8:ութ 9:ինը|ինն
        10:տասը|տաս 11:տասնմեկ 12:տասներկու 14:տասնչորս 15:տասնհինգ 20:քսան 24:քսանչորս 30:երեսուն
        40:քառասուն 50:հիսուն 60:վաթսուն 100:հարյուր 1000:հազար""",
    "ar": """0.5:نصف 0.25:ربع 1:واحد|واحدة|أحد|إحدى 2:اثنان|اثنين|اثنتين|اثنتان|كلتا|كلا|كلتي
        3:ثلاث|ثلاثة 4:أربع|أربعة 5:خمس|خمسة 6:ست|ستة 7:سبع|سبعة 8:ثماني|ثمانية|ثمان 9:تسع|تسعة
        10:عشر|عشرة 11:أحد_عشر|إحدى_عشرة 12:اثني_عشر|اثنتي_عشرة|اثنا_عشر|اثنتا_عشرة
        14:أربعة_عشر|أربع_عشرة 15:خمسة_عشر|خمس_عشرة 20:عشرين|عشرون 24:أربع_وعشرين|أربعة_وعشرين
        28:ثمانية_وعشرين 30:ثلاثين|ثلاثون 40:أربعين|أربعون 45:خمس_وأربعين|خمسًا_وأربعين
        48:ثماني_وأربعين|ثمان_وأربعين 50:خمسين|خمسون 60:ستين|ستون 70:سبعين 72:اثنتين_وسبعين
        80:ثمانين 90:تسعين 100:مئة|مائة 500:خمسمئة|خمسمائة 1000:ألف""",
    "fa": """0.5:نصف|نیم|نیمی 0.25:ربع|چهارم 1:یک 1.5:یک_و_نیم 2:دو 3:سه 4:چهار 5:پنج 6:شش 7:هفت 8:هشت
        9:نه 10:ده 11:یازده 12:دوازده 14:چهارده 15:پانزده 20:بیست 24:بیست_و_چهار 30:سی 40:چهل
        50:پنجاه 60:شصت 70:هفتاد 80:هشتاد 90:نود 100:صد 1000:هزار""",
    "ps": """0.5:نیم|نیمایي 1:یو|یوه 2:دوه 3:درې 4:څلور 5:پنځه 6:شپږ 7:اووه|اوه 8:اته 9:نهه|نه 10:لس 11:یوولس
        12:دولس 15:پنځلس 20:شل 24:څلورویشت 30:دېرش 40:څلوېښت 50:پنځوس 60:شپېته 100:سل 1000:زر""",
    "ur": """0.5:آدھا|آدھی|آدھے|نصف 1.5:ڈیڑھ 2.5:ڈھائی|اڑھائی 0.25:چوتھائی 1:ایک 2:دو|دونوں 3:تین|تینوں 4:چار
        5:پانچ 6:چھ|چھے 7:سات 8:آٹھ 9:نو 10:دس 11:گیارہ 12:بارہ 14:چودہ 15:پندرہ 20:بیس 24:چوبیس 30:تیس
        40:چالیس 48:اڑتالیس 50:پچاس 60:ساٹھ 100:سو 1000:ہزار""",
    "he": """0.5:חצי|וחצי|מחצית 0.25:רבע 1:אחד|אחת 2:שני|שתי|שניים|שתיים 3:שלוש|שלושה 4:ארבע|ארבעה
        5:חמש|חמישה 6:שש|שישה 7:שבע|שבעה 8:שמונה 9:תשע|תשעה 10:עשר|עשרה 11:אחת_עשרה|אחד_עשר
        12:שתים_עשרה|שנים_עשר 20:עשרים 24:עשרים_וארבע 30:שלושים 40:ארבעים 48:ארבעים_ושמונה 50:חמישים
        60:שישים 100:מאה 1000:אלף""",
    "hi": """0.5:आधा|आधी|आधे 1.5:डेढ़|डेढ़ 2.5:ढाई|ढाई|अढ़ाई 0.25:चौथाई|पाव 3.5:साढ़े_तीन|साढ़े_तीन 4.5:साढ़े_चार|साढ़े_चार
        1:एक 2:दो|दोनों 3:तीन|तीनों 4:चार|चारों 5:पाँच|पांच 6:छह|छः|छ: 7:सात|सातों 8:आठ 9:नौ 10:दस
        11:ग्यारह 12:बारह 13:तेरह 14:चौदह 15:पंद्रह|पन्द्रह 16:सोलह 18:अठारह 20:बीस 24:चौबीस 25:पच्चीस
        28:अट्ठाईस 30:तीस 40:चालीस 45:पैंतालीस 48:अड़तालीस|अड़तालीस 50:पचास 60:साठ 70:सत्तर 72:बहत्तर 80:अस्सी
        90:नब्बे 100:सौ 500:पाँच_सौ|पांच_सौ 1000:हज़ार|हजार|एक_हज़ार""",
    "ne": """0.5:आधा 1.5:डेढ 2.5:अढाई 1:एक 2:दुई|दुइ|दुवै 3:तीन 4:चार 5:पाँच 6:छ 7:सात 8:आठ 9:नौ 10:दश|दस
        11:एघार 12:बाह्र 14:चौध 15:पन्ध्र 20:बीस 24:चौबीस 30:तीस 40:चालीस 48:अठचालीस 50:पचास 60:साठी
        100:सय 1000:हजार""",
    "bn": """0.5:আধা|অর্ধেক|আধ 1.5:দেড় 2.5:আড়াই 1:এক|একটি|একটা 2:দুই|দু|দুটি|দুটো|উভয় 3:তিন|তিনটি 4:চার|চারটি
        5:পাঁচ|পাঁচটি 6:ছয়|ছয়টি|ছয় 7:সাত|সাতটি 8:আট|আটটি 9:নয়|নয় 10:দশ|দশটি 11:এগারো 12:বারো 14:চৌদ্দ
        15:পনেরো 20:বিশ|কুড়ি 24:চব্বিশ 30:ত্রিশ 40:চল্লিশ 48:আটচল্লিশ 50:পঞ্চাশ 60:ষাট 100:একশ|একশো 1000:হাজার""",
    "ta": """0.5:அரை|பாதி 1.5:ஒன்றரை 2.5:இரண்டரை 0.25:கால் 1:ஒரு|ஒன்று|ஓர் 2:இரண்டு|இரு 3:மூன்று 4:நான்கு|நாலு 5:ஐந்து
        6:ஆறு 7:ஏழு 8:எட்டு 9:ஒன்பது 10:பத்து 11:பதினொன்று 12:பன்னிரண்டு 15:பதினைந்து 20:இருபது 24:இருபத்து_நான்கு
        30:முப்பது 40:நாற்பது 50:ஐம்பது 60:அறுபது 100:நூறு 1000:ஆயிரம்""",
    "ja": "0.5:半 0.25:四分の一 1:ひと|一つ|1つ 2:ふた|二つ|両 3:三つ 4:四つ 5:五つ",
    "ko": """0.5:반|절반 1:한|하나|일 2:두|둘|양쪽 3:세|셋|석 4:네|넷|넉 5:다섯 6:여섯 7:일곱 8:여덟 9:아홉 10:열
        11:열한|열하나 12:열두|열둘 15:열다섯 20:스무|스물|이십 24:스물네|이십사 30:서른|삼십 40:마흔|사십 50:쉰|오십
        60:예순|육십 100:백 1000:천""",
    "zh-Hans": "0.5:半 2:双 0.25:四分之一",
    "zh-Hant": "0.5:半 2:雙 0.25:四分之一",
    "my": """0.5:တစ်ဝက်|တဝက်|ခွဲ 1:တစ် 2:နှစ် 3:သုံး 4:လေး 5:ငါး 6:ခြောက် 7:ခုနစ် 8:ရှစ် 9:ကိုး 10:တစ်ဆယ်|ဆယ်
        12:ဆယ့်နှစ် 20:နှစ်ဆယ် 24:နှစ်ဆယ့်လေး 30:သုံးဆယ် 100:တစ်ရာ""",
    "km": """0.5:កន្លះ|ពាក់កណ្តាល|ពាក់កណ្ដាល 1:មួយ 2:ពីរ 3:បី 4:បួន 5:ប្រាំ 6:ប្រាំមួយ 7:ប្រាំពីរ 8:ប្រាំបី 9:ប្រាំបួន 10:ដប់
        11:ដប់មួយ 12:ដប់ពីរ 15:ដប់ប្រាំ 20:ម្ភៃ 24:ម្ភៃបួន 30:សាមសិប 40:សែសិប 50:ហាសិប 60:ហុកសិប 100:មួយរយ""",
    "th": """0.5:ครึ่ง 1:หนึ่ง 2:สอง|ทั้งสอง 3:สาม 4:สี่ 5:ห้า 6:หก 7:เจ็ด 8:แปด 9:เก้า 10:สิบ 11:สิบเอ็ด 12:สิบสอง
        14:สิบสี่ 15:สิบห้า 20:ยี่สิบ 24:ยี่สิบสี่ 30:สามสิบ 40:สี่สิบ 50:ห้าสิบ 60:หกสิบ 100:หนึ่งร้อย|ร้อย 1000:หนึ่งพัน|พัน""",
    "lo": """0.5:ເຄິ່ງ 1:ໜຶ່ງ|ຫນຶ່ງ|ນຶ່ງ 2:ສອງ 3:ສາມ 4:ສີ່ 5:ຫ້າ 6:ຫົກ 7:ເຈັດ 8:ແປດ 9:ເກົ້າ 10:ສິບ 12:ສິບສອງ 15:ສິບຫ້າ
        20:ຊາວ 24:ຊາວສີ່ 30:ສາມສິບ 100:ໜຶ່ງຮ້ອຍ""",
    "am": """0.5:ግማሽ 1:አንድ|አንዱ 2:ሁለት|ሁለቱ|ሁለቱም 3:ሦስት|ሶስት 4:አራት 5:አምስት 6:ስድስት 7:ሰባት 8:ስምንት 9:ዘጠኝ 10:አስር
        11:አስራ_አንድ 12:አስራ_ሁለት 15:አስራ_አምስት 20:ሃያ|ሀያ 24:ሃያ_አራት 30:ሰላሳ 40:አርባ 50:ሃምሳ 60:ስልሳ 100:መቶ""",
    "ti": """0.5:ፍርቂ 1:ሓደ|ሓንቲ 2:ክልተ|ክልቲኡ 3:ሰለስተ 4:ኣርባዕተ 5:ሓሙሽተ 6:ሽዱሽተ 7:ሸውዓተ 8:ሸሞንተ 9:ትሽዓተ 10:ዓሰርተ
        12:ዓሰርተ_ክልተ 20:ዕስራ 24:ዕስራን_ኣርባዕተን 30:ሰላሳ 40:ኣርብዓ 50:ሓምሳ 60:ስሳ 100:ሚእቲ""",
}
_TABLE["prs"] = _TABLE["fa"]

# value, canonical unit, pattern. A dual or an adverb says both at once.
_IDIOMS: dict[str, tuple[tuple[float, str, str], ...]] = {
    "en": ((2, "time", r"\btwice\b"), (1, "time", r"\bonce\b(?= (?:a|an|per|each|every|daily|weekly|monthly|yearly|in|now|only)\b|-daily|[.,;]|$)"),
           (3, "time", r"\bthrice\b"), (2, "day", r"\bevery (?:other|second) day\b|\b(?:on )?alternate days\b"),
           (2, "week", r"\bevery (?:other|second) week\b|\bbi-?weekly\b"), (0.5, "hour", r"\bhalf an hour\b|\bhalf-hour\b"),
           (1.5, "hour", r"\ban hour and a half\b|\bone and a half hours\b"), (0.25, "hour", r"\b(?:a )?quarter of an hour\b"),
           (0.75, "hour", r"\bthree quarters of an hour\b"), (12, "hour", r"\bhalf a day\b"), (6, "month", r"\bhalf a year\b|\bhalf-year\b"),
           (18, "month", r"\ba year and a half\b"), (2, "year", r"\bevery (?:other|second) year\b"), (2, "month", r"\bevery (?:other|second) month\b"),
           (2, "week", r"\bfortnight\b"),
           (2, "day", r"\bevery (?:other|second) (?:morning|evening|night)\b"), (24, "hour", r"\baround the clock\b")),
    "es": ((2, "day", r"(?:un )?día (?:sí y otro no|por medio)|en días alternos|día de por medio"), (2, "week", r"quincenal\w*|semana por medio"),
           (0.5, "hour", r"media hora")),
    "pt-BR": ((2, "day", r"dia sim,? (?:e )?(?:outro|dia) não|em dias alternados"), (2, "week", r"quinzenal\w*"), (0.5, "hour", r"meia hora")),
    "fr": ((2, "day", r"un jour sur deux"), (2, "week", r"une semaine sur deux"), (0.5, "hour", r"demi-heure")),
    "vi": ((2, "day", r"cách (?:một )?ngày|ngày cách ngày"), (0.5, "hour", r"nửa (?:tiếng|giờ)")),
    "ht": ((2, "day", r"yon jou wi,? yon jou non|yon jou sou de"), (0.5, "hour", r"demi[ -]?èdtan")),
    "tl": ((2, "day", r"(?:tuwing|bawat) (?:makalawa|ikalawang araw|ibang araw)|salit-salitang araw|kada makalawang araw"), (0.5, "hour", r"kalahating oras")),
    "zh-Hans": ((2, "day", r"隔天|隔日"), (2, "week", r"隔周"), (0.5, "hour", r"半个?小时")),
    "zh-Hant": ((2, "day", r"隔天|隔日"), (2, "week", r"隔週|隔周"), (0.5, "hour", r"半個?小時")),
    "ja": ((2, "day", r"1日おき|一日おき|隔日"), (2, "week", r"隔週"), (0.5, "hour", r"半時間|30分")),
    "ko": ((2, "day", r"격일|하루 ?걸러|이틀"), (3, "day", r"사흘"), (4, "day", r"나흘"), (10, "day", r"열흘"), (2, "week", r"격주"),
           (0.5, "hour", r"반시간")),
    "ar": ((2, "day", r"(?:يومين|يومان)|يوم(?:ًا|ا)? بعد يوم|يوم(?:ًا|ا)? (?:نعم )?ويوم(?:ًا|ا)? لا"), (2, "hour", r"ساعتين|ساعتان"),
           (2, "week", r"أسبوعين|أسبوعان"), (2, "month", r"شهرين|شهران"), (2, "year", r"سنتين|عامين"), (2, "time", r"مرتين|مرتان|مرّتين"),
           (2, "minute", r"دقيقتين|دقيقتان"), (2, "tablet", r"قرصين|قرصان|حبتين|حبتان|حبّتين"), (2, "capsule", r"كبسولتين|كبسولتان"),
           (2, "drop", r"قطرتين|قطرتان"), (2, "puff", r"بختين|بختان|نفختين|بخّتين"), (2, "teaspoon", r"ملعقتين صغيرتين|ملعقتي شاي"),
           (2, "cup", r"كوبين|كوبان|كأسين"), (2, "liter", r"لترين|لتران"), (2, "dose", r"جرعتين|جرعتان"), (2, "pound", r"رطلين|رطلان"),
           (0.5, "hour", r"نصف ساعة")),
    "he": ((2, "day", r"יומיים"), (2, "hour", r"שעתיים"), (2, "week", r"שבועיים"), (2, "month", r"חודשיים"), (2, "year", r"שנתיים"), (2, "time", r"פעמיים"), (2, "day", r"יום כן,? יום לא")),
    "ru": ((2, "time", r"дважды"), (3, "time", r"трижды"), (2, "day", r"через день"), (2, "week", r"через неделю"), (0.5, "hour", r"полчаса|получаса"),
           (6, "month", r"полгода"), (0.5, "tablet", r"полтаблетки")),
    "uk": ((2, "time", r"двічі"), (3, "time", r"тричі"), (2, "day", r"через день"), (0.5, "hour", r"півгодини"), (6, "month", r"півроку")),
    "pl": ((2, "time", r"dwukrotnie"), (3, "time", r"trzykrotnie"), (2, "day", r"co drugi dzień"), (0.5, "hour", r"pół godziny"), (6, "month", r"pół roku")),
    "de": ((2, "time", r"zweimal"), (3, "time", r"dreimal"), (4, "time", r"viermal"), (5, "time", r"fünfmal"), (6, "time", r"sechsmal"), (1, "time", r"einmal"),
           (2, "day", r"jeden (?:zweiten|2\.) tag"), (0.5, "hour", r"halbe(?:n)? stunde")),
    "it": ((2, "day", r"a giorni alterni|un giorno sì e uno no"), (0.5, "hour", r"mezz'ora|mezz’ora")),
    "hi": ((2, "day", r"एक दिन छोड़कर|एक दिन छोड़कर|हर दूसरे दिन"), (2, "week", r"हर दूसरे (?:हफ़्ते|हफ्ते|सप्ताह)"), (0.5, "hour", r"आधे? घंटे|आधा घंटा")),
    "ur": ((2, "day", r"ایک دن چھوڑ کر|ہر دوسرے دن"),),
    "fa": ((2, "day", r"یک روز در میان"), (2, "time", r"دوبار")),
    "prs": ((2, "day", r"یک روز در میان"), (2, "time", r"دوبار")),
    "so": ((2, "day", r"maalin (?:ka|dhaaf) maalin|maalinba maalin"), (0.5, "hour", r"nus saac|saac badhkeed|nuss? saacad")),
    "tr": ((2, "day", r"gün ?aşırı"), (0.5, "hour", r"yarım saat")),
    "id": ((2, "day", r"dua hari sekali|selang sehari"), (1, "week", r"seminggu"), (1, "day", r"sehari"), (1, "month", r"sebulan"), (1, "time", r"sekali")),
}  # fmt: skip

UNSPACED = frozenset({"zh-Hans", "zh-Hant", "ja", "my", "km", "th", "lo"})
# Words that begin with a conjunction or article written together with the number.
_PREFIXES = {"ar": "(?:[وفبلك]|ال|وال|بال|لل)?", "he": "[ובלהמכש]?", "am": "(?:የ|በ|ከ|ለ)?"}


@lru_cache(maxsize=64)
def word_pattern(code: str) -> tuple[re.Pattern[str] | None, dict[str, float]]:
    """A pattern that finds number words of the language, and the value of each form."""
    values = {
        form.replace("_", " "): float(entry.partition(":")[0])
        for entry in _TABLE.get(code, "").split()
        for form in entry.partition(":")[2].split("|")
    }
    if not values:
        return None, {}
    forms = "|".join(re.escape(form) for form in sorted(values, key=len, reverse=True))
    if code in UNSPACED:
        return re.compile(f"(?P<word>{forms})"), values
    prefix = _PREFIXES.get(code, "")
    edge = rf"(?![\w{MARKS}])"
    return re.compile(rf"(?<!\w){prefix}(?P<word>{forms}){edge}"), values


@lru_cache(maxsize=64)
def idioms(code: str) -> tuple[tuple[float, str, re.Pattern[str]], ...]:
    """(value, unit, pattern) of what says number and unit in one."""
    spaced = code not in UNSPACED and code != "ko"
    prefix = _PREFIXES.get(code, "").replace("|ال|وال|بال|لل", "")
    edges = (rf"(?<!\w){prefix}(?:", rf")(?![\w{MARKS}])") if spaced else ("(?:", ")")
    return tuple(
        (value, unit, re.compile(edges[0] + text + edges[1]))
        for value, unit, text in _IDIOMS.get(code, ())
    )


def knows(code: str) -> bool:
    """Whether numbers written as words can be read in this language."""
    return code in _TABLE
