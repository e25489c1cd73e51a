"""Files of many handouts, made by the worker with the real renderer."""

import datetime as dt
import hashlib
import re
import subprocess
import zipfile
from io import BytesIO

import pikepdf
import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from content.engines.renderer import imposing
from content.engines.renderer.imposing import Printed, Sheets
from content.models import Bundle, JobState, Publication, RenderedFile
from content.services import bundling, clinics, publishing, reviewing, workflow
from content.services.clinics import Order
from tests import builders

pytestmark = pytest.mark.usefixtures("fonts")

REASON = "A dose was wrong."


@pytest.fixture
def two(translation, teresa) -> list[Publication]:
    """The same handout in English and in Portuguese."""
    english = builders.make_public(translation.edition.publications.get())
    shown = translation.compute_fingerprint()
    reviewing.approve_translation(translation=translation, actor=teresa, shown=shown)
    return [english, builders.make_public(translation.publications.get())]


def made(cleo, publications, **changes) -> Bundle:
    wanted = Order(**{"kind": "zip", "publications": tuple(p.pk for p in publications), **changes})
    bundle = clinics.order(cleo, cleo.clinic, wanted)
    assert workflow.run(Bundle, bundle.pk, bundling.make)
    bundle.refresh_from_db()
    return bundle


PAGES = 2  # of each handout of the fixtures, on Letter


def content(bundle: Bundle) -> bytes:
    with default_storage.open(bundle.name) as handle:
        data = handle.read()
    assert hashlib.sha256(data).hexdigest() == bundle.sha256 and len(data) == bundle.size
    return data


def pages(bundle: Bundle) -> list[str]:
    """The text of each page."""
    read = subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=content(bundle), capture_output=True, check=True
    )
    return read.stdout.decode().split("\f")[:-1]


def test_a_zip_of_two(cleo, two):
    bundle = made(cleo, two)
    assert bundle.job_state == JobState.DONE and bundle.error == ""
    with zipfile.ZipFile(BytesIO(content(bundle))) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        assert names == ["contents.txt", "metformin_en_letter.pdf", "metformin_pt-BR_letter.pdf"]
        listed = archive.read("contents.txt").decode("utf-8-sig")
        english = archive.read(names[1])
    assert all(name in listed for name in names[1:]) and "Metformina" in listed
    assert hashlib.sha256(english).hexdigest() in listed
    assert RenderedFile.objects.filter(clinic=cleo.clinic, job_state=JobState.DONE).count() == 2


def test_a_pack_of_three_copies(cleo, two):
    bundle = made(cleo, two, kind="pack", copies=3, title="For the waiting room", bilingual=True)
    assert bundle.error == "" and bundle.job_state == JobState.DONE, bundle.error
    texts = pages(bundle)
    cover = texts[0]
    for words in ("Harbor Clinic", "For the waiting room", "Português", "Metformina"):
        assert words in cover
    assert texts[1].strip() == ""  # the back of the cover
    starts = [n for n, text in enumerate(texts) if re.search(r"\b1 (of|de) \d", text)]
    assert len(texts) % 2 == 0 and all(n % 2 == 0 for n in starts)
    assert len(starts) == 6


def test_without_cover_on_one_side(cleo, two):
    bundle = made(cleo, two, kind="pack", copies=2, cover=False, imposition="single")
    with pikepdf.open(BytesIO(content(bundle))) as document:
        assert len(document.pages) == 2 * len(two) * PAGES
        assert all("/Annots" not in leaf for leaf in document.pages)


def test_two_pages_on_a_side(cleo, two):
    bundle = made(cleo, two[:1], kind="pack", copies=2, imposition="two_up")
    with pikepdf.open(BytesIO(content(bundle))) as document:
        boxes = [[float(edge) for edge in leaf.mediabox[2:]] for leaf in document.pages]
    assert boxes[0] == [612, 792]  # the cover is read as it is
    assert boxes[2:] == [[792, 612]] * 4  # two pages and a copy of each, both sides


def test_what_was_withdrawn_is_left_out_and_said(cleo, two, carlos):
    wanted = Order("zip", tuple(p.pk for p in two))
    bundle = clinics.order(cleo, cleo.clinic, wanted)
    publishing.withdraw(publication=two[1], actor=carlos, reason=REASON)
    workflow.run(Bundle, bundle.pk, bundling.make)
    bundle.refresh_from_db()
    assert bundle.job_state == JobState.DONE and "Metformina" in bundle.error
    with zipfile.ZipFile(BytesIO(content(bundle))) as archive:
        assert archive.namelist() == ["contents.txt", "metformin_en_letter.pdf"]
        assert "Metformina" in archive.read("contents.txt").decode("utf-8-sig")
    assert list(bundle.publications.all()) == two[:1] and clinics.is_current(bundle)


def test_nothing_left(cleo, two, carlos):
    bundle = clinics.order(cleo, cleo.clinic, Order("zip", (two[0].pk,)))
    publishing.withdraw(publication=two[0], actor=carlos, reason=REASON)
    workflow.run(Bundle, bundle.pk, bundling.make)
    bundle.refresh_from_db()
    assert bundle.job_state == JobState.FAILED and "Metformin" in bundle.error


def test_a_withdrawal_closes_what_was_made(cleo, two, carlos):
    bundle = made(cleo, two)
    publishing.withdraw(publication=two[1], actor=carlos, reason=REASON)
    assert not clinics.is_current(bundle)
    clinics.order_again(bundle)
    workflow.run(Bundle, bundle.pk, bundling.make)
    bundle.refresh_from_db()
    assert clinics.is_current(bundle) and bundle.job_state == JobState.DONE


def test_too_many_pages(cleo, two, monkeypatch):
    monkeypatch.setattr(bundling, "MAX_PAGES", 3)
    bundle = made(cleo, two, kind="pack")
    assert bundle.job_state == JobState.FAILED and "4" in bundle.error and not bundle.name


def test_stopped_half_way(cleo, two, monkeypatch):
    bundle = clinics.order(cleo, cleo.clinic, Order("zip", (two[0].pk,)))
    render = bundling.printing.make

    def stop_then_render(file, claim):
        clinics.cancel(cleo, bundle)
        render(file, claim)

    monkeypatch.setattr(bundling.printing, "make", stop_then_render)
    workflow.run(Bundle, bundle.pk, bundling.make)
    bundle.refresh_from_db()
    assert bundle.job_state == JobState.CANCELLED and not bundle.name


def test_old_files_go(cleo, two, django_capture_on_commit_callbacks):
    old, fresh = made(cleo, two[:1]), made(cleo, two)
    week = timezone.now() - dt.timedelta(days=7)
    past = week - dt.timedelta(minutes=1)
    Bundle.objects.filter(pk=old.pk).update(updated_at=past)
    with django_capture_on_commit_callbacks(execute=True):
        assert bundling.remove_old(week) == 1
    old.refresh_from_db()
    assert old.name == "" and default_storage.exists(fresh.name)


# --- imposition ---------------------------------------------------------------------------------


def blank(count: int) -> bytes:
    with pikepdf.new() as document:
        for _page in range(count):
            document.add_blank_page(page_size=(612, 792))
        out = BytesIO()
        document.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("count", "sheets", "sides", "paper"),
    [(1, "single", 1, 1), (3, "single", 3, 3), (1, "duplex", 2, 1), (2, "duplex", 2, 1),
     (3, "duplex", 4, 2), (1, "two_up", 2, 1), (4, "two_up", 2, 1), (5, "two_up", 4, 2)],
)  # fmt: skip
def test_sides_and_sheets(count, sheets, sides, paper):
    sheets = Sheets(sheets)
    assert (imposing.sides(count, sheets), imposing.sheet_count(count, sheets)) == (sides, paper)
    out = BytesIO()
    assert imposing.impose([Printed(blank(count), copies=3)], sheets, out) == 3 * sides
    assert imposing.page_count(out.getvalue()) == 3 * sides


def test_copies_cost_nothing():
    one, many = BytesIO(), BytesIO()
    pdf = blank(2)
    imposing.impose([Printed(pdf)], Sheets.DUPLEX, one)
    imposing.impose([Printed(pdf, copies=200)], Sheets.DUPLEX, many)
    assert len(many.getvalue()) < len(one.getvalue()) + 200 * 400
