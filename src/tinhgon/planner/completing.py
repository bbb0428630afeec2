"""From disjoint groups to a plan: what is left joins a neighbouring group.

In a connected part where joining never hurts this loses nothing (Duque, Anselin, Rey 2012), so a packing of
groups is as good as a plan, and its relaxation as good a bound.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from tinhgon.planner.master import Group, labels_of
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
            for g in _beside(nodes, group_of, [node])
        ]
        if not options:
            return None
        _, node, number, units = max(options, key=lambda option: option[:3])
        group_of[-node] = -number
        grown[-number] |= units
    return [tuple(sorted(group)) for group in grown]


def mended(nodes: Contraction, groups: Sequence[Group], worth: Callable[[Group], float]) -> list[Group]:
    """The plan in which each group worth less than nothing joins the neighbour with which it is worth most.

    Left as it is where that would be a loss.
    """
    plan = list(groups)
    for short in [group for group in groups if worth(group) < 0]:
        if short not in plan:
            continue  # another one joined it
        group_of = labels_of(plan, len(nodes.node_of))[np.unique(nodes.node_of, return_index=True)[1]]
        beside = _beside(nodes, group_of, np.unique(nodes.node_of[list(short)]).tolist())
        others = [plan[g] for g in beside if plan[g] != short]
        unions = [tuple(sorted((*short, *other))) for other in others]
        gains = [worth(union) - worth(other) for union, other in zip(unions, others, strict=True)]
        if gains and max(gains) > worth(short):
            best = gains.index(max(gains))
            plan = [unions[best], *(group for group in plan if group not in (short, others[best]))]
    return plan


def _beside(nodes: Contraction, group_of: IntArray, members: Sequence[int]) -> list[int]:
    """Groups beside some nodes that these may join."""
    whole = nodes.whole
    near: set[int] = set()
    hostile = {-1}
    for node in members:
        near |= set(group_of[whole.indices[whole.indptr[node] : whole.indptr[node + 1]]].tolist())
        hostile |= set(group_of[whole.clashes[whole.clash_ptr[node] : whole.clash_ptr[node + 1]]].tolist())
    return sorted(near - hostile)
