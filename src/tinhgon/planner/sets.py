"""The connected sets a lawful plan may be made of, enumerated as bit masks (parts of up to 64 nodes).

A group that splits into lawful groups is never in a best plan: the split abolishes fewer units. So only
sets that do not split are needed ("indecomposable" sets; 8-160 for a commune of 9-40 villages). Where joining
units never hurts (one class, no forbidden pair), a set that splits in two that meet the standard stays so
when it grows, and the search stops there.
"""

from __future__ import annotations

import numpy as np

from tinhgon.planner.bits import NONE, ONE, MaskArray, bit, connected, lowest, row_masks
from tinhgon.planner.compiled import compiled
from tinhgon.planner.nodes import Graph

LARGEST_SPLIT_TEST = 14  # nodes; a larger set is kept without asking whether it splits


@compiled
def meets(graph: Graph, mask: np.uint64) -> bool:
    """Whether the nodes of a set together meet the standard."""
    kind = size = 0
    sums = np.zeros(graph.sums.shape[1])
    while mask:
        i = lowest(mask)
        mask &= mask - ONE
        kind, size = max(kind, graph.kinds[i]), size + graph.sizes[i]
        sums += graph.sums[i]
    return size >= graph.waive_at or bool(np.all(sums >= graph.bounds[kind]))


@compiled
def joining_never_hurts(graph: Graph) -> bool:
    """Whether every set that meets the standard still does when it grows."""
    return len(graph.clashes) == 0 and graph.kinds.min() == graph.kinds.max()


@compiled
def splits(graph: Graph, near: MaskArray, mask: np.uint64) -> bool:
    """Whether a set falls into two connected sets that both meet the standard."""
    rest = mask & (mask - ONE)
    half = rest
    while half:
        other = mask ^ half
        if meets(graph, half) and meets(graph, other) and connected(half, near) and connected(other, near):
            return True
        half = (half - ONE) & rest
    return False


@compiled
def spares(graph: Graph, near: MaskArray, mask: np.uint64) -> bool:
    """Whether a unit that need not merge can be left out, the rest staying connected and lawful."""
    left = mask
    while left:
        one = left & (~left + ONE)
        left ^= one
        i = lowest(one)
        free = graph.needs[i] == 0 or meets(graph, one)
        if free and one != mask and meets(graph, mask ^ one) and connected(mask ^ one, near):
            return True
    return False


@compiled
def indecomposable(graph: Graph, most_work: int) -> tuple[MaskArray, bool]:
    """Every lawful set of two nodes or more that does not split, and whether the search was complete.

    Each connected set comes up once, from its first node that must merge (a set without one splits). Gives
    up after looking at about `most_work` sets.
    """
    near, clash = row_masks(graph.indptr, graph.indices), row_masks(graph.clash_ptr, graph.clashes)
    stop_at_splits = joining_never_hurts(graph)
    found = [NONE for _ in range(0)]
    work, done = 0, NONE
    for root in range(len(near)):
        if graph.needs[root] == 0 or meets(graph, bit(root)):
            continue
        done |= bit(root)
        stack = [(bit(root), near[root] & ~done, done)]
        while stack:
            inside, frontier, outside = stack.pop()
            if not frontier:
                continue
            i = lowest(frontier)
            stack.append((inside, frontier ^ bit(i), outside | bit(i)))
            if clash[i] & inside:
                continue
            grown = inside | bit(i)
            lawful, count = meets(graph, grown), _count(grown)
            tested = lawful and count <= LARGEST_SPLIT_TEST
            work += 1 << count if tested else 1
            split = tested and splits(graph, near, grown)
            if lawful and not split and not spares(graph, near, grown):
                found.append(grown)
            if not (split and stop_at_splits):
                stack.append((grown, (frontier | near[i]) & ~grown & ~outside, outside))
            if work > most_work:
                return np.array(found), False
    return np.array(found), True


@compiled
def _count(mask: np.uint64) -> int:
    count = 0
    while mask:
        mask &= mask - ONE
        count += 1
    return count
