"""In which units of a scheme people are asked, and in which they are not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from tinhgon.registry import kinds
from tinhgon_web.apparatus import selectors as apparatus
from tinhgon_web.core.asof import AsOf, today
from tinhgon_web.schemes.models import Scheme


def left_out(scheme: Scheme, rolled: Iterable[str], on: dt.date) -> dict[str, str]:
    """Id -> name of the units a scheme touches without a roll of their own or of all their villages."""
    there = set(rolled)
    missing = [
        unit for unit in scheme.touched.values_list("unit", flat=True).order_by("unit") if unit not in there
    ]
    if not missing:
        return {}
    reader = apparatus.reader(AsOf(on=on, today=today()))
    below, named = reader.children(missing, kinds.ADMINISTRATIVE), reader.units(missing)
    villages = {
        unit: {row.unit for row in below.get(unit, ()) if row.kind in kinds.VILLAGE_KINDS} for unit in missing
    }
    return {
        unit: named[unit].name if unit in named else unit
        for unit in missing
        if not villages[unit] or not villages[unit] <= there
    }
