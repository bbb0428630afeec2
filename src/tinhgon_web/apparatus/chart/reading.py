"""The units of a chart, a level at a time."""

from __future__ import annotations

import attrs

from tinhgon_web.apparatus.rows import Branch, UnitRow
from tinhgon_web.apparatus.selectors.reader import Reader
from tinhgon_web.core.rights import Limits

DEEPEST, MOST = 4, 400


@attrs.frozen(slots=True)
class Node:
    """A unit of the chart, those drawn under it, and how many under it are not drawn."""

    unit: str
    name: str
    kind: str
    children: list[Node]
    hidden: int = 0

    @property
    def depth(self) -> int:
        """How many levels are drawn under it."""
        return max((1 + child.depth for child in self.children), default=0)

    @property
    def size(self) -> int:
        """How many units are drawn from here down."""
        return 1 + sum(child.size for child in self.children)


def read(reader: Reader, root: UnitRow, hierarchy: str, depth: int, scope: Limits) -> Node:
    """The tree under a root down to a depth, or as far as `MOST` units go; one query a level."""
    below: dict[str, list[Branch]] = {}
    level, drawn = [root.unit], 1
    for _ in range(min(depth, DEEPEST)):
        found = reader.children(level, hierarchy) if level else {}
        shown = {
            unit: [row for row in rows if scope.holds(row.unit) or row.unit in scope.above]
            for unit, rows in found.items()
        }
        drawn += sum(map(len, shown.values()))
        if drawn > MOST and below:
            break
        below.update(shown)
        level = [row.unit for rows in shown.values() for row in rows]
    return _node(root.unit, root.name, root.kind, 0, below)


def _node(unit: str, name: str, kind: str, under: int, below: dict[str, list[Branch]]) -> Node:
    children = [_node(row.unit, row.name, row.kind, row.below, below) for row in below.get(unit, ())]
    return Node(unit, name, kind, children, 0 if unit in below else under)
