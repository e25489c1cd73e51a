"""Files that clinics upload, good and bad, made here."""

import struct
import zlib
from io import BytesIO

from PIL import Image


def picture(kind: str = "PNG", size: tuple[int, int] = (1200, 300), mode: str = "RGB") -> bytes:
    out = BytesIO()
    Image.new(mode, size, "teal" if mode != "1" else 1).save(out, kind)
    return out.getvalue()


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def bomb(side: int = 30_000) -> bytes:
    """A PNG of a few bytes that says it has ``side`` × ``side`` pixels."""
    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", zlib.compress(b"\0" * 99))
    )


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><script>alert(1)</script>"

_FRAME = b"\xff\xfb\x90\x00"  # MPEG 1 layer III, 128 kbit/s, 44.1 kHz: 417 bytes a frame
MP3 = (_FRAME + bytes(413)) * 4
TAGGED_MP3 = b"ID3\x04\x00\x00\x00\x00\x00\x0a" + bytes(10) + MP3
M4A = (
    b"\x00\x00\x00\x18ftypM4A \x00\x00\x00\x00isommp42"
    + b"....hdlr"
    + bytes(8)
    + b"soun"
    + b"mdat"
    + bytes(64)
)
VIDEO = M4A.replace(b"mdat", b"hdlr" + bytes(8) + b"vide" + b"mdat")
_ADTS = bytes([0xFF, 0xF1, 0x50, 0x80, 0x02, 0x1F, 0xFC])  # 16 bytes a frame
AAC = (_ADTS + bytes(9)) * 3
OPUS = b"OggS\x00\x02" + bytes(22) + b"OpusHead" + bytes(40)
WAV = b"RIFF\x24\x00\x00\x00WAVEfmt " + bytes(40)
