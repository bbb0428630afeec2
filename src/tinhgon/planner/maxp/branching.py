"""Branching where cuts leave a gap: two nodes share a set, or they do not (Ryan and Foster 1981).

Each branch is a smaller pool, so prices, cuts and bounds work in it as before, and a fractional packing always
has a pair of nodes to branch on. HiGHS solves the linear programs
only: its own integer search is many times slower here.
"""

from __future__ import annotations

import attrs
import numpy as np
import numpy.typing as npt

from tinhgon.planner.compiled import compiled
from tinhgon.planner.maxp.cuts import EPSILON, CutMaster, Pool, Tightened, pair_weights
from tinhgon.planner.maxp.minimal import IntArray, Sets
from tinhgon.planner.maxp.packing import picked

FloatArray = npt.NDArray[np.float64]
Choice = npt.NDArray[np.int64]


@attrs.frozen(slots=True, eq=False)
class Branched:
    """Sets of the pool worth the goal together, or none; and a bound on what any choice is worth."""

    chosen: Choice
    bound: float


@attrs.frozen(slots=True, eq=False)
class _Branch:
    """Sets that are left, how many decisions led here, and a bound on what they can be worth."""

    left: Choice
    bound: float


@compiled
def held_pair(sets: Sets, a: int, b: int) -> IntArray:
    """(sets,) how many of the two nodes each set holds."""
    found = np.zeros(len(sets.starts) - 1, np.int32)
    for s in range(len(found)):
        for at in range(sets.starts[s], sets.starts[s + 1]):
            if sets.units[at] == a or sets.units[at] == b:
                found[s] += 1
    return found


def branch(pool: Pool, root: Tightened, goal: float, visits: int) -> Branched:
    """Look for sets worth the goal, depth first, in at most so many linear programs."""
    order = np.argsort(-root.reduced, kind="stable")
    stack = [_Branch(order, root.value)]
    while stack and visits > 0:
        here = stack.pop()
        visits -= 1
        value, chosen, amounts = _relaxed(pool, here.left, root.triples)
        if value + EPSILON < goal:
            continue
        pair = _pair(picked(pool.sets, chosen), amounts, pool.nodes)
        if pair is None:
            return Branched(np.sort(chosen), root.value)
        counts = held_pair(picked(pool.sets, here.left), *pair)
        stack.append(_Branch(here.left[counts != 2], value))
        stack.append(_Branch(here.left[counts != 1], value))
    return Branched(np.zeros(0, np.int64), max([one.bound for one in stack], default=-np.inf))


def _relaxed(pool: Pool, left: Choice, triples: IntArray) -> tuple[float, Choice, FloatArray]:
    """The value of a branch's relaxation, the sets it uses and how much of each."""
    if not len(left):
        return 0.0, left, np.zeros(0)
    part = pool._replace(sets=picked(pool.sets, left), worths=pool.worths[left])
    master = CutMaster(part, triples)
    master.add(np.arange(min(len(left), 4 * pool.nodes)))
    value, _ = master.solve()
    chosen, amounts = master.support()
    return value, left[chosen], amounts


def _pair(sets: Sets, amounts: FloatArray, nodes: int) -> tuple[int, int] | None:
    """The two nodes that most nearly share a set; None if the packing is whole."""
    if np.all(amounts > 1 - 1e-5):
        return None
    weights = pair_weights(sets, amounts, nodes)[:nodes, :nodes]
    unsettled = np.triu(np.where(weights < 1 - 1e-5, weights, 0.0), 1)
    at = int(np.argmax(unsettled))
    return at // nodes, at % nodes
