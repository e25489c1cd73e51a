"""What WeasyPrint 70.0 finds out again for each box, found out once: the same bytes, sooner.

Nearly all properties of a page's styles keep their initial values, nearly all lengths are plain
pixels, and the width of a bullet or a table's head is the same in every handout. The replaced
functions take these ways short and leave the rest to the originals, which
`tests/engines/renderer/test_quicker.py` holds against them.

Internals are replaced, so this is tied to one version, which `accessibility.install` checks.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from math import inf
from typing import Any

import pydyf
from weasyprint import css as wp_css
from weasyprint import html as wp_html
from weasyprint import images
from weasyprint.css.computed_values import COMPUTER_FUNCTIONS, PHYSICAL_FUNCTIONS
from weasyprint.css.functions import check_math
from weasyprint.css.properties import INHERITED, INITIAL_NOT_COMPUTED, INITIAL_VALUES, Dimension
from weasyprint.css.tokens import Pending
from weasyprint.formatting_structure import boxes
from weasyprint.layout import (
    absolute,
    background,
    block,
    column,
    grid,
    inline,
    page,
    percent,
    preferred,
    table,
)
from weasyprint.layout import float as floating
from weasyprint.text import line_break

_RESOLVING = (absolute, block, column, floating, grid, inline, page, percent, table)
# Properties whose computed value depends on others, or on what is around.
_ENTANGLED = frozenset({"float", "display", "position", "page"})


def _stays_initial(key: str) -> bool:
    """Whether a style that says nothing of ``key`` has its initial value, as it stands."""
    if key in INHERITED or key in INITIAL_NOT_COMPUTED or key in _ENTANGLED:
        return False
    return not key.startswith(("__", "text_decoration_"))


_INITIAL = {key: value for key, value in INITIAL_VALUES.items() if _stays_initial(key)}
# What may be said of a physical property in the words of the text's direction, and the other way.
_LOGICAL = {
    physical: {name(block="ttb", inline=direction) for direction in ("ltr", "rtl")}
    for physical, name in PHYSICAL_FUNCTIONS.items()
}
_PHYSICAL = {
    logical: {physical for physical, names in _LOGICAL.items() if logical in names}
    for logical in set().union(*_LOGICAL.values())
}

_CORNERS = tuple(
    f"border_{vertical}_{side}_radius" for vertical in ("top", "bottom") for side in ("left", "right")
)  # fmt: skip
_ACROSS = ("margin_left", "margin_right", "padding_left", "padding_right",
           "width", "min_width", "max_width")  # fmt: skip
_ALONG = ("margin_top", "margin_bottom", "padding_top", "padding_bottom")
_HEIGHTS = ("height", "min_height", "max_height")
_BORDERS = tuple(f"border_{side}_width" for side in ("top", "right", "bottom", "left"))

# What the width of a line depends on: all that `weasyprint.text` asks of a style, but for decorations.
TEXT_PROPERTIES = (
    "direction", "font_family", "font_feature_settings", "font_kerning", "font_language_override",
    "font_size", "font_stretch", "font_style", "font_variant_alternates", "font_variant_caps",
    "font_variant_east_asian", "font_variant_ligatures", "font_variant_numeric",
    "font_variant_position", "font_variation_settings", "font_weight", "hyphenate_character",
    "hyphenate_limit_chars", "hyphenate_limit_zone", "hyphens", "lang", "letter_spacing",
    "line_height", "overflow_wrap", "tab_size", "white_space", "word_break", "word_spacing",
)  # fmt: skip
# Each element would have five styles more.
_NEVER_THERE = frozenset(
    {"footnote-call", "footnote-marker", "note-call", "note-marker", "note-callback"}
)
# Labels, bullets and numbers come again in the next handout; sentences do not.
_SHORT, _MAX_WIDTHS = 40, 4096
# The box to tick is in every handout, a QR code in eight forms of one.
_MAX_PICTURES = 32

_widths: dict[tuple[Any, ...], tuple[int | None, float]] = {}
_pictures: dict[bytes, bytes] = {}
_MATCHER = wp_html.UA_STYLESHEET.matcher
_anonymous, _computed = wp_css.AnonymousStyle.__init__, wp_css.ComputedStyle.__init__
_find_anonymous = wp_css.AnonymousStyle.__missing__
_find_computed = wp_css.ComputedStyle.__missing__


def install() -> None:
    for owner, name, _old, new in _REPLACED:
        setattr(owner, name, new)


def uninstall() -> None:
    """The originals again, to hold against."""
    for owner, name, old, _new in _REPLACED:
        setattr(owner, name, old)


def _matching(selectors: Iterable[Any]) -> Iterator[Any]:
    """``selectors`` without what our pages have none of: notes, and markers but those of lists."""
    for entry in selectors:
        test, *_rest, pseudo, _declarations = entry
        if pseudo == "marker":
            yield (partial(_is_item, test), *entry[1:])
        elif pseudo not in _NEVER_THERE:
            yield entry


def _is_item(test: Callable[[Any], bool], element: Any) -> bool:
    return element.local_name == "li" and test(element)


def _begin_anonymous(self: Any, parent_style: Any) -> None:
    self.update(_INITIAL)
    _anonymous(self, parent_style)


def _begin_computed(self: Any, parent_style: Any, cascaded: Any, *rest: Any) -> None:
    self.update(_INITIAL)
    for key in cascaded:
        self.pop(key, None)
        for physical in _PHYSICAL.get(key, ()):
            self.pop(physical, None)
    _computed(self, parent_style, cascaded, *rest)


def _find_in_anonymous(self: Any, key: str) -> Any:
    if key not in INHERITED:
        return _find_anonymous(self, key)
    value = self[key] = self.parent_style[key]
    return value


def _find_in_computed(self: Any, key: str) -> Any:
    cascaded = self.cascaded
    if key not in cascaded:
        if key in INHERITED and self.parent_style is not None:
            value = self[key] = self.parent_style[key]
            return value
        return _find_computed(self, key)
    value = cascaded[key][0]
    if _needs_all(key, value) or not cascaded.keys().isdisjoint(_LOGICAL.get(key, ())):
        return _find_computed(self, key)
    if compute := COMPUTER_FUNCTIONS.get(key):
        value = compute(self, key, value)
    self[key] = value
    return value


def _needs_all(key: str, value: Any) -> bool:
    """Whether what is said of ``key`` is not yet a value, or hangs on more."""
    if key in _ENTANGLED or key.startswith(("__", "text_decoration_")):
        return True
    if isinstance(value, str):
        return value in ("inherit", "initial")
    return isinstance(value, Pending) or bool(check_math(value))


def _is_in_normal_flow(self: Any) -> bool:
    style = self.style
    if style["float"] == "none" and style["position"] in ("static", "relative"):
        return True
    found: bool = _original["is_in_normal_flow"](self)
    return found


def _to_bytes(item: Any) -> bytes:
    """What `pydyf` writes of ``item``: most are text and whole numbers."""
    kind = type(item)
    if kind is bytes:
        whole: bytes = item
    elif kind is str or kind is int:
        whole = str(item).encode("ascii")
    else:
        whole = _original["_to_bytes"](item)
    return whole


def _lay_background(
    sheet: Any, box: Any, get_image: Any, layout_children: bool = True, style: Any = None
) -> None:
    # Lines, their texts and what else no rule speaks of: they have no background and no corners.
    if style is not None or box is sheet or type(box.style) is not wp_css.AnonymousStyle:
        _original["layout_box_backgrounds"](sheet, box, get_image, layout_children, style)
        return
    box.background = None
    for corner in _CORNERS:
        setattr(box, corner, (0, 0))
    for child in box.all_children() if layout_children else ():
        background.layout_box_backgrounds(sheet, child, get_image)


def _strut(style: Any) -> tuple[float, float]:
    found: tuple[float, float] = _once(style, "_strut", line_break.strut)
    return found


def _resolve_pixels(box: Any, containing_block: Any) -> None:
    """``resolve_percentages`` with a short way for lengths that are no percentages of anything."""
    if isinstance(containing_block, boxes.Box):
        width, height = containing_block.width, containing_block.height
    else:
        width, height = containing_block
    style = box.style
    if style["box_sizing"] != "content-box":
        _original["resolve_percentages"](box, containing_block)
        return
    _take(box, _ACROSS, width)
    _take(box, _ALONG, height if isinstance(box, boxes.PageBox) else width)
    if height == "auto":
        # A share of a height that depends on what is inside is no height.
        box.height = style["height"].value if _in_pixels(style["height"]) else "auto"
        _take(box, ("min_height",), 0)
        _take(box, ("max_height",), inf)
    else:
        _take(box, _HEIGHTS, height)
    collapse = style["border_collapse"] == "collapse"
    for name in _BORDERS:
        if not (collapse and hasattr(box, name)):
            setattr(box, name, style[name])


def _take(box: Any, names: tuple[str, ...], whole: Any) -> None:
    """Set the used lengths of ``names``; ``whole`` is what 100% would be."""
    style = box.style
    for name in names:
        value = style[name]
        if _in_pixels(value):
            setattr(box, name, value.value)
        else:
            percent.resolve_one_percentage(box, name, whole)


def _in_pixels(length: Any) -> bool:
    return type(length) is Dimension and length.unit == "px"


def _known_width(
    text: str, style: Any, context: Any, max_width: Any, justification_spacing: Any,
    is_line_start: bool = True, minimum: bool = False,
) -> tuple[Any, ...]:  # fmt: skip
    """``split_first_line`` where only the width and the rest are asked for, as for preferred widths."""
    asked = (max_width, justification_spacing, is_line_start, minimum)
    if len(text) > _SHORT:
        found: tuple[Any, ...] = _original["split_first_line"](text, style, context, *asked)
        return found
    key = (text, *asked, _once(style, "_text_key", _text_key))
    if key not in _widths:
        if len(_widths) >= _MAX_WIDTHS:
            _widths.clear()
        _widths[key] = _original["split_first_line"](text, style, context, *asked)[2:4]
    return (None, None, *_widths[key], None, None)


def _png_data(self: Any, picture: Any) -> bytes:
    """The rows of ``picture`` as a PDF has them, the same for the same file."""
    if self.mode not in (
        "L",
        "RGB",
    ):  # of others, the rows of their transparency are asked for, too
        found: bytes = _original["_get_png_data"](picture)
        return found
    file = self.image_data.data
    if file not in _pictures:
        if len(_pictures) >= _MAX_PICTURES:
            _pictures.clear()
        _pictures[file] = _original["_get_png_data"](picture)
    return _pictures[file]


def _once(style: Any, name: str, find: Any) -> Any:
    """What ``find`` tells of ``style``, kept with it: a style's text properties never change."""
    try:
        return style.__dict__[name]
    except KeyError:
        value = style.__dict__[name] = find(style)
        return value


def _text_key(style: Any) -> tuple[Any, ...]:
    return tuple(style[name] for name in TEXT_PROPERTIES)


def _font_key(style: Any, include_size: bool = False) -> str:
    key: str = _once(style, f"_font_key_{include_size}", partial(
        _original["_font_style_cache_key"], include_size=include_size
    ))  # fmt: skip
    return key


def _font_description(style: Any) -> Any:
    return _once(style, "_font_description", _original["get_font_description"])


# Where, what, and by what it is replaced.
_REPLACEMENTS: tuple[tuple[Any, str, Any], ...] = (
    (wp_css.AnonymousStyle, "__init__", _begin_anonymous),
    (wp_css.ComputedStyle, "__init__", _begin_computed),
    (wp_css.AnonymousStyle, "__missing__", _find_in_anonymous),
    (wp_css.ComputedStyle, "__missing__", _find_in_computed),
    (pydyf, "_to_bytes", _to_bytes),
    (boxes.Box, "is_in_normal_flow", _is_in_normal_flow),
    (background, "layout_box_backgrounds", _lay_background),
    (inline, "strut", _strut),
    (preferred, "split_first_line", _known_width),
    (line_break, "_font_style_cache_key", _font_key),
    (line_break, "get_font_description", _font_description),
    (images.RasterImage, "_get_png_data", _png_data),
    (_MATCHER, "other_selectors", list(_matching(_MATCHER.other_selectors))),
    *((module, "resolve_percentages", _resolve_pixels) for module in _RESOLVING),
)
_REPLACED = tuple((owner, name, vars(owner)[name], new) for owner, name, new in _REPLACEMENTS)
_original = {name: old for _owner, name, old, _new in _REPLACED}
