"""The small map of the leader's screen: communes and the borders of the parts above them, as plain values to keep."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from typing import TypedDict

from django.db.models import Count, Max

from tinhgon.registry.state import Register
from tinhgon_web.apparatus import registers
from tinhgon_web.apparatus.maps import svg
from tinhgon_web.apparatus.maps.outlines import outlines
from tinhgon_web.apparatus.models import Geometry
from tinhgon_web.reports.board.measure import Area

ABOVE_A_MARK = 54
"""How far above the middle a name goes where every commune carries a mark."""


class Shape(TypedDict):
    """A commune's outline as an SVG path, its middle, and the part of the place it is in."""

    path: str
    x: int
    y: int
    part: str


class Drawing(TypedDict):
    """A map in whole numbers of its own unit, `svg.WIDTH` wide; `borders` are the outlines of the parts."""

    height: int
    shapes: dict[str, Shape]
    borders: list[str]


def stored() -> tuple[object, ...]:
    """What tells the outlines of now from those of another load; one query."""
    return tuple(Geometry.objects.aggregate(Count("id"), Max("id"), Max("since")).values())


def draw(
    register: Register, head: registers.Head, on: dt.date, communes: Sequence[Area], parts: Sequence[Area]
) -> Drawing | None:
    """Draw the communes of a place on a day; None where no outline is known."""
    shapes = outlines(register, head, on, [area["unit"] for area in communes])
    frame = svg.frame_of(shapes.values())
    if frame is None:
        return None
    above = outlines(register, head, on, [area["unit"] for area in parts])
    part_of = {area["unit"]: area["part"] for area in communes}
    return Drawing(
        height=frame.height,
        shapes={unit: _shape(shape, frame, part_of[unit]) for unit, shape in shapes.items()},
        borders=[svg.path(shape, frame) for shape in above.values()],
    )


def _shape(shape: dict[str, object], frame: svg.Frame, part: str) -> Shape:
    x, y = svg.middle(shape, frame)
    return Shape(path=svg.path(shape, frame), x=x, y=y, part=part)


def label(drawing: Drawing, part: str, marked: Collection[str]) -> tuple[int, int] | None:
    """Where the name of a part goes: on a commune near its middle that carries no mark."""
    held = {unit: shape for unit, shape in drawing["shapes"].items() if shape["part"] == part}
    if not held:
        return None
    x = sum(one["x"] for one in held.values()) // len(held)
    y = sum(one["y"] for one in held.values()) // len(held)
    free = [shape for unit, shape in held.items() if unit not in marked]
    if not free:
        return x, y - ABOVE_A_MARK
    best = min(free, key=lambda one: (one["x"] - x) ** 2 + (one["y"] - y) ** 2)
    return best["x"], best["y"]
