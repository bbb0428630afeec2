"""Minimal connected sets: the smallest groups of neighbours that meet the standard, found by a pruned walk.

Every lawful part holds one, so a plan of p parts is a packing of p disjoint ones, and the leftovers join a neighbour
(Duque, Anselin and Rey 2012 call the question max-p-regions; the packing view is what makes it small). Each set is
found once, from its first unit in a given rank, by the order of extension that ESU uses (Wernicke 2006); the walk
turns back as soon as a set meets the standard, or costs as much as is of interest together with the least that it
takes to reach the standard from there (`toll`).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from tinhgon.planner.compiled import compiled
from tinhgon.planner.maxp.lawful import meets
from tinhgon.planner.nodes import Graph

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int32]
CostArray = npt.NDArray[np.int64]


GRAINS = 64  # of the standard, in which what a set lacks is counted
FAR = 2**62
CLOSE = 1e-6


class Walk(NamedTuple):
    """Where the walk stands: the set so far, its possible extensions, and how far each level has tried them."""

    depth: IntArray  # (1,) units in the set less one; -1 when the walk from this root is over
    members: IntArray  # (n,)
    extensions: IntArray  # (n,)
    tried: IntArray  # (n + 1,) per level, first extension not yet tried
    known: IntArray  # (n + 1,) per level, number of extensions
    marked: npt.NDArray[np.bool_]  # (n,) the set and its extensions
    totals: FloatArray  # (n + 1, m) per level
    kinds: IntArray
    sizes: IntArray
    costs: CostArray
    steps: CostArray  # (1,) sets looked at
    shares: FloatArray  # (n,) of the standard that each unit brings, in the measure that is scarcest
    held: FloatArray  # (n + 1,) per level
    toll: CostArray  # (GRAINS + 1,) the least price of so many grains of the standard, near the root
    near: CostArray  # (n,) the least price of a way from the root to each unit, the unit's own included


class Sets(NamedTuple):
    """Connected sets as compressed rows."""

    starts: CostArray
    units: IntArray


def walk_for(graph: Graph) -> Walk:
    """A walk not yet started."""
    n, m = graph.sums.shape

    def whole(length: int) -> IntArray:
        return np.zeros(length, np.int32)

    return Walk(
        np.full(1, -1, np.int32), whole(n), whole(n), whole(n + 1), whole(n + 1), np.zeros(n, np.bool_),
        np.zeros((n + 1, m)), whole(n + 1), whole(n + 1), np.zeros(n + 1, np.int64), np.zeros(1, np.int64),
        shares_of(graph), np.zeros(n + 1), np.zeros(GRAINS + 1, np.int64), np.full(n, FAR),
    )  # fmt: skip


def shares_of(graph: Graph) -> FloatArray:
    """(n,) each unit's share of the standard, at most 1, in the measure in which all together have least of it.

    A class's lowest bound stands for all, and where numbers waive the standard a unit is at least its share of that
    number: so units that meet the standard together have shares of 1 together, whatever else they have.
    """
    low = graph.bounds[np.unique(graph.kinds)].min(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        shares = np.where(low > 0, graph.sums / low, 1.0)
    shares = np.minimum(np.maximum(shares, (graph.sizes / graph.waive_at)[:, None]), 1.0)
    scarcest = np.argmin(shares.sum(axis=0)) if shares.shape[1] else 0
    return np.ascontiguousarray(shares[:, scarcest]) if shares.shape[1] else np.ones(len(shares))


@compiled
def step_in(graph: Graph, rank: IntArray, walk: Walk, unit: int, level: int) -> None:
    """Make the unit the member of this level; its unmarked neighbours of later rank than the root become extensions."""
    walk.depth[0] = level
    walk.members[level] = unit
    known = walk.known[level]
    for arc in range(graph.indptr[unit], graph.indptr[unit + 1]):
        other = graph.indices[arc]
        if not walk.marked[other] and rank[other] > rank[walk.members[0]]:
            walk.marked[other] = True
            walk.extensions[known] = other
            known += 1
    walk.known[level + 1] = known


@compiled
def set_out(graph: Graph, rank: IntArray, walk: Walk, root: int) -> None:
    """Start at the root, which alone does not meet the standard."""
    walk.marked[root] = True
    walk.known[0] = 0
    walk.tried[1] = 0
    step_in(graph, rank, walk, root, 0)


@compiled
def step_back(walk: Walk) -> None:
    """Leave the deepest member; what it brought as extensions is forgotten."""
    level = walk.depth[0]
    for i in range(walk.known[level], walk.known[level + 1]):
        walk.marked[walk.extensions[i]] = False
    if level == 0:
        walk.marked[walk.members[0]] = False
    walk.depth[0] = level - 1


@compiled
def add_up(graph: Graph, walk: Walk, unit: int, level: int, cost: int) -> None:
    """Totals of the set of this level: those of the level above and the unit."""
    before = level - 1
    for k in range(graph.sums.shape[1]):
        walk.totals[level, k] = graph.sums[unit, k] + (walk.totals[before, k] if level > 0 else 0.0)
    walk.kinds[level] = max(graph.kinds[unit], walk.kinds[before] if level > 0 else 0)
    walk.sizes[level] = graph.sizes[unit] + (walk.sizes[before] if level > 0 else 0)
    walk.costs[level] = cost + (walk.costs[before] if level > 0 else 0)
    walk.held[level] = walk.shares[unit] + (walk.held[before] if level > 0 else 0.0)
    walk.members[level] = unit
    walk.steps[0] += 1


@compiled
def has_rival(graph: Graph, walk: Walk, unit: int, level: int) -> bool:
    """Whether the unit must not share a part with a member above this level."""
    for arc in range(graph.clash_ptr[unit], graph.clash_ptr[unit + 1]):
        for i in range(level):
            if walk.members[i] == graph.clashes[arc]:
                return True
    return False


@compiled
def look_around(graph: Graph, rank: IntArray, costs: CostArray, limit: int, walk: Walk, root: int) -> None:
    """Find what can be had near the root below the limit, and the least price of each number of grains of it.

    Taken by the grain, the cheapest first: no real choice of units is cheaper (Dantzig's bound on a knapsack).
    """
    walk.near[:] = FAR
    walk.near[root] = costs[root]
    region = [root]
    fresh = [root]
    while len(fresh) > 0:
        unit = fresh.pop()
        for arc in range(graph.indptr[unit], graph.indptr[unit + 1]):
            other = graph.indices[arc]
            price = walk.near[unit] + costs[other]
            if rank[other] > rank[root] and price < limit and price < walk.near[other]:
                if walk.near[other] == FAR:
                    region.append(other)
                walk.near[other] = price
                fresh.append(other)
    units = np.array(region)
    rates = costs[units] / np.maximum(walk.shares[units], CLOSE)
    grain, had, spent = 1, 0.0, 0.0
    walk.toll[:] = FAR // 4
    walk.toll[0] = 0
    for k in np.argsort(rates):
        share, price = walk.shares[units[k]], float(costs[units[k]])
        while grain <= GRAINS and had + share >= grain / GRAINS:
            walk.toll[grain] = int(
                (spent + price * (grain / GRAINS - had) / max(share, CLOSE)) * (1.0 - CLOSE)
            )
            grain += 1
        had += share
        spent += price


@compiled
def still_to_pay(walk: Walk, held: float) -> int:
    """The least price at which a set that holds so much of the standard comes to meet it."""
    return int(walk.toll[max(0, int((1.0 - held) * GRAINS - CLOSE))]) if held < 1.0 else 0


@compiled
def next_set(graph: Graph, rank: IntArray, costs: CostArray, limit: int, walk: Walk) -> int:
    """Walk on to the next set that meets the standard and costs less than the limit; its size, or 0 at the end."""
    while walk.depth[0] >= 0:
        level = walk.depth[0] + 1
        if walk.tried[level] == walk.known[level]:
            step_back(walk)
            continue
        unit = int(walk.extensions[walk.tried[level]])
        walk.tried[level] += 1
        cost = walk.costs[level - 1] + costs[unit]
        if cost >= limit or cost + still_to_pay(walk, walk.held[level - 1] + walk.shares[unit]) >= limit:
            continue
        if has_rival(graph, walk, unit, level):
            continue
        add_up(graph, walk, unit, level, costs[unit])
        if meets(graph, walk.totals[level], walk.kinds[level], walk.sizes[level]):
            return int(level + 1)
        walk.tried[level + 1] = walk.tried[level]
        step_in(graph, rank, walk, unit, level)
    return 0


@compiled
def first_set(graph: Graph, rank: IntArray, costs: CostArray, limit: int, walk: Walk, root: int) -> int:
    """Like `next_set`, from a new root."""
    add_up(graph, walk, root, 0, costs[root])
    if costs[root] >= limit:
        return 0
    if meets(graph, walk.totals[0], walk.kinds[0], walk.sizes[0]):
        walk.depth[0] = -1
        return 1
    look_around(graph, rank, costs, limit, walk, root)
    set_out(graph, rank, walk, root)
    return next_set(graph, rank, costs, limit, walk)


@compiled
def cheapest_of_root(
    graph: Graph, rank: IntArray, costs: CostArray, limit: int, walk: Walk, root: int,
    found: IntArray, sizes: IntArray, prices: CostArray,
) -> int:  # fmt: skip
    """Fill rows of `found` with the root's cheapest sets below the limit, as many as it has rows; their number."""
    held = 0
    size = first_set(graph, rank, costs, limit, walk, root)
    while size > 0:
        row = held
        if held == len(sizes):
            row = int(np.argmax(prices))
        else:
            held += 1
        found[row, :size] = walk.members[:size]
        sizes[row] = size
        prices[row] = walk.costs[size - 1]
        if held == len(sizes):
            limit = int(prices.max())
        size = next_set(graph, rank, costs, limit, walk) if walk.depth[0] >= 0 else 0
    return held


@compiled
def cheapest(
    graph: Graph, rank: IntArray, costs: CostArray, limits: CostArray, each: int, walk: Walk
) -> Sets:
    """The cheapest sets of every root below the root's limit, up to so many each."""
    n = len(rank)
    starts = np.zeros(n * each + 1, np.int64)
    units = np.empty(n * each * 8, np.int32)
    found, sizes, prices = np.empty((each, n), np.int32), np.empty(each, np.int32), np.empty(each, np.int64)
    count = 0
    for root in range(n):
        held = cheapest_of_root(graph, rank, costs, limits[root], walk, root, found, sizes, prices)
        for row in range(held):
            end = starts[count] + sizes[row]
            if end > len(units):
                units = np.concatenate((units, np.empty(len(units) + n, np.int32)))
            units[starts[count] : end] = found[row, : sizes[row]]
            count += 1
            starts[count] = end
    return Sets(starts[: count + 1].copy(), units[: starts[count]].copy())


@compiled
def every(graph: Graph, rank: IntArray, costs: CostArray, limits: CostArray, most: int, walk: Walk) -> Sets:
    """Every set below its root's limit, in order of root; stops at one more than the most that are wanted."""
    starts = np.zeros(1024, np.int64)
    units = np.empty(8192, np.int32)
    count = 0
    for root in range(len(rank)):
        size = first_set(graph, rank, costs, limits[root], walk, root)
        while size > 0 and count <= most:
            end = starts[count] + size
            if count + 2 > len(starts):
                starts = np.concatenate((starts, np.zeros(len(starts), np.int64)))
            if end > len(units):
                units = np.concatenate((units, np.empty(len(units) + size, np.int32)))
            units[starts[count] : end] = walk.members[:size]
            count += 1
            starts[count] = end
            size = next_set(graph, rank, costs, limits[root], walk) if walk.depth[0] >= 0 else 0
        while walk.depth[0] >= 0:
            step_back(walk)
    return Sets(starts[: count + 1].copy(), units[: starts[count]].copy())
