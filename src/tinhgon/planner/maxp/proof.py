"""From a good packing and a bound to a proven one: sweeps that find one more part, or rule it out.

To beat p parts, a packing may waste no more than what the prices add up to beyond p + 1 parts. Sweeps in several
directions, from both ends in turn, look for as many parts as the prices allow, and for one more than there are
(`sweep`). Either they are found, or no packing has so many; or there were more states than the sweeps kept, and it
stays open with more next.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import attrs
import numpy as np

from tinhgon.planner.maxp.deck import deck_of, orders
from tinhgon.planner.maxp.minimal import CostArray, IntArray, Sets, every, walk_for
from tinhgon.planner.maxp.packing import SCALE, costs_of, picked, rank_by_size
from tinhgon.planner.maxp.sweep import NOWHERE, sweep
from tinhgon.planner.nodes import Graph
from tinhgon.planner.problem import IntArray as LongArray

MOST_SETS, MOST_SLACK = 1_000_000, 3 * SCALE  # sets enumerated: so many, and none that wastes more
PASSES = 3  # sweeps to and fro before one more part is left open
FAR_OFF = 4  # a third sweep is made where the limit is at most so many times what sweeps show to be spent
FIRST_STATES, MORE_STATES = 500, 4  # kept at first, and how many times more where something stays open
ROOM = 50_000_000  # states before all places together, for their memory
PURSES = [10**5, 10**6, 10**7, 10**8]  # steps of the one sweep that has to do for whoever checks the bound


@attrs.frozen(slots=True, eq=False)
class Packing:
    """Disjoint lawful sets of a block, and what is proven about their number."""

    sets: tuple[IntArray, ...]
    bound: int
    prices: CostArray  # what the bound rests on, in 1/SCALE
    order: LongArray  # (n,) of the nodes, in which a sweep confirms the bound

    @property
    def proven(self) -> bool:
        """Whether no packing has more sets."""
        return len(self.sets) == self.bound


@attrs.frozen(slots=True, eq=False)
class Outcome:
    """The sets of the cheapest packing found within a limit of slack, or None; whether there is none; and the steps
    it took."""

    chosen: CostArray | None
    ruled_out: bool
    steps: int


class Sweeper:
    """Sweeps from both ends over sets with their slack; `missing` is the least slack of sets that are not there."""

    def __init__(
        self,
        sets: Sets,
        slack: CostArray,
        prices: CostArray,
        order: LongArray,
        *,
        missing: int,
        wanted: int = 0,
    ) -> None:
        self.sets, self.order = sets, order
        self._missing = missing
        self._decks = [deck_of(sets, slack, prices, way, wanted) for way in (order, order[::-1])]

    def run(self, limit: int, most: int, purse: int) -> Outcome:
        """Look for a packing within the limit, with so many states before each place and so many steps."""
        n, steps = len(self.order), 0
        rest = np.zeros(n + 1, np.int64)
        for turn in range(PASSES):
            deck, number = self._decks[turn % 2]
            swept = sweep(deck, limit, rest, min(most, ROOM // n), purse - steps)
            steps += swept.steps
            if swept.slack < NOWHERE:
                return Outcome(number[swept.chosen], False, steps)
            if min(swept.unseen, self._missing) > limit:
                return Outcome(None, True, steps)
            if turn and int(swept.least[-1]) * FAR_OFF < limit:
                break  # another sweep would not rule it out
            rest = np.ascontiguousarray(swept.least[::-1])
        return Outcome(None, False, steps)

    def rules_out_at_once(self, turn: int, limit: int, purse: int) -> bool:
        """Whether a single sweep, from this end (0) or the other (1), shows in so many steps that there is none."""
        n = len(self.order)
        swept = sweep(self._decks[turn][0], limit, np.zeros(n + 1, np.int64), ROOM // n, purse)
        return bool(swept.slack == NOWHERE and min(swept.unseen, self._missing) > limit)


def prove(graph: Graph, packing: Packing, purse: int) -> Packing:
    """The packing, or a better one, and its bound, in so many steps of sweeps."""
    if packing.proven or purse <= 0:
        return packing
    by_prices = packing.bound
    sets, missing = candidates(graph, packing)
    slack = costs_of(sets, packing.prices) - SCALE
    sweepers = [Sweeper(sets, slack, packing.prices, order, missing=missing) for order in orders(graph)]
    turn = 0
    while not packing.proven and purse > 0:
        sweeper = sweepers[turn % len(sweepers)]
        most = FIRST_STATES * MORE_STATES ** (turn // len(sweepers))
        packing, purse = tried(packing, sweeper, most, purse)
        turn += 1
    if packing.bound == by_prices:
        return packing
    return attrs.evolve(packing, order=easiest_order(sweepers, left_over(packing, packing.bound + 1)))


def easiest_order(sweepers: Sequence[Sweeper], limit: int) -> LongArray:
    """The order, from one end or the other, in which a single sweep rules the limit out in the fewest steps."""
    for purse in PURSES:
        for sweeper in sweepers:
            for turn, order in enumerate((sweeper.order, sweeper.order[::-1])):
                if sweeper.rules_out_at_once(turn, limit, purse):
                    return order
    return sweepers[0].order


def left_over(packing: Packing, parts: int) -> int:
    """What so many parts leave of all prices: the slack of a packing of them."""
    return int(packing.prices.sum()) - parts * SCALE


def tried(packing: Packing, sweeper: Sweeper, most: int, purse: int) -> tuple[Packing, int]:
    """The packing after sweeps for as many parts as the prices allow, and for one more; and the steps left."""
    for goal in sorted({packing.bound, len(packing.sets) + 1}, reverse=True):
        outcome = sweeper.run(left_over(packing, goal), most, purse)
        purse -= outcome.steps
        packing = improved(packing, sweeper.sets, outcome, goal)
        if outcome.ruled_out or packing.proven:
            break
    return packing, purse


def improved(packing: Packing, sets: Sets, outcome: Outcome, goal: int) -> Packing:
    """The packing with what sweeps for that many parts have shown."""
    if outcome.chosen is not None:
        return attrs.evolve(packing, sets=rows_of(picked(sets, outcome.chosen)))
    return attrs.evolve(packing, bound=goal - 1) if outcome.ruled_out else packing


def rows_of(sets: Sets) -> tuple[IntArray, ...]:
    """Each set's nodes."""
    return tuple(sets.units[a:b] for a, b in pairwise(sets.starts.tolist()))


def as_sets(plan: Sequence[IntArray]) -> Sets:
    """A plan's sets as compressed rows."""
    starts = np.concatenate([[0], np.cumsum([len(s) for s in plan])]).astype(np.int64)
    return Sets(starts, np.concatenate([*plan, np.zeros(0, np.int32)]).astype(np.int32))


def candidates(graph: Graph, packing: Packing) -> tuple[Sets, int]:
    """Every set that a packing of one more could use, or the cheapest of them; and the least slack of others."""
    rank, walk, n = rank_by_size(graph), walk_for(graph), len(graph.kinds)
    room = min(left_over(packing, len(packing.sets) + 1), MOST_SLACK)
    while True:
        sets = every(graph, rank, packing.prices, np.full(n, SCALE + room + 1), MOST_SETS, walk)
        if len(sets.starts) - 1 <= MOST_SETS:
            return sets, room + 1
        room //= 2
