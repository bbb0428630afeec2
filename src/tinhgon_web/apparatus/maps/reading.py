"""What a map shows: units with their outlines, classes and values."""

from __future__ import annotations

from typing import Any

import attrs

from tinhgon.registry import kinds
from tinhgon_web.apparatus import registers
from tinhgon_web.apparatus.maps import asking, themes
from tinhgon_web.apparatus.maps.outlines import Shape, outlines
from tinhgon_web.apparatus.models import UnitSpan
from tinhgon_web.apparatus.rows import UnitRow
from tinhgon_web.apparatus.selectors.below import below, ids
from tinhgon_web.apparatus.selectors.folded import FoldedReader
from tinhgon_web.apparatus.selectors.projected import UNIT, held
from tinhgon_web.apparatus.selectors.reader import Reader
from tinhgon_web.core.asof import AsOf
from tinhgon_web.core.rights import Limits


@attrs.frozen(slots=True)
class Feature:
    """A unit on the map."""

    row: UnitRow
    value: themes.Value
    shape: Shape | None


@attrs.frozen(slots=True)
class Map:
    """The features in the order of the list, the legend, the outlines of the level above, and the units around."""

    features: list[Feature]
    classes: list[themes.Class]
    above: list[Shape]
    parents: dict[str, UnitRow]

    @property
    def undrawn(self) -> int:
        """How many units have no outline."""
        return sum(feature.shape is None for feature in self.features)


def top(reader: Reader) -> str:
    """The place a map begins with: the first province, else the first place at the top."""
    tops = [row for row in reader.tops(kinds.ADMINISTRATIVE) if row.kind in kinds.TERRITORIES]
    return (
        min(tops, key=lambda row: (row.kind not in kinds.PROVINCE_KINDS, row.sort_key)).unit if tops else ""
    )


def read(asof: AsOf, reader: Reader, ask: asking.Ask, scope: Limits) -> Map:
    """Read a map: three queries for units and outlines from the projection."""
    places = [row for row in _places(reader, ask.place) if scope.everything or scope.holds(row.unit)]
    rows = [row for row in places if row.kind in ask.kinds]
    head = registers.head_of(asof)
    register = registers.register(head)
    coloured = themes.coloured(asof, ask, register, rows, places)
    shapes = outlines(register, head, asof.on, [row.unit for row in rows])
    known = {row.unit: row for row in places}
    parents = {row.parent: known[row.parent] for row in rows if row.parent in known}
    above = outlines(register, head, asof.on, sorted(parents)) if len(parents) > 1 else {}
    features = [Feature(row, coloured.values[row.unit], shapes.get(row.unit)) for row in rows]
    order = {one.css: rank for rank, one in enumerate(coloured.classes)}
    features.sort(key=lambda one: (order[one.value.css], one.value.size, one.row.name, one.row.unit))
    return Map(features, coloured.classes, list(above.values()), parents)


def _places(reader: Reader, place: str) -> list[UnitRow]:
    if isinstance(reader, FoldedReader):
        under = reader.below(place)
        return [
            row
            for row in reader.rows()
            if row.kind in kinds.TERRITORIES and row.unit in under and row.covers(reader.on)
        ]
    rows = held(UnitSpan.objects.filter(kind__in=kinds.TERRITORIES), reader.on)
    found = rows.filter(unit__in=ids(below(place, reader.on))).order_by("unit")
    return [UnitRow(**row) for row in found.values(*UNIT)]


def geojson(map_: Map) -> dict[str, Any]:
    """The features as GeoJSON; the outlines above as further features of the class "outline"."""
    features = [
        _feature(number, feature.shape, unit=feature.row.unit, css=feature.value.css)
        for number, feature in enumerate(map_.features)
        if feature.shape is not None
    ]
    more = [_feature(len(map_.features) + n, shape, css="outline") for n, shape in enumerate(map_.above)]
    return {"type": "FeatureCollection", "features": features + more}


def _feature(number: int, shape: Shape, **properties: str) -> dict[str, Any]:
    return {"type": "Feature", "id": number, "properties": properties, "geometry": shape}
