"""XML from strangers: no outside DTD is fetched, no entity declared in the file is read."""

from typing import Any
from xml.etree.ElementTree import Element, ParseError, TreeBuilder

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

LINE = "source-line"
MAX_DEPTH = 100


class BadXml(ValueError):
    """XML that cannot be read: why, in a sentence, and the line at fault."""

    def __init__(self, reason: str, line: int) -> None:
        super().__init__(f"Line {line}: {reason}")
        self.reason, self.line = reason, line


class _TooDeep(Exception):
    pass


class _Builder(TreeBuilder):
    """Stops at elements nested so deep that reading them would end the program."""

    xml: Any = None
    depth = 0

    def start(self, tag: str, attrs: dict[str, str]) -> Element:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise _TooDeep
        return super().start(tag, attrs)

    def end(self, tag: str) -> Element:
        self.depth -= 1
        return super().end(tag)


class _NumberedBuilder(_Builder):
    """Notes on every element the line it begins on, which ElementTree forgets."""

    def start(self, tag: str, attrs: dict[str, str]) -> Element:
        line = str(self.xml.parser.CurrentLineNumber)
        return super().start(tag, {**attrs, LINE: line})


def parse(content: bytes, *, numbered: bool = False) -> Element:
    """The root of an XML file; ``numbered`` elements have their line as attribute ``LINE``. ``BadXml``."""
    builder = _NumberedBuilder() if numbered else _Builder()
    parser = DefusedXMLParser(target=builder, forbid_dtd=False)
    builder.xml = parser
    try:
        parser.feed(content)
        return parser.close()
    except ParseError as error:
        raise BadXml("This is not well-formed XML.", error.position[0]) from error
    except _TooDeep as error:
        reason = f"The XML is nested more than {MAX_DEPTH} deep."
        raise BadXml(reason, parser.parser.CurrentLineNumber) from error
    except DefusedXmlException as error:
        line = parser.parser.CurrentLineNumber
        raise BadXml("Entity declarations are not allowed in the XML.", line) from error
    except (ValueError, LookupError) as error:
        raise BadXml("The XML is in an encoding that cannot be read; use UTF-8.", 1) from error
