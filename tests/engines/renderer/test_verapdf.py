"""The reference checker agrees with the gate: veraPDF finds nothing, and finds what is wrong."""

import pikepdf
import pytest

from content.engines.renderer.document import Paper
from content.languages import get
from tests.engines.renderer import verapdf
from tests.engines.renderer.test_variants import in_form

# A language of each kind of script; every paper, size of print, and with English beside it or not.
FORMS = [
    ("en", Paper.LETTER, False, False), ("es", Paper.A4, False, True),
    ("ar", Paper.LETTER, False, True), ("fa", Paper.A4, True, False),
    ("ur", Paper.LETTER, True, True), ("zh-Hans", Paper.A4, False, False),
    ("ko", Paper.LETTER, True, False), ("hi", Paper.A4, False, True),
    ("km", Paper.LETTER, False, False), ("th", Paper.A4, True, True),
    ("my", Paper.LETTER, False, True), ("am", Paper.A4, False, False),
]  # fmt: skip


@pytest.mark.slow
def test_verapdf_finds_nothing_but_what_is_wrong(printed, tmp_path):
    files = [tmp_path / f"{code}.pdf" for code, *_form in FORMS]
    for file, (code, *form) in zip(files, FORMS, strict=True):
        file.write_bytes(printed(in_form(get(code), *form)))
    broken = tmp_path / "broken.pdf"
    with pikepdf.open(files[0]) as document:
        del document.Root.Lang, document.Root.StructTreeRoot
        document.save(broken)
    *found, of_broken = verapdf.failures([*files, broken])
    assert [problems for problems in found if problems] == []
    assert any(problem.startswith("7.1-") for problem in of_broken)
