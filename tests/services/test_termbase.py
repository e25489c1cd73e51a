"""Keeping house terms: files in and out, the starter, and what the desk then says."""

import pytest

from content import languages
from content.models import TermbaseEntry
from content.services import correcting, termbase
from content.services.errors import Refused
from content.text.interchange.terms import COLUMNS, TermRecord, read_csv, read_table, read_tbx

pytestmark = pytest.mark.django_db

PORTUGUESE = languages.get("pt-BR")
CSV = (
    "source,preferred,variants,forbidden,keep\nstroke,AVC,derrame; AVE,apoplexia,\nMyChart,,,,yes\n"
)


def entry(**values):
    return TermbaseEntry.objects.create(
        **{"language": "pt-BR", "source": "meal", "preferred": "refeição"} | values
    )


def test_a_spreadsheet_goes_in_and_comes_out_the_same():
    counted = termbase.take(CSV.encode(), PORTUGUESE)
    assert (counted.added, counted.changed, counted.same) == (2, 0, 0)
    out = termbase.export(PORTUGUESE, tbx=False)
    assert {one.source: one for one in read_csv(out)} == {
        "stroke": TermRecord("stroke", "AVC", ("derrame", "AVE"), ("apoplexia",)),
        "MyChart": TermRecord("MyChart", "MyChart", keep=True),
    }
    again = termbase.take(out, PORTUGUESE)
    assert (again.added, again.changed, again.same) == (0, 0, 2)


def test_tbx_carries_all_of_it():
    termbase.take(CSV.encode(), PORTUGUESE)
    out = termbase.export(PORTUGUESE, tbx=True)
    assert read_tbx(out, "en", "pt") == read_csv(termbase.export(PORTUGUESE, tbx=False))
    TermbaseEntry.objects.all().delete()
    assert termbase.take(out, PORTUGUESE).added == 2


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"\xff\xfe\x00", "UTF-8"),
        (b"term;word\na;b\n", "columns"),
        (b"source,preferred\nstroke,\n", "Row 2"),
        (b"source,preferred\n", "no terms for Portuguese"),
        (b"<xliff/>", "not a TBX"),
        (b"<tbx", "well-formed"),
    ],
)
def test_a_bad_file_changes_nothing_and_says_why(content, told):
    entry()
    with pytest.raises(Refused, match=told):
        termbase.take(content, PORTUGUESE)
    assert TermbaseEntry.objects.get().preferred == "refeição"


def test_the_starter_has_150_terms_in_ten_languages_and_leaves_ours_alone(ada):
    ours = entry(source="stroke", preferred="AVC, como dizemos", reviewed_by=ada)
    table = read_table(termbase.STARTER.read_text(encoding="utf-8"))
    assert set(table) == {"es", "pt-BR", "fr", "zh-Hans", "vi", "ar", "ru", "ko", "tl", "ht"}
    assert all(len(records) >= 150 for records in table.values())
    termbase.load_starter()
    ours.refresh_from_db()
    assert ours.preferred == "AVC, como dizemos" and ours.reviewed_by == ada
    others = TermbaseEntry.objects.exclude(pk=ours.pk)
    assert others.exists() and not others.filter(reviewed_by__isnull=False).exists()
    assert sum(counted.added for counted in termbase.load_starter().values()) == 0


def test_saving_is_reviewing_and_a_term_is_there_once(ada):
    row = TermbaseEntry(language="pt-BR", source="meal", preferred="refeição")
    termbase.save(row, actor=ada)
    assert row.reviewed_by == ada
    with pytest.raises(Refused, match="already"):
        termbase.save(TermbaseEntry(language="pt-BR", source="Meal", preferred="x"), actor=ada)


def test_the_desk_says_it_at_the_next_edit(translation, teresa):
    row = translation.segments.get(segment__text__contains="meals")

    def said(text):
        correcting.edit_translation(row=row, actor=teresa, shown=row.text, text=text)
        row.refresh_from_db()
        return [one.message for one in row.findings.filter(check_id="house_terms")]

    text = "Tome 500 mg de metformina duas vezes ao dia com as refeições."
    assert said(text) == []
    made = entry(preferred="comida")
    assert said(text + " ") == ["“meal” is called “comida” here."]
    made.variants, made.preferred = ["refeição"], "comida"
    made.save()
    assert said(text) == []


def test_the_form_of_the_admin_reads_lists(as_user, ada, client):
    data = {"language": "pt-BR", "source": " stroke ", "preferred": "AVC",
            "variants": "derrame; AVE;", "forbidden": ""}  # fmt: skip
    admin = as_user(ada)
    assert admin.post("/admin/content/termbaseentry/add/", data).status_code == 302
    row = TermbaseEntry.objects.get()
    assert (row.source, row.variants, row.reviewed_by) == ("stroke", ["derrame", "AVE"], ada)
    page = admin.get(f"/admin/content/termbaseentry/{row.pk}/change/").content.decode()
    assert 'value="derrame; AVE"' in page
    again = admin.post("/admin/content/termbaseentry/add/", data | {"source": "Stroke"})
    assert "already" in again.content.decode()


def test_columns_of_the_file_are_documented():
    assert COLUMNS == ("source", "preferred", "variants", "forbidden", "keep")
