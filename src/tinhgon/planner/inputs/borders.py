"""Neighbours from shapes: two units are neighbours when they share at least so many metres of border."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from tinhgon.planner.inputs.adjacency import Adjacency, IntArray, tidy_edges
from tinhgon.planner.inputs.defects import Defect, UnableToReadUnits
from tinhgon.planner.inputs.units import FloatArray, Units

SHARED = "shared borders"
MIN_BORDER_M = 1.0  # a shorter common line is a corner or a rounding error, no border to walk across


def from_borders(units: Units, *, min_border_m: float = MIN_BORDER_M) -> tuple[Adjacency, tuple[Defect, ...]]:
    """Neighbours by length of shared border in metres, and the defects of the geometries.

    Degrees are projected to metres by `project`. Where two lines were drawn apart, shapes overlap here and
    leave a gap there; the whole outline of an overlap counts, which makes up for the gaps (on the 11,163
    communes of 2009 the borders of a unit then add up to 0.96 of its outline in the median, and to 0.70 with
    half the outline).
    """
    if not units.has_geometry:
        raise UnableToReadUnits(
            "Bảng không có hình học: hãy cho danh sách liền kề (--edges).",
            "The table has no geometry: give the neighbours as an edge list (--edges).",
        )
    shapes, defects = repair(units)
    pairs, lengths = shared_borders(shapes)
    kept = tidy_edges(pairs[lengths >= min_border_m])
    return Adjacency(kept, SHARED, min_border_m), defects


def project(frame: Any) -> Any:
    """The frame in metres.

    Degrees go to a transverse Mercator plane around the middle of the data, WGS 84, scale 1: lengths are true
    to 0.1 % within 280 km east and west of it and to 1 % over the width of the country. A projected frame
    stays as it is, and so does one with no reference system, whose unit then is taken to be a metre.
    """
    if frame.crs is None or not frame.crs.is_geographic:
        return frame
    west, south, east, north = frame.total_bounds
    middle = f"+lat_0={(south + north) / 2:.6f} +lon_0={(west + east) / 2:.6f}"
    return frame.to_crs(f"+proj=tmerc {middle} +k=1 +datum=WGS84 +units=m +no_defs")


def repair(units: Units) -> tuple[Any, tuple[Defect, ...]]:
    """(n,) shapes in metres (None where there is none), made valid, and what was wrong with them."""

    shapes = np.array(project(units.frame).geometry.array, dtype=object)
    missing = np.array(shapely.is_missing(shapes) | shapely.is_empty(shapes))
    shapes[missing] = None
    broken = ~missing & ~np.array(shapely.is_valid(shapes))
    reasons = shapely.is_valid_reason(shapes)
    shapes[broken] = shapely.make_valid(shapes[broken])
    return shapes, tuple(_shape_defects(units, shapes, missing, broken, reasons))


def _shape_defects(
    units: Units, shapes: Any, missing: NDArray[np.bool_], broken: NDArray[np.bool_], reasons: Any
) -> Iterator[Defect]:

    first: dict[bytes, str] = {}
    for row, shape in enumerate(shapes):
        unit = units.ids[row]
        if missing[row]:
            yield Defect(row + 1, unit, "missing_geometry")
            continue
        if broken[row]:
            yield Defect(row + 1, unit, "invalid_geometry", str(reasons[row]))
        key = shapely.to_wkb(shapely.normalize(shape))
        if key in first:
            yield Defect(row + 1, unit, "duplicate_geometry", first[key])
        first.setdefault(key, unit)


def shared_borders(shapes: Any) -> tuple[IntArray, FloatArray]:
    """(e, 2) pairs a < b of shapes that touch, and the (e,) lengths of border they share, in metres."""

    tree = shapely.STRtree(shapes)
    left, right = tree.query(shapes, predicate="intersects")
    ahead = left < right
    pairs = np.stack([left[ahead], right[ahead]], axis=1).astype(np.int32)
    common = shapely.intersection(shapes[pairs[:, 0]], shapes[pairs[:, 1]])
    return pairs, shapely.length(common)
