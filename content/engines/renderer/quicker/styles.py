"""Styles: nearly all properties of a page keep their initial values, or their parent's."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any

from weasyprint import css as wp_css
from weasyprint import html as wp_html
from weasyprint.css.computed_values import COMPUTER_FUNCTIONS, PHYSICAL_FUNCTIONS
from weasyprint.css.functions import check_math
from weasyprint.css.properties import INHERITED, INITIAL_NOT_COMPUTED, INITIAL_VALUES
from weasyprint.css.tokens import Pending

# Properties whose computed value depends on others, or on what is around.
_ENTANGLED = frozenset({"float", "display", "position", "page"})
# What a style that says nothing of it takes from its parent. Lines under a text go on through what is
# in it, and a page's name holds until another is said.
_HERITAGE = frozenset(
    {*INHERITED, "page", *(key for key in INITIAL_VALUES if key.startswith("text_decoration_"))}
)


def _stays_initial(key: str) -> bool:
    """Whether a style that says nothing of ``key`` has its initial value, as it stands."""
    return not (key in _HERITAGE or key in INITIAL_NOT_COMPUTED or key.startswith("__"))


_INITIAL = {key: value for key, value in INITIAL_VALUES.items() if _stays_initial(key)}
# A line that is not drawn has no width.
_LINES = ("border_top", "border_right", "border_bottom", "border_left", "outline")
_INITIAL |= {f"{line}_width": 0 for line in _LINES}
_UNMOVED = {"position": INITIAL_VALUES["position"], "float": INITIAL_VALUES["float"]}
# What may be said of a physical property in the words of the text's direction, and the other way.
_LOGICAL = {
    physical: {name(block="ttb", inline=direction) for direction in ("ltr", "rtl")}
    for physical, name in PHYSICAL_FUNCTIONS.items()
}
_PHYSICAL = {
    logical: {physical for physical, names in _LOGICAL.items() if logical in names}
    for logical in set().union(*_LOGICAL.values())
}

# Each element would have five styles more.
_NEVER_THERE = frozenset(
    {"footnote-call", "footnote-marker", "note-call", "note-marker", "note-callback"}
)
_MATCHER = wp_html.UA_STYLESHEET.matcher
_begin_any_anonymous, _begin_any = wp_css.AnonymousStyle.__init__, wp_css.ComputedStyle.__init__
_find, _set_any_styles = wp_css.ComputedStyle.__missing__, wp_css.StyleFor.set_computed_styles


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
    _begin_any_anonymous(self, parent_style)
    self.update(once(parent_style, "_heritage", _heritage))


def _begin_computed(self: Any, parent_style: Any, cascaded: Any, *rest: Any) -> None:
    self.update(_INITIAL)
    if parent_style is not None:
        self.update(once(parent_style, "_heritage", _heritage))
    _begin_any(self, parent_style, cascaded, *rest)
    for key in cascaded:
        self.pop(key, None)
        for physical in _PHYSICAL.get(key, ()):
            self.pop(physical, None)
            self.pop(_width_of(physical), None)
        self.pop(_width_of(key), None)
    if parent_style is not None and cascaded.keys().isdisjoint(_UNMOVED):
        self.specified.update(_UNMOVED)
    else:
        for key in _UNMOVED:
            self.pop(key, None)


def _heritage(style: Any) -> dict[str, Any]:
    """What is inside takes of ``style``."""
    return {key: style[key] for key in _HERITAGE}


def _width_of(key: str) -> str:
    """The name of the width that a line has where ``key`` tells its style."""
    return key.removesuffix("_style") + "_width"


def _set_styles(
    self: Any, element: Any, parent: Any, root: Any = None, pseudo_type: Any = None, **rest: Any
) -> None:
    """Styles of generated boxes, one for all elements of one style, as elements share theirs."""
    if pseudo_type is None or element is not parent:
        _set_any_styles(self, element, parent, root, pseudo_type, **rest)
        return
    styles, kept = self._computed_styles, self.__dict__.setdefault("_generated", {})
    key = (id(styles[parent, None]), pseudo_type)
    cascaded = self._cascaded_styles[element, pseudo_type]
    if key in kept and kept[key].cascaded == cascaded:
        styles[element, pseudo_type] = kept[key]
        return
    _set_any_styles(self, element, parent, root, pseudo_type, **rest)
    kept[key] = styles[element, pseudo_type]


def _find_in_computed(self: Any, key: str) -> Any:
    cascaded = self.cascaded
    if key not in cascaded:
        return _find(self, key)
    value = cascaded[key][0]
    if _needs_all(key, value) or not cascaded.keys().isdisjoint(_LOGICAL.get(key, ())):
        return _find(self, key)
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


def once(style: Any, name: str, find: Any) -> Any:
    """What ``find`` tells of ``style``, kept with it: what is once laid out keeps its style."""
    try:
        return style.__dict__[name]
    except KeyError:
        value = style.__dict__[name] = find(style)
        return value


REPLACEMENTS: tuple[tuple[Any, str, Any], ...] = (
    (wp_css.AnonymousStyle, "__init__", _begin_anonymous),
    (wp_css.ComputedStyle, "__init__", _begin_computed),
    (wp_css.ComputedStyle, "__missing__", _find_in_computed),
    (wp_css.StyleFor, "set_computed_styles", _set_styles),
    (_MATCHER, "other_selectors", list(_matching(_MATCHER.other_selectors))),
)
