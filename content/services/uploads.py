"""What clinics upload: known by its content and never by its name, and refused in one sentence."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from threading import Lock

from django.utils.translation import gettext as _
from PIL import Image, ImageFile, ImageOps

from content.services.errors import Refused

MEGABYTE = 1024 * 1024
MAX_LOGO, MAX_RECORDING = 2 * MEGABYTE, 20 * MEGABYTE
MAX_PIXELS = 20_000_000
# Width and height in pixels of a logo as it is kept: 50 mm wide at 300 dots per inch.
LOGO_BOX = (600, 200)

_ID3 = b"ID3"
_OGG_CODECS = (b"OpusHead", b"\x01vorbis")
_MP4_BRANDS = frozenset({b"M4A ", b"M4B ", b"mp41", b"mp42", b"isom", b"iso2", b"3gp4", b"3gp5"})
_VIDEO_TRACK = re.compile(rb"hdlr.{8}vide", re.DOTALL)
# Kilobits a second by their index in the header of an MP3 frame: MPEG 1 layer III, MPEG 2 layer III.
_RATES_1 = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
_RATES_2 = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
_HERTZ = (44_100, 48_000, 32_000)
_ONE_AT_A_TIME = Lock()


# --- logos --------------------------------------------------------------------------------------


def logo(data: bytes) -> bytes:
    """A PNG drawn anew from the pixels of ``data``, a PNG, JPEG or WebP; ``Refused`` for the rest.

    Nothing but pixels is kept: no comment, place or hidden file of the upload.
    """
    if len(data) > MAX_LOGO:
        raise Refused(_("The logo may have at most %d MB.") % (MAX_LOGO // MEGABYTE), "logo")
    try:
        with _whole(), Image.open(BytesIO(data), formats=("PNG", "JPEG", "WEBP")) as picture:
            _need_few_pixels(picture)
            return _redrawn(picture)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise _too_many_pixels() from None
    except Refused:
        raise
    except Exception as error:  # whatever a damaged picture makes its decoder raise
        text = _("This is not a PNG, JPEG or WebP picture, or it is damaged. Choose another file.")
        raise Refused(text, "logo") from error


@contextmanager
def _whole() -> Iterator[None]:
    """WeasyPrint, once it is loaded, has Pillow fill in what a cut-off picture lacks: not here."""
    with _ONE_AT_A_TIME:
        before = ImageFile.LOAD_TRUNCATED_IMAGES
        ImageFile.LOAD_TRUNCATED_IMAGES = False
        try:
            yield
        finally:
            ImageFile.LOAD_TRUNCATED_IMAGES = before


def _need_few_pixels(picture: Image.Image) -> None:
    """Before a pixel is decoded: a small file can hold a picture of gigabytes."""
    if picture.width * picture.height > MAX_PIXELS:
        raise _too_many_pixels()


def _too_many_pixels() -> Refused:
    text = _("The logo may have at most %d million pixels. Make it smaller.")
    return Refused(text % (MAX_PIXELS // 1_000_000), "logo")


def _redrawn(picture: Image.Image) -> bytes:
    upright = ImageOps.exif_transpose(picture).convert("RGBA")
    upright.thumbnail(LOGO_BOX)
    opaque = upright.getchannel("A").getextrema() == (255, 255)
    drawn = Image.new("RGB" if opaque else "RGBA", upright.size)
    drawn.paste(upright)
    out = BytesIO()
    drawn.save(out, "PNG", optimize=True)
    return out.getvalue()


# --- recordings ---------------------------------------------------------------------------------


def sound(data: bytes) -> tuple[str, str]:
    """Media type and file ending of an MP3, M4A, AAC or Ogg recording; ``Refused`` for the rest."""
    if len(data) > MAX_RECORDING:
        text = _("A recording may have at most %d MB.") % (MAX_RECORDING // MEGABYTE)
        raise Refused(text, "recording")
    for known, media_type, ending in (
        (_is_mp3, "audio/mpeg", "mp3"),
        (_is_m4a, "audio/mp4", "m4a"),
        (_is_aac, "audio/aac", "aac"),
        (_is_ogg, "audio/ogg", "ogg"),
    ):
        if known(data):
            return media_type, ending
    text = _(
        "This is not an MP3, M4A, AAC or Ogg recording, or it is damaged. Save it as MP3 or M4A."
    )
    raise Refused(text, "recording")


def _is_mp3(data: bytes) -> bool:
    """Two frames one after the other, behind the tag if there is one."""
    start = 0
    if data.startswith(_ID3) and len(data) > 10:
        # Seven bits a byte.
        size = sum(
            (byte & 0x7F) << shift for byte, shift in zip(data[6:10], (21, 14, 7, 0), strict=True)
        )
        start = 10 + size
        start += len(data[start : start + 4096]) - len(data[start : start + 4096].lstrip(b"\0"))
    length = _frame(data[start : start + 4])
    return bool(length and _frame(data[start + length : start + length + 4]))


def _frame(header: bytes) -> int:
    """Bytes of the layer III frame that ``header`` begins; 0 if it begins none."""
    if len(header) < 4 or header[0] != 0xFF or header[1] & 0xE6 != 0xE2:
        return 0
    first_version = header[1] & 0x18 == 0x18
    rate, hertz = header[2] >> 4, header[2] >> 2 & 3
    if rate in (0, 15) or hertz == 3 or header[1] & 0x18 == 0x08:
        return 0
    divisor = {0x18: 1, 0x10: 2, 0x00: 4}[header[1] & 0x18]
    kilobits = (_RATES_1 if first_version else _RATES_2)[rate]
    padding = header[2] >> 1 & 1
    samples = 144 if first_version else 72
    return samples * kilobits * 1000 // (_HERTZ[hertz] // divisor) + padding


def _is_m4a(data: bytes) -> bool:
    is_mp4 = data[4:8] == b"ftyp" and data[8:12] in _MP4_BRANDS
    return is_mp4 and b"mdat" in data and b"soun" in data and not _VIDEO_TRACK.search(data)


def _is_aac(data: bytes) -> bool:
    """Two ADTS frames one after the other."""
    length = _adts(data[:7])
    return bool(length and _adts(data[length : length + 7]))


def _adts(header: bytes) -> int:
    if len(header) < 7 or header[0] != 0xFF or header[1] & 0xF6 != 0xF0:
        return 0
    return (header[3] & 3) << 11 | header[4] << 3 | header[5] >> 5


def _is_ogg(data: bytes) -> bool:
    return data.startswith(b"OggS") and any(codec in data[:128] for codec in _OGG_CODECS)
