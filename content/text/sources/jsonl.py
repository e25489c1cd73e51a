"""JSON Lines: one source per line."""

import json
from typing import Any
from urllib.parse import urlsplit

from content.text.fingerprint import fingerprint
from content.text.sources import base, medlineplus
from content.text.sources.base import Authority, ParsedSource, Standing
from content.text.sources.blocks import plain_blocks
from content.text.sources.damage import SourceError, numbered_lines, without_leftovers
from content.text.sources.markup import without_markup


def parse_jsonl(text: str) -> list[ParsedSource]:
    """A source per line: ``title``, ``url``, ``language`` (name or tag) and ``summary``.

    ``id``, ``publisher``, ``courtesy`` and ``licence`` may be given; other keys are ignored.
    """
    # Not splitlines(): JSON text may hold U+2028 inside a string.
    lines = enumerate(text.split("\n"), start=1)
    found = base.collected(_json_source(number, line) for number, line in lines if line.strip())
    if not found:
        raise SourceError("The file is empty.", 1)
    return found


def _json_source(number: int, line: str) -> ParsedSource:
    record = _json_record(number, line)
    url = base.web_address(_text(record, "url", number), number)
    language = base.language_code(_text(record, "language", number), number)
    title = " ".join(_text(record, "title", number).split())
    blocks, courtesy = plain_blocks(_summary(record, number), number), ""
    from_medlineplus = urlsplit(url).hostname in medlineplus.HOSTS
    if from_medlineplus:
        blocks, credit = medlineplus.without_credit(blocks)
        courtesy = medlineplus.courtesy_line(credit)
    publisher = medlineplus.PUBLISHER if from_medlineplus else urlsplit(url).hostname or url
    identity = str(record.get("id") or "")
    source = ParsedSource(
        external_id=f"medlineplus:{identity}" if from_medlineplus and identity else url,
        title=title,
        url=url,
        publisher=_text(record, "publisher", number, required=False) or publisher,
        language=language,
        courtesy=_text(record, "courtesy", number, required=False) or courtesy,
        licence=_text(record, "licence", number, required=False)
        or (medlineplus.LICENCE if from_medlineplus else ""),
        review_by=None,
        topics=(),
        statements=base.statements(
            blocks, Standing(language, None, (Authority(title, url),)), number
        ),
        also_called=(),
        raw_digest=fingerprint([line]),
    )
    return base.checked(source, number)


def _json_record(number: int, line: str) -> dict[str, Any]:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise SourceError("This line is not valid JSON.", number) from error
    if not isinstance(record, dict):
        raise SourceError("Each line must be a JSON object: {“title”: …, “url”: …}.", number)
    return record


def _summary(record: dict[str, Any], line: int) -> str:
    """The text without tags and leftovers, its lines no longer than those of a fact sheet."""
    text = without_markup(without_leftovers(_text(record, "summary", line)), line)
    try:
        return "\n".join(row for _number, row in numbered_lines(text))
    except SourceError as error:
        raise SourceError(f"In the “summary”: {error.reason}", line) from error


def _text(record: dict[str, Any], key: str, line: int, *, required: bool = True) -> str:
    value = record.get(key) or ""
    if not isinstance(value, str):
        raise SourceError(f"The “{key}” must be text in quotation marks.", line)
    if required and not value.strip():
        raise SourceError(f"The “{key}” is missing.", line)
    return value.strip()
