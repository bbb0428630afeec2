"""From a good packing and a bound to a proven one: cuts and branching over the sets that could still improve it.

To beat p parts, every set S of the better plan must have y(S) <= 1 + sum(y) - (p + 1): only those are enumerated
(reduced-cost fixing). Either a better plan is found among them, or it is shown that there is none.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import attrs
import numpy as np

from tinhgon.planner.maxp.branching import branch
from tinhgon.planner.maxp.minimal import CostArray, IntArray, Sets, every, walk_for
from tinhgon.planner.maxp.packing import (
    SCALE,
    Relaxation,
    costs_of,
    picked,
    rank_by_size,
)
from tinhgon.planner.maxp.program import Pool
from tinhgon.planner.nodes import Graph

MOST_SETS = 1_000_000  # sets enumerated for cuts
FIRST = 3  # columns to begin with, for each node


@attrs.frozen(slots=True, eq=False)
class Packing:
    """Disjoint lawful sets of a block, and what is proven about their number."""

    sets: tuple[IntArray, ...]
    bound: int
    prices: CostArray  # what the bound by prices rests on, in 1/SCALE
    tree: dict[str, Any] | None = None  # what cuts and branching prove beside the prices

    @property
    def proven(self) -> bool:
        """Whether no packing has more sets."""
        return len(self.sets) == self.bound


def prove(graph: Graph, plan: tuple[IntArray, ...], relaxation: Relaxation, effort: int) -> Packing:
    """The best packing found from a plan on, and its bound. `effort` limits each branching."""
    packing = Packing(plan, relaxation.bound, relaxation.prices)
    while not packing.proven:
        pool = candidates(graph, packing)
        if len(pool.starts) - 1 > MOST_SETS:
            further = _branched(packing, relaxation.sets, effort)
            return attrs.evolve(packing, sets=further.sets)  # of a part of the sets: the bound stays
        further = _branched(packing, pool, effort)
        if len(further.sets) == len(packing.sets):
            return further
        packing = further
    return packing


def _branched(packing: Packing, sets: Sets, effort: int) -> Packing:
    """A better packing from the sets, or a better bound."""
    count, goal = len(sets.starts) - 1, len(packing.sets) + 1
    if not count:
        nothing = {"prices": [0] * len(packing.prices), "cuts": []}
        return attrs.evolve(packing, bound=goal - 1, tree=nothing)
    pool = Pool(sets, np.full(count, SCALE), SCALE, len(packing.prices), 0)
    first = np.argsort(costs_of(sets, packing.prices), kind="stable")[: FIRST * pool.nodes]
    found = branch(pool, first, goal * SCALE, effort)
    if len(found.chosen) >= goal:
        return attrs.evolve(packing, sets=rows_of(picked(sets, found.chosen)))
    bound = max(goal - 1, min(packing.bound, found.bound // SCALE))
    return attrs.evolve(packing, bound=bound, tree=found.tree if bound < packing.bound else packing.tree)


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
