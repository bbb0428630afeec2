"""The tree of units: only the opened branches are read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import attrs

from tinhgon_web.apparatus.rows import UnitRow
from tinhgon_web.apparatus.selectors.reader import Reader


@attrs.frozen(slots=True)
class Node:
    """A unit in the tree: how many stand under it, and those that are shown."""

    row: UnitRow
    level: int
    count: int
    is_open: bool
    children: list[Node]


def tree(reader: Reader, hierarchy: str, opened: Iterable[str]) -> list[Node]:
    """The tops and whatever is opened under them; without any choice the single top is opened."""
    tops = reader.tops(hierarchy)
    wanted = list(opened) or [row.unit for row in tops[:1]]
    below = reader.children(wanted, hierarchy) if wanted else {}
    shown = [row.unit for rows in (tops, *below.values()) for row in rows]
    counts = reader.child_counts(shown, hierarchy) if shown else {}
    return [_node(row, 1, below, counts) for row in tops]


def branch(reader: Reader, hierarchy: str, unit: str, level: int) -> list[Node]:
    """The children of one unit, closed."""
    rows = reader.children([unit], hierarchy)[unit]
    counts = reader.child_counts([row.unit for row in rows], hierarchy) if rows else {}
    return [_node(row, level, {}, counts) for row in rows]


def flat(nodes: Iterable[Node]) -> Iterator[Node]:
    """The nodes and all shown under them."""
    for node in nodes:
        yield node
        yield from flat(node.children)


def _node(row: UnitRow, level: int, below: dict[str, list[UnitRow]], counts: dict[str, int]) -> Node:
    children = [_node(child, level + 1, below, counts) for child in below.get(row.unit, ())]
    return Node(row, level, counts.get(row.unit, 0), row.unit in below, children)
