"""The second objective: of all plans with the most parts, one that renames fewest residents.

A part keeps the name of its largest unit, so fewest renamed is most residents in the largest units of parts. In
any part that has its largest unit h there is a smallest lawful connected set that still holds h, so it is enough
to pack exactly p sets rooted at their largest unit; leftovers that join them later rename no one they would not
have renamed anyway. The sets are walked from h over smaller units only, at prices that may be paid for h.
"""

from __future__ import annotations

import attrs
import numpy as np
import numpy.typing as npt

from tinhgon.planner.maxp.branching import branch
from tinhgon.planner.maxp.minimal import IntArray, Sets, cheapest, every, walk_for
from tinhgon.planner.maxp.packing import picked, stacked
from tinhgon.planner.maxp.program import Pool, Program
from tinhgon.planner.maxp.proof import as_sets, rows_of
from tinhgon.planner.nodes import Graph

FloatArray = npt.NDArray[np.float64]

UNIT = 1_000_000  # prices are counted in millionths of a resident
EACH = 3  # sets asked for per root and round
MOST_SETS = 400_000
FIRST = 4  # columns to begin with, for each node
STEP = 1.0  # residents are whole: a better plan renames at least one fewer


@attrs.frozen(slots=True, eq=False)
class Kept:
    """Sets of a block, as many as before, and bounds on the residents whose unit keeps its name."""

    sets: tuple[IntArray, ...]
    kept: float
    bound: float

    @property
    def proven(self) -> bool:
        """Whether no sets keep more names."""
        return self.bound < self.kept + STEP


def fewest_renamed(graph: Graph, sets: tuple[IntArray, ...], effort: int) -> Kept:
    """As many sets with the most residents in their largest units, from given ones on, and a bound."""
    rank = by_heads(graph)
    relaxed = _relaxed(graph, rank, sets)
    best = Kept(sets, float(sum(graph.heads[s].max() for s in sets)), relaxed.value)
    while not best.proven:
        room = relaxed.value - best.kept - STEP
        pool = _pool(graph, rank, relaxed, room, len(sets))
        if pool is None:
            return best
        further = _improved(pool, best, effort)
        if further.kept <= best.kept:
            return further
        best = further
    return best


def by_heads(graph: Graph) -> IntArray:
    """(k,) 0 for the node with the largest unit."""
    rank = np.empty(len(graph.heads), np.int32)
    rank[np.argsort(-graph.heads, kind="stable")] = np.arange(len(rank))
    return rank


@attrs.frozen(slots=True, eq=False)
class _Relaxed:
    """The value of the relaxation, the price of each node and of a set."""

    value: float
    prices: FloatArray
    per_set: float


def _relaxed(graph: Graph, rank: IntArray, plan: tuple[IntArray, ...]) -> _Relaxed:
    """Column generation over rooted sets, so many exactly."""
    walk, n = walk_for(graph), len(rank)
    pool = rooted(graph, as_sets(plan), len(plan))
    while True:
        program = Program(pool)
        program.add(np.arange(len(pool.worths)))
        value, prices, per_set = program.priced()
        costs = np.rint(prices * UNIT).astype(np.int64)
        limits = np.floor((graph.heads - per_set) * UNIT).astype(np.int64) - n
        sets = cheapest(graph, rank, costs, limits, EACH, walk)
        if len(sets.starts) == 1:
            # every set costs at least its limit less rounding: raise the bound by what that may hide
            return _Relaxed(value + len(plan) * 2 * (n + 1) / UNIT, prices, per_set)
        fresh = rooted(graph, sets, len(plan))
        pool = pool._replace(
            sets=stacked([pool.sets, fresh.sets]), worths=np.concatenate([pool.worths, fresh.worths])
        )


def rooted(graph: Graph, sets: Sets, wanted: int) -> Pool:
    """Sets with the worth of their largest unit, each ending with the row in which sets are counted."""
    n = len(graph.heads)
    kept = np.maximum.reduceat(graph.heads[sets.units], sets.starts[:-1])
    worths = np.rint(kept * UNIT).astype(np.int64)
    return Pool(as_sets([np.append(units, n) for units in rows_of(sets)]), worths, UNIT, n, wanted)


def _pool(graph: Graph, rank: IntArray, relaxed: _Relaxed, room: float, wanted: int) -> Pool | None:
    """Every set that better sets could use; None if there are too many."""
    costs = np.rint(relaxed.prices * UNIT).astype(np.int64)
    limits = np.ceil((graph.heads - relaxed.per_set + room) * UNIT).astype(np.int64) + len(rank)
    sets = every(graph, rank, costs, limits, MOST_SETS, walk_for(graph))
    return None if len(sets.starts) - 1 > MOST_SETS else rooted(graph, sets, wanted)


def _improved(pool: Pool, best: Kept, effort: int) -> Kept:
    """Better sets from the pool, or a better bound."""
    if not len(pool.worths):
        return attrs.evolve(best, bound=best.kept)
    goal = round((best.kept + STEP) * UNIT)
    found = branch(pool, np.arange(min(len(pool.worths), FIRST * pool.nodes)), goal, effort)
    if len(found.chosen):
        sets = tuple(units[:-1] for units in rows_of(picked(pool.sets, found.chosen)))
        return attrs.evolve(best, sets=sets, kept=float(pool.worths[found.chosen].sum()) / UNIT)
    return attrs.evolve(best, bound=min(best.bound, max(found.bound / UNIT, best.kept)))
