"""What patients read around a handout, in every catalogue: complete, and safe to put into a page."""

import gettext
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.conf import settings
from django.contrib.admin import site
from django.template.base import Node
from django.template.loader import get_template
from django.templatetags.i18n import BlockTranslateNode, TranslateNode
from django.utils import translation

from content.engines.renderer.document import LABELS, Paper
from content.engines.renderer.handout import render_handout
from content.languages import translated
from tests.engines.renderer.samples import handout

pytestmark = pytest.mark.skipif(
    not shutil.which("msgfmt"), reason="msgfmt is not installed: apt-get install gettext"
)

LOCALE = Path(settings.BASE_DIR) / "locale"
PORTAL = Path(settings.BASE_DIR) / "templates" / "portal"
LOCALES = sorted(path.parts[-3] for path in LOCALE.glob("*/LC_MESSAGES/django.po"))
# Locale of each language by its tag: Django spells `pt-BR` as `pt_BR`.
BY_TAG = {language.code: translation.to_locale(language.code.lower()) for language in translated()}

# What staff may work in, but English.
STAFF = [translation.to_locale(tag) for tag in settings.STAFF_LANGUAGES if tag != "en"]

# Patients of these languages read the furniture of a page in English until somebody translates it.
WITHOUT_CATALOGUE = {
    "hy",
    "prs",
    "ps",
    "he",
    "ne",
    "ta",
    "my",
    "km",
    "th",
    "lo",
    "am",
    "ti",
    "nl",
    "hu",
    "hmn",
}
# Messages that a catalogue leaves out on purpose, by locale.
KNOWN_GAPS: dict[str, set[str]] = {}
# Words that are spelled as in English.
SAME_AS_ENGLISH = {"fr": {"Sources"}, "es": {"No"}, "it": {"No"}}

# Forms that a language has for numbers (gettext manual, "Plural forms"); the others have two.
PLURAL_FORMS = {"ar": 6, "pl": 3, "ru": 3, "uk": 3} | dict.fromkeys(
    ("id", "ja", "ko", "vi", "zh_Hans", "zh_Hant"), 1
)
# A4, the narrower paper, and its margin in large print (`templates/pdf/handout.css`), in points.
WIDTH, MARGIN = 595.3, 45.3
PAGES_FOUND = "%(n)s page found"  # the one message of the portal that a view puts together
# Plurals: a form for one or two may leave the number out.
COUNTED = {PAGES_FOUND, "%(n)s page"}
PLACEHOLDER = re.compile(r"\{\w+\}|%\(\w+\)\w")
# Translations stand unescaped in attributes; the hidden marks turn text round unseen.
UNSAFE = re.compile('["<>&\u200e\u200f\u202a-\u202e\u2066-\u2069]')

every_catalogue = pytest.mark.parametrize("locale", LOCALES)


def messages_of(node: Node) -> Iterator[str]:
    if isinstance(node, TranslateNode):
        yield node.filter_expression.var.literal
    elif isinstance(node, BlockTranslateNode):
        yield node.render_token_list(node.singular)[0]


def patient_messages() -> set[str]:
    """Every English text that the portal and the PDF pass to gettext; of plurals, the singular."""
    templates = [get_template(f"portal/{path.name}").template for path in PORTAL.glob("*.html")]
    nodes = [node for template in templates for node in template.nodelist.get_nodes_by_type(Node)]
    return {PAGES_FOUND, *LABELS.values(), *(text for node in nodes for text in messages_of(node))}


@pytest.fixture(scope="module")
def compiled(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("locale")
    for locale in LOCALES:
        part = Path(locale) / "LC_MESSAGES"
        (folder / part).mkdir(parents=True)
        source, target = LOCALE / part / "django.po", folder / part / "django.mo"
        subprocess.run(["msgfmt", "-o", target, source], check=True)
    return folder


@pytest.fixture
def catalogue(compiled, locale) -> gettext.GNUTranslations:
    return gettext.translation("django", compiled, [locale])


@pytest.fixture
def texts(catalogue) -> dict[str, list[str]]:
    """Message to its translation, or to its plural forms."""
    found: dict[str, list[str]] = {}
    for key, text in catalogue._catalog.items():
        found.setdefault(key[0] if isinstance(key, tuple) else key, []).append(text)
    del found[""]
    return found


@pytest.fixture(scope="module")
def all_messages(tmp_path_factory) -> set[str]:
    """Every English text that the product passes to gettext; of plurals, the singular."""
    copy = tmp_path_factory.mktemp("copy")
    for part in ("content", "eduengine", "templates"):
        shutil.copytree(settings.BASE_DIR / part, copy / part)
    (copy / "locale").mkdir()
    for name in ("manage.py", "pyproject.toml"):
        shutil.copy(settings.BASE_DIR / name, copy)
    read = [sys.executable, "manage.py", "makemessages", "--locale", "es", "--verbosity", "0"]
    subprocess.run(read, cwd=copy, check=True)
    with (copy / "locale" / "es" / "LC_MESSAGES" / "django.po").open("rb") as file:
        found = {message.id for message in read_po(file) if message.id}
    return {each if isinstance(each, str) else each[0] for each in found}


@pytest.mark.parametrize("locale", STAFF)
def test_everything_that_staff_read_is_translated(texts, all_messages):
    assert len(all_messages) > 700
    assert {message for message in all_messages if not all(texts.get(message, [""]))} == set()


@pytest.mark.parametrize("locale", STAFF)
def test_what_staff_read_keeps_its_placeholders(texts):
    """A plural form may leave its number out; nothing else, and nothing may be made up."""
    changed = {}
    for message, forms in texts.items():
        known = PLACEHOLDER.findall(message)
        for text in forms:
            found = PLACEHOLDER.findall(text)
            same = sorted(found) == sorted(known)
            if not same and (len(forms) == 1 or not set(found) <= set(known)):
                changed[message] = text
    assert not changed


@pytest.mark.parametrize("locale", STAFF)
def test_words_of_packages_pass_the_checks_of_msgfmt(locale, tmp_path):
    source = LOCALE / "packages" / locale / "LC_MESSAGES" / "django.po"
    done = subprocess.run(
        ["msgfmt", "--check", "-o", tmp_path / "django.mo", source], capture_output=True, text=True
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_the_portal_is_read_for_messages():
    found = patient_messages()
    assert {"Skip to the text", "Read aloud", "%(n)s page", "Phone: {number}"} <= found


def test_every_language_has_a_catalogue_or_is_known_to_lack_one():
    assert set(BY_TAG.values()) - set(LOCALES) == WITHOUT_CATALOGUE


def test_every_catalogue_is_of_a_language_in_the_table():
    assert LOCALES
    assert set(LOCALES) <= set(BY_TAG.values())


@every_catalogue
def test_a_catalogue_passes_the_checks_of_msgfmt(locale, tmp_path):
    source = LOCALE / locale / "LC_MESSAGES" / "django.po"
    done = subprocess.run(
        ["msgfmt", "--check", "-o", tmp_path / "django.mo", source], capture_output=True, text=True
    )
    assert (done.returncode, done.stderr) == (0, "")


@every_catalogue
def test_a_catalogue_holds_nothing_uncertain_or_obsolete(locale):
    lines = (LOCALE / locale / "LC_MESSAGES" / "django.po").read_text().splitlines()
    flags = [line for line in lines if line.startswith("#,") and "fuzzy" in line]
    assert not flags + [line for line in lines if line.startswith("#~")]


@every_catalogue
def test_everything_that_patients_read_is_translated(locale, texts):
    missing = {message for message in patient_messages() if not all(texts.get(message, [""]))}
    assert missing == KNOWN_GAPS.get(locale, set())


@every_catalogue
def test_nothing_is_left_in_english(locale, texts):
    left = {message for message in patient_messages() if message in texts.get(message, [])}
    assert left == SAME_AS_ENGLISH.get(locale, set())


@every_catalogue
def test_placeholders_are_kept(texts):
    changed = {
        message: text
        for message in patient_messages() - COUNTED
        for text in texts.get(message, [])
        if sorted(PLACEHOLDER.findall(text)) != sorted(PLACEHOLDER.findall(message))
    }
    assert not changed


@every_catalogue
def test_a_translation_cannot_break_the_page_that_holds_it(texts):
    shown = [text for message in patient_messages() for text in texts.get(message, [])]
    assert not [text for text in shown if UNSAFE.search(text)]


@every_catalogue
def test_a_catalogue_names_its_language(locale, catalogue):
    assert catalogue.info()["language"] == locale


@every_catalogue
def test_a_catalogue_has_the_plural_forms_of_its_language(locale, catalogue, texts):
    expected = PLURAL_FORMS.get(locale, 2)
    assert catalogue.info()["plural-forms"].startswith(f"nplurals={expected};")
    assert len(texts[PAGES_FOUND]) == expected


@every_catalogue
def test_a_number_is_shown_or_is_the_only_one_of_its_form(catalogue):
    numbers: dict[str, list[int]] = {}
    for n in range(1000):
        numbers.setdefault(catalogue.ngettext(PAGES_FOUND, "", n), []).append(n)
    unnumbered = [form for form in numbers if PLACEHOLDER.findall(form) != ["%(n)s"]]
    assert all(len(numbers[form]) == 1 for form in unnumbered)


@pytest.mark.parametrize(
    ("tag", "n", "text"),
    [
        ("ar", 0, "لم يتم العثور على أي صفحة"),
        ("ar", 2, "تم العثور على صفحتين"),
        ("ar", 3, "تم العثور على 3 صفحات"),
        ("ar", 11, "تم العثور على 11 صفحة"),
        ("ar", 103, "تم العثور على 103 صفحات"),
        ("es", 0, "0 páginas encontradas"),
        ("es", 1, "1 página encontrada"),
        ("fr", 0, "0 page trouvée"),
        ("pl", 1, "Znaleziono 1 stronę"),
        ("pl", 22, "Znaleziono 22 strony"),
        ("pl", 112, "Znaleziono 112 stron"),
        ("pt-BR", 2, "2 páginas encontradas"),
        ("ru", 12, "Найдено 12 страниц"),
        ("ru", 21, "Найдена 21 страница"),
        ("uk", 3, "Знайдено 3 сторінки"),
        ("zh-Hans", 1, "找到 1 个页面"),
    ],
)
def test_a_page_counts_as_its_readers_count(settings, compiled, tag, n, text):
    settings.LOCALE_PATHS = [compiled]
    with translation.override(tag.lower()):
        assert translation.ngettext(PAGES_FOUND, "%(n)s pages found", n) % {"n": n} == text


@pytest.mark.parametrize("tag", sorted(tag for tag in BY_TAG if BY_TAG[tag] in LOCALES))
def test_django_serves_our_words_and_not_its_own(settings, compiled, tag):
    settings.LOCALE_PATHS = [compiled]
    ours = gettext.translation("django", compiled, [BY_TAG[tag]])
    with translation.override(tag.lower()):
        served = {message: translation.gettext(message) for message in patient_messages()}
    assert served == {message: ours.gettext(message) for message in served}


def edges(pdf: bytes) -> tuple[float, float]:
    """Where the leftmost word of a PDF begins and the rightmost ends, in points."""
    done = subprocess.run(
        ["pdftotext", "-bbox", "-", "-"], input=pdf, capture_output=True, check=True
    )
    boxes = re.findall(r'<word xMin="([-\d.]+)".* xMax="([-\d.]+)"', done.stdout.decode())
    return min(float(left) for left, _ in boxes), max(float(right) for _, right in boxes)


@every_catalogue
def test_the_longest_line_fits_the_paper_in_large_print(locale, catalogue, fonts):
    """The dates of the imprint are kept on one line: a long translation would be cut off."""
    language = next(found for found in translated() if BY_TAG[found.code] == locale)
    labels = {key: catalogue.gettext(english) for key, english in LABELS.items()}
    document = handout(
        "en", language=language, labels=labels, paper=Paper.A4, large_print=True, demonstration=True
    )
    templates = Path(settings.BASE_DIR) / "templates"
    left, right = edges(render_handout(document, templates=templates, fonts=fonts))
    assert (left > MARGIN - 1, right < WIDTH - MARGIN + 1) == (True, True)


def test_names_of_tables_have_plurals_of_their_own():
    """Django's own plural is an "s" behind the translated name."""
    for model in site._registry:
        english, own = str(model._meta.verbose_name), str(model._meta.verbose_name_plural)
        assert model._meta.original_attrs.get("verbose_name_plural"), (english, own)
