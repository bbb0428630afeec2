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

from tinhgon.planner.maxp.minimal import CostArray, IntArray, Sets, cheapest, every, walk_for
from tinhgon.planner.maxp.packing import Master, costs_of, picked
from tinhgon.planner.maxp.proof import FIRST_STATES, MORE_STATES, Sweeper, as_sets, rows_of
from tinhgon.planner.nodes import Graph

FloatArray = npt.NDArray[np.float64]

UNIT = 1_000_000  # prices are counted in millionths of a resident
EACH = 3  # sets asked for per root and round
MOST_SETS = 400_000
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


def fewest_renamed(graph: Graph, sets: tuple[IntArray, ...], purse: int) -> Kept:
    """As many sets with the most residents in their largest units, from given ones on, and a bound."""
    rank = by_heads(graph)
    priced = _relaxed(graph, rank, sets)
    best = Kept(sets, float(sum(graph.heads[s].max() for s in sets)), priced.bound)
    most = FIRST_STATES
    pool = None if best.proven else _candidates(graph, rank, priced, best)
    while pool is not None and not best.proven and purse > 0:
        limit = priced.total - round((best.kept + STEP) * UNIT)
        outcome = pool.run(limit, most, purse)
        purse -= outcome.steps
        if outcome.chosen is not None:
            chosen = rows_of(picked(pool.sets, outcome.chosen))
            best = attrs.evolve(best, sets=chosen, kept=float(sum(graph.heads[s].max() for s in chosen)))
        elif outcome.ruled_out:
            best = attrs.evolve(best, bound=best.kept)
        else:
            most *= MORE_STATES
    return best


def by_heads(graph: Graph) -> IntArray:
    """(k,) 0 for the node with the largest unit."""
    rank = np.empty(len(graph.heads), np.int32)
    rank[np.argsort(-graph.heads, kind="stable")] = np.arange(len(rank))
    return rank


@attrs.frozen(slots=True, eq=False)
class _Priced:
    """Prices of nodes and of a set at which no rooted set is worth more than it costs, and what they bound; in
    1/UNIT of a resident."""

    prices: CostArray
    per_set: int
    total: int

    @property
    def bound(self) -> float:
        """In residents."""
        return self.total / UNIT


def _relaxed(graph: Graph, rank: IntArray, plan: tuple[IntArray, ...]) -> _Priced:
    """Column generation over rooted sets, so many exactly."""
    walk, n = walk_for(graph), len(rank)
    master = Master(n, wanted=len(plan))
    fresh = as_sets(plan)
    while True:
        master.add(fresh, kept_by(graph, fresh))
        _, exact = master.solve()
        prices = np.ceil(exact[:n] * UNIT).astype(np.int64)
        per_set = int(np.ceil(exact[n] * UNIT))
        limits = np.floor(graph.heads * UNIT).astype(np.int64) - per_set - n
        fresh = cheapest(graph, rank, prices, limits, EACH, walk)
        if len(fresh.starts) == 1:
            per_set += n + 1  # no set costs less than its limit
            return _Priced(prices, per_set, int(prices.sum()) + len(plan) * per_set)


def kept_by(graph: Graph, sets: Sets) -> FloatArray:
    """The residents of the largest unit of each set."""
    return np.maximum.reduceat(graph.heads[sets.units], sets.starts[:-1])


def _candidates(graph: Graph, rank: IntArray, priced: _Priced, best: Kept) -> Sweeper:
    """Every set that better ones could use, or the cheapest of them."""
    room = priced.total - round((best.kept + STEP) * UNIT)
    heads = np.floor(graph.heads * UNIT).astype(np.int64) - priced.per_set
    while True:
        sets = every(graph, rank, priced.prices, heads + room + 1, MOST_SETS, walk_for(graph))
        if len(sets.starts) - 1 <= MOST_SETS:
            break
        room //= 2
    worth = np.rint(kept_by(graph, sets) * UNIT).astype(np.int64)
    slack = costs_of(sets, priced.prices) + priced.per_set - worth
    return Sweeper(graph, sets, slack, priced.prices, missing=room + 1, wanted=len(best.sets))
