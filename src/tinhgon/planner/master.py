"""The relaxation of a plan: fractions of groups that cover every unit once, and the prices they set (HiGHS).

maximise sum worth(S) x(S)  subject to  sum over S with u of x(S) = 1 for each unit u,  x >= 0,
and low <= sum x(S) <= high where the number of groups is limited. The rows' duals are the prices.
"""

from __future__ import annotations

from collections.abc import Iterable

import attrs
import highspy
import numpy as np

from tinhgon.planner.problem import FloatArray, IntArray

Group = tuple[int, ...]
OPTIONS = {
    "output_flag": False,
    "primal_feasibility_tolerance": 1e-9,
    "dual_feasibility_tolerance": 1e-9,
    "mip_rel_gap": 0.0,  # values are lexicographic: a relative gap would drop the last objective
}


class UnableToRelax(RuntimeError):
    """The linear solver stopped without an optimum: the prices would prove nothing."""

    def __init__(self, status: str) -> None:
        super().__init__(f"HiGHS ended with status {status} on a relaxation that has an optimum")
        self.status = status


@attrs.frozen(slots=True, eq=False)
class Relaxed:
    """An optimum of the relaxation: `shares` (groups,), how much of each unit is left `uncovered` (n,), `prices` (n,)
    the price of one more group, and how many pivots it took."""

    uncovered: FloatArray
    shares: FloatArray
    prices: FloatArray
    part_price: float
    pivots: int


@attrs.define(slots=True, eq=False)
class Master:
    """The columns (groups of units) known so far, and the model over them."""

    units: int
    model: highspy.Highs
    groups: list[Group] = attrs.field(factory=list)
    worths: list[float] = attrs.field(factory=list)
    known: set[Group] = attrs.field(factory=set)

    @classmethod
    def over(cls, units: int, penalty: float) -> Master:
        """A model without groups, in which a missing or surplus group costs `penalty`.

        Its first columns leave units uncovered (see `spare`), then come a group missing and one too many.
        """
        model = _highs()
        nothing = np.array([], dtype=np.int32)
        for _ in range(units):
            model.addRow(1.0, 1.0, 0, nothing, np.array([]))
        model.addRow(-highspy.kHighsInf, highspy.kHighsInf, 0, nothing, np.array([]))
        for unit in range(units):
            model.addCol(0.0, 0.0, 0.0, 1, np.array([unit], np.int32), np.array([1.0]))
        for sign in (1.0, -1.0):
            model.addCol(penalty, 0.0, highspy.kHighsInf, 1, np.array([units], np.int32), np.array([sign]))
        return cls(units, model)

    @property
    def offset(self) -> int:
        """Columns of the model before the first group."""
        return self.units + 2

    def spare(self, costs: FloatArray) -> None:
        """Let each unit stay uncovered at a cost, which keeps its price above -cost; not where that is infinite."""
        for unit, cost in enumerate(costs.tolist()):
            held = cost == np.inf
            self.model.changeColCost(unit, 0.0 if held else cost)
            self.model.changeColBounds(unit, 0.0, 0.0 if held else highspy.kHighsInf)

    def add(self, groups: Iterable[Group], worths: Iterable[float]) -> int:
        """Take in groups not known yet; how many there were."""
        before = len(self.groups)
        for group, worth in zip(groups, worths, strict=True):
            if group not in self.known:
                rows = np.array((*group, self.units), dtype=np.int32)
                self.model.addCol(-worth, 0.0, highspy.kHighsInf, len(rows), rows, np.ones(len(rows)))
                self.known.add(group)
                self.groups.append(group)
                self.worths.append(worth)
        return len(self.groups) - before

    def limit(self, allowed: Iterable[bool], low: int, high: int) -> None:
        """Close the columns that a case rules out, open the others, and limit the number of groups."""
        self.model.changeRowBounds(self.units, float(low), float(high))
        for column, open_ in enumerate(allowed, start=self.offset):
            self.model.changeColBounds(column, 0.0, highspy.kHighsInf if open_ else 0.0)

    def solve(self) -> Relaxed:
        """The optimum over the open columns; raises `UnableToRelax`."""
        self.model.run()
        _expect_optimal(self.model)
        solution = self.model.getSolution()
        duals = -np.array(solution.row_dual)
        shares = np.array(solution.col_value)
        uncovered = shares[: self.units]
        prices, part_price = duals[: self.units], float(duals[self.units])
        pivots = max(0, int(self.model.getInfo().simplex_iteration_count))
        return Relaxed(uncovered, shares[self.offset :], prices, part_price, pivots)

    def whole_groups(self, most_branchings: int) -> list[Group]:
        """Good disjoint groups among those known, by branch and bound on a copy of the model."""
        model = _highs()
        model.passModel(self.model.getLp())
        columns = np.arange(model.getNumCol(), dtype=np.int32)
        model.changeColsIntegrality(
            len(columns), columns, np.full(len(columns), highspy.HighsVarType.kInteger)
        )
        model.setOptionValue("mip_max_nodes", most_branchings)
        model.run()
        picked = np.flatnonzero(np.array(model.getSolution().col_value)[self.offset :] > 0.5)
        return [self.groups[j] for j in picked]


def labels_of(groups: Iterable[Group], units: int) -> IntArray:
    """(n,) the number of the group of each unit."""
    labels = np.zeros(units, dtype=np.int64)
    for number, group in enumerate(groups):
        labels[list(group)] = number
    return labels


def _highs() -> highspy.Highs:
    model = highspy.Highs()  # type: ignore[no-untyped-call]  # highspy annotates its methods only
    for name, value in OPTIONS.items():
        model.setOptionValue(name, value)
    return model


def _expect_optimal(model: highspy.Highs) -> None:
    status = model.getModelStatus()
    if status != highspy.HighsModelStatus.kOptimal:
        raise UnableToRelax(model.modelStatusToString(status))
