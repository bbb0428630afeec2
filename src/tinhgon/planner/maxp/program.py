"""The linear program over a pool of sets, with cuts, as branching narrows the pool: one HiGHS model all along.

Its prices are made whole numbers that hold exactly for every set left, so that what they prove needs no tolerance.
"""

from __future__ import annotations

from typing import NamedTuple

import attrs
import numpy as np
import numpy.typing as npt

from tinhgon.planner.maxp.cuts import NO_CUTS, costs_with_cuts
from tinhgon.planner.maxp.minimal import CostArray, IntArray, Sets
from tinhgon.planner.maxp.packing import add_rows, add_sets, optimum, picked, quiet_highs

FloatArray = npt.NDArray[np.float64]
Choice = npt.NDArray[np.int64]

EPSILON = 1e-6
AT_ONCE = 2  # sets that may be added in a round, for each node


class Pool(NamedTuple):
    """Sets to choose from, what each is worth in 1/scale, and how many exactly are to be chosen (0: as many as pay).

    With a count each set ends with the number `nodes`, the row in which sets are counted.
    """

    sets: Sets
    worths: CostArray
    scale: int
    nodes: int
    wanted: int

    @property
    def rows(self) -> int:
        """Rows of the linear program before those of the cuts."""
        return self.nodes + (1 if self.wanted else 0)


@attrs.frozen(slots=True, eq=False)
class Priced:
    """Prices in 1/scale that no set left is worth more than, and what they add up to: no choice is worth more."""

    prices: CostArray  # (rows,)
    triples: IntArray  # (cuts, 3)
    cut_prices: CostArray  # (cuts,)
    total: int
    slack: CostArray  # (left,) price less worth of each set left


class Program:
    """The linear program; `narrow` says which sets are left, and which nodes have to be in a set."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._columns = np.zeros(0, np.int64)
        self._is_column = np.zeros(len(pool.worths), np.bool_)
        self._closed = np.zeros(0, np.bool_)
        self._left = np.arange(len(pool.worths))
        self.covered: frozenset[int] = frozenset()
        self.triples = NO_CUTS
        self._model = quiet_highs()
        add_rows(self._model, pool.rows)
        self._add_lacks()
        if pool.wanted:
            self._model.changeRowBounds(pool.nodes, pool.wanted, pool.wanted)
            self._model.changeColBounds(pool.nodes, 0.0, np.inf)

    def _add_lacks(self) -> None:
        """What a node lacks that has to be in a set is paid for, and costs more than any gain elsewhere."""
        rows = self._pool.rows
        worst = -float(self._pool.worths.max(initial=1)) / self._pool.scale * (self._pool.nodes + 1)
        at, ones = np.arange(rows, dtype=np.int32), np.ones(rows)
        self._model.addCols(rows, worst * ones, 0 * ones, 0 * ones, rows, at, at, ones)

    def add(self, chosen: Choice) -> None:
        """Columns for more sets of the pool."""
        worths = self._pool.worths[chosen] / self._pool.scale
        add_sets(self._model, picked(self._pool.sets, chosen), worths, np.inf, self.triples)
        self._columns = np.concatenate([self._columns, chosen])
        self._closed = np.concatenate([self._closed, np.zeros(len(chosen), np.bool_)])
        self._is_column[chosen] = True

    def cut(self, triples: IntArray) -> None:
        """Rows for more cuts, over the columns there are."""
        sets = picked(self._pool.sets, self._columns)
        owner = np.repeat(np.arange(len(self._columns)), np.diff(sets.starts))
        for triple in triples:
            counts = np.bincount(owner[np.isin(sets.units, triple)], minlength=len(self._columns))
            at = (np.flatnonzero(counts >= 2) + self._pool.rows).astype(np.int32)
            self._model.addRow(-np.inf, 1.0, len(at), at, np.ones(len(at)))
        self.triples = np.concatenate([self.triples, triples])

    def narrow(self, left: Choice, covered: frozenset[int]) -> None:
        """Leave these sets of the pool, and ask these nodes to be in one."""
        self._left = left
        open_ = np.zeros(len(self._is_column), np.bool_)
        open_[left] = True
        closed = ~open_[self._columns]
        at = np.flatnonzero(closed != self._closed).astype(np.int32)
        upper = np.where(closed[at], 0.0, np.inf)
        if len(at):
            shifted = at + np.int32(self._pool.rows)
            self._model.changeColsBounds(len(at), shifted, np.zeros(len(at)), upper)
        self._closed = closed
        for node in sorted(self.covered ^ covered):
            asked = node in covered
            self._model.changeRowBounds(node, 1.0 if asked else -np.inf, 1.0)
            self._model.changeColBounds(node, 0.0, np.inf if asked else 0.0)
        self.covered = covered

    def solve(self) -> Priced:
        """The optimum's prices; sets left that are worth more than they cost become columns before."""
        scale, rows = self._pool.scale, self._pool.rows
        while True:
            _, duals = optimum(self._model)
            exact = np.rint(duals * scale).astype(np.int64)
            exact[rows:] = np.maximum(exact[rows:], 0)
            slack = self._slack(exact[:rows], exact[rows:])
            missing = np.flatnonzero((slack < -EPSILON * scale) & ~self._is_column[self._left])
            if not len(missing):
                return self._valid(exact, slack)
            first = missing[np.argsort(slack[missing], kind="stable")[: AT_ONCE * self._pool.nodes]]
            self.add(self._left[first])

    def _slack(self, prices: CostArray, cut_prices: CostArray) -> CostArray:
        costs = costs_with_cuts(self._pool.sets, self._left, prices, self.triples, cut_prices)
        return np.asarray(costs - self._pool.worths[self._left])

    def _valid(self, exact: CostArray, slack: CostArray) -> Priced:
        """Rounded prices raised until they hold for every set left."""
        rows, nodes = self._pool.rows, self._pool.nodes
        prices, cut_prices = exact[:rows].copy(), exact[rows:]
        free = np.array(sorted(self.covered), np.int64)
        negative = np.minimum(prices[:nodes], 0)
        negative[free] = 0
        prices[:nodes] -= negative
        if negative.any():
            slack = self._slack(prices, cut_prices)
        short = max(0, -int(slack.min(initial=0)))
        if short:
            prices[:nodes] += short  # every set has a node at least
            slack = self._slack(prices, cut_prices)
        used = np.flatnonzero(cut_prices)
        total = int(prices[:nodes].sum() + cut_prices.sum())
        total += self._pool.wanted * int(prices[nodes]) if self._pool.wanted else 0
        return Priced(prices, self.triples[used], cut_prices[used], total, slack)

    def support(self) -> tuple[Choice, FloatArray]:
        """The sets that the solution uses, and how much of each."""
        amounts = np.array(self._model.getSolution().col_value)[self._pool.rows :]
        used = np.flatnonzero(amounts > EPSILON)
        return self._columns[used], amounts[used]

    def lacking(self) -> bool:
        """Whether a node that has to be in a set is in none."""
        amounts = np.array(self._model.getSolution().col_value)[: self._pool.rows]
        return bool((amounts > EPSILON).any())

    def priced(self) -> tuple[float, FloatArray, float]:
        """The optimum over the columns there are, the price of each node, and that of a set."""
        value, duals = optimum(self._model)
        nodes = self._pool.nodes
        return value, np.maximum(duals[:nodes], 0.0), float(duals[nodes]) if self._pool.wanted else 0.0
