"""A unit's lineage laid out as a small graph: where it came from on the left, where it went on the right."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import attrs

from tinhgon.registry import lineage
from tinhgon.registry.state import FlowRecord, Register

WIDTH, HEIGHT = 264, 48
GAP_X, GAP_Y = 96, 14
MOST = 24
"""Flows drawn on each side; the rest is said in words."""


@attrs.frozen(slots=True)
class Node:
    """A unit as a box; `x`, `y` is its upper left corner."""

    unit: str
    name: str
    opened_on: dt.date
    closed_on: dt.date | None
    is_self: bool
    x: int
    y: int

    @property
    def short(self) -> str:
        """The name as far as the box is wide."""
        return self.name if len(self.name) <= 36 else f"{self.name[:35]}…"


@attrs.frozen(slots=True)
class Edge:
    """A flow as a line with, where only a part went, its share; one of an act's lines tells its day."""

    path: str
    on: dt.date
    share: float
    seq: int
    x: int
    y: int
    tells_day: bool

    @property
    def is_part(self) -> bool:
        """Whether only a part of the source went along it."""
        return self.share < 1


@attrs.frozen(slots=True)
class Graph:
    """The whole drawing, in its own units; `hidden` flows did not fit."""

    width: int
    height: int
    nodes: list[Node]
    edges: list[Edge]
    hidden: int


def graph(register: Register, id_: str, on: dt.date) -> Graph | None:
    """Lay out a unit's ancestry and descent up to a day; None when it has neither."""
    unit = register.unit(id_)
    if unit is None:
        return None
    back = lineage.ancestry(register, unit.id, on)
    ahead = [flow for flow in lineage.descent(register, unit.id) if flow.on <= on]
    flows = [*back[:MOST], *ahead[:MOST]]
    if not flows:
        return None
    columns = _columns(unit.id, back[:MOST], ahead[:MOST])
    places = _places(columns)
    nodes = [_node(register, name, x, y, on, unit.id) for name, (x, y) in places.items()]
    return Graph(
        width=max(x for x, _ in places.values()) + WIDTH,
        height=max(y for _, y in places.values()) + HEIGHT,
        nodes=nodes,
        edges=_edges(flows, places),
        hidden=len(back) + len(ahead) - len(flows),
    )


def _columns(unit: str, back: Iterable[FlowRecord], ahead: Iterable[FlowRecord]) -> list[list[str]]:
    depth = {unit: 0}
    for flow in back:
        depth.setdefault(flow.source, depth.get(flow.target, 0) - 1)
    for flow in ahead:
        depth.setdefault(flow.target, depth.get(flow.source, 0) + 1)
    first = min(depth.values())
    columns: list[list[str]] = [[] for _ in range(max(depth.values()) - first + 1)]
    for id_, place in depth.items():
        columns[place - first].append(id_)
    return columns


def _places(columns: list[list[str]]) -> dict[str, tuple[int, int]]:
    """Upper left corners; every column is centred on the tallest."""
    step = HEIGHT + GAP_Y
    tallest = max(map(len, columns))
    return {
        id_: (index * (WIDTH + GAP_X), row * step + (tallest - len(column)) * step // 2)
        for index, column in enumerate(columns)
        for row, id_ in enumerate(column)
    }


def _node(register: Register, id_: str, x: int, y: int, on: dt.date, self_: str) -> Node:
    unit = register.units[id_]
    closed = unit.closed_on if unit.closed_on is not None and unit.closed_on <= on else None
    return Node(id_, unit.name(on), unit.opened_on, closed, id_ == self_, x, y)


def _edges(flows: list[FlowRecord], places: dict[str, tuple[int, int]]) -> list[Edge]:
    by_act: dict[int, list[FlowRecord]] = {}
    for flow in flows:
        by_act.setdefault(flow.seq, []).append(flow)
    return [
        _edge(flow, places, tells_day=index == len(act) // 2)
        for act in by_act.values()
        for index, flow in enumerate(sorted(act, key=lambda flow: places[flow.source][1]))
    ]


def _edge(flow: FlowRecord, places: dict[str, tuple[int, int]], *, tells_day: bool) -> Edge:
    (x1, y1), (x2, y2) = places[flow.source], places[flow.target]
    x1, y1, y2 = x1 + WIDTH, y1 + HEIGHT // 2, y2 + HEIGHT // 2
    bend = GAP_X // 2
    path = f"M{x1} {y1}C{x1 + bend} {y1} {x2 - bend} {y2} {x2} {y2}"
    return Edge(path, flow.on, flow.share, flow.seq, (x1 + x2) // 2, (2 * y1 + y2) // 3, tells_day)
