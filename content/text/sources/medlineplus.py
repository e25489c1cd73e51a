"""MedlinePlus health topics in the XML that NLM publishes."""

import re
from datetime import date, datetime
from xml.etree.ElementTree import Element

from content.text import hostile_xml
from content.text.fingerprint import fingerprint
from content.text.sources import base
from content.text.sources.base import Authority, ParsedSource, Standing, TopicCode
from content.text.sources.blocks import Block, html_blocks, is_finished
from content.text.sources.damage import SourceError, refuse_length, without_leftovers

PUBLISHER = "MedlinePlus, National Library of Medicine"
COURTESY = "Courtesy of MedlinePlus from the National Library of Medicine"
LICENCE = "Public domain (work of the US federal government)"
HOSTS = ("medlineplus.gov", "www.medlineplus.gov")
# How a summary names the institute that wrote it, in a last line of its own.
_CREDIT = re.compile(
    r"NIH: |.*\b(?:Institutes?|Centers|Agency|Administration|Department|Dept\.|Office|Library)\b"
)
# The longest that NLM publishes has some 10,000 characters.
MAX_SUMMARY = 200_000


def parse_medlineplus_xml(content: bytes) -> list[ParsedSource]:
    """Health topics as NLM publishes them: https://medlineplus.gov/xml.html.

    The external DTD that the file names is never fetched, and entity declarations are refused.
    """
    try:
        root = hostile_xml.parse(content, numbered=True)
    except hostile_xml.BadXml as error:
        raise SourceError(error.reason, error.line) from error
    topics = root.findall("health-topic") if root.tag == "health-topics" else []
    if not topics:
        raise SourceError("No MedlinePlus health topic was found in this XML.", _line(root))
    return base.collected(_medlineplus_topic(topic) for topic in topics)


def _medlineplus_topic(topic: Element) -> ParsedSource:
    line = _line(topic)
    title, url = _words(topic.get("title")), base.web_address(topic.get("url", "").strip(), line)
    language = base.language_code(topic.get("language", ""), line)
    created = topic.get("date-created", "")
    standing = Standing(language, _date(created, line), (Authority(title, url),))
    html, at = _summary(topic)
    blocks, credit = without_credit(html_blocks(html, at))
    headings = tuple(
        TopicCode("MeSH", mark.get("id", ""), _words(mark.text))
        for mark in topic.iterfind("mesh-heading/descriptor[@id]")
    )
    also_called = tuple(_words(name.text) for name in topic.iterfind("also-called"))
    codes = [part for heading in headings for part in (heading.code, heading.display)]
    source = ParsedSource(
        external_id=f"medlineplus:{topic.get('id') or url}",
        title=title,
        url=url,
        publisher=PUBLISHER,
        language=language,
        courtesy=courtesy_line(credit),
        licence=LICENCE,
        review_by=None,
        topics=headings,
        statements=base.statements(blocks, standing, line),
        also_called=also_called,
        raw_digest=fingerprint([title, url, language, created, html, *also_called, "", *codes]),
    )
    return base.checked(source, line)


def _words(text: str | None) -> str:
    return " ".join(without_leftovers(text or "").split())


def _summary(topic: Element) -> tuple[str, int]:
    """The HTML of a topic without invisible leftovers, and the line on which it begins."""
    summary = topic.find("full-summary")
    if summary is None:
        return "", _line(topic)
    html = without_leftovers(summary.text or "")
    refuse_length(html, _line(summary), MAX_SUMMARY, "summary")
    return html, _line(summary)


def _date(text: str, line: int) -> date | None:
    """NLM writes dates as month/day/year."""
    try:
        return datetime.strptime(text, "%m/%d/%Y").date() if text else None
    except ValueError as error:
        raise SourceError(f"“{text[:20]}” is no date; it must be as 01/31/2026.", line) from error


def _line(element: Element) -> int:
    return int(element.get(hostile_xml.LINE, "1"))


def without_credit(blocks: list[Block]) -> tuple[list[Block], str]:
    """The blocks without the credit that may end a summary, and that credit: it is no fact."""
    last = blocks[-1] if len(blocks) > 1 else None
    if last is None or is_finished(last.text):
        return blocks, ""
    if last.kind == "list_item" and not last.text.startswith("NIH: "):
        return blocks, ""
    # An organisation's name has no long word in lower case; “Call your doctor” must stay a fact.
    is_name = not re.search(r"\b[a-z]{4,}", last.text)
    return (blocks[:-1], last.text) if is_name and _CREDIT.match(last.text) else (blocks, "")


def courtesy_line(credit: str) -> str:
    return f"{COURTESY}. {credit}" if credit else COURTESY
