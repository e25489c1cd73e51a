import json
import multiprocessing
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from content.engines.base import PermanentEngineError, TemporaryEngineError
from content.engines.translator import checkpoint
from content.engines.translator.files import sha256
from content.engines.translator.weights import MANIFEST, prepare, prepared
from tests.engines.translator.conftest import CHECKPOINT, quiet
from tests.shared import DATA, needs_shared

OFFICIAL = "facebook/nllb-200-distilled-600M"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A copy of the checkpoint, to be damaged."""
    return Path(shutil.copytree(CHECKPOINT, tmp_path / "source"))


def refusal(spec: object, tmp_path: Path, *, accepted: bool = True) -> str:
    with pytest.raises(PermanentEngineError) as refused:
        prepare(str(spec), tmp_path / "cache", accepted, quiet)
    return str(refused.value)


def test_the_converted_model_says_what_it_is(converted: Path, cache: Path):
    found = prepared(str(CHECKPOINT), cache)
    digest = sha256(CHECKPOINT / "model.safetensors", quiet)
    assert found is not None
    assert (found.folder, found.name) == (converted, "nllb-tiny")
    assert found.revision == f"sha256:{digest}"


def test_nothing_is_prepared_before_it_is_asked_for(tmp_path: Path):
    assert prepared(OFFICIAL, tmp_path) is None
    assert list(tmp_path.iterdir()) == []


def test_a_model_that_lost_bytes_is_not_prepared(converted: Path, cache: Path, tmp_path: Path):
    shutil.copytree(cache / "translators", tmp_path / "translators")
    os.truncate(tmp_path / "translators" / converted.name / "model.bin", 1000)
    assert prepared(str(CHECKPOINT), tmp_path) is None


def test_preparing_again_converts_nothing(converted: Path, cache: Path):
    before = (converted / "model.bin").stat().st_mtime_ns
    steps: list[str] = []
    prepare(str(CHECKPOINT), cache, True, lambda _done, _total, what: steps.append(what))
    assert steps == []
    assert (converted / "model.bin").stat().st_mtime_ns == before


def race(source: str, cache: str, start, log) -> None:
    start.wait()
    prepare(source, Path(cache), True, lambda _done, _total, what: log.put(what))


def test_two_processes_that_start_together_convert_once(source: Path, tmp_path: Path):
    context = multiprocessing.get_context("spawn")
    start, log = context.Barrier(2), context.Queue()
    arguments = (str(source), str(tmp_path / "cache"), start, log)
    workers = [context.Process(target=race, args=arguments) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(120)
    assert [worker.exitcode for worker in workers] == [0, 0]
    steps = [log.get() for _ in range(log.qsize())]
    assert sum(step.startswith("Converting") for step in steps) == 1


@pytest.mark.slow
def test_a_folder_that_changed_is_converted_anew(source: Path, tmp_path: Path):
    first = prepare(str(source), tmp_path / "cache", True, quiet)
    (source / "generation_config.json").write_text("{}")
    steps: list[str] = []
    again = prepare(str(source), tmp_path / "cache", True, lambda *step: steps.append(step[2]))
    assert again == first
    assert any(step.startswith("Converting") for step in steps)
    assert json.loads((again / MANIFEST).read_text())["licence"] == "CC-BY-NC 4.0"
    assert [path.name for path in again.parent.iterdir() if path.is_dir()] == [first.name]


def test_nothing_happens_before_the_licence_is_accepted(tmp_path: Path):
    message = refusal(CHECKPOINT, tmp_path, accepted=False)
    assert "CC-BY-NC 4.0" in message and "EDUENGINE_NLLB_LICENCE_ACCEPTED=1" in message
    assert not (tmp_path / "cache").exists()


@pytest.mark.parametrize("spec", ["", "no-such-folder", "/no/such/folder", "a/b/c"])
def test_refuses_what_is_neither_a_folder_nor_a_hub_id(spec: str, tmp_path: Path):
    assert "EDUENGINE_NLLB" in refusal(spec, tmp_path)


@pytest.mark.parametrize("missing", ["config.json", "tokenizer.json", "model.safetensors"])
def test_an_incomplete_folder_names_what_is_missing(source: Path, tmp_path: Path, missing: str):
    (source / missing).unlink()
    message = refusal(source, tmp_path)
    assert "incomplete" in message and missing in message


@pytest.mark.parametrize("size", [0, 7, 100, 60_000, 624_015])
def test_weights_that_are_cut_short_are_refused(source: Path, tmp_path: Path, size: int):
    os.truncate(source / "model.safetensors", size)
    assert "not wholly downloaded" in refusal(source, tmp_path)


def test_pytorch_weights_that_are_cut_short_are_refused(source: Path, tmp_path: Path):
    (source / "model.safetensors").unlink()
    (source / "pytorch_model.bin").write_bytes(b"PK\x03\x04 the first bytes of a zip file")
    assert "not wholly downloaded" in refusal(source, tmp_path)


def test_a_missing_part_of_large_weights_is_named(source: Path, tmp_path: Path):
    (source / "model.safetensors").unlink()
    index = {"weight_map": {"a": "model-00001-of-00002.safetensors"}}
    (source / "model.safetensors.index.json").write_text(json.dumps(index))
    assert "model-00001-of-00002.safetensors is missing" in refusal(source, tmp_path)


@needs_shared
@pytest.mark.parametrize("kept", ["tokenizer.json", "sentencepiece.bpe.model"])
def test_what_claims_to_be_official_must_be_it_to_the_bit(source: Path, tmp_path: Path, kept: str):
    folder = tmp_path / "official"
    folder.mkdir()
    shutil.copy(DATA / "nllb" / "hf_config.json", folder / "config.json")
    for name in {"tokenizer.json", "tokenizer_config.json", "model.safetensors", kept}:
        shutil.copy(source / name, folder / name)
    assert "SHA-256 should be" in refusal(folder, tmp_path)


@needs_shared
def test_official_weights_must_be_the_official_ones(source: Path, tmp_path: Path):
    shutil.copy(DATA / "nllb" / "hf_config.json", source / "config.json")
    (source / "model.safetensors").unlink()
    with zipfile.ZipFile(source / "pytorch_model.bin", "w") as archive:
        archive.writestr("data.pkl", b"other weights")
    for name in ("generation_config.json", "sentencepiece.bpe.model"):
        (source / name).unlink()
    message = refusal(source, tmp_path)
    assert "pytorch_model.bin is damaged" in message and "SHA-256 should be c266c2cf" in message


@needs_shared
def test_the_table_of_digests_is_the_published_one():
    published = json.loads((DATA / "nllb" / "expected_sha256.json").read_text())
    official = published[f"{OFFICIAL}@{checkpoint.OFFICIAL_REVISION}"]
    for name, digest in checkpoint.OFFICIAL_SHA256.items():
        assert digest == official[name]["sha256"]


@pytest.mark.parametrize(
    ("config", "reason"), [('{"model_type": "bert"}', "“bert”"), ("{", "not valid JSON"), ("[]", "no JSON object")]
)  # fmt: skip
def test_another_kind_of_model_is_refused(source: Path, tmp_path: Path, config: str, reason: str):
    (source / "config.json").write_text(config)
    assert reason in refusal(source, tmp_path)


def test_a_tokenizer_with_shifted_languages_is_refused(source: Path, tmp_path: Path):
    """As transformers builds it where there is a sentencepiece.bpe.model only."""
    path = source / "tokenizer.json"
    content = json.loads(path.read_text())
    vocabulary = content["model"]["vocab"]
    codes = {token for token, number in vocabulary.items() if number >= vocabulary["ace_Arab"]}
    shifted = {token: vocabulary[token] + 1 for token in codes}
    shifted["<mask>"] = vocabulary["ace_Arab"]
    content["model"]["vocab"] |= shifted
    for token in content["added_tokens"]:
        token["id"] = content["model"]["vocab"][token["content"]]
    path.write_text(json.dumps(content))
    assert "not that of an NLLB-200 model" in refusal(source, tmp_path)


def test_a_damaged_tokenizer_is_named(source: Path, tmp_path: Path):
    os.truncate(source / "tokenizer.json", 1000)
    assert "tokenizer.json is damaged" in refusal(source, tmp_path)


def test_torch_is_named_where_it_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "torch", None)
    message = refusal(CHECKPOINT, tmp_path)
    assert message == "Converting needs torch: pip install torch==2.13.0"


def test_without_a_hub_the_files_to_fetch_are_named(tmp_path: Path):
    with pytest.raises(TemporaryEngineError) as refused:
        prepare(OFFICIAL, tmp_path, True, quiet)
    message = str(refused.value)
    for name in ("pytorch_model.bin", "tokenizer.json", "tokenizer_config.json", "config.json"):
        assert name in message
    assert "set EDUENGINE_NLLB to that folder" in message and "Traceback" not in message


PREPARE = """
import sys
import zipfile
from pathlib import Path
from content.engines.base import EngineError
from content.engines.translator.weights import prepare, prepared
cache = Path(sys.argv[1])
try:
    prepare("org/nllb", cache, True, lambda *step: None)
except EngineError as error:
    sys.exit(str(error))
print(prepared("org/nllb", cache).revision)
"""


def prepare_from_hub(address: str, cache: Path) -> subprocess.CompletedProcess[str]:
    # The hub's client reads its address when it is imported: so, in a process of its own.
    environment = {**os.environ, "HF_ENDPOINT": address, "HF_HUB_OFFLINE": "0"}
    return subprocess.run(
        [sys.executable, "-c", PREPARE, str(cache)],
        capture_output=True, text=True, timeout=120, check=False, env=environment,
    )  # fmt: skip


def test_a_hub_id_is_fetched_and_its_commit_recorded(hub, tmp_path: Path):
    finished = prepare_from_hub(hub.address, tmp_path)
    assert finished.stdout.strip() == hub.commit, finished.stderr
    assert (tmp_path / "translators" / "org--nllb" / "model.bin").is_file()


def test_damaged_files_of_a_hub_are_thrown_away(hub, source: Path, tmp_path: Path):
    os.truncate(source / "model.safetensors", 1000)
    hub.folder = source
    finished = prepare_from_hub(hub.address, tmp_path)
    assert "What was fetched was thrown away" in finished.stderr
    hub.folder = CHECKPOINT
    assert prepare_from_hub(hub.address, tmp_path).returncode == 0
