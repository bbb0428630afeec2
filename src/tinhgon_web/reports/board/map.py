"""A small map of communes, drawn by the server: how far each has come, and the borders of the areas above them."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Container, Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Any

import attrs

from tinhgon_web.apparatus import registers
from tinhgon_web.apparatus.models import Geometry

WIDTH = 1000
ABOVE_A_MARK = 34
Point = tuple[int, int]
Ring = list[tuple[float, float]]


@attrs.frozen(slots=True)
class Shape:
    """A commune's outline as an SVG path, and where its middle is."""

    unit: str
    path: str
    x: int
    y: int


@attrs.frozen(slots=True)
class Drawing:
    """A map in whole numbers of its own unit, `WIDTH` wide."""

    height: int
    shapes: dict[str, Shape]
    borders: str
    middles: dict[str, list[Shape]]

    def label(self, area: str, taken: Container[str]) -> Point | None:
        """Where the name of an area goes: on a commune near its middle that carries no mark (`taken`) yet."""
        held = self.middles.get(area)
        if not held:
            return None
        x, y = sum(one.x for one in held) // len(held), sum(one.y for one in held) // len(held)
        free = [one for one in held if one.unit not in taken]
        if not free:
            return x, y - ABOVE_A_MARK
        best = min(free, key=lambda one: (one.x - x) ** 2 + (one.y - y) ** 2)
        return best.x, best.y


_drawn: registers.Kept[Drawing | None] = registers.Kept(24)


def draw(area_of: Mapping[str, str], on: dt.date) -> Drawing | None:
    """The communes of a place on a day, `area_of` saying to which area each belongs; None without outlines.

    One query the first time; outlines do not change once loaded but for the day they hold from.
    """
    name = (Geometry.objects.count(), on, tuple(sorted(area_of.items())))
    return _drawn.get(name, lambda: _draw(area_of, _rings(area_of, on)))


def _rings(units: Iterable[str], on: dt.date) -> dict[str, list[Ring]]:
    rows = Geometry.objects.filter(unit__in=list(units), since__lte=on).order_by("since")
    return {row.unit: list(_outlines(row.shape)) for row in rows}


def _outlines(shape: Mapping[str, Any]) -> Iterator[Ring]:
    polygons = shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]
    if shape["type"] != "Point":
        for polygon in polygons:
            yield [(float(x), float(y)) for x, y, *_ in polygon[0]]


def _draw(area_of: Mapping[str, str], rings: Mapping[str, list[Ring]]) -> Drawing | None:
    points = [point for outlines in rings.values() for ring in outlines for point in ring]
    if not points:
        return None
    west, east = min(x for x, _ in points), max(x for x, _ in points)
    south, north = min(y for _, y in points), max(y for _, y in points)
    squeeze = math.cos(math.radians((south + north) / 2))
    scale = WIDTH / max((east - west) * squeeze, 1e-9)

    def place(point: tuple[float, float]) -> Point:
        return round((point[0] - west) * squeeze * scale), round((north - point[1]) * scale)

    placed = {
        unit: [[place(point) for point in ring] for ring in outlines] for unit, outlines in rings.items()
    }
    shapes = {unit: _shape(unit, outlines) for unit, outlines in placed.items()}
    return Drawing(
        height=round((north - south) * scale),
        shapes=shapes,
        borders=_borders(area_of, placed),
        middles=_by_area(area_of, shapes),
    )


def _shape(unit: str, outlines: list[list[Point]]) -> Shape:
    path = "".join(f"M{'L'.join(f'{x} {y}' for x, y in ring)}Z" for ring in outlines)
    x, y = _middle(max(outlines, key=len))
    return Shape(unit, path, x, y)


def _middle(ring: list[Point]) -> Point:
    """The centroid of a polygon; of a degenerate one, its first point."""
    area = cx = cy = 0
    for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1], strict=True):
        cross = x1 * y2 - x2 * y1
        area, cx, cy = area + cross, cx + (x1 + x2) * cross, cy + (y1 + y2) * cross
    return (round(cx / (3 * area)), round(cy / (3 * area))) if area else ring[0]


def _borders(area_of: Mapping[str, str], placed: Mapping[str, list[list[Point]]]) -> str:
    """The sides that no two communes of one area share."""
    sides: dict[tuple[Point, Point], list[str]] = {}
    for unit, outlines in placed.items():
        for ring in outlines:
            for one, other in pairwise(ring):
                sides.setdefault((min(one, other), max(one, other)), []).append(area_of[unit])
    return "".join(
        f"M{x1} {y1}L{x2} {y2}"
        for ((x1, y1), (x2, y2)), areas in sides.items()
        if len(areas) == 1 or len(set(areas)) > 1
    )


def _by_area(area_of: Mapping[str, str], shapes: Mapping[str, Shape]) -> dict[str, list[Shape]]:
    areas: dict[str, list[Shape]] = {}
    for unit, shape in shapes.items():
        areas.setdefault(area_of[unit], []).append(shape)
    return areas
