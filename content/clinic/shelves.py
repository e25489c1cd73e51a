"""The shelves of the library by their names; see ``content.text.areas``."""

from typing import Any

from django.utils.translation import gettext_lazy as _

SHELVES: dict[str, Any] = {
    "infections": _("Infections"),
    "cancer": _("Cancer"),
    "blood": _("Blood"),
    "diabetes": _("Diabetes"),
    "hormones": _("Hormones and nutrition"),
    "mind": _("Mental health"),
    "brain": _("Brain and nerves"),
    "eyes": _("Eyes"),
    "ears": _("Ears"),
    "heart": _("Heart and blood vessels"),
    "lungs": _("Lungs and breathing"),
    "digestion": _("Stomach and digestion"),
    "skin": _("Skin"),
    "bones": _("Bones, joints and muscles"),
    "kidneys": _("Kidneys and bladder"),
    "pregnancy": _("Pregnancy and birth"),
    "injuries": _("Injuries and poisoning"),
    "medicines": _("Medicines"),
    "tests": _("Tests"),
    "other": _("Other topics"),
}
