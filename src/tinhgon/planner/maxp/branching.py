"""Branching where cuts leave a gap: two nodes share a set, or they do not (Ryan and Foster 1981).

Each branch is a smaller pool, so prices, cuts and bounds work in it as before, and a fractional packing always
has a pair of nodes to branch on.
"""

from __future__ import annotations

import heapq
from typing import NamedTuple

import attrs
import numpy as np
import numpy.typing as npt

from tinhgon.planner.compiled import compiled
from tinhgon.planner.maxp.cuts import EPSILON, CutMaster, Pool, Tightened, pair_weights
from tinhgon.planner.maxp.minimal import IntArray, Sets
from tinhgon.planner.maxp.packing import picked

FloatArray = npt.NDArray[np.float64]
Choice = npt.NDArray[np.int64]


PER_EFFORT = 20_000  # sets that linear programs may look at, for each unit of effort
PER_PROGRAM = 1_000  # what one costs beside its sets


@attrs.frozen(slots=True, eq=False)
class Branched:
    """Sets of the pool worth the goal together, or none; and a bound on what any choice is worth."""

    chosen: Choice
    bound: float


class _Branch(NamedTuple):
    """Sets that are left, and the bound on what they can be worth, with a minus: the heap gives the least first."""

    order: float
    tie: int  # later branches first, and never the arrays compared
    left: Choice
    covered: tuple[int, ...]  # nodes that have to be in a set: of pairs that share one


@compiled
def held_pair(sets: Sets, a: int, b: int) -> IntArray:
    """(sets,) how many of the two nodes each set holds."""
    found = np.zeros(len(sets.starts) - 1, np.int32)
    for s in range(len(found)):
        for at in range(sets.starts[s], sets.starts[s + 1]):
            if sets.units[at] == a or sets.units[at] == b:
                found[s] += 1
    return found


def branch(pool: Pool, root: Tightened, goal: float, effort: int) -> Branched:
    """Look for sets worth the goal in as many linear programs as the effort pays for.

    From the branch of the best bound down to its end, then from the next best on.
    """
    purse = effort * PER_EFFORT
    heap = [_Branch(-root.value, 0, np.argsort(-root.reduced, kind="stable"), ())]
    number, here = 0, None
    while purse > 0 and (here or heap):
        here = here or heapq.heappop(heap)
        purse -= PER_PROGRAM + len(here.left)
        value, chosen, amounts = _relaxed(pool, here, root.triples)
        if value + EPSILON < goal:
            here = None
            continue
        pair = _pair(picked(pool.sets, chosen), amounts, pool.nodes)
        if pair is None:
            return Branched(np.sort(chosen), root.value)
        counts = held_pair(picked(pool.sets, here.left), *pair)
        number += 1
        heapq.heappush(heap, _Branch(-value, -number, here.left[counts != 2], here.covered))
        here = _Branch(-value, -number, here.left[counts != 1], (*here.covered, pair[0]))
    still_open = [here, *heap] if here else heap
    return Branched(np.zeros(0, np.int64), max([-one.order for one in still_open], default=-np.inf))


def _relaxed(pool: Pool, here: _Branch, triples: IntArray) -> tuple[float, Choice, FloatArray]:
    """The value of a branch's relaxation, the sets it uses and how much of each."""
    left = here.left
    part = pool._replace(sets=picked(pool.sets, left), worths=pool.worths[left])
    master = CutMaster(part, triples, sorted(set(here.covered)))
    master.add(np.arange(min(len(left), 4 * pool.nodes)))
    value, _ = master.solve()
    chosen, amounts = master.support()
    return value, left[chosen], amounts


def _pair(sets: Sets, amounts: FloatArray, nodes: int) -> tuple[int, int] | None:
    """The two nodes whose sharing a set is least settled; None if the packing is whole."""
    if np.all(amounts > 1 - 1e-5):
        return None
    weights = pair_weights(sets, amounts, nodes)[:nodes, :nodes]
    unsettled = np.triu(np.minimum(weights, 1 - weights), 1)
    at = int(np.argmax(unsettled))
    return at // nodes, at % nodes
