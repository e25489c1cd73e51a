"""Boxes and bytes: nearly all lengths are plain pixels, and pictures come again."""

from math import inf
from typing import Any

import pydyf
from weasyprint import css as wp_css
from weasyprint import images
from weasyprint.css.properties import Dimension
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
    table,
)
from weasyprint.layout import float as floating

from content.engines.renderer.quicker.styles import once

_RESOLVING = (absolute, block, column, floating, grid, inline, page, percent, table)
_CORNERS = tuple(
    f"border_{vertical}_{side}_radius" for vertical in ("top", "bottom") for side in ("left", "right")
)  # fmt: skip
_ACROSS = ("margin_left", "margin_right", "padding_left", "padding_right",
           "width", "min_width", "max_width")  # fmt: skip
_ALONG = ("margin_top", "margin_bottom", "padding_top", "padding_bottom")
_HEIGHTS = ("height", "min_height", "max_height")
_LENGTHS = _ACROSS + _ALONG + _HEIGHTS
_BORDERS = tuple(f"border_{side}_width" for side in ("top", "right", "bottom", "left"))
# The box to tick is in every handout, a QR code in eight forms of one.
_MAX_PICTURES = 32

_pictures: dict[bytes, bytes] = {}
_is_any_in_flow = boxes.Box.is_in_normal_flow
_lay_any_background = background.layout_box_backgrounds
_any_to_bytes, _find_png_data = pydyf._to_bytes, images.RasterImage._get_png_data
_resolve = percent.resolve_percentages


def _is_in_normal_flow(self: Any) -> bool:
    style = self.style
    if style["float"] == "none" and style["position"] in ("static", "relative"):
        return True
    found: bool = _is_any_in_flow(self)
    return found


def _to_bytes(item: Any) -> bytes:
    """What `pydyf` writes of ``item``: most are text and whole numbers."""
    kind = type(item)
    if kind is bytes:
        whole: bytes = item
    elif kind is str or kind is int:
        whole = str(item).encode("ascii")
    else:
        whole = _any_to_bytes(item)
    return whole


def _lay_background(
    sheet: Any, box: Any, get_image: Any, layout_children: bool = True, style: Any = None
) -> None:
    # Lines, their texts and what else no rule speaks of: they have no background and no corners.
    if style is not None or box is sheet or type(box.style) is not wp_css.AnonymousStyle:
        _lay_any_background(sheet, box, get_image, layout_children, style)
        return
    box.background = None
    for corner in _CORNERS:
        setattr(box, corner, (0, 0))
    for child in box.all_children() if layout_children else ():
        background.layout_box_backgrounds(sheet, child, get_image)


def _resolve_pixels(box: Any, containing_block: Any) -> None:
    """``resolve_percentages`` with a short way for lengths that are no percentages of anything."""
    if isinstance(containing_block, boxes.Box):
        width, height = containing_block.width, containing_block.height
    else:
        width, height = containing_block
    style = box.style
    if style["box_sizing"] != "content-box":
        _resolve(box, containing_block)
        return
    known, others = once(style, "_lengths", _lengths)
    held = vars(box)
    collapsed = style["border_collapse"] == "collapse"
    for name in _BORDERS:
        # A cell's borders are settled with its neighbours'.
        if not (collapsed and name in held):
            held[name] = style[name]
    held.update(known)
    if others:
        _take(box, others, width, height)


def _lengths(style: Any) -> tuple[dict[str, Any], list[str]]:
    """The lengths of ``style`` that hang on nothing, and the names of the others."""
    known = {}
    for name in _LENGTHS:
        value = style[name]
        if value == "auto":
            known[name] = 0 if name in ("min_width", "min_height") else "auto"
        elif type(value) is Dimension and value.unit == "px":
            known[name] = value.value
    return known, [name for name in _LENGTHS if name not in known]


def _take(box: Any, names: list[str], width: Any, height: Any) -> None:
    """Set the used lengths of ``names``, which are shares of what is around."""
    wholes = dict.fromkeys(_HEIGHTS, height)
    if height == "auto":
        # A share of a height that depends on what is inside is no height.
        wholes = {"min_height": 0, "max_height": inf}
        if "height" in names:
            box.height = "auto"
            names = [name for name in names if name != "height"]
    if isinstance(box, boxes.PageBox):
        wholes |= dict.fromkeys(_ALONG, height)
    for name in names:
        percent.resolve_one_percentage(box, name, wholes.get(name, width))


def _png_data(self: Any, picture: Any) -> bytes:
    """The rows of ``picture`` as a PDF has them, the same for the same file."""
    # Of others, the rows of their transparency are asked for, too.
    if self.mode not in ("L", "RGB"):
        found: bytes = _find_png_data(picture)
        return found
    file = self.image_data.data
    if file not in _pictures:
        if len(_pictures) >= _MAX_PICTURES:
            _pictures.clear()
        _pictures[file] = _find_png_data(picture)
    return _pictures[file]


REPLACEMENTS: tuple[tuple[Any, str, Any], ...] = (
    (boxes.Box, "is_in_normal_flow", _is_in_normal_flow),
    (background, "layout_box_backgrounds", _lay_background),
    (pydyf, "_to_bytes", _to_bytes),
    (images.RasterImage, "_get_png_data", _png_data),
    *((module, "resolve_percentages", _resolve_pixels) for module in _RESOLVING),
)
