"""Cuts: of any three nodes, at most one packed set holds two or more (subset-row cuts, Jepsen and others 2008).

They cut off the fractional packings that make the relaxation promise a part too many. They are added over a
pool that already holds every set a better plan could use, so the bound they prove is a bound on better plans.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import attrs
import highspy
import numpy as np
import numpy.typing as npt

from tinhgon.planner.compiled import compiled
from tinhgon.planner.maxp.minimal import IntArray, Sets
from tinhgon.planner.maxp.packing import add_rows, add_sets, optimum, picked, quiet_highs

FloatArray = npt.NDArray[np.float64]

VIOLATED = 1.02  # a cut is worth a row from this left-hand side on (its right-hand side is 1)
PER_ROUND = 150
ROUNDS = 40
STALLED = 0.002  # parts; rounds that win less are the last
EPSILON = 1e-6


class Pool(NamedTuple):
    """Sets to choose from, what each is worth, and how many exactly are to be chosen (0: as many as pay).

    With a count each set ends with the number `nodes`, the row in which sets are counted.
    """

    sets: Sets
    worths: FloatArray
    nodes: int
    wanted: int

    @property
    def rows(self) -> int:
        """Rows of the linear program before those of the cuts."""
        return self.nodes + (1 if self.wanted else 0)


@attrs.frozen(slots=True, eq=False)
class Tightened:
    """The relaxation of a pool with cuts: its value, the worth of each set beyond its price, and the cuts."""

    value: float
    reduced: FloatArray  # (sets,) 1 less the set's price; at most 0 up to rounding
    triples: IntArray  # (cuts, 3)


@compiled
def held(units: IntArray, triple: IntArray) -> int:
    """How many of the three nodes a set holds."""
    found = 0
    for unit in units:
        if unit in (triple[0], triple[1], triple[2]):
            found += 1
    return found


@compiled
def reduced_worths(pool: Pool, prices: FloatArray, triples: IntArray, cut_prices: FloatArray) -> FloatArray:
    """(sets,) the worth of each set less the price of its nodes and of the cuts it counts in."""
    sets, worths = pool.sets, pool.worths.copy()
    count = len(worths)
    rows = cut_rows(triples, len(prices))
    hits = np.zeros(len(triples), np.int32)
    for s in range(count):
        units = sets.units[sets.starts[s] : sets.starts[s + 1]]
        for unit in units:
            worths[s] -= prices[unit]
            for at in range(rows.starts[unit], rows.starts[unit + 1]):
                hits[rows.units[at]] += 1
                if hits[rows.units[at]] == 2:
                    worths[s] -= cut_prices[rows.units[at]]
        for unit in units:
            for at in range(rows.starts[unit], rows.starts[unit + 1]):
                hits[rows.units[at]] = 0
    return worths


@compiled
def cut_rows(triples: IntArray, nodes: int) -> Sets:
    """The cuts that each node is in."""
    starts = np.zeros(nodes + 1, np.int64)
    for triple in triples:
        for node in triple:
            starts[node + 1] += 1
    starts = np.cumsum(starts)
    filled = starts[:-1].copy()
    cuts = np.empty(3 * len(triples), np.int32)
    for cut in range(len(triples)):
        for node in triples[cut]:
            cuts[filled[node]] = cut
            filled[node] += 1
    return Sets(starts, cuts)


@compiled
def pair_weights(sets: Sets, amounts: FloatArray, nodes: int) -> FloatArray:
    """(nodes, nodes) how much of the packing holds both."""
    pairs = np.zeros((nodes + 1, nodes + 1))  # the last is the row of the count, where there is one
    for s in range(len(amounts)):
        units = sets.units[sets.starts[s] : sets.starts[s + 1]]
        for a in units:
            for b in units:
                pairs[a, b] += amounts[s]
    return pairs


@compiled
def violated(sets: Sets, amounts: FloatArray, nodes: int) -> tuple[IntArray, FloatArray]:
    """Triples of which the packing holds two or more in more than one set, and by how much."""
    pairs = pair_weights(sets, amounts, nodes)
    found = [(0, 0, 0) for _ in range(0)]
    sums = [0.0 for _ in range(0)]
    for i in range(nodes):
        near = np.flatnonzero(pairs[i, i + 1 : nodes]) + i + 1
        for a in range(len(near)):
            for b in range(a + 1, len(near)):
                j, k = near[a], near[b]
                both = pairs[i, j] + pairs[i, k] + pairs[j, k]
                if both > VIOLATED:
                    all_three = 0.0
                    for s in range(len(amounts)):
                        units = sets.units[sets.starts[s] : sets.starts[s + 1]]
                        if held(units, np.array([i, j, k], np.int32)) == 3:
                            all_three += amounts[s]
                    if both - 2 * all_three > VIOLATED:
                        found.append((i, j, k))
                        sums.append(both - 2 * all_three)
    triples = np.zeros((len(found), 3), np.int32)
    for t in range(len(found)):
        triples[t, 0], triples[t, 1], triples[t, 2] = found[t]
    return triples, np.array(sums)


class CutMaster:
    """The linear program over a growing choice from the pool, with cuts."""

    def __init__(self, pool: Pool, triples: IntArray, covered: Sequence[int] = ()) -> None:
        self._pool = pool
        self._chosen = np.zeros(0, np.int64)
        self._lacks = 0
        self.triples = np.zeros((0, 3), np.int32)
        self._model = quiet_highs()
        add_rows(self._model, pool.nodes)
        if pool.wanted:
            self._model.addRow(-np.inf, pool.wanted, 0, np.zeros(0, np.int32), np.zeros(0))
            self._require(pool.nodes, pool.wanted)
        for node in covered:
            self._require(node, 1)
        self.cut(triples)

    def _require(self, row: int, amount: int) -> None:
        """Make the row an equation. What it lacks is paid for, and costs more than any gain elsewhere."""
        self._model.changeRowBounds(row, amount, amount)
        lack = -float(self._pool.worths.max(initial=1.0)) * self._pool.nodes
        self._model.addCol(lack, 0.0, np.inf, 1, np.array([row], np.int32), np.ones(1))
        self._lacks += 1

    def add(self, chosen: npt.NDArray[np.int64]) -> None:
        """More sets of the pool."""
        worths = self._pool.worths[chosen]
        add_sets(self._model, picked(self._pool.sets, chosen), worths, np.inf, self.triples)
        self._chosen = np.concatenate([self._chosen, chosen])

    def cut(self, triples: IntArray) -> None:
        """More cuts."""
        add_cuts(self._model, picked(self._pool.sets, self._chosen), triples, self._lacks)
        self.triples = np.concatenate([self.triples, triples])

    def solve(self) -> tuple[float, FloatArray]:
        """The optimum, and worth less price for every set of the pool; sets that are missing are added."""
        rows = self._pool.rows
        while True:
            value, duals = optimum(self._model)
            worths = reduced_worths(self._pool, duals[:rows], self.triples, duals[rows:])
            missing = np.setdiff1d(np.flatnonzero(worths > EPSILON), self._chosen)
            if not len(missing):
                return value, worths
            self.add(missing[np.argsort(-worths[missing], kind="stable")[: 2 * self._pool.nodes]])

    def priced(self) -> tuple[float, FloatArray, float]:
        """The optimum over the sets there are, the price of each node, and that of a set."""
        value, duals = optimum(self._model)
        nodes = self._pool.nodes
        return value, np.maximum(duals[:nodes], 0.0), float(duals[nodes]) if self._pool.wanted else 0.0

    def support(self) -> tuple[npt.NDArray[np.int64], FloatArray]:
        """The sets that the solution uses, and how much of each."""
        amounts = np.array(self._model.getSolution().col_value)[self._lacks :]
        used = np.flatnonzero(amounts > EPSILON)
        return self._chosen[used], amounts[used]


def add_cuts(model: highspy.Highs, sets: Sets, triples: IntArray, before: int) -> None:
    """A row for each cut over the model's columns, which are these sets after so many others."""
    owner = np.repeat(np.arange(len(sets.starts) - 1), np.diff(sets.starts))
    for triple in triples:
        counts = np.bincount(owner[np.isin(sets.units, triple)], minlength=len(sets.starts) - 1)
        at = (np.flatnonzero(counts >= 2) + before).astype(np.int32)
        model.addRow(-np.inf, 1.0, len(at), at, np.ones(len(at)))


def tighten(pool: Pool, first: npt.NDArray[np.int64], goal: float) -> Tightened:
    """Add cuts until the value falls below the goal, or they stop to help. `first` are sets to begin with."""
    master = CutMaster(pool, np.zeros((0, 3), np.int32))
    master.add(first)
    value, worths = master.solve()
    for _ in range(ROUNDS):
        if value + EPSILON < goal:
            break
        chosen, amounts = master.support()
        triples, sums = violated(picked(pool.sets, chosen), amounts, pool.nodes)
        if not len(triples):
            break
        master.cut(triples[np.argsort(-sums, kind="stable")[:PER_ROUND]])
        before = value
        value, worths = master.solve()
        if before - value < STALLED * max(1.0, value / pool.nodes):
            break
    return Tightened(value, worths, master.triples)
