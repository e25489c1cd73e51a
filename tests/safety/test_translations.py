"""Translations of our own making: good ones pass, wrong ones are blocked. No native speaker yet."""

import pytest

from content import languages
from content.safety.base import Pair, Severity, blocking, run
from content.safety.translations import TRANSLATION_CHECKS

GOOD = [
    ("es", "Do not take more than 5 mg a day.", "No tome más de 5 mg al día."),
    ("es", "Do not take more than 5 mg a day.", "Tome como máximo 5 mg al día."),
    ("pt-BR", "Don't take it for longer than 3 days.", "Tome por até 3 dias."),
    ("fr", "Take no more than 5 mg a day.", "Prenez au plus 5 mg par jour."),
    ("zh-Hans", "Do not take more than 5 mg a day.", "每天最多服用 5 毫克。"),
    ("ko", "Do not take more than 5 mg a day.", "하루 최대 5mg까지 복용하십시오."),
    ("hi", "Do not take more than 5 mg a day.", "दिन में अधिकतम 5 mg लें।"),
    ("es", "Do not drive after taking this medicine.", "No maneje después de tomar este medicamento."),
    ("es", "Call your doctor if you have a fever over 101°F.", "Llame a su médico si tiene fiebre de más de 101 °F."),
    ("es", "Take 1 tablet every 12 hours with food.", "Tome 1 tableta cada 12 horas con alimentos."),
    ("es", "Keep the wound clean and dry for 2 days.", "Mantenga la herida limpia y seca durante dos días."),
    ("pt-BR", "Do not take two doses at the same time.", "Não tome duas doses ao mesmo tempo."),
    ("pt-BR", "You may eat and drink as usual before the test.", "Você pode comer e beber normalmente antes do exame."),
    ("fr", "Do not stop taking your pills without asking your doctor.", "N'arrêtez pas de prendre vos comprimés sans demander à votre médecin."),
    ("fr", "Drink a glass of water every two hours.", "Buvez un verre d'eau toutes les deux heures."),
    ("fr", "Avoid alcohol while you take metronidazole.", "Évitez l'alcool pendant que vous prenez du métronidazole."),
    ("vi", "Take this medicine in the morning on an empty stomach.", "Uống thuốc này vào buổi sáng khi bụng đói."),
    ("vi", "Do not smoke for 24 hours before surgery.", "Không hút thuốc trong 24 giờ trước khi phẫu thuật."),
    ("ht", "Take two pills every morning with water.", "Pran de grenn chak maten ak dlo."),
    ("ht", "Do not give this medicine to children.", "Pa bay timoun medikaman sa a."),
    ("tl", "Drink plenty of water every day.", "Uminom ng maraming tubig araw-araw."),
    ("tl", "Do not eat for 8 hours before the test.", "Huwag kumain sa loob ng 8 oras bago ang pagsusuri."),
    ("zh-Hans", "Wash your hands before changing the bandage.", "更换绷带前请洗手。"),
    ("zh-Hans", "Take one tablet three times a day after meals.", "每日三次，每次一片，饭后服用。"),
    ("ar", "Take one capsule every eight hours.", "تناول كبسولة واحدة كل ثماني ساعات."),
    ("ar", "Do not take aspirin if you are pregnant.", "لا تتناولي الأسبرين إذا كنتِ حاملًا."),
    ("ru", "Do not take more than 8 tablets in 24 hours.", "Не принимайте более 8 таблеток в течение 24 часов."),
    ("ru", "Your next appointment is in three months.", "Ваш следующий приём через три месяца."),
    ("ko", "Do not chew the tablet.", "알약을 씹지 마십시오."),
    ("ko", "Use the cream on the rash twice a day.", "하루에 두 번 발진 부위에 크림을 바르십시오."),
    ("hi", "Do not lift anything heavy for six weeks.", "छह हफ़्ते तक कोई भारी चीज़ न उठाएँ।"),
    ("hi", "Take the medicine after dinner.", "रात के खाने के बाद दवा लें।"),
    ("so", "Drink one glass of water with the pill.", "Kiniinka ku cab hal galaas oo biyo ah."),
    ("de", "Do not take this medicine with alcohol.", "Nehmen Sie dieses Medikament nicht mit Alkohol ein."),
    ("uk", "Take 2 tablets twice a day.", "Приймайте 2 таблетки двічі на день."),
    ("fa", "Do not take more than 3 pills a day.", "بیشتر از ۳ قرص در روز مصرف نکنید."),
    ("ja", "Take 2 tablets after breakfast.", "朝食後に2錠を服用してください。"),
]  # fmt: skip

WRONG = [
    ("es", "Do not take more than 5 mg a day.", "Tome más de 5 mg al día."),
    ("pt-BR", "Do not take more than 5 mg a day.", "Tome mais de 5 mg por dia."),
    ("fr", "Never take more than 5 mg a day.", "Prenez plus de 5 mg par jour."),
    ("vi", "Do not take more than 5 mg a day.", "Uống hơn 5 mg mỗi ngày."),
    ("ar", "Do not take more than 5 mg a day.", "تناول أكثر من 5 ملغ يوميًا."),
    ("ru", "Do not take more than 5 mg a day.", "Принимайте больше 5 мг в день."),
    ("zh-Hans", "Do not take more than 5 mg a day.", "每天服用超过 5 毫克。"),
    ("ko", "Do not take more than 5 mg a day.", "하루 5mg 이상 복용하십시오."),
    ("hi", "Do not take more than 5 mg a day.", "दिन में 5 mg से ज़्यादा लें।"),
    ("es", "Take 1 tablet every 12 hours with food.", "Tome 1 tableta cada 2 horas con alimentos."),
    ("es", "Stop taking aspirin 7 days before surgery.", "Deje de tomar ibuprofeno 7 días antes de la cirugía."),
    ("es", "Do not drive after taking this medicine.", "Maneje después de tomar este medicamento."),
    ("es", "Go to the emergency room if you cannot breathe.", "Descanse en casa si no puede respirar."),
    ("pt-BR", "Apply the cream to the left arm.", "Aplique o creme no braço direito."),
    ("fr", "Drink a glass of water every two hours.", "Buvez un verre d'eau tous les deux jours."),
    ("fr", "Take the medicine before meals.", "Prenez le médicament après les repas."),
    ("fr", "Avoid alcohol while you take metronidazole.", "Buvez de l'alcool pendant que vous prenez du métronidazole."),
    ("vi", "Do not smoke for 24 hours before surgery.", "Hút thuốc trong 24 giờ trước khi phẫu thuật."),
    ("vi", "Take this medicine twice a day.", "Uống thuốc này ba lần mỗi ngày."),
    ("ht", "Take two pills every morning with water.", "Pran twa grenn chak maten ak dlo."),
    ("ht", "Do not give this medicine to children.", "Bay timoun medikaman sa a."),
    ("tl", "Do not eat for 8 hours before the test.", "Huwag kumain sa loob ng 8 oras pagkatapos ng pagsusuri."),
    ("tl", "Call 911 if you have chest pain.", "Tawagan ang doktor bukas kung masakit ang dibdib ninyo."),
    ("zh-Hans", "Take one tablet three times a day after meals.", "每日三次，每次一片，饭前服用。"),
    ("zh-Hans", "Do not exercise for two weeks.", "请锻炼两周。"),
    ("zh-Hans", "Take 20 mg of lisinopril once a day.", "每天服用一次氨氯地平 20 毫克。"),
    ("ar", "Do not take aspirin if you are pregnant.", "تناولي الأسبرين إذا كنتِ حاملًا."),
    ("ar", "Take one capsule every eight hours.", "تناول كبسولة واحدة كل ست ساعات."),
    ("ru", "Your next appointment is in three months.", "Ваш следующий приём через три недели."),
    ("ru", "Take the medicine at bedtime.", "Принимайте лекарство утром."),
    ("ko", "Do not chew the tablet.", "알약을 씹으십시오."),
    ("ko", "Take metoprolol 25 mg once a day.", "메토트렉세이트 25mg을 하루 한 번 복용하십시오."),
    ("hi", "Do not lift anything heavy for six weeks.", "छह हफ़्ते तक भारी चीज़ें उठाएँ।"),
    ("hi", "Take the medicine after dinner.", "रात के खाने से पहले दवा लें।"),
    ("so", "Do not eat before surgery.", "Wax cun qalliinka ka hor."),
    ("so", "Take three tablets a day.", "Maalintii qaado afar kiniin."),
    ("de", "Do not take this medicine with alcohol.", "Nehmen Sie dieses Medikament mit Alkohol ein."),
    ("fa", "Do not take more than 3 pills a day.", "بیشتر از ۸ قرص در روز مصرف نکنید."),
    ("es", "Use the drops in your left eye.", "Use las gotas en el ojo derecho."),
    ("es", "Call 555-0142.", "Llame al 555-0124."),
    ("es", "Visit https://a.example/x.", "Visite https://a.example/y."),
    ("es", "Take your pills.", "Tome sus pastillas sus pastillas sus pastillas."),
    ("es", "Take your pills with water every day.", "Take your pills with water every day."),
    ("ru", "Take your pills with water every day.", "Tome sus pastillas con agua todos los días."),
    ("es", "Wash your hands.", "Lave as mãos com água."),
    ("es", "Wash your hands.", "Lávese las <unk>."),
    ("es", "Wash your hands.", "..."),
    ("es", "Take 125 mcg of digoxin.", "Tome 125 mg de digoxina."),
    ("hi", "Take Celexa every day.", "रोज़ सेलेब्रेक्स लें।"),
    ("zh-Hant", "Take the medicine every day after you eat.", "请每天饭后服药，对症应该请医生检查。"),
]  # fmt: skip


def found(code, source, target):
    return run(TRANSLATION_CHECKS, Pair(source, target, languages.get(code)))


@pytest.mark.parametrize(("code", "source", "target"), GOOD)
def test_a_good_translation_passes(code, source, target):
    blocked = [f.message for f in found(code, source, target) if f.severity is Severity.BLOCKING]
    assert blocked == []


@pytest.mark.parametrize(("code", "source", "target"), WRONG)
def test_a_wrong_translation_is_blocked(code, source, target):
    assert blocking(found(code, source, target))


LOCAL_FORMS = [
    ("es", "Take 1,000 mg.", "Tome 1.000 mg."),
    ("es", "Take 1,000 mg.", "Tome 1,000 mg."),
    ("fr", "Take 2.5 mg.", "Prenez 2,5 mg."),
    ("fr", "Come at 8 p.m.", "Venez à 20 h."),
    ("hi", "Take 12 tablets.", "१२ गोलियाँ लें।"),
    ("ar", "Take two tablets twice a day.", "تناول حبتين مرتين في اليوم."),
    ("ru", "Take half a tablet twice a day.", "Принимайте по полтаблетки дважды в день."),
    ("zh-Hans", "9 in 10 adults feel well.", "90% 的成年人感觉良好。"),
    ("zh-Hans", "Your visit is on March 5, 2025.", "您的就诊日期是 2025 年 3 月 5 日。"),
    ("es", "You can take Tylenol.", "Puede tomar paracetamol."),
    ("vi", "Call 911 right away.", "Hãy gọi 911 ngay lập tức."),
]


@pytest.mark.parametrize(("code", "source", "target"), LOCAL_FORMS)
def test_numbers_and_names_in_their_local_form_pass(code, source, target):
    assert not blocking(found(code, source, target))


def test_a_finding_points_at_the_target():
    target = "Tome 50 mg al día."
    (finding,) = [f for f in found("es", "Take 5 mg a day.", target) if f.span]
    assert target[slice(*finding.span)] == "50"


@pytest.mark.parametrize("language", languages.translated(), ids=lambda language: language.code)
def test_every_language_is_checked_without_failing(language):
    pair = Pair("Do not take 2 tablets of aspirin.", "1 ½ — 2,5 {x} <b>", language)
    assert any(
        f.check == "numbers" or f.check == "placeholders" for f in run(TRANSLATION_CHECKS, pair)
    )


def test_ids_are_unique():
    ids = [check.id for check in TRANSLATION_CHECKS]
    assert len(ids) == len(set(ids))
