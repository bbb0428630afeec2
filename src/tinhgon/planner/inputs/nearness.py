"""What a province takes for near, as the last objective: kilometres to the seat, by air or road, or a community."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import shapely
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from tinhgon.planner.inputs.borders import project
from tinhgon.planner.inputs.posing import number_parents
from tinhgon.planner.inputs.reading import read_csv
from tinhgon.planner.inputs.units import Units
from tinhgon.planner.problem import FloatArray, IntArray
from tinhgon.planner.ties import TieBreak
from tinhgon.refusal import Refusal

DISTANCE, ROAD, SAME = "distance", "road", "same:"
ROAD_COLUMN = "road_km"
NO_ROAD = 1_000.0  # km counted where no way leads along the roads listed


class UnableToReadTieBreak(Refusal, ValueError):
    """The text names no tie-break, or the data for it is not there."""

    def __init__(self, text: str, vi: str, en: str) -> None:
        super().__init__(
            f"Không dùng được tiêu chí phụ {text!r}: {vi}.", f"The tie-break {text!r} cannot be used: {en}."
        )
        self.text = text


def read_tie_break(units: Units, text: str, edges: Any, values: FloatArray) -> TieBreak:
    """The tie-break "distance" (outlines needed), "road" (a column of the edge list) or "same:COLUMN" (of the units).

    `values` (n, m) are the measures of the standard. Raises UnableToReadTieBreak.
    """
    parents = number_parents(units)[0]
    rows, columns = _pairs_inside(parents)
    if text == DISTANCE:
        name, far = "resident_km", _straight(units, rows, columns)
    elif text == ROAD:
        name, far = "resident_road_km", _by_road(_roads(units, edges, parents), parents)
    elif text.startswith(SAME):
        name, far = "residents_among_others", _others(units, text, rows, columns)
    else:
        raise UnableToReadTieBreak(
            text, "hãy viết distance, road hoặc same:CỘT", "write distance, road or same:COLUMN"
        )
    away = csr_array((far, (rows, columns)), shape=(len(units), len(units)))
    return TieBreak.of(name, away, units.residents(), values)


def _pairs_inside(parents: IntArray) -> tuple[IntArray, IntArray]:
    """Every pair of units of one parent, both ways."""
    rows = np.concatenate([np.repeat(some, len(some)) for some in _members(parents)])
    return rows, np.concatenate([np.tile(some, len(some)) for some in _members(parents)])


def _members(parents: IntArray) -> list[IntArray]:
    """The units of each parent."""
    order = np.argsort(parents, kind="stable")
    return np.split(order, np.cumsum(np.bincount(parents))[:-1])


def _straight(units: Units, rows: IntArray, columns: IntArray) -> FloatArray:
    """Kilometres between the middles of outlines."""
    if not units.has_geometry:
        raise UnableToReadTieBreak(DISTANCE, "bảng không có hình học", "the table has no geometry")
    middles = shapely.get_coordinates(project(units.frame).geometry.centroid, include_z=False)
    if len(middles) != len(units):
        raise UnableToReadTieBreak(DISTANCE, "có đơn vị thiếu hình học", "there are units without a geometry")
    return np.asarray(np.hypot(*(middles[rows] - middles[columns]).T) / 1_000.0)


def _by_road(roads: csr_array, parents: IntArray) -> FloatArray:
    """Kilometres of the shortest way inside the parent, for every pair in the order of `_pairs_inside`."""
    ways = [dijkstra(roads[some][:, some], directed=False).ravel() for some in _members(parents)]
    return np.asarray(np.nan_to_num(np.concatenate(ways), posinf=NO_ROAD))


def _roads(units: Units, edges: Any, parents: IntArray) -> csr_array:
    """(n, n) the kilometres between neighbours of one parent, from the edge list."""
    listed = read_csv(edges) if isinstance(edges, Path) else None
    if listed is None or ROAD_COLUMN not in listed.columns:
        vi = f"danh sách liền kề không có cột {ROAD_COLUMN}"
        raise UnableToReadTieBreak(ROAD, vi, f"the edge list has no column {ROAD_COLUMN}")
    number = {unit: row for row, unit in enumerate(units.ids)}
    ends = np.array([[number.get(unit.strip(), -1) for unit in listed.iloc[:, k]] for k in (0, 1)])
    km = listed[ROAD_COLUMN].astype(float).to_numpy()
    inside = (ends >= 0).all(axis=0) & (parents[ends[0]] == parents[ends[1]])
    return csr_array((km[inside], tuple(ends[:, inside])), shape=(len(units), len(units)))


def _others(units: Units, text: str, rows: IntArray, columns: IntArray) -> FloatArray:
    """1 where the two units are of different communities."""
    column = text.removeprefix(SAME)
    if column not in units.frame.columns:
        raise UnableToReadTieBreak(
            text, f"bảng không có cột {column!r}", f"the table has no column {column!r}"
        )
    named = units.frame[column].fillna("").astype(str).str.strip().to_numpy()
    return np.asarray(named[rows] != named[columns], dtype=np.float64)
