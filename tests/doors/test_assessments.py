"""The quality panel and the forms of the instruments, by the pages that people use."""

import re
from html.parser import HTMLParser

import pytest

from content.desk.quality import chart
from content.models import Assessment
from content.services import reviewing
from content.services.judging import judge
from content.text.instruments import CCI, PEMAT


def url(edition, instrument="pemat", save=""):
    return f"/desk/editions/{edition.pk}/assessments/{instrument}/{save}"


def get(client, edition, instrument="pemat"):
    return client.get(url(edition, instrument)).content.decode()


def post(client, edition, instrument="pemat", **changed):
    form = {"pemat": PEMAT, "cci": CCI}[instrument]
    answers = dict.fromkeys(form.items, "yes") | {"fingerprint": edition.compute_fingerprint()}
    return client.post(url(edition, instrument, "save/"), answers | changed)


class Page(HTMLParser):
    """Ids, checked radios and fieldsets of a page."""

    def __init__(self, html):
        super().__init__()
        self.ids, self.checked, self.tags = [], {}, []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        self.tags.append(tag)
        if "id" in found:
            self.ids.append(found["id"])
        if tag == "input" and "checked" in found:
            self.checked[found["name"]] = found["value"]


# --- the panel ----------------------------------------------------------------------------------


def panel(client, edition):
    page = client.get(f"/desk/editions/{edition.pk}/").content.decode()
    return re.search(r'<section class="panel quality".*?</section>', page, re.DOTALL).group()


def test_the_panel_names_its_formulas_and_the_grade_asked_for(as_user, edition, carlos):
    html = panel(as_user(carlos), edition)
    assert "Flesch-Kincaid grade" in html
    assert "SMOG grade" in html and "10 sentences or more" in html
    assert f"<strong>{edition.grade}</strong>" in html


def test_smog_stands_first_where_the_text_is_long_enough(as_user, edition, carlos):
    for ordinal in range(20, 32):
        edition.segments.create(ordinal=ordinal, section="do", text="Take your medicine every day.")
    html = panel(as_user(carlos), edition)
    assert html.index("SMOG grade") < html.index("Flesch-Kincaid grade")
    assert "Approximate: made for 30 sentences" in html


def test_notes_lead_to_their_segments(as_user, edition, ellen):
    segment = edition.segments.get(ordinal=6)
    reviewing.edit_segment(
        segment=segment, actor=ellen, shown=segment.text,
        text="500 mg of metformin is taken twice a day with meals. Get an MRI.",
    )  # fmt: skip
    html = panel(as_user(ellen), edition)
    assert f'<a href="#s{segment.pk}">“is taken” is passive. Say who does it.</a>' in html
    assert "does not explain: MRI" in html


def test_the_chart_has_a_name_a_description_and_its_numbers_in_a_table(as_user, edition, carlos):
    html = panel(as_user(carlos), edition)
    assert '<svg role="img" aria-labelledby="chart-title chart-desc"' in html
    assert (
        html.count('<rect class="bar')
        == html.count('lang="en">') - html.count('<span lang="en">')
        == 3
    )
    assert "style=" not in html and "<script" not in html


def test_the_chart_is_the_same_where_numbers_have_commas(as_user, edition, carlos):
    client = as_user(carlos)
    shape = [re.findall(r"<rect[^>]*>", panel(client, edition))]
    client.cookies["django_language"] = "de"
    shape.append(re.findall(r"<rect[^>]*>", panel(client, edition)))
    assert shape[0] == shape[1]


def rows(*grades):
    return [{"pk": 1, "sentences": [{"text": "A", "words": 1, "grade": g} for g in grades]}]


@pytest.mark.parametrize(
    ("grade", "y", "height", "over"),
    [(0.0, 107, 1, False), (-3.0, 107, 1, False), (6.0, 72, 36, False), (6.1, 71, 37, True),
     (18.0, 0, 108, True), (40.0, 0, 108, True)],
)  # fmt: skip
def test_bars_stay_inside_the_chart(grade, y, height, over):
    (bar,) = chart(rows(grade), 6).bars
    assert (bar.y, bar.height, bar.over) == (y, height, over)


def test_bars_stand_in_the_order_of_the_text():
    drawn = chart(rows(3.0, 9.0, 6.0), 6)
    assert [bar.x for bar in drawn.bars] == [24, 34, 44]
    assert (drawn.over, drawn.line) == (1, 72)


# --- the forms ----------------------------------------------------------------------------------


@pytest.mark.parametrize(("instrument", "items"), [("pemat", 24), ("cci", 20)])
def test_every_item_is_a_group_of_radios_with_a_legend(as_user, edition, carlos, instrument, items):
    page = Page(get(as_user(carlos), edition, instrument))
    assert page.tags.count("fieldset") == page.tags.count("legend") == items
    assert len(page.ids) == len(set(page.ids))


def test_the_program_has_filled_in_what_it_can_judge(as_user, edition, carlos):
    html = get(as_user(carlos), edition)
    judged = {item: j.value for item, j in judge(edition).items() if item in PEMAT.items}
    assert Page(html).checked == dict.fromkeys(PEMAT.items, "") | judged
    assert html.count("Judged by the program") == len(judged)


def test_a_clinician_fills_in_the_form(as_user, edition, carlos):
    client = as_user(carlos)
    assert post(client, edition, p16="na").url == url(edition)
    assert Assessment.objects.get().answers["p16"] == {"value": "na", "by": "program"}
    assert "<strong>100 %</strong> passes" in get(client, edition)
    assert "<strong>100 %</strong> passes" in panel(client, edition)


def test_a_score_just_below_the_mark_is_not_rounded_up_to_it(as_user, edition, carlos):
    client = as_user(carlos)
    post(client, edition, "cci", c2="no", c17="no", c3="no", c20="na")
    assert "<strong>89.5 %</strong> below the mark of 90 %" in get(client, edition, "cci")


def test_what_a_person_overruled_stays_overruled(as_user, edition, carlos):
    client = as_user(carlos)
    post(client, edition, p4="no", p26="")
    html = get(client, edition)
    assert (Page(html).checked["p4"], Page(html).checked["p26"]) == ("no", "")
    assert "Judged by a person" in html


def test_a_translator_reads_the_form_and_may_not_save_it(as_user, edition, teresa):
    client = as_user(teresa)
    assert get(client, edition).count("<fieldset disabled") == 24
    answer = post(client, edition)
    assert answer.status_code == 422
    assert "Only an educator or a clinician may assess" in answer.content.decode()
    assert not Assessment.objects.exists()


def test_a_refused_form_keeps_what_was_chosen(as_user, edition, carlos):
    answer = post(
        as_user(carlos), edition, "cci", c2="no", q1="Adults, MRN 12345678", q3="Weigh daily"
    )
    html = answer.content.decode()
    assert answer.status_code == 422
    assert Page(html).checked["c2"] == "no"
    assert "Weigh daily</textarea>" in html and "Adults, MRN 12345678</textarea>" in html
    assert 'aria-invalid="true" aria-describedby="q1-error"' in html


def test_a_page_of_an_older_text_is_refused(as_user, edition, carlos):
    answer = post(as_user(carlos), edition, fingerprint="old", p1="no")
    assert "Someone changed this text" in answer.content.decode()
    assert Page(answer.content.decode()).checked["p1"] == "no"


def test_answers_about_an_earlier_text_are_marked(as_user, edition, carlos, ellen):
    client = as_user(carlos)
    post(client, edition, p1="no")
    segment = edition.segments.get(ordinal=7)
    reviewing.edit_segment(
        segment=segment, actor=ellen, shown=segment.text,
        text="Do not stop taking metformin without asking your doctor.",
    )  # fmt: skip
    html = get(client, edition)
    assert Page(html).checked["p1"] == "no"
    assert "Answered for an earlier text" in html
    assert "Of an earlier text" in panel(client, edition)


@pytest.mark.parametrize("path", ["x/", "x/save/"])
def test_an_unknown_instrument_is_not_there(as_user, edition, carlos, path):
    client, address = as_user(carlos), f"/desk/editions/{edition.pk}/assessments/{path}"
    answer = client.post(address) if "save" in path else client.get(address)
    assert answer.status_code == 404


def test_strangers_are_sent_to_the_login(client, edition):
    assert "/admin/login/" in client.get(url(edition)).url
