"""What a map is asked for; all of it stands in the address."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import attrs
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tinhgon import dates
from tinhgon.registry import kinds
from tinhgon_web.core.asof import AsOf

LEVELS: Mapping[str, str] = {"huyen": "district", "xa": "commune", "thon": "village"}
"""Word of the address -> family of the units drawn."""
LEVEL_NAMES: Mapping[str, str | Promise] = {
    "huyen": _("Districts"),
    "xa": _("Communes"),
    "thon": _("Villages and residential groups"),
}
BAND, HOUSEHOLDS, POPULATION, AREA, SHORT, CHANGED = "muc", "ho", "dan", "dt", "thieu", "doi"
THEMES: Mapping[str, str | Promise] = {
    BAND: _("Against the standard"),
    HOUSEHOLDS: _("Households"),
    POPULATION: _("Population"),
    AREA: _("Area, km²"),
    SHORT: _("Villages under half of the standard"),
    CHANGED: _("What has changed"),
}
_A_YEAR = dt.timedelta(days=365)


@attrs.frozen(slots=True)
class Ask:
    """The place drawn ("" = the top), the level of the units, what they are coloured by, changes since when."""

    place: str
    level: str
    theme: str
    since: dt.date

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of unit drawn."""
        return tuple(kind for kind, family in kinds.FAMILY.items() if family == LEVELS[self.level])


def read(params: QueryDict, asof: AsOf) -> Ask:
    """What an address asks for; words it does not know are passed over."""
    level, theme = params.get("cap", ""), params.get("xem", "")
    return Ask(
        place=params.get("noi", "").replace("\0", ""),
        level=level if level in LEVELS else "xa",
        theme=theme if theme in THEMES else BAND,
        since=_since(params.get("tu", ""), asof),
    )


def _since(value: str, asof: AsOf) -> dt.date:
    try:
        since = dates.parse_date(value) if value.strip() else asof.on - _A_YEAR
    except dates.UnableToReadDate:
        since = asof.on - _A_YEAR
    return min(since, asof.on)
