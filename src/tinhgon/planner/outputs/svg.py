"""Outlines as SVG paths: simplified together, so that neighbours keep their common border."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import attrs
import numpy as np
import shapely

from tinhgon.planner.inputs.borders import repair
from tinhgon.planner.plan import Plan

WIDTH = 1000.0  # of the drawing, in its own units
SLIT = 1.5  # half the width of a slit that is no border, in the same units
COARSEST = 0.35  # what may be simplified away, in the same units


@attrs.frozen(slots=True, eq=False)
class Drawing:
    """Path data of units (in order, "" without outline), merged groups and parents.

    `labels` gives for each merged group the place of its name and the width it has: [x, y, width].
    """

    view: tuple[float, float, float, float]
    units: tuple[str, ...] = ()
    merged: tuple[str, ...] = ()
    parents: tuple[str, ...] = ()
    labels: dict[int, list[float]] = attrs.field(factory=dict)


def draw(plan: Plan) -> Drawing:
    """The drawing of a plan, 1,000 wide; empty where the units have no geometry."""
    empty = Drawing((0.0, 0.0, WIDTH, WIDTH * 0.7))
    if not plan.posed.units.has_geometry:
        return empty
    shapes, _ = repair(plan.posed.units)
    if all(shape is None for shape in shapes):
        return empty
    shapes, height = _fitted(shapes)
    merged = [group for group in plan.groups if group.merged]
    outlines = [_joined(shapes, group.members) for group in merged]
    parents = plan.posed.problem.parents
    borders = [_joined(shapes, np.flatnonzero(parents == parent)) for parent in np.unique(parents)]
    return Drawing(
        view=(-10.0, -10.0, WIDTH + 20, height + 20),
        units=tuple(_path(shape) for shape in shapes),
        merged=tuple(_path(outline) for outline in outlines),
        parents=tuple(_path(border) for border in borders) if len(borders) > 1 else (),
        labels={
            group.number: _place(outline) for group, outline in zip(merged, outlines, strict=True) if outline
        },
    )


def _fitted(shapes: Any) -> tuple[Any, float]:
    """Shapes in drawing units, north up, simplified as a coverage; and the height of the drawing."""
    west, south, east, north = shapely.total_bounds(shapes)
    scale = WIDTH / max(east - west, (north - south) / 1.6, 1e-9)

    def place(points: Any) -> Any:
        return np.column_stack([(points[:, 0] - west) * scale, (north - points[:, 1]) * scale])

    known = np.array([shape is not None for shape in shapes])
    shapes[known] = shapely.coverage_simplify(shapely.transform(shapes[known], place), COARSEST)
    return shapes, (north - south) * scale


def _joined(shapes: Any, units: Sequence[int] | Any) -> Any:
    """The outline around some units; slits between lines drawn apart are closed."""
    known = [shapes[unit] for unit in units if shapes[unit] is not None]
    if not known:
        return None
    whole = shapely.union_all(shapely.make_valid(known))
    closed = shapely.buffer(shapely.buffer(whole, SLIT, join_style="mitre"), -SLIT, join_style="mitre")
    return whole if shapely.is_empty(closed) else closed


def _place(outline: Any) -> list[float]:
    point = shapely.point_on_surface(outline)
    west, _, east, _ = shapely.bounds(outline)
    return [round(point.x, 1), round(point.y, 1), round(float(east - west), 1)]


def _path(shape: Any) -> str:
    if shape is None:
        return ""
    return "".join(
        _ring(ring) for polygon in _polygons(shape) for ring in [polygon.exterior, *polygon.interiors]
    )


def _polygons(shape: Any) -> Iterator[Any]:
    for part in shapely.get_parts(shape):
        if part.geom_type == "Polygon":
            yield part
        elif part.geom_type in {"MultiPolygon", "GeometryCollection"}:
            yield from _polygons(part)


def _ring(ring: Any) -> str:
    """A closed path in tenths, each point from the one before."""
    points = np.round(np.asarray(ring.coords)[:-1, :2] * 10).astype(int)
    if not len(points):
        return ""
    steps = np.diff(points, axis=0)
    steps = steps[(steps != 0).any(axis=1)]
    lines = "".join(f"l{_tenths(x)} {_tenths(y)}" for x, y in steps)
    return f"M{_tenths(points[0, 0])} {_tenths(points[0, 1])}{lines}z"


def _tenths(value: int) -> str:
    return f"{value / 10:g}"
