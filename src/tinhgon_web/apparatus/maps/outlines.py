"""The outline a unit has on a day: its own, with those of the units that went wholly into it, or of all under it."""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import shapely
from django.db.models import Count, Max

from tinhgon.registry import kinds, lineage
from tinhgon.registry.state import Register
from tinhgon_web.apparatus import registers
from tinhgon_web.apparatus.models import Geometry
from tinhgon_web.apparatus.selectors.below import ids

Shape = dict[str, Any]
_kept: registers.Kept[dict[str, Shape]] = registers.Kept(24)


def outlines(register: Register, head: registers.Head, on: dt.date, units: Iterable[str]) -> dict[str, Shape]:
    """Unit -> GeoJSON geometry, for the units that have one that day; kept until the journal or the outlines change."""
    wanted = tuple(units)
    if not wanted:
        return {}
    stored = tuple(Geometry.objects.aggregate(Count("id"), Max("id"), Max("since")).values())
    return _kept.get((head, on, stored, hash(wanted)), lambda: _Outlines(register, on).of(wanted))


def holder(register: Register, unit: str, on: dt.date) -> str | None:
    """Which open unit holds, on a day, the (largest) part of what a unit was; itself while it is open."""
    seen = set()
    while unit not in seen and unit in register.units:
        if register.units[unit].is_open(on):
            return unit
        seen.add(unit)
        flows = [flow for flow in lineage.successors(register, unit) if flow.on <= on]
        if not flows:
            return None
        last = flows[-1].seq
        unit = max((flow for flow in flows if flow.seq == last), key=lambda flow: flow.share).target
    return None


class _Outlines:
    def __init__(self, register: Register, on: dt.date) -> None:
        self._register, self._on = register, on

    def of(self, units: tuple[str, ...]) -> dict[str, Shape]:
        """The units' own outlines; where there are none, those of the places under them, joined."""
        found = self._own(units)
        below = {unit: self._places_under(unit) for unit in units if unit not in found}
        under = {child for children in below.values() for child in children}
        if under:
            parts = self.of(tuple(sorted(under)))
            for unit, children in below.items():
                shapes = [parts[child] for child in children if child in parts]
                if shapes:
                    found[unit] = _joined(shapes)
        return found

    def _places_under(self, unit: str) -> list[str]:
        children = self._register.children(unit, self._on)
        return [child.id for child in children if child.kind(self._on) in kinds.TERRITORIES]

    def _own(self, units: tuple[str, ...]) -> dict[str, Shape]:
        """Outlines by their holder of the day; those recorded before the holder's own last one are in it already."""
        register, on = self._register, self._on
        into = {unit: unit for unit in units}
        for unit in units:
            for flow in lineage.ancestry(register, unit, on):
                if flow.source not in into and holder(register, flow.source, on) == unit:
                    into[flow.source] = unit
        rows = Geometry.objects.filter(unit__in=ids(into), since__lte=on).order_by("since")
        last = {unit: (since, shape) for unit, since, shape in rows.values_list("unit", "since", "shape")}
        parts: dict[str, list[Shape]] = defaultdict(list)
        for unit, (_since, shape) in last.items():
            target = into[unit]
            closed = register.units[unit].closed_on
            own = last.get(target)
            if unit == target or own is None or closed is None or own[0] < closed:
                parts[target].append(shape)
        return {unit: _joined(shapes) for unit, shapes in parts.items()}


def _joined(shapes: list[Shape]) -> Shape:
    if len(shapes) == 1:
        return shapes[0]
    whole = shapely.unary_union([shapely.geometry.shape(shape) for shape in shapes])
    if whole.geom_type not in ("Polygon", "MultiPolygon"):
        return shapes[0]
    # Polygons that touch in a sliver leave hairlines; closing them by a millionth of a degree joins them.
    whole = whole.buffer(1e-6).buffer(-1e-6)
    joined: Shape = json.loads(shapely.to_geojson(shapely.set_precision(whole, 1e-5)))
    return joined
