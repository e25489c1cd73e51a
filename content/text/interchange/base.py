"""What both formats share: their values, and XML from strangers read with care."""

import re
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from content.text import hostile_xml

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
MAX_BYTES = 20_000_000
# XML 1.0 cannot hold these at all.
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class BadFile(ValueError):
    """A file that cannot be read as what it should be; the message is for who sent it."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A segment on its way to a translator and back.

    ``shown`` is the fingerprint of the target when it left, "" where the file does not say.
    """

    id: str
    source: str
    target: str
    shown: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pair:
    source: str
    target: str


def parse(content: bytes) -> Element:
    """The root of an XML file; ``BadFile``."""
    if len(content) > MAX_BYTES:
        raise BadFile(f"The file has more than {MAX_BYTES // 1_000_000} MB.")
    try:
        return hostile_xml.parse(content)
    except hostile_xml.BadXml as error:
        raise BadFile(str(error)) from error


def same_language(code: str, other: str) -> bool:
    """Whether two BCP-47 tags may stand for each other: "pt" for "pt-BR", not "zh-Hans" for "zh-Hant"."""
    mine, theirs = code.lower().split("-"), other.lower().split("-")
    shorter = min(len(mine), len(theirs))
    return mine[:shorter] == theirs[:shorter]


def clean(text: str) -> str:
    return _NO_XML.sub(" ", text)
