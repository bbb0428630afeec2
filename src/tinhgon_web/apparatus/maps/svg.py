"""Areas drawn as SVG: a map for readers without scripts or WebGL, for print and for papers.

Colours and patterns come from CSS classes (`map.css`), because the site allows no style inside a page. Whole
coordinates, each relative to the one before, keep a province of 800 villages near 100 kB.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import attrs
from django.utils.html import escape

WIDTH, MARGIN, DOT = 1600, 12, 9
Position = Sequence[float]
Ring = Sequence[Position]


@attrs.frozen(slots=True)
class Area:
    """A GeoJSON geometry to draw: its class in CSS, what it says when pointed at, where a click leads."""

    id: str
    geometry: dict[str, Any]
    css: str = ""
    title: str = ""
    href: str = ""
    label: str = ""


class Frame(NamedTuple):
    """How longitude and latitude become whole units of the drawing: east to the right, north up."""

    west: float
    north: float
    x_scale: float
    y_scale: float
    height: int

    def at(self, position: Position) -> tuple[int, int]:
        """A position in the drawing."""
        x = MARGIN + (position[0] - self.west) * self.x_scale
        return round(x), round(MARGIN + (self.north - position[1]) * self.y_scale)


def draw(
    areas: Sequence[Area],
    *,
    outlines: Iterable[dict[str, Any]] = (),
    name: str = "",
    css: str = "",
    frame: Frame | None = None,
) -> str:
    """One `<svg>`: the areas, thicker outlines over them, and labels; empty when there is nothing to draw.

    `frame` draws two days to the same scale; without it the frame is that of the areas.
    """
    frame = frame or frame_of(area.geometry for area in areas)
    if frame is None:
        return ""
    parts = [
        f'<svg class="map {escape(css)}" viewBox="0 0 {WIDTH} {frame.height}" role="group" '
        f'aria-label="{escape(name)}">',
        PATTERNS,
        *(_area(area, frame) for area in areas),
        *(f'<path class="outline" d="{path(shape, frame)}"/>' for shape in outlines),
        *(_label(area, frame) for area in areas if area.label),
        "</svg>",
    ]
    return "".join(parts)


def frame_of(geometries: Iterable[dict[str, Any]]) -> Frame | None:
    """The frame that holds all of some geometries; None when there are none."""
    positions = [position for geometry in geometries for position in _positions(geometry)]
    if not positions:
        return None
    west, east = min(one[0] for one in positions), max(one[0] for one in positions)
    south, north = min(one[1] for one in positions), max(one[1] for one in positions)
    narrower = math.cos(math.radians((south + north) / 2))
    across, along = max((east - west) * narrower, 1e-4), max(north - south, 1e-4)
    scale = (WIDTH - 2 * MARGIN) / max(across, along / 1.6)
    return Frame(west, north, scale * narrower, scale, round(along * scale) + 2 * MARGIN)


def _positions(geometry: dict[str, Any]) -> Iterator[Position]:
    if geometry["type"] == "Point":
        yield geometry["coordinates"]
    for ring in _rings(geometry):
        yield from ring


def _rings(geometry: dict[str, Any]) -> Iterator[Ring]:
    if geometry["type"] == "Polygon":
        yield from geometry["coordinates"]
    elif geometry["type"] == "MultiPolygon":
        for polygon in geometry["coordinates"]:
            yield from polygon


def path(geometry: dict[str, Any], frame: Frame) -> str:
    """A geometry as the `d` of an SVG path; a point as a dot."""
    if geometry["type"] == "Point":
        x, y = frame.at(geometry["coordinates"])
        return f"M{x - DOT} {y}a{DOT} {DOT} 0 1 0 {2 * DOT} 0a{DOT} {DOT} 0 1 0 {-2 * DOT} 0z"
    return "".join(_ring(ring, frame) for ring in _rings(geometry))


def _ring(ring: Ring, frame: Frame) -> str:
    x, y = frame.at(ring[0])
    steps = [f"M{x} {y}l"]
    for position in ring[1:-1]:
        to_x, to_y = frame.at(position)
        if (to_x, to_y) != (x, y):
            steps.append(f"{to_x - x} {to_y - y} ")
            x, y = to_x, to_y
    return "".join(steps).rstrip() + "z" if len(steps) > 2 else ""


def _area(area: Area, frame: Frame) -> str:
    shape = (
        f'<path class="area {escape(area.css)}" data-unit="{escape(area.id)}" d="{path(area.geometry, frame)}">'
        f"<title>{escape(area.title)}</title></path>"
    )
    # The list beside the map is what the keyboard goes through; a second stop for each area would be in the way.
    return f'<a href="{escape(area.href)}" tabindex="-1">{shape}</a>' if area.href else shape


def middle(geometry: dict[str, Any], frame: Frame) -> tuple[int, int]:
    """The middle of the largest ring."""
    positions = max(_rings(geometry), key=len, default=list(_positions(geometry)))
    places = [frame.at(position) for position in positions]
    x, y = (round(sum(place[axis] for place in places) / len(places)) for axis in (0, 1))
    return x, y


def _label(area: Area, frame: Frame) -> str:
    x, y = middle(area.geometry, frame)
    return f'<text class="label" data-unit="{escape(area.id)}" x="{x}" y="{y}">{escape(area.label)}</text>'


PATTERNS = (
    '<defs><pattern id="p-lines" width="14" height="14" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<rect class="ground" width="14" height="14"/><rect class="mark" width="5" height="14"/></pattern>'
    '<pattern id="p-gone" width="14" height="14" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<rect class="ground" width="14" height="14"/><rect class="mark" width="4" height="14"/></pattern>'
    '<pattern id="p-dots" width="14" height="14" patternUnits="userSpaceOnUse">'
    '<rect class="ground" width="14" height="14"/><circle class="mark" cx="7" cy="7" r="3"/></pattern>'
    '<pattern id="p-none" width="16" height="16" patternUnits="userSpaceOnUse" patternTransform="rotate(-45)">'
    '<rect class="ground" width="16" height="16"/><rect class="mark" width="1.5" height="16"/></pattern></defs>'
)
