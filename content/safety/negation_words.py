"""How each language says no, and how it says stop or avoid: beginnings of words ($ ends a word).

``NO`` is grammatical negation, ``STOP`` a prohibition or an omission without it. A language that is
missing from ``STOP`` is checked for ``NO`` alone.
"""

NO: dict[str, str] = {
    "es": "no$|nunca|jamás|ni$|sin$|tampoco|ning[uú]n|nada$|nadie|anti\\w+|im?pos|insuf|des\\w+ado$",
    "pt-BR": "não|nunca|jamais|nem$|sem$|nenhum|nada$|ninguém|anti\\w+|imposs|insuf|tampouco",
    "fr": "ne$|n'|n’|pas$|jamais|sans$|aucun|rien$|personne$|ni$|anti\\w+|imposs|insuff|non$",
    "ht": "(?:pa|p)$(?! (?:jou|semèn|mwa$|ane|èdtan|bouch|vle di|rapò|minit|nwit))|pap$|poko|pinga|san$(?! (?:ki|ou|li|an|nan|wo|ba)\\b)|ni$|okenn|anyen|janm$|jamè|pat$|poutèt",
    "vi": "không|đừng|chớ|chưa|chẳng|cấm|chả|kẻo|khỏi phải",
    "tl": "hindi|huwag|wala|walang|di$|ayaw|bawal|hwag|'wag|wag$|iwas|ni$",
    "zh-Hans": "不|没|未|无|勿|别|莫|非|禁|忌|免得|切忌|难以",
    "zh-Hant": "不|沒|未|無|勿|別|莫|非|禁|忌|免得|切忌|難以",
    "ar": "لا$|لم$|لن$|ليس|غير$|دون$|بدون|عدم$|لست|ألا$|بلا$|ما لم|إلا$|ألّا|لكيلا|كيلا|كي لا|لئلا|أبد",
    "ru": "не$|ни$|нет$|без$|нельзя|никогда|ничего|никак|никто|запре|недо|противо|невоз|нескольз|бес[кпстфхцчшщ]\\w+|без\\w+",
    "uk": "не$|ні$|немає|без$|не можна|ніколи|нічого|заборон|недо|проти|невід",
    "ko": "(?<![가-힣])안 |않|못|없|마십|마세|말고|말아|마시고|말 것|아니|지 마|금지|삼가|금하|말라|마라|지마|비흡",
    "hi": "न$|नहीं|मत$|बिना|ना$|नही|मना$|बग़ैर|बगैर|निषे|नहि|ग़ैर|वर्जित|अ(?:पर्याप्त|क्षम|समर्थ)",
    "so": "ha$|ma$|aan$|aanay|aanad|aysan|lama$|laguma|uma$|maaha|yaan|weli(?:g)?|aadan|uusan|\\w+daan$|\\w*la'aan|\\w*la’aan|marna|kuma$|mana$|kama$|aanan|aanu|aaney|aanuu|ayan|mid na|lagama|waxba|\\w+aadan$|wax ba|haku|hana$|haka$|hau$|hasoo|hala$|haddaanad|haddaan|aanadan|siinin$",
    "sw": "usi|si$|hapana|bila|kamwe|wala$|msi|hau|hai|huwe|hawa|hata kidogo|haku|haja|asi|isi|ha\\w+i$|siyo|sio",
    "fa": "ن(?:کن|بای|می|خور|ده|دار|یست|شو|گی|بو|زن|نوش|گذار|خواه|توان|برد|یاز ندار|ه$|\\w{2,}(?:د|ید|یم|ده|شده)$)|نه$|بدون|هرگز|هیچ|بی$|عدم|غیر|خودداری|پرهیز|اجتناب|منع|ممنوع|جلوگیری",
    "ur": "نہ$|نہیں|مت$|بغیر|کبھی نہ|بنا$|منع|پرہیز|گریز|بچیں|غیر|عدم",
    "ps": "مه$|نه$|پرته|هیڅ|نۀ|منع|ډډه|بې$|ونه\\w*|نده$|ندي$|نش\\w+|نلر|نه\\w*",
    "de": "nicht|kein|nie$|niemals|ohne|nichts|weder|un\\w+|vermeid|verbot",
    "it": "non$|mai$|senza|nessun|né$|niente|nulla|evit|vieta",
    "pl": "nie|nigdy|bez|ani$|nic$|żaden|żadn|unika|zakaz",
    "tr": "değil|hiç|asla|yok|\\w+(?:mayın|meyin|mayınız|meyiniz|mamalı|memeli|maz$|mez$|mıyor|miyor|muyor|müyor|madan|meden|madığ|mediğ|madı|medi|mama|meme|mazs|mezs|mayac|meyec|masın|mesin)\\w*|olmadan|\\w+s[ıiuü]z|kaçın|yasak",
    "id": "tidak|jangan|tanpa|bukan|belum|tak$|hindari|dilarang|anti",
    "ja": "ない|ません|ず|なし|なく|なかっ|禁|無|不|非|未|避け|いけ",
    "th": "ไม่|อย่า|ห้าม|ไร้|มิ|ปราศจาก|หลีกเลี่ยง|งด",
    "he": "לא$|אל$|אין$|בלי|ללא|לעולם|אסור|אינ|הימנע|שלא|מבלי",
    "hy": "չ\\w+|մի$|ոչ|առանց|երբեք|խուսափ|\\w*չ\\w*",
    "bn": "না|নয়|নেই|ছাড়া|নি$|নিষেধ|কখনও|কখনোই|এড়িয়ে|বিনা|\\w+না$|\\w+বেন না|অ\\w+",
    "ne": "न\\w*|हुँदैन|छैन|बिना|कहिल्यै|होइन|मनाही|बेगर|\\w+दैन|\\w+ैन",
    "ta": "\\w*ாத\\w*|\\w*இல்லை|\\w*வேண்டாம்|\\w*கூடாது|\\w*இல்லா\\w*|\\w*வில்லை|\\w*ாது$|\\w*ாமல்|தவிர்",
    "my": "မ|မရှိ|ဘဲ|ရှောင်",
    "km": "មិន|កុំ|គ្មាន|ពុំ|អត់|ជៀសវាង|ហាម|មុន",
    "lo": "ບໍ່|ຢ່າ|ຫ້າມ|ບໍ|ຫຼີກ|ຫຼີກ",
    "am": "አይ\\w*|አል\\w*|ያለ$|የለ\\w*|አት\\w*|ሳይ\\w*|አያ\\w*|በጭራሽ|አን\\w*|ካል\\w*|ያል\\w*|\\w+ላይ|ምንም",
    "ti": "ኣይ\\w*|ብዘይ|የለን|ኣይት\\w*|ዘይ\\w*|\\w+ን$|ፈጺም|እንተዘይ\\w*",
}
NO["prs"] = NO["fa"]

STOP: dict[str, str] = {
    "es": "evit|suspend|dej[aeó]\\w* de|dejar|pare$|parar|salt[eao]|omit|absten|absténg|interrump|prohib|descontin|alej|olvid|pierd|prevenir",
    "pt-BR": "evit|suspend|par[ae]r?$|deix\\w+ de|pul[ea]|omit|absten|interromp|proib|descontinu|esque[çc]|perd|afast|fique longe|mantenha\\w* longe|fuja",
    "fr": "évit|arrêt|cess|saut|omet|absten|absti|interrom|interdi|suspend|stopp|oubli|manqu|éloign|proscri|renonc",
    "vi": "tránh|ngưng|ngừng|dừng|bỏ|cấm|kiêng|quên|thôi|hạn chế|tránh xa|lỡ|ngăn",
    "ht": "evite|sispann|rete|kanpe|sote|entèdi|kite$|bliye|rate|manke|lwen|neglije|twòp|bay vag",
    "tl": "\\w*iwas|itigil|ihinto|\\w*tigil|\\w*laktaw|bawal|huminto|\\w*tigil|\\w*kalimut|palya|lumiban|ipagpaliban|ihinto|lumayo|ilayo|makaligta|nakaligta|pumalya",
    "zh-Hans": "避免|停|戒|忌|禁|跳过|漏|忘|远离|切勿|错过|省略|避开|谢绝|防止|少",
    "ar": "تجنب|تجنّب|توقف|توقّف|أوقف|امتنع|تفوت|تفويت|تخط|يمنع|ممنوع|إيقاف|وقف|ابتعد|تنس|نسي|فات|اترك|تهمل|التوقف|تتوقف|إهمال|يتجنب|فوّت|تفوّت|تجنبي|احذر",
    "ru": "избег|прекра|перест|пропу|отмен|брос|воздерж|запре|исключ|остан|забы|откаж|не допус|держ\\w+ подальше|прерыв",
    "ko": "피하|피해|중단|끊|멈추|멈춰|건너|금지|금주|금연|삼가|거르|중지|그만|빠뜨|잊|놓치|걸러|빼먹|멀리|금합",
    "hi": "बच(?:ें|ना|ने|कर|ाव|ाएँ)|बंद|रोक|छोड|छोड़|परहेज|परहेज़|टाल|मना|भूल|छूट|दूर रह|त्याग|चूक",
    "so": "ka fogow|jooji|iska ilaali|ka fogaa|ka bood|dhaaf|ka dheer|iska daa|seeg|ilow|ilaw|hilmaan|joog|ka fogee|iska jir",
}
STOP["zh-Hant"] = "避免|停|戒|忌|禁|跳過|漏|忘|遠離|切勿|錯過|省略|避開|謝絕|防止|少"

# What says that it goes on, where "do not stop" is turned into a command.
GO_ON: dict[str, str] = {
    "es": "sig[aue]|continu|mant|complet|termin|acab|todo",
    "pt-BR": "continu|sig[ae]|mant|complet|termin|até|tod[oa]",
    "fr": "continu|poursui|complet|termin|jusqu|tout|gard",
    "vi": "tiếp tục|đủ|hết|đều|duy trì|luôn|đầy đủ|giữ",
    "ht": "kontinye|fini|tout|rete pran|toujou",
    "tl": "ipagpatuloy|patuloy|tapusin|ubusin|magpatuloy|lahat|tuloy",
    "zh-Hans": "继续|坚持|按时|完|满|全部|保持|务必|一定|仍",
    "ar": "استمر|واصل|أكمل|تابع|حافظ|كامل|داوم|جميع|التزم",
    "ru": "продолж|заверш|до конца|вс[её]|полн|обязат|заканч|допе",
    "ko": "계속|모두|끝까지|꾸준|다 |전부|반드시|유지|꼭",
    "hi": "जारी|पूर|लगातार|ज़रूर|जरूर|हमेशा|रखें",
    "so": "sii|dhammee|dhamaystir|wad$|joogtee|dhamee|wada",
}
GO_ON["zh-Hant"] = "繼續|堅持|按時|完|滿|全部|保持|務必|一定|仍"

# "No deje de tomar", "n'oubliez pas": two negatives that command.
COMMAND_BY_TWO: dict[str, str] = {
    "es": "no (?:se )?(?:dej|olvid|omit|salt|suspend|interrump|pierd|falt)|no\\b.{0,40}\\b(?:hasta|sino|más que|sólo|solo)|no (?:solo|sólo|solamente)",
    "pt-BR": "não (?:se )?(?:deix|esque|omit|pul|suspend|interromp|perc|perd|falt|par)|não\\b.{0,40}\\b(?:até|senão|só|apenas)|não só|não apenas",
    "fr": "n['’e]\\s?(?:oubli|arrêt|omet|manqu|saut|interromp|hésit|tard)|ne\\b.{0,40}\\bqu|n['’].{0,40}\\bqu|ne pas (?:oubli|omett|arrêt|saut)|non seulement",
    "vi": "(?:đừng|không|chớ)(?: \\w+){0,2} (?:quên|bỏ|ngưng|ngừng|sót|ngại)|không chỉ|không (?:nên|được) (?:bỏ|quên|ngưng|ngừng)",
    "ht": "pa (?:janm )?(?:bliye|sispann|rete|sote|manke|rate|kite|neglije|ezite|pè)|pa .{0,30}sof",
    "tl": "huwag (?:\\w+ )?(?:\\w*kalimut|itigil|ihinto|\\w*laktaw|lumiban|\\w*tigil|palya|mag-?atubili)|hindi lamang|hindi lang",
    "zh-Hans": "(?:不要|别|勿|切勿|请勿|不可|不能|不得|莫)(?:忘|停|漏|中断|错过|跳过|擅自停|犹豫|间断)|不仅|不但|不只|不断|不停|不时|不久",
    "ar": "لا (?:تنس|تتوقف|توقف|تفوت|تفوّت|تهمل|تتردد|تتخط|تترك|تغفل|تقطع)|لا .{0,40}إلا|ليس فقط",
    "ru": "не (?:забы|прекращ|прерыв|пропус|брос|перест|отмен|отклад|стесн)|не только|не снима|не вынима|не убира|не менее|не больше|не более|не реже|не ранее|не позднее|не дожид|не позже|не дольше|не старше|не младше|не чаще",
    "ko": "(?:잊|빠뜨|중단하|멈추|끊|거르|건너뛰|놓치|빼먹|그만두|주저하|망설이)지 ?(?:말|마|않)|뿐만 아니라|뿐 아니라",
    "hi": "(?:न|मत|ना|नहीं) (?:भूल|छोड|छोड़|रोक|बंद|हिचक|चूक)|(?:भूल|छोड़?|बंद कर|रोक|हिचक)\\w* (?:न|मत|ना|नहीं)|न केवल|न सिर्फ",
    "so": "ha (?:ilaaw|ilow|hilmaan|joojin|ka boodin|iloob|seegin|dhaafin|moog)",
}
COMMAND_BY_TWO["zh-Hant"] = (
    "(?:不要|別|勿|切勿|請勿|不可|不能|不得|莫)(?:忘|停|漏|中斷|錯過|跳過|猶豫)|不僅|不但|不只|不斷|不停|不時|不久"
)
