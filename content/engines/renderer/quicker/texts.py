"""Texts: the width of a bullet or a table's head is the same in every handout, and what was measured
is what is drawn."""

import re
from functools import partial
from typing import Any

from weasyprint.layout import inline, preferred
from weasyprint.text import line_break
from weasyprint.text.ffi import ffi, gobject, pango

from content.engines.renderer.quicker.styles import once

# What the width of a line depends on: all that `weasyprint.text` asks of a style, but for decorations.
TEXT_PROPERTIES = (
    "direction", "font_family", "font_feature_settings", "font_kerning", "font_language_override",
    "font_size", "font_stretch", "font_style", "font_variant_alternates", "font_variant_caps",
    "font_variant_east_asian", "font_variant_ligatures", "font_variant_numeric",
    "font_variant_position", "font_variation_settings", "font_weight", "hyphenate_character",
    "hyphenate_limit_chars", "hyphenate_limit_zone", "hyphens", "lang", "letter_spacing",
    "line_height", "overflow_wrap", "tab_size", "white_space", "word_break", "word_spacing",
)  # fmt: skip
_FEATURES = ("font_kerning", "font_variant_ligatures", "font_variant_position", "font_variant_caps",
             "font_variant_numeric", "font_variant_alternates", "font_variant_east_asian",
             "font_feature_settings")  # fmt: skip
# Where Pango begins another paragraph or line by itself.
_PARAGRAPHS = re.compile("[\n\v\f\r\x1c-\x1e\x85\u2028\u2029]")
# Labels, bullets and numbers come again in the next handout; sentences do not.
_SHORT, _MAX_WIDTHS = 40, 4096

_widths: dict[tuple[Any, ...], tuple[int | None, float]] = {}
_split, _find_strut = line_break.split_first_line, line_break.strut
_find_font_key = line_break._font_style_cache_key
_find_description = line_break.get_font_description
_set_up_any, _set_any_text = line_break.Layout.setup, line_break.Layout.set_text
_set_up_again = line_break.Layout.reactivate


def _strut(style: Any) -> tuple[float, float]:
    found: tuple[float, float] = once(style, "_strut", _find_strut)
    return found


def _known_width(
    text: str, style: Any, context: Any, max_width: Any, justification_spacing: Any,
    is_line_start: bool = True, minimum: bool = False,
) -> tuple[Any, ...]:  # fmt: skip
    """``split_first_line`` where only the width and the rest are asked for, as for preferred widths."""
    asked = (max_width, justification_spacing, is_line_start, minimum)
    if len(text) > _SHORT:
        found: tuple[Any, ...] = _split(text, style, context, *asked)
        return found
    key = (text, *asked, once(style, "_text_key", _text_key))
    if key not in _widths:
        if len(_widths) >= _MAX_WIDTHS:
            _widths.clear()
        _widths[key] = _split(text, style, context, *asked)[2:4]
    return (None, None, *_widths[key], None, None)


def _set_up(self: Any, style: Any) -> None:
    """A Pango layout of ``style``, in the one context of that style."""
    if once(style, "_is_marked", _is_marked):
        _set_up_any(self, style)
        return
    self.style, self.first_line_direction = style, 0
    context, self.language = once(style, "_pango_context", _pango_context)
    self.layout = ffi.gc(pango.pango_layout_new(context), gobject.g_object_unref)
    pango.pango_layout_set_auto_dir(self.layout, False)
    pango.pango_layout_set_font_description(self.layout, _font_description(style))
    self.ascent = self.underline_position = self.strikethrough_position = None


def _is_marked(style: Any) -> bool:
    """Whether a text has more than letters: lines, features of its font, another font's language."""
    if style["text_decoration_line"] != "none" or style["font_language_override"] != "normal":
        return True
    return bool(line_break.font_features(*(style[name] for name in _FEATURES)))


def _pango_context(style: Any) -> tuple[Any, Any]:
    """The context that ``Layout.setup`` makes for each text, and its language."""
    context = pango.pango_font_map_create_context(style.font_config.font_map)
    pango.pango_context_set_round_glyph_positions(context, False)
    pango.pango_context_set_base_dir(context, line_break.PANGO_DIRECTION[style["direction"]])
    if style["lang"]:
        letters, _kept = line_break.unicode_to_char_p(style["lang"])
        language = pango.pango_language_from_string(letters)
        pango.pango_context_set_language(context, language)
    else:
        language = pango.pango_language_get_default()
    return ffi.gc(context, gobject.g_object_unref), language


def _set_text(self: Any, text: str, justify: bool = False) -> None:
    # What is drawn is one paragraph: said now, the line need not be laid out again then.
    pango.pango_layout_set_single_paragraph_mode(self.layout, not _PARAGRAPHS.search(text))
    _set_any_text(self, text, justify)


def _keep(self: Any) -> None:
    """A layout that was measured is the one that will be drawn: pages are few."""


def _draw_again(self: Any, style: Any) -> None:
    if style is not self.style or self.justification_spacing:
        _set_up_again(self, style)


def _text_key(style: Any) -> tuple[Any, ...]:
    return tuple(style[name] for name in TEXT_PROPERTIES)


def _font_key(style: Any, include_size: bool = False) -> str:
    key: str = once(style, f"_font_key_{include_size}", partial(
        _find_font_key, include_size=include_size
    ))  # fmt: skip
    return key


def _font_description(style: Any) -> Any:
    return once(style, "_font_description", _find_description)


REPLACEMENTS: tuple[tuple[Any, str, Any], ...] = (
    (inline, "strut", _strut),
    (preferred, "split_first_line", _known_width),
    (line_break.Layout, "setup", _set_up),
    (line_break.Layout, "set_text", _set_text),
    (line_break.Layout, "deactivate", _keep),
    (line_break.Layout, "reactivate", _draw_again),
    (line_break, "_font_style_cache_key", _font_key),
    (line_break, "get_font_description", _font_description),
)
