"""The linear relaxation of packing minimal sets, by column generation, and the bound its prices prove.

Prices y, one per node, with y(S) >= 1 for every lawful connected set S prove that no plan has more parts than
their sum (weak duality); on 63 provinces the least such sum was half a per cent above the optimum. Prices are
whole numbers of 1/SCALE, so that the proof is checked without rounding. They are drawn towards the best known
ones before they are asked for (Wentges 1997), which halves the rounds.
"""

from __future__ import annotations

from typing import Any

import attrs
import highspy
import numpy as np
import numpy.typing as npt

from tinhgon.planner.maxp.lawful import meets
from tinhgon.planner.maxp.minimal import CostArray, IntArray, Sets, cheapest, shares_of, walk_for
from tinhgon.planner.nodes import Graph

FloatArray = npt.NDArray[np.float64]

SCALE = 10_000_000
EACH = 5  # sets asked for per root and round
PULL = 0.6  # towards the best prices known, at first
LEAST_PULL = 0.02
AROUND = 1.15  # the first columns may cost so much at the first prices
EPSILON = 1e-6
HALF = 0.5


class UnableToSolveRelaxation(RuntimeError):
    """HiGHS stopped without an optimum of a linear program that has one; carries its status."""

    def __init__(self, status: str) -> None:
        super().__init__(f"the linear program was left unsolved ({status}); please report it with the input")
        self.status = status


@attrs.frozen(slots=True, eq=False)
class Relaxation:
    """Prices that bound the number of parts, in 1/SCALE, and the sets the linear program was made of."""

    prices: CostArray
    sets: Sets

    @property
    def bound(self) -> int:
        """No plan has more parts than this."""
        return int(self.prices.sum()) // SCALE


def quiet_highs() -> highspy.Highs:
    """HiGHS on one thread, silent, maximising."""
    model = highspy.Highs()  # type: ignore[no-untyped-call]  # the wheel's constructor is not annotated
    model.setOptionValue("output_flag", False)
    model.setOptionValue("threads", 1)
    model.changeObjectiveSense(highspy.ObjSense.kMaximize)
    return model


def add_rows(model: highspy.Highs, count: int) -> None:
    """A row for each node: it is in one set at most."""
    none = np.zeros(0, np.int32)
    model.addRows(
        count, np.full(count, -np.inf), np.ones(count), 0, np.zeros(count, np.int32), none, np.zeros(0)
    )


def picked(sets: Sets, chosen: CostArray) -> Sets:
    """Some of the sets, in the order given."""
    lengths = np.diff(sets.starts)[chosen]
    starts = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
    at = np.repeat(sets.starts[chosen] - starts[:-1], lengths) + np.arange(starts[-1])
    return Sets(starts, sets.units[at])


def optimum(model: highspy.Highs) -> tuple[float, FloatArray]:
    """The value of a linear program and the price of each row."""
    model.run()
    status = model.getModelStatus()
    if status != highspy.HighsModelStatus.kOptimal:
        raise UnableToSolveRelaxation(model.modelStatusToString(status))
    return float(model.getInfo().objective_function_value), np.array(model.getSolution().row_dual)


class Master:
    """The linear program over the sets found so far; with `wanted` so many of them exactly are to be taken."""

    def __init__(self, count: int, wanted: int = 0) -> None:
        self._count, self._wanted = count, wanted
        self._model = quiet_highs()
        self._found: list[Sets] = []
        add_rows(self._model, count + bool(wanted))
        if wanted:
            self._model.changeRowBounds(count, wanted, wanted)

    def add(self, sets: Sets, worths: FloatArray) -> None:
        """New columns."""
        if not len(sets.units):
            return
        count = len(worths)
        rows = np.insert(sets.units, sets.starts[1:], self._count) if self._wanted else sets.units
        starts = sets.starts[:-1] + (np.arange(count) if self._wanted else 0)
        self._model.addCols(
            count, worths, np.zeros(count), np.full(count, np.inf), len(rows), starts.astype(np.int32),
            rows.astype(np.int32), np.ones(len(rows)),
        )  # fmt: skip
        self._found.append(sets)

    def solve(self) -> tuple[float, FloatArray]:
        """The optimum and the price of each node, and of a set where a number of them is wanted."""
        if not self._found:
            return 0.0, np.zeros(self._count)
        value, duals = optimum(self._model)
        duals[: self._count] = np.maximum(duals[: self._count], 0.0)
        return value, duals

    def whole(self, start: CostArray, nodes: int) -> tuple[CostArray, float]:
        """Disjoint columns, from known ones on (the numbers of columns) to the best that branch and bound finds in so
        many nodes; and what none are worth more than. No column can be added afterwards."""
        count = self._model.getNumCol()
        kind = np.full(count, highspy.HighsVarType.kInteger)
        self._model.changeColsIntegrality(count, np.arange(count, dtype=np.int32), kind)
        for option, value in {"mip_rel_gap": 0.0, "mip_max_nodes": nodes}.items():
            self._model.setOptionValue(option, value)
        known = highspy.HighsSolution()
        known.col_value = np.isin(np.arange(count), start).astype(np.float64).tolist()
        self._model.setSolution(known)
        self._model.run()
        chosen = np.flatnonzero(np.array(self._model.getSolution().col_value) > HALF)
        return chosen, float(self._model.getInfo().mip_dual_bound)

    def sets(self) -> Sets:
        """All columns."""
        return stacked(self._found)


def stacked(many: list[Sets]) -> Sets:
    """Sets after sets."""
    lengths = np.concatenate([np.zeros(0, np.int64), *(np.diff(sets.starts) for sets in many)])
    units = np.concatenate([np.zeros(0, np.int32), *(sets.units for sets in many)])
    return Sets(np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64), units)


def rank_by_size(graph: Graph) -> IntArray:
    """(k,) 0 for the largest node: walks that start from large nodes are short."""
    rank = np.empty(len(graph.kinds), np.int32)
    rank[np.argsort(-simple_prices(graph), kind="stable")] = np.arange(len(rank))
    return rank


def simple_prices(graph: Graph) -> CostArray:
    """(k,) prices that hold without any search, in 1/SCALE: each node's share of the standard."""
    return np.ceil(shares_of(graph) * SCALE).astype(np.int64)


def costs_of(sets: Sets, prices: CostArray) -> CostArray:
    """The price of each set."""
    return np.add.reduceat(prices[sets.units], sets.starts[:-1]) if len(sets.units) else np.zeros(0, np.int64)


def made_valid(prices: CostArray, least: int) -> CostArray:
    """Prices raised until the cheapest set, which costs `least`, costs SCALE."""
    return prices if least >= SCALE else -(-prices * SCALE // least)


def relax(graph: Graph, first: Sets, enough: int) -> Relaxation:
    """Prices that prove the least bound found; stops as soon as the bound is `enough`.

    `first` are sets to begin with, as those of a plan.
    """
    rank, walk, n = rank_by_size(graph), walk_for(graph), len(graph.kinds)
    nearly = SCALE - n  # sets cheaper than 1 by rounding alone are no news
    master = Master(n)
    best = simple_prices(graph)
    for sets in (first, cheapest(graph, rank, best, np.full(n, int(SCALE * AROUND)), EACH, walk)):
        master.add(sets, np.ones(len(sets.starts) - 1))
    pull = PULL
    while int(best.sum()) // SCALE > enough and pull >= LEAST_PULL:
        value, exact = master.solve()
        if best.sum() - value * SCALE <= EPSILON * SCALE:
            break
        prices = np.rint(pull * best + (1 - pull) * exact * SCALE).astype(np.int64)
        sets = cheapest(graph, rank, prices, np.full(n, nearly), EACH, walk)
        costs = costs_of(sets, prices)
        valid = made_valid(prices, int(costs.min(initial=nearly)))
        if valid.sum() < best.sum():
            best = valid
        if len(costs):
            master.add(sets, np.ones(len(costs)))
        else:
            pull /= 2
    return Relaxation(best, master.sets())


def trimmed(graph: Graph, members: npt.NDArray[np.integer[Any]]) -> IntArray:
    """A minimal lawful connected set within the members: nodes are dropped, the smallest first, while it holds."""
    kept = sorted(members.tolist(), key=lambda node: (graph.sums[node].sum(), node))
    for node in list(kept):
        rest = [other for other in kept if other != node]
        if rest and lawful(graph, rest):
            kept = rest
    return np.array(sorted(kept), np.int32)


def lawful(graph: Graph, members: list[int]) -> bool:
    """Whether nodes hang together and together meet the standard, without a clash."""
    nodes = np.array(members)
    if not meets(
        graph, graph.sums[nodes].sum(axis=0), int(graph.kinds[nodes].max()), int(graph.sizes[nodes].sum())
    ):
        return False
    inside, stack = set(members), [members[0]]
    seen = {members[0]}
    while stack:
        node = stack.pop()
        if not inside.isdisjoint(graph.clashes[graph.clash_ptr[node] : graph.clash_ptr[node + 1]].tolist()):
            return False
        near = graph.indices[graph.indptr[node] : graph.indptr[node + 1]].tolist()
        stack += [other for other in near if other in inside and other not in seen]
        seen.update(near)
    return inside <= seen
