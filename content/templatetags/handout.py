"""Text of a handout in HTML: every number, Latin name and phone isolated where the line is mirrored."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from content import languages
from content.text.isolate import Run, isolate

register = template.Library()


@register.filter
def isolated(text: str, language: str) -> SafeString:
    """``text`` as HTML with left-to-right runs kept in order and doses on one line."""
    runs = isolate(text, languages.get(language).direction)
    return format_html_join("", "{}", ((_html(run),) for run in runs))


def _html(run: Run) -> SafeString | str:
    words = format_html('<span class="whole">{}</span>', run.shown) if run.unbroken else run.shown
    return format_html('<bdi dir="ltr">{}</bdi>', words) if run.isolated else words
