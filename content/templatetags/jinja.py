"""A part of a Django page that Jinja2 renders (`content.desk.rendering`)."""

from typing import Any

from django import template
from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.simple_tag(takes_context=True)
def jinja(context: template.Context, name: str, **values: Any) -> SafeString:
    """``templates/jinja2/NAME`` with the variables of the page, and ``values`` over them."""
    variables: dict[str, Any] = {**context.flatten(), **values}  # type: ignore[dict-item]
    html = get_template(name, using="jinja2").render(variables, variables.get("request"))
    return mark_safe(html)  # noqa: S308  Jinja2 escaped what is not markup
