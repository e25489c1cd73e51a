"""The names of the shelves, in words that a patient uses."""

from django.utils.translation import gettext_lazy as _

from content.text.areas import AREAS, OTHER

NAMES = {
    "infections": _("Infections"),
    "cancer": _("Cancer"),
    "blood": _("Blood"),
    "diabetes": _("Diabetes"),
    "hormones": _("Hormones and weight"),
    "mind": _("Mind and mood"),
    "brain": _("Brain and nerves"),
    "eyes": _("Eyes"),
    "ears": _("Ears"),
    "heart": _("Heart and blood vessels"),
    "lungs": _("Lungs and breathing"),
    "digestion": _("Stomach and bowel"),
    "skin": _("Skin"),
    "bones": _("Bones, joints and muscles"),
    "kidneys": _("Kidneys and bladder"),
    "pregnancy": _("Pregnancy and newborn babies"),
    "injuries": _("Injuries and poisoning"),
    "medicines": _("Medicines"),
    "tests": _("Medical tests"),
    OTHER: _("Other topics"),
}


def name(area: str) -> str:
    """The name of a shelf in the language in force; that of the others for one not in the table."""
    return str(NAMES.get(area, NAMES[OTHER]))


def in_order(counts: dict[str, int]) -> list[tuple[str, str, int]]:
    """(shelf, name, pages) of each shelf that has pages, in the order of the library."""
    return [(area, name(area), counts[area]) for area in AREAS if counts.get(area)]
