"""Files that translators' tools exchange: XLIFF for one translation, TMX for a memory."""

from content.text.interchange.base import BadFile, Pair, Unit
from content.text.interchange.tmx import read_tmx, write_tmx
from content.text.interchange.xliff import Document, read_xliff, write_xliff

__all__ = [
    "BadFile", "Document", "Pair", "Unit", "read_tmx", "read_xliff", "write_tmx", "write_xliff",
]  # fmt: skip
