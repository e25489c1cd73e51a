"""The private font folder of the PDF renderer.

It is assembled once by ``manage.py pull_fonts``, shared by clones, and the only folder that
fontconfig is shown: a font that happens to lie on one machine can never slip into a handout.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path
from xml.sax.saxutils import escape

from filelock import FileLock

from content.engines.base import PermanentEngineError, Progress
from content.engines.renderer.font_sources import cjk_fonts, debian_fonts, sha256
from content.engines.renderer.font_table import FONT_FILES, FontFile, Source, files_of
from content.languages import LANGUAGES

# For signs that the language's own family and Noto Sans do not have.
SYMBOL_FAMILIES = ("Noto Sans", "Noto Sans Symbols", "Noto Sans Symbols2", "Noto Sans Math")
_CONF = "fonts.conf"
_CONF_TEXT = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <reset-dirs/>
  <dir>{folder}/files</dir>
  <cachedir>{folder}/fontconfig</cachedir>
</fontconfig>
"""
_PULL = "Run `python manage.py pull_fonts`."

# The one configuration of this process: fontconfig cannot be turned to another folder later.
_chosen: set[str] = set()

_Reader = Callable[[list[FontFile], Path], Iterator[tuple[FontFile, bytes]]]
_READERS: dict[Source, _Reader] = {Source.DEBIAN: debian_fonts, Source.CJK: cjk_fonts}


def _silent(_done: int, _total: int, _what: str) -> None:
    """For callers that show nobody how far it has got."""


def ensure_fonts(cache: Path, progress: Progress = _silent) -> Path:
    """Assemble what is missing in ``cache`` and return it; every file is verified by SHA-256.

    Safe to interrupt and to run twice at once: a file appears whole or not at all, and the second
    process waits for the first. ``progress`` counts font files. Raises ``TemporaryEngineError``
    where a package cannot be downloaded and ``PermanentEngineError`` where a font is not the one
    that was checked, each saying what to do.
    """
    cache.mkdir(parents=True, exist_ok=True)
    with FileLock(cache / ".lock"):
        wanted = [file for file in _every_file() if not _intact(cache, file)]
        if wanted:
            _assemble(cache, wanted, progress)
        _write(cache / _CONF, _configuration(cache).encode())
    return cache


def missing_fonts(folder: Path) -> list[str]:
    """What stands in the way of rendering, one sentence each; empty when all is there.

    Looks at names and lengths only, so that it can run at every start.
    """
    problems = [
        f"{language.name} needs the font family “{language.font}”, which is not in the font table."
        for language in LANGUAGES
        if language.font not in FONT_FILES
    ]
    if not (folder / _CONF).is_file() or (folder / _CONF).read_text() != _configuration(folder):
        problems.append(f"{folder} is not set up as the font folder. {_PULL}")
    for family, files in FONT_FILES.items():
        absent = [file.name for file in files if not _present(folder, file)]
        if absent:
            problems.append(f"The font family “{family}” lacks {', '.join(absent)}. {_PULL}")
    return problems


def use_private_fonts(folder: Path) -> None:
    """Show fontconfig ``folder`` and nothing else, once and for all.

    To be called before the first font configuration is made: fontconfig reads it there.
    """
    configuration = str(folder.absolute() / _CONF)
    _chosen.add(configuration)
    if len(_chosen) > 1:
        _chosen.discard(configuration)
        raise PermanentEngineError(
            "This process already prints with the fonts of another folder. Restart it."
        )
    os.environ["FONTCONFIG_FILE"] = configuration


def _every_file() -> Iterator[FontFile]:
    return chain.from_iterable(FONT_FILES.values())


def _configuration(folder: Path) -> str:
    return _CONF_TEXT.format(folder=escape(str(folder.absolute())))


def _path(folder: Path, file: FontFile) -> Path:
    return folder / "files" / file.name


def _present(folder: Path, file: FontFile) -> bool:
    path = _path(folder, file)
    return path.is_file() and path.stat().st_size == file.size


def _intact(folder: Path, file: FontFile) -> bool:
    return _present(folder, file) and sha256(_path(folder, file).read_bytes()) == file.sha256


def _assemble(cache: Path, wanted: list[FontFile], progress: Progress) -> None:
    (cache / "files").mkdir(exist_ok=True)
    (cache / "sources").mkdir(exist_ok=True)
    done = 0
    for source, read in _READERS.items():
        ours = [file for file in files_of(source) if file in wanted]
        if not ours:
            continue
        progress(done, len(wanted), f"fetching {source.value}")
        for file, data in read(ours, cache / "sources"):
            _keep(cache, file, data)
            done += 1
            progress(done, len(wanted), file.name)
    # fontconfig trusts its cache over the files: a stale one reports glyphs that are not there.
    shutil.rmtree(cache / "fontconfig", ignore_errors=True)


def _keep(cache: Path, file: FontFile, data: bytes) -> None:
    if sha256(data) != file.sha256:
        raise PermanentEngineError(
            f"The font {file.name} made here differs from the one that was checked. Install the "
            "exact versions of requirements.txt, or copy the font folder of a machine where "
            f"`pull_fonts` worked to {cache}."
        )
    _write(_path(cache, file), data)


def _write(path: Path, data: bytes) -> None:
    """Whole or not at all; nothing is touched when the file already holds ``data``."""
    if path.is_file() and path.read_bytes() == data:
        return
    partial = path.with_name(f"{path.name}.partial")
    partial.write_bytes(data)
    partial.replace(path)
