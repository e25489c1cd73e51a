"""Fetching the packages that the private fonts are made of, and reading the fonts out of them.

Nothing is installed: packages are downloaded, or taken from where a person has put them, and read.
"""

import hashlib
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from content.engines.base import PermanentEngineError, TemporaryEngineError
from content.engines.renderer.font_table import (
    CJK_REQUIREMENT,
    CJK_WHEEL,
    CJK_WHEEL_SHA256,
    DEBIAN_PACKAGE,
    FONT_FILES,
    FontFile,
    Source,
)

_DOWNLOAD_SECONDS = 900
_AR_MAGIC, _AR_HEADER = b"!<arch>\n", 60
_DEBIAN_FONTS = "./usr/share/fonts/truetype/noto/"
_COLLECTION = "manimgx_fonts_cjk/NotoSansCJK-VF.otf.ttc"
_HELP = {
    Source.DEBIAN: (
        "On Debian or Ubuntu run `apt-get update` and try again. Anywhere else, download the "
        f"Debian package file {DEBIAN_PACKAGE} with a browser and put it into {{folder}}."
    ),
    Source.CJK: (
        "Check that pip can reach a package index, or download the wheel "
        f"{CJK_WHEEL} elsewhere and put it into {{folder}}."
    ),
}


def debian_fonts(wanted: list[FontFile], placed: Path) -> Iterator[tuple[FontFile, bytes]]:
    """The wanted files out of Debian's fonts-noto-core, any revision of it.

    ``placed`` is the folder where a person may have put the package. Whoever writes the bytes
    compares them with the recorded SHA-256, so the package itself needs no digest.
    """
    with TemporaryDirectory() as scratch:
        found = sorted(placed.glob("fonts-noto-core_*.deb"))
        package = found[-1] if found else _apt_download(Path(scratch), placed)
        with _package_members(package) as members:
            for file in wanted:
                yield file, _member(members, package, file.name)


def cjk_fonts(wanted: list[FontFile], placed: Path) -> Iterator[tuple[FontFile, bytes]]:
    """The wanted faces, cut one by one from the variable collection in the wheel."""
    # Imported here: only a machine that assembles fonts loads the font builder.
    import uharfbuzz

    from content.engines.renderer import cjk

    with TemporaryDirectory() as scratch:
        wheel = placed / CJK_WHEEL
        if not wheel.exists():
            wheel = _pip_download(Path(scratch), placed)
        collection = uharfbuzz.Blob(_collection(wheel))
    by_name = {
        name.name: (face, weight)
        for face in cjk.FACES
        for name, weight in zip(FONT_FILES[face.family], cjk.STYLES, strict=True)
    }
    for file in wanted:
        yield file, cjk.build(collection, *by_name[file.name])


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _apt_download(scratch: Path, placed: Path) -> Path:
    try:
        _run(["apt-get", "download", Source.DEBIAN.value], scratch, Source.DEBIAN, placed)
    except TemporaryEngineError:
        # Container images drop the package lists, and only root may fetch the system's.
        own = _own_lists(scratch)
        _run(["apt-get", *own, "update"], scratch, Source.DEBIAN, placed)
        _run(["apt-get", *own, "download", Source.DEBIAN.value], scratch, Source.DEBIAN, placed)
    return next(scratch.glob("*.deb"))


def _own_lists(scratch: Path) -> list[str]:
    """Options that make apt keep its lists below ``scratch``."""
    lists, cache = scratch / "lists", scratch / "cache"
    (lists / "partial").mkdir(parents=True)
    (cache / "archives" / "partial").mkdir(parents=True)
    return ["-o", f"Dir::State::Lists={lists}", "-o", f"Dir::Cache={cache}"]


def _pip_download(scratch: Path, placed: Path) -> Path:
    command = [sys.executable, "-m", "pip", "download", "--no-deps", "--quiet"]
    options = ["--disable-pip-version-check", "--only-binary=:all:", "--dest", str(scratch)]
    _run([*command, *options, CJK_REQUIREMENT], scratch, Source.CJK, placed)
    return scratch / CJK_WHEEL


def _run(command: list[str], scratch: Path, source: Source, placed: Path) -> None:
    try:
        subprocess.run(
            command, cwd=scratch, check=True, capture_output=True, text=True,
            timeout=_DOWNLOAD_SECONDS,
        )  # fmt: skip
    except FileNotFoundError as error:
        raise TemporaryEngineError(
            _unreachable(source, placed, f"{command[0]} is not installed")
        ) from error
    except subprocess.TimeoutExpired as error:
        raise TemporaryEngineError(_unreachable(source, placed, "it took too long")) from error
    except subprocess.CalledProcessError as error:
        lines = error.stderr.strip().splitlines() or ["no reason given"]
        raise TemporaryEngineError(_unreachable(source, placed, lines[-1])) from error


def _unreachable(source: Source, placed: Path, reason: str) -> str:
    advice = _HELP[source].format(folder=placed)
    return f"The font package {source.value} could not be downloaded ({reason}). {advice}"


def _package_members(package: Path) -> tarfile.TarFile:
    """The data part of a Debian package, by dpkg where it is there and by hand elsewhere."""
    try:
        if shutil.which("dpkg-deb"):
            return tarfile.open(fileobj=BytesIO(_dpkg_data(package)))
        return tarfile.open(fileobj=BytesIO(_ar_data(package.read_bytes())))
    except (tarfile.TarError, subprocess.CalledProcessError, ValueError) as error:
        raise PermanentEngineError(
            f"{package} is not a Debian package that can be read. Remove it and try again."
        ) from error


def _dpkg_data(package: Path) -> bytes:
    command = ["dpkg-deb", "--fsys-tarfile", str(package)]
    return subprocess.run(command, check=True, capture_output=True).stdout


def _ar_data(data: bytes) -> bytes:
    """The member ``data.tar.*`` of an ar archive (deb(5): 60-byte headers, even offsets)."""
    if not data.startswith(_AR_MAGIC):
        raise ValueError("not an ar archive")
    position = len(_AR_MAGIC)
    while position + _AR_HEADER <= len(data):
        header = data[position : position + _AR_HEADER]
        start, size = position + _AR_HEADER, int(header[48:58])
        if header.startswith(b"data.tar"):
            return data[start : start + size]
        position = start + size + size % 2
    raise ValueError("no data member")


def _member(members: tarfile.TarFile, package: Path, name: str) -> bytes:
    try:
        stream = members.extractfile(_DEBIAN_FONTS + name)
    except KeyError:
        stream = None
    if stream is None:
        raise PermanentEngineError(
            f"{package.name} holds no {name}. Put {DEBIAN_PACKAGE} beside or in place of it."
        )
    return stream.read()


def _collection(wheel: Path) -> bytes:
    data = wheel.read_bytes()
    if sha256(data) != CJK_WHEEL_SHA256:
        raise PermanentEngineError(
            f"{wheel.name} is damaged or not the release that was checked. Remove it and try again."
        )
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return archive.read(_COLLECTION)
