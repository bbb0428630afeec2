"""Smallest first: what a careful office does by hand. The start of a search, and the yardstick for it."""

from __future__ import annotations

import numpy as np

from tinhgon.planner.nodes import contract
from tinhgon.planner.problem import ENOUGH, IntArray, Problem
from tinhgon.planner.solution import relabel


def smallest_first(problem: Problem, target: int = 1) -> IntArray:
    """(n,) groups: again and again the smallest group in violation joins its smallest neighbour.

    A group without a neighbour it may join stays as it is. Never fewer than `target` groups; where `target`
    is more than 1, lawful groups go on joining until it is reached.
    """
    nodes = contract(problem)
    labels = nodes.node_of.copy()
    near = {i: set(_row(nodes.whole.indptr, nodes.whole.indices, i)) for i in range(len(nodes.whole.kinds))}
    clash = {i: set(_row(nodes.whole.clash_ptr, nodes.whole.clashes, i)) for i in near}
    ratio = {i: problem.ratio(np.flatnonzero(labels == i)) for i in near}
    needy = {i for i in near if nodes.whole.needs[i] and ratio[i] < ENOUGH}
    willing = set(near) if target > 1 else set()
    while (needy or willing) and len(near) > target:
        small = min(needy or willing, key=lambda i: (ratio[i], i))
        open_ = near[small] - clash[small]
        if not open_:
            needy.discard(small)
            willing.discard(small)
            continue
        other = min(open_, key=lambda i: (ratio[i], i))
        labels[labels == small] = other
        for table in (near, clash):
            _merge(table, small, other)
        ratio[other] = problem.ratio(np.flatnonzero(labels == other))
        willing.discard(small)
        needy -= {small, other}
        needy |= {other} if ratio[other] < ENOUGH else set()
    return relabel(labels)


def _row(indptr: IntArray, indices: IntArray, i: int) -> list[int]:
    return [int(j) for j in indices[indptr[i] : indptr[i + 1]]]


def _merge(links: dict[int, set[int]], gone: int, kept: int) -> None:
    """The links of one become the other's."""
    for other in sorted(links.pop(gone)):
        links[other].discard(gone)
        if other != kept:
            links[other].add(kept)
            links[kept].add(other)
