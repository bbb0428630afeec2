"""The second objective: of all plans with the most parts, one that renames fewest residents.

A part keeps the name of its largest unit, so fewest renamed is most residents in the largest units of parts. In
any part that has its largest unit h there is a smallest lawful connected set that still holds h, so it is enough
to pack exactly p sets rooted at their largest unit; leftovers that join them later rename no one they would not
have renamed anyway. The sets are walked from h over smaller units only, at prices that may be paid for h.

Column generation prices them. A sweep finds a good plan, mostly; branch and bound (HiGHS) the best among the cheapest
sets, and then among all that the prices leave a chance. Residents tell sets apart, so few branches are needed; where
every set counts one, as in the first objective, there would be very many, and sweeps prove more.
"""

from __future__ import annotations

import attrs
import numpy as np
import numpy.typing as npt

from tinhgon.planner.maxp.deck import orders
from tinhgon.planner.maxp.minimal import CostArray, IntArray, Sets, cheapest, every, walk_for
from tinhgon.planner.maxp.packing import Master, costs_of, picked, stacked
from tinhgon.planner.maxp.proof import Sweeper, as_sets, rows_of
from tinhgon.planner.nodes import Graph

FloatArray = npt.NDArray[np.float64]

UNIT = 1_000_000  # prices are counted in millionths of a resident
EACH = 3  # sets asked for per root and round
MOST_SETS = 100_000
STATES = 8_000  # that a sweep keeps
SHARES = (1 / 16, 1.0)  # of the gap: first the sets that waste so little
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


def fewest_renamed(graph: Graph, sets: tuple[IntArray, ...], purse: int, branches: int) -> Kept:
    """As many sets with the most residents in their largest units, from given ones on, and a bound; in so many steps of
    sweeps, and so many nodes of each branch and bound."""
    rank = by_heads(graph)
    priced = _relaxed(graph, rank, sets)
    best = Kept(sets, _kept(graph, sets), priced.bound)
    if best.proven or branches == 0:
        return best
    best = _swept(graph, rank, priced, best, purse)
    for share in SHARES:
        if not best.proven:
            within, beyond = _candidates(graph, rank, priced, priced.room(best, share))
            found = _best_of(graph, best.sets, within, branches)
            best = attrs.evolve(found, bound=min(best.bound, max(found.bound, beyond)))
    return best


def by_heads(graph: Graph) -> IntArray:
    """(k,) 0 for the node with the largest unit."""
    rank = np.empty(len(graph.heads), np.int32)
    rank[np.argsort(-graph.heads, kind="stable")] = np.arange(len(rank))
    return rank


@attrs.frozen(slots=True, eq=False)
class _Priced:
    """Prices of nodes and of a set at which no rooted set is worth more than it costs, what they add up to; in
    1/UNIT of a resident."""

    prices: CostArray
    per_set: int
    total: int

    @property
    def bound(self) -> float:
        """In residents."""
        return self.total / UNIT

    def room(self, best: Kept, share: float = 1.0) -> int:
        """What sets may waste so as to keep more than the best, or a share of it."""
        return round((self.bound - best.kept) * share * UNIT)


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


def _candidates(graph: Graph, rank: IntArray, priced: _Priced, room: int) -> tuple[Sets, float]:
    """Every set that wastes less than the room, or half of it as long as there are too many; and what those with
    others keep at the most."""
    heads = np.floor(graph.heads * UNIT).astype(np.int64) - priced.per_set
    while True:
        sets = every(graph, rank, priced.prices, heads + room + 1, MOST_SETS, walk_for(graph))
        if len(sets.starts) - 1 <= MOST_SETS:
            return sets, (priced.total - room) / UNIT
        room //= 2


def _swept(graph: Graph, rank: IntArray, priced: _Priced, best: Kept, purse: int) -> Kept:
    """Better sets found by sweeps that keep a moderate number of states."""
    room = priced.room(best)
    sets, _ = _candidates(graph, rank, priced, room)
    worths = np.rint(kept_by(graph, sets) * UNIT).astype(np.int64)
    slack = costs_of(sets, priced.prices) + priced.per_set - worths
    order = orders(graph)[0]
    sweeper = Sweeper(sets, slack, priced.prices, order, missing=room, wanted=len(best.sets))
    chosen = sweeper.run(room, STATES, purse).chosen
    if chosen is None:
        return best
    better = rows_of(picked(sets, chosen))
    return max(best, attrs.evolve(best, sets=better, kept=_kept(graph, better)), key=lambda found: found.kept)


def _best_of(graph: Graph, plan: tuple[IntArray, ...], others: Sets, branches: int) -> Kept:
    """The sets of the plan, or better ones of as many; the bound is on the sets given."""
    sets = stacked([as_sets(plan), others])
    master = Master(len(graph.heads), wanted=len(plan))
    master.add(sets, kept_by(graph, sets))
    chosen, bound = master.whole(np.arange(len(plan)), branches)
    best = rows_of(picked(sets, chosen))
    return Kept(best, _kept(graph, best), bound)


def _kept(graph: Graph, sets: tuple[IntArray, ...]) -> float:
    return float(kept_by(graph, as_sets(sets)).sum())
