import io
import os
import shutil
import subprocess
import sys
import tarfile

import pytest
from fontTools.ttLib import TTFont

from content.engines.base import PermanentEngineError, TemporaryEngineError
from content.engines.renderer.font_sources import cjk_fonts, debian_fonts, sha256
from content.engines.renderer.font_table import CJK_WHEEL, DEBIAN_PACKAGE, FONT_FILES, FontFile
from content.engines.renderer.fonts import ensure_fonts, missing_fonts, use_private_fonts
from content.languages import LANGUAGES

ROBOTO = FontFile("Roboto.ttf", 5, "0" * 64)


def debian_package(name: str, data: bytes) -> bytes:
    """A Debian package by hand (deb(5)), with a member of odd size to be skipped."""
    archive = io.BytesIO()
    with tarfile.open(fileobj=archive, mode="w:xz") as tar:
        entry = tarfile.TarInfo(f"./usr/share/fonts/truetype/noto/{name}")
        entry.size = len(data)
        tar.addfile(entry, io.BytesIO(data))
    members = (
        ("debian-binary", b"2.0\n"),
        ("_odd", b"x"),
        ("control.tar.xz", archive.getvalue()),
        ("data.tar.xz", archive.getvalue()),
    )
    body = b"".join(
        f"{title:<16}{0:<12}{0:<6}{0:<6}{'100644':<8}{len(content):<10}`\n".encode()
        + content
        + b"\n" * (len(content) % 2)
        for title, content in members
    )
    return b"!<arch>\n" + body


@pytest.fixture
def copied(fonts, tmp_path):
    shutil.copytree(fonts / "files", tmp_path / "files")
    return tmp_path


def test_nothing_is_missing(fonts):
    assert missing_fonts(fonts) == []


def characters(path) -> set[int]:
    with TTFont(path, lazy=True) as font:
        return set(font.getBestCmap())


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.code)
def test_a_language_has_a_font_for_its_name_and_digits(fonts, language):
    latin = characters(fonts / "files" / "NotoSans-Regular.ttf")
    for file in FONT_FILES[language.font]:
        known = characters(fonts / "files" / file.name)
        assert {*map(ord, language.endonym + language.digits)} <= known | latin


def test_an_empty_folder_says_what_to_run(tmp_path):
    problems = missing_fonts(tmp_path)
    assert any("Noto Sans Khmer" in problem for problem in problems)
    assert all("pull_fonts" in problem for problem in problems)


def test_a_truncated_font_is_missing(copied):
    ensure_fonts(copied)
    (copied / "files" / "NotoSansThai-Bold.ttf").write_bytes(b"short")
    (problem,) = missing_fonts(copied)
    assert "NotoSansThai-Bold.ttf" in problem


def test_a_moved_folder_is_set_up_again(copied):
    (copied / "fonts.conf").write_text("<fontconfig><dir>/elsewhere</dir></fontconfig>")
    assert any("not set up" in problem for problem in missing_fonts(copied))
    assert missing_fonts(ensure_fonts(copied)) == []


def test_the_configuration_shows_no_other_folder(fonts):
    text = (fonts / "fonts.conf").read_text()
    assert "<reset-dirs/>" in text
    assert text.count("<dir>") == 1


def test_without_apt_it_says_which_file_to_put_where(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(TemporaryEngineError) as caught:
        ensure_fonts(tmp_path)
    assert DEBIAN_PACKAGE in str(caught.value)
    assert str(tmp_path / "sources") in str(caught.value)


def test_without_an_index_it_says_which_wheel_to_put_where(copied, monkeypatch):
    (copied / "files" / "NotoSansCJKSC-Bold.otf").unlink()
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    with pytest.raises(TemporaryEngineError, match=CJK_WHEEL):
        ensure_fonts(copied)


def test_a_damaged_wheel_is_refused(tmp_path):
    (tmp_path / CJK_WHEEL).write_bytes(b"PK damaged")
    with pytest.raises(PermanentEngineError, match="damaged"):
        next(cjk_fonts([FONT_FILES["Noto Sans CJK SC"][0]], tmp_path))


@pytest.mark.parametrize("data", [b"no archive", b"!<arch>\n"])
def test_a_damaged_package_is_refused(tmp_path, data):
    (tmp_path / DEBIAN_PACKAGE).write_bytes(data)
    with pytest.raises(PermanentEngineError, match="not a Debian package"):
        next(debian_fonts([ROBOTO], tmp_path))


@pytest.mark.parametrize("with_dpkg", [True, False])
def test_a_placed_package_is_read_with_and_without_dpkg(tmp_path, monkeypatch, with_dpkg):
    (tmp_path / DEBIAN_PACKAGE).write_bytes(debian_package("Roboto.ttf", b"glyph"))
    if not with_dpkg:
        monkeypatch.setenv("PATH", str(tmp_path))
    assert list(debian_fonts([ROBOTO], tmp_path)) == [(ROBOTO, b"glyph")]


def test_a_package_without_the_font_is_refused(tmp_path):
    (tmp_path / DEBIAN_PACKAGE).write_bytes(debian_package("Other.ttf", b"glyph"))
    with pytest.raises(PermanentEngineError, match=r"holds no Roboto\.ttf"):
        next(debian_fonts([ROBOTO], tmp_path))


def test_another_font_under_a_known_name_is_refused(copied):
    (copied / "files" / "NotoSansLao-Bold.ttf").unlink()
    (copied / "sources").mkdir()
    fake = debian_package("NotoSansLao-Bold.ttf", b"glyph")
    (copied / "sources" / DEBIAN_PACKAGE).write_bytes(fake)
    with pytest.raises(PermanentEngineError, match="differs from the one that was checked"):
        ensure_fonts(copied)
    assert not (copied / "files" / "NotoSansLao-Bold.ttf").exists()


def test_fonts_cannot_change_under_a_running_renderer(fonts, tmp_path):
    use_private_fonts(fonts)
    with pytest.raises(PermanentEngineError, match="Restart"):
        use_private_fonts(tmp_path)
    assert os.environ["FONTCONFIG_FILE"] == str(fonts / "fonts.conf")


@pytest.mark.slow
def test_it_fetches_its_own_package_lists_where_the_machine_has_none(tmp_path, monkeypatch):
    (tmp_path / "lists" / "partial").mkdir(parents=True)
    (tmp_path / "apt.conf").write_text(f'Dir::State::Lists "{tmp_path}/lists";')
    monkeypatch.setenv("APT_CONFIG", str(tmp_path / "apt.conf"))
    file = FONT_FILES["Noto Sans Lao"][0]
    ((_, data),) = debian_fonts([file], tmp_path)
    assert sha256(data) == file.sha256


@pytest.mark.slow
def test_two_processes_assemble_one_folder(tmp_path):
    code = (
        "import sys, pathlib; from content.engines.renderer.fonts import ensure_fonts;"
        "ensure_fonts(pathlib.Path(sys.argv[1]))"
    )
    both = [subprocess.Popen([sys.executable, "-c", code, tmp_path]) for _ in range(2)]
    assert [process.wait() for process in both] == [0, 0]
    assert missing_fonts(tmp_path) == []
