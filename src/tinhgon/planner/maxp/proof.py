"""From a good packing and a bound to a proven one: an integer program over the sets that could still improve it.

To beat p parts, every set S of the better plan must have y(S) <= 1 + sum(y) - (p + 1): only those are enumerated
(reduced-cost fixing). Either the program finds a better plan, or shows that there is none.
"""

from __future__ import annotations

import attrs
import highspy
import numpy as np

from tinhgon.planner.maxp.minimal import CostArray, IntArray, Sets, every, walk_for
from tinhgon.planner.maxp.packing import (
    SCALE,
    Relaxation,
    add_rows,
    add_sets,
    costs_of,
    quiet_highs,
    rank_by_size,
)
from tinhgon.planner.nodes import Graph

MOST_SETS = 60_000  # columns that HiGHS can be asked to prove something about
TRIAL_SETS = 4_000  # columns tried first, for a better plan rather than for a proof


@attrs.frozen(slots=True, eq=False)
class Packing:
    """Disjoint lawful sets of a block, and what is proven about their number."""

    sets: tuple[IntArray, ...]
    bound: int
    prices: CostArray  # what the bound by prices rests on, in 1/SCALE
    searched: bool  # the bound rests on an integer program beside the prices

    @property
    def proven(self) -> bool:
        """Whether no packing has more sets."""
        return len(self.sets) == self.bound


def prove(graph: Graph, plan: tuple[IntArray, ...], relaxation: Relaxation, nodes_allowed: int) -> Packing:
    """The best packing found from a plan on, and its bound. `nodes_allowed` limits each integer program."""
    packing = Packing(plan, relaxation.bound, relaxation.prices, False)
    if not packing.proven:
        packing = _improved(packing, _cheap(relaxation.sets, relaxation.prices, TRIAL_SETS), nodes_allowed)
    while not packing.proven:
        sets = candidates(graph, packing)
        if len(sets.starts) - 1 > MOST_SETS:
            return packing
        better, bound = pack(sets, packing, nodes_allowed)
        if len(better) <= len(packing.sets):
            bound = min(packing.bound, max(bound, len(packing.sets)))
            return attrs.evolve(packing, bound=bound, searched=True)
        packing = attrs.evolve(packing, sets=better)
    return packing


def as_sets(plan: tuple[IntArray, ...]) -> Sets:
    """A plan's sets as compressed rows."""
    starts = np.concatenate([[0], np.cumsum([len(s) for s in plan])]).astype(np.int64)
    return Sets(starts, np.concatenate([*plan, np.zeros(0, np.int32)]).astype(np.int32))


def candidates(graph: Graph, packing: Packing) -> Sets:
    """Every set that a packing of one more could use."""
    room = int(packing.prices.sum()) - (len(packing.sets) + 1) * SCALE
    limits = np.full(len(packing.prices), SCALE + room + 1)
    return every(graph, rank_by_size(graph), packing.prices, limits, MOST_SETS, walk_for(graph))


def _cheap(sets: Sets, prices: CostArray, most: int) -> Sets:
    """The cheapest of the sets."""
    chosen = np.sort(np.argsort(costs_of(sets, prices), kind="stable")[:most])
    return as_sets(tuple(sets.units[sets.starts[c] : sets.starts[c + 1]] for c in chosen))


def _improved(packing: Packing, sets: Sets, nodes_allowed: int) -> Packing:
    better, _ = pack(sets, packing, nodes_allowed)
    return attrs.evolve(packing, sets=better) if len(better) > len(packing.sets) else packing


def pack(sets: Sets, known: Packing, nodes_allowed: int) -> tuple[tuple[IntArray, ...], int]:
    """The largest packing of the given sets that HiGHS finds, and its bound on any of them."""
    count = len(sets.starts) - 1
    if count == 0:
        return (), 0
    model = quiet_highs()
    add_rows(model, len(known.prices))
    add_sets(model, sets, np.ones(count), 1.0)
    model.changeColsIntegrality(
        count, np.arange(count, dtype=np.int32), np.full(count, highspy.HighsVarType.kInteger)
    )
    model.setOptionValue("mip_max_nodes", nodes_allowed)
    model.setOptionValue("mip_rel_gap", 0.0)
    model.setOptionValue("mip_abs_gap", 0.999)
    model.run()
    info, values = model.getInfo(), np.array(model.getSolution().col_value)
    if not np.isfinite(info.objective_function_value) or len(values) != count:
        return (), known.bound
    bound = int(np.floor(info.mip_dual_bound + 1e-6)) if np.isfinite(info.mip_dual_bound) else known.bound
    taken = np.flatnonzero(values > 0.5)
    return tuple(sets.units[sets.starts[c] : sets.starts[c + 1]] for c in taken), bound
