"""The tree of units: only the opened branches are read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import attrs

from tinhgon_web.apparatus.rows import Branch
from tinhgon_web.apparatus.selectors.reader import Reader


@attrs.frozen(slots=True)
class Node:
    """A unit in the tree, with those under it that are shown."""

    row: Branch
    level: int
    is_open: bool
    children: list[Node]


def tree(reader: Reader, hierarchy: str, opened: Iterable[str]) -> list[Node]:
    """The tops and whatever is opened under them; without any choice the single top is opened."""
    tops = reader.tops(hierarchy)
    wanted = list(opened) or [row.unit for row in tops[:1]]
    below = reader.children(wanted, hierarchy) if wanted else {}
    return [_node(row, 1, below) for row in tops]


def branch(reader: Reader, hierarchy: str, unit: str, level: int) -> list[Node]:
    """The children of one unit, closed."""
    return [_node(row, level, {}) for row in reader.children([unit], hierarchy)[unit]]


def flat(nodes: Iterable[Node]) -> Iterator[Node]:
    """The nodes and all shown under them."""
    for node in nodes:
        yield node
        yield from flat(node.children)


def _node(row: Branch, level: int, below: dict[str, list[Branch]]) -> Node:
    children = [_node(child, level + 1, below) for child in below.get(row.unit, ())]
    return Node(row, level, row.unit in below, children)
