"""The file format of CTranslate2's models (`model.bin`, binary version 6), to take rows out of it.

As `ctranslate2.specs.model_spec.ModelSpec._serialize` writes it, little-endian: version, name and
revision of the specification, the count of variables; each with name, rank, dimensions, type, size
in bytes, and its values in row order; then aliases, variables that are the same as another.
"""

import struct
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO, NamedTuple

import numpy

from content.engines.base import PermanentEngineError

BINARY_VERSION = 6
# What has one row a token: the matrices at both ends, their scales and their biases.
_BY_TOKEN = ("embeddings", "projection")


class _Variable(NamedTuple):
    name: str
    shape: tuple[int, ...]
    kind: int
    size: int  # bytes


def keep_rows(source: Path, target: Path, rows: int, kept: Sequence[int]) -> None:
    """Write ``source`` to ``target`` with the vocabulary rows ``kept``, of ``rows``, in that order.

    Raises ``PermanentEngineError`` for a file of another version, or one without such rows.
    """
    with source.open("rb") as old, target.open("wb") as new:
        (version,) = _copy(old, new, "I")
        if version != BINARY_VERSION:
            raise PermanentEngineError(f"{source} has format {version}, not {BINARY_VERSION}.")
        _copy_string(old, new)
        _copy(old, new, "I")
        (count,) = _copy(old, new, "I")
        taken = sum(_take(old, new, rows, kept) for _ in range(count))
        if not taken:
            raise PermanentEngineError(f"{source} has no matrix with {rows} rows.")
        new.write(old.read())  # the aliases


def _take(old: BinaryIO, new: BinaryIO, rows: int, kept: Sequence[int]) -> bool:
    """Copy one variable; whether rows were taken out of it."""
    variable = _header(old)
    content = old.read(variable.size)
    by_token = variable.shape[:1] == (rows,) and any(part in variable.name for part in _BY_TOKEN)
    if by_token:
        matrix = numpy.frombuffer(content, numpy.uint8).reshape(rows, -1)
        content = matrix[numpy.asarray(kept)].tobytes()
        variable = variable._replace(shape=(len(kept), *variable.shape[1:]), size=len(content))
    _write_header(new, variable)
    new.write(content)
    return by_token


def _header(old: BinaryIO) -> _Variable:
    name = _string(old)
    (rank,) = _read(old, "B")
    shape = _read(old, "I" * rank)
    kind, size = (*_read(old, "B"), *_read(old, "I"))
    return _Variable(name, shape, kind, size)


def _write_header(new: BinaryIO, variable: _Variable) -> None:
    _write_string(new, variable.name)
    new.write(struct.pack("<B", len(variable.shape)))
    new.write(struct.pack(f"<{len(variable.shape)}I", *variable.shape))
    new.write(struct.pack("<B", variable.kind) + struct.pack("<I", variable.size))


def _read(old: BinaryIO, layout: str) -> tuple[int, ...]:
    return struct.unpack(f"<{layout}", old.read(struct.calcsize(f"<{layout}")))


def _copy(old: BinaryIO, new: BinaryIO, layout: str) -> tuple[int, ...]:
    values = _read(old, layout)
    new.write(struct.pack(f"<{layout}", *values))
    return values


def _string(old: BinaryIO) -> str:
    (length,) = _read(old, "H")
    return old.read(length)[:-1].decode("utf-8")  # ends with a zero byte, which is counted


def _write_string(new: BinaryIO, text: str) -> None:
    data = text.encode("utf-8") + b"\0"
    new.write(struct.pack("<H", len(data)) + data)


def _copy_string(old: BinaryIO, new: BinaryIO) -> None:
    _write_string(new, _string(old))
