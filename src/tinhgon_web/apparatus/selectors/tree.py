"""The tree of units: only the opened branches are read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import attrs

from tinhgon_web.apparatus.rows import Branch
from tinhgon_web.apparatus.selectors.reader import Reader
from tinhgon_web.core.rights import Limits


@attrs.frozen(slots=True)
class Node:
    """A unit in the tree, with those under it that are shown. `is_way`: it only leads to what may be read."""

    row: Branch
    level: int
    is_open: bool
    children: list[Node]
    is_way: bool = False


def tree(reader: Reader, hierarchy: str, opened: Iterable[str], within: Limits) -> list[Node]:
    """The tops and whatever is opened under them, as far as covered, with the way there always open.

    Without any choice the single top is opened.
    """
    tops = _shown(reader.tops(hierarchy), within)
    wanted = [*(opened or [row.unit for row in tops[:1]]), *sorted(within.above)]
    below = {
        unit: _shown(rows, within)
        for unit, rows in (reader.children(wanted, hierarchy) if wanted else {}).items()
    }
    return [_node(row, 1, below, within) for row in tops]


def branch(reader: Reader, hierarchy: str, unit: str, level: int, within: Limits) -> list[Node]:
    """The children of one unit, closed."""
    rows = reader.children([unit], hierarchy)[unit]
    return [_node(row, level, {}, within) for row in _shown(rows, within)]


def flat(nodes: Iterable[Node]) -> Iterator[Node]:
    """The nodes and all shown under them."""
    for node in nodes:
        yield node
        yield from flat(node.children)


def _shown(rows: Iterable[Branch], within: Limits) -> list[Branch]:
    return [row for row in rows if within.holds(row.unit) or row.unit in within.above]


def _node(row: Branch, level: int, below: dict[str, list[Branch]], within: Limits) -> Node:
    children = [_node(child, level + 1, below, within) for child in below.get(row.unit, ())]
    if row.unit in within.above:
        return Node(row._replace(below=len(children)), level, bool(children), children, is_way=True)
    return Node(row, level, row.unit in below, children)
