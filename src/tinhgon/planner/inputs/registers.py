"""A register at a date as a table of units: names, kinds, parents, measures, facts the law asks, outlines."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
from shapely.geometry import shape

from tinhgon.planner.inputs.defects import UnableToReadUnits
from tinhgon.registry import kinds
from tinhgon.registry.folder import open_folder
from tinhgon.registry.state import Register, Unit

FAMILIES = {"village": kinds.VILLAGE_KINDS, "commune": kinds.COMMUNE_KINDS}
WITHIN = "parent"  # the column of the parent's id, the border no merger crosses
_FACTS = ("synthetic", "region", "mountain", "border", "island", "special")
_WARD_OF = {"urban_district": "quan", "city": "thanh_pho", "town": "thi_xa"}


def read_register(folder: Path, family: str, on: dt.date, known_at: dt.datetime | None = None) -> Any:
    """Units of a family ("village" or "commune") open on a day, one row each, a GeoDataFrame where outlines are.

    Facts of the law are the unit's own or those of the nearest unit above that has them. Outlines come from
    the folder's geometry.geojson, by the unit's id (property `id` or `unit`) or its code on that day.
    """
    table = table_of(open_folder(folder).register(known_at), family, on)
    if not len(table):
        raise UnableToReadUnits(
            f"{folder} không có đơn vị nào thuộc loại {family} vào ngày {on:%d/%m/%Y}.",
            f"{folder} has no unit of family {family} open on {on}.",
        )
    outlines = folder / "geometry.geojson"
    return _with_outlines(table, outlines) if outlines.is_file() else table


def table_of(
    register: Register,
    family: str,
    on: dt.date,
    *,
    under: str | None = None,
    shapes: Mapping[str, Mapping[str, Any]] | None = None,
) -> Any:
    """The units of a family open on a day, below a unit, as a table; a GeoDataFrame with `shapes`.

    `shapes` are GeoJSON geometries in degrees by the unit's id. A place without such units gives an empty table.
    """
    table = pd.DataFrame(
        [_row(register, unit, on) for unit in register.units_on(on, FAMILIES[family], under)]
    )
    if not shapes or not len(table):
        return table
    found = [shape(shapes[id_]) if id_ in shapes else None for id_ in table["id"]]
    return gpd.GeoDataFrame(table, geometry=gpd.GeoSeries(found), crs="EPSG:4326")


def _row(register: Register, unit: Unit, on: dt.date) -> dict[str, Any]:
    parent = register.units.get(unit.parent(on) or "")
    row: dict[str, Any] = {
        "id": unit.id,
        "code": unit.code(on),
        "name": unit.name(on),
        "kind": unit.kind(on),
        WITHIN: None if parent is None else parent.id,
        "parent_name": None if parent is None else parent.name(on),
        "ward_of": None if parent is None else _WARD_OF.get(parent.kind(on)),
    }
    row |= {measure: unit.measure(measure, on) for measure in kinds.MEASURES if measure in unit.measures}
    row |= {fact: _inherited(register, unit, fact, on) for fact in _FACTS}
    return row


def _inherited(register: Register, unit: Unit, fact: str, on: dt.date) -> str | None:
    holders = (unit, *register.ancestors(unit.id, on))
    return next((value for holder in holders if (value := holder.fact(fact, on))), None)


def _with_outlines(table: Any, path: Path) -> Any:
    outlines = gpd.read_file(path)
    for column, key in (("unit", "id"), ("id", "id"), ("code", "code")):
        if column in outlines.columns and set(outlines[column].astype(str)) & set(table[key]):
            shapes = outlines.set_index(outlines[column].astype(str)).geometry
            found = shapes[~shapes.index.duplicated()].reindex(table[key])
            return gpd.GeoDataFrame(table, geometry=found.to_numpy(), crs=outlines.crs)
    return table
