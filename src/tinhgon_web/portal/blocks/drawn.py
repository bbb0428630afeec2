"""Blocks drawn from the register or from numbers: a map of a place, a chart."""

from __future__ import annotations

import math
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from tinhgon_web.apparatus.maps.asking import LEVEL_NAMES
from tinhgon_web.core.asof import today
from tinhgon_web.portal import charts, maps
from tinhgon_web.portal.blocks.figures import choices

_PREVIEW = "portal/blocks/preview.html"
_MOST_POINTS, _MOST_YEARS = 40, 30
_THEMES = [(maps.OUTLINE, lazy("Borders only")), *maps.THEMES.items()]


class Map(blocks.StructBlock):
    """A place on a day, its units coloured or in outline; drawn without scripts, with the same as a list."""

    place = blocks.CharBlock(
        label=lazy("Place"),
        help_text=lazy("Name with what it stands under, or code; it is looked up when the page is saved."),
    )
    on = blocks.DateBlock(label=lazy("On the day"))
    level = blocks.ChoiceBlock(choices=list(LEVEL_NAMES.items()), default="xa", label=lazy("Units shown"))
    theme = blocks.ChoiceBlock(choices=_THEMES, default="muc", label=lazy("Coloured by"))
    caption = blocks.CharBlock(label=lazy("Caption"))

    class Meta:
        label = lazy("Map")
        icon = "site"
        template = "portal/blocks/map.html"
        preview_template = _PREVIEW

    def clean(self, value: Any) -> Any:
        """Find the place, and write it down so that it is found again."""
        cleaned = super().clean(value)
        try:
            cleaned["place"] = maps.placed(cleaned["place"], cleaned["on"])
        except maps.UnableToPlace as refusal:
            said = refusal.message("vi" if get_language() == "vi" else "en")
            raise StructBlockValidationError({"place": ValidationError(said)}) from refusal
        return cleaned

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """With the drawing."""
        drawn = maps.drawn(value["place"], value["on"], value["level"], value["theme"])
        return {**super().get_context(value, parent_context=parent_context), "drawn": drawn}

    def get_preview_value(self) -> Any:
        """The whole register's place as it is today."""
        said = {"place": maps.top(), "on": today(), "level": "xa", "theme": "muc", "caption": _("Map")}
        return self.normalize(said)


class Point(blocks.StructBlock):
    """A number of a chart."""

    label = blocks.CharBlock(label=lazy("Of what"), max_length=30)
    value = blocks.FloatBlock(label=lazy("Number"))


class Chart(blocks.StructBlock):
    """Numbers as bars or a line, with a table: typed here, or a figure of the register year by year."""

    caption = blocks.CharBlock(label=lazy("Caption"))
    form = blocks.ChoiceBlock(
        choices=[("bars", lazy("Bars")), ("line", lazy("Line"))], default="bars", label=lazy("Drawn as")
    )
    code = blocks.ChoiceBlock(choices=choices, required=False, label=lazy("Figure of the register"))
    first = blocks.IntegerBlock(required=False, min_value=1976, max_value=2100, label=lazy("From the year"))
    last = blocks.IntegerBlock(required=False, min_value=1976, max_value=2100, label=lazy("to the year"))
    points = blocks.ListBlock(Point(), required=False, default=[], label=lazy("Or numbers typed here"))
    unit = blocks.CharBlock(required=False, max_length=40, label=lazy("Unit of the numbers typed"))
    source = blocks.CharBlock(required=False, max_length=200, label=lazy("Source of the numbers typed"))

    class Meta:
        label = lazy("Chart of numbers")
        icon = "order"
        template = "portal/blocks/chart.html"
        preview_template = _PREVIEW

    def clean(self, value: Any) -> Any:
        """Either a figure with its years, or numbers with their source."""
        cleaned = super().clean(value)
        wrong = _figure_faults(cleaned) if cleaned["code"] else _typed_faults(cleaned)
        if wrong:
            raise StructBlockValidationError({field: ValidationError(said) for field, said in wrong.items()})
        return cleaned

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """With the series and the drawing."""
        if value.get("code"):
            series = charts.yearly(value["code"], value["first"] or 0, value["last"] or -1)
        else:
            points = [(one["label"], one["value"]) for one in value["points"] if math.isfinite(one["value"])]
            series = charts.typed(points, value.get("unit", ""))
        drawing = charts.draw(series, name=value["caption"], form=value.get("form", charts.BARS))
        more = {"series": series, "drawing": drawing}
        return {**super().get_context(value, parent_context=parent_context), **more}

    def get_preview_value(self) -> Any:
        """Numbers of nothing."""
        points = [{"label": label, "value": value} for label, value in (("A", 12), ("B", 30), ("C", 21))]
        return self.normalize({"caption": _("Chart of numbers"), "points": points, "source": "–"})


def _figure_faults(value: Any) -> dict[str, str]:
    first, last = value["first"], value["last"]
    if value["points"]:
        return {"points": _("Choose a figure of the register or type numbers, not both.")}
    if first is None or last is None or not 0 <= last - first < _MOST_YEARS:
        return {"last": _("Give the first and the last year, at most thirty years apart.")}
    return {}


def _typed_faults(value: Any) -> dict[str, str]:
    points = list(value["points"])
    if not 0 < len(points) <= _MOST_POINTS:
        return {"points": _("Choose a figure of the register, or type up to forty numbers.")}
    if not all(math.isfinite(one["value"]) for one in points):
        return {"points": _("Each number must be a number.")}
    if not value["source"]:
        return {"source": _("Say where the numbers come from.")}
    return {}
