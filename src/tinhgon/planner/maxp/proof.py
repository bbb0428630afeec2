"""From a good packing and a bound to a proven one: cuts and branching over the sets that could still improve it.

To beat p parts, every set S of the better plan must have y(S) <= 1 + sum(y) - (p + 1): only those are enumerated
(reduced-cost fixing). Either a better plan is found among them, or it is shown that there is none.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import attrs
import numpy as np

from tinhgon.planner.maxp.branching import branch
from tinhgon.planner.maxp.cuts import EPSILON, Pool, tighten
from tinhgon.planner.maxp.integer import pack
from tinhgon.planner.maxp.minimal import CostArray, IntArray, Sets, every, walk_for
from tinhgon.planner.maxp.packing import (
    SCALE,
    Relaxation,
    costs_of,
    picked,
    rank_by_size,
)
from tinhgon.planner.nodes import Graph

MOST_SETS = 1_000_000  # sets enumerated for cuts


@attrs.frozen(slots=True, eq=False)
class Packing:
    """Disjoint lawful sets of a block, and what is proven about their number."""

    sets: tuple[IntArray, ...]
    bound: int
    prices: CostArray  # what the bound by prices rests on, in 1/SCALE
    searched: bool  # the bound rests on cuts or branching beside the prices

    @property
    def proven(self) -> bool:
        """Whether no packing has more sets."""
        return len(self.sets) == self.bound


def prove(graph: Graph, plan: tuple[IntArray, ...], relaxation: Relaxation, effort: int) -> Packing:
    """The best packing found from a plan on, and its bound. `effort` limits each branching."""
    packing = Packing(plan, relaxation.bound, relaxation.prices, False)
    while not packing.proven:
        pool = candidates(graph, packing)
        if len(pool.starts) - 1 > MOST_SETS:
            return _tried(packing, relaxation.sets, effort)
        further = _with_cuts(packing, pool, effort)
        if len(further.sets) == len(packing.sets):
            return further
        packing = further
    return packing


def _with_cuts(packing: Packing, sets: Sets, effort: int) -> Packing:
    """A better packing from the sets, or a better bound: cuts first, then branching over what they leave open."""
    parts, prices = len(packing.sets), packing.prices
    pool = Pool(sets, np.ones(len(sets.starts) - 1), len(prices), 0)
    first = np.argsort(costs_of(sets, prices), kind="stable")[: 3 * len(prices)]
    tight = tighten(pool, first, parts + 1)
    packing = _bounded(packing, tight.value)
    if packing.proven:
        return packing
    useful = np.flatnonzero(tight.reduced >= parts + 1 - tight.value - EPSILON)
    pool = Pool(picked(sets, useful), np.ones(len(useful)), len(prices), 0)
    found = branch(pool, attrs.evolve(tight, reduced=tight.reduced[useful]), parts + 1, effort)
    chosen, bound = found.chosen, found.bound
    if len(chosen) <= parts and bound + EPSILON >= parts + 1:
        chosen, least = pack(pool, effort)
        bound = min(bound, least)
    if len(chosen) > parts:
        return attrs.evolve(packing, sets=rows_of(picked(pool.sets, chosen)))
    return _bounded(packing, bound)


def _bounded(packing: Packing, value: float) -> Packing:
    """The packing with the bound that better packings are worth no more than `value`."""
    bound = max(len(packing.sets), min(packing.bound, int(max(value, 0.0) + EPSILON)))
    return attrs.evolve(packing, bound=bound, searched=packing.searched or bound < packing.bound)


def _tried(packing: Packing, sets: Sets, effort: int) -> Packing:
    """A better packing of the sets of the relaxation, if there is one; the bound stays."""
    further = _with_cuts(packing, sets, effort)
    return attrs.evolve(packing, sets=further.sets)


def rows_of(sets: Sets) -> tuple[IntArray, ...]:
    """Each set's nodes."""
    return tuple(sets.units[a:b] for a, b in pairwise(sets.starts.tolist()))


def as_sets(plan: Sequence[IntArray]) -> Sets:
    """A plan's sets as compressed rows."""
    starts = np.concatenate([[0], np.cumsum([len(s) for s in plan])]).astype(np.int64)
    return Sets(starts, np.concatenate([*plan, np.zeros(0, np.int32)]).astype(np.int32))


def candidates(graph: Graph, packing: Packing) -> Sets:
    """Every set that a packing of one more could use."""
    room = int(packing.prices.sum()) - (len(packing.sets) + 1) * SCALE
    limits = np.full(len(packing.prices), SCALE + room + 1)
    return every(graph, rank_by_size(graph), packing.prices, limits, MOST_SETS, walk_for(graph))
