"""A number of the register in an article, which stays true."""

from __future__ import annotations

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from tinhgon.figures import CATALOGUE


def choices() -> list[tuple[str, str]]:
    """Every figure of the catalogue, by its name in the editor's language."""
    vietnamese = get_language() == "vi"
    return [(one.code, one.vi if vietnamese else one.en) for one in CATALOGUE.values()]


class LiveFigure(blocks.StructBlock):
    """A figure over the article's window, large, with its date and source; opens onto what it counts."""

    code = blocks.ChoiceBlock(choices=choices, label=_("Figure"))
    note = blocks.CharBlock(label=_("In words"), required=False)

    class Meta:
        label = _("Live figure")
        icon = "decimal"
        template = "portal/blocks/figure.html"
