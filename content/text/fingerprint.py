"""The fingerprint that an approval binds to."""

import hashlib
import unicodedata
from collections.abc import Iterable


def fingerprint(parts: Iterable[str]) -> str:
    """SHA-256 (64 lower-case hex digits) over ``parts`` in order.

    Each part is brought to Unicode NFC, so that two encodings of one text agree, and is preceded by
    its length in bytes, so that no two different lists of parts can share a fingerprint by joining
    alike (``["ab", "c"]`` and ``["a", "bc"]``).
    """
    digest = hashlib.sha256()
    for part in parts:
        data = unicodedata.normalize("NFC", part).encode()
        digest.update(len(data).to_bytes(8, "big"))
        digest.update(data)
    return digest.hexdigest()
