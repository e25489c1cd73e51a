"""Rewrites of our own making: faithful ones pass, wrong ones are blocked."""

import pytest

from content.safety.base import Pair, Severity, blocking, run
from content.safety.rewrites import REWRITE_CHECKS, retry_hints

FAITHFUL = [
    (
        "Individuals who drink every day should not stop abruptly.",
        "If you drink every day, do not stop suddenly.",
    ),
    (
        "Tablets must be swallowed whole and never crushed.",
        "Swallow the tablets whole. Do not crush them.",
    ),
    (
        "Aspirin should be continued unless the surgeon instructs otherwise.",
        "Do not stop aspirin unless your surgeon tells you to.",
    ),
    (
        "Pain that is not relieved by medicine should be reported.",
        "Report your pain if medicine does not help.",
    ),
    (
        "Patients who get hives while taking it should discontinue it.",
        "If you get hives while taking it, stop taking it.",
    ),
    (
        "Blisters that form after a burn should not be opened.",
        "Do not open blisters that form after a burn.",
    ),
    ("Statins may cause muscle pain.", "Some people get muscle pain from statins."),
    ("The vaccine reduces the risk of illness.", "The vaccine helps protect you from illness."),
    (
        "Honey must not be given to children under 12 months of age.",
        "Do not give honey to a child under 12 months old.",
    ),
    ("Patients with gout should avoid large meals.", "If you have gout, avoid large meals."),
    (
        "Walking is safe until unassisted walking is possible.",
        "Walking is safe until you can walk without help.",
    ),
    (
        "Administer one actuation of fluticasone in each nostril once daily.",
        "Spray fluticasone once in each side of your nose, one time a day.",
    ),
    (
        "Elevate the affected extremity above the level of the heart to reduce edema.",
        "Prop up your swollen arm or leg higher than your heart. This helps bring the swelling down.",
    ),
    (
        "Notify your provider promptly if you experience pruritus or urticaria after the infusion.",
        "Tell your doctor right away if you get itching or hives after your IV medicine.",
    ),
    (
        "The wound should be irrigated with saline twice daily and covered with a sterile dressing.",
        "Rinse your wound with salt water (saline) 2 times a day. Then cover it with a clean bandage.",
    ),
    (
        "Refrain from operating a motor vehicle for 24 hours following general anesthesia.",
        "Do not drive for 24 hours after you have had medicine to put you to sleep.",
    ),
    (
        "Children younger than 2 years should not receive over-the-counter cough and cold preparations.",
        "Do not give store-bought cough or cold medicine to a child under 2 years old.",
    ),
    (
        "Discard any unused portion of the reconstituted suspension after 14 days.",
        "Throw away any liquid medicine left over after 14 days.",
    ),
    (
        "Ensure adequate fluid intake of at least 2 liters daily unless otherwise instructed.",
        "Drink at least 2 liters of fluids a day unless you are told not to.",
    ),
    (
        "Avoid concomitant use of grapefruit juice with simvastatin.",
        "Do not drink grapefruit juice while you take simvastatin.",
    ),
    (
        "Seek immediate medical attention for sudden onset of unilateral vision loss.",
        "Get medical help right away if you suddenly lose sight in one eye.",
    ),
    (
        "Perform a fingerstick glucose measurement prior to each meal and at bedtime.",
        "Prick your finger to check your blood sugar before every meal and when you go to bed.",
    ),
    (
        "Patients with hypertension are advised to restrict sodium consumption to less than 2,300 mg per day.",
        "If you have high blood pressure, eat less than 2,300 mg of sodium each day.",
    ),
    (
        "Levothyroxine should be ingested on an empty stomach, 30 to 60 minutes before breakfast.",
        "Take levothyroxine when your stomach is empty, 30 to 60 minutes before you eat breakfast.",
    ),
    (
        "Apply the topical antifungal cream to the affected area and surrounding skin for 4 weeks.",
        "Rub the fungus cream on the sore area and the skin around it for four weeks.",
    ),
    (
        "Expect mild spotting for up to 3 days after the biopsy.",
        "You may have a little bleeding for up to 3 days after your biopsy.",
    ),
    (
        "Weight-bearing is prohibited on the left foot until radiographic healing is confirmed.",
        "Do not put weight on your left foot until an x-ray shows it has healed.",
    ),
    (
        "Inhale slowly and deeply, then hold the breath for 10 seconds.",
        "Breathe in slowly and deeply. Then hold your breath for 10 seconds.",
    ),
    (
        "Febrile infants under 28 days of age require evaluation in the emergency department.",
        "If a baby less than 28 days old has a fever, go to the emergency room.",
    ),
    (
        "Constipation is a frequent adverse effect of opioid analgesics.",
        "Strong pain medicines called opioids often cause constipation.",
    ),
    (
        "Gradually increase physical activity as tolerated following discharge.",
        "After you go home, slowly do more activity as you feel able.",
    ),
    (
        "Do not abruptly cease escitalopram; taper under medical supervision.",
        "Do not stop escitalopram all at once. Lower it little by little with your doctor's help.",
    ),
    (
        "Rotate insulin injection sites to prevent lipohypertrophy.",
        "Change the spot where you inject insulin so you do not get lumps under your skin.",
    ),
    (
        "Hand hygiene should be performed before and after manipulating the catheter.",
        "Wash your hands before and after you touch the catheter.",
    ),
    (
        "Annual influenza vaccination is recommended for all individuals aged 6 months and older.",
        "Everyone 6 months of age and older should get a flu shot each year.",
    ),
    (
        "If nausea persists beyond 48 hours, contact the oncology clinic.",
        "Call the cancer clinic if you still have an upset stomach after 48 hours.",
    ),
    (
        "Monitor the incision for erythema, purulent drainage, or dehiscence.",
        "Check your cut for redness, pus, or opening up.",
    ),
    (
        "The suppository should be inserted rectally at bedtime.",
        "Put the suppository in your rectum at bedtime.",
    ),
    (
        "Refrigerate unopened vials; do not freeze.",
        "Keep unopened vials in the fridge. Do not freeze them.",
    ),
    (
        "Cleanse the perineal area from front to back following urination.",
        "After you pee, wipe from front to back.",
    ),
    (
        "Report persistent hoarseness lasting longer than 3 weeks.",
        "Tell your doctor if your voice is hoarse for more than 3 weeks.",
    ),
    (
        "Ondansetron may be administered 30 minutes prior to chemotherapy to prevent emesis.",
        "You may take ondansetron 30 minutes before chemo so you do not throw up.",
    ),
    (
        "Patients should remain NPO after midnight prior to the procedure.",
        "Do not eat or drink anything after midnight before your procedure.",
    ),
    (
        "Renal function should be monitored every 3 months during lithium therapy.",
        "You need a kidney test every 3 months while you take lithium.",
    ),
    (
        "Do not submerge the incision in water until sutures have been removed.",
        "Do not put your cut under water until your stitches are out.",
    ),
    (
        "Exercise may precipitate hypoglycemia in patients taking insulin.",
        "If you take insulin, exercise can make your blood sugar drop too low.",
    ),
    (
        "Administer the vaccine intramuscularly in the deltoid of the nondominant arm.",
        "The shot goes into the upper arm muscle of the arm you use less.",
    ),
    (
        "Use of tobacco products delays wound healing.",
        "Smoking or using other tobacco makes wounds heal more slowly.",
    ),
    (
        "Rest the injured ankle and apply ice for 15 to 20 minutes every 2 to 3 hours.",
        "Rest your hurt ankle. Put ice on it for 15 to 20 minutes every 2 to 3 hours.",
    ),
    (
        "Patients on warfarin should maintain consistent vitamin K intake.",
        "If you take warfarin, eat about the same amount of vitamin K each day.",
    ),
    (
        "Signs of dehydration in infants include decreased urine output and absence of tears.",
        "A baby who is dehydrated makes less pee and cries without tears.",
    ),
    (
        "If the peak flow value falls below 50 percent of personal best, use the rescue inhaler and seek emergency care.",
        "If your peak flow is less than 50% of your best, use your quick-relief inhaler and get emergency care.",
    ),
    (
        "Place the infant on the back for every sleep period.",
        "Always put your baby on the back to sleep.",
    ),
    (
        "Store nitroglycerin tablets in the original glass container.",
        "Keep nitroglycerin tablets in the glass bottle they came in.",
    ),
    (
        "The tablet may be divided along the score line but must not be crushed.",
        "You may split the tablet on the line, but do not crush it.",
    ),
    (
        "Hypertension is frequently asymptomatic.",
        "High blood pressure often has no symptoms.",
    ),
    (
        "Contact your oncologist if your temperature is 38°C or higher.",
        "Call your cancer doctor if your temperature is 38°C or more.",
    ),
    (
        "Wear nonslip footwear to reduce the risk of falls.",
        "Wear shoes that do not slip so you are less likely to fall.",
    ),
    (
        "A diuretic may increase urinary frequency.",
        "A water pill may make you pee more often.",
    ),
    (
        "Take the medication with a full glass of water and remain upright for 30 minutes.",
        "Take the medicine with a full glass of water. Stay sitting or standing up for 30 minutes.",
    ),
    (
        "Apply pressure to the nose for 10 minutes to control epistaxis.",
        "To stop a nosebleed, pinch your nose for 10 minutes.",
    ),
    (
        "Do not exceed 4 doses of acetaminophen in any 24-hour period.",
        "Do not take more than 4 doses of acetaminophen in 24 hours.",
    ),
    (
        "Latex condoms should be used to prevent transmission.",
        "Use latex condoms so you do not pass it on to others.",
    ),
    (
        "Syncope on standing may indicate orthostatic hypotension.",
        "If you faint when you stand up, your blood pressure may be dropping.",
    ),
    (
        "Insulin that has been frozen should be discarded.",
        "Throw away insulin that has been frozen.",
    ),
    (
        "Rinse the mouth with water after each use of the corticosteroid inhaler to prevent candidiasis.",
        "Rinse your mouth with water each time after you use your steroid inhaler. This helps prevent thrush.",
    ),
    (
        "Schedule a follow-up appointment within 2 weeks of discharge.",
        "Make a follow-up visit within 2 weeks of leaving the hospital.",
    ),
    (
        "Limit caffeine consumption to 200 mg daily during pregnancy.",
        "While you are pregnant, have no more than 200 mg of caffeine a day.",
    ),
    (
        "Symptoms usually resolve within 7 to 10 days without treatment.",
        "Symptoms usually go away in 7 to 10 days without treatment.",
    ),
    (
        "Patients should void immediately before the ultrasound examination.",
        "Use the bathroom right before your ultrasound.",
    ),
    (
        "Maintain the affected arm in a sling for 3 weeks.",
        "Keep your hurt arm in a sling for 3 weeks.",
    ),
    (
        "Ciprofloxacin should not be taken with dairy products or calcium-fortified juices alone.",
        "Do not take ciprofloxacin with only milk products or juice with added calcium.",
    ),
    (
        "Consume small, frequent meals to minimize reflux.",
        "Eat small meals more often so you have less heartburn.",
    ),
    (
        "The injection may produce transient discomfort at the injection site.",
        "The shot may hurt for a short time where you got it.",
    ),
    (
        "Remove dentures, jewelry, and contact lenses prior to surgery.",
        "Before surgery, take out your dentures and contact lenses and take off your jewelry.",
    ),
    (
        "Children with varicella must not attend school until all lesions have crusted.",
        "Keep a child with chickenpox home from school until all the sores have scabs.",
    ),
    (
        "Gently massage the fundus following delivery.",
        "Rub the top of your womb gently after birth.",
    ),
    (
        "Increase fiber intake to 25 to 30 grams daily.",
        "Eat 25 to 30 grams of fiber each day.",
    ),
    (
        "Visual disturbances require prompt ophthalmologic evaluation.",
        "If your vision changes, see an eye doctor right away.",
    ),
    (
        "Hearing aids should be removed before showering.",
        "Take out your hearing aids before you shower.",
    ),
    (
        "Complete the entire course of penicillin even if symptoms improve.",
        "Finish all of your penicillin even if you feel better.",
    ),
    (
        "Use an electric razor rather than a blade while receiving anticoagulants.",
        "Shave with an electric razor, not a blade, while you take blood thinners.",
    ),
    (
        "Keep the medication out of reach of children.",
        "Keep this medicine where children cannot get it.",
    ),
    (
        "Avoid contact with individuals who have respiratory infections.",
        "Stay away from people who have colds or other lung infections.",
    ),
    (
        "Supplemental oxygen must not be used near open flames.",
        "Do not use your oxygen near fire.",
    ),
    (
        "Begin walking 10 minutes twice daily and increase by 5 minutes each week.",
        "Start by walking 10 minutes two times a day. Add 5 minutes every week.",
    ),
    (
        "Nausea may be alleviated by taking the tablets with food.",
        "Taking the pills with food may help if you feel sick to your stomach.",
    ),
    (
        "If two consecutive doses are missed, contact your pharmacist.",
        "Call your pharmacist if you miss 2 doses in a row.",
    ),
    (
        "Dry mouth is a common adverse effect of oxybutynin.",
        "Oxybutynin often makes your mouth dry.",
    ),
    (
        "A low-grade fever is common for 1 to 2 days following immunization.",
        "It is common to have a slight fever for 1 or 2 days after a vaccine.",
    ),
    (
        "Dispose of used lancets in a sharps container.",
        "Put used lancets in a sharps container.",
    ),
    (
        "Apply sunscreen with SPF 30 or greater 15 minutes before sun exposure.",
        "Put on sunscreen with SPF 30 or higher 15 minutes before you go in the sun.",
    ),
    (
        "Deep vein thrombosis may present with unilateral calf swelling.",
        "A blood clot in a deep vein may make one calf swell.",
    ),
    (
        "Avoid abrupt position changes to prevent orthostatic hypotension.",
        "Do not sit or stand up quickly, so your blood pressure does not drop.",
    ),
    (
        "Tamsulosin should be taken approximately 30 minutes after the same meal each day.",
        "Take tamsulosin about 30 minutes after the same meal every day.",
    ),
    (
        "Patients with celiac disease must adhere to a strict gluten-free diet.",
        "If you have celiac disease, you must eat only gluten-free foods.",
    ),
    (
        "Place two drops in the affected ear four times daily for seven days.",
        "Put 2 drops in the sore ear 4 times a day for 7 days.",
    ),
    (
        "Neonates should receive 400 IU of vitamin D daily.",
        "Give your newborn 400 IU of vitamin D every day.",
    ),
    (
        "Hemoptysis necessitates immediate medical attention.",
        "Get medical help right away if you cough up blood.",
    ),
    (
        "A missed dose should be taken as soon as remembered unless it is almost time for the next dose.",
        "If you miss a dose, take it as soon as you remember. If it is almost time for the next dose, skip the missed one.",
    ),
    (
        "Bed linens should be laundered in hot water to eliminate mites.",
        "Wash your sheets in hot water to get rid of mites.",
    ),
    (
        "The patient may shower 48 hours postoperatively but should not soak in a bathtub.",
        "You may take a shower 48 hours after surgery, but do not soak in a tub.",
    ),
    (
        "Cholesterol-lowering therapy reduces the risk of myocardial infarction.",
        "Medicine that lowers cholesterol makes a heart attack less likely.",
    ),
    (
        "Refrain from sexual intercourse for 6 weeks after delivery.",
        "Do not have sex for 6 weeks after you give birth.",
    ),
    (
        "Dizziness and blurred vision are potential adverse effects.",
        "You may feel dizzy or have blurry vision.",
    ),
    (
        "Report hematemesis or black stools to your gastroenterologist immediately.",
        "Tell your stomach doctor right away if you vomit blood or have black stools.",
    ),
    (
        "Warm compresses may be applied for 10 minutes, 3 to 4 times daily.",
        "You can put a warm cloth on it for 10 minutes, 3 or 4 times a day.",
    ),
    (
        "Keep the head of the bed elevated at 30 degrees during tube feeding.",
        "During tube feeding, keep the head of the bed raised to 30 degrees.",
    ),
    (
        "Pregnant patients should avoid unpasteurized cheese.",
        "If you are pregnant, do not eat cheese made from raw milk.",
    ),
    (
        "Obtain a chest radiograph if the cough persists for more than 3 weeks.",
        "Get a chest x-ray if your cough lasts more than 3 weeks.",
    ),
    (
        "Methotrexate is administered once weekly, not daily.",
        "Take methotrexate once a week. Do not take it every day.",
    ),
    (
        "Children aged 6 to 11 years: administer 5 mL every 4 to 6 hours, not to exceed 30 mL in 24 hours.",
        "For children 6 to 11 years old, give 5 mL every 4 to 6 hours. Do not give more than 30 mL in 24 hours.",
    ),
    (
        "Hearing loss may be sudden or gradual.",
        "You may lose your hearing all at once or little by little.",
    ),
]

WRONG = [
    (
        "Patients should stop it and call the clinic if the bladder does not empty.",
        "Stop it. If the bladder does not empty, call the clinic.",
    ),
    ("Patients should avoid what triggers their asthma.", "Avoid what makes your asthma go away."),
    (
        "Patients should ask the clinic which weight is the goal for them.",
        "Ask the clinic which weight they want to be.",
    ),
    (
        "Glaucoma must be controlled before it is given.",
        "I will control your glaucoma before it is given.",
    ),
    (
        "Individuals who drink every day should not stop abruptly without supervision.",
        "If you drink every day, stop abruptly without supervision.",
    ),
    (
        "Patients should avoid sleeping on the arm and wearing tight sleeves on it.",
        "Do not sleep on the arm. Wear tight sleeves on it.",
    ),
    (
        "Aspirin should be continued unless the surgeon instructs otherwise.",
        "Aspirin should be continued unless the surgeon tells you to.",
    ),
    ("Statins may cause muscle pain.", "Statins cause muscle pain."),
    ("The vaccine reduces the risk of illness.", "The vaccine keeps you from illness."),
    ("Symptoms may return after treatment.", "Symptoms may go away after treatment."),
    ("Blood pressure may fall upon standing.", "Your blood pressure may rise when you stand up."),
    (
        "Nonprescription omeprazole should not be used for 14 days.",
        "Do not use omeprazole for 14 days.",
    ),
    ("The test does not always find the disease.", "The test does not find the disease."),
    ("Fluid intake should be restricted.", "Limit your water."),
    ("Pain may last several days.", "Pain may last."),
    ("About one in five patients vomit.", "About half of patients vomit."),
    ("The clinic should be called the same day.", "Call your clinic."),
    ("The skin should always be covered.", "The skin should be covered."),
    (
        "Parents should contact the clinic if the fingers become numb.",
        "Contact the clinic if your fingers become numb.",
    ),
    (
        "Administer 5 mL of amoxicillin suspension every 8 hours for 10 days.",
        "Take 5 mL of liquid amoxicillin every 6 hours for 10 days.",
    ),
    (
        "Administer 5 mL of amoxicillin suspension every 8 hours for 10 days.",
        "Take 5 tablespoons of liquid amoxicillin every 8 hours for 10 days.",
    ),
    (
        "Hydroxyzine may cause drowsiness.",
        "Hydralazine may make you sleepy.",
    ),
    (
        "Avoid strenuous exercise for 2 weeks after surgery.",
        "Do hard exercise for 2 weeks after surgery.",
    ),
    (
        "Contact the clinic the same day if drainage becomes purulent.",
        "If you see pus, bring it up at your next visit.",
    ),
    (
        "Take this medication with food to reduce gastric irritation.",
        "Take this medicine on an empty stomach so it does not upset your stomach.",
    ),
    (
        "Do not crush or chew extended-release tablets.",
        "You can crush or chew long-acting tablets.",
    ),
    (
        "Keep the cast dry and elevated.",
        "Keep the cast dry.",
    ),
    (
        "Rinse the mouth after using the inhaler.",
        "Rinse your mouth with hydrogen peroxide after you use your inhaler.",
    ),
    (
        "Call 911 if chest pain lasts more than 5 minutes.",
        "Call 911 if chest pain lasts more than 15 minutes.",
    ),
    (
        "Hyperkalemia may cause muscle weakness.",
        "Low potassium may make your muscles weak.",
    ),
    (
        "Apply the ointment to the left ear canal twice daily.",
        "Put the ointment in your right ear two times a day.",
    ),
    (
        "If the dose is vomited within 30 minutes, repeat it.",
        "If you throw up, take the dose again.",
    ),
    (
        "Stop the medication only if directed by your physician.",
        "Stop the medicine if you feel better.",
    ),
    (
        "Report signs of infection such as fever, chills, or increased pain.",
        "Tell us about signs of infection such as a fever.",
    ),
    (
        "Ice the knee for 20 minutes three times daily.",
        "Put ice on your knee for 20 minutes once a day.",
    ),
    (
        "The baby should be placed in a supine position for sleep.",
        "Put your baby on the tummy to sleep.",
    ),
    (
        "Use sunscreen while taking doxycycline due to photosensitivity.",
        "Use sunscreen while taking doxycycline, and take a vitamin C pill each day.",
    ),
    (
        "Store the eye drops in the refrigerator.",
        "Store the eye drops at room temperature.",
    ),
    (
        "Limit alcohol to no more than 1 drink per day.",
        "Limit alcohol to no more than 1 drink per week.",
    ),
    (
        "Bradycardia may occur with metoprolol.",
        "Metoprolol may make your heart beat too fast.",
    ),
    (
        "Do not take ibuprofen unless approved by your nephrologist.",
        "Do not take ibuprofen.",
    ),
    (
        "Take the antibiotic until the full course is completed.",
        "Take the antibiotic until you feel better.",
    ),
    (
        "Infants under 3 months with a fever require emergency evaluation.",
        "If your baby under 3 months has a fever, give plenty of fluids and rest at home.",
    ),
    (
        "Take 2 capsules at the first sign of migraine, then 1 capsule every hour as needed.",
        "Take 1 capsule at the first sign of migraine, then 2 capsules every hour as needed.",
    ),
    (
        "Do not immerse the cast in water.",
        "Soak the cast in water.",
    ),
    (
        "Prednisone should be taken in the morning.",
        "Take prednisolone in the morning.",
    ),
    (
        "Change the catheter bag every 5 to 7 days.",
        "Change the catheter bag every 5 to 7 hours.",
    ),
    (
        "Call the clinic if you gain more than 3 pounds in 1 day.",
        "Call the clinic if you gain less than 3 pounds in 1 day.",
    ),
    (
        "Apply moisturizer to damp skin twice daily.",
        "Put lotion on damp skin twice a day and cover it with plastic wrap overnight.",
    ),
    (
        "Clopidogrel must not be discontinued without consulting your cardiologist.",
        "Stop clopidogrel without talking to your heart doctor.",
    ),
    (
        "Seek emergency care for chest pain radiating to the left arm.",
        "Call your doctor next week if you have chest pain that spreads to your left arm.",
    ),
    (
        "Hypothermia requires gradual rewarming.",
        "A fever needs slow warming.",
    ),
    (
        "Stools may appear dark while taking iron supplements.",
        "Your urine may look dark while you take iron pills.",
    ),
    (
        "Fasting for 12 hours is required before the lipid panel.",
        "Do not eat for 2 hours before the cholesterol test.",
    ),
    (
        "Use the eye drops only in the right eye.",
        "Use the eye drops in both eyes.",
    ),
    (
        "Keep naloxone accessible at home.",
        "Keep naltrexone where you can reach it at home.",
    ),
    (
        "Resume driving when you are no longer taking opioid analgesics.",
        "You can drive while you take strong pain medicine (opioids).",
    ),
    (
        "Discontinue the cream if a rash develops.",
        "Use more cream if you get a rash.",
    ),
    (
        "Take with food.",
        "Take it with food. It may also help you lose weight.",
    ),
    (
        "Notify the nurse if you have a latex allergy, asthma, or a bleeding disorder.",
        "Tell the nurse if you have asthma.",
    ),
    (
        "A body temperature above 38.5°C warrants medical attention.",
        "See a doctor if your temperature is above 35.8°C.",
    ),
    (
        "Patients younger than 12 years should not use this product.",
        "If you are older than 12, do not use this product.",
    ),
    (
        "Do not give honey to infants younger than 1 year.",
        "Give honey to babies younger than 1 year.",
    ),
    (
        "Bed rest is recommended until the fever subsides.",
        "Stay in bed after your fever is gone.",
    ),
    (
        "Blood glucose below 54 mg/dL constitutes severe hypoglycemia.",
        "Blood sugar below 54 mg/dL is very high.",
    ),
    (
        "Inject 10 units of insulin glargine subcutaneously at bedtime.",
        "Inject 10 mL of insulin glargine under the skin at bedtime.",
    ),
    (
        "Remove the dressing after 24 hours.",
        "Leave the bandage on for 42 hours.",
    ),
    (
        "Drink 8 ounces of water with each dose.",
        "Drink 8 liters of water with each dose.",
    ),
    (
        "Avoid lifting objects heavier than 10 pounds for 6 weeks.",
        "Avoid lifting anything heavier than 10 pounds for 6 days.",
    ),
    (
        "Do not use this cream on broken skin.",
        "Use this cream on broken skin.",
    ),
    (
        "Monthly blood tests are required.",
        "You need blood tests every week.",
    ),
    (
        "If swelling of the face or throat occurs, call 911.",
        "If your face or throat swells, take a nap and see how you feel.",
    ),
    (
        "Furosemide should be taken in the morning to avoid nocturia.",
        "Take furosemide at bedtime so you do not wake up at night.",
    ),
    (
        "Take cetirizine for allergies.",
        "Take citalopram for allergies.",
    ),
    (
        "Wash the area with soap and water before applying the ointment.",
        "Put on the ointment.",
    ),
    (
        "Do not take antacids within 2 hours of this medication.",
        "Take antacids within 2 hours of this medicine.",
    ),
    (
        "Elevate the head of the bed by 6 inches.",
        "Raise the head of the bed 6 inches and drink milk before sleeping.",
    ),
    (
        "Check the feet daily for blisters, cuts, and redness.",
        "Check your feet every day for blisters.",
    ),
    (
        "Use the nebulizer every 4 to 6 hours as needed.",
        "Use the nebulizer every 4 to 6 minutes as needed.",
    ),
    (
        "Contact us if vomiting persists longer than 12 hours.",
        "Call us if you vomit for less than 12 hours.",
    ),
    (
        "Hypotension may cause dizziness on standing.",
        "High blood pressure may make you dizzy when you stand up.",
    ),
    (
        "Only a physician should adjust the insulin dosage.",
        "You can change your insulin dose yourself.",
    ),
    (
        "Apply a warm compress to the eye.",
        "Put a cold cloth on your eye.",
    ),
    (
        "Start the medication one day before travel.",
        "Start the medicine one day after you travel.",
    ),
    (
        "The stitches dissolve and do not need to be removed.",
        "The stitches do not dissolve and need to be removed.",
    ),
    (
        "Report any change in skin color to your nurse immediately.",
        "Tell your nurse about any change in skin color at your next appointment.",
    ),
]


@pytest.mark.parametrize(("source", "rewrite"), FAITHFUL)
def test_a_faithful_rewrite_passes(source, rewrite):
    found = run(REWRITE_CHECKS, Pair(source, rewrite))
    assert [finding.message for finding in found if finding.severity is Severity.BLOCKING] == []


@pytest.mark.parametrize(("source", "rewrite"), WRONG)
def test_a_wrong_rewrite_is_blocked(source, rewrite):
    assert blocking(run(REWRITE_CHECKS, Pair(source, rewrite)))


CAUGHT_BY = [
    ("numbers", "Take 5 mg.", "Take 50 mg."),
    ("units", "Take 5 mg daily.", "Take 5 mL daily."),
    ("phone_numbers", "Call 555-0142.", "Call 555-0124."),
    ("frequency", "Take one tablet twice daily.", "Take one tablet once a day."),
    ("frequency", "Change it every other day.", "Change it every day."),
    ("limits", "Drink at least 2 liters a day.", "Drink at most 2 liters a day."),
    ("limits", "Reduce the dose by 50%.", "Lower the dose to 50%."),
    ("labels", "Pink tablets have 5 mg and blue tablets have 3 mg.", "Blue tablets have 5 mg and pink tablets have 3 mg."),
    ("drugs", "Take aspirin with food.", "Take ibuprofen with food."),
    ("negation", "Do not drive.", "Drive."),
    ("urgency", "Call 911 for chest pain.", "Call your doctor for chest pain."),
    ("conditions", "Stop only if told to.", "Stop if told to."),
    ("opposites", "Sleep on the left side.", "Sleep on your right side."),
    ("certainty", "This may cause a rash.", "This will cause a rash."),
    ("omission", "Bring your glasses and your hearing aid.", "Bring your glasses."),
    ("addition", "Wash the cut.", "Wash the cut. Put honey on it."),
    ("leakage", "Wash the cut.", "Here is the rewrite: Wash the cut."),
    ("repetition", "Wash the cut.", "Wash the cut wash the cut wash the cut."),
    ("empty", "Wash the cut.", " … "),
    ("control_tokens", "Wash the cut.", "Wash the cut.</s>"),
    ("placeholders", "Call {clinic_phone}.", "Call the clinic."),
]  # fmt: skip


@pytest.mark.parametrize(("check", "source", "rewrite"), CAUGHT_BY)
def test_each_hazard_has_its_check(check, source, rewrite):
    assert check in {finding.check for finding in run(REWRITE_CHECKS, Pair(source, rewrite))}


@pytest.mark.parametrize(
    ("source", "rewrite", "must_say", "do_not_say"),
    [
        ("Report any hematuria.", "Report any pain.", "blood in the urine", "pain"),
        ("Take 5 mg twice daily.", "Take 5 mg once a day.", "2 times a day", None),
        ("Take 5 mg.", "Take 50 mg.", "5 mg", "50 mg"),
        ("Do not drive.", "Drive.", "Do not drive.", None),
    ],
)
def test_a_retry_is_told_what_to_say(source, rewrite, must_say, do_not_say):
    wanted, unwanted = retry_hints(source, run(REWRITE_CHECKS, Pair(source, rewrite)))
    assert must_say in wanted
    assert do_not_say is None or do_not_say in unwanted


def test_a_retry_without_blocking_findings_asks_for_nothing():
    assert retry_hints("Take 5 mg.", []) == ([], [])


def test_ids_are_unique():
    ids = [check.id for check in REWRITE_CHECKS]
    assert len(ids) == len(set(ids))
