"""Requests and notes that carry a patient's data are refused; ordinary requests are not."""

import pytest

from content.text.privacy import patient_data

REFUSED = [
    ("SSN 123-45-6789", "Social Security number"),
    ("her social security number is 123456789", "Social Security number"),
    ("Social Security: 123 45 6789", "Social Security number"),
    ("219-09-9999", "Social Security number"),
    ("MRN 4471902", "record number"),
    ("MRN: 00123456", "record number"),
    ("mrn#88-1234567", "record number"),
    ("medical record number 7781234", "record number"),
    ("Medical record no. A1234567", "record number"),
    ("patient ID 5567812", "record number"),
    ("Patient number: 998877", "record number"),
    ("chart #445566", "record number"),
    ("account number 10002345", "record number"),
    ("Member ID: XYZ123456", "record number"),
    ("insurance number 1EG4-TE5-MK72", "record number"),
    ("DOB 3/14/1962", "date of birth"),
    ("D.O.B.: 03-14-62", "date of birth"),
    ("date of birth: 14 March 1962", "date of birth"),
    ("born on June 5, 1980", "date of birth"),
    ("born 1980-06-05", "date of birth"),
    ("Birthdate 12.05.1971", "date of birth"),
    ("fecha de nacimiento: 05/06/1980", "date of birth"),
    ("call her at 617-555-0142", "phone number"),
    ("(617) 555-0142", "phone number"),
    ("617.555.0142", "phone number"),
    ("+1 617 555 0142", "phone number"),
    ("1-800-555-0199", "phone number"),
    ("call 555-0142", "phone number"),
    ("phone: 6175550142", "phone number"),
    ("cell +52 55 1234 5678", "phone number"),
    ("maria.lopez@example.org", "email address"),
    ("write to j_doe+clinic@mail.example.com today", "email address"),
    ("patient named Maria", "patient's name"),
    ("The patient's name is John Smith", "patient's name"),
    ("for patient Maria Lopez, with diabetes", "patient's name"),
    ("Patient: Ahmed Hassan", "patient's name"),
    ("please write this for Mrs. Nguyen", "patient's name"),
    ("Mr Okafor reads at grade 4", "patient's name"),
    ("Name: Jane Doe", "patient's name"),
    ("lives at 12 Oak Street", "street address"),
    ("120 N. Main Ave, apt 4", "street address"),
    ("4410 Martin Luther King Blvd", "street address"),
    ("P.O. Box 1187", "street address"),
]

ALLOWED = [
    "Call 911 right away.",
    "Call or text 988 at any time.",
    "Take 500 mg of metformin twice a day.",
    "Grade 6, Spanish and Vietnamese",
    "Published in 2024, reviewed 03/14/2024",
    "Next review on March 5, 2026.",
    "Blood pressure below 130/80 mmHg",
    "Take 1-2 tablets every 4-6 hours",
    "150 minutes a week, 10,000 steps a day",
    "HbA1c 7.0-7.5 %",
    "ICD-10 E11.9 and I10",
    "SNOMED 44054006",
    "RxNorm 860975",
    "LOINC 4548-4",
    "Patients with type 2 diabetes",
    "patient education on warfarin",
    "Patient Education Materials for adults",
    "Patient Safety Week handout",
    "For adults born before 1957",
    "babies born early (before 37 weeks)",
    "born with a heart defect",
    "Ask your doctor or nurse.",
    "Dr. Smith's method of foot care",
    "Use the form from the American Heart Association.",
    "Tell the patient to call the clinic.",
    "Call {clinic_phone} if the pain gets worse.",
    "See https://www.cdc.gov/vaccines/2024-2025",
    "Version 2.5.1 of the handout",
    "Take 1 tablet at 8:00 and 20:00.",
    "400-800 IU of vitamin D",
    "2,000 to 3,000 mg",
    "5 to 10 years after surgery",
    "45 CFR 92.201(c)(3)",
    "Fever of 100.4°F (38°C)",
    "Keep your medical record up to date.",
    "The record number of cases was in 2021.",
    "Walk down the street for 10 minutes.",
    "Follow the 12 Step program",
    "one in 3 adults",
    "Take the drive slowly after 24 hours.",
    "ages 18-64",
    "room 204, bed 2",
    "Use SPF 30 or higher.",
    "The name of your medicine is metformin.",
    "Account for every dose you miss.",
]


@pytest.mark.parametrize(("text", "kind"), REFUSED)
def test_a_patients_data_is_seen(text, kind):
    assert kind in {match.kind for match in patient_data(text)}


@pytest.mark.parametrize("text", ALLOWED)
def test_ordinary_words_pass(text):
    assert patient_data(text) == []


def test_a_match_points_at_its_words():
    (match,) = patient_data("Write for MRN 4471902, please.")
    assert "Write for MRN 4471902, please."[slice(*match.span)] == match.text == "MRN 4471902"


@pytest.mark.parametrize("unit", ["1-", "a@", "Aa ", "1 ", "MRN ", "Patient ", "12 Oak ", "+1 "])
def test_no_input_makes_it_slow(unit):
    # The suite's timeout is the assertion: quadratic patterns take minutes on this.
    assert isinstance(patient_data(unit * 50_000), list)
