"""What WeasyPrint 70.0 finds out again for each box, found out once: the same bytes, sooner.

The replaced functions take short ways and leave the rest to the originals, which
`tests/engines/renderer/test_quicker.py` holds against them. Internals are replaced, so this is tied to
one version, which `accessibility.install` checks.
"""

from content.engines.renderer.quicker import layout, styles, texts

_REPLACEMENTS = (*styles.REPLACEMENTS, *texts.REPLACEMENTS, *layout.REPLACEMENTS)
_REPLACED = tuple((owner, name, vars(owner)[name], new) for owner, name, new in _REPLACEMENTS)


def install() -> None:
    for owner, name, _old, new in _REPLACED:
        setattr(owner, name, new)


def uninstall() -> None:
    """The originals again, to hold against."""
    for owner, name, old, _new in _REPLACED:
        setattr(owner, name, old)
