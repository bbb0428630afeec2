"""From disjoint groups to a plan: what is left joins a neighbouring group.

In a connected part where joining never hurts this loses nothing (Duque, Anselin, Rey 2012), so a packing of
groups is as good as a plan, and its relaxation as good a bound.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from tinhgon.planner.master import Group
from tinhgon.planner.nodes import Contraction
from tinhgon.planner.problem import IntArray


def completed(
    nodes: Contraction, groups: Sequence[Group], worth: Callable[[Group], float]
) -> list[Group] | None:
    """The groups with every unit in one: each node left joins the neighbouring group that is then worth most.

    None if some node has no group beside it that it may join.
    """
    group_of = np.full(len(nodes.whole.kinds), -1)
    for number, group in enumerate(groups):
        group_of[nodes.node_of[list(group)]] = number
    grown = [set(group) for group in groups]
    while (group_of < 0).any():
        options = [
            (worth(tuple(sorted(grown[g] | units))), -node, -g, units)
            for node in np.flatnonzero(group_of < 0).tolist()
            for units in [set(np.flatnonzero(nodes.node_of == node).tolist())]
            for g in _beside(nodes, group_of, node)
        ]
        if not options:
            return None
        _, node, number, units = max(options, key=lambda option: option[:3])
        group_of[-node] = -number
        grown[-number] |= units
    return [tuple(sorted(group)) for group in grown]


def _beside(nodes: Contraction, group_of: IntArray, node: int) -> list[int]:
    """Groups beside a node that it may join."""
    whole = nodes.whole
    near = set(group_of[whole.indices[whole.indptr[node] : whole.indptr[node + 1]]].tolist())
    hostile = set(group_of[whole.clashes[whole.clash_ptr[node] : whole.clash_ptr[node + 1]]].tolist())
    return sorted(near - hostile - {-1})
