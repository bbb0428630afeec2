"""Measuring the screens people will open, before they do: the whole register and each province and district."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q

from tinhgon.registry import kinds
from tinhgon_web.apparatus.models import UnitSpan
from tinhgon_web.core.asof import AsOf
from tinhgon_web.reports.board import selectors


def places(on: dt.date) -> list[str]:
    """The whole register ("") and the provinces and districts open on a day."""
    wanted = kinds.PROVINCE_KINDS | kinds.DISTRICT_KINDS
    rows = UnitSpan.objects.filter(Q(end=None) | Q(end__gt=on), start__lte=on, kind__in=wanted)
    return ["", *rows.order_by("unit").values_list("unit", flat=True)]


def measure_ahead(on: dt.date) -> int:
    """Measure every screen of a day by all records, where that is not done yet; returns how many there are."""
    asof = AsOf(on=on, today=on)
    found = places(on)
    for place in found:
        selectors.measured(asof=asof, place=place)
    return len(found)
