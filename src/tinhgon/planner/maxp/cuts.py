"""Cuts: of any three nodes, at most one packed set holds two or more (subset-row cuts, Jepsen and others 2008).

They cut off the fractional packings that make the relaxation promise a part too many. They are found over a
pool that already holds every set a better plan could use, so what they prove is a bound on better plans.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from tinhgon.planner.compiled import compiled
from tinhgon.planner.maxp.minimal import CostArray, IntArray, Sets

FloatArray = npt.NDArray[np.float64]

VIOLATED = 1.02  # a cut is worth a row from this left-hand side on (its right-hand side is 1)
NO_CUTS = np.zeros((0, 3), np.int32)


@compiled
def cut_rows(triples: IntArray, rows: int) -> Sets:
    """The cuts that each node is in."""
    starts = np.zeros(rows + 1, np.int64)
    for triple in triples:
        for node in triple:
            starts[node + 1] += 1
    starts = np.cumsum(starts)
    filled = starts[:-1].copy()
    cuts = np.empty(3 * len(triples), np.int32)
    for cut in range(len(triples)):
        for node in triples[cut]:
            cuts[filled[node]] = cut
            filled[node] += 1
    return Sets(starts, cuts)


@compiled
def costs_with_cuts(
    sets: Sets, left: CostArray, prices: CostArray, triples: IntArray, cut_prices: CostArray
) -> CostArray:
    """(left,) the price of each set left: of its nodes, and of the cuts of which it holds two nodes or three."""
    costs = np.zeros(len(left), np.int64)
    rows = cut_rows(triples, len(prices))
    hits = np.zeros(len(triples), np.int32)
    for s in range(len(left)):
        units = sets.units[sets.starts[left[s]] : sets.starts[left[s] + 1]]
        for unit in units:
            costs[s] += prices[unit]
            for at in range(rows.starts[unit], rows.starts[unit + 1]):
                hits[rows.units[at]] += 1
                if hits[rows.units[at]] == 2:
                    costs[s] += cut_prices[rows.units[at]]
        for unit in units:
            for at in range(rows.starts[unit], rows.starts[unit + 1]):
                hits[rows.units[at]] = 0
    return costs


@compiled
def pair_weights(sets: Sets, amounts: FloatArray, nodes: int) -> FloatArray:
    """(nodes, nodes) how much of the packing holds both."""
    pairs = np.zeros((nodes + 1, nodes + 1))  # the last is the row of the count, where there is one
    for s in range(len(amounts)):
        units = sets.units[sets.starts[s] : sets.starts[s + 1]]
        for a in units:
            for b in units:
                pairs[a, b] += amounts[s]
    return pairs


@compiled
def all_three(sets: Sets, amounts: FloatArray, i: int, j: int, k: int) -> float:
    """How much of the packing holds the three nodes."""
    amount = 0.0
    for s in range(len(amounts)):
        held = 0
        for unit in sets.units[sets.starts[s] : sets.starts[s + 1]]:
            if unit in (i, j, k):
                held += 1
        if held == 3:
            amount += amounts[s]
    return amount


@compiled
def violated(sets: Sets, amounts: FloatArray, nodes: int) -> tuple[IntArray, FloatArray]:
    """Triples of which the packing holds two or more in more than one set, and by how much."""
    pairs = pair_weights(sets, amounts, nodes)
    found = [(0, 0, 0) for _ in range(0)]
    sums = [0.0 for _ in range(0)]
    for i in range(nodes):
        near = np.flatnonzero(pairs[i, i + 1 : nodes]) + i + 1
        for a in range(len(near)):
            for b in range(a + 1, len(near)):
                j, k = near[a], near[b]
                both = pairs[i, j] + pairs[i, k] + pairs[j, k]
                if both > VIOLATED:
                    once = both - 2 * all_three(sets, amounts, i, j, k)
                    if once > VIOLATED:
                        found.append((i, j, k))
                        sums.append(once)
    triples = np.zeros((len(found), 3), np.int32)
    for t in range(len(found)):
        triples[t, 0], triples[t, 1], triples[t, 2] = found[t]
    return triples, np.array(sums)
